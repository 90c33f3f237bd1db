"""CPython's `ast` of a text as the Syntax IR that we should have made of it.

Nothing here comes from our parser. What CPython does not know is left out of the comparison: the spans of
operators and names (checked against the text by `wrong_name_spans`), scope ids, the spans of nodes that
have no position in `ast`, and before CPython 3.12 all spans inside f-strings, which are wrong there.
"""

import ast
import functools
import sys
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from spy_types.loc import Span
from spy_types.syntax import nodes as n

NOWHERE = Span(0, 0, 0, 0)
FSTRING_SPANS = sys.version_info >= (3, 12)
_BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip
_COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
_CONVERSION = {-1: "", ord("r"): "r", ord("s"): "s", ord("a"): "a"}
_PARAM_KIND = {"TypeVar": "var", "TypeVarTuple": "tuple", "ParamSpec": "spec"}


def expected_body(text: str) -> tuple[n.Stmt, ...]:
    """Return what `parse(text).body` should be, up to what CPython does not know."""
    return _Converter(text).many(ast.parse(text).body)


class _Converter:
    def __init__(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.lines = [line.encode() for line in text.split("\n")]

    def many(self, nodes: list[Any]) -> tuple[Any, ...]:
        return tuple(map(self, nodes))

    def __call__(self, node: Any) -> Any:
        if node is None:
            return None
        method: Callable[[Any, Span], Any] = getattr(self, type(node).__name__)
        return method(node, self.span(node))

    def span(self, node: Any) -> Span:
        if getattr(node, "lineno", None) is None:
            return NOWHERE
        return Span(
            node.lineno,
            self.column(node.lineno, node.col_offset),
            node.end_lineno,
            self.column(node.end_lineno, node.end_col_offset),
        )

    def column(self, line: int, offset: int) -> int:
        data = self.lines[line - 1]
        return (offset if data.isascii() else len(data[:offset].decode(errors="replace"))) + 1

    def source(self, node: Any) -> str:
        return self.lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode()

    # expressions

    def Name(self, x: Any, s: Span) -> Any:
        return n.Name(s, x.id)

    def Constant(self, x: Any, s: Span) -> Any:  # noqa: PLR0911  # one per type
        match x.value:
            case bool():
                return n.BoolLit(s, x.value)
            case None:
                return n.NoneLit(s)
            case str():
                return n.StrLit(s, x.value)
            case bytes():
                return n.BytesLit(s, x.value)
            case int():
                assert int(self.source(x), 0) == x.value
                return n.IntLit(s, self.source(x))
            case float():
                return n.FloatLit(s, self.source(x))
            case complex():
                return n.ImagLit(s, self.source(x)[:-1])
            case _:
                return n.EllipsisLit(s)

    def JoinedStr(self, x: Any, s: Span) -> Any:
        return n.JoinedStr(s, self.many(x.values))

    def FormattedValue(self, x: Any, s: Span) -> Any:
        return n.FormattedValue(s, self(x.value), _CONVERSION[x.conversion], self(x.format_spec), "")

    def Attribute(self, x: Any, s: Span) -> Any:
        return n.Attribute(s, self(x.value), x.attr, NOWHERE)

    def Subscript(self, x: Any, s: Span) -> Any:
        return n.Subscript(s, self(x.value), self(x.slice))

    def Slice(self, x: Any, s: Span) -> Any:
        return n.Slice(s, self(x.lower), self(x.upper), self(x.step))

    def Starred(self, x: Any, s: Span) -> Any:
        return n.Starred(s, self(x.value))

    def keyword(self, x: Any, s: Span) -> Any:
        return n.Keyword(s, x.arg, self(x.value))

    def Call(self, x: Any, s: Span) -> Any:
        return n.Call(s, self(x.func), self.many(x.args), self.many(x.keywords))

    def BinOp(self, x: Any, s: Span) -> Any:
        return n.BinOp(s, self(x.left), _BINARY[type(x.op)], self(x.right), NOWHERE)

    def UnaryOp(self, x: Any, s: Span) -> Any:
        return n.UnaryOp(s, _UNARY[type(x.op)], self(x.operand))

    def BoolOp(self, x: Any, s: Span) -> Any:
        return n.BoolOp(s, "and" if isinstance(x.op, ast.And) else "or", self.many(x.values))

    def Compare(self, x: Any, s: Span) -> Any:
        return n.Compare(s, self(x.left), tuple(_COMPARE[type(op)] for op in x.ops), self.many(x.comparators))

    def IfExp(self, x: Any, s: Span) -> Any:
        return n.IfExp(s, self(x.test), self(x.body), self(x.orelse))

    def NamedExpr(self, x: Any, s: Span) -> Any:
        return n.NamedExpr(s, self(x.target), self(x.value))

    def List(self, x: Any, s: Span) -> Any:
        return n.List(s, self.many(x.elts))

    def Tuple(self, x: Any, s: Span) -> Any:
        return n.Tuple(s, self.many(x.elts))

    def Set(self, x: Any, s: Span) -> Any:
        return n.Set(s, self.many(x.elts))

    def Dict(self, x: Any, s: Span) -> Any:
        return n.Dict(s, self.many(x.keys), self.many(x.values))

    def comprehension(self, x: Any, s: Span) -> Any:
        return n.Comprehension(s, self(x.target), self(x.iter), self.many(x.ifs), bool(x.is_async))

    def ListComp(self, x: Any, s: Span) -> Any:
        return n.ListComp(s, self(x.elt), self.many(x.generators), -1)

    def SetComp(self, x: Any, s: Span) -> Any:
        return n.SetComp(s, self(x.elt), self.many(x.generators), -1)

    def GeneratorExp(self, x: Any, s: Span) -> Any:
        return n.GeneratorExp(s, self(x.elt), self.many(x.generators), -1)

    def DictComp(self, x: Any, s: Span) -> Any:
        return n.DictComp(s, self(x.key), self(x.value), self.many(x.generators), -1)

    def Lambda(self, x: Any, s: Span) -> Any:
        return n.Lambda(s, self(x.args), self(x.body), -1)

    def Await(self, x: Any, s: Span) -> Any:
        return n.Await(s, self(x.value))

    def Yield(self, x: Any, s: Span) -> Any:
        return n.Yield(s, self(x.value))

    def YieldFrom(self, x: Any, s: Span) -> Any:
        return n.YieldFrom(s, self(x.value))

    def arguments(self, x: Any, s: Span) -> Any:
        positional = [*x.posonlyargs, *x.args]
        defaults = [None] * (len(positional) - len(x.defaults)) + x.defaults
        made = tuple(self.parameter(p, d) for p, d in zip(positional, defaults, strict=True))
        split = len(x.posonlyargs)
        kwonly = tuple(self.parameter(p, d) for p, d in zip(x.kwonlyargs, x.kw_defaults, strict=True))
        return n.Parameters(
            NOWHERE, made[:split], made[split:], self.parameter(x.vararg), kwonly, self.parameter(x.kwarg)
        )

    def parameter(self, x: Any, default: Any = None) -> Any:
        return None if x is None else n.Parameter(NOWHERE, x.arg, self(x.annotation), self(default))

    # patterns

    def MatchValue(self, x: Any, s: Span) -> Any:
        return n.MatchValue(s, self(x.value))

    def MatchSingleton(self, x: Any, s: Span) -> Any:
        return n.MatchSingleton(s, x.value)

    def MatchSequence(self, x: Any, s: Span) -> Any:
        return n.MatchSequence(s, self.many(x.patterns))

    def MatchStar(self, x: Any, s: Span) -> Any:
        return n.MatchStar(s, x.name)

    def MatchMapping(self, x: Any, s: Span) -> Any:
        return n.MatchMapping(s, self.many(x.keys), self.many(x.patterns), x.rest)

    def MatchClass(self, x: Any, s: Span) -> Any:
        kwd = self.many(x.kwd_patterns)
        return n.MatchClass(s, self(x.cls), self.many(x.patterns), tuple(x.kwd_attrs), kwd)

    def MatchAs(self, x: Any, s: Span) -> Any:
        return n.MatchAs(s, self(x.pattern), x.name)

    def MatchOr(self, x: Any, s: Span) -> Any:
        return n.MatchOr(s, self.many(x.patterns))

    def match_case(self, x: Any, s: Span) -> Any:
        return n.MatchCase(NOWHERE, self(x.pattern), self(x.guard), self.many(x.body))

    # statements

    def Expr(self, x: Any, s: Span) -> Any:
        return n.ExprStmt(s, self(x.value))

    def Assign(self, x: Any, s: Span) -> Any:
        return n.Assign(s, self.many(x.targets), self(x.value))

    def AugAssign(self, x: Any, s: Span) -> Any:
        return n.AugAssign(s, self(x.target), _BINARY[type(x.op)], self(x.value))

    def AnnAssign(self, x: Any, s: Span) -> Any:
        return n.AnnAssign(s, self(x.target), self(x.annotation), self(x.value), bool(x.simple))

    def Return(self, x: Any, s: Span) -> Any:
        return n.Return(s, self(x.value))

    def Delete(self, x: Any, s: Span) -> Any:
        return n.Delete(s, self.many(x.targets))

    def Pass(self, x: Any, s: Span) -> Any:
        return n.Pass(s)

    def Break(self, x: Any, s: Span) -> Any:
        return n.Break(s)

    def Continue(self, x: Any, s: Span) -> Any:
        return n.Continue(s)

    def If(self, x: Any, s: Span) -> Any:
        return n.If(s, self(x.test), self.many(x.body), self.many(x.orelse))

    def While(self, x: Any, s: Span) -> Any:
        return n.While(s, self(x.test), self.many(x.body), self.many(x.orelse))

    def For(self, x: Any, s: Span) -> Any:
        is_async = isinstance(x, ast.AsyncFor)
        return n.For(s, self(x.target), self(x.iter), self.many(x.body), self.many(x.orelse), is_async)

    AsyncFor = For

    def With(self, x: Any, s: Span) -> Any:
        return n.With(s, self.many(x.items), self.many(x.body), isinstance(x, ast.AsyncWith))

    AsyncWith = With

    def withitem(self, x: Any, s: Span) -> Any:
        return n.WithItem(NOWHERE, self(x.context_expr), self(x.optional_vars))

    def Try(self, x: Any, s: Span) -> Any:
        star = type(x).__name__ == "TryStar"
        body, orelse, final = self.many(x.body), self.many(x.orelse), self.many(x.finalbody)
        return n.Try(s, body, self.many(x.handlers), orelse, final, star)

    TryStar = Try

    def ExceptHandler(self, x: Any, s: Span) -> Any:
        return n.ExceptHandler(s, self(x.type), x.name, self.many(x.body))

    def Raise(self, x: Any, s: Span) -> Any:
        return n.Raise(s, self(x.exc), self(x.cause))

    def Assert(self, x: Any, s: Span) -> Any:
        return n.Assert(s, self(x.test), self(x.msg))

    def alias(self, x: Any, s: Span) -> Any:
        return n.Alias(s, x.name, x.asname)

    def Import(self, x: Any, s: Span) -> Any:
        return n.Import(s, self.many(x.names))

    def ImportFrom(self, x: Any, s: Span) -> Any:
        return n.ImportFrom(s, x.module or "", self.many(x.names), x.level)

    def Global(self, x: Any, s: Span) -> Any:
        return n.Global(s, tuple(x.names))

    def Nonlocal(self, x: Any, s: Span) -> Any:
        return n.Nonlocal(s, tuple(x.names))

    def TypeAlias(self, x: Any, s: Span) -> Any:
        return n.TypeAlias(s, self(x.name), self.many(x.type_params), self(x.value), -1)

    def TypeVar(self, x: Any, s: Span) -> Any:
        kind: Any = _PARAM_KIND[type(x).__name__]
        return n.TypeParam(s, x.name, kind, self(getattr(x, "bound", None)))

    TypeVarTuple = TypeVar
    ParamSpec = TypeVar

    def Match(self, x: Any, s: Span) -> Any:
        return n.Match(s, self(x.subject), self.many(x.cases))

    def FunctionDef(self, x: Any, s: Span) -> Any:
        return n.FunctionDef(
            s, x.name, NOWHERE, self.many(getattr(x, "type_params", [])), self(x.args), self(x.returns),
            self.many(x.body), self.many(x.decorator_list), isinstance(x, ast.AsyncFunctionDef),
            ast.get_docstring(x, clean=False), -1,
        )  # fmt: skip

    AsyncFunctionDef = FunctionDef

    def ClassDef(self, x: Any, s: Span) -> Any:
        return n.ClassDef(
            s, x.name, NOWHERE, self.many(getattr(x, "type_params", [])), self.many(x.bases),
            self.many(x.keywords), self.many(x.body), self.many(x.decorator_list),
            ast.get_docstring(x, clean=False), -1,
        )  # fmt: skip


UNKNOWN_TO_CPYTHON = ("op_span", "attr_span", "name_span", "scope", "debug")


def difference(  # noqa: PLR0911  # one per kind of difference
    ours: Any, theirs: Any, *, spans: bool = True, fstring_spans: bool = FSTRING_SPANS, where: str = "body"
) -> str | None:
    """Return where two trees differ first and how, or None."""
    again = functools.partial(difference, fstring_spans=fstring_spans)
    if isinstance(theirs, tuple):
        if len(ours) != len(theirs):
            return f"{where}: {len(ours)} parts for {len(theirs)}: {ours} != {theirs}"
        pairs = enumerate(zip(ours, theirs, strict=True))
        found = (again(a, b, spans=spans, where=f"{where}[{i}]") for i, (a, b) in pairs)
        return next(filter(None, found), None)
    if not isinstance(theirs, n.Node):
        return None if ours == theirs else f"{where}: {ours!r} != {theirs!r}"
    if type(ours) is not type(theirs):
        return f"{where}: {ours} is no {type(theirs).__name__}"
    if isinstance(ours, n.JoinedStr):
        ours, theirs = undebugged(ours), undebugged(theirs)
    if spans and theirs.span not in (NOWHERE, ours.span):
        return f"{where}: {type(ours).__name__} at {ours.span}, not {theirs.span}"
    inner = spans and (fstring_spans or not isinstance(ours, n.JoinedStr))
    for field in ours.__struct_fields__[1:]:
        if field not in UNKNOWN_TO_CPYTHON:
            a, b = getattr(ours, field), getattr(theirs, field)
            found = again(a, b, spans=inner, where=f"{where}.{field}")
            if found is not None:
                return found
    return None


def undebugged(node: n.JoinedStr) -> n.JoinedStr:
    """CPython puts the text of `{x=}` into the text before the field. Spans of text are not compared."""
    values: list[Any] = []
    for value in node.values:
        text = value.value if isinstance(value, n.StrLit) else value.debug
        if text and values and isinstance(values[-1], n.StrLit):
            values[-1] = n.StrLit(NOWHERE, values[-1].value + text)
        elif text:
            values.append(n.StrLit(NOWHERE, text))
        if isinstance(value, n.FormattedValue):
            values.append(value)
    return n.JoinedStr(node.span, tuple(values))


def walk(tree: Any) -> Iterator[n.Node]:
    """Yield all nodes of a tree."""
    if isinstance(tree, tuple):
        for part in tree:
            yield from walk(part)
    elif isinstance(tree, n.Node):
        yield tree
        for field in tree.__struct_fields__[1:]:
            yield from walk(getattr(tree, field))


def wrong_name_spans(body: Any, text: str) -> list[msgspec.Struct]:
    """Return the nodes whose `op_span`, `attr_span` or `name_span` does not hold the operator or name."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def at(span: Span) -> str:
        return lines[span.line - 1][span.col - 1 : span.end_col - 1]

    wrong: list[msgspec.Struct] = []
    for node in walk(body):
        match node:
            case n.BinOp(op=text_there, op_span=span) | n.Attribute(attr=text_there, attr_span=span):
                pass
            case n.FunctionDef(name=text_there, name_span=span) | n.ClassDef(name=text_there, name_span=span):
                pass
            case _:
                continue
        if at(span) != text_there and at(span).isascii():
            wrong.append(node)
    return wrong
