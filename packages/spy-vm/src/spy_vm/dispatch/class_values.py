"""Class attributes that are plain values, read through objects: a subclass may give them another value.

class Base:          obj.kind, where obj is a Base, is what the class of the object has. Unless a subclass
    kind = "base"    overrides it, that is a constant; else a function that returns it is called virtually.
"""

from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope, Symbol

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import Operand, blue

VALUE = "value"
SCOPE_ID = -101


def read_class_value(frame: Frame, obj: Operand, name: str, attr: Operand, loc: Loc | None) -> Operand:
    """Return `obj.name`, where the static class of `obj` has the value `attr` under `name`."""
    w_C = obj.w_T
    assert isinstance(w_C, W_ClassType)
    overriding = [w_D for w_D in descendants(frame, w_C) if name in w_D.attrs]
    if not overriding:
        return attr.at(loc)
    if attr.w_T in b.BLUE_ONLY:
        raise errors.unsupported(
            f"reading `{name}` of an object whose class may override it",
            loc,
            f"a `{attr.w_T.display}` exists before run time only: ask the class",
        )
    owner = next(w_D for w_D in w_C.mro if name in w_D.attrs)
    for w_D in (owner, *overriding):
        if isinstance(w_D.attrs[name].val, (Descriptor, W_Func)):
            what = f"a value `{name}` of a class that `{w_D.display}` overrides with something else"
            raise errors.unsupported(what, loc, "make it a property in both classes")
        if name not in w_D.getters:
            w_D.getters[name] = _getter(frame, w_D, name, loc)
    return frame.call_virtual(owner.getters[name], obj, name, [], {}, loc, "value")


def descendants(frame: Frame, w_C: W_ClassType) -> list[W_ClassType]:
    """Return the classes that derive from `w_C`."""
    if not w_C.is_base:
        return []
    classes = [w_T for w_T in frame.world.types.values() if isinstance(w_T, W_ClassType)]
    return [w_T for w_T in classes if w_T is not w_C and w_C in w_T.mro]


def _getter(frame: Frame, w_C: W_ClassType, name: str, loc: Loc | None) -> W_ASTFunc:
    """Return a function that returns the value that `w_C` has under `name`."""
    value = w_C.attrs[name]
    place = w_C.loc or loc or frame.loc_unknown()
    span = Span(place.line, place.col, place.end_line, place.end_col)
    symbols = {key: Symbol(key, SCOPE_ID, "param", "const", span) for key in ("self", VALUE)}
    empty = n.Parameters(span, (), (), None, (), None)
    body = (n.Return(span, n.Name(span, VALUE)),)
    node = n.FunctionDef(span, name, span, (), empty, None, body, (), False, None, SCOPE_ID)
    fqn = frame.world.unique_fqn(f"{w_C.fqn}::__get_{name}__")
    w_func = W_ASTFunc(fqn, [Param("self", w_C, "normal", None, place)], value.w_T, node, frame.module, frame)
    w_func.loc, w_func.scope, w_func.w_owner = place, Scope(SCOPE_ID, "function", name, 0, symbols), w_C
    w_func.preset = {VALUE: blue(value.w_T, value.val, value.loc)}
    return w_func
