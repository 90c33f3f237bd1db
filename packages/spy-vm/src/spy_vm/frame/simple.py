"""Expressions of Program IR that can be evaluated at any time."""

from spy_types.program.nodes import Const, Expr, GetField, Local, MakeStruct


def is_simple(expr: Expr) -> bool:
    """Whether it makes no difference when, and how often, `expr` is evaluated among others of its kind."""

    match expr:
        case Const() | Local():
            return True
        case GetField(value=value):
            return is_simple(value)
        case MakeStruct(args=args):
            return all(is_simple(arg) for arg in args)
        case _:
            return False
