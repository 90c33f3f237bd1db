"""Random functions over i32 with effects everywhere: walrus, blocks, calls that write globals, raise, or
both.
"""

import random

from spy_types.program import nodes as n
from spy_types.program.constants import IntConst, PtrConst, StructConst
from spy_types.program.program import Block, Export, Function, Global, Program
from spy_types.program.types import Field, PtrType, StructType

from cbackend_support.building import P, assign, at, call, const, function, local, prim, program, ret, run

PAIR, PTR = "demo::Pair", "unsafe::gc_ptr[demo::Pair]"
TYPES = {
    PAIR: StructType("Pair", (Field("x", "i32"), Field("int", "i32"))),
    PTR: PtrType("gc_ptr[Pair]", "gc", PAIR),
}
LOCALS = ("a", "b", "x", "y", "z")


def log() -> n.GlobalGet:
    return n.GlobalGet("i32", P, "demo::log")


def note(value: n.Expr) -> n.Stmt:
    """`log = log * 31 + value`"""
    return n.GlobalSet(P, "demo::log", prim("i32_add", prim("i32_mul", log(), const(31)), value))


def helpers() -> list[Function]:
    k = local("k")
    big = prim("i32_gt", k, const(90))
    return [
        function("tick", {"k": "i32"}, "i32", [note(k), ret(k)]),
        function("look", {"k": "i32"}, "i32", [ret(prim("i32_xor", log(), k))]),
        function("pure", {"k": "i32"}, "i32", [ret(prim("i32_mul", k, const(3)))]),
        function(
            "risky",
            {"k": "i32"},
            "i32",
            [note(k), n.If(P, big, (n.Raise(at(2), "ValueError", const("too big")),), ()), ret(k)],
        ),
        function("quiet", {"k": "i32"}, "None", [note(k)]),
    ]


