"""Syntax IR to MessagePack or JSON and back. Change the shape of a node only with SYNTAX_VERSION."""

import msgspec

from spy_types.ir_errors import malformed_ir, version_mismatch
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(SyntaxModule)
_JSON_DECODER = msgspec.json.Decoder(SyntaxModule)


class _Head(msgspec.Struct, array_like=True):
    schema: str
    version: int


def encode(module: SyntaxModule) -> bytes:
    """Return `module` as MessagePack."""
    return _ENCODER.encode(module)


def encode_json(module: SyntaxModule) -> bytes:
    """Return `module` as JSON."""
    return msgspec.json.encode(module)


def decode(data: bytes) -> SyntaxModule:
    """Read MessagePack written by anyone; raise SpyError IR001 or IR002 on what is not a Syntax IR module."""
    try:
        head = msgspec.msgpack.decode(data, type=_Head)
        if head.schema == "spyast" and head.version != SYNTAX_VERSION:
            raise version_mismatch("Syntax IR", found=head.version, expected=SYNTAX_VERSION)
        return _DECODER.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise malformed_ir("Syntax IR", str(error)) from None


def decode_json(data: bytes) -> SyntaxModule:
    """Read JSON written by `encode_json`; raise SpyError IR002 on anything else."""
    try:
        return _JSON_DECODER.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise malformed_ir("Syntax IR", str(error)) from None
