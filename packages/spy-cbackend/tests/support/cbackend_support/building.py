"""A tiny builder of Program IR, for tests: nodes at line 1 unless told otherwise."""

from collections.abc import Iterable

from spy_types.prims.table import PRIMS
from spy_types.program import constants as c
from spy_types.program import nodes as n
from spy_types.program.program import Effects, Extern, Features, Function, Param, Program, Source
from spy_types.program.types import FLOATS, TypeDef

EFFECTS = Effects(True, True, False)
WRITE = Extern("__spy__::_stdout_write", ("str",), "None", Effects(False, False, False))


def at(line: int = 1) -> n.Pos:
    return n.Pos(0, line, 1, line, 2)


P = at()


def const(value: object, t: str | None = None) -> n.Const:  # noqa: PLR0911  # one case per type
    match value:
        case bool():
            return n.Const(t or "bool", P, c.BoolConst(value))
        case int() if t in FLOATS:
            return n.Const(t, P, c.FloatConst(float(value).hex()))
        case int():
            return n.Const(t or "i32", P, c.IntConst(value))
        case float():
            return n.Const(t or "f64", P, c.FloatConst(value.hex()))
        case complex():
            return n.Const("complex128", P, c.ComplexConst(value.real.hex(), value.imag.hex()))
        case str():
            return n.Const("str", P, c.StrConst(value))
        case bytes():
            return n.Const("bytes", P, c.BytesConst(value))
        case None:
            return n.Const(t or "None", P, c.NoneConst() if t in (None, "None") else c.NullConst())
        case _:
            raise TypeError(value)


def prim(op: str, *args: n.Expr, line: int = 1) -> n.Prim:
    return n.Prim(PRIMS[op].result, at(line), op, args)


def local(name: str, t: str = "i32", line: int = 1) -> n.Local:
    return n.Local(t, at(line), name)


def call(func: str, *args: n.Expr, t: str = "i32", line: int = 1) -> n.Call:
    return n.Call(t, at(line), func, args)


def assign(name: str, value: n.Expr, line: int = 1) -> n.Assign:
    return n.Assign(at(line), name, value)


def ret(value: n.Expr | None = None, line: int = 1) -> n.Return:
    return n.Return(at(line), value)


def run(value: n.Expr, line: int = 1) -> n.Eval:
    return n.Eval(at(line), value)


def if_(cond: n.Expr, then: Iterable[n.Stmt], orelse: Iterable[n.Stmt] = ()) -> n.If:
    return n.If(P, cond, tuple(then), tuple(orelse))


def as_text(value: n.Expr) -> n.Expr:
    if value.t == "str":
        return value
    return prim(f"{value.t}_str", value) if value.t != "bytes" else prim("bytes_repr", value)


def show(*values: n.Expr, line: int = 1) -> n.Eval:
    """`print(*values)`"""
    text: n.Expr = const("\n")
    for i, value in enumerate(reversed(values)):
        text = prim("str_add", as_text(value), prim("str_add", const(" "), text) if i else text)
    return run(n.Call("None", at(line), WRITE.fqn, (text,)), line)


def function(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    name: str,
    params: dict[str, str],
    result: str,
    body: Iterable[n.Stmt],
    locals: dict[str, str] | None = None,
    inline: str = "auto",
) -> Function:
    return Function(
        f"demo::{name}",
        name,
        tuple(Param(k, t) for k, t in params.items()),
        result,
        tuple(Param(k, t) for k, t in (locals or {}).items()),
        tuple(body),
        P,
        EFFECTS,
        inline,
        None,
    )


def program(
    *functions: Function,
    text: str = "line one\n    line two\nline three\n",
    types: dict[str, TypeDef] | None = None,
    externs: Iterable[Extern] = (WRITE,),
    overflow: str = "wrap",
    entry: str | None = "demo::main",
    **more: tuple[object, ...],
) -> Program:
    return Program(
        "spyir",
        1,
        "tests",
        Features(overflow=overflow),
        (Source("demo.spy", "0" * 64, text),),
        types or {},
        more.get("blocks", ()),
        more.get("globals", ()),
        tuple(externs),
        functions,
        entry,
        more.get("exports", ()),
    )
