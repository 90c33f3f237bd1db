"""What becomes of a class body when it has run."""

from spy_types.prims.table import ERROR
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.linearise import linearise
from spy_vm.objects.operand import Operand, blue

MARKERS = ("typing::Protocol",)


def inherit(frame: Frame, stmt: n.ClassDef, w_C: W_ClassType) -> None:
    """Give `w_C` its bases."""
    loc = frame.loc(stmt.name_span)
    bases = [frame.eval(base) for base in stmt.bases]
    bases = [op for op in bases if op.val is not b.W_OBJECT]
    w_C.bases = tuple(dict.fromkeys(_base(frame, op) for op in bases))
    w_C.exception = next(filter(None, map(_exception, bases)), None)
    order = linearise(w_C, [w_base.mro for w_base in w_C.bases], w_C.bases)
    if order is None:
        raise errors.no_order_of_bases(w_C, loc)
    w_C.mro = order
    for w_base in order[1:]:
        w_base.subclasses.append(w_C)
    w_C.is_protocol = any(w_base.fqn in MARKERS for w_base in w_C.bases)


def _exception(op: Operand) -> str | None:
    """Return the builtin exception type that a base is, or derives from."""
    if op.w_T is b.W_EXCEPTION_TYPE:
        return str(op.val)
    return op.val.exception if isinstance(op.val, W_ClassType) else None


def _base(frame: Frame, op: Operand) -> W_ClassType:
    if op.w_T is b.W_EXCEPTION_TYPE and op.known:
        w_error: W_ClassType = frame.world.lookup_target(ERROR, op.loc).val
        return w_error
    if op.w_T is not b.W_TYPE or not isinstance(op.val, W_ClassType):
        raise errors.bad_base(op)
    w_base = op.val
    if w_base.state == "declared":
        raise errors.base_not_defined(w_base, op.loc)
    return w_base


def finish_class(w_C: W_ClassType, body: Frame) -> None:
    """Define `w_C` from the frame in which its body ran."""
    w_C.own_fields = dict(body.class_fields or {})
    w_C.own_locs = body.field_locs
    w_C.attrs.update(body.locals)
    w_C.own_defaults = {name: body.locals[name] for name in w_C.own_fields if name in body.locals}
    if w_C.exception is not None:
        w_C.own_defaults["_lineage"] = blue(b.W_STR, w_C.lineage)
    w_C.state = "defined"
