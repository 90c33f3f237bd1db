"""Making closures: an object of its code and what it has captured."""

from spy_types.program.nodes import MakeClosure

from spy_cbackend.frame import Frame, joined
from spy_cbackend.value import Code, Touch, Value


def write_closure(frame: Frame, expr: MakeClosure, code: Code) -> Value:
    """Write the making of a function value."""
    values = frame.operands(expr.captured, code)
    functions = frame.scope.functions
    struct, name = functions.closure(expr.func, expr.t), frame.fresh()
    touch = joined(values)
    code.add(f"{struct} *{name} = spy_gc_alloc(sizeof *{name});", expr.pos)
    fields = ", ".join([f"{{{functions.code(expr.func, expr.t)}}}", *(value.code for value in values)])
    code.add(f"*{name} = ({struct}){{{fields}}};", expr.pos)
    code.touch = code.touch | touch
    return Value(f"&{name}->head", touch=Touch())
