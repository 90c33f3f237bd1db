"""Whole programs as text, in golden files; small forms that need no file below."""

import ast
import re
import typing

import pytest
from msgspec.structs import replace
from spy_types.program import constants as c
from spy_types.program import nodes as n
from spy_types.program.build import (
    HERE,
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
from spy_types.program.printer import print_body, print_expr, print_function, print_program
from spy_types.program.program import Block, Effects, Extern, Global, Impl, Method, Object, Program
from spy_types.program.types import ClassType, Field, FuncType, GeneratorType, PtrType, StructType, UnionType
from spy_types.program.verify import verify
from spy_types.program.walk import walk
from spy_types.testing import GoldenCase

I, J, X, Y = local("i", "i32"), local("j", "i32"), local("x", "f64"), local("y", "f64")  # noqa: E741
A, B, S, D = local("a", "bool"), local("b", "bool"), local("s", "str"), local("d", "dynamic")
QUIET = Effects(raises=False, allocates=False, pure=False)


def node(cls: type, t: str, *fields: object) -> typing.Any:
    return cls(t, HERE, *fields)


def add() -> Program:
    return program(function("test::foo", [("x", "f64"), ("y", "f64")], "f64", [ret(prim("f64_add", X, Y))]))


def control_flow() -> Program:
    body = [
        assign("i", const(0)),
        while_(
            prim("i32_lt", I, const(10)),
            [
                assign("i", prim("i32_add", I, const(1))),
                if_(
                    prim("i32_eq", I, const(3)), [n.Continue(HERE)], [if_(A, [n.Break(HERE)], [evaluate(I)])]
                ),
            ],
            [evaluate(I)],
        ),
        for_range("j", const(0), const(3), const(1), []),
        for_range("j", const(1), I, const(1), [evaluate(J)]),
        n.ForRange(HERE, "j", const(9), const(0), const(-1), (), (n.Eval(HERE, J),)),
        for_range("k", const(0, "u8"), const(3, "u8"), const(2, "u8"), []),
        if_(A, [ret()], [raise_("ValueError", const("no"))]),
        n.Try(
            HERE,
            (evaluate(J),),
            (
                n.Handler(HERE, ("KeyError", "ValueError"), None, (n.Reraise(HERE),)),
                n.Handler(HERE, ("Exception",), None, ()),
            ),
            (evaluate(J),),
            (evaluate(J),),
        ),
        n.RaiseObject(HERE, prim("exception_new", const("E"), const("a")), None, True),
        n.RaiseObject(
            HERE,
            prim("exception_new", const("E"), const("a")),
            prim("exception_new", const("F"), const("b")),
            False,
        ),
        raise_("TypeError"),
    ]
    return program(function("test::main", [("a", "bool")], body=body))


def structs_and_pointers() -> Program:
    point, gc_point = "test::P", "unsafe::gc_ptr[test::P]"
    p, ptr, raw = local("p", point), local("ptr", gc_point), local("raw", "unsafe::raw_ptr[i32]")
    body = [
        assign("q", node(n.MakeStruct, point, (const(1), const(2.5)))),
        evaluate(node(n.GetField, "i32", p, "x")),
        evaluate(node(n.Load, "i32", ptr, I, ("x",))),
        evaluate(node(n.Load, "f64", ptr, None, ("y",))),
        evaluate(node(n.Load, point, ptr, None, ())),
        n.Store(HERE, ptr, prim("i32_add", I, const(1)), ("x",), const(3)),
        n.Store(HERE, raw, I, (), const(4)),
        assign("ptr", node(n.Alloc, gc_point, const(8))),
        evaluate(node(n.AddrOf, gc_point, ptr, I, ())),
        evaluate(node(n.AddrOf, "unsafe::gc_ptr[i32]", ptr, I, ("x",))),
        evaluate(node(n.PtrOp, "bool", "eq", (ptr, node(n.Const, gc_point, c.NullConst())))),
        evaluate(node(n.PtrOp, "bool", "ne", (ptr, node(n.Const, gc_point, c.PtrConst(0, 1))))),
        evaluate(node(n.PtrOp, "bool", "to_bool", (ptr,))),
        evaluate(node(n.PtrOp, "i32", "len", (ptr,))),
        evaluate(node(n.PtrOp, "None", "move", (ptr, ptr, I))),
        evaluate(node(n.PtrOp, "None", "free", (raw,))),
        evaluate(node(n.Const, point, c.StructConst((c.IntConst(1), c.FloatConst("-inf"))))),
    ]
    params = [("p", point), ("ptr", gc_point), ("raw", "unsafe::raw_ptr[i32]"), ("i", "i32")]
    return program(
        function("test::P::dist", params, body=body),
        types={
            point: StructType("test::P", (Field("x", "i32"), Field("y", "f64"))),
            "test::Empty": StructType("Empty", ()),
            gc_point: PtrType("gc_ptr[test::P]", "gc", point),
            "unsafe::gc_ptr[i32]": PtrType("gc_ptr[i32]", "gc", "i32"),
            "unsafe::raw_ptr[i32]": PtrType("raw_ptr[i32]", "raw", "i32"),
        },
        blocks=[
            Block(point, "gc", (c.StructConst((c.IntConst(1), c.FloatConst("0x0.0p+0"))),)),
            Block("u8", "raw", (c.IntConst(1), c.IntConst(2))),
        ],
    )


def names_of_things() -> Program:
    list_i32, callback = "_list::list[i32]::Impl", "builtins::def[i32, i32]"
    push = function(
        "_list::list[i32]::Impl::_push", [("self", list_i32), ("item", "i32")], list_i32, [raise_("E")]
    )
    inc = function("test::inc", [("x", "i32")], "i32", [ret(local("x", "i32"))])
    add = function("test::add", [("n", "i32"), ("x", "i32")], "i32", [ret(local("x", "i32"))])
    other = function("other::inc#1", [("x", "i32")], "i32", [ret(local("x", "i32"))])
    clock = Extern("time::time", (), "f64", QUIET)
    seq = local("seq", list_i32)
    body = [
        evaluate(call(push, seq, call(inc, call(other, const(1))))),
        n.GlobalSet(
            HERE, "test::counter", prim("i32_add", node(n.GlobalGet, "i32", "test::counter"), const(1))
        ),
        assign("f", node(n.Const, callback, c.FuncConst("test::inc"))),
        evaluate(node(n.CallIndirect, "i32", local("f", callback), (const(1),))),
        assign("f", node(n.MakeClosure, callback, "test::add", (const(1),))),
        evaluate(call(clock)),
    ]
    main = function("test::main", [("seq", list_i32)], body=body)
    return program(
        push,
        main,
        inc,
        add,
        other,
        types={list_i32: StructType("list[i32]", ()), callback: FuncType("def(i32) -> i32", ("i32",), "i32")},
        globals=[Global("test::counter", "i32", c.IntConst(0))],
        externs=[clock],
    )


def objects() -> Program:
    shape, square = local("shape", "test::Shape"), local("square", "test::Square")
    size = function(
        "test::Square::size",
        [("self", "test::Square")],
        "f64",
        [ret(node(n.GetAttr, "f64", local("self", "test::Square"), "side"))],
    )
    body = [
        assign("square", node(n.New, "test::Square")),
        n.SetAttr(HERE, square, "side", const(2.5)),
        assign("shape", node(n.Cast, "test::Shape", square)),
        evaluate(node(n.CallVirtual, "f64", "test::Shape::size", (shape,))),
        evaluate(node(n.IsInstance, "bool", shape, "test::Square")),
        evaluate(node(n.Is, "bool", shape, node(n.Const, "test::Shape", c.ObjectConst(0)))),
        evaluate(node(n.ObjectId, "i64", shape)),
    ]
    name, side = Field("name", "str"), Field("side", "f64")
    return program(
        function("test::main", body=body),
        size,
        types={
            "test::Shape": ClassType("test::Shape", None, (), (name,)),
            "test::Square": ClassType("test::Square", "test::Shape", ("test::Shape",), (name, side)),
        },
        objects=[Object("test::Square", (None, c.FloatConst("0x1.0000000000000p+0")))],
        methods=[Method("test::Shape::size", ("test::Shape",), "f64", (Impl("test::Square", size.fqn),))],
    )


def block_expressions() -> Program:
    simple = node(
        n.BlockExpr, "i32", (assign("t", const(1)), evaluate(I)), prim("i32_add", local("t", "i32"), I)
    )
    loop = while_(A, [n.Break(HERE)])
    nested = node(n.BlockExpr, "bool", (assign("u", node(n.BlockExpr, "i32", (loop,), J)),), B)
    walrus = node(n.AssignExpr, "i32", "k", prim("i32_mul", I, J))
    body = [
        evaluate(prim("i32_mul", simple, const(2))),
        if_(nested, [ret()]),
        while_(prim("i32_lt", walrus, node(n.BlockExpr, "i32", (loop,), I)), []),
    ]
    return program(
        function("test::main", [("i", "i32"), ("j", "i32"), ("a", "bool"), ("b", "bool")], body=body)
    )


def dynamic_values() -> Program:
    five = node(n.Const, "dynamic", c.DynamicConst("u8", c.IntConst(5)))
    name = node(n.Const, "dynamic", c.DynamicConst("str", c.StrConst("x")))
    body = [
        assign("d", node(n.ToDynamic, "dynamic", const(1))),
        evaluate(node(n.FromDynamic, "i32", D)),
        evaluate(node(n.DynamicOp, "dynamic", "+", (D, node(n.DynamicOp, "dynamic", "*", (D, five))))),
        evaluate(node(n.DynamicOp, "dynamic", "neg", (D,))),
        evaluate(node(n.DynamicOp, "dynamic", "not", (node(n.DynamicOp, "dynamic", "<", (D, D)),))),
        evaluate(node(n.DynamicOp, "bool", "is not", (D, D))),
        evaluate(node(n.DynamicOp, "dynamic", "getitem", (D, D))),
        evaluate(node(n.DynamicOp, "None", "setitem", (D, D, D))),
        evaluate(node(n.DynamicOp, "dynamic", "getattr", (D, name))),
        evaluate(node(n.DynamicOp, "dynamic", "call", (D, D))),
        evaluate(node(n.DynamicOp, "dynamic", "call_method", (D, name, D))),
        evaluate(node(n.DynamicOp, "str", "str", (D,))),
    ]
    return program(function("test::main", body=body))


def generators() -> Program:
    gen = "builtins::Generator[i32, f64, str]"
    g = local("g", gen)
    count = replace(
        function(
            "test::count",
            [("i", "i32")],
            gen,
            [n.Yield(HERE, I), assign("x", node(n.Sent, "f64")), ret(const("a"))],
        ),
        generator=True,
    )
    body = [
        assign("g", call(count, const(3))),
        while_(node(n.Advance, "bool", g, None), [evaluate(node(n.Yielded, "i32", g))]),
        evaluate(node(n.Advance, "bool", g, const(1.5))),
        evaluate(node(n.Returned, "str", g)),
        n.CloseGenerator(HERE, g),
    ]
    types = {gen: GeneratorType("Generator[i32, f64, str]", "i32", "f64", "str")}
    return program(count, function("test::main", body=body), types=types)


def unions() -> Program:
    """Values of several types: made, asked, taken apart."""
    types = {
        "Opt": UnionType("i32 | None", ("i32", "None")),
        "Any": UnionType("i32 | str | None", ("i32", "str", "None")),
    }
    o = local("o", "Opt")
    body = [
        if_(node(n.UnionTest, "bool", o, "None"), [raise_("E")]),
        evaluate(node(n.UnionTest, "bool", node(n.ToUnion, "Any", o), "str")),
        assign("o", node(n.ToUnion, "Opt", prim("i32_add", node(n.FromUnion, "i32", o), const(1)))),
        assign("o", node(n.Const, "Opt", c.UnionConst("None", c.NoneConst()))),
    ]
    return program(function("test::f", [("o", "Opt")], body=body), types=types)


CASES = [
    add,
    control_flow,
    structs_and_pointers,
    objects,
    names_of_things,
    block_expressions,
    dynamic_values,
    unions,
    generators,
]
PROGRAMS = {case.__name__: case for case in CASES}


def test_print(golden: GoldenCase) -> None:
    tree = PROGRAMS[golden.path.stem]()
    golden.check("short", print_program(tree))
    golden.check("full", print_program(tree, full_fqn=True))
    golden.check("module", print_program(tree, module="test"))


@pytest.mark.parametrize("case", CASES)
def test_the_cases_are_valid_programs(case):
    verify(case())


def test_the_cases_hold_every_node():
    shown = {type(part) for case in CASES for f in case().functions for part in walk(*f.body)}
    elsewhere = {n.And, n.Or, n.IfExp, n.Local}
    assert shown | elsewhere == {*typing.get_args(n.Expr), *typing.get_args(n.Stmt)}


def test_what_the_reference_prints():
    assert print_program(add()) == "def foo(x: f64, y: f64) -> f64:\n    return x + y\n"
    assert "`operator::f64_add`(x, y)" in print_program(add(), full_fqn=True)


PYTHON_OPERATORS = {
    ast.Add: "i32_add",
    ast.Sub: "i32_sub",
    ast.Mult: "i32_mul",
    ast.FloorDiv: "i32_floordiv",
    ast.Mod: "i32_mod",
    ast.Pow: "i32_pow",
    ast.BitAnd: "i32_and",
    ast.BitOr: "i32_or",
    ast.BitXor: "i32_xor",
    ast.LShift: "i32_lshift",
    ast.USub: "i32_neg",
    ast.Invert: "i32_invert",
    ast.Not: "bool_not",
    ast.Lt: "i32_lt",
}


def parse(text: str) -> n.Expr:
    """Build what Python understands by an expression over the ints i and j and the bools a and b."""

    def build(python: ast.expr) -> n.Expr:  # noqa: PLR0911  # one case per node
        match python:
            case ast.Name(id=name):
                return local(name, "bool" if name in "ab" else "i32")
            case ast.Constant(value=value):
                return const(value)
            case ast.BinOp(left=left, op=op, right=right):
                return prim(PYTHON_OPERATORS[type(op)], build(left), build(right))
            case ast.UnaryOp(op=op, operand=operand):
                return prim(PYTHON_OPERATORS[type(op)], build(operand))
            case ast.BoolOp(op=op, values=[left, right]):
                return node(n.And if isinstance(op, ast.And) else n.Or, "bool", build(left), build(right))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return node(n.IfExp, "i32", build(test), build(body), build(orelse))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return prim(PYTHON_OPERATORS[type(op)], build(left), build(right))
            case ast.NamedExpr(target=target, value=value):
                return node(n.AssignExpr, "i32", target.id, build(value))
            case _:
                raise AssertionError(ast.dump(python))

    return build(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize(
    "text",
    [
        "i + j * i",
        "(i + j) * i",
        "i - j - i",
        "i - (j - i)",
        "i ** j ** i",
        "(i ** j) ** i",
        "-i ** j",
        "(-i) ** j",
        "i ** -j",
        "-(i + j)",
        "--i",
        "~-i",
        "i << j + i & j | i ^ j",
        "i << j + (i & (j | i))",
        "not i < j",
        "not a and b or a",
        "not (a and (b or a))",
        "a and (b and a)",
        "(i if a else j) + 1",
        "i if a else j if b else i",
        "(i if a else j) if b else i",
        "i if (a if a else b) else j",
        "(k := i + 1) * 2",
        "i % j // 3",
        "i // (j % 3)",
    ],
)
def test_parentheses_are_those_that_python_needs(text):
    assert print_expr(parse(text)) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (const(-5), "-5"),
        (prim("i32_pow", const(-5), const(2)), "(-5) ** 2"),
        (const(5, "u8"), "u8(5)"),
        (const(-5, "i64"), "i64(-5)"),
        (const(1.5), "1.5"),
        (const(-0.0), "-0.0"),
        (const(1e300), "1e+300"),
        (const(float("inf")), "float('inf')"),
        (const(float("nan")), "float('nan')"),
        (const(1.5, "f32"), "f32(1.5)"),
        (const(0.10000000149011612, "f32"), "f32(0.1)"),
        (const(3.4028234663852886e38, "f32"), "f32(3.4028234663852886e+38)"),
        (const(float("-inf"), "f32"), "f32('-inf')"),
        (const(1 + 2j), "(1+2j)"),
        (const(complex("-0-2j")), "complex(-0.0, -2.0)"),
        (const(complex("nan+1j")), "complex(float('nan'), 1.0)"),
        (const(True), "True"),
        (const(None), "None"),
        (const("it's\n"), '"it\'s\\n"'),
        (const(b"\xff"), "b'\\xff'"),
        (prim("i32_to_f64", I), "f64(i)"),
        (prim("bool_to_i32", A), "i32(a)"),
        (prim("str_len", S), "len(s)"),
        (prim("str_getitem", prim("str_add", S, S), I), "(s + s)[i]"),
        (prim("str_repr", S), "repr(s)"),
        (prim("f64_str", X), "str(x)"),
        (prim("complex128_real", const(1j)), "1j.real"),
        (prim("complex128_conjugate", const(1 + 1j)), "(1+1j).conjugate()"),
        (prim("bytes_decode", prim("str_encode", S)), "s.encode().decode()"),
        (prim("i32_unchecked_mod", I, J), "`operator::i32_unchecked_mod`(i, j)"),
        (prim("i32_wrapping_add", I, J), "`operator::i32_wrapping_add`(i, j)"),
    ],
)
def test_forms(expr, text):
    assert print_expr(expr) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (prim("i32_neg", const(2)), "`operator::i32_neg`(2)"),
        (const(5, "u8"), "`builtins::u8`(5)"),
        (prim("i32_to_f64", I), "`operator::i32_to_f64`(i)"),
    ],
)
def test_full_forms(expr, text):
    assert print_expr(expr, full_fqn=True) == text


def test_a_name_cannot_break_out_of_its_line():
    tree = program(function("m::f\nimport os", [], "x\ny"))
    assert print_program(tree) == "def `m::f\\nimport os`() -> `x\\ny`:\n    pass\n"


def test_a_hostile_name_is_printed_in_time():
    text = print_program(program(function("::".join(["m"] * 300_000), [("x", "a[" * 100_000)])))
    assert text.startswith("def `m::m::m")


def test_one_function():
    text = print_function(add().functions[0])
    assert text == print_program(add())


def test_some_statements():
    text = print_body([assign("i", const(1)), if_(A, [evaluate(I)])])
    assert text == "i = 1\nif a:\n    i\n"


def test_an_empty_program_is_empty():
    assert print_program(program()) == ""


def test_default_text_is_python_but_for_backquotes():
    for case in (add, control_flow):
        compile(re.sub(r"`[^`]*`", "name", print_program(case())), "<ir>", "exec")
