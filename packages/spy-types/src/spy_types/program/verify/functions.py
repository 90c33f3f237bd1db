"""Rules of functions: names, types, body, effects."""

from spy_types.program.program import Function
from spy_types.program.verify import codes
from spy_types.program.verify.context import Context
from spy_types.program.verify.endings import never_ends
from spy_types.program.verify.facts import Facts
from spy_types.program.verify.report import Report
from spy_types.program.verify.statements import verify_body
from spy_types.program.verify.words import is_unicode, is_word


def verify_function(facts: Facts, report: Report, function: Function) -> None:
    """Check one function."""
    report.where = f"function `{function.fqn}`"
    context = Context(facts, report, function, verify_body)
    context.verify_pos(function.pos)
    if not is_unicode(function.display) or not is_unicode(function.doc or ""):
        context.fault(codes.NOT_UNICODE, "its name or documentation holds a surrogate", function.pos)
    _declare_variables(context)
    if function.result not in context.types:
        context.fault(codes.UNKNOWN_TYPE, f"`{function.result}` is no type of the program", function.pos)
    if function.generator and context.generator is None:
        context.fault(codes.OUTSIDE_GENERATOR, f"`{function.result}` is no generator type", function.pos)
    verify_body(context, function.body)
    if context.result != "None" and not never_ends(function.body):
        context.fault(codes.FALLS_OFF, "control may reach the end, without a result", function.pos)
    _verify_effects(context)


def _declare_variables(context: Context) -> None:
    function = context.function
    for variable in (*function.params, *function.locals):
        name = variable.name
        if name in context.variables:
            context.fault(codes.BAD_LOCAL, f"`{name}` is declared twice", function.pos)
        if not is_word(name):
            context.fault(codes.BAD_NAME, f"`{name}` is no name for a local", function.pos)
        if variable.t not in context.types:
            context.fault(codes.UNKNOWN_TYPE, f"`{variable.t}` is no type of the program", function.pos)
        context.variables[name] = variable.t


def _verify_effects(context: Context) -> None:
    effects = context.function.effects
    if context.raises and not effects.raises:
        context.fault(codes.HIDDEN_RAISE, "it may raise here, but its effects deny that", context.raises)
    if context.allocates and not effects.allocates:
        context.fault(
            codes.HIDDEN_ALLOCATION, "it may allocate here, but its effects deny that", context.allocates
        )
    if context.impure and effects.pure:
        context.fault(codes.NOT_PURE, "it is not pure here, but its effects say so", context.impure)
