"""Classes as app-level objects: references to heap objects with identity."""

from typing import TYPE_CHECKING, Any, Literal, final

from spy_vm.host_objects import HeapObject, bare_name, host_class
from spy_vm.objects.builtin import W_STR
from spy_vm.objects.field_spec import FieldSpec
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import W_Type, blue

if TYPE_CHECKING:
    from spy_types.loc import Loc

    from spy_vm.objects.operand import Operand

State = Literal["declared", "defined", "inferring", "complete"]
Role = Literal["method", "get", "set", "value", "constant"]

CLASS_NAME, CLASS_ID = "__name__", "__tid__"  # constants that every class has


@final
class W_ClassType(W_Type):
    """A class. Its own fields come from annotations in its body and from assignments in its `__init__`.

    `state`: declared before its body ran, defined after; complete when the types of the fields that
    `__init__` assigns are known. `own_defaults` are the values that fields have before `__init__` runs.
    `mro` is the order of search, this class first; `state_base` the base whose fields come first, known when
    complete. A protocol is a supertype of all classes that have what it has.
    """

    def __init__(self, fqn: str, display: str | None = None) -> None:
        super().__init__(fqn, display)
        self.state: State = "declared"
        self.bases: tuple[W_ClassType, ...] = ()
        self.mro: tuple[W_ClassType, ...] = (self,)
        self.state_base: W_ClassType | None = None
        self.is_protocol = False
        self.own_fields: dict[str, W_Type] = {}
        self.own_locs: dict[str, Loc] = {}
        self.own_defaults: dict[str, Operand] = {}
        self.getters: dict[str, W_Func] = {}  # of class attributes that descendants override
        self.exception: str | None = None  # the builtin exception type that it derives from
        self.specs: dict[str, FieldSpec] = {}
        self.frozen = False  # no assignments outside of `__init__`
        self.subclasses: list[W_ClassType] = []
        self._host: type[HeapObject] | None = None

    @property
    def is_base(self) -> bool:
        """Whether objects of this static type may be of another class."""
        return bool(self.subclasses) or self.is_protocol

    @property
    def fields(self) -> dict[str, W_Type]:
        """All fields, inherited ones first."""
        return self.own_fields if self.state_base is None else {**self.state_base.fields, **self.own_fields}

    @property
    def field_locs(self) -> "dict[str, Loc]":
        """Where the fields have their types from."""
        return {name: loc for w_C in reversed(self.mro) for name, loc in w_C.own_locs.items()}

    @property
    def defaults(self) -> "dict[str, Operand]":
        """The values that fields have before `__init__` runs."""
        return {name: op for w_C in reversed(self.mro) for name, op in w_C.own_defaults.items()}

    def lookup(self, name: str) -> "Operand | None":
        for w_C in self.mro:
            if name in w_C.attrs:
                return w_C.attrs[name]
        return None

    def is_subtype(self, w_other: W_Type) -> bool:
        if w_other in self.mro:
            return True
        return isinstance(w_other, W_ClassType) and w_other.is_protocol and self._satisfies(w_other)

    @property
    def lineage(self) -> str:
        """The names of an exception class and of those above it, the builtin one last."""
        names = [w_C.fqn for w_C in self.mro if w_C.exception is not None]
        return "\n".join([*names, self.exception or ""])

    def implementation(self, name: str, role: Role) -> W_Func | None:
        """Return the function that objects of exactly this class run for `name`."""
        if role == "value":
            return next((w_C.getters[name] for w_C in self.mro if name in w_C.attrs), None)
        found = self.lookup(name)
        value = None if found is None else found.val
        if isinstance(value, Descriptor):
            return value.setter if role == "set" else value.w_func
        return value if isinstance(value, W_Func) else None

    def constant(self, name: str) -> "Operand | None":
        """Return what every class has of its own: its name, and what tells it apart."""
        if name == CLASS_NAME:
            return blue(W_STR, bare_name(self.display))
        return blue(W_STR, self.fqn) if name == CLASS_ID else self.lookup(name)

    def abstract_methods(self) -> list[W_Func]:
        """Return the methods that a descendant must define before there can be objects."""
        names = dict.fromkeys(name for w_C in reversed(self.mro) for name in w_C.attrs)
        found = (self.implementation(name, "get") for name in names)
        return [w_func for w_func in found if w_func is not None and w_func.abstract]

    def host(self) -> type[HeapObject]:
        """Return the Python class of the instances; only for complete classes."""
        if self._host is None:
            base = None if self.state_base is None else self.state_base.host()
            self._host = host_class(self.fqn, self.display, base, self.own_fields)
        return self._host

    def zero(self) -> Any:
        return None

    def _satisfies(self, w_protocol: "W_ClassType") -> bool:
        """Whether this class has all members of a protocol, functions with as many parameters."""
        for w_P in w_protocol.mro:
            if not w_P.is_protocol:
                continue
            if any(name not in self.fields and self.lookup(name) is None for name in w_P.own_fields):
                return False
            if not all(self._has_like(name, op.val) for name, op in w_P.attrs.items()):
                return False
        return True

    def _has_like(self, name: str, value: Any) -> bool:
        wanted = value.w_func if isinstance(value, Descriptor) else value
        if not isinstance(wanted, W_Func):
            return True
        if isinstance(value, Descriptor) and name in self.fields:
            return True
        own = self.implementation(name, "get")
        return own is not None and len(own.params) >= len(wanted.params)
