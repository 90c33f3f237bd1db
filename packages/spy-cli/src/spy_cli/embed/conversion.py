"""Values of Python as values of SPy, and back. Both engines in process keep SPy values in the same form.

Numbers, bool, str, bytes and None are themselves; a struct is a tuple of its fields. Lists, dicts and tuples
are copied; their items are reached through the methods that the library gives them.
"""

from struct import error as PackError
from struct import pack, unpack
from typing import Any, final

from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand
from spy_vm.objects.types import W_StructType, W_Type
from spy_vm.world import World

from spy_cli.embed.opaque import Opaque
from spy_cli.embed.structs import SpyStruct, Structs


@final
class Conversion:
    """Converts between Python and the types of one World."""

    def __init__(self, world: World, structs: Structs) -> None:
        self.world = world
        self.structs = structs
        module = world.main_module
        assert module is not None
        assert module.syntax is not None
        self._frame = world.new_frame(module, module.syntax.scopes[0], None, module.name, blue_frame=False)

    def to_spy(self, value: object, w_T: W_Type) -> Any:
        """Return `value` as a `w_T`; raise TypeError or OverflowError if it is none."""
        if isinstance(value, Opaque) and value.w_T is w_T:
            return value.value
        if isinstance(w_T, W_StructType):
            return self._struct(value, w_T)
        if w_T is b.W_DYNAMIC or w_T is b.W_OBJECT:
            w_own = self._type_of(value)
            return Dyn(w_own.fqn, self.to_spy(value, w_own))
        return _scalar(value, w_T)

    def to_python(self, value: Any, w_T: W_Type) -> Any:
        """Return a SPy value of type `w_T` as Python sees it."""
        if isinstance(value, Dyn):
            return self.to_python(value.value, self.world.type_by_id(value.t))
        if isinstance(w_T, W_StructType):
            return self._from_struct(value, w_T)
        return value if w_T in _SCALARS else Opaque(w_T, value)

    def call_method(
        self, value: Any, w_T: W_Type, name: str, *args: tuple[Any, W_Type]
    ) -> tuple[Any, W_Type]:
        """Call a method of a SPy value in the evaluator; return the result with its type."""
        operands = [Operand(w_T, value, False), *(Operand(w_A, arg, False) for arg, w_A in args)]
        result = self._frame.dunder(name, operands, None)
        if result is None:
            raise TypeError(f"`{w_T.display}` has no method `{name}`")
        return result.val, result.w_T

    def _from_struct(self, value: Any, w_T: W_StructType) -> Any:
        match self._library_name(w_T):
            case "tuple":
                fields = (w_T.fields or {}).values()
                return tuple(self.to_python(v, w_F) for v, w_F in zip(value, fields, strict=True))
            case "list":
                return self._items(value, w_T)
            case "dict":
                return self._pairs(value, w_T)
            case _:
                return self.structs.wrap(value, w_T)

    def _struct(self, value: object, w_T: W_StructType) -> Any:
        name = self._library_name(w_T)
        if isinstance(value, SpyStruct) and value.__spy_type__ is w_T:
            return value.__spy_value__
        if (
            name == "tuple"
            and isinstance(value, tuple)
            and w_T.fields is not None
            and len(value) == len(w_T.fields)
        ):
            return tuple(self.to_spy(v, w_F) for v, w_F in zip(value, w_T.fields.values(), strict=True))
        if name == "list" and isinstance(value, list):
            return self._filled(w_T, [[item] for item in value], "append")
        if name == "dict" and isinstance(value, dict):
            return self._filled(w_T, [[key, item] for key, item in value.items()], "__setitem__")
        raise _mismatch(value, w_T)

    def _filled(self, w_T: W_StructType, rows: list[list[object]], method: str) -> Any:
        """Return a new container with a call of `method` for each of `rows`."""
        made = self._frame.call(Operand(b.W_TYPE, w_T, True), [], {}, None).val
        types = [arg for arg in w_T.origin_args if isinstance(arg, W_Type)]
        for row in rows:
            args = [(self.to_spy(value, w_A), w_A) for value, w_A in zip(row, types, strict=True)]
            self.call_method(made, w_T, method, *args)
        return made

    def _items(self, value: Any, w_T: W_StructType) -> list[Any]:
        length, _ = self.call_method(value, w_T, "__len__")
        found = [self.call_method(value, w_T, "__getitem__", (i, b.W_I32)) for i in range(length)]
        return [self.to_python(*item) for item in found]

    def _pairs(self, value: Any, w_T: W_StructType) -> dict[Any, Any]:
        iterator = self.call_method(value, w_T, "__fastiter__")
        found = {}
        while self.call_method(*iterator, "__continue_iteration__")[0]:
            key = self.call_method(*iterator, "__item__")
            found[self.to_python(*key)] = self.to_python(*self.call_method(value, w_T, "__getitem__", key))
            iterator = self.call_method(*iterator, "__next__")
        return found

    def _library_name(self, w_T: W_StructType) -> str | None:
        """Return the name under which users know the generic that made `w_T`: `list`, `dict`, `tuple`."""
        return self.world.human_names.get(w_T.origin.fqn) if w_T.origin is not None else None

    def _type_of(self, value: object) -> W_Type:
        if isinstance(value, SpyStruct):
            return value.__spy_type__
        if type(value) is int:
            low, high = b.INT_TYPES[b.W_I32]
            return b.W_I32 if low <= value <= high else b.W_I64
        for w_T, cls in (*_PLAIN.items(), (b.W_F64, float), (b.W_COMPLEX, complex)):
            if type(value) is cls:
                return w_T
        raise TypeError(f"SPy has no dynamic value for a Python `{type(value).__name__}`")


_PLAIN: dict[W_Type, type] = {b.W_BOOL: bool, b.W_STR: str, b.W_BYTES: bytes, b.W_NONE: type(None)}
_SCALARS: frozenset[W_Type] = frozenset((*_PLAIN, *b.INT_TYPES, *b.FLOAT_TYPES, b.W_COMPLEX))


def _mismatch(value: object, w_T: W_Type) -> TypeError:
    return TypeError(f"expected `{w_T.display}`, got a Python `{type(value).__name__}`")


def _scalar(value: object, w_T: W_Type) -> Any:
    if w_T in b.INT_TYPES:
        return _int(value, w_T, *b.INT_TYPES[w_T])
    if w_T in b.FLOAT_TYPES:
        return _float(value, w_T)
    if w_T is b.W_COMPLEX and isinstance(value, (int, float, complex)):
        return complex(value)
    if type(value) is not _PLAIN.get(w_T):
        raise _mismatch(value, w_T)
    return value


def _int(value: object, w_T: W_Type, low: int, high: int) -> int:
    if not hasattr(value, "__index__") or isinstance(value, bool):
        raise _mismatch(value, w_T)
    number = int(value.__index__())
    if not low <= number <= high:
        raise OverflowError(f"{number} does not fit into `{w_T.display}`")
    return number


def _float(value: object, w_T: W_Type) -> float:
    if isinstance(value, (bool, str, bytes)) or not (
        hasattr(value, "__float__") or hasattr(value, "__index__")
    ):
        raise _mismatch(value, w_T)
    number = float(value)  # type: ignore[arg-type]  # it has one of the two methods
    if w_T is b.W_F64:
        return number
    try:
        return float(unpack("f", pack("f", number))[0])
    except (OverflowError, PackError):
        return float("inf") if number > 0 else float("-inf")
