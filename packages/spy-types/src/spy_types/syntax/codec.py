"""Syntax IR to MessagePack or JSON and back. Change the shape of a node only with SYNTAX_VERSION."""

from typing import Any

from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule
from spy_types.wire import Wire

_WIRE = Wire(SyntaxModule, schema="spyast", version=SYNTAX_VERSION, what="Syntax IR")


def encode(module: SyntaxModule) -> bytes:
    """Return `module` as MessagePack."""
    return _WIRE.encode(module)


def encode_json(module: SyntaxModule) -> bytes:
    """Return `module` as JSON."""
    return _WIRE.encode_json(module)


def decode(data: bytes) -> SyntaxModule:
    """Read MessagePack written by anyone; raise SpyError IR001 or IR002 on what is not a Syntax IR module."""
    return _WIRE.decode(data)


def decode_json(data: bytes) -> SyntaxModule:
    """Read JSON written by anyone; raise SpyError IR001 or IR002 on what is not a Syntax IR module."""
    return _WIRE.decode_json(data)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of Syntax IR."""
    return _WIRE.json_schema()
