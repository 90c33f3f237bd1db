"""Calls of functions with `*args`: a variant of the function per tuple type."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch.binding import Bound
from spy_vm.dispatch.convert import convert
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.operand import Operand, W_Type


def fit_variadic(frame: Frame, w_func: W_Func, bound: Bound, loc: Loc | None) -> tuple[W_Func, list[Operand]]:
    """Turn `*args` into one tuple parameter.

    Return the function that takes it, and all arguments in order.
    """
    used = []
    variadic = None
    for param in w_func.params:
        if param.kind == "vararg":
            items = [_single(frame, _converted(frame, arg, param)) for arg in bound.varargs]
            variadic = frame.make_tuple(items, loc)
            used.append(variadic)
        elif param.kind == "kwarg":
            raise errors.unsupported("**kwargs in a red function", w_func.loc)
        else:
            used.append(bound.args[param.name])
    if variadic is not None:
        assert isinstance(w_func, W_ASTFunc)
        w_func = _variant(frame, w_func, variadic.w_T)
    return w_func, used


def _converted(frame: Frame, arg: Operand, param: Param) -> Operand:
    if param.w_T is None:
        return arg
    return convert(frame, arg, param.w_T, param.loc, f"the parameter `*{param.name}`")


def _single(frame: Frame, op: Operand) -> Operand:
    """What exists early only goes through `*args` as a type of its own."""
    early = op.known and (op.w_T in b.BLUE_ONLY or isinstance(op.val, W_Func))
    if early and op.w_T is not b.W_INT_LITERAL:
        return Operand(frame.world.single_type(op), None, op.blue, op.loc)
    return op


def _variant(frame: Frame, w_func: W_ASTFunc, w_tuple: W_Type) -> W_ASTFunc:
    """Return `w_func` with its `*args` fixed to a tuple type."""
    if w_tuple not in w_func.variants:
        params = [
            Param(p.name, w_tuple, "normal", None, p.loc) if p.kind == "vararg" else p for p in w_func.params
        ]
        inner = ", ".join(getattr(a, "fqn", str(a)) for a in w_tuple.origin_args)
        w_func.variants[w_tuple] = w_func.copy(frame.world.unique_fqn(f"{w_func.fqn}[{inner}]"), params)
    return w_func.variants[w_tuple]
