"""Diagnostics as text.

error[VM001]: mismatched types
 --> demo.spy:3:14
  |
3 |     x: int = "hello"
  |        --- expected `i32` because of type declaration
  |              ^^^^^^^ expected `i32`, got `str`
  = hint: ...
"""

from collections.abc import Iterable

from spy_types.errors import Diagnostic, Label

from spy_cli.snippet import snippet
from spy_cli.sources import Sources
from spy_cli.style import PLAIN, Palette

LONGEST = 500


def render(
    diagnostic: Diagnostic, sources: Sources | None = None, palette: Palette = PLAIN, severity: str = "error"
) -> str:
    """Return the report a user reads: title, places with their source lines, notes, hint."""
    sources = sources if sources is not None else Sources()
    colour = "red" if severity == "error" else "yellow"
    lines = [
        palette.paint(colour, f"{severity}[{diagnostic.code}]")
        + palette.paint("bold", f": {_short(diagnostic.title)}")
    ]
    margin = len(str(max((label.loc.line for label in diagnostic.labels), default=1)))
    for number, (file, labels) in enumerate(_by_file(diagnostic.labels).items()):
        loc = labels[0].loc
        arrow = "-->" if number == 0 else ":::"
        lines.append(palette.paint("blue", " " * margin + arrow) + f" {file}:{loc.line}:{loc.col}")
        marked = [(label, label is diagnostic.labels[0]) for label in labels]
        shown = snippet(marked, sources, margin, palette)
        lines += shown or [f"{' ' * margin} = {label.text}" for label in labels if label.text]
    lines += _remarks(diagnostic, margin, palette)
    return "\n".join(lines)


def render_all(
    diagnostics: Iterable[Diagnostic], sources: Sources | None = None, palette: Palette = PLAIN
) -> str:
    """Return the reports of all `diagnostics`, a blank line between them."""
    sources = sources if sources is not None else Sources()
    return "\n\n".join(render(diagnostic, sources, palette) for diagnostic in diagnostics)


def _short(text: str) -> str:
    """Return `text`; of what nobody would read to its end only the ends."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} ... {text[-LONGEST // 2 :]}"


def _by_file(labels: Iterable[Label]) -> dict[str, list[Label]]:
    grouped: dict[str, list[Label]] = {}
    for label in labels:
        grouped.setdefault(label.loc.file, []).append(label)
    return grouped


def _remarks(diagnostic: Diagnostic, margin: int, palette: Palette) -> list[str]:
    remarks = [("note", note) for note in diagnostic.notes]
    if diagnostic.hint:
        remarks.append(("hint", diagnostic.hint))
    sign = palette.paint("blue", " " * (margin + 1) + "=")
    return [f"{sign} {palette.paint('bold', kind)}: {_short(text)}" for kind, text in remarks]
