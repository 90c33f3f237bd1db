"""Program IR by hand, for tests and for those who learn it: types are inferred, positions default.

    x = local("x", "f64")
    double = function("demo::double", [("x", "f64")], "f64", [ret(prim("f64_add", x, x))])
    main = function("demo::main", [], "i32", [ret(call(double, const(1.5)))])

Nothing is checked here; `verify` does that.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, assert_never

from spy_types.prims.table import PRIMS
from spy_types.program.constants import (
    BoolConst,
    BytesConst,
    ComplexConst,
    ConstValue,
    FloatConst,
    IntConst,
    NoneConst,
    StrConst,
)
from spy_types.program.nodes import (
    Assign,
    AssignExpr,
    Call,
    Const,
    Eval,
    Expr,
    ForRange,
    If,
    Local,
    Pos,
    Prim,
    Raise,
    Return,
    Stmt,
    While,
)
from spy_types.program.program import (
    PROGRAM_VERSION,
    Block,
    Effects,
    Export,
    Extern,
    Features,
    Function,
    Global,
    Method,
    Object,
    Param,
    Program,
    Source,
)
from spy_types.program.types import TypeDef, TypeId
from spy_types.program.walk import walk

HERE = Pos(0, 1, 1, 1, 1)
ANYTHING = Effects(raises=True, allocates=True, pure=False)
PURE = Effects(raises=False, allocates=False, pure=True)

PythonConstant = int | float | complex | bool | str | bytes | None


def constant(value: PythonConstant) -> tuple[TypeId, ConstValue]:  # noqa: PLR0911  # one case per type
    """Return the type that SPy gives a Python constant, and its value."""
    match value:
        case bool():
            return "bool", BoolConst(value)
        case int():
            return "i32", IntConst(value)
        case float():
            return "f64", FloatConst(value.hex())
        case complex():
            return "complex128", ComplexConst(value.real.hex(), value.imag.hex())
        case str():
            return "str", StrConst(value)
        case bytes():
            return "bytes", BytesConst(value)
        case None:
            return "None", NoneConst()
        case _:
            assert_never(value)


def const(value: PythonConstant, t: TypeId | None = None, pos: Pos = HERE) -> Const:
    """Return a constant, of type `t` instead of the one that Python's type suggests."""
    inferred, content = constant(value)
    return Const(t or inferred, pos, content)


def local(name: str, t: TypeId, pos: Pos = HERE) -> Local:
    """Return a read of a local."""
    return Local(t, pos, name)


def prim(op: str, *args: Expr, pos: Pos = HERE) -> Prim:
    """Return a primitive operation."""
    return Prim(PRIMS[op].result, pos, op, args)


def call(callee: Function | Extern, *args: Expr, pos: Pos = HERE) -> Call:
    """Return a call."""
    return Call(callee.result, pos, callee.fqn, args)


def assign(name: str, value: Expr, pos: Pos = HERE) -> Assign:
    """Return an assignment to a local."""
    return Assign(pos, name, value)


def evaluate(value: Expr, pos: Pos = HERE) -> Eval:
    """Return an expression statement."""
    return Eval(pos, value)


def if_(cond: Expr, then: Iterable[Stmt], orelse: Iterable[Stmt] = (), pos: Pos = HERE) -> If:
    """Return an `if`."""
    return If(pos, cond, tuple(then), tuple(orelse))


def while_(cond: Expr, body: Iterable[Stmt], orelse: Iterable[Stmt] = (), pos: Pos = HERE) -> While:
    """Return a `while`."""
    return While(pos, cond, tuple(body), tuple(orelse))


def for_range(  # noqa: PLR0913, PLR0917  # what the node has
    var: str, start: Expr, stop: Expr, step: Expr, body: Iterable[Stmt], pos: Pos = HERE
) -> ForRange:
    """Return a `for` over a range."""
    return ForRange(pos, var, start, stop, step, tuple(body), ())


def ret(value: Expr | None = None, pos: Pos = HERE) -> Return:
    """Return a `return`."""
    return Return(pos, value)


def raise_(etype: str, message: Expr | None = None, pos: Pos = HERE) -> Raise:
    """Return a `raise`."""
    return Raise(pos, etype, message)


def function(  # noqa: PLR0913  # what the node has
    fqn: str,
    params: Iterable[tuple[str, TypeId]] = (),
    result: TypeId = "None",
    body: Sequence[Stmt] = (),
    *,
    effects: Effects = ANYTHING,
    inline: Literal["auto", "always", "never"] = "auto",
    doc: str | None = None,
    pos: Pos = HERE,
) -> Function:
    """Return a function; its locals are found in `body`, its effects are the most it could have."""
    declared = dict(params)
    variables = {name: t for name, t in _assigned(body).items() if name not in declared}
    display = fqn.rpartition("::")[2]
    return Function(
        fqn,
        display,
        tuple(map(Param, declared.keys(), declared.values())),
        result,
        tuple(map(Param, variables.keys(), variables.values())),
        tuple(body),
        pos,
        effects,
        inline,
        doc,
    )


def program(  # noqa: PLR0913  # what the node has
    *functions: Function,
    entry: Function | None = None,
    types: Mapping[TypeId, TypeDef] | None = None,
    blocks: Iterable[Block] = (),
    globals: Iterable[Global] = (),  # the name of the field
    externs: Iterable[Extern] = (),
    exports: Iterable[Export] = (),
    objects: Iterable[Object] = (),
    methods: Iterable[Method] = (),
    features: Features = Features(),  # noqa: B008  # frozen
    source: Source = Source("demo.spy", "", ""),  # noqa: B008  # frozen
) -> Program:
    """Return a program with one source."""
    return Program(
        "spyir",
        PROGRAM_VERSION,
        "spy_types.program.build",
        features,
        (source,),
        dict(types or {}),
        tuple(blocks),
        tuple(globals),
        tuple(externs),
        functions,
        None if entry is None else entry.fqn,
        tuple(exports),
        tuple(objects),
        tuple(methods),
    )


def _assigned(body: Sequence[Stmt]) -> dict[str, TypeId]:
    found: dict[str, TypeId] = {}
    for node in walk(*body):
        match node:
            case Assign(name=name, value=value) | AssignExpr(name=name, value=value):
                found.setdefault(name, value.t)
            case ForRange(var=name, start=value):
                found.setdefault(name, value.t)
            case _:
                pass
    return found
