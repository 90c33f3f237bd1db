"""The fields of a class: those that its body declares, and those that its `__init__` assigns."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.registry.registry import Registry


def complete_class(world: Registry, w_C: W_Type) -> None:
    """Find the types of the fields that `__init__` assigns, by a look at its body.

    This waits for the first use: the body may call what is defined after the class.
    """
    if not isinstance(w_C, W_ClassType) or w_C.state != "defined":
        return
    w_init = world.method(w_C, "__init__")
    if isinstance(w_init, W_ASTFunc) and w_init.w_owner is w_C and world.look_at is not None:
        w_C.state = "inferring"
        world.look_at(w_init)
    w_C.state = "complete"


def is_initialiser(w_func: W_ASTFunc | None, w_C: W_ClassType) -> bool:
    """Whether `w_func` may add fields to `w_C`: it is its `__init__`, looked at for the first time."""
    return (
        w_C.state == "inferring"
        and w_func is not None
        and w_func.w_owner is w_C
        and w_func.node.name == "__init__"
    )


def note_field(frame: Frame, w_C: W_ClassType, name: str, value: Operand, loc: Loc | None) -> None:
    """Add the field that `self.name = value` makes."""
    if value.w_T in (b.W_EMPTY_LIST, b.W_EMPTY_DICT):
        raise errors.untyped_empty("[]" if value.w_T is b.W_EMPTY_LIST else "{}", value.loc)
    value = frame.concrete(value, loc or frame.loc_unknown())
    w_C.own_fields[name] = value.w_T
    if loc is not None:
        w_C.field_locs[name] = loc
