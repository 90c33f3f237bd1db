"""Types as app-level objects: those that the language makes. `W_Type` stands beside the operands."""

from typing import TYPE_CHECKING, Any, Literal, final

from spy_vm.memory import NULL, Ptr
from spy_vm.objects.operand import W_Type
from spy_vm.tagging import EMPTY, member_of, unwrapped, wrapped

if TYPE_CHECKING:
    from spy_types.loc import Loc

    from spy_vm.memory import Shape
    from spy_vm.objects.operand import Operand

__all__ = [
    "W_FuncType",
    "W_GeneratorType",
    "W_PrimType",
    "W_PtrType",
    "W_SingleType",
    "W_StructType",
    "W_Type",
    "W_UnionType",
    "is_keywords",
]


@final
class W_PrimType(W_Type):
    """A type that the language defines: `i32`, `str`, `None`, `type`, ..."""

    def __init__(
        self, tid: str, fqn: str, zero: Any, *, identity: bool = False, w_base: W_Type | None = None
    ) -> None:
        super().__init__(tid, fqn.removeprefix("builtins::"), w_base)
        self.full_fqn = fqn
        self.identity = identity
        self._zero = zero

    def zero(self) -> Any:
        return self._zero


@final
class W_StructType(W_Type):
    """An immutable value type with C layout. Between declaration and definition `fields` is None."""

    identity = False

    def __init__(self, fqn: str, display: str | None = None) -> None:
        super().__init__(fqn, display)
        self.fields: dict[str, W_Type] | None = None
        self.field_locs: dict[str, Loc] = {}
        self.enum_kind: str | None = None  # of an enumeration, see frame.enums
        self.enumerators: dict[str, tuple[Any, ...]] | None = None  # its members, aliases left out
        self.named_items = False  # whether it is a named tuple: its fields are items
        self.stands_for: str | None = None  # the field that a value stands for where that is needed
        self.keywords = False  # whether it is the type of a `**kwargs`: a field per name
        self._shape: Shape = ()
        self._leaves: tuple[W_Type, ...] = ()

    def define(self, fields: "dict[str, W_Type]") -> None:
        """Give the struct its fields."""
        self.fields = fields
        self._shape = tuple(w_T.shape for w_T in fields.values())
        self._leaves = tuple(leaf for w_T in fields.values() for leaf in w_T.leaves)

    @property
    def shape(self) -> "Shape":
        return self._shape

    @property
    def leaves(self) -> tuple[W_Type, ...]:
        return self._leaves

    def index(self, field: str) -> int:
        """Return the position of `field`."""
        assert self.fields is not None
        return list(self.fields).index(field)

    def offset(self, field: str) -> int:
        """Return how many scalars stand before `field`."""
        assert self.fields is not None
        total = 0
        for name, w_T in self.fields.items():
            if name == field:
                return total
            total += len(w_T.leaves)
        raise KeyError(field)


def is_keywords(w_T: W_Type) -> bool:
    """Whether `w_T` is the type of a `**kwargs`."""
    return isinstance(w_T, W_StructType) and w_T.keywords


@final
class W_PtrType(W_Type):
    """`raw_ptr[T]`, `gc_ptr[T]`, and as `ref` `raw_ref[T]`, `gc_ref[T]`.

    A pointer that reads as what it points to.
    """

    identity = True

    def __init__(self, kind: Literal["raw", "gc"], w_item: W_Type, *, ref: bool = False) -> None:
        name = f"{kind}_{'ref' if ref else 'ptr'}"
        super().__init__(f"unsafe::{name}[{w_item.fqn}]", f"unsafe::{name}[{w_item.display}]")
        self.kind = kind
        self.w_item = w_item
        self.ref = ref

    def zero(self) -> Ptr:
        return NULL


@final
class W_FuncType(W_Type):
    """The type of functions with these parameters and result."""

    def __init__(self, params: tuple[W_Type, ...], w_result: W_Type, prefix: str = "") -> None:
        human = ", ".join(w_T.display for w_T in params)
        full = ", ".join(w_T.fqn for w_T in (*params, w_result))
        super().__init__(
            f"builtins::{prefix}def[{full}]",
            f"{prefix and '@' + prefix + ' '}def({human}) -> {w_result.display}",
        )
        self.params = params
        self.w_result = w_result


@final
class W_GeneratorType(W_Type):
    """`Iterator[Y]`, `Generator[Y, S, R]`: what a call of a generator function makes.

    Its methods are those of `w_methods`, a type of the library.
    """

    identity = True

    def __init__(self, w_item: W_Type, w_sent: W_Type, w_result: W_Type) -> None:
        parts = (w_item, w_sent, w_result)
        plain = w_sent.fqn == w_result.fqn == "None"
        shown = f"Iterator[{w_item.display}]"
        if not plain:
            shown = f"Generator[{', '.join(w_T.display for w_T in parts)}]"
        super().__init__(f"builtins::Generator[{', '.join(w_T.fqn for w_T in parts)}]", shown)
        self.w_item = w_item
        self.w_sent = w_sent
        self.w_result = w_result
        self.w_methods: W_Type | None = None

    def lookup(self, name: str) -> "Operand | None":
        return super().lookup(name) or (None if self.w_methods is None else self.w_methods.lookup(name))

    def zero(self) -> None:
        return None


@final
class W_SingleType(W_Type):
    """The type of one value that exists early only, as an item of `*args`.

    Nothing of it is left at run time.
    """

    identity = False

    def __init__(self, w_of: W_Type, val: Any, number: int) -> None:
        super().__init__(f"types::single[{w_of.fqn}]#{number}", w_of.display)
        self.w_of = w_of
        self.val = val


@final
class W_UnionType(W_Type):
    """One of several types, by value: `i32 | None`. What its values are in process, `spy_vm.tagging` says."""

    def __init__(self, members: tuple[W_Type, ...]) -> None:
        self.members = members
        self.tids = tuple(w_T.fqn for w_T in members)
        shown = (_in_union(w_T) for w_T in members)
        super().__init__(f"builtins::Union[{', '.join(self.tids)}]", " | ".join(shown))

    @property
    def optional(self) -> bool:
        """Whether None is a member."""
        return "None" in self.tids

    def held(self, val: Any) -> tuple[W_Type, Any]:
        """Return which member the union `val` holds, and the value of it."""
        member = member_of(self.tids, val)
        return self.members[self.tids.index(member)], unwrapped(self.tids, val)

    def wrap(self, w_member: W_Type, val: Any) -> Any:
        """Return the `val` of a member as a value of this union."""
        return wrapped(self.tids, w_member.fqn, val)

    def zero(self) -> Any:
        return None if self.optional else EMPTY


def _in_union(w_T: W_Type) -> str:
    if w_T.fqn == "None":
        return "None"
    return f"({w_T.display})" if isinstance(w_T, W_FuncType) else w_T.display
