"""Calling metafunctions: operands in, OpSpec out."""

from typing import TYPE_CHECKING

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import OpSpec
from spy_vm.objects.operand import Operand, blue

if TYPE_CHECKING:
    from spy_vm.frame.frame import Frame


def call_metafunc(
    frame: "Frame", w_func: W_Func, args: list[Operand], loc: Loc | None, kwargs: dict[str, Operand] | None = None
) -> OpSpec:
    """Call `w_func` with `args` as MetaArgs and return its OpSpec."""
    metas = [blue(b.W_META_ARG, arg, arg.loc) for arg in args]
    keywords = {name: blue(b.W_META_ARG, arg, arg.loc) for name, arg in (kwargs or {}).items()}
    result = frame.call_blue(w_func, metas, loc, keywords, cache=False)
    if result.w_T is not b.W_OP_SPEC:
        raise errors.bad_metafunc_result(result.w_T.display, loc, w_func.loc)
    spec: OpSpec = result.val
    return spec
