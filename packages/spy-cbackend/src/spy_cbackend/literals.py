"""Text literals: static data, one object per distinct text, with its hash already computed."""

import zlib
from collections.abc import Iterator
from typing import final

from spy_cbackend.mangling import string_literal


@final
class Literals:
    """The texts of one program. `""` and `b""` are NULL."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[bytes, int], int] = {}

    def text(self, value: str) -> str:
        """Return C code for a `spy_str`."""
        return self._refer(value.encode("utf-8", "surrogatepass"), len(value))

    def data(self, value: bytes) -> str:
        """Return C code for a `spy_bytes`."""
        return self._refer(value, len(value))

    def definitions(self) -> Iterator[str]:
        """Yield the static objects."""
        for (data, length), number in self._numbers.items():
            crc = zlib.crc32(data)
            signed = crc - (1 << 32) if crc >= 1 << 31 else crc
            hash_code = "INT32_MIN" if signed == -(1 << 31) else str(signed)
            literal = string_literal(data)
            fields = f"{literal}, {len(data)}, {length}, {hash_code}"
            yield f"static spy_Text spy_text{number} = SPY_TEXT({fields});"

    def _refer(self, data: bytes, length: int) -> str:
        if not data:
            return "NULL"
        return f"&spy_text{self._numbers.setdefault((data, length), len(self._numbers) + 1)}"
