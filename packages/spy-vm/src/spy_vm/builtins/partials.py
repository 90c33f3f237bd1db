"""`functools.partial`: a function with some of its arguments given."""

from spy_types.loc import Loc

from spy_vm.builtins.functions import expect
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects.operand import Operand
from spy_vm.registry.registry import Registry


def partial(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`partial(f, 1, 2)`: a function that calls `f(1, 2, ...)`."""
    return partial_named(frame, args, {}, loc)


def partial_named(frame: Frame, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None) -> Operand:
    """`partial(f, 1, x=2)`: a function that calls `f(1, ..., x=2)`."""
    expect("partial", args, 1, 99, loc)
    result: Operand = frame.partial(args[0], args[1:], kwargs, loc)
    return result


def make_partial(world: Registry) -> Operand:
    """Return what the name `partial` stands for."""
    return world.func_operand(W_BuiltinMeta("functools::partial", partial, partial_named))
