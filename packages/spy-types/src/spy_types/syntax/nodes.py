"""Syntax IR: the tree of a module as written. Names and shapes follow CPython's `ast` where they can.

A node is frozen data: no behaviour, no parent link. Every class is final and listed in `Stmt`,
`Expr` or `Pattern`, so mypy proves each `match` complete. `span` is where the node stands.
A node that opens a scope carries the `scope` id under which `SyntaxModule.scopes` describes its names.
Number literals keep the text of the source: `int(text, 0)`, `float(text)`.
"""

from typing import Literal, final

import msgspec

from spy_types.loc import Span


class Node(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """What all nodes share."""

    span: Span


# --- expressions ---------------------------------------------------------------------------------


@final
class Name(Node, frozen=True):
    """`x`"""

    id: str


@final
class IntLit(Node, frozen=True):
    """`42`, `0xff`, `1_000`"""

    text: str


@final
class FloatLit(Node, frozen=True):
    """`1.5`, `1e10`"""

    text: str


@final
class ImagLit(Node, frozen=True):
    """`2j`; `text` is without the `j`."""

    text: str


@final
class StrLit(Node, frozen=True):
    """`"abc"`, adjacent literals already joined."""

    value: str


@final
class BytesLit(Node, frozen=True):
    """`b"abc"`"""

    value: bytes


@final
class BoolLit(Node, frozen=True):
    """`True`, `False`"""

    value: bool


@final
class NoneLit(Node, frozen=True):
    """`None`"""


@final
class EllipsisLit(Node, frozen=True):
    """`...`"""


@final
class FormattedValue(Node, frozen=True):
    """`{value!conversion:format_spec}` in an f-string; `debug` is the `value=` of `{value=}` as written."""

    value: "Expr"
    conversion: Literal["", "r", "s", "a"]
    format_spec: "JoinedStr | None"
    debug: str


@final
class JoinedStr(Node, frozen=True):
    """`f"a{b}"`: literal parts are StrLit, replacement fields FormattedValue."""

    values: "tuple[StrLit | FormattedValue, ...]"


@final
class Attribute(Node, frozen=True):
    """`value.attr`; `attr_span` marks the name alone."""

    value: "Expr"
    attr: str
    attr_span: Span


@final
class Subscript(Node, frozen=True):
    """`value[index]`; `x[a, b]` holds a Tuple."""

    value: "Expr"
    index: "Expr"


@final
class Slice(Node, frozen=True):
    """`lower:upper:step`, only inside a Subscript."""

    lower: "Expr | None"
    upper: "Expr | None"
    step: "Expr | None"


@final
class Starred(Node, frozen=True):
    """`*value` in a call, display, subscript or target."""

    value: "Expr"


@final
class Keyword(Node, frozen=True):
    """`arg=value` in a call or class header; `arg` is None for `**value`."""

    arg: str | None
    value: "Expr"


@final
class Call(Node, frozen=True):
    """`func(args, keywords)`"""

    func: "Expr"
    args: "tuple[Expr, ...]"
    keywords: tuple[Keyword, ...]


@final
class BinOp(Node, frozen=True):
    """`left op right`; `op_span` marks the operator alone."""

    left: "Expr"
    op: Literal["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"]
    right: "Expr"
    op_span: Span


@final
class UnaryOp(Node, frozen=True):
    """`op operand`"""

    op: Literal["-", "+", "~", "not"]
    operand: "Expr"


@final
class BoolOp(Node, frozen=True):
    """`a and b and c`, `a or b`: at least two values."""

    op: Literal["and", "or"]
    values: "tuple[Expr, ...]"


@final
class Compare(Node, frozen=True):
    """`left op0 comparators[0] op1 comparators[1] ...`"""

    left: "Expr"
    ops: tuple[Literal["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"], ...]
    comparators: "tuple[Expr, ...]"


@final
class IfExp(Node, frozen=True):
    """`body if test else orelse`"""

    test: "Expr"
    body: "Expr"
    orelse: "Expr"


@final
class NamedExpr(Node, frozen=True):
    """`(target := value)`"""

    target: Name
    value: "Expr"


@final
class BlockExpr(Node, frozen=True):
    """`__block__("body; value")`: statements of the scope around, then an expression."""

    body: "tuple[Stmt, ...]"
    value: "Expr"


@final
class List(Node, frozen=True):
    """`[a, b]`"""

    elts: "tuple[Expr, ...]"


@final
class Tuple(Node, frozen=True):
    """`(a, b)`"""

    elts: "tuple[Expr, ...]"


@final
class Set(Node, frozen=True):
    """`{a, b}`"""

    elts: "tuple[Expr, ...]"


@final
class Dict(Node, frozen=True):
    """`{k: v, **d}`; the key of `**d` is None."""

    keys: "tuple[Expr | None, ...]"
    values: "tuple[Expr, ...]"


@final
class Comprehension(Node, frozen=True):
    """`for target in iter if cond ...`; `async` is kept to be refused later."""

    target: "Expr"
    iter: "Expr"
    ifs: "tuple[Expr, ...]"
    is_async: bool


@final
class ListComp(Node, frozen=True):
    """`[elt for ...]`"""

    elt: "Expr"
    generators: tuple[Comprehension, ...]
    scope: int


@final
class SetComp(Node, frozen=True):
    """`{elt for ...}`"""

    elt: "Expr"
    generators: tuple[Comprehension, ...]
    scope: int


@final
class DictComp(Node, frozen=True):
    """`{key: value for ...}`"""

    key: "Expr"
    value: "Expr"
    generators: tuple[Comprehension, ...]
    scope: int


@final
class GeneratorExp(Node, frozen=True):
    """`(elt for ...)`"""

    elt: "Expr"
    generators: tuple[Comprehension, ...]
    scope: int


@final
class Lambda(Node, frozen=True):
    """`lambda params: body`"""

    params: "Parameters"
    body: "Expr"
    scope: int


@final
class Await(Node, frozen=True):
    """`await value`"""

    value: "Expr"


@final
class Yield(Node, frozen=True):
    """`yield value`"""

    value: "Expr | None"


@final
class YieldFrom(Node, frozen=True):
    """`yield from value`"""

    value: "Expr"


Expr = (
    Name
    | IntLit
    | FloatLit
    | ImagLit
    | StrLit
    | BytesLit
    | BoolLit
    | NoneLit
    | EllipsisLit
    | JoinedStr
    | Attribute
    | Subscript
    | Slice
    | Starred
    | Call
    | BinOp
    | UnaryOp
    | BoolOp
    | Compare
    | IfExp
    | NamedExpr
    | BlockExpr
    | List
    | Tuple
    | Set
    | Dict
    | ListComp
    | SetComp
    | DictComp
    | GeneratorExp
    | Lambda
    | Await
    | Yield
    | YieldFrom
)


# --- parameters ----------------------------------------------------------------------------------


@final
class Parameter(Node, frozen=True):
    """`name: annotation = default`"""

    name: str
    annotation: Expr | None
    default: Expr | None


@final
class Parameters(Node, frozen=True):
    """`posonly, /, args, *vararg, kwonly, **kwarg`"""

    posonly: tuple[Parameter, ...]
    args: tuple[Parameter, ...]
    vararg: Parameter | None
    kwonly: tuple[Parameter, ...]
    kwarg: Parameter | None


@final
class TypeParam(Node, frozen=True):
    """`T`, `T: bound`, `*Ts`, `**P` in `def f[...]`"""

    name: str
    kind: Literal["var", "tuple", "spec"]
    bound: Expr | None


# --- patterns ------------------------------------------------------------------------------------


@final
class MatchValue(Node, frozen=True):
    """`case 1`, `case Color.RED`"""

    value: Expr


@final
class MatchSingleton(Node, frozen=True):
    """`case None`, `case True`"""

    value: bool | None


@final
class MatchSequence(Node, frozen=True):
    """`case [a, *rest]`"""

    patterns: "tuple[Pattern, ...]"


@final
class MatchStar(Node, frozen=True):
    """`*rest` in a sequence pattern; None for `*_`."""

    name: str | None


@final
class MatchMapping(Node, frozen=True):
    """`case {key: pattern, **rest}`"""

    keys: tuple[Expr, ...]
    patterns: "tuple[Pattern, ...]"
    rest: str | None


@final
class MatchClass(Node, frozen=True):
    """`case Point(x, y=0)`"""

    cls: Expr
    patterns: "tuple[Pattern, ...]"
    kwd_attrs: tuple[str, ...]
    kwd_patterns: "tuple[Pattern, ...]"


@final
class MatchAs(Node, frozen=True):
    """`case pattern as name`, `case name`, `case _` (both None)."""

    pattern: "Pattern | None"
    name: str | None


@final
class MatchOr(Node, frozen=True):
    """`case a | b`"""

    patterns: "tuple[Pattern, ...]"


Pattern = (
    MatchValue | MatchSingleton | MatchSequence | MatchStar | MatchMapping | MatchClass | MatchAs | MatchOr
)


# --- statements ----------------------------------------------------------------------------------


@final
class ExprStmt(Node, frozen=True):
    """An expression evaluated for its effect."""

    value: Expr


@final
class Assign(Node, frozen=True):
    """`a = b = value`"""

    targets: tuple[Expr, ...]
    value: Expr


@final
class AugAssign(Node, frozen=True):
    """`target op= value`"""

    target: Expr
    op: Literal["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"]
    value: Expr


@final
class AnnAssign(Node, frozen=True):
    """`target: annotation = value`; `simple` is False for `(x): int`."""

    target: Expr
    annotation: Expr
    value: Expr | None
    simple: bool


@final
class VarDef(Node, frozen=True):
    """`var x: T = value`, `const x = value`: at least one of annotation and value."""

    kind: Literal["var", "const"]
    target: Name
    annotation: Expr | None
    value: Expr | None


@final
class Return(Node, frozen=True):
    """`return value`"""

    value: Expr | None


@final
class Delete(Node, frozen=True):
    """`del a, b[0]`"""

    targets: tuple[Expr, ...]


@final
class Pass(Node, frozen=True):
    """`pass`"""


@final
class Break(Node, frozen=True):
    """`break`"""


@final
class Continue(Node, frozen=True):
    """`continue`"""


@final
class If(Node, frozen=True):
    """`if test: body else: orelse`; `elif` is an If alone in `orelse`."""

    test: Expr
    body: "tuple[Stmt, ...]"
    orelse: "tuple[Stmt, ...]"


@final
class While(Node, frozen=True):
    """`while test: body else: orelse`"""

    test: Expr
    body: "tuple[Stmt, ...]"
    orelse: "tuple[Stmt, ...]"


@final
class For(Node, frozen=True):
    """`for target in iter: body else: orelse`"""

    target: Expr
    iter: Expr
    body: "tuple[Stmt, ...]"
    orelse: "tuple[Stmt, ...]"
    is_async: bool


@final
class WithItem(Node, frozen=True):
    """`context as target`"""

    context: Expr
    target: Expr | None


@final
class With(Node, frozen=True):
    """`with items: body`"""

    items: tuple[WithItem, ...]
    body: "tuple[Stmt, ...]"
    is_async: bool


@final
class ExceptHandler(Node, frozen=True):
    """`except kind as name: body`"""

    kind: Expr | None
    name: str | None
    body: "tuple[Stmt, ...]"


@final
class Try(Node, frozen=True):
    """`try: body` with its handlers; `star` for `except*`."""

    body: "tuple[Stmt, ...]"
    handlers: tuple[ExceptHandler, ...]
    orelse: "tuple[Stmt, ...]"
    finalbody: "tuple[Stmt, ...]"
    star: bool


@final
class Raise(Node, frozen=True):
    """`raise exc from cause`"""

    exc: Expr | None
    cause: Expr | None


@final
class Assert(Node, frozen=True):
    """`assert test, msg`"""

    test: Expr
    msg: Expr | None


@final
class Alias(Node, frozen=True):
    """`name as asname` in an import; `*` is the name `*`."""

    name: str
    asname: str | None


@final
class Import(Node, frozen=True):
    """`import a.b as c`"""

    names: tuple[Alias, ...]


@final
class ImportFrom(Node, frozen=True):
    """`from ..module import names`; `level` counts the dots."""

    module: str
    names: tuple[Alias, ...]
    level: int


@final
class Global(Node, frozen=True):
    """`global a, b`"""

    names: tuple[str, ...]


@final
class Nonlocal(Node, frozen=True):
    """`nonlocal a, b`"""

    names: tuple[str, ...]


@final
class TypeAlias(Node, frozen=True):
    """`type name[params] = value`"""

    name: Name
    type_params: tuple[TypeParam, ...]
    value: Expr
    scope: int


@final
class MatchCase(Node, frozen=True):
    """`case pattern if guard: body`"""

    pattern: Pattern
    guard: Expr | None
    body: "tuple[Stmt, ...]"


@final
class Match(Node, frozen=True):
    """`match subject: cases`"""

    subject: Expr
    cases: tuple[MatchCase, ...]


@final
class FunctionDef(Node, frozen=True):
    """`@decorators def name[type_params](params) -> returns: body`.

    `name_span` marks the name. `docstring` repeats the leading string of the body, which stays in it.
    `scope` is the function's own scope; with type parameters, its parent is the scope that holds them.
    """

    name: str
    name_span: Span
    type_params: tuple[TypeParam, ...]
    params: Parameters
    returns: Expr | None
    body: "tuple[Stmt, ...]"
    decorators: tuple[Expr, ...]
    is_async: bool
    docstring: str | None
    scope: int


@final
class ClassDef(Node, frozen=True):
    """`@decorators class name[type_params](bases, keywords): body`"""

    name: str
    name_span: Span
    type_params: tuple[TypeParam, ...]
    bases: tuple[Expr, ...]
    keywords: tuple[Keyword, ...]
    body: "tuple[Stmt, ...]"
    decorators: tuple[Expr, ...]
    docstring: str | None
    scope: int


Stmt = (
    ExprStmt
    | Assign
    | AugAssign
    | AnnAssign
    | VarDef
    | Return
    | Delete
    | Pass
    | Break
    | Continue
    | If
    | While
    | For
    | With
    | Try
    | Raise
    | Assert
    | Import
    | ImportFrom
    | Global
    | Nonlocal
    | TypeAlias
    | Match
    | FunctionDef
    | ClassDef
)
