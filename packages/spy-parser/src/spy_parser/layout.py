"""The pass before the grammar: it makes lines and indentation visible to a grammar of characters.

    if a:  # why                     if a:       \\n
        f(1,             ->          <INDENT>    f(1, 2)\\n
          2)                         <DEDENT>b\\n<END>
    b

Comments, blank lines, joined lines and line ends inside brackets become blanks of the same length;
INDENT and DEDENT marks are put in at the start of lines; the delimiters of f-strings and of their fields
become marks (`fstring_layout`). What is left of `\\n` outside strings ends a statement. One regular
expression finds all that matters; the text between is copied in slices.
"""

import re
from typing import Final, final

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_parser.errors import text as errors
from spy_parser.fstring_layout import Opened, fstring_prefix, fstring_text
from spy_parser.indentation import Indentation
from spy_parser.marks import END, FIELD_CLOSE, FIELD_OPEN, FIELD_SPEC, FSTRING_END, FSTRING_START, hide
from spy_parser.source import Source
from spy_parser.string_pattern import STRING

MAX_BRACKETS: Final = 200
MAX_FSTRINGS: Final = 100
MAX_SPECS: Final = 3

_PATTERN: Final = rf"""
(\n(?:[ \t\f]*(?:\\\n[ \t\f]*)*(?:\#[^\n]*)?\n)*+[ \t\f]*+)
|([(\[{{])
|([)\]}}])
|({STRING})
|(\#[^\n]*|\\\n)
|(\"\"\"|'''|["'])
"""
_CODE: Final = re.compile(_PATTERN, re.VERBOSE)
_FIELD: Final = re.compile(_PATTERN + "|(:)", re.VERBOSE)
_START: Final = re.compile(r"(?:[ \t\f]*(?:\\\n[ \t\f]*)*(?:#[^\n]*)?\n)*+[ \t\f]*+")
_STATEMENT: Final = re.compile(
    r"(?:def|class|return|import|while|with|try|except|finally|elif|raise|pass|break|continue|global|nonlocal"
    r"|del|assert)\b"
)
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}


def mark_layout(source: Source) -> None:
    """Fill `source.text`; report what is wrong with strings, brackets and indentation."""
    marker = _Marker(source, resync=False)
    marker.run()
    if marker.unclosed:
        source.forget_reports()
        marker = _Marker(source, resync=True)
        marker.run()
    source.set_marked("".join(marker.pieces), marker.indentation.marks)


