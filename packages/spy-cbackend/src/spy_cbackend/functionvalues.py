"""Functions as values: objects that start with their code, which gets the object as its first argument.

    def[i32, i32]                       typedef const struct fn *fn;
                                        struct fn { int32_t (*code)(fn self, int32_t); };
    FuncConst(m::f)                     static int32_t f$$v(fn self, int32_t a0) { return f(a0); }
                                        static const struct fn f$$f = {f$$v};             the value is &f$$f
    MakeClosure(m::g, captured n)       struct g$$k { struct fn head; int32_t c0; };
                                        static int32_t g$$c(fn self, int32_t a0)
                                        { const struct g$$k *k = (const void *)self; return g(k->c0, a0); }

So a plain function costs what a function pointer costs, and captured values are read only by those who have
some. Whether calls through a type may raise depends on all functions that are used as values of it.
"""

from collections.abc import Iterator, Sequence
from typing import final

from spy_types.program.types import TypeId

from spy_cbackend.ctypes import CTypes
from spy_cbackend.facts import Facts
from spy_cbackend.value import RAISES


@final
class FunctionValues:
    """The functions that one program uses as values; `names` maps FQNs to C names."""

    def __init__(self, types: CTypes, facts: Facts, names: dict[str, str]) -> None:
        self.types = types
        self.facts = facts
        self.names = names
        used = {*facts.values, *(t for t, _ in facts.closures)}
        self._numbers = {t: number for number, t in enumerate(sorted(used), 1)}

    def refer(self, fqn: str, t: TypeId) -> str:
        """Return C code for the value of type `t` that `fqn` is."""
        return f"&{self._name(fqn, t, 'f')}"

    def closure(self, fqn: str, t: TypeId) -> str:
        """Return the struct that holds a closure of `fqn`: its code, then what it has captured."""
        return f"struct {self._name(fqn, t, 'k')}"

    def code(self, fqn: str, t: TypeId) -> str:
        """Return the code of a closure of `fqn`."""
        return self._name(fqn, t, "c")

    def raises(self, t: TypeId) -> bool:
        """Say whether functions of type `t` have the shape of those that may raise."""
        return bool(self.facts.type_flags.get(t, 0) & RAISES)

    def definitions(self) -> Iterator[str]:
        """Yield the objects and the code of all function values."""
        for t, functions in self.facts.values.items():
            for fqn in sorted(functions):
                code = self._name(fqn, t, "v")
                yield from self._code(code, fqn, t, ())
                yield f"static const struct {self.types.name(t)} {self._name(fqn, t, 'f')} = {{{code}}};"
        for (t, fqn), captured in self.facts.closures.items():
            yield f"{self.closure(fqn, t)} {{"
            yield f"struct {self.types.name(t)} head;"
            for i, captured_type in enumerate(captured):
                yield f"{self.types.declare(captured_type, f'c{i}')};"
            yield "};"
            yield from self._code(self.code(fqn, t), fqn, t, captured)

    def _code(self, name: str, fqn: str, t: TypeId, captured: Sequence[TypeId]) -> Iterator[str]:
        definition = self.types.function(t)
        params = [self.types.declare(param, f"a{i}") for i, param in enumerate(definition.params)]
        args = [*(f"k->c{i}" for i in range(len(captured))), *(f"a{i}" for i in range(len(params)))]
        raises, may = self.facts.raises(fqn), self.raises(t)
        head = self.types.signature(name, [f"{self.types.name(t)} self", *params], definition.result, may)
        yield f"static {head} {{"
        if captured:
            yield f"const {self.closure(fqn, t)} *k = (const void *)self;"
        if raises and definition.result != "None":
            args.append("result")
        call = f"{self.names[fqn]}({', '.join(args)})"
        if raises:
            yield f"return {call};"
        elif definition.result == "None":
            yield f"{call};"
        else:
            yield f"*result = {call};" if may else f"return {call};"
        if may and not raises:
            yield "return false;"
        yield "}"

    def _name(self, fqn: str, t: TypeId, kind: str) -> str:
        return f"{self.names[fqn]}$${kind}{self._numbers[t]}"
