"""Values that may be of several types, used as if they were of one."""

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_UnionType


def not_for_member(op: Operand, w_member: W_Type, cause: SpyError) -> SpyError:
    """Return what is wrong with doing something to a union that one member refuses, as `cause` says."""
    inner = cause.diagnostic
    name = member_name(w_member)
    assert isinstance(op.w_T, W_UnionType)
    if inner.code == "VM130":
        return cause
    return SpyError(
        Diagnostic(
            "VM130",
            f"this may be `{name}` here: {inner.title}",
            [
                Label(op.loc, f"this is `{op.w_T.display}`"),
                *([Label(op.declared, "its type comes from here")] if op.declared else []),
                *(label for label in inner.labels if label.loc not in (op.loc, op.declared)),
            ]
            if op.loc is not None
            else list(inner.labels),
            how_to_exclude(op.w_T, w_member),
            inner.etype,
        )
    )


def too_many_patterns(kind: str, accepted: int, given: int, loc: Loc | None) -> SpyError:
    plural = "" if accepted == 1 else "s"
    return fault(
        "VM131",
        f"{kind}() accepts {accepted} positional sub-pattern{plural} ({given} given)",
        (loc, "in this pattern"),
        hint="name the attribute, as in `Point(x=0)`, or give the class `__match_args__`",
    )


def uncovered(missing: list[str], loc: Loc | None, w_func: W_Func) -> SpyError:
    shown = ", ".join(f"`{name}`" for name in missing)
    return fault(
        "VM132",
        f"no case for {shown}",
        (loc, "not all values of this are matched"),
        (w_func.loc, "the function would end without a result"),
        hint="add the cases that are missing, or `case _:`",
    )


def how_to_narrow(w_U: W_UnionType, w_T: W_Type) -> str:
    """Return how to find out that a `w_U` is a `w_T`."""
    if w_U.optional and len(w_U.members) == 2:
        return "it may be None: test it first, as in `if x is not None:`"
    return f"find out first which one it is, as in `if isinstance(x, {short(w_T)}):`"


def how_to_exclude(w_U: W_UnionType, w_member: W_Type) -> str:
    """Return how to find out that a `w_U` is no `w_member`."""
    if member_name(w_member) == "None":
        return "test it first, as in `if x is not None:`"
    return f"find out first which one it is, as in `if isinstance(x, {short(w_member)}):`"


def member_name(w_T: W_Type) -> str:
    """Return the name of a member of a union in messages."""
    return "None" if w_T.fqn == "None" else w_T.display


def short(w_T: W_Type) -> str:
    """Return the name that a user writes for `w_T`."""
    return {"i32": "int", "f64": "float"}.get(w_T.fqn, w_T.display.rpartition("::")[2])
