"""The part of the layout pass that knows f-strings: their prefix, and the text between their fields."""

import re
from dataclasses import dataclass
from typing import Final, Literal, final

_PREFIX: Final = re.compile(r"(?<!\w)(?:[fF][rR]?|[rR][fF])\Z")

Event = Literal["open", "close", "end", "brace", "broken"]


@final
@dataclass(slots=True)
class Opened:
    """A bracket, an f-string (`quote` is set), a field of one, or the format spec of a field.

    A field keeps the quote of its f-string in `field_quote`; a spec reads text as the f-string does.
    """

    closer: str
    start: int
    quote: str = ""
    raw: bool = False
    spec: bool = False
    field_quote: str = ""


def fstring_prefix(text: str, quote: int) -> str | None:
    """Return the `f`, `rf`, ... before the quote at `quote`, or None if that opens an ordinary string."""
    if quote == 0 or text[quote - 1] not in "fFrR":
        return None
    match = _PREFIX.search(text, max(0, quote - 2), quote)
    return match[0] if match else None


def fstring_text(text: str, pos: int, frame: Opened) -> tuple[int, Event]:
    """Return where the text at `pos` ends and what ends it."""
    pattern = _TEXT[frame.quote, frame.raw, frame.spec]
    while True:
        match = pattern.match(text, pos)
        assert match is not None
        end = match.end()
        char = text[end : end + 1]
        if char == "{":
            if frame.spec or not text.startswith("{{", end):
                return end, "open"
        elif char == "}":
            if frame.spec:
                return end, "close"
            if not text.startswith("}}", end):
                return end, "brace"
        elif char and char != "\n" and not frame.spec:
            return end, "end"
        else:
            return end, "broken"
        pos = end + 2


def _text_pattern(quote: str, raw: bool, spec: bool) -> "re.Pattern[str]":
    """Text up to a brace, the closing quote, or (with single quotes) the end of the line."""
    char = quote[0]
    ordinary = rf"[^{char}\\{{}}]" if len(quote) == 3 else rf"[^{char}\\{{}}\n]"
    parts = [ordinary + "++"]
    if not raw:
        parts.append(r"\\N\{[^{}\n\"']*+\}")
    parts += [r"\\[^{}]", r"\\(?=[{}])"]
    if len(quote) == 3:
        parts.append(rf"{char}(?!{char}{char})")
    return re.compile(f"(?:{'|'.join(parts)})*+", re.DOTALL)


_TEXT: Final = {
    (quote, raw, spec): _text_pattern(quote, raw, spec)
    for quote in ("'", '"', "'''", '"""')
    for raw in (False, True)
    for spec in (False, True)
}
