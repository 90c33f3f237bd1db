"""Faults of `raise` and `except`. Codes VM070-VM079."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault
from spy_vm.objects.operand import Operand


def not_an_exception_type(op: Operand) -> SpyError:
    return fault(
        "VM070",
        "catching classes that do not inherit from BaseException is not allowed",
        (op.loc, f"this is `{op.w_T.display}`"),
        hint="name exception types, as in `except ValueError:` or `except (ValueError, KeyError):`",
    )


def not_a_context_manager(op: Operand) -> SpyError:
    return fault(
        "VM072",
        f"'{op.w_T.display}' object does not support the context manager protocol",
        (op.loc, "this is entered"),
        hint="give it the methods `__enter__(self)` and `__exit__(self, exc_type, exc, traceback)`",
    )


def nothing_to_raise(loc: Loc) -> SpyError:
    return fault(
        "VM071",
        "there is no exception to raise again",
        (loc, "`raise` without an exception stands in an `except` block"),
        hint="name the exception: `raise ValueError(...)`",
        etype="RuntimeError",
    )
