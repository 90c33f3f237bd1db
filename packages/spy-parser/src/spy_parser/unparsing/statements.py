"""Statements as lines of text, indented by four blanks."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from spy_types.syntax import nodes as n
from spy_types.syntax.module import SyntaxModule

from spy_parser.recursion import deep_recursion
from spy_parser.unparsing.expressions import (
    ATOM,
    NAMED,
    TEST,
    WRITE,
    arguments,
    expression,
    listed,
    parameters,
)
from spy_parser.unparsing.patterns import pattern

Lines = list[str]


def unparse(tree: SyntaxModule | n.Node | tuple[n.Stmt, ...]) -> str:
    """Return source text that parses to `tree`: a module, statements, an expression or a pattern."""
    with deep_recursion():
        match tree:
            case SyntaxModule():
                return _text(tree.body)
            case tuple():
                return _text(tree)
            case _ if type(tree) in _WRITE:
                return _text((tree,))
            case n.MatchValue() | n.MatchSingleton() | n.MatchSequence() | n.MatchStar():
                return pattern(tree)
            case n.MatchMapping() | n.MatchClass() | n.MatchAs() | n.MatchOr():
                return pattern(tree)
            case _:
                return expression(tree)  # type: ignore[arg-type]  # what is left are expressions


def _text(statements: Iterable[Any]) -> str:
    return "".join(f"{line}\n" for line in _block(statements, ""))


def _block(statements: Iterable[Any], indent: str = "    ") -> Lines:
    return [indent + line for statement in statements for line in _WRITE[type(statement)](statement)]


def _else(statements: tuple[n.Stmt, ...]) -> Lines:
    return ["else:", *_block(statements)] if statements else []


def _expr(node: n.ExprStmt) -> Lines:
    return [expression(node.value)]


def _assign(node: n.Assign) -> Lines:
    return [" = ".join(map(expression, (*node.targets, node.value)))]


def _augassign(node: n.AugAssign) -> Lines:
    return [f"{expression(node.target)} {node.op}= {expression(node.value)}"]


def _annassign(node: n.AnnAssign) -> Lines:
    target = expression(node.target)
    if isinstance(node.target, n.Name) and not node.simple:
        target = f"({target})"
    return [f"{target}: {expression(node.annotation, TEST)}{_value(node.value)}"]


def _vardef(node: n.VarDef) -> Lines:
    annotation = "" if node.annotation is None else f": {expression(node.annotation, TEST)}"
    return [f"{node.kind} {node.target.id}{annotation}{_value(node.value)}"]


def _value(value: n.Expr | None) -> str:
    return "" if value is None else f" = {expression(value)}"


def _return(node: n.Return) -> Lines:
    return ["return" if node.value is None else f"return {expression(node.value)}"]


def _delete(node: n.Delete) -> Lines:
    return [f"del {listed(node.targets)}"]


def _if(node: n.If) -> Lines:
    """A chain of `elif` is a loop here, since it may be long."""
    lines = [f"if {expression(node.test)}:", *_block(node.body)]
    while len(node.orelse) == 1 and isinstance(node.orelse[0], n.If):
        node = node.orelse[0]
        lines += [f"elif {expression(node.test)}:", *_block(node.body)]
    return lines + _else(node.orelse)


def _while(node: n.While) -> Lines:
    return [f"while {expression(node.test)}:", *_block(node.body), *_else(node.orelse)]


def _for(node: n.For) -> Lines:
    head = f"{_async(node)}for {expression(node.target)} in {expression(node.iter)}:"
    return [head, *_block(node.body), *_else(node.orelse)]


def _async(node: n.For | n.With | n.FunctionDef) -> str:
    return "async " if node.is_async else ""


def _with(node: n.With) -> Lines:
    items = [
        expression(item.context, TEST) + ("" if item.target is None else f" as {expression(item.target)}")
        for item in node.items
    ]
    return [f"{_async(node)}with ({', '.join(items)}):", *_block(node.body)]


def _try(node: n.Try) -> Lines:
    lines = ["try:", *_block(node.body)]
    for handler in node.handlers:
        kind = "" if handler.kind is None else f" {expression(handler.kind, TEST)}"
        name = "" if handler.name is None else f" as {handler.name}"
        lines += [f"except{'*' if node.star else ''}{kind}{name}:", *_block(handler.body)]
    final = ["finally:", *_block(node.finalbody)] if node.finalbody else []
    return lines + _else(node.orelse) + final


def _raise(node: n.Raise) -> Lines:
    exc = "" if node.exc is None else f" {expression(node.exc, TEST)}"
    cause = "" if node.cause is None else f" from {expression(node.cause, TEST)}"
    return [f"raise{exc}{cause}"]


def _assert(node: n.Assert) -> Lines:
    msg = "" if node.msg is None else f", {expression(node.msg, TEST)}"
    return [f"assert {expression(node.test, TEST)}{msg}"]


def _aliases(names: tuple[n.Alias, ...]) -> str:
    return ", ".join(alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in names)


def _import(node: n.Import) -> Lines:
    return [f"import {_aliases(node.names)}"]


def _import_from(node: n.ImportFrom) -> Lines:
    return [f"from {'.' * node.level}{node.module} import {_aliases(node.names)}"]


def _global(node: n.Global) -> Lines:
    return [f"global {', '.join(node.names)}"]


def _nonlocal(node: n.Nonlocal) -> Lines:
    return [f"nonlocal {', '.join(node.names)}"]


def _type_alias(node: n.TypeAlias) -> Lines:
    return [f"type {node.name.id}{_type_params(node.type_params)} = {expression(node.value, TEST)}"]


def _type_params(params: tuple[n.TypeParam, ...]) -> str:
    if not params:
        return ""
    signs = {"var": "", "tuple": "*", "spec": "**"}
    parts = [
        signs[param.kind] + param.name + ("" if param.bound is None else f": {expression(param.bound, TEST)}")
        for param in params
    ]
    return f"[{', '.join(parts)}]"


def _match(node: n.Match) -> Lines:
    lines = [f"match {expression(node.subject)}:"]
    for case in node.cases:
        guard = "" if case.guard is None else f" if {expression(case.guard)}"
        lines += [f"    case {pattern(case.pattern)}{guard}:", *_block(case.body, " " * 8)]
    return lines


def _function(node: n.FunctionDef) -> Lines:
    returns = "" if node.returns is None else f" -> {expression(node.returns)}"
    head = (
        f"{_async(node)}def {node.name}{_type_params(node.type_params)}({parameters(node.params)}){returns}:"
    )
    return [*_decorators(node.decorators), head, *_block(node.body)]


def _class(node: n.ClassDef) -> Lines:
    inside = arguments(node.bases, node.keywords)
    head = f"class {node.name}{_type_params(node.type_params)}{f'({inside})' if inside else ''}:"
    return [*_decorators(node.decorators), head, *_block(node.body)]


def _decorators(decorators: tuple[n.Expr, ...]) -> Lines:
    return [f"@{expression(decorator, NAMED)}" for decorator in decorators]


_WRITE: Final[dict[type, Callable[[Any], Lines]]] = {
    n.ExprStmt: _expr,
    n.Assign: _assign,
    n.AugAssign: _augassign,
    n.AnnAssign: _annassign,
    n.VarDef: _vardef,
    n.Return: _return,
    n.Delete: _delete,
    n.Pass: lambda node: ["pass"],
    n.Break: lambda node: ["break"],
    n.Continue: lambda node: ["continue"],
    n.If: _if,
    n.While: _while,
    n.For: _for,
    n.With: _with,
    n.Try: _try,
    n.Raise: _raise,
    n.Assert: _assert,
    n.Import: _import,
    n.ImportFrom: _import_from,
    n.Global: _global,
    n.Nonlocal: _nonlocal,
    n.TypeAlias: _type_alias,
    n.Match: _match,
    n.FunctionDef: _function,
    n.ClassDef: _class,
}


def _block_expression(node: n.BlockExpr) -> tuple[int, str]:
    lines = [*_block(node.body, ""), expression(node.value)]
    return ATOM, f"__block__({chr(10).join(lines)!r})"


WRITE[n.BlockExpr] = _block_expression  # the one expression that holds statements
