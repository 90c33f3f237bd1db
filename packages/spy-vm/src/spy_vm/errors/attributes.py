"""Attributes and methods that are not there, or not writable."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault, this_is
from spy_vm.objects.operand import Operand


def no_attribute(obj: Operand, name: str, close: str | None = None) -> SpyError:
    return fault(
        "VM004",
        f"type `{obj.w_T.display}` has no attribute '{name}'",
        this_is(obj),
        (obj.declared, "its type comes from here"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def no_method(obj: Operand, name: str, close: str | None = None) -> SpyError:
    return fault(
        "VM005",
        f"method `{obj.w_T.display}::{name}` does not exist",
        this_is(obj),
        (obj.declared, "its type comes from here"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def no_module_attribute(module: str, name: str, loc: Loc | None, close: str | None = None) -> SpyError:
    return fault(
        "VM006",
        f"module `{module}` has no attribute '{name}'",
        (loc, "not found in this module"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def cannot_set_attribute(obj: Operand, name: str, loc: Loc | None, hint: str | None = None) -> SpyError:
    return fault(
        "VM007",
        f"type `{obj.w_T.display}` does not support assignment to attribute '{name}'",
        (loc or obj.loc, f"this is `{obj.w_T.display}`"),
        hint=hint,
    )


def cannot_delete_attribute(obj: Operand, name: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM059",
        f"type `{obj.w_T.display}` does not support deletion of attribute '{name}'",
        (loc or obj.loc, f"this is `{obj.w_T.display}`"),
        hint="the fields are part of the type; `__delattr__` or a descriptor can say what it means",
    )
