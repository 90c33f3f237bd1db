"""Program IR to MessagePack or JSON and back. Change the shape of a node only with PROGRAM_VERSION."""

from typing import Any

from spy_types.program.program import PROGRAM_VERSION, Program
from spy_types.wire import Wire

_WIRE = Wire(Program, schema="spyir", version=PROGRAM_VERSION, what="Program IR")


def encode(program: Program) -> bytes:
    """Return `program` as MessagePack."""
    return _WIRE.encode(program)


def encode_json(program: Program) -> bytes:
    """Return `program` as JSON."""
    return _WIRE.encode_json(program)


def decode(data: bytes) -> Program:
    """Read MessagePack written by anyone; raise SpyError IR001 or IR002 on what is not Program IR.

    What comes back has the right shape; whether it makes sense is for `spy_types.program.verify` to say.
    """
    return _WIRE.decode(data)


def decode_json(data: bytes) -> Program:
    """Read JSON written by anyone; raise SpyError IR001 or IR002 on what is not Program IR."""
    return _WIRE.decode_json(data)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of Program IR."""
    return _WIRE.json_schema()
