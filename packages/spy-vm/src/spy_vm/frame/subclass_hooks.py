"""What a base may do with each class that derives from it: `__init_subclass__`, with the keywords given."""

from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import descriptors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import Operand, blue

HOOK = "__init_subclass__"


def announce_class(frame: Frame, stmt: n.ClassDef, w_C: W_ClassType) -> None:
    """Tell the attributes of a new class their names, and the nearest base that asked, of the class."""
    loc = frame.loc(stmt.name_span)
    descriptors.announce(frame, w_C, loc)
    keywords = _keywords(frame, stmt)
    hook = next((w_B.attrs[HOOK] for w_B in w_C.mro[1:] if HOOK in w_B.attrs), None)
    if hook is None:
        for name, given in keywords.items():
            label = f"no base of `{w_C.display}` has `{HOOK}` to take it"
            raise errors.fault(
                "VM011", f"unexpected keyword argument '{name}' of a class", (given.loc, label)
            )
        return
    w_func = hook.val.w_func if isinstance(hook.val, Descriptor) else hook.val
    assert isinstance(w_func, W_Func)
    frame.discard(frame.call_func(w_func, [blue(b.W_TYPE, w_C, loc)], loc, keywords))


def _keywords(frame: Frame, stmt: n.ClassDef) -> dict[str, Operand]:
    keywords: dict[str, Operand] = {}
    for keyword in stmt.keywords:
        loc = frame.loc(keyword.span)
        if keyword.arg is None:
            raise errors.unsupported("`**` in a class statement", loc)
        if keyword.arg == "metaclass":
            mend = f"`{HOOK}` of a base, or a class decorator, can do what it does"
            raise errors.unsupported("`metaclass=`", loc, mend)
        keywords[keyword.arg] = frame.eval(keyword.value)
    return keywords
