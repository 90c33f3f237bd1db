"""Static faults that dispatch and the walk over statements find. Codes VM001-VM099.

The wording follows the reference implementation where it has one.
"""

from collections.abc import Iterable, Sequence

from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc

from spy_vm.objects.operand import Operand
from spy_vm.objects.types import W_Type


def fault(
    code: str, title: str, *labels: tuple[Loc | None, str], hint: str | None = None, etype: str = "TypeError"
) -> SpyError:
    """Return the error of a fault with its places; places that nobody knows are left out."""
    return SpyError(
        Diagnostic(code, title, [Label(loc, text) for loc, text in labels if loc is not None], hint, etype)
    )


def _this_is(op: Operand) -> tuple[Loc | None, str]:
    return op.loc, f"this is `{op.w_T.display}`"


def mismatched_types(
    op: Operand, w_expected: W_Type, because: Loc | None, reason: str, hint: str | None = None
) -> SpyError:
    return fault(
        "VM001",
        "mismatched types",
        (op.loc, f"expected `{w_expected.display}`, got `{op.w_T.display}`"),
        (because, f"expected `{w_expected.display}` because of {reason}"),
        hint=hint,
    )


def cannot_do(
    symbol: str, left: Operand, right: Operand, loc: Loc | None, hint: str | None = None
) -> SpyError:
    return fault(
        "VM002",
        f"cannot do `{left.w_T.display}` {symbol} `{right.w_T.display}`",
        _this_is(left),
        _this_is(right),
        hint=hint,
    )


def cannot_do_unary(symbol: str, operand: Operand) -> SpyError:
    return fault("VM003", f"cannot do {symbol}`{operand.w_T.display}`", _this_is(operand))


