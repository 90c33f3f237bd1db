"""Dynamic values: operations over the types that a program makes dynamic, in one executable per question."""

from pathlib import Path

import pytest
from cbackend_support.building import P, assign, const, function, local, prim, program, ret, run, show
from cbackend_support.running import build, execute
from spy_types.errors import SpyError
from spy_types.program import nodes as n
from spy_types.program.constants import DynamicConst, FuncConst, IntConst, NoneConst, StrConst, StructConst
from spy_types.program.program import Global
from spy_types.program.types import Field, FuncType, StructType

BOX, FN = "demo::Box", "def(i32) -> i32"
TYPES = {
    BOX: StructType("Box", (Field("x", "i32"), Field("text", "str"), Field("wide", "f64"))),
    FN: FuncType("def(i32) -> i32", ("i32",), "i32"),
}


def dyn(value: object, t: str | None = None) -> n.Expr:
    inner = value if isinstance(value, n.ExprNode) else const(value, t)
    return n.ToDynamic("dynamic", P, inner)


def op(name: str, *args: n.Expr, t: str = "dynamic") -> n.Expr:
    return n.DynamicOp(t, P, name, args)


def text(value: n.Expr) -> n.Expr:
    return op("str", value, t="str") if value.t == "dynamic" else value


def box(x: int) -> n.Expr:
    return n.MakeStruct(BOX, P, (const(x), const("b"), const(0.5)))


BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "==", "!=", "<", "<=", ">", ">="]
OPERANDS = [7, 2, 2.5, "ab", "b", True, 3 + 1j]


def python_result(symbol: str, a: object, b: object) -> object:
    if isinstance(a, bool) != isinstance(b, bool):  # bool does not mix with numbers in SPy
        if symbol in ("==", "!="):
            return symbol == "!="
        raise TypeError
    if isinstance(a, bool) and symbol not in ("&", "|", "^", "==", "!=", "<", "<=", ">", ">="):
        raise TypeError
    if (
        isinstance(a, complex | float)
        and isinstance(b, complex | float)
        and symbol in ("//", "%")
        and complex in (type(a), type(b))
    ):
        raise TypeError
    if symbol == "%" and isinstance(a, str):  # no formatting by `%`
        raise TypeError
    return eval(f"a {symbol} b", {"a": a, "b": b})


def test_operators_are_pythons(tmp_path: Path, cache: Path) -> None:
    body, wanted = [], []
    for symbol in BINARY:
        for a in OPERANDS:
            for b in OPERANDS:
                try:
                    value = python_result(symbol, a, b)
                except TypeError:
                    continue
                body.append(show(text(op(symbol, dyn(a), dyn(b)))))
                wanted.append(str(value))
    for name, symbol in (("neg", "-"), ("pos", "+"), ("invert", "~"), ("not", "not ")):
        for a in OPERANDS:
            if isinstance(a, bool) and name != "not":
                continue
            try:
                value = eval(f"{symbol}a", {"a": a})
            except TypeError:
                continue
            body.append(show(text(op(name, dyn(a)))))
            wanted.append(str(value))
    assert len(wanted) > 200
    code, out, err = execute(program(function("main", {}, "None", body)), tmp_path, cache)
    assert (code, err) == (0, "")
    assert out.splitlines() == wanted


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (op("+", dyn(1), dyn("x")), "cannot do `i32` + `str`"),
        (op("neg", dyn("x")), "cannot do -`str`"),
        (op("//", dyn(1), dyn(0)), None),
        (op("<", dyn(1), dyn(None)), "cannot do `i32` < `None`"),
        (n.FromDynamic("i32", P, dyn("x")), "Invalid cast. Expected `i32`, got `str`"),
        (n.FromDynamic("i64", P, dyn(1)), "Invalid cast. Expected `i64`, got `i32`"),
        (n.FromDynamic(BOX, P, dyn(None)), "Invalid cast. Expected `Box`, got `None`"),
    ],
)
def test_wrong_operands_are_type_errors(
    value: n.Expr, message: str | None, tmp_path: Path, cache: Path
) -> None:
    source = program(function("main", {}, "None", [run(value)]), types=TYPES)
    code, _, err = execute(source, tmp_path, cache)
    wanted = f"TypeError: {message}" if message else "ZeroDivisionError: integer division or modulo by zero"
    assert (code, err.splitlines()[-1]) == (1, wanted)
    assert len(err.splitlines()) == 4


@pytest.mark.parametrize("release", [False, True])
def test_values_keep_type_and_identity(release: bool, tmp_path: Path, cache: Path) -> None:
    d, none = local("d", "dynamic"), n.GlobalGet("dynamic", P, "demo::none")
    boxed = n.GlobalGet("dynamic", P, "demo::boxed")

    def i32(value: n.Expr) -> n.Expr:
        return n.FromDynamic("i32", P, value)

    length = function(
        "Box::__len__", {"self": BOX}, "i32", [ret(n.GetField("i32", P, local("self", BOX), "x"))]
    )
    double = function("double", {"x": "i32"}, "i32", [ret(prim("i32_mul", local("x"), const(2)))])
    body = [
        assign("d", dyn(box(3))),
        show(op("len", d, t="i32"), op("to_bool", d, t="bool"), op("==", d, dyn(box(3)), t="bool")),
        show(op("==", d, dyn(box(4)), t="bool"), op("is", d, d, t="bool"), op("is", d, none, t="bool")),
        show(i32(op("getattr", d, dyn("x"))), i32(op("call_method", d, dyn("__len__")))),
        show(op("isinstance", d, dyn(BOX), t="bool"), op("isinstance", d, dyn("str"), t="bool")),
        show(n.GetField("f64", P, n.FromDynamic(BOX, P, boxed), "wide"), text(none)),
        assign("d", dyn("text")),
        show(
            op("len", d, t="i32"),
            op("repr", d, t="str"),
            text(op("getitem", d, dyn(1))),
            op("in", dyn("ex"), d, t="bool"),
        ),
        show(op("hash", dyn(7), t="i32"), text(op("call", n.GlobalGet("dynamic", P, "demo::f"), dyn(21)))),
    ]
    values = StructConst((IntConst(1), StrConst("s"), const(2.5).value))
    source = program(
        length,
        double,
        function("main", {}, "None", body, {"d": "dynamic"}),
        types=TYPES,
        globals=(
            Global("demo::none", "dynamic", DynamicConst("None", NoneConst())),
            Global("demo::boxed", "dynamic", DynamicConst(BOX, values)),
            Global("demo::f", "dynamic", DynamicConst(FN, FuncConst("demo::double"))),
        ),
    )
    code, out, err = execute(source, tmp_path, cache, release=release)
    assert (code, err) == (0, "")
    assert out == "3 True True\nFalse True False\n3 3\nTrue False\n2.5 None\n4 'text' e True\n7 42\n"


def test_text_of_a_struct_without_a_text_method_is_an_error(tmp_path: Path, cache: Path) -> None:
    source = program(function("main", {}, "None", [show(text(dyn(box(1))))]), types=TYPES)
    code, out, err = execute(source, tmp_path, cache)
    assert (code, out) == (1, "")
    assert (
        err.splitlines()[-1] == "NotImplementedError: the C backend cannot write a dynamic `Box` as text yet"
    )


def test_method_that_the_program_does_not_have_is_a_diagnostic(tmp_path: Path, cache: Path) -> None:
    source = program(function("main", {}, "None", [run(op("call_method", dyn("x"), dyn("upper")))]))
    with pytest.raises(SpyError) as caught:
        build(source, tmp_path, cache)
    assert caught.value.diagnostic.code == "CBACK005"
