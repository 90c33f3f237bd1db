"""Which expressions of a module are blue (known before the program runs) and which are red.

The specialiser walks every function of the module; this one notes the colour of each operand on its way. An
expression in several specialisations of a generic function is red if it is so in one of them.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, final

from spy_redshift.redshift import all_functions
from spy_redshift.specialiser import FunctionFrame, Specialiser
from spy_types.loc import Span
from spy_vm.frame.frame import scope_of
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.world import World

from spy_cli.why_red import Reader

Colour = Literal["blue", "red"]
LONGEST_VALUE = 60


class Paint(NamedTuple):
    """The colour of an expression, and why: what a red one depends on, the value of a blue one."""

    colour: Colour
    note: str
    text: str


class Run(NamedTuple):
    """A stretch of a line that belongs to one expression; line and column count from 1."""

    line: int
    col: int
    length: int
    colour: Colour
    note: str
    text: str


def expression_colours(world: World, lines: list[str]) -> dict[Span, Paint]:
    """Return the colour of every expression in the functions of the main module, whose text is `lines`."""
    module = world.main_module
    assert module is not None
    assert module.syntax is not None
    spec = _ColouringSpecialiser(world, module.syntax.path, lines)
    for w_func in all_functions(module):
        spec.request(w_func)
    spec.drain()
    return spec.colours


def runs(colours: dict[Span, Paint], lines: list[str]) -> Iterator[Run]:
    """Yield the stretches of text in one colour: inner expressions are painted over outer ones."""
    canvas: list[list[Paint | None]] = [[None] * len(line) for line in lines]
    for span, colour in sorted(colours.items(), key=lambda item: _extent(item[0]), reverse=True):
        for number in range(span.line, min(span.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start = span.col - 1 if number == span.line else len(line) - len(line.lstrip())
            end = span.end_col - 1 if number == span.end_line else len(line)
            canvas[number - 1][start:end] = [colour] * (min(end, len(line)) - start)
    for number, row in enumerate(canvas, 1):
        yield from _stretches(number, row)


def _extent(span: Span) -> tuple[int, int]:
    return span.end_line - span.line, span.end_col - span.col


def _stretches(number: int, row: list[Paint | None]) -> Iterator[Run]:
    start = 0
    for end in range(1, len(row) + 1):
        if end < len(row) and row[end] == row[start]:
            continue
        paint = row[start]
        if paint is not None:
            yield Run(number, start + 1, end - start, *paint)
        start = end


@final
class _ColouringSpecialiser(Specialiser):
    def __init__(self, world: World, path: str, lines: list[str]) -> None:
        super().__init__(world, "lazy")
        self.path = path
        self.lines = lines
        self.colours: dict[Span, Paint] = {}

    def text(self, span: Span) -> str:
        """Return the first line of the source of an expression."""
        line = self.lines[span.line - 1]
        return line[span.col - 1 : span.end_col - 1] if span.line == span.end_line else line[span.col - 1 :]

    def frame_for(self, w_func: W_ASTFunc) -> FunctionFrame:
        return _ColouringFrame(
            self,
            self.world,
            w_func.module,
            scope_of(w_func),
            w_func.closure,
            w_func.fqn,
            blue_frame=False,
            w_func=w_func,
        )


@final
class _ColouringFrame(FunctionFrame):
    def __init__(self, spec: Specialiser, *args: Any, **kwargs: Any) -> None:
        super().__init__(spec, *args, **kwargs)
        self.operands: dict[Span, Operand] = {}

    def eval(self, node: Any, expected: Any = None) -> Operand:
        result: Operand = super().eval(node, expected)
        spec = self.spec
        if isinstance(spec, _ColouringSpecialiser) and self.file == spec.path:
            span: Span = node.span
            self.operands[span] = result
            if not result.blue:
                reader = Reader(self.operands, spec.text, self.scope.symbols, self.scope.id)
                spec.colours[span] = Paint("red", reader.why_red(node), spec.text(span))
            elif span not in spec.colours:
                spec.colours[span] = Paint("blue", _value(result), spec.text(span))
        return result


def _value(op: Operand) -> str:
    """Return what a blue expression is, in few words."""
    match op.val:
        case W_Type():
            text = f"the type `{op.val.display}`"
        case W_Func():
            text = f"the {op.val.color} function `{op.val.display}`"
        case bool() | int() | float() | str() | bytes() | complex():
            text = repr(op.val)
        case None if op.w_T is b.W_NONE:
            text = "None"
        case _:
            text = f"a `{op.w_T.display}`"
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}..."
