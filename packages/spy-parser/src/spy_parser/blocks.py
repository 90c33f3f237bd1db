"""`__block__("i = 1; i + 1")`: a string of statements in place of an expression.

Before: Call(Name("__block__"), [StrLit("i = 1; i + 1")])
After:  BlockExpr([Assign([Name("i")], IntLit("1"))], BinOp(Name("i"), "+", IntLit("1")))

The statements belong to the scope around, so this happens before scopes are looked for. What stands in a
literal as it is written has its own place; after escapes and the like, the place is that of the literal.
"""

from collections.abc import Callable
from textwrap import dedent
from typing import Any, Final, final

import msgspec
from spy_types.errors import Diagnostic, SpyError
from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n

from spy_parser.errors import tree as errors
from spy_parser.frontend import parse_source
from spy_parser.source import Source

BLOCK: Final = "__block__"
Place = Callable[[Span], Span]


def expand_blocks(source: Source, body: tuple[n.Stmt, ...]) -> tuple[n.Stmt, ...]:
    """Return `body` with every block parsed; faults are reported to `source`."""
    return _Blocks(source).expanded(body)  # type: ignore[no-any-return]  # the type of its argument


@final
class _Blocks:
    """The blocks of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def expanded(self, node: Any) -> Any:
        """Return the tree `node` with its blocks parsed, inner ones first."""
        match node:
            case n.Call(func=n.Name(id="__block__")):
                return self._block(node)
            case Span():
                return node
            case msgspec.Struct():
                fields = {name: self.expanded(getattr(node, name)) for name in node.__struct_fields__}
                return type(node)(**fields)
            case tuple():
                return tuple(map(self.expanded, node))
            case _:
                return node

    def _block(self, call: n.Call) -> n.Expr:
        match call.args:
            case (n.StrLit() as text,) if not call.keywords:
                return self._parsed(call, text)
            case _:
                self._refuse(call.span, f"{BLOCK} requires a single string literal argument",
                             "expected a triple-quoted string")  # fmt: skip
                return call

    def _parsed(self, call: n.Call, text: n.StrLit) -> n.Expr:
        inner = Source(dedent(text.value).rstrip() + "\n", self._source.path)
        if not inner.original.strip():
            self._refuse(call.span, f"{BLOCK} body is empty", "expected at least one expression")
            return call
        place = _place_of(self._source, text)
        try:
            statements = expand_blocks(inner, parse_source(inner))
        except SpyError:
            statements = ()
        for diagnostic in inner.diagnostics:
            self._source.report(_moved_fault(diagnostic, place))
        *body, last = _moved(statements, place) or (n.Pass(call.span),)
        for statement in body:
            self._refuse_exits(statement)
        if isinstance(last, n.ExprStmt):
            return n.BlockExpr(call.span, tuple(body), last.value)
        if not inner.diagnostics:
            title = f"{BLOCK} last statement must be an expression (the result)"
            self._refuse(last.span, title, "this should be an expression")
        return call

    def _refuse_exits(self, node: Any, *, in_loop: bool = False) -> None:
        """Refuse what would leave the block in the middle of an expression."""
        match node:
            case n.Break() | n.Continue() if in_loop:
                return
            case n.Return() | n.Break() | n.Continue():
                word = type(node).__name__.lower()
                self._refuse(node.span, f"`{word}` cannot leave a {BLOCK}", "leaves the block")
            case n.FunctionDef() | n.ClassDef() | n.Lambda() | n.BlockExpr():
                return
            case msgspec.Struct():
                loop = in_loop or isinstance(node, (n.While, n.For))
                for name in node.__struct_fields__:
                    self._refuse_exits(getattr(node, name), in_loop=loop)
            case tuple():
                for item in node:
                    self._refuse_exits(item, in_loop=in_loop)

    def _refuse(self, span: Span, title: str, label: str) -> None:
        self._source.report(errors.bad_block(self._source.loc(span), title, label))


def _place_of(source: Source, text: n.StrLit) -> Place:
    """Return what tells where in the file a place inside the text of a literal is."""
    start = source.starts[text.span.line - 1] + text.span.col - 1
    literal = source.original[start:]
    size = 3 if literal.startswith(('"""', "'''")) else 1
    if not literal[size:].startswith(text.value):
        return lambda _: text.span
    lines = zip(text.value.split("\n"), dedent(text.value).split("\n"), strict=True)
    shifts = [len(line) - len(shown) for line, shown in lines]
    shifts[0] += text.span.col + size - 1
    first = text.span.line - 1

    def place(span: Span) -> Span:
        end_line = min(span.end_line, len(shifts))
        col, end_col = span.col + shifts[span.line - 1], span.end_col + shifts[end_line - 1]
        return Span(first + span.line, col, first + end_line, end_col)

    return place


def _moved(node: Any, place: Place) -> Any:
    match node:
        case Span():
            return place(node)
        case msgspec.Struct():
            return type(node)(**{name: _moved(getattr(node, name), place) for name in node.__struct_fields__})
        case tuple():
            return tuple(_moved(item, place) for item in node)
        case _:
            return node


def _moved_fault(diagnostic: Diagnostic, place: Place) -> Diagnostic:
    def move(loc: Loc) -> Loc:
        return Loc.at(loc.file, place(Span(loc.line, loc.col, loc.end_line, loc.end_col)))

    labels = tuple(msgspec.structs.replace(label, loc=move(label.loc)) for label in diagnostic.labels)
    return msgspec.structs.replace(diagnostic, labels=labels)
