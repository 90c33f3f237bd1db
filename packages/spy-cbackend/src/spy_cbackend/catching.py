"""`try`: what raises inside jumps to the handlers, and every way out passes the `finally`.

    try: f()                           if (f()) { spy_note_place(...); goto except1; }
    except KeyError: g()               goto done1;
    finally: h()                ->     except1:;
                                       if (spy_error_is("KeyError")) { ... g() ... goto done1; }
                                       failed1:; pending1 = spy_catch();
                                       done1:; h();
                                       if (pending1) { spy_throw(pending1); return true; }

A `return`, `break` or `continue` that leaves a `finally` sets `leave1` and jumps to `done1`; behind it the
jump goes on. Nothing is spent where nothing raises but the test after each call, which is there anyway.
"""

from collections.abc import Sequence

from spy_types.program.nodes import Handler, Pos, Reraise, Stmt, Try

from spy_cbackend.frame import Exit, Frame, Landing
from spy_cbackend.leaving import go_on, propagate
from spy_cbackend.mangling import text_literal
from spy_cbackend.value import RAISES, READS, WRITES, Code, Touch
from spy_cbackend.walk import all_statements


def write_try(frame: Frame, stmt: Try, code: Code) -> None:
    """Write a try statement."""
    number = frame.fresh("")
    done = Landing(f"done{number}")
    outer = frame.landing
    failed = Landing(f"failed{number}") if stmt.finalbody else outer
    caught = Landing(f"except{number}") if stmt.handlers else failed
    leave = Exit(done, frame.hidden(f"leave{number}"), len(frame.break_labels))
    inside = Code()
    if stmt.finalbody:
        frame.exits.append(leave)
    _write_block(frame, stmt.body, caught, inside)
    _write_block(frame, stmt.orelse, failed, inside)
    if stmt.handlers and caught is not None and caught.used:
        inside.add(f"goto {done.use()};", stmt.pos)
        inside.add(f"{caught.label}:;", stmt.pos)
        _write_handlers(frame, stmt, number, failed, done, inside)
    if stmt.finalbody:
        frame.exits.pop()
        assert failed is not None
        _write_finally(frame, stmt, number, failed, leave, inside)
    if done.used and not stmt.finalbody:
        inside.add(f"{done.label}:;", None)
    if leave.reasons:
        code.add(f"{frame.declared('int32_t ', f'leave{number}')} = 0;", stmt.pos)
    if stmt.finalbody and failed is not None and failed.used:
        code.add(f"{frame.declared('spy_Exception *', f'pending{number}')} = NULL;", stmt.pos)
    code.extend(inside)
    code.touch = code.touch | Touch(RAISES | READS | WRITES)
    frame.landing = outer


def _write_block(frame: Frame, body: Sequence[Stmt], landing: Landing | None, code: Code) -> None:
    if not body:
        return
    before, frame.landing = frame.landing, landing
    code.add("{", None)
    frame.write_statements(frame, body, code)
    code.add("}", None)
    frame.landing = before


def _write_handlers(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame, stmt: Try, number: str, failed: Landing | None, done: Landing, code: Code
) -> None:
    for i, handler in enumerate(stmt.handlers):
        catches_all = "BaseException" in handler.types
        tests = " || ".join(f"spy_error_is({text_literal(etype)})" for etype in handler.types)
        code.add("{" if catches_all else f"if ({tests}) {{", handler.pos)
        _write_handler(frame, handler, f"{number}_{i}", failed, code)
        code.add(f"goto {done.use()};", handler.pos)
        code.add("}", None)
        if catches_all:
            return
    _jump(frame, failed, stmt.pos, code)


def _write_handler(frame: Frame, handler: Handler, number: str, failed: Landing | None, code: Code) -> None:
    """Write the body of a handler; an exception that leaves it remembers the one that was handled."""
    error = frame.hidden(f"error{number}")
    during = Landing(f"during{number}")
    code.add(f"{frame.declared('spy_Exception *', f'error{number}')} = spy_catch();", handler.pos)
    if handler.name is not None:
        code.add(f"{frame.local(handler.name)} = {error};", handler.pos)
        if handler.name in frame.unsure.names:
            code.add(f"{frame.set_flag(handler.name)} = true;", handler.pos)
    frame.handled.append(error)
    _write_block(frame, handler.body, during, code)
    frame.handled.pop()
    if handler.name is None and not any(isinstance(stmt, Reraise) for stmt in all_statements(handler.body)):
        code.add(f"spy_release({error});", None)
    if during.used:
        code.add(f"if (false) {{ {during.label}:;", None)
        code.add(f"spy_error_during({error});", None)
        _jump(frame, failed, handler.pos, code)
        code.add("}", None)


def _write_finally(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame, stmt: Try, number: str, failed: Landing, leave: Exit, code: Code
) -> None:
    pending = frame.hidden(f"pending{number}")
    during = Landing(f"during{number}")
    if failed.used:
        code.add(f"goto {leave.landing.use()};", None)
        code.add(f"{failed.label}:;", None)
        code.add(f"{pending} = spy_catch();", None)
    if leave.landing.used:
        code.add(f"{leave.landing.label}:;", None)
    _write_block(frame, stmt.finalbody, during if failed.used else frame.landing, code)
    if failed.used:
        code.add(f"if ({pending}) {{", None)
        code.add(f"spy_throw({pending});", None)
        propagate(frame, code)
        code.add("}", None)
    if during.used:
        code.add(f"if (false) {{ {during.label}:;", None)
        code.add(f"if ({pending}) spy_error_during({pending});", None)
        propagate(frame, code)
        code.add("}", None)
    for reason, exit_code in leave.reasons.items():
        code.add(f"if ({leave.variable} == {exit_code}) {{", None)
        go_on(frame, reason, stmt.pos, code)
        code.add("}", None)


def _jump(frame: Frame, landing: Landing | None, pos: Pos, code: Code) -> None:
    """Let the exception that is under way go on to `landing`."""
    before, frame.landing = frame.landing, landing
    propagate(frame, code)
    frame.landing = before
