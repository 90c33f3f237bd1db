"""How values of Program IR types lie in memory: shapes, scalar leaves, offsets of fields."""

from collections.abc import Mapping
from typing import Any, final

from spy_types.program.types import FuncType, GeneratorType, PtrType, StructType, TypeDef, TypeId, UnionType

from spy_vm.memory import NULL, ZEROS, Shape
from spy_vm.tagging import EMPTY, is_tagged


@final
class Layouts:
    """The layouts of `types`, computed when first asked for. `types` may grow meanwhile."""

    def __init__(self, types: Mapping[TypeId, TypeDef]) -> None:
        self.types = types
        self._leaves: dict[TypeId, tuple[TypeId, ...]] = {}
        self._shapes: dict[TypeId, Shape] = {}

    def leaves(self, t: TypeId) -> tuple[TypeId, ...]:
        """Return the types of the scalars of a `t`, in memory order."""
        if t not in self._leaves:
            fields = self._fields(t)
            inner = (leaf for field in fields or () for leaf in self.leaves(field))
            self._leaves[t] = (t,) if fields is None else tuple(inner)
        return self._leaves[t]

    def shape(self, t: TypeId) -> Shape:
        """Return how the scalars of a `t` nest."""
        if t not in self._shapes:
            fields = self._fields(t)
            self._shapes[t] = None if fields is None else tuple(map(self.shape, fields))
        return self._shapes[t]

    def zeros(self, t: TypeId) -> tuple[Any, ...]:
        """Return the scalars of a zeroed `t`."""
        return tuple(map(self._zero, self.leaves(t)))

    def item(self, pointer: TypeId) -> TypeId:
        """Return what pointers of this type point to."""
        match self.types[pointer]:
            case PtrType(item=item):
                return item
            case other:
                raise TypeError(f"{pointer} is not a pointer type but {other}")

    def field_index(self, t: TypeId, name: str) -> int:
        """Return the position of a field in the struct `t`."""
        return next(i for i, field in enumerate(self._struct(t).fields) if field.name == name)

    def locate(self, t: TypeId, path: tuple[str, ...]) -> tuple[int, TypeId]:
        """Return where in a `t` the field at `path` starts, in slots, and its type."""
        offset = 0
        for name in path:
            for field in self._struct(t).fields:
                if field.name == name:
                    t = field.t
                    break
                offset += len(self.leaves(field.t))
        return offset, t

    def fields(self, t: TypeId) -> tuple[TypeId, ...]:
        """Return the types of the fields of the struct `t`."""
        return tuple(field.t for field in self._struct(t).fields)

    def members(self, t: TypeId) -> tuple[TypeId, ...]:
        """Return the members of the union `t`; of another type, itself."""
        match self.types.get(t):
            case UnionType(members=members):
                return members
        return (t,)

    def is_tagged(self, t: TypeId) -> bool:
        """Whether values of the union `t` carry their type along."""
        return is_tagged(self.members(t))

    def display(self, t: TypeId) -> str:
        """Return the name that users read."""
        definition = self.types.get(t)
        return t if definition is None else definition.display

    def _struct(self, t: TypeId) -> StructType:
        match self.types[t]:
            case StructType() as struct:
                return struct
            case other:
                raise TypeError(f"{t} is not a struct type but {other}")

    def _fields(self, t: TypeId) -> tuple[TypeId, ...] | None:
        match self.types.get(t):
            case StructType(fields=fields):
                return tuple(field.t for field in fields)
        return None

    def _zero(self, t: TypeId) -> Any:
        match self.types.get(t):
            case PtrType():
                return NULL
            case FuncType() | GeneratorType():
                return None
            case UnionType(members=members):
                return None if "None" in members else EMPTY
        return ZEROS.get(t)
