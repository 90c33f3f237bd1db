"""App-level types as Program IR types."""

import msgspec
from spy_types.loc import Loc
from spy_types.program.types import (
    ClassType,
    Field,
    FuncType,
    GeneratorType,
    PtrType,
    StructType,
    TypeDef,
    TypeId,
    UnionType,
)
from spy_vm.dispatch.class_fields import complete_class
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.types import (
    W_FuncType,
    W_GeneratorType,
    W_PtrType,
    W_SingleType,
    W_StructType,
    W_Type,
    W_UnionType,
)
from spy_vm.registry.registry import Registry

from spy_redshift import errors


class TypeTable:
    """The types that a program uses, by TypeId, in order of first use."""

    def __init__(self, world: Registry) -> None:
        self.world = world
        self.types: dict[TypeId, TypeDef] = {}
        self._known: dict[W_Type, TypeId] = {}
        self._open: list[W_ClassType] = []
        self._made: dict[W_ClassType, ClassType] = {}

    def tid(self, w_T: W_Type, loc: Loc | None = None) -> TypeId:
        """Return the TypeId of `w_T`; refuse types that exist early only."""
        found = self._known.get(w_T)
        if found is not None:
            return found
        if w_T is b.W_OBJECT:
            return "dynamic"
        if w_T is b.W_EXCEPTION_TYPE:
            return "str"
        if isinstance(w_T, W_SingleType):
            return "None"
        if w_T in b.BLUE_ONLY:
            raise errors.blue_only(w_T, loc)
        self._known[w_T] = w_T.fqn
        definition = self._define(w_T, loc)
        if definition is not None:
            self.types[w_T.fqn] = definition
        return w_T.fqn

    def finish(self) -> None:
        """Define the classes: their fields may be known only when everything was looked at."""
        while self._open:
            w_C = self._open.pop()
            complete_class(self.world, w_C)
            fields = tuple(Field(name, self.tid(w_F, w_C.loc)) for name, w_F in w_C.fields.items())
            base = None if w_C.state_base is None else self.tid(w_C.state_base)
            ancestors = tuple(self.tid(w_A) for w_A in w_C.mro[1:])
            self._made[w_C] = ClassType(w_C.display, base, ancestors, fields)
        protocols = [w_P for w_P in self._made if w_P.is_protocol]
        for w_C, made in self._made.items():
            others = [w_A for w_P in protocols if w_C is not w_P and w_C.is_subtype(w_P) for w_A in w_P.mro]
            more = tuple(self.tid(w_A) for w_A in dict.fromkeys(others) if w_A not in w_C.mro)
            self.types[w_C.fqn] = msgspec.structs.replace(made, ancestors=(*made.ancestors, *more))

    def _define(self, w_T: W_Type, loc: Loc | None) -> TypeDef | None:  # noqa: PLR0911  # one case per type
        match w_T:
            case W_StructType():
                fields = tuple(Field(name, self.tid(w_F, loc)) for name, w_F in (w_T.fields or {}).items())
                return StructType(w_T.display, fields)
            case W_ClassType():
                self._open.append(w_T)
                return ClassType(w_T.display, None, (), ())
            case W_PtrType():
                return PtrType(w_T.display, w_T.kind, self.tid(w_T.w_item, loc))
            case W_FuncType():
                params = tuple(self.tid(w_P, loc) for w_P in w_T.params)
                return FuncType(w_T.display, params, self.tid(w_T.w_result, loc))
            case W_UnionType():
                return UnionType(w_T.display, tuple(self.tid(w_M, loc) for w_M in w_T.members))
            case W_GeneratorType():
                parts = (self.tid(part, loc) for part in (w_T.w_item, w_T.w_sent, w_T.w_result))
                return GeneratorType(w_T.display, *parts)
            case _:
                return None
