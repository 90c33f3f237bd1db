"""What becomes of a class body when it has run."""

from spy_vm.interface.frame import Frame
from spy_vm.objects.classes import W_ClassType


def finish_class(w_C: W_ClassType, body: Frame) -> None:
    """Define `w_C` from the frame in which its body ran."""
    w_C.own_fields = dict(body.class_fields or {})
    w_C.field_locs = body.field_locs
    w_C.attrs.update(body.locals)
    w_C.defaults = {name: body.locals[name] for name in w_C.own_fields if name in body.locals}
    w_C.state = "defined"
