"""Program IR as text, coloured on a terminal."""

import sys

from spy_types.program.printer import print_program
from spy_types.program.program import Program

from spy_cli.style import Palette, palette_for


def program_text(program: Program, *, module: str | None, full_fqn: bool) -> str:
    """Return the functions of `module` (None: everything) as text for stdout."""
    text = print_program(program, full_fqn=full_fqn, module=module).rstrip("\n")
    palette = palette_for(sys.stdout)
    return _highlight(text, palette) if palette.enabled else text


def _highlight(text: str, palette: Palette) -> str:
    import keyword
    import re

    token = re.compile(
        r"(?P<cyan>`[^`]*`)|(?P<green>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<dim>#.*)|(?P<blue>\b[a-z]+\b)"
    )

    def paint(match: "re.Match[str]") -> str:
        style = match.lastgroup or ""
        if style == "blue" and not keyword.iskeyword(match.group()):
            return match.group()
        return palette.paint(style, match.group())

    return token.sub(paint, text)