class Maker:
    """Makes one function after the other from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.loops = 0

    def expr(self, depth: int) -> n.Expr:  # noqa: PLR0911  # one case per shape
        rng = self.rng
        if depth <= 0:
            return rng.choice([local(rng.choice(LOCALS)), const(rng.randint(-5, 100)), log()])
        kind = rng.randrange(13)
        if kind < 4:
            op = rng.choice(["add", "sub", "mul", "xor", "floordiv", "mod", "and", "lshift"])
            return prim(f"i32_{op}", self.expr(depth - 1), self.expr(depth - 1))
        if kind < 6:
            return call(
                f"demo::{rng.choice(['tick', 'look', 'pure', 'risky', 'tick'])}", self.expr(depth - 1)
            )
        if kind == 6:
            return n.AssignExpr("i32", P, rng.choice(LOCALS), self.expr(depth - 1))
        if kind == 7:
            return n.BlockExpr("i32", P, tuple(self.block(1, depth - 1)), self.expr(depth - 1))
        if kind == 8:
            return n.IfExp("i32", P, self.cond(depth - 1), self.expr(depth - 1), self.expr(depth - 1))
        if kind == 9:
            return n.Load("i32", P, self.pointer(), self.index(depth - 1), (rng.choice(("x", "int")),))
        if kind == 10:
            pair = n.MakeStruct(PAIR, P, (self.expr(depth - 1), self.expr(depth - 1)))
            return n.GetField("i32", P, pair, rng.choice(("x", "int")))
        if kind == 11:
            pair = n.Load(PAIR, P, self.pointer(), self.index(depth - 1), ())
            return n.GetField("i32", P, pair, rng.choice(("x", "int")))
        return prim("i32_neg", self.expr(depth - 1))

    def pointer(self) -> n.Expr:
        return n.Const(PTR, P, PtrConst(0, self.rng.randrange(2)))

    def index(self, depth: int) -> n.Expr:
        return prim("i32_and", self.expr(depth), const(1))

    def cond(self, depth: int) -> n.Expr:
        rng = self.rng
        kind = rng.randrange(5)
        if depth <= 0 or kind < 3:
            return prim(
                f"i32_{rng.choice(['lt', 'eq', 'ge', 'ne'])}", self.expr(depth - 1), self.expr(depth - 1)
            )
        if kind == 3:
            return prim("bool_not", self.cond(depth - 1))
        node = rng.choice((n.And, n.Or))
        return node("bool", P, self.cond(depth - 1), self.cond(depth - 1))

    def block(self, size: int, depth: int) -> list[n.Stmt]:
        return [self.statement(depth) for _ in range(size)]

    def statement(self, depth: int, *, in_loop: bool = False) -> n.Stmt:  # noqa: PLR0911  # one case per shape
        rng = self.rng
        kind = rng.randrange(12)
        if kind < 4 or depth <= 0:
            return assign(rng.choice(LOCALS), self.expr(depth))
        if kind == 4:
            return note(self.expr(depth))
        if kind == 5:
            return run(self.expr(depth))
        if kind == 6:
            return run(call("demo::quiet", self.expr(depth), t="None"))
        if kind == 7:
            path = rng.choice(("x", "int"))
            return n.Store(P, self.pointer(), self.index(depth - 1), (path,), self.expr(depth))
        if kind in (8, 9):
            return n.If(
                P,
                self.cond(depth),
                tuple(self.block(2, depth - 1)),
                tuple(self.block(rng.randrange(2), depth - 1)),
            )
        return self.for_range(depth) if kind == 10 else self.while_loop(depth)

    def loop_body(self, depth: int) -> list[n.Stmt]:
        body = self.block(2, depth - 1)
        leave = self.rng.choice((n.Break(P), n.Continue(P), None))
        if leave is not None:
            body.insert(self.rng.randrange(3), n.If(P, self.cond(1), (leave,), ()))
        return body

    def for_range(self, depth: int) -> n.Stmt:
        rng = self.rng
        start, stop = const(rng.randint(-3, 3)), prim("i32_and", self.expr(depth - 1), const(3))
        step = rng.choice(
            (
                const(1),
                const(-1),
                const(2),
                prim("i32_sub", prim("i32_and", self.expr(0), const(3)), const(1)),
            )
        )
        orelse = tuple(self.block(rng.randrange(2), depth - 1))
        return n.ForRange(P, rng.choice(LOCALS), start, stop, step, tuple(self.loop_body(depth)), orelse)

    def while_loop(self, depth: int) -> n.Stmt:
        """A loop of at most three rounds: the counter is a local of its own."""
        self.loops += 1
        name = f"n{self.loops}"
        left = n.BlockExpr("i32", P, (assign(name, prim("i32_sub", local(name), const(1))),), local(name))
        cond = n.And("bool", P, prim("i32_gt", left, const(0)), self.cond(1))
        orelse = tuple(self.block(self.rng.randrange(2), depth - 1))
        return n.If(
            P,
            const(True),
            (assign(name, const(4)), n.While(P, cond, tuple(self.loop_body(depth)), orelse)),
            (),
        )

    def function(self, name: str) -> Function:
        self.loops = 0
        # z stays without a value here and there: reading it is then an error of the program.
        body = [assign("x", const(1)), assign("y", local("a")), *self.block(5, 3), ret(self.expr(3))]
        if self.rng.random() < 0.7:
            body.insert(0, assign("z", local("b")))
        names = {**dict.fromkeys(("x", "y", "z"), "i32"), **{f"n{i + 1}": "i32" for i in range(self.loops)}}
        return function(name, {"a": "i32", "b": "i32"}, "i32", body, names)


def random_program(seed: int, count: int) -> Program:
    maker = Maker(seed)
    made = [maker.function(f"f{i}") for i in range(count)]
    reset = function("reset", {"k": "i32"}, "None", [n.GlobalSet(P, "demo::log", local("k"))])
    last = function("last", {}, "i32", [ret(log())])
    names = [f.display for f in (*made, reset, last)]
    return program(
        *helpers(),
        *made,
        reset,
        last,
        types=TYPES,
        entry=None,
        externs=(),
        globals=(Global("demo::log", "i32", IntConst(0)),),
        blocks=(Block(PAIR, "gc", tuple(pair(i, -i) for i in range(3))),),
        exports=tuple(Export(name, f"demo::{name}") for name in names),
    )


def pair(x: int, y: int) -> StructConst:
    return StructConst((IntConst(x), IntConst(y)))
