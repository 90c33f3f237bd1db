"""The classes of a program as Python classes, and its methods as theirs.

A virtual call is `obj.m_3(x)`: CPython's own attribute cache finds the function.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

from spy_types.program.program import Method
from spy_types.program.types import ClassType, TypeDef, TypeId

from spy_vm.host_objects import HeapObject, host_class


@final
class Classes:
    """The classes among `types`, made when first asked for; `compiled` returns the code of a function."""

    def __init__(
        self,
        types: Mapping[TypeId, TypeDef],
        methods: Sequence[Method],
        compiled: Callable[[str], Callable[..., Any]],
    ) -> None:
        self.types = types
        self.methods = methods
        self._compiled = compiled
        self._hosts: dict[TypeId, type[HeapObject]] = {}

    def definition(self, t: TypeId) -> ClassType:
        """Return the definition of the class `t`."""
        definition = self.types[t]
        assert isinstance(definition, ClassType)
        return definition

    def host(self, t: TypeId) -> type[HeapObject]:
        """Return the Python class of the objects of class `t`."""
        if t not in self._hosts:
            definition = self.definition(t)
            inherited = 0 if definition.base is None else len(self.definition(definition.base).fields)
            base = None if definition.base is None else self.host(definition.base)
            own = [field.name for field in definition.fields[inherited:]]
            made = self._hosts[t] = host_class(t, definition.display, base, own)
            for name, fqn in self.functions(t).items():
                self._install(made, name, fqn)
        return self._hosts[t]

    def functions(self, t: TypeId) -> dict[str, str]:
        """Return the functions that the class `t` has for the methods of the program, by attribute."""
        return {
            method_name(number): impl.func
            for number, method in enumerate(self.methods)
            for impl in method.impls
            if impl.t == t
        }

    def instances(self, t: TypeId) -> frozenset[type[HeapObject]]:
        """Return the Python classes of all objects that are a `t`."""
        return frozenset(
            self.host(name)
            for name, definition in self.types.items()
            if isinstance(definition, ClassType) and (name == t or t in definition.ancestors)
        )

    def attribute(self, method: str) -> str:
        """Return the name under which Python classes have the method."""
        return method_name(next(i for i, known in enumerate(self.methods) if known.fqn == method))

    def _install(self, host: type[HeapObject], name: str, fqn: str) -> None:
        """Put a function there that is replaced by its code at its first call."""

        def first(*args: Any) -> Any:
            compiled = self._compiled(fqn)
            setattr(host, name, compiled)
            return compiled(*args)

        setattr(host, name, first)


def method_name(number: int) -> str:
    """Return the attribute for a method of the program."""
    return f"m_{number}"
