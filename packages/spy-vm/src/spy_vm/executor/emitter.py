"""What is known while the code of one function is made, and the values that its expressions become."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import final

from spy_types.program.nodes import Expr, Local, Pos, Sent, Stmt
from spy_types.program.program import Function
from spy_types.program.types import TypeId
from spy_types.program.walk import walk

from spy_vm.executor import pyast
from spy_vm.executor.place import AstPlace, Places
from spy_vm.executor.ranges import FULL, Range, Ranges
from spy_vm.executor.survey import Blocks
from spy_vm.executor.unit import Unit

SENT = ".sent"  # what the generator was sent last
SCRATCH = ".t"  # for a value that is tested and used at once, with nothing evaluated between


@final
@dataclass(slots=True)
class Check:
    """What to do with an integer that may be outside of its type: `on_bad` gets the name that holds it."""

    low: int | None
    high: int | None
    on_bad: Callable[[ast.expr], ast.expr]

    def passed(self, value: ast.expr) -> ast.Compare:
        """Return the test that `value` is in range."""
        if self.low is None:
            assert self.high is not None
            return pyast.compare(value, ast.LtE(), pyast.const(self.high))
        if self.high is None:
            return pyast.compare(value, ast.GtE(), pyast.const(self.low))
        return pyast.compare(pyast.const(self.low), ast.LtE(), value, ast.LtE(), pyast.const(self.high))


@final
@dataclass(slots=True)
class Value:
    """The code for an expression. `simple`: evaluating it twice costs and changes nothing.

    With `check`, `raw` is the exact result, which may have to be wrapped; `node` includes that.
    """

    raw: ast.expr
    range: Range | None = None
    simple: bool = False
    check: Check | None = None

    @property
    def node(self) -> ast.expr:
        """The code with its check: `t if low <= (t := raw) <= high else on_bad(t)`."""
        if self.check is None:
            return self.raw
        scratch = pyast.name(SCRATCH)
        test = self.check.passed(pyast.bind(SCRATCH, self.raw))
        return ast.IfExp(test, scratch, self.check.on_bad(scratch))


@final
class Emitter:
    """The state of the code generator in one function.

    `out` takes the statements of the block at hand; `known` says what holds of integer
    locals at this point, and of the lengths of pointers in locals.
    """

    def __init__(
        self,
        function: Function,
        unit: Unit,
        expression: "Callable[[Emitter, Expr], Value]",
        statement: "Callable[[Emitter, Stmt], None]",
    ) -> None:
        self.function = function
        self.sources = unit.sources
        self.layouts = unit.layouts
        self.image = unit.image
        self.classes = unit.classes
        self.namespace = unit.namespace
        self.blocks = Blocks()
        self.types: dict[str, TypeId] = {p.name: p.t for p in (*function.params, *function.locals)}
        self.takes = takes_values(function)
        self.known: Ranges = {}
        self.out: list[ast.stmt] = []
        self.dropped: frozenset[str] = frozenset()  # locals that code which cannot run would assign
        self.statement_pos = function.pos
        self._places = Places(function.pos.source, unit.sources[function.pos.source])
        self._here: AstPlace = self._places.of(function.pos) or AstPlace(
            lineno=1, col_offset=0, end_lineno=1, end_col_offset=0
        )
        self._ranges: dict[int, Range] = {}
        self._temps = 0
        self._expression = expression
        self._statement = statement

    def value(self, expr: Expr) -> Value:
        """Return the code for `expr`; statements that must run before it go to `out`."""
        outer = self._here
        self._here = self._places.of(expr.pos) or outer
        value = self._expression(self, expr)
        self.locate(value.raw)
        if value.range is None:
            value.range = FULL.get(expr.t)
        if value.range is not None:
            self._ranges[id(expr)] = value.range
        self._here = outer
        return value

    def values(self, exprs: Sequence[Expr]) -> list[Value]:
        """Return the code for operands that are evaluated one after the other."""
        last_block = max((i for i, expr in enumerate(exprs) if self.blocks.inside(expr)), default=-1)
        found = []
        for i, expr in enumerate(exprs):
            value = self.value(expr)
            if i < last_block and not isinstance(value.raw, ast.Constant):
                value = self.spill(value)
            found.append(value)
        return found

    def nodes(self, exprs: Sequence[Expr]) -> list[ast.expr]:
        """Return the code for operands, their checks included."""
        return [value.node for value in self.values(exprs)]

    def block(self, body: Sequence[Stmt]) -> list[ast.stmt]:
        """Return the code for statements that stand in a block of their own."""
        outer, self.out = self.out, []
        self.statements(body)
        inner, self.out = self.out, outer
        return inner or [ast.Pass()]

    def statements(self, body: Sequence[Stmt]) -> None:
        """Add the code for `body` to the block at hand."""
        for stmt in body:
            outer, temps, position = self._here, self._temps, self.statement_pos
            self._here = self._places.of(stmt.pos) or outer
            self.statement_pos = stmt.pos
            self._statement(self, stmt)
            self._here, self._temps, self.statement_pos = outer, temps, position

    def locate(self, node: ast.expr | ast.stmt | ast.ExceptHandler) -> None:
        """Give `node` the place of what is being emitted."""
        node.lineno = self._here["lineno"]
        node.col_offset = self._here["col_offset"]
        node.end_lineno = self._here["end_lineno"]
        node.end_col_offset = self._here["end_col_offset"]

    def temp(self) -> str:
        """Return a name that nothing else uses until the end of the statement."""
        self._temps += 1
        return f".{self._temps}"

    def spill(self, value: Value) -> Value:
        """Evaluate `value` now, before the statements that follow."""
        name = self.temp()
        self.add(pyast.assign(name, value.node))
        return Value(pyast.name(name), value.range, simple=True)

    def add(self, stmt: ast.stmt) -> None:
        """Add a statement to the block at hand."""
        self.locate(stmt)
        self.out.append(stmt)

    def range_of(self, expr: Expr) -> Range | None:
        """Return the range of an integer expression that was emitted before, or of a local."""
        if isinstance(expr, Local):
            return self.known.get(expr.name) or FULL.get(expr.t)
        return self._ranges.get(id(expr))

    def assigned(self, name: str, value_range: Range | None) -> None:
        """Note that a local has a new value."""
        if value_range is None:
            self.known.pop(name, None)
        else:
            self.known[name] = value_range

    def forget(self, names: frozenset[str]) -> None:
        """Note that nothing is known of these locals."""
        for name in names & self.known.keys():
            del self.known[name]

    def site(self, pos: Pos) -> tuple[ast.expr, ast.expr]:
        """Return path and line of `pos`, for messages."""
        return pyast.const(self.sources[pos.source].path), pyast.const(pos.line)


def takes_values(function: Function) -> bool:
    """Whether `function` is a generator that uses what it is sent."""
    return function.generator and any(isinstance(node, Sent) for node in walk(*function.body))
