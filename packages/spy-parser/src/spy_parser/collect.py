"""The walk over a module that numbers its scopes and notes what each binds and reads.

Scopes are numbered in program order, a function after its decorators and defaults. The walk also refuses
what needs to know where it stands: `return` outside functions, `break` outside loops, ...
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, final

from msgspec.structs import force_setattr
from spy_types.errors import SpyError
from spy_types.loc import Span
from spy_types.syntax import nodes as n
from spy_types.syntax.module import ImportEdge
from spy_types.syntax.scopes import Origin, ScopeKind

from spy_parser import errors
from spy_parser.bindings import ScopeNotes
from spy_parser.future import check_future
from spy_parser.pattern_checks import check_match
from spy_parser.source import Source

MAX_DEPTH: Final = 500
"""Levels of the tree: what `codec.encode` and the passes behind us can follow with Python's default stack."""


@final
class Collector:
    """`scope` is where the walk stands; `scopes` are all scopes so far, by id."""

    def __init__(self, source: Source, name: str) -> None:
        self.source = source
        self.scopes: list[ScopeNotes] = []
        self.imports: list[ImportEdge] = []
        self.prologue = True
        self.depth = 0
        self.scope = self.open_scope("module", name)

    def open_scope(self, kind: ScopeKind, name: str) -> ScopeNotes:
        """Enter a new scope inside the current one."""
        parent = self.scope if self.scopes else None
        self.scope = ScopeNotes(len(self.scopes), kind, name, parent)
        self.scope.iterables = parent.iterables if parent else 0
        self.scopes.append(self.scope)
        return self.scope

    def close_scope(self) -> None:
        """Return to the scope around."""
        assert self.scope.parent is not None
        self.scope = self.scope.parent

    def module(self, statements: tuple[n.Stmt, ...]) -> None:
        """Walk the module; its prologue, a docstring and imports from `__future__`, ends where something else is."""
        for index, statement in enumerate(statements):
            docstring = (
                index == 0 and isinstance(statement, n.ExprStmt) and isinstance(statement.value, n.StrLit)
            )
            future = isinstance(statement, n.ImportFrom) and statement.module == "__future__"
            self.prologue = self.prologue and (docstring or future)
            _VISIT[type(statement)](self, statement)

    def body(self, statements: Iterable[n.Stmt]) -> None:
        """Walk statements."""
        self.visit_all(statements)

    def visit(self, node: Any) -> None:
        """Walk a node, or nothing for None."""
        if node is not None:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self._too_deep(node)
            _VISIT[type(node)](self, node)
            self.depth -= 1

    def visit_all(self, found: Iterable[Any]) -> None:
        """Walk several nodes."""
        self.depth += 1
        for node in found:
            if self.depth > MAX_DEPTH:
                raise self._too_deep(node)
            _VISIT[type(node)](self, node)
        self.depth -= 1

    def _too_deep(self, node: n.Node) -> SpyError:
        self.source.report(errors.too_deep(self.source.loc(node.span)))
        return SpyError.of(self.source.diagnostics)

    def bind(self, name: str, origin: Origin, span: Span, *, counts: bool = True) -> None:
        """Bind `name` in the current scope."""
        if name == "__debug__":
            self.source.report(errors.debug_assigned(self.source.loc(span)))
        self.scope.bind(name, origin, span, counts=counts)


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


def _value(c: Collector, node: n.Starred | n.Keyword | n.ExprStmt | n.Return) -> None:
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


def _lambda(c: Collector, node: n.Lambda) -> None:
    _defaults(c, node.params)
    scope = c.open_scope("lambda", "lambda")
    force_setattr(node, "scope", scope.id)
    _bind_parameters(c, node.params)
    c.visit(node.body)
    c.close_scope()


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
            c.source.report(
                errors.outside_async(c.source.loc(generator.span), "an asynchronous comprehension")
            )
    if isinstance(node, n.DictComp):
        c.visit(node.key)
        c.visit(node.value)
    else:
        c.visit(node.elt)
    c.close_scope()


