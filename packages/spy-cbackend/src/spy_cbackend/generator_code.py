"""Stepping through generators in C, and what a generator does at a yield."""

from spy_types.program.nodes import Advance, CloseGenerator, Expr, Sent, Yield

from spy_cbackend.frame import Frame
from spy_cbackend.value import ATOM, ORDER, RAISES, READS, WRITES, Code, Touch, Value

STEPS = Touch(READS | WRITES | RAISES)


def write_advance(frame: Frame, expr: Advance, code: Code) -> Value:
    """Write a step; its value tells whether there is an item."""
    if expr.sent is None:
        generator = frame.expression(expr.generator, code)
        generator = _kept(frame, generator, expr.generator, code)
        frame.try_call(f"spy_generator_advance(&{generator.code}->base)", expr.pos, code, STEPS)
    else:
        generator, sent = frame.operands([expr.generator, expr.sent], code)
        generator = _kept(frame, generator, expr.generator, code)
        code.add(f"{generator.code}->sent = {sent.code};", expr.pos)
        frame.try_call(f"spy_generator_send(&{generator.code}->base)", expr.pos, code, STEPS | sent.touch)
    return Value(f"{generator.code}->base.state != SPY_DONE", ORDER, Touch(READS) | generator.touch)


def write_part(frame: Frame, generator: Expr, part: str, code: Code) -> Value:
    """Write a read of the item or the result of a generator."""
    value = frame.expression(generator, code)
    return Value(f"{value.at(ATOM)}->{part}", ATOM, value.touch | Touch(READS))


def write_sent(frame: Frame, expr: Sent, code: Code) -> Value:
    """Write a read of what this generator was sent."""
    frame.try_call("spy_check_sent(&self->generator.base)", expr.pos, code, Touch(READS))
    return Value("self->generator.sent", ATOM, Touch(READS))


def write_close(frame: Frame, stmt: CloseGenerator, code: Code) -> None:
    """Write the end of a generator."""
    generator = _kept(frame, frame.expression(stmt.generator, code), stmt.generator, code)
    frame.try_call(f"spy_generator_close(&{generator.code}->base)", stmt.pos, code, STEPS)


def write_yield(frame: Frame, stmt: Yield, code: Code) -> None:
    """Write a yield: the way out with an item, and the label where the next step goes on."""
    value = frame.expression(stmt.value, code)
    frame.yields += 1
    code.add(f"self->generator.item = {value.code};", stmt.pos)
    code.add(f"self->generator.base.state = {frame.yields};", stmt.pos)
    code.add("return false;", stmt.pos)
    code.add(f"yield{frame.yields}:", None)
    code.add("self->generator.base.state = SPY_RUNNING;", None)
    if frame.landing is not None:
        code.add(f"SPY_TRY_OR(spy_check_closing(&self->generator.base), NULL, {frame.landing.use()});", None)
    else:
        code.add("SPY_TRY(spy_check_closing(&self->generator.base), NULL);", None)
    code.touch = code.touch | value.touch | STEPS


def _kept(frame: Frame, value: Value, expr: Expr, code: Code) -> Value:
    """Return a generator as something that may be written twice."""
    return value if value.code.isidentifier() else frame.spill(value, expr.t, code, expr.pos)
