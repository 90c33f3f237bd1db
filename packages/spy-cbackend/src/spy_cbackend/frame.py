"""The state of writing one function, shared by the modules that write its expressions and statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, final

from spy_types.program.nodes import Expr, Pos, Stmt
from spy_types.program.program import Function, Program
from spy_types.program.types import TypeId

from spy_cbackend.assigned import Unsure
from spy_cbackend.classes import Classes
from spy_cbackend.constants import Constants
from spy_cbackend.ctypes import CTypes
from spy_cbackend.dynamic import Dynamics
from spy_cbackend.dynamic_expansion import HELPER
from spy_cbackend.facts import Facts
from spy_cbackend.functionvalues import FunctionValues
from spy_cbackend.mangling import member_name
from spy_cbackend.options import Mode
from spy_cbackend.places import Places
from spy_cbackend.value import ATOM, NOTHING, RAISES, Code, Touch, Value, must_precede

Reason = Literal["return", "break", "continue"]

# Longer operands get a variable: C compilers limit how deep expressions nest.
_LONGEST = 2000


@final
@dataclass(frozen=True, slots=True)
class Scope:
    """What all functions of a program share. `names` maps FQNs of functions and externs to C names."""

    program: Program
    mode: Mode
    facts: Facts
    types: CTypes
    constants: Constants
    functions: FunctionValues
    dynamics: Dynamics
    places: Places
    names: dict[str, str]
    classes: Classes
    hidden: dict[str, dict[str, str]] = field(default_factory=dict)  # of the frames of generators


@final
@dataclass(slots=True)
class Landing:
    """A label that code may jump to."""

    label: str
    used: bool = False

    def use(self) -> str:
        """Return the label, for a jump to it."""
        self.used = True
        return self.label


@final
@dataclass(slots=True)
class Exit:
    """A `finally` around what is being written: its start, and the variable that tells it where to go on.

    `loops` is how many loops there are around it.
    """

    landing: Landing
    variable: str
    loops: int
    reasons: dict[Reason, int] = field(default_factory=dict)

    def code_of(self, reason: Reason) -> int:
        """Return the number that stands for a way out."""
        return self.reasons.setdefault(reason, len(self.reasons) + 1)


class WriteExpression(Protocol):
    """Writes an expression; what must run before it goes to `code`."""

    def __call__(self, frame: "Frame", expr: Expr, code: Code) -> Value: ...


class WriteStatements(Protocol):
    """Writes statements to `code`."""

    def __call__(self, frame: "Frame", body: Sequence[Stmt], code: Code) -> None: ...


@final
@dataclass(slots=True)
class Frame:
    """One function under construction. `loop_vars` are declared by their loops, others by the statements in
    `declaring`. Exceptions go to `landing`, or out of the function; `exits` are the `finally` blocks around,
    `handled` the exceptions of the handlers around. `keeps_result`: it needs a variable for its result.
    """

    scope: Scope
    function: Function
    unsure: Unsure
    write_expression: WriteExpression
    write_statements: WriteStatements
    raises: bool
    loop_vars: frozenset[str] = frozenset()
    declaring: frozenset[int] = frozenset()
    break_labels: list[str | None] = field(default_factory=list)
    used_labels: set[str] = field(default_factory=set)
    landing: Landing | None = None
    exits: list[Exit] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)
    keeps_result: bool = False
    counter: int = 0
    kept: frozenset[str] = frozenset()  # the locals of a generator that outlive its steps
    yields: int = 0

    def expression(self, expr: Expr, code: Code) -> Value:
        """Write `expr`; what must run before it goes to `code`."""
        return self.write_expression(self, expr, code)

    def fresh(self, prefix: str = "t") -> str:
        """Return a name that nothing else in the function has."""
        self.counter += 1
        return f"{prefix}{self.counter}"

    def spill(self, value: Value, t: TypeId, code: Code, pos: Pos) -> Value:
        """Evaluate `value` now, into a temporary."""
        name = self.fresh()
        code.add(f"{self.scope.types.declare(t, name)} = {value.code};", pos)
        code.touch = code.touch | value.touch
        return Value(name)

    def operands(self, exprs: Sequence[Expr], code: Code) -> list[Value]:
        """Write operands so that their effects come in order: those that must precede a later one are
        spilled.
        """
        parts: list[tuple[Code, Value]] = []
        for expr in exprs:
            before = Code()
            parts.append((before, self.expression(expr, before)))
        later = [NOTHING] * len(parts)
        for i in range(len(parts) - 1, 0, -1):
            later[i - 1] = later[i] | parts[i][0].touch | parts[i][1].touch
        values: list[Value] = []
        for (before, value), after, expr in zip(parts, later, exprs, strict=True):
            code.extend(before)
            unwieldy = len(value.code) > _LONGEST and expr.t != "None"
            if unwieldy or must_precede(value.touch, after):
                value = self.spill(value, expr.t, code, expr.pos)  # noqa: PLW2901  # the same value, elsewhere
            values.append(value)
        return values

    def place(self, pos: Pos) -> str:
        """Return C code for a pointer to the place of `pos` in this function; NULL in one that users do not
        see.
        """
        if self.function.display == HELPER:
            return "NULL"
        return self.scope.places.refer(self.function.display, pos)

    def try_call(self, call: str, pos: Pos, code: Code, touch: Touch) -> None:
        """Run a call that may raise, and leave the function, or the `try`, if it does."""
        if self.landing is not None:
            code.add(f"SPY_TRY_OR({call}, {self.place(pos)}, {self.landing.use()});", pos)
        else:
            assert self.raises, f"{self.function.fqn} must not raise, but: {call}"
            code.add(f"SPY_TRY({call}, {self.place(pos)});", pos)
        code.touch = code.touch | touch | Touch(RAISES)

    def try_value(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
        self, name: str, args: Sequence[str], t: TypeId, pos: Pos, code: Code, touch: Touch
    ) -> Value:
        """Run a call that may raise and stores its result through a last argument; return the result."""
        result = self.fresh()
        code.add(f"{self.scope.types.declare(t, result)};", pos)
        self.try_call(f"{name}({', '.join([*args, f'&{result}'])})", pos, code, touch)
        return Value(result)

    def hidden(self, name: str) -> str:
        """Return the C name of a variable of our own; a generator keeps it in its frame."""
        return f"self->{name}" if self.function.generator else name

    def declared(self, c_type: str, name: str) -> str:
        """Return the declaration of a hidden variable, where its first value is assigned."""
        if not self.function.generator:
            return f"{c_type}{name}"
        self.scope.hidden.setdefault(self.function.fqn, {})[name] = f"{c_type}{name};"
        return f"self->{name}"

    def local(self, name: str) -> str:
        """Return the C name of a local."""
        return f"self->{member_name(name)}" if name in self.kept else member_name(name)

    def set_flag(self, name: str) -> str:
        """Return the C name of the flag that says whether a local has a value."""
        return f"{self.local(name)}$set"


def joined(values: Sequence[Value]) -> Touch:
    """Return what evaluating all of `values` touches."""
    touch = NOTHING
    for value in values:
        touch = touch | value.touch
    return touch


def call_of(name: str, args: Sequence[Value], touch: Touch) -> Value:
    """Return a call of a C function that cannot raise."""
    return Value(f"{name}({', '.join(arg.code for arg in args)})", ATOM, touch | joined(args))