def no_attribute(obj: Operand, name: str, close: str | None = None) -> SpyError:
    return fault(
        "VM004",
        f"type `{obj.w_T.display}` has no attribute '{name}'",
        _this_is(obj),
        (obj.declared, "its type comes from here"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def no_method(obj: Operand, name: str, close: str | None = None) -> SpyError:
    return fault(
        "VM005",
        f"method `{obj.w_T.display}::{name}` does not exist",
        _this_is(obj),
        (obj.declared, "its type comes from here"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def no_module_attribute(module: str, name: str, loc: Loc | None, close: str | None = None) -> SpyError:
    return fault(
        "VM006",
        f"module `{module}` has no attribute '{name}'",
        (loc, "not found in this module"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def cannot_set_attribute(obj: Operand, name: str, loc: Loc | None, hint: str | None = None) -> SpyError:
    return fault(
        "VM007",
        f"type `{obj.w_T.display}` does not support assignment to attribute '{name}'",
        (loc or obj.loc, f"this is `{obj.w_T.display}`"),
        hint=hint,
    )


def cannot_subscript(obj: Operand, what: str) -> SpyError:
    return fault("VM008", f"cannot do `{obj.w_T.display}`{what}", _this_is(obj))


def not_callable(obj: Operand) -> SpyError:
    return fault("VM009", f"cannot call objects of type `{obj.w_T.display}`", _this_is(obj))


def wrong_arg_count(
    name: str, expected: str, got: int, loc: Loc | None, detail: str, definition: Loc | None
) -> SpyError:
    supplied = "1 argument was supplied" if got == 1 else f"{got} arguments were supplied"
    return fault(
        "VM010",
        f"this function takes {expected} but {supplied}",
        (loc, detail),
        (definition, "function defined here"),
    )


def unexpected_keyword(name: str, loc: Loc | None, definition: Loc | None, close: str | None) -> SpyError:
    return fault(
        "VM011",
        f"this function got an unexpected keyword argument '{name}'",
        (loc, "no parameter has this name"),
        (definition, "function defined here"),
        hint=f"did you mean `{close}`?" if close else None,
    )


def duplicate_argument(name: str, loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM012",
        f"this function got multiple values for argument '{name}'",
        (loc, "given twice"),
        (definition, "function defined here"),
    )


def name_not_defined(name: str, loc: Loc | None, close: str | None) -> SpyError:
    return fault(
        "VM013",
        f"name `{name}` is not defined",
        (loc, "not found in this scope"),
        hint=f"did you mean `{close}`?" if close else None,
        etype="NameError",
    )


def not_assigned_yet(name: str, loc: Loc | None, declared: Loc | None) -> SpyError:
    return fault(
        "VM014",
        f"local variable `{name}` is read before anything is assigned to it",
        (loc, "it has no value here"),
        (declared, "it is first assigned here"),
        etype="UnboundLocalError",
    )


def invalid_assignment(
    name: str, loc: Loc | None, declared: Loc | None, origin: str, hint: str | None
) -> SpyError:
    return fault(
        "VM015",
        "invalid assignment target",
        (loc, f"{name} is const"),
        (declared, f"const declared here ({origin})"),
        hint=hint,
    )


def missing_annotation(what: str, loc: Loc | None, hint: str) -> SpyError:
    return fault("VM016", what, (loc, "type is missing here"), hint=hint)


def expected_type(op: Operand) -> SpyError:
    return fault("VM017", f"expected `type`, got `{op.w_T.display}`", (op.loc, "expected `type`"))


def red_arguments(callee_loc: Loc | None, red: Sequence[Operand], definition: Loc | None) -> SpyError:
    return fault(
        "VM018",
        "cannot call blue function with red arguments",
        (callee_loc, "this is blue"),
        *((op.loc, "this is red") for op in red),
        (definition, "function defined here"),
        hint="a blue function runs before the program does: its arguments must be known by then",
    )


def expected_blue(what: str, op: Operand) -> SpyError:
    return fault("VM019", what, (op.loc, "this is red"))


def generic_needs_brackets(loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM020",
        "generic functions must be called via `[...]`",
        (loc, "this is generic"),
        (definition, "function defined here"),
    )


def cannot_unpack(op: Operand) -> SpyError:
    return fault("VM021", f"`{op.w_T.display}` does not support unpacking", _this_is(op))


def wrong_unpack_count(op: Operand, loc: Loc | None, expected: int, got: int) -> SpyError:
    plural = "" if expected == 1 else "s"
    return fault(
        "VM022",
        "Wrong number of values to unpack",
        (loc, f"expected {expected} value{plural}"),
        (op.loc, f"got {got} value{'' if got == 1 else 's'}"),
    )


def unsupported(what: str, loc: Loc | None, hint: str | None = None) -> SpyError:
    return fault(
        "VM023", f"not supported yet: {what}", (loc, "this is not supported"), hint=hint, etype="WIP"
    )


def literal_out_of_range(value: int, w_T: W_Type | None, loc: Loc | None) -> SpyError:
    target = w_T.display if w_T is not None else "i32"
    hint = None if w_T is not None else f"use i64({value}) or u64({value}) to get a 64-bit value"
    return fault(
        "VM024",
        f"integer literal {value} is out of range for {target}" + (f"; {hint}" if hint else ""),
        (loc, "integer literal out of range"),
        hint=hint,
        etype="ValueError",
    )


def untyped_empty(display: str, loc: Loc | None) -> SpyError:
    kind = "list" if display == "[]" else "dict"
    example = "x: list[int] = []" if kind == "list" else "x: dict[str, int] = {}"
    return fault(
        "VM025",
        f"the type of this empty {kind} is not known",
        (loc, "nothing says what it holds"),
        hint=f"write its type, as in `{example}`",
    )


def no_common_type(first: Operand, other: Operand, what: str) -> SpyError:
    return fault(
        "VM026",
        f"the {what} have no common type",
        (other.loc, f"this is `{other.w_T.display}`"),
        (first.loc, f"this is `{first.w_T.display}`"),
    )


def not_iterable(op: Operand) -> SpyError:
    return fault(
        "VM027",
        f"`{op.w_T.display}` is not iterable",
        _this_is(op),
        (op.declared, "its type comes from here"),
    )


def frozen(what: str, loc: Loc | None, declared: Loc | None, hint: str) -> SpyError:
    return fault(
        "VM028",
        f"{what} cannot change at run time: it is frozen after import time",
        (loc, "this would change it"),
        (declared, "declared here"),
        hint=hint,
    )


def bad_metafunc_result(got: str, loc: Loc | None, definition: Loc | None) -> SpyError:
    return fault(
        "VM029",
        f"wrong metafunc return type: expected `operator::OpSpec`, got `{got}`",
        (loc, "this is a metafunc"),
        (definition, "metafunc defined here"),
    )


def no_return(loc: Loc | None) -> SpyError:
    return fault("VM030", "reached the end of the function without a `return`", (loc, "no return"))


def already_declared(name: str, loc: Loc | None, previous: Loc | None) -> SpyError:
    return fault(
        "VM031",
        f"variable `{name}` already declared",
        (loc, "this is the new declaration"),
        (previous, "this is the previous declaration"),
        etype="ScopeError",
    )


def import_error(title: str, loc: Loc | None, text: str, hint: str | None = None) -> SpyError:
    return fault("VM032", title, (loc, text), hint=hint, etype="ImportError")


def circular_import(
    cycle: str, here: tuple[Loc | None, str], others: Iterable[tuple[Loc | None, str]]
) -> SpyError:
    return fault(
        "VM032",
        f"circular import: {cycle}",
        here,
        *others,
        hint="move what both need into a third module",
        etype="ImportError",
    )


def not_truthy(op: Operand) -> SpyError:
    return mismatched_types_bool(op)


def mismatched_types_bool(op: Operand) -> SpyError:
    return fault("VM001", "mismatched types", (op.loc, f"expected `bool`, got `{op.w_T.display}`"))


def cannot_identify(op: str, left: Operand, right: Operand) -> SpyError:
    return fault(
        "VM033",
        f"cannot do `{left.w_T.display}` {op} `{right.w_T.display}`",
        _this_is(left),
        _this_is(right),
        hint="cannot use `is` between value types as they don't have an identity",
    )


def cannot_instantiate(w_T: W_Type, loc: Loc | None) -> SpyError:
    return fault(
        "VM034",
        f"cannot instantiate `{w_T.display}`",
        (loc, f"`{w_T.display}` does not have a method `__new__`"),
        (w_T.loc, f"{w_T.display} defined here"),
    )


def static_error(etype: str, message: str, loc: Loc | None) -> SpyError:
    """A StaticError that blue code raised on purpose."""
    return fault("VM035", message, (loc, "raised here"), etype=etype)


def wrong_main(labels: Iterable[tuple[Loc | None, str]]) -> SpyError:
    return fault("VM036", "`main` has the wrong signature", *labels)


def no_main(path: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM037",
        f"{path} has no function `main`",
        (loc, "this module"),
        hint="a program starts in `def main() -> None:`",
        etype="ImportError",
    )


def bad_decorator(op: Operand) -> SpyError:
    return fault("VM038", "decorators must be @blue", _this_is(op))


def missing_stdlib(name: str, loc: Loc | None) -> SpyError:
    return fault(
        "VM039",
        f"`{name}` comes from the library, and no installed library has it",
        (loc, "needed here"),
        hint="install spy-stdlib",
        etype="ImportError",
    )


def blue_fuel(loc: Loc | None, limit: int) -> SpyError:
    return fault(
        "VM040",
        f"blue code ran for {limit} steps without finishing",
        (loc, "still running here"),
        hint="raise the limit with --blue-fuel N, or look for an endless loop",
    )
