"""Loops.

    for i in range(a, b): ...      for (int32_t i_ = a_; i_ < b_; i_++) { ... }

The C loop has a counter of its own where SPy code could tell the difference: where `i` is assigned in the
body or used outside of the loop. Steps other than 1 and -1 count the rounds, since `i` may wrap at the end.
A `break` out of a loop with `else` is a goto past it.
"""

from collections.abc import Iterator, Sequence

from spy_types.program.nodes import (
    Assign,
    AssignExpr,
    Expr,
    ForRange,
    Local,
    Stmt,
    While,
)
from spy_types.program.program import Function
from spy_types.program.types import SIGNED, TypeId

from spy_cbackend.facts import constant_number
from spy_cbackend.frame import Frame
from spy_cbackend.value import NOTHING, ORDER, Code, Touch, Value
from spy_cbackend.walk import (
    all_statements,
    block_of,
    bodies,
    body_expressions,
    expressions_in,
    statement_operands,
)


def write_while(frame: Frame, stmt: While, code: Code) -> None:
    """Write a while loop; a condition that needs statements is tested inside."""
    before = Code()
    cond = frame.expression(stmt.cond, before)
    label = _enter(frame, stmt.orelse)
    if before.lines:
        code.add("while (true) {", stmt.pos)
        code.extend(before)
        code.add(f"if (!({cond.code})) break;", stmt.pos)
    else:
        code.add(f"while ({cond.code}) {{", stmt.pos)
    code.touch = code.touch | cond.touch
    frame.write_statements(frame, stmt.body, code)
    code.add("}", None)
    _leave(frame, stmt.orelse, label, code)


def write_for_range(frame: Frame, stmt: ForRange, code: Code) -> None:
    """Write a counting loop."""
    t = stmt.start.t
    bounds = frame.operands((stmt.start, stmt.stop, stmt.step), code)
    step = constant_number(stmt.step)
    label = _enter(frame, stmt.orelse)
    body = Code()
    frame.write_statements(frame, stmt.body, body)
    if step in (1, -1):
        _write_simple(frame, stmt, t, bounds, body, code)
    else:
        _write_counted(frame, stmt, t, bounds, body, code)
    code.touch = code.touch | body.touch | Touch(0, writes=frozenset((stmt.var,)))
    for bound in bounds:
        code.touch = code.touch | bound.touch
    code.add("}", None)
    _leave(frame, stmt.orelse, label, code)


def private_loop_vars(function: Function) -> frozenset[str]:
    """Return the locals that are only the variables of for loops, and that nobody uses outside of them or
    assigns.
    """
    candidates = {stmt.var for stmt in all_statements(function.body) if isinstance(stmt, ForRange)}
    candidates -= {param.name for param in function.params}
    for stmt in all_statements(function.body):
        if isinstance(stmt, Assign):
            candidates.discard(stmt.name)
    for expr in body_expressions(function.body):
        if isinstance(expr, AssignExpr):
            candidates.discard(expr.name)
    return frozenset(candidates - set(_names_used_outside(function.body, frozenset())))


def _names_used_outside(body: Sequence[Stmt], inside: frozenset[str]) -> Iterator[str]:
    """Yield the locals that are read, or counted again, where no loop over them is open; blocks inside
    expressions too.
    """
    for stmt in body:
        for operand in statement_operands(stmt):
            for expr in expressions_in(operand):
                if isinstance(expr, Local) and expr.name not in inside:
                    yield expr.name
                for inner in all_statements(block_of(expr)):
                    if isinstance(inner, ForRange):
                        yield inner.var
        if isinstance(stmt, ForRange):
            if stmt.var in inside:
                yield stmt.var
            yield from _names_used_outside(stmt.body, inside | {stmt.var})
            yield from _names_used_outside(stmt.orelse, inside)
        else:
            for inner_body in bodies(stmt):
                yield from _names_used_outside(inner_body, inside)


def _write_simple(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame, stmt: ForRange, t: TypeId, bounds: Sequence[Value], body: Code, code: Code
) -> None:
    start, stop, _ = bounds
    private = stmt.var in frame.loop_vars
    counter = frame.local(stmt.var) if private else frame.fresh("i")
    up = constant_number(stmt.step) == 1
    stop = _kept(frame, stop, stmt.stop, t, body, code)
    head = frame.scope.types.declare(t, counter)
    test = f"{counter} {'<' if up else '>'} {stop.at(ORDER + 1)}"
    code.add(f"for ({head} = {start.code}; {test}; {counter}{'++' if up else '--'}) {{", stmt.pos)
    if not private:
        _assign_counter(frame, stmt, counter, code)
    code.lines.extend(body.lines)


def _write_counted(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame, stmt: ForRange, t: TypeId, bounds: Sequence[Value], body: Code, code: Code
) -> None:
    types = frame.scope.types
    start, stop, step = bounds
    counter, rounds = frame.fresh("i"), frame.fresh("n")
    start, stop, step = (
        frame.spill(bound, t, code, stmt.pos) if bound.touch is not NOTHING or not _is_constant(e) else bound
        for bound, e in zip((start, stop, step), (stmt.start, stmt.stop, stmt.step), strict=True)
    )
    if not constant_number(stmt.step):
        frame.try_call(f"spy_check_step({step.code} != 0)", stmt.step.pos, code, NOTHING)
    kind = "signed" if t in SIGNED else "unsigned"
    code.add(f"{types.declare(t, counter)} = {start.code};", stmt.pos)
    count = f"spy_range_{kind}({start.code}, {stop.code}, {step.code})"
    code.add(
        f"for (uint64_t {rounds} = {count}; {rounds} > 0; {rounds}--, {counter} += {step.code}) {{", stmt.pos
    )
    if stmt.var in frame.loop_vars:
        code.add(f"{types.declare(t, frame.local(stmt.var))} = {counter};", stmt.pos)
    else:
        _assign_counter(frame, stmt, counter, code)
    code.lines.extend(body.lines)


def _assign_counter(frame: Frame, stmt: ForRange, counter: str, code: Code) -> None:
    code.add(f"{frame.local(stmt.var)} = {counter};", stmt.pos)
    if stmt.var in frame.unsure.names:
        code.add(f"{frame.set_flag(stmt.var)} = true;", stmt.pos)


def _kept(frame: Frame, stop: Value, expr: Expr, t: TypeId, body: Code, code: Code) -> Value:  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    """Return the bound as something that the body does not change and that costs nothing to look at each
    round.
    """
    changed = not stop.touch.reads.isdisjoint(body.touch.writes) or stop.touch.flags
    if _is_constant(expr) or (isinstance(expr, Local) and not changed):
        return stop
    return frame.spill(stop, t, code, expr.pos)


def _is_constant(expr: Expr) -> bool:
    return constant_number(expr) is not None


def _enter(frame: Frame, orelse: Sequence[Stmt]) -> str | None:
    label = frame.fresh("done") if orelse else None
    frame.break_labels.append(label)
    return label


def _leave(frame: Frame, orelse: Sequence[Stmt], label: str | None, code: Code) -> None:
    frame.break_labels.pop()
    if label is None:
        return
    frame.write_statements(frame, orelse, code)
    if label in frame.used_labels:
        code.add(f"{label}:;", None)
