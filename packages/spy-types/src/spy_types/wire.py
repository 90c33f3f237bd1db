"""How an IR goes to disk and comes back: MessagePack or JSON behind a header of schema name and version.

Reading is a trust boundary: whatever the bytes are, the outcome is a value or a SpyError IR001 or IR002.
"""

from typing import Any, Generic, TypeVar

import msgspec

from spy_types.ir_errors import malformed_ir, unwritable_ir, version_mismatch
from spy_types.nesting import room_to_nest

T = TypeVar("T", bound=msgspec.Struct)

_REFUSED = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)


class Head(msgspec.Struct, frozen=True, array_like=True):
    """What every serialised IR starts with, in every version; what follows it is not read."""

    schema: str
    version: int


_HEAD = msgspec.msgpack.Decoder(Head)
_JSON_HEAD = msgspec.json.Decoder(Head)


class Wire(Generic[T]):
    """The codec of one IR: its root `cls`, its header `schema` and `version`, and `what` users call it."""

    def __init__(self, cls: type[T], *, schema: str, version: int, what: str) -> None:
        self.cls = cls
        self.schema = schema
        self.version = version
        self.what = what
        self._decoder = msgspec.msgpack.Decoder(cls)
        self._json_decoder = msgspec.json.Decoder(cls)
        self._encoder = msgspec.msgpack.Encoder(order="deterministic")
        self._json_encoder = msgspec.json.Encoder(order="deterministic")

    def encode(self, root: T) -> bytes:
        """Return `root` as MessagePack; raise SpyError IR003 if it holds what cannot be written."""
        return self._write(self._encoder, root)

    def encode_json(self, root: T) -> bytes:
        """Return `root` as JSON; raise SpyError IR003 if it holds what cannot be written."""
        return self._write(self._json_encoder, root)

    def decode(self, data: bytes) -> T:
        """Read MessagePack written by anyone; raise SpyError IR001 or IR002 on what is not this IR."""
        return self._read(_HEAD, self._decoder, data)

    def decode_json(self, data: bytes) -> T:
        """Read JSON written by anyone; raise SpyError IR001 or IR002 on what is not this IR."""
        return self._read(_JSON_HEAD, self._json_decoder, data)

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of `encode_json`; MessagePack has the same shape, with binary for base64."""
        return msgspec.json.schema(self.cls)

    def _read(
        self,
        head_decoder: "msgspec.msgpack.Decoder[Head] | msgspec.json.Decoder[Head]",
        decoder: "msgspec.msgpack.Decoder[T] | msgspec.json.Decoder[T]",
        data: bytes,
    ) -> T:
        try:
            head = head_decoder.decode(data)
            if head.schema == self.schema and head.version != self.version:
                raise version_mismatch(self.what, found=head.version, expected=self.version)
            with room_to_nest():
                return decoder.decode(data)
        except _REFUSED as error:
            raise malformed_ir(self.what, _reason(error)) from None

    def _write(self, encoder: msgspec.msgpack.Encoder | msgspec.json.Encoder, root: T) -> bytes:
        try:
            with room_to_nest():
                return encoder.encode(root)
        except (RecursionError, OverflowError, UnicodeEncodeError) as error:
            raise unwritable_ir(self.what, _reason(error)) from None


def _reason(error: Exception) -> str:
    match error:
        case RecursionError():
            return "it nests too deeply"
        case UnicodeError():
            return "a text in it is not Unicode"
        case _:
            return str(error)
