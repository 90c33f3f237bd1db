"""Calls of small library functions become their bodies.

    xs.append(x)      ->  ll = xs[0]; n = ll.length; ...; ll.length = n + 1
    f(a) + 1          ->  (x = a; if x < 0: r = 0 else: r = x; r) + 1

Tracebacks leave the frames of libraries out, so that nobody misses the call. Locals get a number that tells
the copies apart. Functions of the program itself are never inlined here: their frames are to be seen.
"""

from collections.abc import Callable, Sequence
from typing import final

from msgspec.structs import replace
from spy_types.loc import is_library
from spy_types.program.constants import NoneConst
from spy_types.program.nodes import (
    Assign,
    AssignExpr,
    BlockExpr,
    Call,
    Const,
    Expr,
    ForRange,
    Handler,
    Local,
    Stmt,
    Try,
    While,
)
from spy_types.program.program import Function, Param, Source
from spy_types.program.rebuild import same_or_new
from spy_types.program.walk import map_children, walk

from spy_vm.executor.counterparts import with_counterpart
from spy_vm.executor.layout import Layouts
from spy_vm.executor.survey import assigned_in
from spy_vm.executor.tail_returns import single_value, without_returns

Find = Callable[[str], Function | None]
MAX_NODES = 80  # of a function that is inlined
MAX_EXPANDED = 150  # of one with the calls in it inlined
MAX_GROWN = 4000  # of a function in which calls were inlined


@final
class Inliner:
    """Knows the functions that were inlined into. In `entry`, which runs once, only calls in loops are."""

    def __init__(
        self, find: Find, sources: Sequence[Source], layouts: Layouts, entry: str | None = None
    ) -> None:
        self.entry = entry
        self._find = find
        self._sources = sources
        self._layouts = layouts
        self._done: dict[str, Function] = {}
        self._sizes: dict[int, tuple[Function, int]] = {}
        self._running: set[str] = set()

    def expand(self, function: Function) -> Function:
        """Return `function` with its calls of small library functions inlined."""
        if function.fqn not in self._done:
            self._running.add(function.fqn)
            try:
                body = with_counterpart(function, self._layouts)
                self._done[function.fqn] = _Expansion(self, body).result()
            finally:
                self._running.discard(function.fqn)
        return self._done[function.fqn]

    def candidate(self, fqn: str) -> Function | None:
        """Return the function `fqn`, expanded, if calls of it are to be inlined."""
        function = self._find(fqn)
        if function is None or fqn in self._running or function.inline == "never" or function.generator:
            return None
        function = with_counterpart(function, self._layouts)
        if not is_library(self._sources[function.pos.source].path) or self.size(function) > MAX_NODES:
            return None
        expanded = self.expand(function)
        return expanded if self.size(expanded) <= MAX_EXPANDED else function

    def size(self, function: Function) -> int:
        """Return how many nodes the body of `function` has."""
        if id(function) not in self._sizes:
            self._sizes[id(function)] = function, sum(1 for _ in walk(*function.body))
        return self._sizes[id(function)][1]


@final
class _Expansion:
    """One function into which calls are inlined."""

    def __init__(self, inliner: Inliner, function: Function) -> None:
        self.inliner = inliner
        self.function = function
        self.bound = {param.name for param in function.params}  # locals that surely have a value here
        self.copies = 0
        self.loops = 0 if function.fqn == inliner.entry else 1  # around what is looked at
        self.grown = inliner.size(function)
        self.locals: list[Param] = list(function.locals)

    def result(self) -> Function:
        body = self.body(self.function.body)
        if body is self.function.body:
            return self.function
        return replace(self.function, body=body, locals=tuple(self.locals))

    def body(self, body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        outer = set(self.bound)
        new = []
        for stmt in body:
            before, loops = set(self.bound), self.loops
            self.loops += isinstance(stmt, ForRange | While)
            if isinstance(stmt, ForRange):
                self.bound.add(stmt.var)
            new.append(map_children(stmt, self.expr, self.body))
            self.bound, self.loops = before, loops
            if isinstance(stmt, Assign):
                self.bound.add(stmt.name)
        self.bound = outer
        return same_or_new(body, new)

    def expr(self, expr: Expr) -> Expr:
        expr = map_children(expr, self.expr, self.body)
        if not isinstance(expr, Call) or not self.loops or self.grown > MAX_GROWN:
            return expr
        callee = self.inliner.candidate(expr.func)
        return expr if callee is None else self.inlined(expr, callee)

    def inlined(self, call: Call, callee: Function) -> Expr:
        self.copies += 1
        copy = _Copy(f"~{self.copies}", callee)
        result = f"{copy.suffix}r"
        body = without_returns(callee.body, result)
        value = single_value(callee.body)
        if body is None:
            return call
        prelude: list[Stmt] = []
        for i, (param, arg) in enumerate(zip(callee.params, call.args, strict=True)):
            if self.may_stand_for(arg, param.name, copy, call.args[i + 1 :]):
                copy.given[param.name] = arg
            else:
                name = copy.name(param.name)
                self.locals.append(Param(name, param.t))
                prelude.append(Assign(arg.pos, name, arg))
        self.grown += self.inliner.size(callee)
        self.locals += [Param(copy.name(local.name), local.t) for local in callee.locals]
        if value is not None:
            inner = copy.expr(value)
            return BlockExpr(call.t, call.pos, tuple(prelude), inner) if prelude else inner
        stmts = (*prelude, *copy.body(body))
        if callee.result == "None":
            return BlockExpr(call.t, call.pos, stmts, Const("None", call.pos, NoneConst()))
        self.locals.append(Param(copy.name(result), callee.result))
        return BlockExpr(call.t, call.pos, stmts, Local(call.t, call.pos, copy.name(result)))

    def may_stand_for(self, arg: Expr, param: str, copy: "_Copy", later: Sequence[Expr]) -> bool:
        """Whether the body may read `arg` wherever it reads `param`: nothing changes either meanwhile."""
        if param in copy.assigned:
            return False
        match arg:
            case Const():
                return True
            case Local(name=name):
                return name in self.bound and name not in assigned_in(later)
        return False


@final
class _Copy:
    """A copy of the body of `callee`, its locals renamed, some parameters replaced by what is given."""

    def __init__(self, suffix: str, callee: Function) -> None:
        self.suffix = suffix
        self.given: dict[str, Expr] = {}
        self.assigned = assigned_in(callee.body)

    def name(self, name: str) -> str:
        return name + self.suffix

    def body(self, body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        return tuple([self.stmt(stmt) for stmt in body])

    def stmt(self, stmt: Stmt) -> Stmt:
        stmt = map_children(stmt, self.expr, self.body)
        match stmt:
            case Assign(name=name):
                return replace(stmt, name=self.name(name))
            case ForRange(var=name):
                return replace(stmt, var=self.name(name))
            case Try(handlers=handlers):
                return replace(stmt, handlers=tuple(map(self.handler, handlers)))
        return stmt

    def handler(self, handler: Handler) -> Handler:
        return handler if handler.name is None else replace(handler, name=self.name(handler.name))

    def expr(self, expr: Expr) -> Expr:
        match expr:
            case Local(name=name):
                return self.given.get(name) or replace(expr, name=self.name(name))
            case AssignExpr(name=name):
                return replace(map_children(expr, self.expr, self.body), name=self.name(name))
        return map_children(expr, self.expr, self.body)
