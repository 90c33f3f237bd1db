"""Markdown for a terminal: headings and code stand out."""

from spy_cli.style import Palette


def markdown_text(text: str, palette: Palette) -> str:
    """Return `text` with colours where `palette` has any."""
    if not palette.enabled:
        return text.rstrip("\n")
    lines = []
    code = False
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("```"):
            code = not code
            continue
        if code:
            lines.append(palette.paint("cyan", f"    {line}"))
        else:
            lines.append(palette.paint("bold", line.lstrip("# ")) if line.startswith("#") else line)
    return "\n".join(lines)
