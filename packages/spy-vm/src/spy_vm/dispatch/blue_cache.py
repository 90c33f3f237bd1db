"""Keys of the blue cache.

Results are remembered by function and by the exact type and value of each argument.
"""

from typing import Any, final

from spy_vm.memory import Dyn, Ptr
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand


@final
class _Same:
    """An object as a key by identity; a key keeps it alive, so that no other one gets its identity."""

    __slots__ = ("val",)

    def __init__(self, val: Any) -> None:
        self.val = val

    def __hash__(self) -> int:
        return id(self.val)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.val is other.val


class _NoKey(Exception):
    """An argument that cannot be remembered."""


def key(w_func: W_Func, args: list[Operand]) -> Any:
    """Return the key of a call, or None when it must run each time. `True`, `1`, `1.0` and `-0.0` differ."""
    try:
        return (w_func, tuple((arg.w_T, _value_key(arg.val)) for arg in args))
    except _NoKey:
        return None


def value_key(val: Any) -> Any:
    """Return the key of one value, or None when it has none."""
    try:
        return _value_key(val)
    except _NoKey:
        return None


def _value_key(val: Any) -> Any:  # noqa: PLR0911  # one case after another
    match val:
        case float():
            return ("float", val.hex())
        case complex():
            return ("complex", val.real.hex(), val.imag.hex())
        case None | bool() | int() | str() | bytes():
            return (type(val), val)
        case tuple():
            return tuple(_value_key(item) for item in val)
        case BlueList():
            return tuple((item.w_T, _value_key(item.val)) for item in val.items)
        case BlueDict():
            return tuple((k, v.w_T, _value_key(v.val)) for k, (_, v) in val.items.items())
        case Ptr():
            return ("ptr", _Same(val.block), val.off)
        case Dyn():
            return ("dyn", val.t, _value_key(val.value))
        case Operand():
            raise _NoKey
        case _:
            return ("object", _Same(val))
