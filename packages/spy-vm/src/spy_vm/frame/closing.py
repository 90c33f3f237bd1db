"""Which generators must be closed when a loop over them is left early."""

from collections.abc import Sequence

from spy_types.syntax import nodes as n


def needs_closing(body: Sequence[n.Stmt]) -> bool:
    """Whether closing a generator with this body may run anything: a `finally` of its own, or of another."""
    for stmt in body:
        match stmt:
            case n.Try() | n.With():
                return True
            case n.For(iter=n.Call(func=n.Name(id="range")), body=inner, orelse=orelse):
                pass
            case n.For(iter=n.Call() | n.Attribute() | n.GeneratorExp()):
                return True
            case n.For(body=inner, orelse=orelse) | n.While(body=inner, orelse=orelse):
                pass
            case n.If(body=inner, orelse=orelse):
                pass
            case n.Match(cases=cases):
                inner, orelse = tuple(s for case in cases for s in case.body), ()
            case (
                n.ExprStmt(value=n.YieldFrom())
                | n.Assign(value=n.YieldFrom())
                | n.Return(value=n.YieldFrom())
            ):
                return True
            case _:
                continue
        if needs_closing((*inner, *orelse)):
            return True
    return False
