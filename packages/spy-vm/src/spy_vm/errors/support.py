"""What the language has and this implementation does not."""

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault


def unsupported(what: str, loc: Loc | None, hint: str | None = None) -> SpyError:
    return fault(
        "VM023", f"not supported yet: {what}", (loc, "this is not supported"), hint=hint, etype="WIP"
    )
