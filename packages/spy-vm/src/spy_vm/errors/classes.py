"""Classes that cannot be what their definitions say, and objects that cannot be made."""

from collections.abc import Sequence

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm.errors.fault import fault
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, W_Type


def new_attribute(obj: Operand, name: str, loc: Loc | None, close: str | None) -> SpyError:
    hint = f"declare it in the class body, as in `{name}: int`, or assign it in `__init__`"
    return fault(
        "VM100",
        f"class `{obj.w_T.display}` has no attribute '{name}' to assign",
        (loc or obj.loc, "a new attribute outside of `__init__`"),
        (obj.w_T.loc, "class defined here"),
        hint=f"did you mean `{close}`?" if close else hint,
    )


def takes_no_arguments(w_T: W_Type, loc: Loc | None) -> SpyError:
    return fault(
        "VM101",
        f"`{w_T.display}` takes no arguments",
        (loc, "extra arguments"),
        (w_T.loc, "class defined here, without `__init__`"),
    )


def abstract_class(w_T: W_Type, methods: Sequence[W_Func], loc: Loc | None) -> SpyError:
    names = ", ".join(f"`{w_func.fqn.rpartition('::')[2].partition('#')[0]}`" for w_func in methods)
    return fault(
        "VM102",
        f"cannot instantiate abstract class `{w_T.display}`",
        (loc, "called here"),
        *((w_func.loc, "this has no body yet") for w_func in methods[:3]),
        hint=f"define {names} in a subclass and make an object of that",
    )


def bad_base(op: Operand) -> SpyError:
    what = "this is no class that can be a base"
    return fault("VM103", "a class inherits from classes", (op.loc, what))


def base_not_defined(w_T: W_Type, loc: Loc | None) -> SpyError:
    return fault(
        "VM104",
        f"base class `{w_T.display}` is not defined yet",
        (loc, "used here"),
        (w_T.loc, "defined here"),
        hint="move its definition up",
    )


def no_order_of_bases(w_T: W_Type, loc: Loc | None) -> SpyError:
    return fault(
        "VM105",
        f"the bases of `{w_T.display}` contradict each other",
        (loc, "no order of search keeps each base before its own bases"),
        hint="name derived classes before those they derive from",
    )


def two_states(w_T: W_Type, w_first: W_Type, w_second: W_Type) -> SpyError:
    return fault(
        "VM106",
        f"`{w_T.display}` inherits fields from two classes",
        (w_T.loc, "one base with fields is allowed, and any number without"),
        (w_first.loc, "this one has fields"),
        (w_second.loc, "and so has this one"),
        hint="make one of them a field instead",
    )


def field_changes_type(
    w_T: W_Type, name: str, places: tuple[Loc | None, Loc | None], types: tuple[W_Type, W_Type]
) -> SpyError:
    return fault(
        "VM107",
        f"field '{name}' of `{w_T.display}` has another type in a base class",
        (places[0], f"this is `{types[0].display}`"),
        (places[1], f"this is `{types[1].display}`"),
    )


def incompatible_override(w_func: W_Func, w_base: W_Func, what: str, owner: str) -> SpyError:
    return fault(
        "VM108",
        f"`{w_func.display}` does not fit what it overrides",
        (w_func.loc, what),
        (w_base.loc, f"of `{owner}`"),
        hint="who calls it through the base class passes and expects what the base class says",
    )


def no_super(loc: Loc | None) -> SpyError:
    return fault(
        "VM109",
        "`super()` outside of a method",
        (loc, "there is no object here"),
        hint="use it in a method of a class, on its own or as `super(C, self)`",
    )


def no_super_attribute(w_T: W_Type, name: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM110",
        f"no base class of `{w_T.display}` has '{name}'",
        (loc, "looked up here"),
        (w_T.loc, "class defined here"),
    )


def abstract_super(w_func: W_Func, loc: Loc | None) -> SpyError:
    return fault(
        "VM111",
        f"the base class only declares `{w_func.display}`",
        (loc, "called here"),
        (w_func.loc, "it is abstract"),
    )


def frozen_instance(obj: Operand, name: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM114",
        f"cannot assign to field '{name}' of the frozen class `{obj.w_T.display}`",
        (loc or obj.loc, "assigned here"),
        (obj.w_T.loc, "class defined here"),
        hint="make a new object with the other value",
    )
