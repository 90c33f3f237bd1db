"""Leaving: `return`, `break`, `continue` and exceptions, past the `finally` blocks around them."""

from spy_types.program.nodes import Pos

from spy_cbackend.frame import Frame, Reason
from spy_cbackend.value import Code


def go_on(frame: Frame, reason: Reason, pos: Pos, code: Code) -> None:
    """Write a jump: to the innermost `finally` that it leaves, or to where it wants to go."""
    around = frame.exits[-1] if frame.exits else None
    if around is not None and (reason == "return" or around.loops == len(frame.break_labels)):
        code.add(f"{around.variable} = {around.code_of(reason)};", pos)
        code.add(f"goto {around.landing.use()};", pos)
        return
    match reason:
        case "return":
            _return(frame, pos, code)
        case "break":
            _break(frame, pos, code)
        case "continue":
            code.add("continue;", pos)


def propagate(frame: Frame, code: Code) -> None:
    """Let the exception that is under way leave what is being written."""
    if frame.landing is None:
        assert frame.raises, f"{frame.function.fqn} must not raise"
        code.add("return true;", None)
    else:
        code.add(f"goto {frame.landing.use()};", None)


def result_target(frame: Frame) -> str:
    """Return C code for where the result is kept until the function returns."""
    frame.keeps_result = frame.keeps_result or not frame.raises
    return "*result" if frame.raises else "result"


def _return(frame: Frame, pos: Pos, code: Code) -> None:
    if frame.function.generator:
        code.add("self->generator.base.state = SPY_DONE;", pos)
    if frame.raises:
        code.add("return false;", pos)
    else:
        code.add("return;" if frame.function.result == "None" else "return result;", pos)


def _break(frame: Frame, pos: Pos, code: Code) -> None:
    label = frame.break_labels[-1]
    if label is None:
        code.add("break;", pos)
        return
    frame.used_labels.add(label)
    code.add(f"goto {label};", pos)
