"""Expressions of Program IR that can be evaluated at any time."""

from spy_types.program.nodes import Expr, GetField, MakeStruct


def is_simple(expr: Expr) -> bool:
    """Whether evaluating `expr` any number of times, in any order with others of its kind, makes no difference."""
    from spy_types.program.nodes import Const, Local  # noqa: PLC0415

    match expr:
        case Const() | Local():
            return True
        case GetField(value=value):
            return is_simple(value)
        case MakeStruct(args=args):
            return all(is_simple(arg) for arg in args)
        case _:
            return False
