"""One program per rule that breaks just that rule, and the same program mended.

The cases are a table, one to a line however long it is: read across, not down.
"""
# ruff: noqa: E501, E741, PLW0108

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from spy_types.errors import SpyError
from spy_types.nesting import MAX_NESTING
from spy_types.prims.table import PRIMS
from spy_types.program import constants as c
from spy_types.program import nodes as n
from spy_types.program.build import (
    ANYTHING,
    HERE,
    PURE,
    assign,
    call,
    const,
    evaluate,
    for_range,
    function,
    if_,
    local,
    prim,
    program,
    raise_,
    ret,
    while_,
)
from spy_types.program.program import (
    Block,
    Effects,
    Export,
    Extern,
    Features,
    Global,
    Impl,
    Method,
    Object,
    Param,
    Program,
)
from spy_types.program.types import (
    ClassType,
    Field,
    FuncType,
    GeneratorType,
    PtrType,
    StructType,
    TypeDef,
    UnionType,
)
from spy_types.program.verify import verify
from spy_types.program.verify.codes import RULES

replace = msgspec.structs.replace
Build = Callable[[], Program]

TYPES: dict[str, TypeDef] = {
    "m::P": StructType("P", (Field("x", "i32"), Field("y", "f64"))),
    "m::Q": StructType("Q", (Field("p", "m::P"),)),
    "gc_P": PtrType("gc_ptr[P]", "gc", "m::P"),
    "gc_i32": PtrType("gc_ptr[i32]", "gc", "i32"),
    "raw_i32": PtrType("raw_ptr[i32]", "raw", "i32"),
    "gc_f64": PtrType("gc_ptr[f64]", "gc", "f64"),
    "unsafe::gc_ptr[u8]": PtrType("gc_ptr[u8]", "gc", "u8"),
    "_exceptions::Error": ClassType("Error", None, (), ()),
    "m::A": ClassType("A", None, (), (Field("x", "i32"),)),
    "m::B": ClassType("B", "m::A", ("m::A",), (Field("x", "i32"), Field("y", "f64"))),
    "G": GeneratorType("Generator[i32, f64, str]", "i32", "f64", "str"),
    "F": FuncType("def(i32) -> i32", ("i32",), "i32"),
    "U": UnionType("i32 | None", ("i32", "None")),
}
PARAMS = [
    ("i", "i32"),
    ("f", "f64"),
    ("b", "bool"),
    ("s", "str"),
    ("p", "m::P"),
    ("q", "m::Q"),
    ("ptr", "gc_P"),
    ("ints", "gc_i32"),
    ("raws", "raw_i32"),
    ("floats", "gc_f64"),
    ("u", "u8"),
    ("func", "F"),
    ("d", "dynamic"),
    ("o", "U"),
    ("an_a", "m::A"),
    ("a_b", "m::B"),
    ("g", "G"),
]
I, F, B, S, P, Q, PTR, INTS, RAWS, FLOATS, U, FUNC, D, _, A, C, G = (local(name, t) for name, t in PARAMS)
ZERO, ONE, TRUE = const(0), const(1), const(True)
INC = function("m::inc", [("x", "i32")], "i32", [ret(local("x", "i32"))], effects=PURE)
QUIET = Effects(raises=False, allocates=False, pure=False)


def body(*stmts: n.Stmt, effects: Effects = ANYTHING, **more: Any) -> Program:
    """Return a program with a function of these statements, which knows the names above."""
    f = function("m::f", PARAMS, body=stmts, effects=effects)
    more = {"types": TYPES, "globals": [Global("m::g", "i32", c.IntConst(0))], **more}
    return program(f, INC, **more)


def value(expr: n.Expr, **more: Any) -> Program:
    return body(evaluate(expr), **more)


def result(t: str, *stmts: n.Stmt) -> Program:
    return program(function("m::f", PARAMS, t, stmts), types=TYPES)


OF_A = function("m::of_a", [("self", "m::A")], "i32", [ret(ZERO)], effects=PURE)
OF_B = function("m::of_b", [("self", "m::B")], "i32", [ret(ONE)], effects=PURE)
METHOD = Method("m::A::f", ("m::A",), "i32", (Impl("m::A", "m::of_a"), Impl("m::B", "m::of_b")))
OBJECTS = [Object("m::A", (c.IntConst(1),))]


def with_method(method: Method, **changes: Any) -> Program:
    return program(OF_A, OF_B, types=TYPES, methods=[replace(method, **changes)])


def generator(*stmts: n.Stmt, t: str = "G") -> Program:
    """Return a program with a generator of these statements."""
    return program(replace(function("m::f", PARAMS, t, stmts), generator=True), types=TYPES)


def types(**definitions: TypeDef) -> Program:
    return program(types=definitions)


def codes_of(tree: Program) -> list[str]:
    try:
        verify(tree)
    except SpyError as error:
        return [d.code for d in error.diagnostics]
    return []


def node(cls: type, t: str, *fields: Any) -> Any:
    return cls(t, HERE, *fields)


def with_function(**fields: Any) -> Program:
    return program(replace(INC, **fields))


def at(*pos: int) -> Program:
    return with_function(pos=n.Pos(*pos))


def struct_chain(length: int) -> Program:
    chain = {f"S{i}": StructType("S", (Field("x", f"S{i + 1}"),)) for i in range(length - 1)}
    return types(**chain, **{f"S{length - 1}": StructType("S", (Field("x", "i32"),))})


def doubled_struct(times: int) -> Program:
    chain = {
        f"S{i}": StructType("S", (Field("x", f"S{i + 1}"), Field("y", f"S{i + 1}"))) for i in range(times)
    }
    return types(**chain, **{f"S{times}": StructType("S", (Field("x", "i32"),))})


def sums(length: int) -> Program:
    expr: n.Expr = I
    for _ in range(length):
        expr = prim("i32_add", expr, ONE)
    return value(expr)


def nested_ifs(depth: int) -> Program:
    stmt: n.Stmt = evaluate(I)
    for _ in range(depth):
        stmt = if_(B, [stmt])
    return body(stmt)


