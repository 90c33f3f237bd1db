"""Values of Python as values of SPy, and back.

Numbers, bool, str, bytes and None are themselves; a struct is a tuple of its fields. Lists, dicts and tuples
are copied, by SPy functions that run where the value lives.
"""

from collections.abc import Callable
from struct import error as PackError
from struct import pack, unpack
from typing import Any, final

from spy_vm.memory import Dyn
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.types import W_StructType, W_Type

from spy_cli.embed.containers import Containers
from spy_cli.embed.opaque import Opaque
from spy_cli.embed.structs import SpyStruct, Structs

Call = Callable[[W_Func, list[Any]], Any]


@final
class Conversion:
    """Converts between Python and the types of one World; `call` runs a SPy function on SPy values."""

    def __init__(self, containers: Containers, structs: Structs, call: Call) -> None:
        self.containers = containers
        self.structs = structs
        self._run = call

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
            return self.to_python(value.value, self.containers.world.type_by_id(value.t))
        if isinstance(w_T, W_StructType):
            return self._from_struct(value, w_T)
        return value if w_T in _SCALARS else Opaque(w_T, value)

    def _from_struct(self, value: Any, w_T: W_StructType) -> Any:
        match self.containers.kind(w_T):
            case "tuple":
                types = self.containers.items(w_T)
                return tuple(self.to_python(v, w_F) for v, w_F in zip(value, types, strict=True))
            case "list":
                return self._items(value, w_T)
            case "dict":
                return self._pairs(value, w_T)
            case _:
                return self.structs.wrap(value, w_T)

    def _struct(self, value: object, w_T: W_StructType) -> Any:
        if isinstance(value, SpyStruct) and value.__spy_type__ is w_T:
            return value.__spy_value__
        types = self.containers.items(w_T)
        match self.containers.kind(w_T), value:
            case "tuple", tuple() if len(value) == len(types):
                return tuple(self.to_spy(v, w_F) for v, w_F in zip(value, types, strict=True))
            case "list", list():
                return self._filled(w_T, "append", [[item] for item in value])
            case "dict", dict():
                return self._filled(w_T, "set_value", [[key, item] for key, item in value.items()])
            case _:
                raise _mismatch(value, w_T)

    def _filled(self, w_T: W_StructType, add: str, rows: list[list[object]]) -> Any:
        """Return a new container with a call of `add` for each of `rows`."""
        types = self.containers.items(w_T)
        made = self._call("new", w_T)
        for row in rows:
            self._call(add, w_T, made, *[self.to_spy(v, w_A) for v, w_A in zip(row, types, strict=True)])
        return made

    def _items(self, value: Any, w_T: W_Type) -> list[Any]:
        (w_item,) = self.containers.items(w_T)
        count = self._call("length", w_T, value)
        return [self.to_python(self._call("item", w_T, value, i), w_item) for i in range(count)]

    def _pairs(self, value: Any, w_T: W_Type) -> dict[Any, Any]:
        _, w_value = self.containers.items(w_T)
        w_keys = self.containers.function("keys", w_T).w_result
        assert w_keys is not None
        (w_key,) = self.containers.items(w_keys)
        keys = self._call("keys", w_T, value)
        found = {}
        for i in range(self._call("length", w_keys, keys)):
            key = self._call("item", w_keys, keys, i)
            item = self._call("value", w_T, value, key)
            found[self.to_python(key, w_key)] = self.to_python(item, w_value)
        return found

    def _call(self, name: str, w_T: W_Type, *args: Any) -> Any:
        return self._run(self.containers.function(name, w_T), list(args))

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
