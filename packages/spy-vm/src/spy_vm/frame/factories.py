"""Functions that make functions or change them, as Python's decorators do: blue without saying so.

def timer(fn):                        what it returns is a function that it defines, or what it was
    def wrapper(*args): ...           given, and no type that run time has is written for that: such
    return wrapper                    a function can only run before run time
"""

from collections.abc import Iterator, Sequence

from spy_types.syntax import nodes as n

NAMES_OF_ANY = ("Callable", "Any")


def is_factory(stmt: n.FunctionDef, variables: frozenset[str]) -> bool:
    """Whether `stmt` is blue without a decorator; `variables` are the names of its type variables."""
    return (stmt.returns is None or is_vague(stmt.returns, variables)) and returns_functions(stmt)


def returns_functions(stmt: n.FunctionDef) -> bool:
    """Whether all that `stmt` returns is a function or class that it defines, or was given without a type."""
    params = (*stmt.params.posonly, *stmt.params.args, *stmt.params.kwonly)
    made = {s.name for s in _statements(stmt.body) if isinstance(s, (n.FunctionDef, n.ClassDef))}
    given = {p.name for p in params if p.annotation is None or is_vague(p.annotation, frozenset())}
    values = [s.value for s in _statements(stmt.body) if isinstance(s, n.Return)]
    return bool(values) and all(value is not None and _is_made(value, made | given) for value in values)


def is_vague(annotation: n.Expr, variables: frozenset[str]) -> bool:
    """Whether no one type of run time is meant: `Callable[..., int]`, `Callable`, `F`, `type[T]`."""
    match annotation:
        case n.Name(id=name):
            return name in variables or name in NAMES_OF_ANY or name == "type"
        case n.Attribute(attr=attr):
            return attr in NAMES_OF_ANY
        case n.EllipsisLit():
            return True
        case n.Subscript(value=value, index=index):
            parts = index.elts if isinstance(index, n.Tuple) else (index,)
            return any(is_vague(part, variables) for part in parts) or (
                is_vague(value, variables) and not _is_callable(value)
            )
        case n.List(elts=elts):
            return any(is_vague(elt, variables) for elt in elts)
        case _:
            return False


def is_any_function(annotation: n.Expr) -> bool:
    """Whether every function is meant: `Callable`, or `Callable[..., int]`."""
    match annotation:
        case n.Subscript(value=value, index=n.Tuple(elts=(n.EllipsisLit(), _))):
            return _is_callable(value)
        case _:
            return _is_callable(annotation)


def _is_callable(node: n.Expr) -> bool:
    return (isinstance(node, n.Name) and node.id == "Callable") or (
        isinstance(node, n.Attribute) and node.attr == "Callable"
    )


def _is_made(value: n.Expr, names: set[str]) -> bool:
    match value:
        case n.Name(id=name):
            return name in names
        case n.Call(func=func, args=(n.Name(id=name),), keywords=()):
            return name in names and isinstance(func, (n.Call, n.Name, n.Attribute))
        case _:
            return False


def _statements(body: Sequence[n.Stmt]) -> Iterator[n.Stmt]:
    """The statements of a function body, those inside others too, but not those of inner functions."""
    for stmt in body:
        yield stmt
        match stmt:
            case (
                n.If(body=then, orelse=orelse)
                | n.For(body=then, orelse=orelse)
                | n.While(body=then, orelse=orelse)
            ):
                yield from _statements((*then, *orelse))
            case n.With(body=inner):
                yield from _statements(inner)
            case n.Try(body=inner, handlers=handlers, orelse=orelse, finalbody=final):
                caught = [stmt for handler in handlers for stmt in handler.body]
                yield from _statements((*inner, *caught, *orelse, *final))
            case _:
                pass
