"""Names that a wrong statement would have bound: poisoned, so that one fault is reported once."""

from spy_types.syntax import nodes as n


class Poisoned(Exception):
    """A name whose binding was already reported as wrong is read."""


def bound_names(stmt: n.Stmt) -> list[str]:  # noqa: PLR0911  # one case per node
    """Return the names that `stmt` itself binds."""
    match stmt:
        case n.Assign(targets=targets):
            return [name for target in targets for name in _target_names(target)]
        case n.AnnAssign(target=target) | n.VarDef(target=target) | n.For(target=target):
            return _target_names(target)
        case n.With(items=items):
            return [name for item in items if item.target is not None for name in _target_names(item.target)]
        case n.FunctionDef(name=name) | n.ClassDef(name=name):
            return [name]
        case n.Import(names=aliases):
            return [alias.asname or alias.name.partition(".")[0] for alias in aliases]
        case n.ImportFrom(names=aliases):
            return [alias.asname or alias.name for alias in aliases]
        case _:
            return []


def _target_names(target: n.Expr) -> list[str]:
    match target:
        case n.Name(id=name):
            return [name]
        case n.Tuple(elts=elts) | n.List(elts=elts):
            return [name for elt in elts for name in _target_names(elt)]
        case n.Starred(value=value):
            return _target_names(value)
        case _:
            return []
