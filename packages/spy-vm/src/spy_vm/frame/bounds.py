"""Bounds of type parameters: `T: Base` and `T: (int, str)`, checked for each type argument."""

from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type


def check_bounds(frame: Frame, w_func: W_ASTFunc, args: dict[str, Operand]) -> None:
    """Refuse type arguments that are not what the parameters of the generic `w_func` allow."""
    written = {p.name: p.bound for p in w_func.definition.type_params if p.bound is not None}
    for param in w_func.params:
        if param.name in written:
            choices = _choices(frame, written[param.name])
        elif param.name in w_func.type_variables:
            choices = list(w_func.type_variables[param.name].choices)
        else:
            continue
        arg = args[param.name]
        if not choices or (arg.w_T is b.W_TYPE and any(_allows(w_choice, arg.val) for w_choice in choices)):
            continue
        shown = arg.val.display if isinstance(arg.val, W_Type) else repr(arg.val)
        allowed = " or ".join(f"`{w_T.display}`" for w_T in choices)
        raise errors.fault(
            "VM126",
            f"`{shown}` cannot be the type argument `{param.name}` of `{w_func.definition.name}`",
            (arg.loc, f"expected {allowed}"),
            (param.loc, "because of this bound"),
        )


def _choices(frame: Frame, bound: n.Expr) -> list[W_Type]:
    elts = bound.elts if isinstance(bound, n.Tuple) else (bound,)
    return [frame.eval_type(elt) for elt in elts]


def _allows(w_bound: W_Type, w_T: W_Type) -> bool:
    return w_bound in (b.W_OBJECT, b.W_DYNAMIC) or w_T.is_subtype(w_bound)
