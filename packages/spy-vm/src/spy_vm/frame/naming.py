"""Names of what blue calls make: FQNs for the program, displays for users."""

from collections.abc import Iterable
from typing import Any

from spy_vm.interface.frame import Frame
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.meta import BlueList
from spy_vm.objects.operand import Operand, W_Type

LONGEST = 40  # of a value that is shown


def human(frame: Frame, fqn: str) -> str:
    """Return an FQN as users read it: builtins without their module."""
    return frame.world.human_names.get(fqn, fqn)


def short_name(w_T: W_Type) -> str:
    """Return the name of `w_T` without its module: `list[i32]`."""
    head, bracket, rest = w_T.display.partition("[")
    return head.rpartition("::")[2] + bracket + rest


def blue_namespace(w_func: W_ASTFunc, args: list[Operand]) -> str:
    """Return the FQN under which a blue call defines things: qualified by its type arguments."""
    types = [value for op in args for value in argument_values(op) if isinstance(value, W_Type)]
    return f"{w_func.fqn}[{', '.join(w_T.fqn for w_T in types)}]" if types else w_func.fqn


def argument_values(op: Operand) -> list[Any]:
    """Return the value of an argument of a generic; of `*args`, each value."""
    return [item.val for item in op.val.items] if isinstance(op.val, BlueList) else [op.val]


def arg_name(value: Any) -> str:
    """Return an argument of a generic as users read it."""
    return value.display if isinstance(value, W_Type) else repr(value)


def shown_call(w_func: W_ASTFunc, args: Iterable[Operand]) -> str:
    """Return a blue call as users read it: `Vec[i32, 3]`, `check(20)`, `__add__(red Meter, blue 5)`."""
    opening, closing = "[]" if w_func.kind == "generic" else "()"
    shown = ", ".join(_shown(item) for op in args for item in _spread(op))
    return f"{w_func.definition.name}{opening}{shown}{closing}"


def _spread(op: Operand) -> list[Operand]:
    return list(op.val.items) if isinstance(op.val, BlueList) else [op]


def _shown(op: Operand) -> str:
    match op.val:
        case W_Type():
            return short_name(op.val)
        case W_Func():
            return op.val.display.rpartition("::")[2]
        case Operand() as meta:
            return f"blue {_shown(meta)}" if meta.blue else f"red {short_name(meta.w_T)}"
        case None | bool() | int() | float() | complex() | str() | bytes():
            text = repr(op.val)
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
        case _:
            return short_name(op.w_T)