@final
class _Marker:
    """The state of the pass: text is copied up to `copied`, `opened` are the brackets and f-strings around.

    With `resync`, a statement keyword at the start of a line closes every bracket that was left open.
    """

    def __init__(self, source: Source, *, resync: bool) -> None:
        self.source = source
        self.text = hide(source.original)
        self.resync = resync
        self.pieces: list[str] = []
        self.copied = 0
        self.opened: list[Opened] = []
        self.unclosed = False
        self.indentation = Indentation(source)
        self.handlers = (
            None, self._at_line, self._at_open, self._at_close, self._at_string, self._at_blank,
            self._at_quote, self._at_colon,
        )  # fmt: skip

    def run(self) -> None:
        """Mark the whole text."""
        text = self.text
        start = _START.match(text)
        assert start is not None
        self._first_line(start.end())
        pos = start.end()
        while pos < len(text):
            pos = self._literal(pos) if self.opened and self.opened[-1].quote else self._code(pos)
        self.pieces.append(text[self.copied :])
        while self.opened:
            self._give_up()
        self.pieces.append(self.indentation.finish() + END)

    def _code(self, pos: int) -> int:
        """Mark code up to the start or end of f-string text; return where that is."""
        pattern = _FIELD if self.opened else _CODE
        handlers = self.handlers
        for match in pattern.finditer(self.text, pos):
            handler = handlers[match.lastindex or 0]
            assert handler is not None
            stop = handler(match)
            if stop is not None:
                return stop
        return len(self.text)

    def _at_line(self, match: "re.Match[str]") -> None:
        start, end = match.span()
        if self.opened:
            if not (self.resync and _STATEMENT.match(self.text, end)):
                self._replace(start, end, " " * (end - start))
                return
            while self.opened:
                self._give_up()
        self._next_line(start, end)

    def _at_open(self, match: "re.Match[str]") -> None:
        if len(self.opened) >= MAX_BRACKETS:
            raise self._too_deep(match.start())
        self.opened.append(Opened(_CLOSERS[match[0]], match.start()))

    def _at_close(self, match: "re.Match[str]") -> int | None:
        """Take a closing bracket; that of an f-string's field is a mark, and text follows."""
        opened = self.opened
        closer, start = match[0], match.start()
        if not opened:
            self.source.report(errors.unmatched_bracket(closer, self._loc(start, start + 1)))
            return None
        frame = opened[-1]
        if frame.closer == closer:
            opened.pop()
        elif frame.closer == FIELD_CLOSE and closer == "}":
            self._replace(start, start + 1, FIELD_CLOSE)
            opened.pop()
            return match.end()
        else:
            here, there = self._loc(start, start + 1), self._loc(frame.start, frame.start + 1)
            self.source.report(errors.mismatched_bracket(self.text[frame.start], closer, here, there))
            if frame.closer != FIELD_CLOSE:
                opened.pop()
        return None

    def _at_string(self, match: "re.Match[str]") -> int | None:
        prefix = fstring_prefix(self.text, match.start())
        return None if prefix is None else self._open_fstring(match.start(), prefix)

    def _at_blank(self, match: "re.Match[str]") -> None:
        """A comment, or a backslash at the end of a line."""
        start, end = match.span()
        if end == len(self.text) and self.text[start] == "\\":
            self.source.report(errors.nothing_joined(self._loc(start, start + 1)))
        self._replace(start, end, " " * (end - start))

    def _at_quote(self, match: "re.Match[str]") -> int:
        """A quote that opens an f-string with other quotes inside, or a string that does not end."""
        prefix = fstring_prefix(self.text, match.start())
        if prefix is not None:
            return self._open_fstring(match.start(), prefix)
        return self._unterminated(match.start(), match.end())

    def _at_colon(self, match: "re.Match[str]") -> int | None:
        """A colon in a field, outside brackets, begins the format spec."""
        field = self.opened[-1] if self.opened else None
        if field is None or field.closer != FIELD_CLOSE:
            return None
        self._replace(match.start(), match.end(), FIELD_SPEC)
        self.opened.append(Opened("}", match.start(), field.field_quote, field.raw, spec=True))
        return match.end()

    def _literal(self, pos: int) -> int:
        """Mark the text of the innermost f-string up to a field or its end; return where code begins."""
        frame = self.opened[-1]
        end, event = fstring_text(self.text, pos, frame)
        match event:
            case "end":
                size = len(frame.quote)
                self._replace(end, end + size, FSTRING_END * size)
                self.opened.pop()
                return end + size
            case "open":
                if len(self.opened) >= MAX_BRACKETS or self._spec_depth() >= MAX_SPECS:
                    raise self._too_deep(end)
                self._replace(end, end + 1, FIELD_OPEN)
                self.opened.append(Opened(FIELD_CLOSE, end, field_quote=frame.quote, raw=frame.raw))
            case "close":
                self._replace(end, end + 1, FIELD_CLOSE)
                del self.opened[-2:]
            case "brace":
                self.source.report(errors.single_brace(self._loc(end, end + 1)))
                self._replace(end, end + 1, " ")
            case "broken":
                return self._broken_fstring(end)
        return end + 1

    def _spec_depth(self) -> int:
        """Return how many format specs of one f-string are open."""
        depth = 0
        for frame in reversed(self.opened):
            if frame.quote and not frame.spec:
                break
            depth += frame.spec
        return depth

    def _open_fstring(self, start: int, prefix: str) -> int:
        text = self.text
        if sum(1 for frame in self.opened if frame.quote and not frame.spec) >= MAX_FSTRINGS:
            raise self._too_deep(start)
        quote = text[start]
        if text.startswith(quote * 3, start):
            quote *= 3
        self._replace(start, start + len(quote), FSTRING_START * len(quote))
        self.opened.append(Opened(FSTRING_END, start, quote, "r" in prefix.lower()))
        return start + len(quote)

    def _first_line(self, end: int) -> None:
        """The first statement begins at `end`."""
        begin = self.text.rfind("\n", 0, end) + 1
        marks = self.indentation.enter(begin, self.text[begin:end]) if end < len(self.text) else ""
        self._replace(0, end, " " * begin + marks + " " * (end - begin))

    def _next_line(self, start: int, end: int) -> None:
        """A statement ends at `start`, the next one begins at `end`."""
        text = self.text
        begin = text.rfind("\n", start, end) + 1
        indent = text[begin:end]
        if end == len(text) or indent == self.indentation.text:
            if begin > start + 1:
                self._replace(start, end, "\n" + " " * (end - start - 1))
            return
        marks = self.indentation.enter(begin, indent)
        self._replace(start, end, "\n" + " " * (begin - start - 1) + marks + " " * len(indent))

    def _give_up(self) -> None:
        """Report the innermost bracket or f-string, which nobody closed."""
        frame = self.opened.pop()
        self.unclosed = True
        if frame.spec or frame.closer == FIELD_CLOSE:
            return
        if frame.quote:
            here = self._loc(frame.start, frame.start + len(frame.quote))
            self.source.report(errors.unterminated_string(here, "f-string", triple=len(frame.quote) == 3))
        else:
            here = self._loc(frame.start, frame.start + 1)
            self.source.report(errors.never_closed(self.text[frame.start], here))

    def _unterminated(self, start: int, end: int) -> int:
        """A string without end: put `0` in its place, and take the line end for the end of the statement."""
        text = self.text
        triple = end - start == 3
        stop = len(text) - 1 if triple else text.find("\n", start)
        self.source.report(errors.unterminated_string(self._loc(start, end), "string", triple=triple))
        self._replace(start, stop, "0" + " " * (stop - start - 1))
        if not any(frame.quote for frame in self.opened):
            self.opened.clear()
        return stop

    def _broken_fstring(self, pos: int) -> int:
        """The text of an f-string meets the end of its line, or of the file."""
        while self.opened[-1].spec or not self.opened[-1].quote:
            self.opened.pop()
        self._give_up()
        self.unclosed = False
        self.opened.clear()
        stop = self.text.find("\n", pos)
        return stop if stop >= 0 else len(self.text)

    def _replace(self, start: int, end: int, replacement: str) -> None:
        if start > self.copied:
            self.pieces.append(self.text[self.copied : start])
        self.pieces.append(replacement)
        self.copied = end

    def _too_deep(self, start: int) -> SpyError:
        self.source.report(errors.too_deep(self._loc(start, start + 1)))
        return SpyError.of(self.source.diagnostics)

    def _loc(self, start: int, end: int) -> Loc:
        return self.source.loc(self.source.original_span(start, end))
