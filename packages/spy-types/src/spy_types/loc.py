"""Source positions: `Span` inside one file, `Loc` with the file's name."""

from typing import final

import msgspec


@final
class Span(msgspec.Struct, frozen=True, array_like=True):
    """A span of text inside one file; lines and columns count code points from 1, the end is exclusive."""

    line: int
    col: int
    end_line: int
    end_col: int


@final
class Loc(msgspec.Struct, frozen=True, array_like=True):
    """A span of text in a named file."""

    file: str
    line: int
    col: int
    end_line: int
    end_col: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}"

    @classmethod
    def at(cls, file: str, span: Span) -> "Loc":
        """Return the place of `span` in `file`."""
        return cls(file, span.line, span.col, span.end_line, span.end_col)


def is_library(path: str) -> bool:
    """Whether `path` is a module of a library, as in `<spy-stdlib>/_list.spy`: tracebacks leave it out."""
    return path.startswith("<")
