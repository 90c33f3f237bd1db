"""`breakpoint()` in code that the evaluator runs: blue code during a build, all code with `--engine interp`.

breakpoint in `area`, demo.spy:4
(spy) n * 2
6
(spy) c
"""

import sys

from spy_types.errors import SpyError
from spy_types.loc import Loc, Span
from spy_vm.exceptions import Raised
from spy_vm.interface.frame import Frame

from spy_cli.sources import Sources

HELP = """c  go on       w  where this is       l  local names and their values       q  stop the program
anything else is an expression; its value is shown"""


def stop(frame: Frame, loc: Loc | None) -> None:  # noqa: C901  # one case after another
    """Let the user look around in `frame` until they go on; at the end of the input, go on."""
    place = "" if loc is None else f", {loc.file}:{loc.line}"
    name = frame.w_func.definition.name if frame.w_func is not None else "<module>"
    _tell(f"breakpoint in `{name}`{place}")
    while True:
        _tell("(spy) ", end="")
        line = sys.stdin.readline()
        match line.strip():
            case "c" | "continue":
                return
            case "q" | "quit":
                raise SystemExit(1)
            case "w" | "where":
                _show_line(loc)
            case "l" | "locals":
                for local, op in frame.locals.items():
                    if not local.startswith("_$"):
                        _tell(f"{local}: {op.w_T.display} = {_text(frame, local)}")
            case "h" | "help" | "?":
                _tell(HELP)
            case "" if not line:
                _tell("")
                return
            case "":
                continue
            case expression:
                _tell(_text(frame, expression))


def _text(frame: Frame, expression: str) -> str:
    parse = getattr(frame.world.loader, "parse_expression", None)
    if parse is None:
        return "nothing here reads expressions"
    try:
        value = frame.eval(parse(expression, frame.file, Span(1, 1, 1, 1)))
        return str(frame.text_of(value, "repr", None).val)
    except SpyError as error:
        return f"{error.diagnostic.etype}: {error.diagnostic.title}"
    except Raised as error:
        return f"{error.etype}: {error.message}"


def _show_line(loc: Loc | None) -> None:
    text = None if loc is None else Sources().line(loc.file, loc.line)
    _tell("the source is not here" if loc is None or text is None else f"{loc.line} | {text}")


def _tell(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)
