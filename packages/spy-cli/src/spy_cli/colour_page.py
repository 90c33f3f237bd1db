"""The colours of a program as one HTML page that needs nothing else: no network, no script of others."""

from collections.abc import Sequence
from html import escape

from spy_cli.colours import Run

STYLE = """
:root { color-scheme: light dark; --blue: #cfe3ff; --red: #ffd3d3; --dim: #777; --back: #fff; --front: #111; }
@media (prefers-color-scheme: dark) {
  :root { --blue: #1d3f6e; --red: #6e2626; --dim: #999; --back: #16181c; --front: #e6e6e6; }
}
body { background: var(--back); color: var(--front); font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2em auto; max-width: 70em; padding: 0 1em; }
pre { font: 14px/1.6 ui-monospace, monospace; overflow-x: auto; tab-size: 4; }
.line { display: block; }
.line::before { color: var(--dim); content: attr(data-number); display: inline-block; }
.line::before { margin-right: 1.5em; text-align: right; width: 3em; }
.blue, .red { border-radius: 3px; cursor: help; }
.blue { background: var(--blue); }
.red { background: var(--red); }
#note { background: var(--back); border-top: 1px solid var(--dim); margin: 0; min-height: 1.5em; }
#note { bottom: 0; padding: .5em 0; position: sticky; }
"""

SCRIPT = """
const note = document.getElementById("note");
const show = event => {
  const part = event.target.closest("[title]");
  if (part) note.textContent = part.title;
};
document.addEventListener("mouseover", show);
document.addEventListener("focusin", show);
"""


def colour_page(file: str, lines: Sequence[str], found: Sequence[Run]) -> str:
    """Return the page: the source, blue and red, and on each part why it is so."""
    by_line: dict[int, list[Run]] = {}
    for run in found:
        by_line.setdefault(run.line, []).append(run)
    body = "\n".join(
        f'<span class="line" data-number="{number}">{_line(line, by_line.get(number, []))}</span>'
        for number, line in enumerate(lines, 1)
    )
    name = escape(file)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Colours of {name}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{name}</h1>
<p>What is <span class="blue">blue</span> is known before the program runs and leaves no trace in it; what is
<span class="red">red</span> is computed at run time. Point at an expression to read its value, or why it is
red.</p>
<pre>{body}</pre>
<p id="note" role="status"></p>
<script>{SCRIPT}</script>
</body>
</html>
"""


def _line(line: str, here: Sequence[Run]) -> str:
    text, position = "", 0
    for run in here:
        start, end = run.col - 1, run.col - 1 + run.length
        part, title = escape(line[start:end]), escape(f"`{run.text}` is {run.colour}: {run.note}")
        text += escape(line[position:start])
        text += f'<span class="{run.colour}" tabindex="0" title="{title}">{part}</span>'
        position = end
    return text + escape(line[position:])
