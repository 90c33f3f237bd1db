"""`Callable[[A, B], R]`: types of functions, as `typing` and `collections.abc` offer them."""

from typing import Any

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.builtins.functions import expect
from spy_vm.frame.scoping import scope_of
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.meta import BlueList
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.registry.registry import Registry


def callable_type(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """Return the type of functions with these parameters and this result; `...`: that of all functions."""
    expect("Callable", args, 2, 2, loc)
    params, result = args
    if params.w_T is b.W_ELLIPSIS:
        return blue(b.W_TYPE, b.W_FUNCTION, loc)
    if not isinstance(params.val, BlueList) and params.w_T is not b.W_EMPTY_LIST:
        raise errors.fault(
            "VM092",
            "`Callable` needs a list of parameter types",
            (params.loc or loc, "this is no list of types"),
            hint="write `Callable[[int, str], bool]`, or `Callable[[], bool]`",
        )
    items = params.val.items if isinstance(params.val, BlueList) else []
    types = tuple(_type_named(op) for op in items)
    return blue(b.W_TYPE, frame.world.make_func_type(types, _type_named(result)), loc)


def as_function(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`as_function(f, A, B)`: a known function that does for an A and a B what the callable `f` does."""
    expect("as_function", args, 1, 9, loc)
    op: Operand = args[0].val if args[0].w_T is b.W_META_ARG else args[0]
    asker = frame.world.askers[-1] if frame.world.askers else frame
    made: Operand = asker.function_for(op, [_type_named(arg) for arg in args[1:]], loc)
    return made


def captures(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`captures(f)`: whether the known function `f` uses variables of running functions."""
    expect("captures", args, 1, 1, loc)
    return blue(b.W_BOOL, isinstance(args[0].val, W_ASTFunc) and _is_open(args[0].val), loc)


def _is_open(w_func: W_ASTFunc) -> bool:
    if any(not op.blue for op in w_func.preset.values()):
        return True
    for symbol in scope_of(w_func).symbols.values():
        owner: Any = w_func.closure
        while owner is not None and owner.scope.id != symbol.scope:
            owner = owner.parent
        if owner is not None and owner.scope.kind != "module" and not owner.blue_frame:
            return True
    return False


def make_callable(world: Registry) -> Operand:
    """Return what the name `Callable` stands for."""
    made = W_BuiltinMeta("__spy__::Callable", callable_type)
    made.kind = "generic"
    return world.func_operand(made)


def _type_named(op: Operand) -> W_Type:
    if op.w_T is b.W_NONE:
        return b.W_NONE
    if op.w_T is not b.W_TYPE or not op.known:
        raise errors.expected_type(op)
    w_T: W_Type = op.val
    return w_T
