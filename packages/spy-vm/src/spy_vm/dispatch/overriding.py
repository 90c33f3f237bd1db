"""Whether a method fits the one that it overrides: it takes at least as much, and gives nothing else."""

from spy_types.errors import SpyError

from spy_vm import errors
from spy_vm.dispatch.other_operand import BINARY
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import Param, W_ASTFunc
from spy_vm.objects.operand import W_Type
from spy_vm.objects.types import W_UnionType

FREE = frozenset(("__init__", "__new__", "__init_subclass__", "__post_init__"))  # not called through a base


def faults_of_class(w_C: W_ClassType) -> list[SpyError]:
    """Return what is wrong with the methods that `w_C` defines anew."""
    found = []
    for name, attr in w_C.attrs.items():
        w_func = attr.val
        if name in FREE or name in BINARY or not isinstance(w_func, W_ASTFunc) or w_func.color == "blue":
            continue
        for w_base in w_C.mro[1:]:
            overridden = w_base.attrs.get(name)
            if overridden is not None and isinstance(overridden.val, W_ASTFunc):
                fault = override_fault(w_func, overridden.val, w_base)
                found += [fault] if fault is not None else []
                break
    return found


def override_fault(w_func: W_ASTFunc, w_base: W_ASTFunc, w_owner: W_ClassType) -> SpyError | None:
    """Return why `w_func` cannot stand for `w_base`, or None if it can."""
    what = _difference(w_func, w_base)
    return None if what is None else errors.incompatible_override(w_func, w_base, what, w_owner.display)


def _difference(w_func: W_ASTFunc, w_base: W_ASTFunc) -> str | None:  # noqa: PLR0911  # one case after another
    own, wanted = _positional(w_func), _positional(w_base)
    if any(p.kind in ("vararg", "kwarg") for p in (*w_func.params, *w_base.params)):
        return None
    if len(own) < len(wanted):
        return f"it takes {len(own) - 1} arguments, not {len(wanted) - 1}"
    extra = [p for p in own[len(wanted) :] if p.default is None]
    if extra:
        return f"it needs one more argument, `{extra[0].name}`"
    for mine, theirs in list(zip(own, wanted, strict=False))[1:]:
        if mine.w_T is not None and theirs.w_T is not None and not fits(theirs.w_T, mine.w_T):
            return f"it takes a `{mine.w_T.display}`, not a `{theirs.w_T.display}`"
        if theirs.default is not None and mine.default is None:
            return f"its argument `{mine.name}` has no default"
    if w_func.w_result is None or w_base.w_result is None or fits(w_func.w_result, w_base.w_result):
        return None
    return f"it gives a `{w_func.w_result.display}`, not a `{w_base.w_result.display}`"


def _positional(w_func: W_ASTFunc) -> list[Param]:
    return [p for p in w_func.params if p.kind in ("posonly", "normal")]


def fits(w_given: W_Type, w_wanted: W_Type) -> bool:
    """Whether every value of one type is one of the other."""
    if w_wanted in (b.W_OBJECT, b.W_DYNAMIC) or w_given.is_subtype(w_wanted):
        return True
    if isinstance(w_wanted, W_UnionType):
        given = w_given.members if isinstance(w_given, W_UnionType) else (w_given,)
        return all(any(w_T.is_subtype(w_M) for w_M in w_wanted.members) for w_T in given)
    return False