def entry(
    *params: tuple[str, str], result: str = "None", stmts: Any = (), t: TypeDef | None = None
) -> Program:
    main = function("m::main", params, result, stmts)
    return program(main, entry=main, types={} if t is None else {"argv_type": t})


LIST_STR = StructType("list[str]", ())
OVERFLOWING = prim("i32_add", I, ONE)
ERROR = prim("exception_new", const("E"), const("text"))
CATCH = n.Handler(HERE, ("E",), None, ())
MAY_RAISE = function("m::g2", body=[raise_("ValueError")], effects=replace(QUIET, raises=True))
ALLOCATING = replace(function("m::g3"), effects=Effects(raises=False, allocates=True, pure=True))
BLOCKS = [Block("i32", "gc", (c.IntConst(1), c.IntConst(2))), Block("i32", "raw", ())]

# fmt: off
# (code, broken program, mended program)
CASES: list[tuple[str, Build, Build]] = [
    ("IR010", lambda: with_function(fqn="m::`"), lambda: with_function(fqn="m::é[a, b]#1")),
    ("IR010", lambda: with_function(fqn=""), lambda: with_function(fqn="inc")),
    ("IR010", lambda: with_function(fqn="a\nb"), lambda: with_function(fqn="a b")),
    ("IR010", lambda: types(**{"": LIST_STR}), lambda: types(A=LIST_STR)),
    ("IR010", lambda: types(A=StructType("a\0", ())), lambda: types(A=StructType("a", ()))),
    ("IR010", lambda: types(A=StructType("A", (Field("1", "i32"),))), lambda: types(A=StructType("A", (Field("_1", "i32"),)))),
    ("IR010", lambda: body(assign("a b", ONE)), lambda: body(assign("_$iter0", ONE))),
    ("IR010", lambda: program(INC, exports=[Export("a-b", INC.fqn)]), lambda: program(INC, exports=[Export("a_b", INC.fqn)])),
    ("IR011", lambda: program(INC, INC), lambda: program(INC)),
    ("IR011", lambda: body(externs=[Extern("m::g", (), "None", QUIET)]), lambda: body(externs=[Extern("m::h", (), "None", QUIET)])),
    ("IR012", lambda: replace(program(INC), entry="m::main"), lambda: entry()),
    ("IR012", lambda: entry(("n", "i32")), lambda: entry(("argv", "argv_type"), t=LIST_STR)),
    ("IR012", lambda: entry(("a", "argv_type"), ("b", "i32"), t=LIST_STR), lambda: entry()),
    ("IR012", lambda: entry(result="f64", stmts=[ret(const(1.0))]), lambda: entry(result="i32", stmts=[ret(ONE)])),
    ("IR013", lambda: program(INC, exports=[Export("a", "m::b")]), lambda: program(INC, exports=[Export("a", INC.fqn)])),
    (
        "IR013",
        lambda: program(INC, exports=[Export("a", INC.fqn), Export("a", INC.fqn)]),
        lambda: program(INC, exports=[Export("a", INC.fqn), Export("b", INC.fqn)]),
    ),
    ("IR014", lambda: at(1, 1, 1, 1, 1), lambda: at(0, 1, 1, 1, 1)),
    ("IR014", lambda: at(-1, 1, 1, 1, 1), lambda: at(0, 2, 9, 3, 1)),
    ("IR014", lambda: at(0, 0, 1, 1, 1), lambda: at(0, 1, 1, 1, 1)),
    ("IR014", lambda: at(0, 1, 0, 1, 1), lambda: at(0, 1, 1, 1, 1)),
    ("IR014", lambda: at(0, 2, 1, 1, 1), lambda: at(0, 2, 1, 2, 1)),
    ("IR014", lambda: at(0, 1, 5, 1, 4), lambda: at(0, 1, 5, 1, 5)),
    ("IR014", lambda: at(0, 1, 1, 2**31, 1), lambda: at(0, 1, 1, 2**31 - 1, 1)),
    ("IR014", lambda: body(evaluate(I, n.Pos(7, 1, 1, 1, 1))), lambda: body(evaluate(I))),
    ("IR014", lambda: value(local("i", "i32", n.Pos(7, 1, 1, 1, 1))), lambda: value(I)),
    ("IR015", lambda: sums(MAX_NESTING), lambda: sums(MAX_NESTING - 2)),
    ("IR015", lambda: nested_ifs(MAX_NESTING), lambda: nested_ifs(MAX_NESTING - 2)),
    ("IR015", lambda: struct_chain(MAX_NESTING + 1), lambda: struct_chain(MAX_NESTING)),
    ("IR020", lambda: value(const(None, "m::T")), lambda: value(const(None))),
    ("IR020", lambda: types(A=PtrType("A", "gc", "B")), lambda: types(A=PtrType("A", "gc", "A"))),
    ("IR020", lambda: types(A=FuncType("A", ("B",), "i32")), lambda: types(A=FuncType("A", ("A",), "i32"))),
    ("IR020", lambda: types(A=FuncType("A", (), "B")), lambda: types(A=FuncType("A", (), "A"))),
    ("IR020", lambda: with_function(params=(Param("y", "B"), Param("x", "i32"))), lambda: program(INC)),
    ("IR020", lambda: with_function(locals=(Param("y", "B"),)), lambda: with_function(locals=(Param("y", "i32"),))),
    ("IR020", lambda: program(function("m::f", result="B", body=[raise_("E")])), lambda: program(function("m::f"))),
    ("IR020", lambda: program(externs=[Extern("m::e", ("B",), "i32", QUIET)]), lambda: program(externs=[Extern("m::e", ("i8",), "i32", QUIET)])),
    ("IR020", lambda: program(globals=[Global("m::g", "B", c.NoneConst())]), lambda: program(globals=[Global("m::g", "None", c.NoneConst())])),
    ("IR020", lambda: program(blocks=[Block("B", "gc", ())]), lambda: program(blocks=[Block("i8", "gc", ())])),
    ("IR020", lambda: value(node(n.Const, "dynamic", c.DynamicConst("B", c.NoneConst()))), lambda: value(node(n.Const, "dynamic", c.DynamicConst("None", c.NoneConst())))),
    ("IR021", lambda: types(i32=StructType("i32", ())), lambda: types(i31=StructType("i31", ()))),
    ("IR021", lambda: types(**{"unsafe::gc_ptr[u8]": PtrType("p", "raw", "u8")}), lambda: types(**{"unsafe::gc_ptr[u8]": PtrType("p", "gc", "u8")})),
    ("IR022", lambda: types(A=StructType("A", (Field("a", "A"),))), lambda: types(A=StructType("A", (Field("a", "B"),)), B=PtrType("B", "gc", "A"))),
    ("IR022", lambda: types(A=StructType("A", (Field("a", "B"),)), B=StructType("B", (Field("a", "A"),))), lambda: types(A=StructType("A", (Field("a", "B"),)), B=StructType("B", ()))),
    ("IR023", lambda: types(A=StructType("A", (Field("a", "i8"), Field("a", "i8")))), lambda: types(A=StructType("A", (Field("a", "i8"), Field("b", "i8"))))),
    ("IR024", lambda: doubled_struct(17), lambda: doubled_struct(16)),
    ("IR024", lambda: doubled_struct(300), lambda: doubled_struct(3)),
    ("IR028", lambda: types(U=UnionType("U", ("i32",))), lambda: types(U=UnionType("U", ("i32", "None")))),
    ("IR028", lambda: types(U=UnionType("U", ("i32", "i32"))), lambda: types(U=UnionType("U", ("i32", "i8")))),
    ("IR028", lambda: types(U=UnionType("U", ("V", "i32")), V=UnionType("V", ("i32", "i8"))), lambda: types(U=UnionType("U", ("P", "i32")), P=PtrType("P", "gc", "U"))),
    ("IR022", lambda: types(U=UnionType("U", ("S", "None")), S=StructType("S", (Field("a", "U"),))), lambda: types(U=UnionType("U", ("S", "None")), S=StructType("S", ()))),
    ("IR030", lambda: value(node(n.Const, "U", c.UnionConst("str", c.StrConst("")))), lambda: value(node(n.Const, "U", c.UnionConst("i32", c.IntConst(1))))),
    ("IR046", lambda: value(node(n.ToUnion, "i32", I)), lambda: value(node(n.ToUnion, "U", I))),
    ("IR040", lambda: value(node(n.ToUnion, "U", S)), lambda: value(node(n.ToUnion, "U", const(None)))),
    ("IR040", lambda: value(node(n.UnionTest, "bool", local("o", "U"), "str")), lambda: value(node(n.UnionTest, "bool", local("o", "U"), "None"))),
    ("IR040", lambda: value(node(n.FromUnion, "str", local("o", "U"))), lambda: value(node(n.FromUnion, "i32", local("o", "U")))),
    ("IR046", lambda: value(node(n.FromUnion, "i32", I)), lambda: value(node(n.FromUnion, "None", local("o", "U")))),
    ("IR061", lambda: value(node(n.FromUnion, "i32", local("o", "U")), effects=QUIET), lambda: value(node(n.UnionTest, "bool", local("o", "U"), "i32"), effects=QUIET)),
    ("IR030", lambda: value(node(n.Const, "str", c.IntConst(1))), lambda: value(node(n.Const, "u64", c.IntConst(1)))),
    ("IR030", lambda: value(node(n.Const, "i32", c.FloatConst("0x0.0p+0"))), lambda: value(node(n.Const, "f32", c.FloatConst("0x0.0p+0")))),
    ("IR030", lambda: value(const(1j, "f64")), lambda: value(const(1j))),
    ("IR030", lambda: value(const(True, "i32")), lambda: value(const(True))),
    ("IR030", lambda: value(const(None, "gc_P")), lambda: value(const(None))),
    ("IR030", lambda: value(const("", "bytes")), lambda: value(const(""))),
    ("IR030", lambda: value(const(b"", "str")), lambda: value(const(b""))),
    ("IR030", lambda: value(node(n.Const, "i32", c.StructConst(()))), lambda: value(node(n.Const, "m::P", c.StructConst((c.IntConst(1), c.FloatConst("nan")))))),
    ("IR030", lambda: value(node(n.Const, "m::P", c.StructConst((c.IntConst(1), c.IntConst(1))))), lambda: value(I)),
    ("IR030", lambda: value(node(n.Const, "None", c.NullConst())), lambda: value(node(n.Const, "gc_P", c.NullConst()))),
    ("IR030", lambda: value(node(n.Const, "i32", c.PtrConst(0, 0)), blocks=BLOCKS), lambda: value(node(n.Const, "gc_i32", c.PtrConst(0, 2)), blocks=BLOCKS)),
    ("IR030", lambda: value(node(n.Const, "i32", c.FuncConst("m::inc"))), lambda: value(node(n.Const, "F", c.FuncConst("m::inc")))),
    ("IR030", lambda: value(node(n.Const, "i32", c.DynamicConst("i32", c.IntConst(1)))), lambda: value(node(n.Const, "dynamic", c.DynamicConst("i32", c.IntConst(1))))),
    ("IR030", lambda: value(node(n.Const, "dynamic", c.DynamicConst("dynamic", c.DynamicConst("i32", c.IntConst(1))))), lambda: value(I)),
    ("IR030", lambda: program(globals=[Global("m::g", "i32", c.NoneConst())]), lambda: program(globals=[Global("m::g", "i32", c.IntConst(0))])),
    ("IR030", lambda: program(blocks=[Block("i32", "gc", (c.NoneConst(),))]), lambda: program(blocks=[Block("None", "gc", (c.NoneConst(),))])),
    ("IR031", lambda: value(const(2**31)), lambda: value(const(2**31 - 1))),
    ("IR031", lambda: value(const(-(2**31) - 1)), lambda: value(const(-(2**31)))),
    ("IR031", lambda: value(const(-1, "u8")), lambda: value(const(255, "u8"))),
    ("IR031", lambda: value(const(2**63, "i64")), lambda: value(const(2**64 - 1, "u64"))),
    ("IR031", lambda: value(node(n.Const, "f64", c.FloatConst("1.5"))), lambda: value(node(n.Const, "f64", c.FloatConst("0x1.8000000000000p+0")))),
    ("IR031", lambda: value(node(n.Const, "f64", c.FloatConst("0x1p99999"))), lambda: value(node(n.Const, "f64", c.FloatConst("-inf")))),
    ("IR031", lambda: value(const(0.1, "f32")), lambda: value(const(0.5, "f32"))),
    ("IR031", lambda: value(const(1e300, "f32")), lambda: value(const(1e300))),
    ("IR031", lambda: value(node(n.Const, "complex128", c.ComplexConst("0", "nan"))), lambda: value(node(n.Const, "complex128", c.ComplexConst("-0x0.0p+0", "nan")))),
    ("IR032", lambda: value(node(n.Const, "gc_i32", c.PtrConst(2, 0)), blocks=BLOCKS), lambda: value(node(n.Const, "gc_i32", c.PtrConst(0, 0)), blocks=BLOCKS)),
    ("IR032", lambda: value(node(n.Const, "gc_i32", c.PtrConst(0, 3)), blocks=BLOCKS), lambda: value(node(n.Const, "raw_i32", c.PtrConst(1, 0)), blocks=BLOCKS)),
    ("IR032", lambda: value(node(n.Const, "gc_i32", c.PtrConst(0, -1)), blocks=BLOCKS), lambda: value(I)),
    ("IR032", lambda: value(node(n.Const, "raw_i32", c.PtrConst(0, 0)), blocks=BLOCKS), lambda: value(I)),
    ("IR032", lambda: value(node(n.Const, "gc_f64", c.PtrConst(0, 0)), blocks=BLOCKS), lambda: value(I)),
    ("IR025", lambda: types(**{"m::A": ClassType("A", None, ("m::A",), ())}), lambda: types(**{"m::A": ClassType("A", None, (), ())})),
    ("IR025", lambda: types(**TYPES, C=ClassType("C", None, ("m::B",), ())), lambda: types(**TYPES, C=ClassType("C", None, ("m::A", "m::B"), ()))),
    ("IR025", lambda: types(**TYPES, C=ClassType("C", "m::A", (), (Field("x", "i32"),))), lambda: types(**TYPES, C=ClassType("C", "m::A", ("m::A",), (Field("x", "i32"),)))),
    ("IR025", lambda: types(**TYPES, C=ClassType("C", "m::A", ("m::A",), ())), lambda: types(**TYPES, C=ClassType("C", None, ("m::A",), ()))),
    ("IR025", lambda: types(**TYPES, C=ClassType("C", None, ("m::P",), ())), lambda: types(**TYPES, C=ClassType("C", None, ("m::A",), ()))),
    ("IR026", lambda: with_method(METHOD, params=("i32",)), lambda: with_method(METHOD)),
    ("IR026", lambda: with_method(METHOD, params=()), lambda: with_method(METHOD)),
    ("IR026", lambda: with_method(METHOD, result="f64"), lambda: with_method(METHOD, impls=())),
    ("IR026", lambda: with_method(METHOD, impls=(Impl("m::A", "m::of_b"),)), lambda: with_method(METHOD, impls=(Impl("m::B", "m::of_b"),))),
    ("IR026", lambda: with_method(METHOD, params=("m::B",), impls=(Impl("m::A", "m::of_a"),)), lambda: with_method(METHOD, params=("m::A",))),
    ("IR034", lambda: value(node(n.Const, "m::A", c.ObjectConst(1)), objects=OBJECTS), lambda: value(node(n.Const, "m::A", c.ObjectConst(0)), objects=OBJECTS)),
    ("IR034", lambda: value(node(n.Const, "m::B", c.ObjectConst(0)), objects=OBJECTS), lambda: value(node(n.Const, "m::A", c.ObjectConst(0)), objects=OBJECTS)),
    ("IR034", lambda: program(types=TYPES, objects=[Object("m::P", ())]), lambda: program(types=TYPES, objects=OBJECTS)),
    ("IR040", lambda: value(node(n.GetAttr, "f64", A, "x")), lambda: value(node(n.GetAttr, "i32", A, "x"))),
    ("IR040", lambda: body(n.SetAttr(HERE, A, "x", F)), lambda: body(n.SetAttr(HERE, A, "x", I))),
    ("IR044", lambda: value(node(n.CallVirtual, "i32", "m::none", (A,))), lambda: value(I)),
    ("IR045", lambda: program(types=TYPES, objects=[Object("m::A", ())]), lambda: program(types=TYPES, objects=OBJECTS)),
    ("IR046", lambda: value(node(n.New, "m::P")), lambda: value(node(n.New, "m::A"))),
    ("IR046", lambda: value(node(n.IsInstance, "bool", A, "m::P")), lambda: value(node(n.IsInstance, "bool", A, "m::B"))),
    ("IR046", lambda: value(node(n.Cast, "m::P", A)), lambda: value(node(n.Cast, "m::B", A))),
    ("IR046", lambda: value(node(n.Is, "bool", A, I)), lambda: value(node(n.Is, "bool", A, C))),
    ("IR046", lambda: value(node(n.ObjectId, "i64", I)), lambda: value(node(n.ObjectId, "i64", A))),
    ("IR047", lambda: value(node(n.GetAttr, "f64", A, "y")), lambda: value(node(n.GetAttr, "f64", C, "y"))),
    ("IR061", lambda: body(evaluate(node(n.Cast, "m::B", A)), effects=QUIET), lambda: body(evaluate(node(n.Cast, "m::A", C)), effects=QUIET)),
    ("IR062", lambda: body(evaluate(node(n.New, "m::A")), effects=QUIET), lambda: body(evaluate(node(n.New, "m::A")))),
    ("IR063", lambda: body(n.SetAttr(HERE, A, "x", I), effects=PURE), lambda: body(n.SetAttr(HERE, A, "x", I), effects=QUIET)),
    ("IR033", lambda: value(const("\ud800")), lambda: value(const("\U0001f600"))),
    ("IR033", lambda: with_function(doc="\udc80"), lambda: with_function(doc="ü")),
    ("IR040", lambda: value(local("i", "f64")), lambda: value(I)),
    ("IR040", lambda: value(prim("i32_add", I, F)), lambda: value(prim("f64_add", F, F))),
    ("IR040", lambda: value(node(n.Prim, "f64", "i32_add", (I, I))), lambda: value(OVERFLOWING)),
    ("IR040", lambda: value(node(n.GlobalGet, "f64", "m::g")), lambda: value(node(n.GlobalGet, "i32", "m::g"))),
    ("IR040", lambda: value(call(INC, F)), lambda: value(call(INC, I))),
    ("IR040", lambda: value(node(n.Call, "f64", "m::inc", (I,))), lambda: value(call(INC, I))),
    ("IR040", lambda: value(node(n.CallIndirect, "i32", FUNC, (F,))), lambda: value(node(n.CallIndirect, "i32", FUNC, (I,)))),
    ("IR040", lambda: value(node(n.CallIndirect, "f64", FUNC, (I,))), lambda: value(I)),
    ("IR040", lambda: value(node(n.Const, "F", c.FuncConst("m::f"))), lambda: value(node(n.Const, "F", c.FuncConst("m::inc")))),
    ("IR040", lambda: value(node(n.MakeStruct, "m::P", (F, F))), lambda: value(node(n.MakeStruct, "m::P", (I, F)))),
    ("IR040", lambda: value(node(n.GetField, "f64", P, "x")), lambda: value(node(n.GetField, "i32", P, "x"))),
    ("IR040", lambda: value(node(n.Alloc, "gc_P", F)), lambda: value(node(n.Alloc, "gc_P", I))),
    ("IR040", lambda: value(node(n.Load, "i32", PTR, U, ("x",))), lambda: value(node(n.Load, "i32", PTR, I, ("x",)))),
    ("IR040", lambda: value(node(n.Load, "i32", PTR, None, ())), lambda: value(node(n.Load, "m::P", PTR, None, ()))),
    ("IR040", lambda: value(node(n.AddrOf, "gc_P", PTR, I, ("x",))), lambda: value(node(n.AddrOf, "gc_i32", PTR, I, ("x",)))),
    ("IR040", lambda: value(node(n.AddrOf, "raw_i32", INTS, I, ())), lambda: value(node(n.AddrOf, "gc_i32", INTS, I, ()))),
    ("IR040", lambda: value(node(n.PtrOp, "bool", "eq", (INTS, FLOATS))), lambda: value(node(n.PtrOp, "bool", "eq", (INTS, RAWS)))),
    ("IR040", lambda: value(node(n.PtrOp, "i32", "to_bool", (INTS,))), lambda: value(node(n.PtrOp, "i32", "len", (INTS,)))),
    ("IR040", lambda: value(node(n.PtrOp, "None", "copy", (INTS, RAWS, F))), lambda: value(node(n.PtrOp, "None", "copy", (INTS, RAWS, I)))),
    ("IR040", lambda: value(node(n.PtrOp, "None", "setbytes", (INTS, I, I))), lambda: value(node(n.PtrOp, "None", "setbytes", (INTS, U, I)))),
    ("IR040", lambda: value(node(n.And, "bool", B, I)), lambda: value(node(n.And, "bool", B, B))),
    ("IR040", lambda: value(node(n.Or, "bool", S, B)), lambda: value(node(n.Or, "bool", B, B))),
    ("IR040", lambda: value(node(n.Or, "i32", B, B)), lambda: value(B)),
    ("IR040", lambda: value(node(n.IfExp, "i32", I, I, I)), lambda: value(node(n.IfExp, "i32", B, I, I))),
    ("IR040", lambda: value(node(n.IfExp, "i32", B, I, F)), lambda: value(node(n.IfExp, "f64", B, F, F))),
    ("IR040", lambda: value(node(n.IfExp, "f64", B, I, F)), lambda: value(F)),
    ("IR040", lambda: value(node(n.AssignExpr, "i32", "i", F)), lambda: value(node(n.AssignExpr, "i32", "i", I))),
    ("IR040", lambda: value(node(n.BlockExpr, "i32", (), F)), lambda: value(node(n.BlockExpr, "i32", (), I))),
    ("IR040", lambda: value(node(n.ToDynamic, "i32", I)), lambda: value(node(n.ToDynamic, "dynamic", I))),
    ("IR040", lambda: value(node(n.FromDynamic, "i32", I)), lambda: value(node(n.FromDynamic, "i32", D))),
    ("IR040", lambda: value(node(n.DynamicOp, "dynamic", "+", (D, I))), lambda: value(node(n.DynamicOp, "dynamic", "+", (D, D)))),
    ("IR040", lambda: value(node(n.DynamicOp, "i32", "==", (D, D))), lambda: value(node(n.DynamicOp, "bool", "==", (D, D)))),
    ("IR040", lambda: body(assign("i", F)), lambda: body(assign("i", I))),
    ("IR040", lambda: body(n.GlobalSet(HERE, "m::g", F)), lambda: body(n.GlobalSet(HERE, "m::g", I))),
    ("IR040", lambda: body(n.Store(HERE, PTR, None, ("x",), F)), lambda: body(n.Store(HERE, PTR, None, ("y",), F))),
    ("IR040", lambda: body(if_(I, [])), lambda: body(if_(B, []))),
    ("IR040", lambda: body(while_(I, [])), lambda: body(while_(B, []))),
    ("IR040", lambda: body(for_range("i", ZERO, U, ONE, [])), lambda: body(for_range("i", ZERO, I, ONE, []))),
    ("IR040", lambda: body(for_range("f", F, F, F, [])), lambda: body(for_range("u", U, U, U, []))),
    ("IR040", lambda: result("i32", ret(F)), lambda: result("i32", ret(I))),
    ("IR040", lambda: body(ret(I)), lambda: body(ret(const(None)))),
    ("IR040", lambda: body(raise_("ValueError", I)), lambda: body(raise_("ValueError", S))),
    ("IR041", lambda: value(local("nobody", "i32")), lambda: value(I)),
    ("IR041", lambda: program(replace(INC, body=(assign("y", ONE), ret(ONE)))), lambda: program(replace(INC, body=(assign("x", ONE), ret(ONE))))),
    ("IR041", lambda: program(replace(INC, body=(evaluate(node(n.AssignExpr, "i32", "y", ONE)), ret(ONE)))), lambda: program(INC)),
    ("IR041", lambda: program(replace(INC, body=(for_range("y", ONE, ONE, ONE, []), ret(ONE)))), lambda: program(replace(INC, body=(for_range("x", ONE, ONE, ONE, []), ret(ONE))))),
    ("IR042", lambda: value(node(n.GlobalGet, "i32", "m::h")), lambda: value(node(n.GlobalGet, "i32", "m::g"))),
    ("IR042", lambda: body(n.GlobalSet(HERE, "m::inc", I)), lambda: body(n.GlobalSet(HERE, "m::g", I))),
    ("IR043", lambda: value(node(n.Prim, "i32", "i32_sqrt", (I,))), lambda: value(prim("i32_neg", I))),
    ("IR045", lambda: value(node(n.MakeClosure, "F", "m::inc", (I,))), lambda: value(node(n.MakeClosure, "F", "m::inc", ()))),
    ("IR040", lambda: value(node(n.MakeClosure, "F", "m::f", ())), lambda: value(node(n.MakeClosure, "F", "m::inc", ()))),
    ("IR043", lambda: value(node(n.DynamicOp, "dynamic", "sqrt", (D,))), lambda: value(node(n.DynamicOp, "dynamic", "neg", (D,)))),
    ("IR044", lambda: value(node(n.Call, "i32", "m::g", ())), lambda: value(call(INC, I))),
    ("IR044", lambda: value(node(n.Const, "F", c.FuncConst("m::g"))), lambda: value(I)),
    ("IR045", lambda: value(node(n.Prim, "i32", "i32_add", (I,))), lambda: value(OVERFLOWING)),
    ("IR045", lambda: value(call(INC)), lambda: value(call(INC, I))),
    ("IR045", lambda: value(node(n.MakeStruct, "m::P", (I,))), lambda: value(node(n.MakeStruct, "m::P", (I, F)))),
    ("IR045", lambda: value(node(n.CallIndirect, "i32", FUNC, ())), lambda: value(I)),
    ("IR045", lambda: value(node(n.PtrOp, "i32", "len", ())), lambda: value(node(n.PtrOp, "i32", "len", (RAWS,)))),
    ("IR045", lambda: value(node(n.DynamicOp, "dynamic", "+", (D,))), lambda: value(node(n.DynamicOp, "dynamic", "call", (D, D, D, D)))),
    ("IR045", lambda: value(node(n.DynamicOp, "dynamic", "call_method", (D,))), lambda: value(node(n.DynamicOp, "dynamic", "call_method", (D, D)))),
    ("IR045", lambda: value(node(n.Const, "m::P", c.StructConst((c.IntConst(1),)))), lambda: value(P)),
    ("IR044", lambda: value(node(n.MakeClosure, "F", "m::g", ())), lambda: value(node(n.MakeClosure, "F", "m::inc", ()))),
    ("IR046", lambda: value(node(n.MakeClosure, "m::P", "m::inc", ())), lambda: value(node(n.MakeClosure, "F", "m::inc", ()))),
    ("IR046", lambda: value(node(n.CallIndirect, "i32", I, ())), lambda: value(I)),
    ("IR046", lambda: value(node(n.GetField, "i32", I, "x")), lambda: value(node(n.GetField, "m::P", Q, "p"))),
    ("IR046", lambda: value(node(n.Alloc, "m::P", I)), lambda: value(node(n.Alloc, "raw_i32", I))),
    ("IR046", lambda: value(node(n.Load, "i32", I, None, ())), lambda: value(node(n.Load, "i32", RAWS, None, ()))),
    ("IR046", lambda: value(node(n.AddrOf, "i32", INTS, None, ())), lambda: value(node(n.AddrOf, "gc_i32", INTS, None, ()))),
    ("IR046", lambda: body(n.Store(HERE, P, None, ("x",), I)), lambda: body(n.Store(HERE, PTR, I, ("x",), I))),
    ("IR046", lambda: value(node(n.PtrOp, "i32", "len", (I,))), lambda: value(node(n.PtrOp, "i32", "len", (INTS,)))),
    ("IR046", lambda: value(node(n.PtrOp, "None", "free", (INTS,))), lambda: value(node(n.PtrOp, "None", "free", (RAWS,)))),
    ("IR047", lambda: value(node(n.GetField, "i32", P, "z")), lambda: value(node(n.GetField, "f64", P, "y"))),
    ("IR047", lambda: value(node(n.Load, "i32", PTR, None, ("x", "x"))), lambda: value(node(n.Load, "i32", PTR, None, ("x",)))),
    ("IR050", lambda: body(n.Break(HERE)), lambda: body(while_(B, [n.Break(HERE)]))),
    ("IR050", lambda: body(if_(B, [n.Continue(HERE)])), lambda: body(for_range("i", ZERO, I, ONE, [if_(B, [n.Continue(HERE)])]))),
    ("IR050", lambda: body(while_(B, [], [n.Break(HERE)])), lambda: body(while_(B, [while_(B, [], [n.Break(HERE)])]))),
    ("IR051", lambda: body(while_(B, [evaluate(node(n.BlockExpr, "i32", (n.Break(HERE),), I))])), lambda: value(node(n.BlockExpr, "i32", (while_(B, [n.Break(HERE)]),), I))),
    ("IR051", lambda: body(while_(node(n.BlockExpr, "bool", (n.Continue(HERE),), B), [])), lambda: body(while_(B, [n.Continue(HERE)]))),
    ("IR051", lambda: value(node(n.BlockExpr, "i32", (while_(B, [ret()]),), I)), lambda: value(node(n.BlockExpr, "i32", (if_(B, [raise_("E")]),), I))),
    ("IR052", lambda: result("i32", ret()), lambda: result("None", ret())),
    ("IR053", lambda: result("i32"), lambda: result("i32", raise_("ValueError"))),
    ("IR053", lambda: result("i32", if_(B, [ret(I)])), lambda: result("i32", if_(B, [ret(I)], [ret(I)]))),
    ("IR053", lambda: result("i32", if_(B, [], [ret(I)])), lambda: result("i32", if_(B, [ret(I)], [if_(B, [ret(I)], [raise_("E")])]))),
    ("IR053", lambda: result("i32", while_(B, [ret(I)])), lambda: result("i32", while_(TRUE, []))),
    ("IR053", lambda: result("i32", while_(TRUE, [if_(B, [n.Break(HERE)])])), lambda: result("i32", while_(TRUE, [while_(B, [n.Break(HERE)])]))),
    ("IR053", lambda: result("i32", while_(TRUE, [while_(B, [], [n.Break(HERE)])])), lambda: result("i32", while_(TRUE, [n.Continue(HERE)]))),
    ("IR053", lambda: result("i32", ret(I), evaluate(I)), lambda: result("i32", evaluate(I), ret(I))),
    ("IR054", lambda: body(raise_("Value Error")), lambda: body(raise_("ValueError"))),
    ("IR055", lambda: body(n.Try(HERE, (), (), (), ())), lambda: body(n.Try(HERE, (), (), (), (evaluate(I),)))),
    ("IR055", lambda: body(n.Try(HERE, (), (), (evaluate(I),), (evaluate(I),))), lambda: body(n.Try(HERE, (), (CATCH,), (evaluate(I),), ()))),
    ("IR055", lambda: body(n.Try(HERE, (), (n.Handler(HERE, (), None, ()),), (), ())), lambda: body(n.Try(HERE, (), (CATCH,), (), ()))),
    ("IR054", lambda: body(n.Try(HERE, (), (n.Handler(HERE, ("a`b",), None, ()),), (), ())), lambda: body(n.Try(HERE, (), (CATCH,), (), ()))),
    ("IR041", lambda: body(n.Try(HERE, (), (n.Handler(HERE, ("E",), "nobody", ()),), (), ())), lambda: body(n.Try(HERE, (), (CATCH,), (), ()))),
    ("IR040", lambda: body(n.RaiseObject(HERE, S, None, False)), lambda: body(n.RaiseObject(HERE, ERROR, None, False))),
    ("IR040", lambda: body(n.RaiseObject(HERE, ERROR, S, False)), lambda: body(n.RaiseObject(HERE, ERROR, ERROR, False))),
    ("IR056", lambda: body(n.Try(HERE, (n.Reraise(HERE),), (CATCH,), (), ())), lambda: body(n.Try(HERE, (), (n.Handler(HERE, ("E",), None, (n.Reraise(HERE),)),), (), ()))),
    ("IR053", lambda: result("i32", n.Try(HERE, (ret(I),), (CATCH,), (), ())), lambda: result("i32", n.Try(HERE, (ret(I),), (n.Handler(HERE, ("E",), None, (ret(I),)),), (), ()))),
    ("IR053", lambda: result("i32", n.Try(HERE, (evaluate(I),), (), (), (evaluate(I),))), lambda: result("i32", n.Try(HERE, (ret(I),), (), (), (evaluate(I),)))),
    ("IR057", lambda: body(n.Yield(HERE, I)), lambda: generator(n.Yield(HERE, I), ret(S))),
    ("IR057", lambda: generator(ret(), t="None"), lambda: generator(ret(S))),
    ("IR057", lambda: generator(evaluate(node(n.BlockExpr, "i32", (n.Yield(HERE, I),), I)), ret(S)), lambda: generator(n.Yield(HERE, I), evaluate(I), ret(S))),
    ("IR057", lambda: value(node(n.Sent, "f64")), lambda: generator(evaluate(node(n.Sent, "f64")), ret(S))),
    ("IR040", lambda: generator(n.Yield(HERE, F), ret(S)), lambda: generator(n.Yield(HERE, I), ret(S))),
    ("IR040", lambda: generator(ret(I)), lambda: generator(ret(S))),
    ("IR040", lambda: generator(evaluate(node(n.Sent, "i32")), ret(S)), lambda: generator(evaluate(node(n.Sent, "f64")), ret(S))),
    ("IR053", lambda: generator(n.Yield(HERE, I)), lambda: generator(n.Yield(HERE, I), ret(S))),
    ("IR046", lambda: value(node(n.Advance, "bool", PTR, None)), lambda: value(node(n.Advance, "bool", G, None))),
    ("IR040", lambda: value(node(n.Advance, "i32", G, None)), lambda: value(node(n.Advance, "bool", G, None))),
    ("IR040", lambda: value(node(n.Advance, "bool", G, I)), lambda: value(node(n.Advance, "bool", G, F))),
    ("IR040", lambda: value(node(n.Yielded, "f64", G)), lambda: value(node(n.Yielded, "i32", G))),
    ("IR040", lambda: value(node(n.Returned, "i32", G)), lambda: value(node(n.Returned, "str", G))),
    ("IR046", lambda: body(n.CloseGenerator(HERE, I)), lambda: body(n.CloseGenerator(HERE, G))),
    ("IR061", lambda: body(evaluate(node(n.Advance, "bool", G, None)), effects=Effects(raises=False, allocates=True, pure=False)), lambda: value(node(n.Advance, "bool", G, None))),
    ("IR020", lambda: types(G=GeneratorType("G", "i32", "nowhere", "str")), lambda: types(G=GeneratorType("G", "i32", "f64", "str"))),
    ("IR050", lambda: body(n.Try(HERE, (n.Break(HERE),), (CATCH,), (), ())), lambda: body(while_(B, [n.Try(HERE, (n.Break(HERE),), (CATCH,), (), ())]))),
    ("IR060", lambda: with_function(locals=(Param("x", "i32"),)), lambda: with_function(locals=(Param("y", "i32"),))),
    ("IR060", lambda: with_function(params=(Param("x", "i32"), Param("x", "i32"))), lambda: with_function(params=(Param("x", "i32"), Param("y", "i32")))),
    ("IR061", lambda: body(raise_("E"), effects=QUIET), lambda: body(raise_("E"), effects=replace(QUIET, raises=True))),
    ("IR061", lambda: value(prim("i32_mod", I, I), effects=QUIET), lambda: value(prim("i32_unchecked_mod", I, I), effects=QUIET)),
    ("IR061", lambda: value(OVERFLOWING, effects=QUIET, features=Features("check")), lambda: value(OVERFLOWING, effects=QUIET)),
    ("IR061", lambda: value(prim("i32_neg", I), effects=QUIET, features=Features("check")), lambda: value(prim("i32_wrapping_add", I, I), effects=QUIET, features=Features("check"))),
    ("IR061", lambda: value(node(n.FromDynamic, "i32", D), effects=QUIET), lambda: value(node(n.ToDynamic, "dynamic", I), effects=QUIET)),
    ("IR061", lambda: value(node(n.DynamicOp, "str", "str", (D,)), effects=QUIET), lambda: value(D, effects=QUIET)),
    ("IR061", lambda: body(for_range("i", I, I, I, []), effects=QUIET), lambda: body(for_range("i", I, I, ONE, []), effects=QUIET)),
    ("IR061", lambda: body(for_range("i", I, I, ZERO, []), effects=QUIET), lambda: body(for_range("i", I, I, const(-1), []), effects=QUIET)),
    ("IR061", lambda: program(MAY_RAISE, function("m::f", body=[evaluate(call(MAY_RAISE))], effects=QUIET)), lambda: program(INC, function("m::f", body=[evaluate(call(INC, ONE))], effects=QUIET))),
    ("IR061", lambda: value(node(n.CallIndirect, "i32", FUNC, (I,)), effects=replace(QUIET, allocates=True)), lambda: value(node(n.CallIndirect, "i32", FUNC, (I,)))),
    ("IR062", lambda: value(node(n.Alloc, "gc_P", I), effects=QUIET), lambda: value(node(n.Alloc, "gc_P", I), effects=replace(QUIET, allocates=True))),
    ("IR062", lambda: program(ALLOCATING, function("m::f", body=[evaluate(call(ALLOCATING))], effects=QUIET)), lambda: program(ALLOCATING, function("m::f", body=[evaluate(call(ALLOCATING))]))),
    ("IR062", lambda: value(node(n.CallIndirect, "i32", FUNC, (I,)), effects=replace(QUIET, raises=True)), lambda: value(I)),
    ("IR063", lambda: value(node(n.GlobalGet, "i32", "m::g"), effects=PURE), lambda: value(node(n.GlobalGet, "i32", "m::g"), effects=QUIET)),
    ("IR063", lambda: body(n.GlobalSet(HERE, "m::g", I), effects=PURE), lambda: body(assign("i", I), effects=PURE)),
    ("IR063", lambda: body(n.Store(HERE, INTS, None, (), I), effects=PURE), lambda: body(n.Store(HERE, INTS, None, (), I), effects=QUIET)),
    ("IR063", lambda: value(node(n.Load, "i32", INTS, None, ()), effects=PURE), lambda: value(node(n.AddrOf, "gc_i32", INTS, I, ()), effects=PURE)),
    ("IR063", lambda: value(node(n.Alloc, "gc_P", I), effects=replace(PURE, allocates=True)), lambda: value(I, effects=PURE)),
    ("IR063", lambda: value(node(n.PtrOp, "None", "move", (INTS, INTS, I)), effects=PURE), lambda: value(node(n.PtrOp, "bool", "eq", (INTS, INTS)), effects=PURE)),
    ("IR063", lambda: value(node(n.PtrOp, "i32", "cmp", (INTS, INTS, I)), effects=PURE), lambda: value(node(n.PtrOp, "i32", "len", (INTS,)), effects=PURE)),
    ("IR063", lambda: program(MAY_RAISE, function("m::f", body=[evaluate(call(MAY_RAISE))], effects=Effects(raises=True, allocates=True, pure=True))), lambda: program(INC, function("m::f", body=[evaluate(call(INC, ONE))], effects=PURE))),
]
# fmt: on


