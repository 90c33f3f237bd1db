"""The SPy functions that fill and read lists and dicts, see `containers.spy`: any engine can run them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import final

from spy_parser import parse
from spy_vm.imports import execute
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_StructType, W_Type
from spy_vm.world import World

SOURCE = Path(__file__).with_name("containers.spy")
NAME = "__containers__"


@final
class Containers:
    """The functions for the types of one World, made when first asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._module = _module(world)
        assert self._module.syntax is not None
        scope = self._module.syntax.scopes[0]
        self._frame = world.new_frame(self._module, scope, None, NAME, blue_frame=True)
        self._made: dict[tuple[str, W_Type], W_ASTFunc] = {}

    def kind(self, w_T: W_Type) -> str | None:
        """Return the name under which users know the generic that made `w_T`: `list`, `dict`, `tuple`."""
        return self.world.human_names.get(w_T.origin.fqn) if w_T.origin is not None else None

    def items(self, w_T: W_Type) -> list[W_Type]:
        """Return the types of what is in a container."""
        if isinstance(w_T, W_StructType) and self.kind(w_T) == "tuple":
            return list((w_T.fields or {}).values())
        return [arg for arg in w_T.origin_args if isinstance(arg, W_Type)]

    def function(self, name: str, w_T: W_Type) -> W_ASTFunc:
        """Return the function `name` for the container type `w_T`."""
        key = (name, w_T)
        if key not in self._made:
            generic = self._module.attrs[name]
            assert isinstance(generic, Operand)
            count = len(generic.val.params)
            types = [w_T, *self.items(w_T)][:count]
            result = self._frame.call_blue(generic.val, [blue(b.W_TYPE, w_A) for w_A in types], None)
            assert isinstance(result.val, W_ASTFunc)
            self._made[key] = result.val
        return self._made[key]

    def functions(self, types: Iterable[W_Type]) -> Iterator[W_ASTFunc]:
        """Yield the functions for every container in `types`, or inside of one of these."""
        names = {"list": ("new", "append", "length", "item"), "dict": ("new", "set_value", "value", "keys")}
        waiting = list(types)
        seen: set[W_Type] = set()
        while waiting:
            w_T = waiting.pop()
            if w_T in seen:
                continue
            seen.add(w_T)
            found = [self.function(name, w_T) for name in names.get(self.kind(w_T) or "", ())]
            yield from found
            waiting += [w_A for w_func in found for w_A in signature(w_func)]
            waiting += list((w_T.fields or {}).values()) if isinstance(w_T, W_StructType) else []


def signature(w_func: W_ASTFunc) -> list[W_Type]:
    """Return the types of the parameters and of the result."""
    types = [*(param.w_T for param in w_func.params), w_func.w_result]
    return [w_T for w_T in types if w_T is not None]


def visible_types(module: W_Module) -> Iterator[W_Type]:
    """Yield the types that a caller of `module` meets."""
    for value in module.attrs.values():
        if isinstance(value, Cell):
            yield value.w_T
        elif isinstance(value.val, W_ASTFunc) and value.val.color == "red":
            yield from signature(value.val)
        elif isinstance(value.val, W_StructType):
            methods = [op.val for op in value.val.attrs.values()]
            yield value.val
            for w_func in methods:
                if isinstance(w_func, W_ASTFunc) and w_func.color == "red":
                    yield from signature(w_func)


def _module(world: World) -> W_Module:
    if NAME not in world.modules:
        frozen, world.frozen = world.frozen, False
        try:
            execute(world, parse(SOURCE.read_text(), name=NAME, path=f"<spy-cli>/{SOURCE.name}"))
        finally:
            world.frozen = frozen
    return world.modules[NAME]
