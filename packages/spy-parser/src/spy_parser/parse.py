"""Source text, as `str` or as bytes, to a Syntax IR module."""

import hashlib
import re
from typing import Final

from spy_types.errors import SpyError
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule

from spy_parser.decode import decode_source
from spy_parser.errors import text as errors
from spy_parser.recursion import deep_recursion
from spy_parser.source import Source

_SCHEMA: Final = "spyast"
_NEVER: Final = re.compile("[\x00\ud800-\udfff]")


def parse(text: str, *, name: str = "main", path: str = "<string>") -> SyntaxModule:
    """Return the module that `text` holds; raise SpyError with every syntax error in it."""
    return _parse(text, name, path, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def parse_bytes(data: bytes, *, name: str = "main", path: str = "<string>") -> SyntaxModule:
    """Return the module in a source file; raise SpyError with every fault, or with why it is no text."""
    return _parse(decode_source(data, path), name, path, hashlib.sha256(data).hexdigest())


def _parse(text: str, name: str, path: str, digest: str) -> SyntaxModule:
    """Return the module that `text` holds; `digest` is that of the bytes it was read from."""
    from spy_parser import frontend  # noqa: PLC0415  # parsimonious is slow to import, cached modules do without
    from spy_parser.build.compound import docstring  # noqa: PLC0415  # as above
    from spy_parser.scopes import scopes_of  # noqa: PLC0415  # as above

    source = Source(_normal_lines(text), path)
    _refuse_characters(source)
    body = frontend.parse_source(source)
    with deep_recursion():
        if "__block__" in source.original:
            from spy_parser.blocks import expand_blocks  # noqa: PLC0415  # few programs have blocks

            body = expand_blocks(source, body)
        scopes, imports = scopes_of(source, name, body)
    if source.diagnostics:
        ordered = sorted(source.diagnostics, key=lambda d: (d.labels[0].loc.line, d.labels[0].loc.col))
        raise SpyError.of(ordered)
    return SyntaxModule(_SCHEMA, SYNTAX_VERSION, name, path, digest, docstring(body), body, scopes, imports)


def _normal_lines(text: str) -> str:
    """Return `text` with line feeds only, the last line ended."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else text + "\n"


def _refuse_characters(source: Source) -> None:
    """Raise SpyError for text that could come from no file."""
    match = _NEVER.search(source.original)
    if match is not None:
        loc = source.loc(source.original_span(match.start(), match.end()))
        raise SpyError(errors.bad_character(loc, match[0]))
