"""Expressions: what they read, and the scopes of comprehensions."""

from typing import Final

from msgspec.structs import force_setattr
from spy_types.syntax import nodes as n

from spy_parser.errors import scopes as errors
from spy_parser.scoping.collector import Collector, Visitors, bind_target


def _name(c: Collector, node: n.Name) -> None:
    reads = c.scope.reads
    if node.id not in reads:
        reads[node.id] = node.span


def _leaf(c: Collector, node: n.Node) -> None:
    pass


def _attribute(c: Collector, node: n.Attribute) -> None:
    c.visit(node.value)


def _subscript(c: Collector, node: n.Subscript) -> None:
    c.visit(node.value)
    c.visit(node.index)


def _slice(c: Collector, node: n.Slice) -> None:
    c.visit(node.lower)
    c.visit(node.upper)
    c.visit(node.step)


def _value(c: Collector, node: n.Starred | n.Keyword) -> None:
    c.visit(node.value)


def _call(c: Collector, node: n.Call) -> None:
    c.visit(node.func)
    c.visit_all(node.args)
    c.visit_all(node.keywords)


def _binop(c: Collector, node: n.BinOp) -> None:
    c.visit(node.left)
    c.visit(node.right)


def _unary(c: Collector, node: n.UnaryOp) -> None:
    c.visit(node.operand)


def _boolop(c: Collector, node: n.BoolOp | n.JoinedStr) -> None:
    c.visit_all(node.values)


def _compare(c: Collector, node: n.Compare) -> None:
    c.visit(node.left)
    c.visit_all(node.comparators)


def _ifexp(c: Collector, node: n.IfExp) -> None:
    c.visit(node.test)
    c.visit(node.body)
    c.visit(node.orelse)


def _elements(c: Collector, node: n.List | n.Tuple | n.Set) -> None:
    c.visit_all(node.elts)


def _dict(c: Collector, node: n.Dict) -> None:
    for key, value in zip(node.keys, node.values, strict=True):
        c.visit(key)
        c.visit(value)


def _formatted(c: Collector, node: n.FormattedValue) -> None:
    c.visit(node.value)
    c.visit(node.format_spec)


def _walrus(c: Collector, node: n.NamedExpr) -> None:
    c.visit(node.value)
    scope = c.scope
    inside = False
    if scope.iterables:
        c.source.report(errors.walrus_in_iterable(c.source.loc(node.span)))
        return
    while scope.kind == "comprehension" and scope.parent is not None:
        if node.target.id in scope.bindings:
            c.source.report(errors.walrus_rebinds(c.source.loc(node.target.span), node.target.id))
        scope = scope.parent
        inside = True
    if inside and scope.kind == "class":
        c.source.report(errors.walrus_in_class(c.source.loc(node.span)))
    if scope.kind == "type_params":
        c.source.report(errors.in_type_scope(c.source.loc(node.span), "assignment expression"))
    scope.bind(node.target.id, "auto", node.target.span)
    if inside:
        scope.bindings[node.target.id].repeated = True
        c.scope.reads.setdefault(node.target.id, node.target.span)


def _block(c: Collector, node: n.BlockExpr) -> None:
    c.body(node.body)
    c.visit(node.value)


def _await(c: Collector, node: n.Await) -> None:
    c.visit(node.value)
    if c.scope.kind == "type_params":
        c.source.report(errors.in_type_scope(c.source.loc(node.span), "await expression"))
    elif not c.scope.is_async:
        c.source.report(errors.outside_async(c.source.loc(node.span), "await"))


def _yield(c: Collector, node: n.Yield | n.YieldFrom) -> None:
    c.visit(node.value)
    scope = c.scope
    scope.is_generator = True
    if scope.kind == "comprehension":
        c.source.report(errors.yield_in_comprehension(c.source.loc(node.span)))
    elif scope.kind == "type_params":
        c.source.report(errors.in_type_scope(c.source.loc(node.span), "yield expression"))
    elif scope.kind not in ("function", "lambda"):
        c.source.report(errors.outside_function(c.source.loc(node.span), "yield"))
    elif type(node) is n.YieldFrom and scope.is_async:
        c.source.report(errors.yield_from_in_async(c.source.loc(node.span)))


def _comprehension(c: Collector, node: n.ListComp | n.SetComp | n.DictComp | n.GeneratorExp) -> None:
    """The first iterable belongs to the scope around."""
    around = c.scope
    around.iterables += 1
    c.visit(node.generators[0].iter)
    around.iterables -= 1
    scope = c.open_scope("comprehension", _COMPREHENSIONS[type(node)])
    scope.is_generator = type(node) is n.GeneratorExp
    scope.is_async = around.is_async or type(node) is n.GeneratorExp
    force_setattr(node, "scope", scope.id)
    for generator in node.generators:
        bind_target(c, generator.target, "for")
    for index, generator in enumerate(node.generators):
        if index:
            scope.iterables += 1
            c.visit(generator.iter)
            scope.iterables -= 1
        c.visit_all(generator.ifs)
        if generator.is_async and not around.is_async and type(node) is not n.GeneratorExp:
            c.source.report(errors.outside_async(c.source.loc(generator.span), "asynchronous comprehension"))
    if isinstance(node, n.DictComp):
        c.visit(node.key)
        c.visit(node.value)
    else:
        c.visit(node.elt)
    c.close_scope()


_COMPREHENSIONS: Final[dict[type, str]] = {
    n.ListComp: "listcomp",
    n.SetComp: "setcomp",
    n.DictComp: "dictcomp",
    n.GeneratorExp: "genexpr",
}
VISITORS: Final[Visitors] = {
    n.Name: _name,
    **dict.fromkeys((n.IntLit, n.FloatLit, n.ImagLit, n.StrLit, n.BytesLit, n.BoolLit, n.NoneLit), _leaf),
    n.EllipsisLit: _leaf,
    n.Attribute: _attribute,
    n.Subscript: _subscript,
    n.Slice: _slice,
    **dict.fromkeys((n.Starred, n.Keyword), _value),
    n.Call: _call,
    n.BinOp: _binop,
    n.UnaryOp: _unary,
    **dict.fromkeys((n.BoolOp, n.JoinedStr), _boolop),
    n.FormattedValue: _formatted,
    n.Compare: _compare,
    n.IfExp: _ifexp,
    **dict.fromkeys((n.List, n.Tuple, n.Set), _elements),
    n.Dict: _dict,
    n.NamedExpr: _walrus,
    n.BlockExpr: _block,
    n.Await: _await,
    **dict.fromkeys((n.Yield, n.YieldFrom), _yield),
    **dict.fromkeys((n.ListComp, n.SetComp, n.DictComp, n.GeneratorExp), _comprehension),
}