@pytest.mark.parametrize(
    ("code", "broken", "mended"), CASES, ids=[f"{code}-{i}" for i, (code, *_) in enumerate(CASES)]
)
def test_rule(code: str, broken: Build, mended: Build) -> None:
    assert set(codes_of(broken())) == {code}
    assert codes_of(mended()) == []


def test_every_rule_has_a_case():
    assert {code for code, *_ in CASES} == set(RULES)


def test_all_violations_are_found_in_one_run():
    tree = body(evaluate(local("a", "i32")), n.Break(HERE), evaluate(call(INC)), raise_("no name"))
    assert codes_of(tree) == ["IR041", "IR050", "IR045", "IR054"]


def test_a_hostile_program_makes_no_endless_report():
    name = "A" * 1_000_000
    uses = [evaluate(node(n.Call, "i32", "m::inc", (const(1, "i8"),))) for _ in range(100_000)]
    tree = program(INC, function(f"m::{name}", body=uses, effects=PURE))
    with pytest.raises(SpyError) as caught:
        verify(tree)
    assert len(caught.value.diagnostics) == 1000
    assert all(len(d.title) <= 1000 for d in caught.value.diagnostics)


def test_a_violation_says_where_it_is():
    with pytest.raises(SpyError) as caught:
        verify(body(evaluate(local("a", "i32", n.Pos(0, 3, 5, 3, 6)))))
    diagnostic = caught.value.diagnostic
    assert diagnostic.title == "function `m::f`: there is no local `a`"
    assert [str(label.loc) for label in diagnostic.labels] == ["demo.spy:3:5"]


@pytest.mark.parametrize("op", PRIMS.values(), ids=lambda op: op.name)
def test_every_primitive_is_accepted_with_its_own_types(op):
    params = [(f"x{i}", t) for i, t in enumerate(op.params)]
    expr = prim(op.name, *(local(name, t) for name, t in params))
    assert codes_of(program(function("m::f", params, body=[evaluate(expr)]), types=TYPES)) == []


def test_a_deep_program_is_verified_from_a_deep_stack():
    def descend(depth: int) -> list[str]:
        return codes_of(sums(MAX_NESTING - 2)) if depth == 0 else descend(depth - 1)

    assert descend(600) == []


def test_endless_nesting_is_a_diagnostic():
    assert set(codes_of(sums(100_000))) == {"IR015"}
