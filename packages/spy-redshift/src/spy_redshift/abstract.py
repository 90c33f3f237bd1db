"""Static types for the evaluator: what a branch not taken, or an assignment not run yet, would have been."""

from collections.abc import Mapping

from spy_types.loc import Loc
from spy_vm.frame.sequences import sequence_type
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import UNKNOWN, Operand
from spy_vm.objects.types import W_Type
from spy_vm.registry.registry import Registry

from spy_redshift import errors
from spy_redshift.specialiser import FunctionFrame, Specialiser


def install(world: Registry) -> None:  # noqa: C901  # one case after another
    """Let the evaluator of `world` ask for static types."""
    if world.abstract is not None:
        return
    known: dict[W_ASTFunc, Mapping[str, W_Type]] = {}
    inferring: set[W_ASTFunc] = set()
    cyclic: set[W_ASTFunc] = set()

    def abstract(frame: Frame) -> Frame:
        return mirror(Specialiser(world, "lazy"), frame)

    def infer_locals(w_func: W_ASTFunc) -> Mapping[str, W_Type]:
        if w_func not in known:
            known[w_func] = {}  # what is asked while it is being found
            known[w_func] = local_types(world, w_func)
        return known[w_func]

    def infer_result(w_func: W_ASTFunc, loc: Loc | None) -> W_Type | None:
        if w_func in inferring:
            cyclic.add(w_func)
            return None
        inferring.add(w_func)
        try:
            w_T = result_type(world, w_func)
        finally:
            inferring.discard(w_func)
        if w_T is None and w_func in cyclic:
            raise errors.endless_inference(w_func.node.name, loc, w_func.loc)
        return w_T

    def look_at(w_func: W_ASTFunc) -> None:
        walk(Specialiser(world), w_func)

    world.infer_result = infer_result
    optionals: dict[W_ASTFunc, Mapping[str, W_Type]] = {}

    def infer_optionals(w_func: W_ASTFunc) -> Mapping[str, W_Type]:
        if w_func not in optionals:
            optionals[w_func] = optional_types(world, w_func)
        return optionals[w_func]

    world.infer_optionals = infer_optionals
    world.abstract = abstract
    world.look_at = look_at
    world.infer_locals = infer_locals


def mirror(spec: Specialiser, frame: Frame) -> FunctionFrame:
    """Return a specialising frame that sees the locals of `frame` as red, unless they are blue."""
    result = FunctionFrame(
        spec,
        frame.world,
        frame.module,
        frame.scope,
        frame.parent,
        frame.ns,
        blue_frame=False,
        w_func=frame.w_func,
    )
    for name, op in frame.locals.items():
        result.locals[name] = op if op.blue else Operand(op.w_T, UNKNOWN, False, op.loc, None, op.declared)
        result.declared[name] = frame.declared.get(name, (op.w_T, op.loc))
        result.assigned.add(name)
    for op in frame.locals.values():
        if op.pending is not None:
            result.holes[op.pending] = (result.out, 0)
    result.narrowed, result.seen = dict(frame.narrowed), dict(frame.seen)
    if frame.scope.kind == "comprehension" and isinstance(frame.parent, Frame):
        result.parent = result.host = mirror(spec, frame.parent)
    return result


def result_type(world: Registry, w_func: W_ASTFunc) -> W_Type | None:
    """Return the type in which all results of `w_func` meet, which says no type for them.

    None if an error keeps them from being known.
    """
    spec = Specialiser(world, "lazy")
    frame = walk(spec, w_func)
    if w_func.generator:
        return None if spec.deferred and not frame.yielded else _generator_type(frame, w_func)
    if not frame.returned:
        return None if spec.deferred else b.W_NONE
    if all(op.w_T is b.W_FUNCTION for op in frame.returned) and len(frame.returned) == 1:
        return b.W_FUNCTION  # a function that its caller will know
    return frame.common_type(frame.returned, f"results of `{w_func.node.name}`")


def local_types(world: Registry, w_func: W_ASTFunc) -> dict[str, W_Type]:
    """Return the static types of the locals of `w_func`."""
    frame = walk(Specialiser(world, "lazy"), w_func)
    return {name: w_T for name, (w_T, _) in frame.declared.items()}


def optional_types(world: Registry, w_func: W_ASTFunc) -> dict[str, W_Type]:
    """Return what else the locals of `w_func` get whose first value is None."""
    frame = Specialiser(world, "eager").frame_for(w_func)
    frame.optionals = {}
    frame.bind_parameters(w_func)
    frame.declare_classes(w_func.node.body)
    frame.exec_block(w_func.node.body)
    return {name: types[0] for name, types in frame.optionals.items() if types}


def walk(spec: Specialiser, w_func: W_ASTFunc) -> FunctionFrame:
    """Return a frame that has seen the body of `w_func`; its code goes nowhere."""
    frame = spec.frame_for(w_func)
    frame.inferring = True
    frame.bind_parameters(w_func)
    _stand_for_variadic(frame, w_func)
    frame.declare_classes(w_func.node.body)
    frame.exec_block(w_func.node.body)
    return frame


def _stand_for_variadic(frame: FunctionFrame, w_func: W_ASTFunc) -> None:
    """Let `*args: T` of a function that was not called yet stand for any number of items."""
    for param in w_func.params:
        if param.kind == "vararg" and param.w_T is not None:
            w_T = sequence_type(frame, param.w_T, param.loc)
            frame.declared[param.name] = (w_T, param.loc)
            frame.locals[param.name] = Operand(w_T, UNKNOWN, False, param.loc, None, param.loc)


def _generator_type(frame: FunctionFrame, w_func: W_ASTFunc) -> W_Type:
    """Return the type of the generators of a function that was walked."""
    name, loc = w_func.node.name, frame.loc(w_func.node.name_span)
    yielded, returned = frame.yielded, frame.returned
    w_item = frame.common_type(yielded, f"items of `{name}`") if yielded else b.W_NONE
    w_result = frame.common_type(returned, f"results of `{name}`") if returned else b.W_NONE
    return frame.generator_type(w_item, b.W_NONE, w_result, loc)
