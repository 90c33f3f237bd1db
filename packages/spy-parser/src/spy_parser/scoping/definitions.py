"""Functions, lambdas, classes, type aliases: the nodes that open scopes."""

from typing import Final

from msgspec.structs import force_setattr
from spy_types.syntax import nodes as n

from spy_parser.errors import scopes as errors
from spy_parser.scoping.bindings import ScopeNotes
from spy_parser.scoping.collector import Collector, Visitors


def _lambda(c: Collector, node: n.Lambda) -> None:
    _defaults(c, node.params)
    scope = c.open_scope("lambda", "lambda")
    force_setattr(node, "scope", scope.id)
    _bind_parameters(c, node.params)
    c.visit(node.body)
    c.close_scope()


def _function(c: Collector, node: n.FunctionDef) -> None:
    c.visit_all(node.decorators)
    _defaults(c, node.params)
    c.bind(node.name, "function", node.name_span)
    if node.type_params:
        _type_parameters(c, node.name, node.type_params)
    for parameter in _all_parameters(node.params):
        c.visit(parameter.annotation)
    c.visit(node.returns)
    scope = c.open_scope("function", node.name)
    scope.is_async = node.is_async
    force_setattr(node, "scope", scope.id)
    _bind_parameters(c, node.params)
    c.body(node.body)
    if scope.is_async and scope.is_generator and scope.returned is not None:
        c.source.report(errors.return_in_async_generator(c.source.loc(scope.returned)))
    c.close_scope()
    if node.type_params:
        c.close_scope()


def _class(c: Collector, node: n.ClassDef) -> None:
    c.visit_all(node.decorators)
    if node.type_params:
        _type_parameters(c, node.name, node.type_params)
    c.visit_all(node.bases)
    c.visit_all(node.keywords)
    scope = c.open_scope("class", node.name)
    force_setattr(node, "scope", scope.id)
    c.body(node.body)
    c.close_scope()
    if node.type_params:
        c.close_scope()
    c.bind(node.name, "class", node.name_span)


def _type_alias(c: Collector, node: n.TypeAlias) -> None:
    c.bind(node.name.id, "auto", node.name.span)
    scope = _type_parameters(c, node.name.id, node.type_params)
    force_setattr(node, "scope", scope.id)
    c.visit(node.value)
    c.close_scope()


def _type_parameters(c: Collector, name: str, params: tuple[n.TypeParam, ...]) -> ScopeNotes:
    scope = c.open_scope("type_params", name)
    for param in params:
        if param.name in scope.bindings:
            c.source.report(errors.duplicate_type_parameter(c.source.loc(param.span), param.name))
        c.bind(param.name, "type_param", param.span)
    for param in params:
        c.visit(param.bound)
    return scope


def _all_parameters(params: n.Parameters) -> list[n.Parameter]:
    """In the order of the source."""
    found = [*params.posonly, *params.args, params.vararg, *params.kwonly, params.kwarg]
    return [parameter for parameter in found if parameter is not None]


def _defaults(c: Collector, params: n.Parameters) -> None:
    for parameter in _all_parameters(params):
        c.visit(parameter.default)


def _bind_parameters(c: Collector, params: n.Parameters) -> None:
    for parameter in _all_parameters(params):
        if parameter.name in c.scope.bindings:
            c.source.report(errors.duplicate_parameter(c.source.loc(parameter.span), parameter.name))
        c.bind(parameter.name, "param", parameter.span)


VISITORS: Final[Visitors] = {
    n.Lambda: _lambda,
    n.FunctionDef: _function,
    n.ClassDef: _class,
    n.TypeAlias: _type_alias,
}
