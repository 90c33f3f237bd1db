"""Generator functions in C: a frame that outlives its steps, a function that makes it, and one that runs it.

def count(n):        struct spy_m$count$frame { struct spy_Iterator generator; int32_t n_; int32_t i_; };
    i = 0            static bool spy_m$count$resume(struct spy_generator *generator) { switch (state) ... }
    ...              static struct spy_Iterator *spy_m$count(int32_t n_) { allocate; keep n_; }
"""

from collections.abc import Iterator

from spy_types.program.nodes import Pos, Try
from spy_types.program.program import Function
from spy_types.program.walk import walk

from spy_cbackend.frame import Frame, Scope
from spy_cbackend.loops import private_loop_vars
from spy_cbackend.mangling import fqn_name, member_name

Lines = Iterator[tuple[str, Pos | None]]


def kept_locals(function: Function) -> frozenset[str]:
    """Return the locals of a generator function that its frame holds: all that may live across a yield."""
    names = {variable.name for variable in (*function.params, *function.locals)}
    return frozenset(names - private_loop_vars(function))


def frame_declarations(scope: Scope) -> Iterator[str]:
    """Yield the structs of all frames."""
    for function in scope.program.functions:
        if not function.generator:
            continue
        kept, unsure = kept_locals(function), scope.facts.unsure[function.fqn]
        yield f"{frame_name(scope, function)} {{"
        yield f"struct {fqn_name(function.result)} generator;"
        for variable in (*function.params, *function.locals):
            if variable.name in kept:
                yield f"{scope.types.declare(variable.t, member_name(variable.name))};"
                if variable.name in unsure.names:
                    yield f"bool {member_name(variable.name)}$set;"
        yield from scope.hidden.get(function.fqn, {}).values()
        yield "};"
        yield ""


def frame_name(scope: Scope, function: Function) -> str:
    """Return the C type of the frames of a generator function."""
    return f"struct {scope.names[function.fqn]}$frame"


def resume_name(scope: Scope, function: Function) -> str:
    """Return the C name of the function that runs a generator."""
    return f"{scope.names[function.fqn]}$resume"


def write_maker(scope: Scope, function: Function) -> Lines:
    """Yield the body of the function that makes a generator; its frame comes zeroed."""
    frame = frame_name(scope, function)
    pos = function.pos
    yield f"{frame} *self = spy_gc_alloc(sizeof({frame}));", pos
    yield f"self->generator.base.resume = {resume_name(scope, function)};", pos
    if any(isinstance(node, Try) for node in walk(*function.body)):
        yield "self->generator.base.closes = true;", pos
    for param in function.params:
        yield f"self->{member_name(param.name)} = {member_name(param.name)};", pos
    yield "return &self->generator;", pos
    yield "}", None


def write_entry(frame: Frame) -> Lines:
    """Yield the beginning of the function that runs a generator: the jump to where it waits."""
    scope, function = frame.scope, frame.function
    name = frame_name(scope, function)
    yield f"static bool {resume_name(scope, function)}(struct spy_generator *generator) {{", function.pos
    yield f"{name} *self = ({name} *)generator;", function.pos
    yield "switch (generator->state) {", function.pos
    yield "case 0: break;", None
    for number in range(1, frame.yields + 1):
        yield f"case {number}: goto yield{number};", None
    yield "default: return false;", None
    yield "}", None
    yield "generator->state = SPY_RUNNING;", None
