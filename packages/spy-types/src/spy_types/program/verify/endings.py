"""Whether the end of a body can be reached."""

from collections.abc import Sequence

from spy_types.program.constants import BoolConst
from spy_types.program.nodes import (
    Break,
    Const,
    ForRange,
    If,
    Raise,
    RaiseObject,
    Reraise,
    Return,
    Stmt,
    Try,
    While,
)


def never_ends(body: Sequence[Stmt]) -> bool:
    """Tell whether control cannot reach the end of `body`.

    Conservative: the last statement returns, raises, is `while True` without a break, a loop without a
    break whose `else` does, an `if` whose branches both do, or a `try` whose ways out all do.
    """
    while body:
        match body[-1]:
            case Return() | Raise() | RaiseObject() | Reraise():
                return True
            case While(cond=Const(value=BoolConst(value=True)), body=inner):
                return not _breaks(inner)
            case While(body=inner, orelse=orelse) | ForRange(body=inner, orelse=orelse) if not _breaks(inner):
                body = orelse
            case If(then=then, orelse=orelse) if never_ends(then):
                body = orelse
            case Try() as stmt:
                return _try_never_ends(stmt)
            case _:
                return False
    return False


def _try_never_ends(stmt: Try) -> bool:
    if never_ends(stmt.finalbody):
        return True
    if not never_ends(stmt.body) and not never_ends(stmt.orelse):
        return False
    return all(never_ends(handler.body) for handler in stmt.handlers)


def _breaks(body: Sequence[Stmt]) -> bool:
    """Tell whether a break in `body` leaves the loop around it."""
    for stmt in body:
        match stmt:
            case Break():
                return True
            case If(then=then, orelse=orelse):
                if _breaks(then) or _breaks(orelse):
                    return True
            case While(orelse=orelse) | ForRange(orelse=orelse):
                if _breaks(orelse):
                    return True
            case Try(body=inner, handlers=handlers, orelse=orelse, finalbody=final):
                if any(_breaks(part) for part in (inner, orelse, final, *(h.body for h in handlers))):
                    return True
            case _:
                pass
    return False
