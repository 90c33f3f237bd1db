"""What operators are made of: calls, structs, pointers, and what the language's own types can do."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from spy_types.loc import Loc

from spy_vm.host_objects import HeapObject
from spy_vm.interface.engine import Compute, Engine, Residual
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.meta import OpSpec
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_FuncType, W_StructType, W_UnionType


class Operations(Engine, ABC):
    """Operations on operands, written once for all engines."""

    # --- calls ---------------------------------------------------------------------------------------

    @abstractmethod
    def call(
        self, callee: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `callee(*args, **kwargs)`."""

    @abstractmethod
    def instance(self, w_func: W_ASTFunc, types: list[W_Type | None], w_result: W_Type | None) -> W_ASTFunc:
        """Return `w_func` with these parameter types; its result is found by looking at the body."""

    @abstractmethod
    def adapt_function(self, op: Operand, w_T: W_FuncType) -> Operand | None:
        """Return what can be called as a function of type `w_T`; None if it does not fit."""

    @abstractmethod
    def function_for(self, op: Operand, types: list[W_Type], loc: Loc | None) -> Operand:
        """Return a known function that does what `op` does when called with arguments of these types."""

    @abstractmethod
    def partial(
        self, op: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return a function that calls `op` with these arguments and its own between them."""

    @abstractmethod
    def settled_function(self, op: Operand) -> Operand:
        """Return a function as run time has it; refuse one whose parameters have no types."""

    @abstractmethod
    def method_value(self, w_func: W_Func, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return `obj.name`, a method that is not called yet, as a function."""

    @abstractmethod
    def call_bound(
        self, w_func: W_Func, obj: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Call the method `w_func` on `obj`."""

    @abstractmethod
    def call_func(
        self,
        w_func: W_Func,
        args: list[Operand],
        loc: Loc | None,
        kwargs: dict[str, Operand] | None = None,
        callee_loc: Loc | None = None,
    ) -> Operand:
        """Call a known function."""

    @abstractmethod
    def call_plain(
        self,
        w_func: W_Func,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
        virtual: tuple[str, Role] | None = None,
    ) -> Operand:
        """Call a function that is neither generic nor a metafunction: bind, convert, do it.

        `virtual`: by the class of the first argument, under this name.
        """

    @abstractmethod
    def call_blue(  # noqa: PLR0913  # all of them matter to every caller
        self,
        w_func: W_Func,
        args: list[Operand],
        loc: Loc | None,
        kwargs: dict[str, Operand] | None = None,
        *,
        callee_loc: Loc | None = None,
        cache: bool = True,
    ) -> Operand:
        """Call a blue function now."""

    @abstractmethod
    def call_prim(self, name: str, args: list[Operand], loc: Loc | None, *, swapped: bool = False) -> Operand:
        """Do a primitive operation; `swapped`: the second operand was evaluated first."""

    @abstractmethod
    def intrinsic(  # noqa: PLR0913  # all of them matter to every caller
        self,
        args: list[Operand],
        w_T: W_Type,
        compute: Compute,
        residual: Residual,
        loc: Loc | None,
        *,
        pure: bool = False,
    ) -> Operand:
        """Compute now if the operation is pure and all operands are blue, else as the engine says."""

    @abstractmethod
    def apply_spec(
        self, spec: OpSpec, args: list[Operand], loc: Loc | None, kwargs: dict[str, Operand] | None = None
    ) -> Operand:
        """Do what a metafunction answered for `args`."""

    @abstractmethod
    def note_arguments(
        self, obj: Operand, w_init: W_ASTFunc, args: list[Operand], loc: Loc | None
    ) -> list[Operand]:
        """Give a new exception its arguments, if its `__init__` does not pass them on; return them."""

    @abstractmethod
    def initialise_exception(self, obj: Operand, args: list[Operand], loc: Loc | None) -> None:
        """Do `Error.__init__(obj, *args)`: keep the texts of the arguments."""

    @abstractmethod
    def record_of(self, op: Operand) -> Operand:
        """Return the exception that stands for an object of an exception class."""

    @abstractmethod
    def object_of(self, op: Operand, w_C: W_ClassType) -> Operand:
        """Return the object that an exception stands for, checked."""

    @abstractmethod
    def exception_name(self, op: Operand) -> Operand:
        """Return the name of the exception type `op`, a str."""

    @abstractmethod
    def static_class(self, op: Operand, loc: Loc | None) -> Operand:
        """Return `type(op)`, as an operand."""

    @abstractmethod
    def type_of_exception(self, op: Operand, loc: Loc | None) -> Operand:
        """Return `type(e)`."""

    @abstractmethod
    def is_exception_of(self, op: Operand, kinds: list[Operand], loc: Loc | None) -> Operand:
        """Return whether the exception, or exception type, `op` is one of `kinds` or below one."""

    @abstractmethod
    def instantiate(
        self, w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `T(*args, **kwargs)`."""

    @abstractmethod
    def run_blue(
        self, w_func: W_ASTFunc, args: dict[str, Operand], loc: Loc | None, key: Any = None
    ) -> Operand:
        """Run a blue function now and return its result, refined to its own type.

        `key` is its place in the cache.
        """

    @abstractmethod
    def infer_type_args(
        self,
        w_func: W_Func,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
        expected: W_Type | None = None,
    ) -> Operand | None:
        """Return `f[T]` for a call `f(args)` of a generic; None if it is one that needs brackets."""

    # --- through dispatch ----------------------------------------------------------------------------

    @abstractmethod
    def truth(self, op: Operand) -> Operand:
        """Return `op` as a bool."""

    @abstractmethod
    def convert(self, op: Operand, w_T: W_Type) -> Operand:
        """Return `op` as a `w_T`."""

    @abstractmethod
    def binary(self, symbol: str, left: Operand, right: Operand, loc: Loc) -> Operand:
        """Return `left symbol right`."""

    @abstractmethod
    def dunder(self, name: str, args: list[Operand], loc: Loc | None) -> Operand | None:
        """Call a dunder of the first operand's type."""

    @abstractmethod
    def replaced(self, obj: Operand, changes: dict[str, Operand], loc: Loc | None) -> Operand:
        """Return the named tuple `obj` with other items."""

    # --- unions --------------------------------------------------------------------------------------

    @abstractmethod
    def to_union(self, op: Operand, w_U: W_UnionType) -> Operand:
        """Return `op`, of a member or of a union of fewer members, as a `w_U`."""

    @abstractmethod
    def union_test(self, op: Operand, w_member: W_Type, loc: Loc | None) -> Operand:
        """Return whether the union `op` holds its member `w_member`."""

    @abstractmethod
    def from_union(self, op: Operand, w_T: W_Type) -> Operand:
        """Return the union `op` as its member `w_T`, or as a union of fewer members; checked at run time."""

    # --- objects -------------------------------------------------------------------------------------

    @abstractmethod
    def make_object(
        self, w_T: W_ClassType, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `C(*args, **kwargs)`."""

    @abstractmethod
    def attribute(self, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return the field `name` of an object."""

    @abstractmethod
    def set_attribute(self, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `obj.name = value`, where `name` is no property."""

    @abstractmethod
    def cast_object(self, op: Operand, w_T: W_ClassType) -> Operand:
        """Return an object as one of another class: an ancestor, or a descendant, which is checked."""

    @abstractmethod
    def test_class(self, op: Operand, kinds: list[W_Type], loc: Loc | None) -> Operand:
        """Return whether an object is of one of these classes."""

    @abstractmethod
    def class_of(self, obj: HeapObject) -> W_ClassType:
        """Return the class of an object that is at hand."""

    @abstractmethod
    def call_virtual(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
        self,
        w_func: W_Func,
        obj: Operand,
        name: str,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
        role: Role = "method",
    ) -> Operand:
        """Call what the class of `obj` has under `name`; its static type has `w_func` there."""

    @abstractmethod
    def class_constant(self, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return a class attribute as the class of `obj` has it, of the type that its static class says."""

    @abstractmethod
    def type_of(self, obj: Operand, loc: Loc | None) -> Operand:
        """Return `type(obj)`: its class, or what stands for that until the program runs."""

    @abstractmethod
    def call_override(self, w_impl: W_Func, w_func: W_Func, args: list[Operand], loc: Loc | None) -> Operand:
        """Call `w_impl`, which overrides `w_func`; arguments and result are as that has them."""

    @abstractmethod
    def invoke(self, w_func: W_Func, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a red function whose arguments fit."""

    @abstractmethod
    def same_object(self, left: Operand, right: Operand, loc: Loc | None) -> Operand:
        """Return `left is right` for two objects."""

    @abstractmethod
    def object_id(self, obj: Operand, loc: Loc | None) -> Operand:
        """Return `id(obj)`."""

    # --- structs, tuples, pointers -------------------------------------------------------------------

    @abstractmethod
    def make_struct(self, w_T: W_StructType, args: list[Operand], loc: Loc | None) -> Operand:
        """Return the struct of these field values, already of the fields' types."""

    @abstractmethod
    def get_field(self, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return the field `name` of a struct value."""

    @abstractmethod
    def make_tuple(self, items: Sequence[Operand], loc: Loc | None) -> Operand:
        """Return the tuple of `items`."""

    @abstractmethod
    def tuple_type(self, types: list[W_Type], loc: Loc | None) -> W_StructType:
        """Return `tuple[types]`."""

    @abstractmethod
    def tuple_fields(self, w_T: W_Type) -> list[str] | None:
        """Return the field names of a tuple type in order, or None if `w_T` is no tuple."""

    @abstractmethod
    def struct_eq_func(self, w_T: W_Type) -> W_Func:
        """Return the function that compares two structs of type `w_T` field by field."""

    @abstractmethod
    def load_item(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], w_T: W_Type, loc: Loc | None
    ) -> Operand:
        """Return what `ptr[index].path` is to a reader: a value, or a reference if it is a struct."""

    @abstractmethod
    def load(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], w_T: W_Type, loc: Loc | None
    ) -> Operand:
        """Return `ptr[index].path` by value."""

    @abstractmethod
    def store(
        self, ptr: Operand, index: Operand | None, path: tuple[str, ...], value: Operand, loc: Loc | None
    ) -> None:
        """Do `ptr[index].path = value`."""

    @abstractmethod
    def ptr_op(self, name: Any, args: list[Operand], w_T: W_Type, loc: Loc | None) -> Operand:
        """Do one of the operations of PtrOp."""

    # --- types of the language -----------------------------------------------------------------------

    @abstractmethod
    def construct_builtin(
        self, w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand | None:
        """Return `T(args)` for a type of the language, or None if `T` cannot be called."""

    @abstractmethod
    def text_of(self, op: Operand, kind: str, loc: Loc | None) -> Operand:
        """Return `str(op)` or `repr(op)`."""

    @abstractmethod
    def dynamic_type(self, op: Operand) -> W_Type:
        """Return `type(op)`."""

    @abstractmethod
    def world_attr(self, obj: Operand, name: str, loc: Loc | None) -> Operand | None:
        """Return an attribute that values of the language's own types have."""

    @abstractmethod
    def metatype_attr(self, w_T: W_Type, name: str, loc: Loc | None) -> Operand | None:
        """Return an attribute that every type has."""

    @abstractmethod
    def class_items(self, op: Operand, loc: Loc | None) -> Operand:
        """Return the list of members if `op` is an enumeration, else `op`."""

    @abstractmethod
    def make_enum(self, kind_of: W_Type, name: str, members: list[str], loc: Loc) -> Operand:
        """Return the enumeration `Enum(name, members)`, whose values are 1, 2, ..."""

    @abstractmethod
    def set_module_attr(self, module: W_Module, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `module.name = value`: any change is fine until the world freezes, then only to a `var`."""

    @abstractmethod
    def set_type_attr(self, w_T: W_Type, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `T.name = value`."""

    @abstractmethod
    def set_func_attr(self, w_func: W_Func, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `f.name = value`."""

    @abstractmethod
    def del_namespace_attr(self, obj: Operand, name: str, loc: Loc | None) -> None:
        """Do `del obj.name` of a module, a type or a function."""

    @abstractmethod
    def bound_method(self, w_func: W_Func, obj: Operand, loc: Loc | None) -> Operand:
        """Return the class method `w_func` of the class `obj`."""

    @abstractmethod
    def submodule(self, module: W_Module, name: str, loc: Loc | None) -> Operand | None:
        """Return the module `module.name` of a package that import time has loaded."""

    @abstractmethod
    def red_meta_arg(self, w_T: W_Type) -> Operand:
        """Return a red MetaArg of a type, for lookups by hand."""

    @abstractmethod
    def builtin_getitem(self, obj: Operand, index: list[Operand], loc: Loc | None) -> Operand | None:
        """Return `obj[index]` for types of the language, or None if it is not one of them."""

    @abstractmethod
    def blue_container_attr(self, obj: Operand, name: str, loc: Loc | None) -> Operand | None:
        """Return the method `name` of a blue list or dict, bound to it."""

    @abstractmethod
    def blue_contains(self, item: Operand, container: Operand, loc: Loc | None) -> Operand:
        """Return `item in container` for a blue list or dict."""

    @abstractmethod
    def blue_equals(self, left: Operand, right: Operand, loc: Loc | None) -> bool:
        """Whether two blue containers of one type hold equal items."""

    @abstractmethod
    def builtin_setitem(self, obj: Operand, index: list[Operand], value: Operand, loc: Loc | None) -> bool:
        """Do `obj[index] = value` for blue containers; return False if `obj` is something else."""
