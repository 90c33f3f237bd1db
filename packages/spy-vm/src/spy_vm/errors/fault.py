"""The form of every fault: code, title, places, hint."""

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc

from spy_vm.objects.operand import Operand


def fault(
    code: str, title: str, *labels: tuple[Loc | None, str], hint: str | None = None, etype: str = "TypeError"
) -> SpyError:
    """Return the error of a fault with its places; places that nobody knows are left out."""
    return SpyError(
        Diagnostic(code, title, [Label(loc, text) for loc, text in labels if loc is not None], hint, etype)
    )


def this_is(op: Operand) -> tuple[Loc | None, str]:
    """Return the place of an operand and the type that it has there."""
    return op.loc, f"this is `{op.w_T.display}`"
