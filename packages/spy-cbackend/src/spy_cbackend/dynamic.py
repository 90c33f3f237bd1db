"""Dynamic values in C: a descriptor per type, conversions to and from each, and the dispatchers of
operations.

static const spy_Type spy_type1 = {"i32"};
static inline spy_dynamic spy_to_dynamic1(int32_t value) { ... }
static inline int32_t spy_from_dynamic1(spy_dynamic value) { ... }
static bool spy_dyn_0(spy_dynamic a0, spy_dynamic a1, spy_dynamic *result) { ... }
"""

from collections.abc import Iterator
from typing import final

from spy_types.program.constants import DynamicConst, NoneConst
from spy_types.program.program import Function, Program
from spy_types.program.types import FLOATS, INTS, ClassType, FuncType, PtrType, TypeId

from spy_cbackend.ctypes import CTypes
from spy_cbackend.dynamic_expansion import Dispatch, Expansion
from spy_cbackend.facts import Facts
from spy_cbackend.mangling import text_literal

_MEMBERS = {**{t: t for t in (*INTS, *FLOATS)}, "bool": "boolean", "str": "text", "bytes": "text"}
_UNARY = {"neg": "-", "pos": "+", "invert": "~"}


@final
class Dynamics:
    """The dynamic values of one program."""

    def __init__(
        self, program: Program, types: CTypes, facts: Facts, names: dict[str, str], expansion: Expansion
    ) -> None:
        self.program = program
        self.types = types
        self.facts = facts
        self.names = names
        self.expansion = expansion
        self._boxes: list[str] = []

    def descriptor(self, t: TypeId) -> str:
        """Return C code for the pointer to the descriptor of `t`; a type that no value has gets one that
        none has.
        """
        if t == "None":
            return "NULL"
        if t not in self.expansion.types:
            return "&spy_type_absent"
        return f"&spy_type{self.expansion.types.index(t)}"

    def to_dynamic(self, t: TypeId) -> str:
        """Return the name of the function that makes a dynamic of a `t`."""
        return f"spy_to_dynamic{self.expansion.types.index(t)}"

    def from_dynamic(self, t: TypeId) -> str | None:
        """Return the name of the function that takes a `t` out of a dynamic, None if no dynamic has one."""
        return f"spy_from_dynamic{self.expansion.types.index(t)}" if t in self.expansion.types else None

    def display(self, t: TypeId) -> str:
        """Return the name of a type as users see it, as a C literal."""
        definition = self.program.types.get(t)
        return text_literal(t if definition is None else definition.display)

    def dispatcher(self, dispatch: Dispatch) -> str:
        """Return the name of the function that does an operation."""
        return f"spy_dyn_{self.expansion.number(dispatch)}"

    def constant(self, value: DynamicConst, inner: str) -> str:
        """Return the initialiser of a constant whose value has the initialiser `inner`."""
        if isinstance(value.value, NoneConst):
            return "{NULL, {0}}"
        member = self._member(value.t)
        if member is not None:
            cast = self._cast(value.t)
            return f"{{{self.descriptor(value.t)}, {{.{member} = {cast}{inner}}}}}"
        self._boxes.append(f"static {self.types.declare(value.t, f'spy_box{len(self._boxes)}')} = {inner};")
        return f"{{{self.descriptor(value.t)}, {{.pointer = &spy_box{len(self._boxes) - 1}}}}}"

    def boxes(self) -> Iterator[str]:
        """Yield the values that constants point to."""
        yield from self._boxes

    def declarations(self) -> Iterator[str]:
        """Yield the descriptors, the conversions, and the heads of the dispatchers."""
        if not self.expansion.types:
            return
        yield 'static const spy_Type spy_type_absent = {""};'
        for t in self.expansion.types:
            if t != "None":
                yield f"static const spy_Type {self.descriptor(t)[1:]} = {{{self.display(t)}}};"
            yield from self._conversions(t)
        for dispatch in self.expansion.dispatches:
            yield f"{self._head(dispatch)};"

    def dispatchers(self) -> Iterator[str]:
        """Yield the functions that look at the types of their operands and do the operation."""
        for dispatch, helpers in self.expansion.dispatches.items():
            yield f"{self._head(dispatch)} {{"
            for operands, helper in helpers:
                tests = [f"a{i}.type == {self.descriptor(t)}" for i, t in enumerate(operands)]
                yield f"if ({' && '.join(tests)}) {{"
                yield from self._case(dispatch, operands, helper)
                yield "}"
            yield from self._otherwise(dispatch)
            yield "}"

    def _conversions(self, t: TypeId) -> Iterator[str]:
        c_type, member = self.types.name(t), self._member(t)
        to, back, descriptor = self.to_dynamic(t), self.from_dynamic(t), self.descriptor(t)
        head = f"static inline spy_dynamic {to}({self.types.declare(t, 'value')})"
        if t == "None":
            yield f"{head} {{ return (spy_dynamic){{0}}; }}"
            yield f"static inline spy_None {back}(spy_dynamic value) {{ return SPY_NONE; }}"
        elif member is not None:
            cast = self._cast(t)
            yield f"{head} {{ return (spy_dynamic){{{descriptor}, {{.{member} = {cast}value}}}}; }}"
            yield f"static inline {c_type} {back}(spy_dynamic value) {{"
            yield f"return ({c_type})value.value.{member};"
            yield "}"
        else:
            yield f"{head} {{"
            yield f"{self.types.declare_pointer(t, 'box')} = spy_gc_alloc(sizeof value);"
            yield "*box = value;"
            yield f"return (spy_dynamic){{{descriptor}, {{.pointer = box}}}};"
            yield "}"
            yield f"static inline {c_type} {back}(spy_dynamic value) {{"
            yield f"return *({c_type} *)value.value.pointer;"
            yield "}"

    def _member(self, t: TypeId) -> str | None:
        """Return the member of the union that holds a `t`, None if it lies behind a pointer."""
        match self.program.types.get(t):
            case ClassType():
                return "pointer"
            case PtrType() if t not in self.types.fat:
                return "pointer"
            case FuncType():
                return "pointer"
            case _:
                return _MEMBERS.get(t)

    def _cast(self, t: TypeId) -> str:
        """Return the cast from a `t` to its member of the union: function values point to constants."""
        return "(void *)" if isinstance(self.program.types.get(t), FuncType) else ""

    def _head(self, dispatch: Dispatch) -> str:
        params = [f"spy_dynamic a{i}" for i in range(dispatch.arity)]
        return f"static {self.types.signature(self.dispatcher(dispatch), params, dispatch.result, True)}"

    def _case(self, dispatch: Dispatch, operands: tuple[TypeId, ...], helper: Function) -> Iterator[str]:
        args = [f"{self.from_dynamic(t)}(a{i})" for i, t in enumerate(operands)]
        name, raises, t = self.names[helper.fqn], self.facts.raises(helper.fqn), helper.result
        if t == "None":
            call = f"{name}({', '.join(args)})"
            yield f"if ({call}) return true;" if raises else f"{call};"
            if dispatch.result == "dynamic":
                yield "*result = (spy_dynamic){0};"
            yield "return false;"
            return
        if raises:
            yield f"{self.types.declare(t, 'value')};"
            yield f"if ({name}({', '.join([*args, '&value'])})) return true;"
        else:
            yield f"{self.types.declare(t, 'value')} = {name}({', '.join(args)});"
        wrap = dispatch.result == "dynamic" and t != "dynamic"
        yield f"*result = {self.to_dynamic(t)}(value);" if wrap else "*result = value;"
        yield "return false;"

    def _otherwise(self, dispatch: Dispatch) -> Iterator[str]:
        operands = ", ".join(f"a{i}" for i in range(dispatch.arity))
        symbol = _UNARY.get(dispatch.op, dispatch.op)
        count = dispatch.arity if len(symbol) <= 2 else 1
        if dispatch.op == "in":
            count = 2
        text = text_literal(symbol if len(symbol) <= 2 else f"{symbol} of ")
        yield f"spy_set_cannot({text}, {count}, (spy_dynamic[]){{{operands}}});"
        yield "return true;"
