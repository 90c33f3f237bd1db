"""Structs of SPy as Python classes: fields to read, methods to call, the type's name."""

from collections.abc import Callable
from typing import Any, ClassVar, final

from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.types import W_StructType, W_Type


class SpyStruct:
    """A struct value. The classes of the structs of a module derive from this one."""

    __slots__ = ("__spy_value__",)
    __spy_type__: ClassVar[W_StructType]
    __spy_fields__: ClassVar[tuple[str, ...]] = ()
    __spy_value__: Any

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__spy_fields__)
        return f"{type(self).__name__}({fields})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SpyStruct) or self.__spy_type__ is not other.__spy_type__:
            return NotImplemented
        return bool(self.__spy_value__ == other.__spy_value__)

    def __hash__(self) -> int:
        return hash(self.__spy_value__)


@final
class Structs:
    """The Python classes for the structs of one World, made when first seen.

    `call` runs a SPy function on Python values; `read` turns the SPy value of a field into a Python value.
    """

    def __init__(self, call: Callable[..., Any], read: Callable[[Any, W_Type], Any]) -> None:
        self._call = call
        self._read = read
        self._classes: dict[W_StructType, type[SpyStruct]] = {}

    def wrap(self, value: Any, w_T: W_StructType) -> SpyStruct:
        """Return a Python object for the struct `value`."""
        result = object.__new__(self.class_of(w_T))
        object.__setattr__(result, "__spy_value__", value)
        return result

    def class_of(self, w_T: W_StructType) -> type[SpyStruct]:
        """Return the Python class for `w_T`."""
        if w_T not in self._classes:
            self._classes[w_T] = self._make(w_T)
        return self._classes[w_T]

    def _make(self, w_T: W_StructType) -> type[SpyStruct]:
        name = w_T.display.rpartition("::")[2] if "[" not in w_T.display else w_T.display
        fields = list(w_T.fields or {})
        body: dict[str, Any] = {
            "__slots__": (),
            "__doc__": f"The SPy struct `{w_T.display}`.",
            "__module__": w_T.fqn.partition("::")[0],
            "__spy_type__": w_T,
            "__spy_fields__": tuple(fields),
            "__match_args__": tuple(fields),
            "__new__": self._constructor(w_T),
        }
        for index, field in enumerate(fields):
            body[field] = self._field(w_T, field, index)
        for attribute, op in w_T.attrs.items():
            w_func = getattr(op, "val", None)
            if not isinstance(w_func, W_ASTFunc) or attribute in body or attribute in _OWN:
                continue
            if w_func.color == "red" and _takes_self(w_func, w_T):
                body[attribute] = self._method(w_func)
        if isinstance(getattr(w_T.attrs.get("__eq__"), "val", None), W_ASTFunc):
            body["__eq__"] = self._equal(w_T, w_T.attrs["__eq__"].val)
            body["__hash__"] = SpyStruct.__hash__
        return type(name, (SpyStruct,), body)

    def _field(self, w_T: W_StructType, name: str, index: int) -> property:
        w_field = (w_T.fields or {})[name]
        read = self._read
        return property(lambda struct: read(struct.__spy_value__[index], w_field))

    def _method(self, w_func: W_ASTFunc) -> Callable[..., Any]:
        def method(*args: Any, **kwargs: Any) -> Any:
            return self._call(w_func, args, kwargs)

        method.__name__ = w_func.fqn.rpartition("::")[2]
        return method

    def _equal(self, w_T: W_StructType, w_func: W_Func) -> Callable[..., Any]:
        def equal(self_: SpyStruct, other: object) -> Any:
            if not isinstance(other, SpyStruct) or other.__spy_type__ is not w_T:
                return NotImplemented
            return self._call(w_func, (self_, other), {})

        return equal

    def _constructor(self, w_T: W_StructType) -> Callable[..., Any]:
        def new(cls: type[SpyStruct], *args: Any, **kwargs: Any) -> Any:
            w_new = w_T.attrs["__new__"].val
            return self._call(w_new, args, kwargs)

        return new


_OWN = ("__eq__", "__ne__", "__hash__", "__repr__", "__str__")


def _takes_self(w_func: W_ASTFunc, w_T: W_StructType) -> bool:
    return bool(w_func.params) and w_func.params[0].w_T is w_T
