"""Bounds of type parameters: `T: Base` and `T: (int, str)`, checked for each type argument."""

from collections.abc import Sequence

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type


def check_bounds(
    frame: Frame, type_params: Sequence[n.TypeParam], args: dict[str, Operand], name: str
) -> None:
    """Refuse type arguments that are not what the parameters of the generic `name` allow."""
    for param in type_params:
        if param.bound is None:
            continue
        choices = _choices(frame, param.bound)
        arg = args[param.name]
        if arg.w_T is b.W_TYPE and any(_allows(w_choice, arg.val) for w_choice in choices):
            continue
        shown = arg.val.display if isinstance(arg.val, W_Type) else repr(arg.val)
        raise _outside(name, param, shown, choices, frame.loc(param.span), arg.loc)


def _choices(frame: Frame, bound: n.Expr) -> list[W_Type]:
    elts = bound.elts if isinstance(bound, n.Tuple) else (bound,)
    return [frame.eval_type(elt) for elt in elts]


def _allows(w_bound: W_Type, w_T: W_Type) -> bool:
    return w_bound in (b.W_OBJECT, b.W_DYNAMIC) or w_T.is_subtype(w_bound)


def _outside(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    name: str, param: n.TypeParam, shown: str, choices: list[W_Type], declared: Loc, loc: Loc | None
) -> Exception:
    allowed = " or ".join(f"`{w_T.display}`" for w_T in choices)
    return errors.fault(
        "VM126",
        f"`{shown}` cannot be the type argument `{param.name}` of `{name}`",
        (loc, f"expected {allowed}"),
        (declared, "because of this bound"),
    )
