"""Bytes of a source file to text: UTF-8, or what the coding cookie says."""

import codecs
import re
from typing import Final

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_parser.errors import text as errors

_COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK: Final = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_BINARY: Final = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def decode_source(data: bytes, path: str) -> str:
    """Return the text in `data`; raise SpyError if it is binary or not in its encoding."""
    body = data.removeprefix(codecs.BOM_UTF8)
    if looks_binary(body):
        raise SpyError(errors.binary_file(Loc(path, 1, 1, 1, 2)))
    encoding = _cookie(body) or "utf-8"
    here = Loc(path, 1, 1, 1, 2)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise SpyError(
            errors.not_in_encoding(_place(body, error.start, path), encoding, body[error.start])
        ) from None
    except (LookupError, ValueError):
        raise SpyError(errors.unknown_encoding(here, encoding)) from None
    if len(body) < len(data) and codecs.lookup(encoding).name != "utf-8":
        raise SpyError(errors.cookie_against_bom(here, encoding))
    return text


def looks_binary(data: bytes) -> bool:
    """Return whether this is no text: many control characters in its beginning."""
    head = data[:1024]
    return len(_BINARY.findall(head)) > max(8, len(head) // 8)


def _cookie(data: bytes) -> str | None:
    """Return the encoding that a comment in the first two lines names."""
    for line in re.split(rb"\r\n|\r|\n", data[:4096], maxsplit=2)[:2]:
        match = _COOKIE.match(line)
        if match is not None:
            return match[1].decode()
        if not _BLANK.match(line):
            return None
    return None


def _place(data: bytes, offset: int, path: str) -> Loc:
    before = re.split(r"\r\n|\r|\n", data[:offset].decode("utf-8", "replace"))
    line, column = len(before), len(before[-1]) + 1
    return Loc(path, line, column, line, column + 1)
