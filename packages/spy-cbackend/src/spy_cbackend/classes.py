"""The classes of a program as C structs, numbered; its methods as functions that look at the number.

class P:                 struct spy_m$P { spy_Object head; int32_t x_; };
class Q(P):              struct spy_m$Q { struct spy_m$P base; double y_; };

An inherited field is `q->base.x_`: C knows then that it may be the same memory as `p->x_`.
"""

from collections.abc import Iterator
from typing import final

from spy_types.program.constants import ConstValue
from spy_types.program.program import Method, Program
from spy_types.program.types import ClassType, TypeId

from spy_cbackend.class_fields import Fields, declaring_class
from spy_cbackend.constants import Constants
from spy_cbackend.ctypes import CTypes
from spy_cbackend.facts import Facts
from spy_cbackend.mangling import member_name, text_literal
from spy_cbackend.value import RAISES

NAMES = "spy_class_names"


@final
class Classes:
    """The classes of one program. A class has the number of its place among them."""

    def __init__(self, program: Program, types: CTypes, facts: Facts, names: dict[str, str]) -> None:
        self.program = program
        self.types = types
        self.facts = facts
        self.names = names
        self.numbers = {t: i for i, t in enumerate(_in_families(program))}
        self.receivers = {f.fqn: f.params[0].t for f in program.functions if f.params}
        self.fields = Fields(program.types, facts.unsure_fields)
        self.methods = {method.fqn: method for method in program.methods}

    def member(self, t: TypeId, field: str) -> str:
        """Return the path from an object of class `t` to `field`: `base.base.x_`."""
        owner = declaring_class(self.program.types, t, field)
        steps = []
        while t != owner:
            steps.append("base")
            t = self.types.cls(t).base or owner
        return ".".join([*steps, member_name(field)])

    def is_sure(self, t: TypeId, field: str) -> bool:
        """Say whether `field` of objects of class `t` always has a value."""
        return self.fields.is_sure(t, field)

    def instances(self, t: TypeId) -> list[int]:
        """Return the numbers of the classes whose objects are a `t`, in order."""
        found = [n for name, n in self.numbers.items() if name == t or t in self.types.cls(name).ancestors]
        return sorted(found)

    def test(self, t: TypeId, number: str) -> str:
        """Return the condition that a class with this number (a C expression, used twice) is a `t`."""
        wanted = self.instances(t)
        if wanted == list(range(wanted[0], wanted[-1] + 1)):
            if len(wanted) == 1:
                return f"{number} == {wanted[0]}"
            if len(wanted) == len(self.numbers):
                return "true"
            return f"(uint32_t)({number} - {wanted[0]}) < {len(wanted)}u"
        return " || ".join(f"{number} == {n}" for n in wanted)

    def name_of(self, obj: str) -> str:
        """Return C code for the name of an object's class, as messages have it."""
        return f"{NAMES}[spy_class_of({obj})]"

    def method_name(self, method: str) -> str:
        """Return the C function that dispatches `method`."""
        return f"spy_virtual{list(self.methods).index(method)}"

    def raises(self, method: str) -> bool:
        """Say whether a call of `method` may raise."""
        return any(self.facts.raises(impl.func) for impl in self.methods[method].impls)

    def declarations(self) -> Iterator[str]:
        """Yield the table of names."""
        if self.numbers:
            shown = (self.types.cls(t).display.rpartition("::")[2] for t in self.numbers)
            yield f"static const char *const {NAMES}[] = {{{', '.join(map(text_literal, shown))}}};"

    def dispatchers(self) -> Iterator[str]:
        """Yield the functions that dispatch methods."""
        for method in self.program.methods:
            yield from self._dispatcher(method)

    def object_declarations(self) -> Iterator[str]:
        """Yield the declarations of the objects that exist from the start."""
        for number, made in enumerate(self.program.objects):
            yield f"static struct {self.types.struct_name(made.t)} spy_object{number};"

    def object_definitions(self, constants: Constants) -> Iterator[str]:
        """Yield the objects that exist from the start."""
        for number, made in enumerate(self.program.objects):
            fields = self.types.cls(made.t).fields
            values = {f.name: (f.t, v) for f, v in zip(fields, made.values, strict=True) if v is not None}
            body = self._initialiser(made.t, self.numbers[made.t], values, constants)
            yield f"static struct {self.types.struct_name(made.t)} spy_object{number} = {body};"

    def _initialiser(
        self, t: TypeId, number: int, values: dict[str, tuple[TypeId, ConstValue]], constants: Constants
    ) -> str:
        base = self.types.cls(t).base
        inner = f".head = {{{number}}}"
        if base is not None:
            inner = f".base = {self._initialiser(base, number, values, constants)}"
        parts = [inner]
        for field in self.types.own_fields(t):
            if field.name in values:
                parts.append(
                    f".{member_name(field.name)} = {constants.initialiser(values[field.name][1], field.t)}"
                )
                if not self.is_sure(t, field.name):
                    parts.append(f".{member_name(field.name)}$set = true")
        return "{" + ", ".join(parts) + "}"

    def _dispatcher(self, method: Method) -> Iterator[str]:
        raises = self.raises(method.fqn)
        params = [self.types.declare(t, f"a{i}") for i, t in enumerate(method.params)]
        name = self.method_name(method.fqn)
        yield f"static inline {self.types.signature(name, params, method.result, raises)} {{"
        yield "switch (spy_class_of(a0)) {"
        by_function: dict[str, list[TypeId]] = {}
        for impl in method.impls:
            by_function.setdefault(impl.func, []).append(impl.t)
        for func, classes in by_function.items():
            for t in classes:
                yield f"case {self.numbers[t]}:"
            yield from self._case(method, func, raises=raises)
        yield "}"
        yield "spy_unreachable();"
        yield "}"

    def _case(self, method: Method, func: str, *, raises: bool) -> Iterator[str]:
        wanted = self.receivers[func]
        args = [f"({self.types.name(wanted)})a0", *(f"a{i}" for i in range(1, len(method.params)))]
        name = self.names[func]
        if raises and self.facts.flags[func] & RAISES:
            yield f"return {name}({', '.join([*args, *(['result'] if method.result != 'None' else [])])});"
        elif raises:
            call = f"{name}({', '.join(args)});"
            yield f"*result = {call}" if method.result != "None" else call
            yield "return false;"
        elif method.result == "None":
            yield f"{name}({', '.join(args)});"
            yield "return;"
        else:
            yield f"return {name}({', '.join(args)});"


def _in_families(program: Program) -> list[TypeId]:
    """Return all classes, each after the class it is based on, and before others that are not."""
    children: dict[TypeId | None, list[TypeId]] = {}
    for t, definition in program.types.items():
        if isinstance(definition, ClassType):
            children.setdefault(definition.base, []).append(t)
    order: list[TypeId] = []
    stack = list(reversed(children.get(None, [])))
    while stack:
        t = stack.pop()
        order.append(t)
        stack.extend(reversed(children.get(t, [])))
    return order
