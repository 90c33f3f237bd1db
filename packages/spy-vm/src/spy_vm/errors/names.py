"""Names that mean nothing, or may not be bound."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault


def name_not_defined(name: str, loc: Loc | None, close: str | None) -> SpyError:
    return fault(
        "VM013",
        f"name `{name}` is not defined",
        (loc, "not found in this scope"),
        hint=f"did you mean `{close}`?" if close else None,
        etype="NameError",
    )


def not_assigned_yet(name: str, loc: Loc | None, declared: Loc | None) -> SpyError:
    return fault(
        "VM014",
        f"local variable `{name}` is read before anything is assigned to it",
        (loc, "it has no value here"),
        (declared, "it is first assigned here"),
        etype="UnboundLocalError",
    )


def invalid_assignment(
    name: str, loc: Loc | None, declared: Loc | None, origin: str, hint: str | None
) -> SpyError:
    return fault(
        "VM015",
        "invalid assignment target",
        (loc, f"{name} is const"),
        (declared, f"const declared here ({origin})"),
        hint=hint,
    )


def already_declared(name: str, loc: Loc | None, previous: Loc | None) -> SpyError:
    return fault(
        "VM031",
        f"variable `{name}` already declared",
        (loc, "this is the new declaration"),
        (previous, "this is the previous declaration"),
        etype="ScopeError",
    )


def frozen(what: str, loc: Loc | None, declared: Loc | None, hint: str) -> SpyError:
    return fault(
        "VM028",
        f"{what} cannot change at run time: it is frozen after import time",
        (loc, "this would change it"),
        (declared, "declared here"),
        hint=hint,
    )
