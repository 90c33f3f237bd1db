"""Random functions of Program IR: the executor against a plain walk over the tree.

The walk also checks what the executor believes, after it has inlined and split: each integer lies in the
range that let it leave out a check.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spy_types.prims.table import PRIMS
from spy_types.program.constants import IntConst
from spy_types.program.nodes import (
    AddrOf,
    And,
    Assign,
    AssignExpr,
    BlockExpr,
    Break,
    Call,
    Const,
    Continue,
    Eval,
    Expr,
    ForRange,
    GetField,
    If,
    IfExp,
    Load,
    Local,
    MakeStruct,
    Or,
    Pos,
    Prim,
    Return,
    Stmt,
    Store,
    While,
)
from spy_types.program.program import Effects, Features, Function, Param, Program, Source
from spy_types.program.types import Field, PtrType, StructType, TypeDef
from spy_types.program.walk import map_body
from spy_vm import memory
from spy_vm.exceptions import Raised
from spy_vm.executor import Executor, shallow
from spy_vm.executor import compile as compile_module
from spy_vm.executor.emitter import Emitter, Value
from spy_vm.executor.ranges import Range
from spy_vm.host import CHECKED_PRIMS, HOST_PRIMS, OverflowWarner
from spy_vm.memory import Ptr

POS = Pos(0, 1, 1, 1, 2)
PAIR = "test::Pair"
PTR = "unsafe::gc_ptr[test::Pair]"
TYPES: dict[str, TypeDef] = {
    PAIR: StructType("Pair", (Field("a", "i32"), Field("b", "i32"))),
    PTR: PtrType("ptr", "gc", PAIR),
}
SHAPE = (None, None)
OFFSETS = {(): 0, ("a",): 0, ("b",): 1}
LOCALS = ("x", "y", "z", "u8", "i64", "k", "k2")  # some are parameters
TYPE_OF = {"u8": "u8", "i64": "i64"}
POINTERS = ("p", "q")
STRUCTS = ("$whole", "$parts")  # the second one is only read by its fields
LIBRARY = ("lib::f", "lib::g")
FUEL = 300


# --- the meaning, as directly as it can be written -----------------------------------------------


class OutOfFuel(Exception):
    pass


class Leave(Exception):
    def __init__(self, how: str, value: Any = None) -> None:
        self.how = how
        self.value = value


class Walker:
    def __init__(
        self,
        functions: dict[str, Function],
        prims: dict[str, Callable[..., Any]],
        believed: dict[int, Range],
    ) -> None:
        self.functions = functions
        self.prims = prims
        self.believed = believed
        self.notes: list[Any] = []
        self.fuel = FUEL
        self.env: dict[str, Any] = {}

    def call(self, fqn: str, args: list[Any]) -> Any:
        function = self.functions[fqn]
        outer, self.env = self.env, dict(zip([param.name for param in function.params], args, strict=True))
        try:
            self.body(function.body)
        except Leave as leave:
            return leave.value
        finally:
            self.env = outer
        return None

    def note(self, value: Any) -> Any:
        self.fuel -= 1
        if self.fuel < 0:
            raise OutOfFuel
        self.notes.append(value)
        return value

    def expr(self, node: Expr) -> Any:
        value = self.evaluate(node)
        if id(node) in self.believed:
            low, high = self.believed[id(node)]
            number = value.length if isinstance(value, Ptr) else value
            assert low <= number <= high, (node, value)
        return value

    def evaluate(self, node: Expr) -> Any:  # noqa: C901, PLR0911, PLR0912
        match node:
            case Const(value=IntConst(value=value)):
                return value
            case Local(name=name):
                return self.env[name]
            case Prim(op=op, args=args):
                return self.prims[op](*[self.expr(arg) for arg in args])
            case Call(func="test::note", args=(arg,)):
                return self.note(self.expr(arg))
            case Call(func=func, args=args):
                return self.call(func, [self.expr(arg) for arg in args])
            case AddrOf(ptr=ptr, index=index):
                block = self.expr(ptr)
                return memory.address(block, self.expr(index) if index is not None else 0)
            case MakeStruct(args=args):
                return tuple([self.expr(arg) for arg in args])
            case GetField(value=value, field=field):
                return self.expr(value)["ab".index(field)]
            case Load(ptr=ptr, index=index, path=path):
                block = self.expr(ptr)
                at = self.expr(index) if index is not None else 0
                return memory.load(block, at, OFFSETS[path], None if path else SHAPE)
            case And(left=left, right=right):
                return self.expr(left) and self.expr(right)
            case Or(left=left, right=right):
                return self.expr(left) or self.expr(right)
            case IfExp(cond=cond, then=then, orelse=orelse):
                return self.expr(then) if self.expr(cond) else self.expr(orelse)
            case AssignExpr(name=name, value=value):
                self.env[name] = self.expr(value)
                return self.env[name]
            case BlockExpr(body=body, value=value):
                self.body(body)
                return self.expr(value)
        raise AssertionError(node)

    def body(self, body: tuple[Stmt, ...]) -> None:
        for stmt in body:
            self.stmt(stmt)

    def stmt(self, stmt: Stmt) -> None:  # noqa: C901
        match stmt:
            case Assign(name=name, value=value):
                self.env[name] = self.expr(value)
            case Eval(value=value):
                self.expr(value)
            case Store(ptr=ptr, index=index, path=path, value=value):
                block = self.expr(ptr)
                at = self.expr(index) if index is not None else 0
                memory.store(block, at, OFFSETS[path], None if path else SHAPE, self.expr(value))
            case If(cond=cond, then=then, orelse=orelse):
                self.body(then if self.expr(cond) else orelse)
            case While(cond=cond, body=body, orelse=orelse):
                if self.loop(body, lambda: bool(self.expr(cond))):
                    self.body(orelse)
            case ForRange():
                rounds = iter(range(*[self.expr(e) for e in (stmt.start, stmt.stop, stmt.step)]))

                def advance() -> bool:
                    for self.env[stmt.var] in rounds:
                        return True
                    return False

                if self.loop(stmt.body, advance):
                    self.body(stmt.orelse)
            case Return(value=value):
                raise Leave("return", self.expr(value) if value is not None else None)
            case Break():
                raise Leave("break")
            case Continue():
                raise Leave("continue")

    def loop(self, body: tuple[Stmt, ...], advance: Callable[[], bool]) -> bool:
        while advance():
            try:
                self.body(body)
            except Leave as leave:
                if leave.how == "break":
                    return False
                if leave.how == "return":
                    raise
        return True


# --- random functions ----------------------------------------------------------------------------

INT_OPS = ("add", "sub", "mul", "floordiv", "mod", "and", "or", "xor", "lshift", "rshift", "wrapping_add")
COMPARE = ("eq", "ne", "lt", "le", "gt", "ge")
RANGES = {"i32": (-(2**31), 2**31 - 1), "u8": (0, 255), "i64": (-(2**63), 2**63 - 1)}


@st.composite
def constants(draw: st.DrawFn, t: str) -> Expr:
    low, high = RANGES[t]
    edges = [e for e in (0, 1, 2, 3, 7, -1, -2, low, high, high - 1) if low <= e <= high]
    return Const(t, POS, IntConst(draw(st.sampled_from(edges))))


def prim(op: str, *args: Expr) -> Expr:
    return Prim(PRIMS[op].result, POS, op, args)


def noted(value: Expr) -> Expr:
    return Call("i32", POS, "test::note", (value,))


@st.composite
def integers(draw: st.DrawFn, t: str, depth: int) -> Expr:  # noqa: C901, PLR0911, PLR0912
    names = [name for name in LOCALS if TYPE_OF.get(name, "i32") == t]
    kinds = ["const", "local"]
    if depth:
        kinds += ["op", "op", "op", "neg", "convert", "if", "block", "walrus", "pow"]
        if t == "i32":
            kinds += ["note", "load", "field", "part", "truth", "call"]
    match draw(st.sampled_from(kinds)):
        case "const":
            return draw(constants(t))
        case "local":
            return Local(t, POS, draw(st.sampled_from(names)))
        case "op":
            op = f"{t}_{draw(st.sampled_from(INT_OPS))}"
            return prim(op, draw(integers(t, depth - 1)), draw(integers(t, depth - 1)))
        case "neg":
            return prim(f"{t}_{draw(st.sampled_from(['neg', 'invert']))}", draw(integers(t, depth - 1)))
        case "pow":
            exponent = Const(t, POS, IntConst(draw(st.integers(0, 4))))
            return prim(f"{t}_pow", draw(integers(t, depth - 1)), exponent)
        case "convert":
            other = draw(st.sampled_from([x for x in RANGES if x != t]))
            return prim(f"{other}_to_{t}", draw(integers(other, depth - 1)))
        case "if":
            return IfExp(
                t, POS, draw(bools(depth - 1)), draw(integers(t, depth - 1)), draw(integers(t, depth - 1))
            )
        case "block":
            return BlockExpr(t, POS, draw(bodies(depth - 1, 0, inside=True)), draw(integers(t, depth - 1)))
        case "walrus":
            return AssignExpr(t, POS, draw(st.sampled_from(names)), draw(integers(t, depth - 1)))
        case "note":
            return noted(draw(integers("i32", depth - 1)))
        case "load":
            path = draw(st.sampled_from([("a",), ("b",)]))
            return Load("i32", POS, draw(pointers()), draw(indexes(depth - 1)), path)
        case "part":
            struct = Local(PAIR, POS, draw(st.sampled_from(STRUCTS)))
            return GetField("i32", POS, struct, draw(st.sampled_from("ab")))
        case "call":
            args = (draw(integers("i32", depth - 1)), draw(integers("i32", depth - 1)), draw(pointers()))
            return Call("i32", POS, draw(st.sampled_from(LIBRARY)), args)
        case "truth":
            return prim("bool_to_i32", draw(bools(depth - 1)))
    return GetField("i32", POS, draw(pairs(depth - 1)), draw(st.sampled_from("ab")))


@st.composite
def indexes(draw: st.DrawFn, depth: int) -> Expr | None:
    if draw(st.booleans()):
        return Const("i32", POS, IntConst(draw(st.integers(0, 2))))
    return draw(st.none() | integers("i32", depth))


@st.composite
def pointers(draw: st.DrawFn) -> Expr:
    name = Local(PTR, POS, draw(st.sampled_from(POINTERS)))
    if draw(st.integers(0, 3)):
        return name
    return AddrOf(PTR, POS, name, Const("i32", POS, IntConst(draw(st.integers(0, 2)))), ())


@st.composite
def pairs(draw: st.DrawFn, depth: int) -> Expr:
    match draw(st.integers(0, 3)) if depth else 3:
        case 0:
            return Load(PAIR, POS, draw(pointers()), draw(indexes(depth - 1)), ())
        case 1:
            return Local(PAIR, POS, "$whole")
        case 2:
            return BlockExpr(PAIR, POS, draw(bodies(depth - 1, 0, inside=True)), draw(made_pairs(depth)))
    return draw(made_pairs(depth))


@st.composite
def made_pairs(draw: st.DrawFn, depth: int) -> Expr:
    return MakeStruct(PAIR, POS, (draw(integers("i32", depth)), draw(integers("i32", depth))))


@st.composite
def bools(draw: st.DrawFn, depth: int) -> Expr:
    if depth and draw(st.integers(0, 2)) == 0:
        node = draw(st.sampled_from([And, Or]))
        return node("bool", POS, draw(bools(depth - 1)), draw(bools(depth - 1)))
    if depth and draw(st.integers(0, 3)) == 0:
        return prim("bool_not", draw(bools(depth - 1)))
    t = draw(st.sampled_from(["i32", "i32", "u8", "i64"]))
    if draw(st.integers(0, 4)) == 0:
        return prim(f"{t}_to_bool", draw(integers(t, depth)))
    below = max(depth - 1, 0)
    return prim(f"{t}_{draw(st.sampled_from(COMPARE))}", draw(integers(t, below)), draw(integers(t, below)))


@st.composite
def statements(draw: st.DrawFn, depth: int, loops: int, inside: bool) -> Stmt:  # noqa: C901, PLR0911, PLR0912
    kinds = ["assign", "assign", "eval", "store", "point", "struct"]
    if depth:
        kinds += ["if", "if", "while", "for", "count", "count"]
    if loops and not inside:
        kinds += ["break", "continue"]
    if not inside:
        kinds.append("return")
    match draw(st.sampled_from(kinds)):
        case "assign":
            name = draw(st.sampled_from(LOCALS))
            return Assign(POS, name, draw(integers(TYPE_OF.get(name, "i32"), 2)))
        case "eval":
            return Eval(POS, noted(draw(integers("i32", 2))))
        case "store":
            path = draw(st.sampled_from([(), ("a",), ("b",)]))
            value = integers("i32", 2) if path else pairs(1)
            return Store(POS, draw(pointers()), draw(indexes(1)), path, draw(value))
        case "point":
            return Assign(POS, "q", draw(pointers()))
        case "struct":
            return Assign(POS, draw(st.sampled_from(STRUCTS)), draw(made_pairs(1) | pairs(1)))
        case "if":
            return If(
                POS,
                draw(bools(2)),
                draw(bodies(depth - 1, loops, inside=inside)),
                draw(bodies(depth - 1, loops, inside=inside)),
            )
        case "while":
            body = (
                Eval(POS, noted(Local("i32", POS, "x"))),
                *draw(bodies(depth - 1, 0 if inside else 1, inside=inside)),
            )
            return While(POS, draw(bools(1)), body, draw(bodies(depth - 1, loops, inside=inside)))
        case "for":
            start, stop = draw(integers("i32", 1)), draw(integers("i32", 1))
            step = draw(st.sampled_from([1, 1, 2, -1, 2**30, 0]))
            body = (
                Eval(POS, noted(Local("i32", POS, "k"))),
                *draw(bodies(depth - 1, 0 if inside else 1, inside=inside)),
            )
            var = draw(st.sampled_from(["k", "k2"]))
            return ForRange(
                POS,
                var,
                start,
                stop,
                Const("i32", POS, IntConst(step)),
                body,
                draw(bodies(depth - 1, loops, inside=inside)),
            )
        case "count":
            name = draw(st.sampled_from(["x", "y", "z"]))
            local, by = (
                Local("i32", POS, name),
                Const("i32", POS, IntConst(draw(st.sampled_from([1, 2, -1])))),
            )
            limit = draw(constants("i32") | integers("i32", 1))
            cond = prim(f"i32_{draw(st.sampled_from(COMPARE))}", *draw(st.permutations([local, limit])))
            step = Assign(POS, name, prim("i32_add", local, by))
            see = Eval(POS, noted(local))
            body = (see, *draw(bodies(depth - 1, 0 if inside else 1, inside=inside)), step)
            loop = While(POS, cond, body, draw(bodies(depth - 1, loops, inside=inside)))
            first = Assign(POS, name, draw(constants("i32")))
            return If(POS, draw(bools(0)), (first, loop), (loop,))
        case "break":
            return Break(POS)
        case "continue":
            return Continue(POS)
    return Return(POS, draw(integers("i32", 2)))


def bodies(depth: int, loops: int, *, inside: bool = False) -> st.SearchStrategy[tuple[Stmt, ...]]:
    return st.lists(statements(depth, loops, inside), max_size=3).map(tuple)


Functions = dict[str, Function]
Outcome = tuple[Any, list[Any], list[Any]]
SOURCES = (Source("demo.spy", "", ""), Source("<lib>/lib.spy", "", ""))


def function(fqn: str, params: tuple[str, ...], body: tuple[Stmt, ...]) -> Function:
    types = {**dict.fromkeys(POINTERS, PTR), **dict.fromkeys(STRUCTS, PAIR), **TYPE_OF}
    rest = [name for name in (*LOCALS, *POINTERS, *STRUCTS) if name not in params]
    zeros: dict[str, Expr] = {name: Const(types.get(name, "i32"), POS, IntConst(0)) for name in LOCALS}
    zeros |= {name: MakeStruct(PAIR, POS, (zeros["x"], zeros["y"])) for name in STRUCTS}
    zeros |= {"q": Local(PTR, POS, "p")}
    pos = Pos(int(fqn in LIBRARY), 1, 1, 1, 2)
    return Function(
        fqn=fqn,
        display=fqn,
        params=tuple(Param(name, types.get(name, "i32")) for name in params),
        result="i32",
        locals=tuple(Param(name, types.get(name, "i32")) for name in rest),
        body=(*(Assign(POS, name, zeros[name]) for name in rest), *body),
        pos=pos,
        effects=Effects(raises=True, allocates=True, pure=False),
        inline="auto",
        doc=None,
    )


def without_recursion(fqn: str) -> Callable[[Expr], Expr]:
    """Let the first function of the library call the second, and that none."""

    def replaced(expr: Expr) -> Expr:
        if not isinstance(expr, Call) or expr.func not in LIBRARY:
            return expr
        return Call("i32", POS, LIBRARY[1], expr.args) if fqn == LIBRARY[0] else noted(expr.args[0])

    return replaced


@st.composite
def functions(draw: st.DrawFn, main: st.SearchStrategy[tuple[Stmt, ...]]) -> Functions:
    made = [function("demo::f", (*LOCALS, "p"), draw(main))]
    for fqn in LIBRARY:
        body = (*draw(bodies(1, 0)), Return(POS, draw(integers("i32", 1))))
        made.append(function(fqn, ("x", "y", "p"), map_body(body, without_recursion(fqn))))
    return {f.fqn: f for f in made}


def execute(functions: Functions, args: list[Any], overflow: Any) -> Outcome:
    block = memory.from_values([(1, 2), (3, 4), (5, 6)], SHAPE)
    walker = Walker({}, HOST_PRIMS, {})  # for its notes and its fuel
    program = Program(
        "spyir", 1, "", Features(overflow), SOURCES, TYPES, (), (), (), tuple(functions.values()), None, ()
    )
    warner = OverflowWarner(lambda _: 0)
    executor = Executor.from_program(program, externs={"test::note": walker.note}, warner=warner)
    result = attempt(lambda: executor.function("demo::f")(*args, block))
    return result, walker.notes, contents(block)


def walk(functions: Functions, args: list[Any], overflow: str, believed: dict[int, Range]) -> Outcome:
    block = memory.from_values([(1, 2), (3, 4), (5, 6)], SHAPE)
    prims = {**HOST_PRIMS, **CHECKED_PRIMS} if overflow == "check" else HOST_PRIMS
    walker = Walker(functions, prims, believed)
    result = attempt(lambda: walker.call("demo::f", [*args, block]))
    return result, walker.notes, contents(block)


def attempt(action: Callable[[], Any]) -> Any:
    try:
        return action()
    except OutOfFuel:
        return "out of fuel"
    except Raised as error:
        return str(error)
    except ValueError as error:  # the zero step, in the walk
        return f"ValueError: {error}"


def contents(block: Ptr) -> list[Any]:
    assert block.block is not None
    return list(block.block)


@st.composite
def arguments(draw: st.DrawFn) -> list[int]:
    found = []
    for name in LOCALS:
        low, high = RANGES[TYPE_OF.get(name, "i32")]
        found.append(draw(st.sampled_from([low, high, 0, 1, 5]) | st.integers(low, high)))
    return found


def compare(functions: Functions, args: list[int], overflow: str, *, steps: bool = False) -> None:
    """Run both; with `steps`, expressions are taken apart as deep ones are."""
    believed: dict[int, Range] = {}
    prepared = dict(functions)
    emit, split = Emitter.value, compile_module.split_structs

    def value(self: Emitter, expr: Expr) -> Value:
        made = emit(self, expr)
        if made.range is not None:
            low, high = believed.get(id(expr), made.range)  # a node may stand in two places
            believed[id(expr)] = Range(min(low, made.range.low), max(high, made.range.high))
        return made

    def split_structs(function: Function, types: dict[str, TypeDef]) -> Function:
        made = split(function, types)
        prepared[function.fqn] = shallow.shallow(made) if steps else made
        return prepared[function.fqn]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Emitter, "value", value)
        patch.setattr(compile_module, "split_structs", split_structs)
        patch.setattr(shallow, "MAX_HEIGHT", 2)
        outcome = execute(functions, args, overflow)
    assert outcome == walk(functions, args, overflow, {})
    assert outcome == walk(prepared, args, overflow, believed)


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("overflow", ["wrap", "check"])
@QUICK
@given(functions=functions(bodies(2, 0)), args=arguments())
def test_the_executor_does_what_the_tree_says(overflow: str, functions: Functions, args: list[int]) -> None:
    compare(functions, args, overflow)


@QUICK
@given(functions=functions(integers("i32", 4).map(lambda value: (Return(POS, value),))), args=arguments())
def test_expressions(functions: Functions, args: list[int]) -> None:
    compare(functions, args, "wrap")


@QUICK
@given(functions=functions(bodies(2, 0)), args=arguments())
def test_deep_expressions(functions: Functions, args: list[int]) -> None:
    compare(functions, args, "wrap", steps=True)
