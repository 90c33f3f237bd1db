"""Calling metafunctions: operands in, OpSpec out.

Answers are remembered by types, colours and blue values.
"""

from typing import Any

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch import blue_cache
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import OpSpec
from spy_vm.objects.operand import Operand, blue

Template = list[int | Operand]  # an argument: the position of an operand, or a constant


def call_metafunc(
    frame: Frame,
    w_func: W_Func,
    args: list[Operand],
    loc: Loc | None,
    kwargs: dict[str, Operand] | None = None,
) -> OpSpec:
    """Call `w_func` with `args` and `kwargs` as MetaArgs and return its OpSpec."""
    ops = [*args, *(kwargs or {}).values()]
    key = _key(w_func, ops, tuple(kwargs or ()))
    known: tuple[OpSpec, Template | None] | None = frame.world.answers.get(key) if key is not None else None
    if known is not None:
        spec, template = known
        return (
            spec
            if template is None
            else OpSpec(spec.w_func, [ops[t] if isinstance(t, int) else t for t in template])
        )
    spec = _ask(frame, w_func, args, loc, kwargs)
    template = _template(spec, ops)
    if key is not None and (spec.args is None or template is not None):
        frame.world.answers[key] = (spec, template)
    return spec


def _ask(
    frame: Frame, w_func: W_Func, args: list[Operand], loc: Loc | None, kwargs: dict[str, Operand] | None
) -> OpSpec:
    metas = [blue(b.W_META_ARG, arg, arg.loc) for arg in args]
    named = {name: blue(b.W_META_ARG, arg, arg.loc) for name, arg in (kwargs or {}).items()}
    steps = frame.world.steps
    if not frame.blue_frame:
        frame.world.askers.append(frame)
    try:
        result = frame.call_blue(w_func, metas, loc, named, cache=False)
    finally:
        if not frame.blue_frame:
            frame.world.askers.pop()
    if frame.engine == "eval" and not frame.blue_frame:
        frame.world.steps = steps  # the program runs: that is not blue code running away
    if result.w_T is not b.W_OP_SPEC:
        raise errors.bad_metafunc_result(result.w_T.display, loc, w_func.loc)
    spec: OpSpec = result.val
    return spec


def _key(w_func: W_Func, ops: list[Operand], names: tuple[str, ...]) -> Any:
    keys = []
    for op in ops:
        value = blue_cache.value_key(op.val) if op.blue else None
        if op.blue and value is None and op.val is not None:
            return None
        keys.append((op.w_T, op.blue, value))
    return (w_func, names, tuple(keys))


def _template(spec: OpSpec, ops: list[Operand]) -> Template | None:
    if spec.args is None:
        return None
    template: Template = []
    for arg in spec.args:
        position = next((i for i, op in enumerate(ops) if op is arg), None)
        if position is None and not arg.blue:
            return None
        template.append(arg if position is None else position)
    return template
