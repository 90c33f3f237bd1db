"""The text of objects whose class has none, but some class below it has: the defaults of `object`."""

from collections.abc import Iterator

from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.structs import add_method


def add_default_text(outer: Frame, w_C: W_ClassType) -> None:
    """Give `w_C` what its subclasses override: `__repr__`, and `__str__`, which is `repr(self)`."""
    loc = w_C.loc or Loc(outer.file, 1, 1, 1, 1)
    span = Span(loc.line, loc.col, loc.end_line, loc.end_col)
    below = {name for w_sub in _below(w_C) for name in ("__repr__", "__str__") if name in w_sub.attrs}
    if "__repr__" in below and w_C.lookup("__repr__") is None:
        shown = n.StrLit(span, opaque_object(w_C))
        add_method(outer, w_C, "__repr__", ["self"], b.W_STR, shown, loc)
    if "__str__" in below and w_C.lookup("__str__") is None:
        shown_by_repr = n.Call(span, n.Name(span, "repr"), (n.Name(span, "self"),), ())
        add_method(outer, w_C, "__str__", ["self"], b.W_STR, shown_by_repr, loc)


def opaque_object(w_C: W_ClassType) -> str:
    """Return what an object without any text of its own shows."""
    return f"<{w_C.display.replace('::', '.')} object>"


def _below(w_C: W_ClassType) -> Iterator[W_ClassType]:
    for w_sub in w_C.subclasses:
        yield w_sub
        yield from _below(w_sub)