def bind_target(c: Collector, node: n.Expr, origin: Origin = "auto") -> None:
    """Bind the names of an assignment target, read the rest of it."""
    match node:
        case n.Name():
            c.bind(node.id, origin, node.span)
        case n.Tuple() | n.List():
            for elt in node.elts:
                bind_target(c, elt, origin)
        case n.Starred():
            bind_target(c, node.value, origin)
        case _:
            c.visit(node)


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


def _import(c: Collector, node: n.Import) -> None:
    for alias in node.names:
        c.bind(alias.asname or alias.name.partition(".")[0], "import", alias.span)
        _import_edge(c, node, alias.name, 0, ())


def _import_from(c: Collector, node: n.ImportFrom) -> None:
    if node.module == "__future__" and not node.level:
        check_future(c.source, node, late=not c.prologue)
    for alias in node.names:
        if alias.name != "*":
            c.bind(alias.asname or alias.name, "import", alias.span)
        elif c.scope.kind != "module":
            c.source.report(errors.star_import_inside(c.source.loc(node.span)))
    _import_edge(c, node, node.module, node.level, tuple(alias.name for alias in node.names))


def _import_edge(c: Collector, node: n.Node, module: str, level: int, names: tuple[str, ...]) -> None:
    span = node.span
    end = span.end_col if span.end_line == span.line else span.col + len("import")
    c.imports.append(ImportEdge(module, level, names, span.line, span.col, end))


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


def _match(c: Collector, node: n.Match) -> None:
    c.visit(node.subject)
    check_match(c.source, node)
    for case in node.cases:
        c.visit(case.pattern)
        c.visit(case.guard)
        c.body(case.body)


def _match_value(c: Collector, node: n.MatchValue) -> None:
    c.visit(node.value)


def _match_sequence(c: Collector, node: n.MatchSequence | n.MatchOr) -> None:
    c.visit_all(node.patterns)


def _match_star(c: Collector, node: n.MatchStar) -> None:
    if node.name is not None:
        c.bind(node.name, "auto", node.span)


def _match_mapping(c: Collector, node: n.MatchMapping) -> None:
    c.visit_all(node.keys)
    c.visit_all(node.patterns)
    if node.rest is not None:
        c.bind(node.rest, "auto", node.span)


def _match_class(c: Collector, node: n.MatchClass) -> None:
    c.visit(node.cls)
    c.visit_all(node.patterns)
    c.visit_all(node.kwd_patterns)


def _match_as(c: Collector, node: n.MatchAs) -> None:
    c.visit(node.pattern)
    if node.name is not None:
        c.bind(node.name, "auto", node.span)


_COMPREHENSIONS: Final[dict[type, str]] = {
    n.ListComp: "listcomp",
    n.SetComp: "setcomp",
    n.DictComp: "dictcomp",
    n.GeneratorExp: "genexpr",
}
_VISIT: Final[dict[type, Callable[[Collector, Any], None]]] = {
    n.Name: _name,
    **dict.fromkeys((n.IntLit, n.FloatLit, n.ImagLit, n.StrLit, n.BytesLit, n.BoolLit, n.NoneLit), _leaf),
    **dict.fromkeys((n.EllipsisLit, n.Pass, n.MatchSingleton), _leaf),
    n.Attribute: _attribute,
    n.Subscript: _subscript,
    n.Slice: _slice,
    **dict.fromkeys((n.Starred, n.Keyword, n.ExprStmt), _value),
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
    n.Await: _await,
    **dict.fromkeys((n.Yield, n.YieldFrom), _yield),
    n.Lambda: _lambda,
    **dict.fromkeys((n.ListComp, n.SetComp, n.DictComp, n.GeneratorExp), _comprehension),
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
    n.Import: _import,
    n.ImportFrom: _import_from,
    n.Global: _global,
    n.Nonlocal: _nonlocal,
    n.FunctionDef: _function,
    n.ClassDef: _class,
    n.TypeAlias: _type_alias,
    n.Match: _match,
    n.MatchValue: _match_value,
    **dict.fromkeys((n.MatchSequence, n.MatchOr), _match_sequence),
    n.MatchStar: _match_star,
    n.MatchMapping: _match_mapping,
    n.MatchClass: _match_class,
    n.MatchAs: _match_as,
}
