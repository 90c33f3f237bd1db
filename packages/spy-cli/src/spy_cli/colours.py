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
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand
from spy_vm.world import World

Colour = Literal["blue", "red"]


class Run(NamedTuple):
    """A stretch of a line in one colour; line and column count from 1."""

    line: int
    col: int
    length: int
    colour: Colour


def expression_colours(world: World) -> dict[Span, Colour]:
    """Return the colour of every expression in the functions of the main module."""
    module = world.main_module
    assert module is not None
    assert module.syntax is not None
    spec = _ColouringSpecialiser(world, module.syntax.path)
    for w_func in all_functions(module):
        spec.request(w_func)
    spec.drain()
    return spec.colours


def runs(colours: dict[Span, Colour], lines: list[str]) -> Iterator[Run]:
    """Yield the stretches of text in one colour: inner expressions are painted over outer ones."""
    canvas: list[list[Colour | None]] = [[None] * len(line) for line in lines]
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


def _stretches(number: int, row: list[Colour | None]) -> Iterator[Run]:
    start = 0
    for end in range(1, len(row) + 1):
        if end < len(row) and row[end] == row[start]:
            continue
        colour = row[start]
        if colour is not None:
            yield Run(number, start + 1, end - start, colour)
        start = end


@final
class _ColouringSpecialiser(Specialiser):
    def __init__(self, world: World, path: str) -> None:
        super().__init__(world, "lazy")
        self.path = path
        self.colours: dict[Span, Colour] = {}

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
    def eval(self, node: Any, expected: Any = None) -> Operand:
        result: Operand = super().eval(node, expected)
        spec = self.spec
        if isinstance(spec, _ColouringSpecialiser) and self.file == spec.path:
            span: Span = node.span
            if not result.blue or span not in spec.colours:
                spec.colours[span] = "blue" if result.blue else "red"
        return result
