"""Early returns become branches, so that a body can stand where its function was called.

if n < 0: return 0          if n < 0: r = 0
m = f(n)              ->    else:
return m                        m = f(n)
                                r = m
"""

from spy_types.program.nodes import (
    Assign,
    Break,
    Continue,
    Expr,
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
from spy_types.program.walk import walk

Body = tuple[Stmt, ...]


def without_returns(body: Body, result: str) -> Body | None:
    """Return `body` with its returns as assignments to `result`; None if one of them leaves a loop."""
    for i, stmt in enumerate(body):
        rest = body[i + 1 :]
        match stmt:
            case Return(pos=pos, value=value):
                return body[:i] if value is None else (*body[:i], Assign(pos, result, value))
            case Raise() | RaiseObject() | Reraise() | Break() | Continue():
                return body[: i + 1]
            case If() if _returns(stmt):
                branches = _branches(stmt, rest, result)
                return None if branches is None else (*body[:i], branches)
            case While() | ForRange() | Try() if _returns(stmt):
                return None
    return body


def single_value(body: Body) -> Expr | None:
    """Return what a body that only returns a value returns."""
    match body:
        case (Return(value=value),):
            return value
    return None


def _branches(stmt: If, rest: Body, result: str) -> If | None:
    """Put what follows an `if` into the branch that goes on to it."""
    then, orelse = stmt.then, stmt.orelse
    if not _ends(then):
        if rest and not _ends(orelse):
            return None  # both go on: the rest would be there twice
        then = (*then, *rest)
    else:
        orelse = (*orelse, *rest)
    new_then, new_orelse = without_returns(then, result), without_returns(orelse, result)
    if new_then is None or new_orelse is None:
        return None
    return If(stmt.pos, stmt.cond, new_then, new_orelse)


def _returns(stmt: Stmt) -> bool:
    return any(isinstance(node, Return) for node in walk(stmt))


def _ends(body: Body) -> bool:
    match body:
        case (*_, Return() | Raise() | RaiseObject() | Reraise()):
            return True
        case (*_, If(then=then, orelse=orelse)):
            return _ends(then) and _ends(orelse)
    return False
