"""Statements: what they bind, and where they may stand."""

from typing import Final

from spy_types.syntax import nodes as n

from spy_parser.errors import scopes as errors
from spy_parser.scoping.collector import Collector, Visitors, bind_target


def _leaf(c: Collector, node: n.Pass) -> None:
    pass


def _expr(c: Collector, node: n.ExprStmt) -> None:
    c.visit(node.value)


def _assign(c: Collector, node: n.Assign) -> None:
    c.visit(node.value)
    for target in node.targets:
        bind_target(c, target)


def _augassign(c: Collector, node: n.AugAssign) -> None:
    c.visit(node.target)
    c.visit(node.value)
    if type(node.target) is n.Name:
        c.bind(node.target.id, "auto", node.target.span)


def _annassign(c: Collector, node: n.AnnAssign) -> None:
    c.visit(node.annotation)
    c.visit(node.value)
    if type(node.target) is not n.Name:
        c.visit(node.target)
    elif node.simple or node.value is not None:
        c.bind(node.target.id, "auto", node.target.span, counts=node.value is not None)
        if node.simple:
            c.scope.bindings[node.target.id].explicit = True
            _refuse_annotated_global(c, node.target)


def _refuse_annotated_global(c: Collector, name: n.Name) -> None:
    for names, word in ((c.scope.globals, "global"), (c.scope.nonlocals, "nonlocal")):
        if name.id in names and c.scope.kind != "module":
            c.source.report(errors.annotated_global(c.source.loc(name.span), name.id, word))


def _vardef(c: Collector, node: n.VarDef) -> None:
    c.visit(node.annotation)
    c.visit(node.value)
    _refuse_annotated_global(c, node.target)
    c.bind(node.target.id, node.kind, node.target.span, counts=node.value is not None)


def _return(c: Collector, node: n.Return) -> None:
    c.visit(node.value)
    if c.scope.kind != "function":
        c.source.report(errors.outside_function(c.source.loc(node.span), "return"))
    elif node.value is not None and c.scope.returned is None:
        c.scope.returned = node.span
    if c.scope.star_handlers:
        c.source.report(errors.leaves_except_star(c.source.loc(node.span)))


def _delete(c: Collector, node: n.Delete) -> None:
    for target in node.targets:
        _delete_target(c, target)


def _delete_target(c: Collector, node: n.Expr) -> None:
    match node:
        case n.Name():
            c.bind(node.id, "auto", node.span, counts=False)
            c.scope.bindings[node.id].repeated = True
            c.visit(node)
        case n.Tuple() | n.List():
            for elt in node.elts:
                _delete_target(c, elt)
        case _:
            c.visit(node)


def _loop_exit(c: Collector, node: n.Break | n.Continue) -> None:
    if c.scope.star_handlers and c.scope.loops <= c.scope.star_loops:
        c.source.report(errors.leaves_except_star(c.source.loc(node.span)))
    if not c.scope.loops:
        word = "break" if type(node) is n.Break else "continue"
        c.source.report(errors.outside_loop(c.source.loc(node.span), word))


def _if(c: Collector, node: n.If) -> None:
    c.visit(node.test)
    c.body(node.body)
    c.body(node.orelse)


def _while(c: Collector, node: n.While) -> None:
    c.scope.loops += 1
    c.visit(node.test)
    c.body(node.body)
    c.scope.loops -= 1
    c.body(node.orelse)


def _for(c: Collector, node: n.For) -> None:
    if node.is_async and not c.scope.is_async:
        c.source.report(errors.outside_async(c.source.loc(node.span), "async for"))
    c.scope.loops += 1
    c.visit(node.iter)
    bind_target(c, node.target, "for")
    c.body(node.body)
    c.scope.loops -= 1
    c.body(node.orelse)


def _with(c: Collector, node: n.With) -> None:
    if node.is_async and not c.scope.is_async:
        c.source.report(errors.outside_async(c.source.loc(node.span), "async with"))
    for item in node.items:
        c.visit(item.context)
        if item.target is not None:
            bind_target(c, item.target)
    c.body(node.body)


def _try(c: Collector, node: n.Try) -> None:
    c.body(node.body)
    scope = c.scope
    outer = scope.star_loops
    if node.star:
        scope.star_handlers += 1
        scope.star_loops = scope.loops
    for handler in node.handlers:
        c.visit(handler.kind)
        if handler.name is not None:
            c.bind(handler.name, "except", handler.span)
        c.body(handler.body)
    if node.star:
        scope.star_handlers -= 1
        scope.star_loops = outer
    c.body(node.orelse)
    c.body(node.finalbody)


def _raise(c: Collector, node: n.Raise) -> None:
    c.visit(node.exc)
    c.visit(node.cause)


def _assert(c: Collector, node: n.Assert) -> None:
    c.visit(node.test)
    c.visit(node.msg)


def _global(c: Collector, node: n.Global) -> None:
    for name in node.names:
        _check_declaration(c, node, name, "global")
        c.scope.globals[name] = node.span


def _nonlocal(c: Collector, node: n.Nonlocal) -> None:
    if c.scope.kind == "module":
        c.source.report(errors.nonlocal_at_module(c.source.loc(node.span)))
        return
    for name in node.names:
        _check_declaration(c, node, name, "nonlocal")
        c.scope.nonlocals[name] = node.span


def _check_declaration(c: Collector, node: n.Node, name: str, word: str) -> None:
    scope = c.scope
    loc = c.source.loc(node.span)
    binding = scope.bindings.get(name)
    if binding is not None and binding.origin == "param":
        c.source.report(errors.parameter_and_global(loc, name, word))
    elif binding is not None:
        c.source.report(errors.late_global(loc, name, word, "assigned to", c.source.loc(binding.declared)))
    elif name in scope.reads:
        c.source.report(errors.late_global(loc, name, word, "used prior to", c.source.loc(scope.reads[name])))
    if name in (scope.nonlocals if word == "global" else scope.globals):
        c.source.report(errors.nonlocal_and_global(loc, name))


VISITORS: Final[Visitors] = {
    n.Pass: _leaf,
    n.ExprStmt: _expr,
    n.Assign: _assign,
    n.AugAssign: _augassign,
    n.AnnAssign: _annassign,
    n.VarDef: _vardef,
    n.Return: _return,
    n.Delete: _delete,
    **dict.fromkeys((n.Break, n.Continue), _loop_exit),
    n.If: _if,
    n.While: _while,
    n.For: _for,
    n.With: _with,
    n.Try: _try,
    n.Raise: _raise,
    n.Assert: _assert,
    n.Global: _global,
    n.Nonlocal: _nonlocal,
}
