"""Types of the language as constructors: `i32(x)`, `bool(x)`, `complex(a, b)`, ..."""

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm import errors
from spy_vm.dispatch import members
from spy_vm.dispatch.convert import adapt_literal, round_f32, widen
from spy_vm.frame.type_variables import make_type_variable
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueDict, BlueList, Descriptor
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType, W_UnionType


class Construct(Frame):
    """What the language's own types do when called."""

    def construct_builtin(  # noqa: C901, PLR0911, PLR0912  # one case after another
        self, w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand | None:
        """Return `T(args)` for a type of the language, or None if `T` cannot be called."""
        if w_T in (b.W_TYPE_VAR, b.W_PARAM_SPEC):
            self.world.has_type_variables = True
            return make_type_variable(w_T, args, kwargs, loc)
        if w_T in b.INT_TYPES and len(args) + len(kwargs) == 2 and set(kwargs) <= {"base"}:
            return self._from_text(w_T, [*args, *kwargs.values()], loc)
        if kwargs:
            raise errors.unexpected_keyword(next(iter(kwargs)), loc, None, None)
        if w_T is b.W_COMPLEX:
            return self._complex(args, loc)
        if w_T in (b.W_TYPE,) and len(args) == 1:
            return self.static_class(args[0], loc)
        if w_T in (b.W_PROPERTY, b.W_STATICMETHOD, b.W_CLASSMETHOD):
            return self._descriptor(w_T, args, loc)
        if w_T in (b.W_BLUE_LIST, b.W_BLUE_TUPLE):
            return blue(w_T, BlueList(list(args)), loc)
        if w_T is b.W_BLUE_DICT:
            return blue(b.W_BLUE_DICT, BlueDict(), loc)
        if w_T not in b.NUMERIC_TYPES and w_T not in (b.W_BOOL, b.W_STR, b.W_BYTES):
            return None
        if not args:
            return Operand(w_T, w_T.zero(), True, loc)
        if len(args) > 1:
            raise errors.wrong_arg_count(
                w_T.display, "from 0 to 1 arguments", len(args), loc, "extra arguments", None
            )
        op = args[0]
        if w_T is b.W_BOOL:
            return self.truth(op)
        if w_T is b.W_STR:
            return self.text_of(op, "str", loc)
        if w_T is b.W_BYTES:
            return self._bytes(op, loc)
        return self._number(w_T, op, loc)

    def _from_text(self, w_T: W_Type, args: list[Operand], loc: Loc | None) -> Operand | None:
        """Return `T(text, base)`: the library reads the text, the primitive checks the range."""
        read = self.world.method(w_T, "_from_text")
        if read is None:
            return None
        wide = self.call_func(read, args, loc)
        if w_T is b.W_I64:
            return wide
        return self.call_prim(f"str_to_{w_T.fqn}", [self.call_prim("i64_str", [wide], loc)], loc)

    def _bytes(self, op: Operand, loc: Loc | None) -> Operand | None:
        if op.w_T is b.W_BYTES:
            return op
        made = self.dunder("__bytes__", [op], loc)
        collect = self.world.method(b.W_BYTES, "_of_items")
        return made if made is not None or collect is None else self.call_func(collect, [op], loc)

    def _descriptor(self, w_T: W_Type, args: list[Operand], loc: Loc | None) -> Operand:
        if len(args) != 1:
            raise errors.wrong_arg_count(
                w_T.display, "1 argument", len(args), loc, f"`{w_T.display}` called here", None
            )
        if not isinstance(args[0].val, W_Func):
            raise errors.not_callable(args[0])
        return blue(w_T, Descriptor(args[0].val), loc)

    def _number(self, w_T: W_Type, op: Operand, loc: Loc | None) -> Operand | None:  # noqa: C901, PLR0911  # one case after another
        if op.w_T is w_T:
            return op.at(loc)
        if op.w_T is b.W_DYNAMIC:
            return self.dynamic_op("number", [op, blue(b.W_TYPE, w_T)], loc)
        adapted = adapt_literal(op, w_T)
        if adapted is not None:
            return adapted.at(loc)
        if op.w_T is b.W_INT_LITERAL:
            return self._big_literal(w_T, op, loc)
        if f"{op.w_T.fqn}_to_{w_T.fqn}" in PRIMS:
            return self.call_prim(f"{op.w_T.fqn}_to_{w_T.fqn}", [op], loc)
        if op.w_T is b.W_STR and w_T is b.W_F32:
            return self.call_prim("f64_to_f32", [self.call_prim("str_to_f64", [op], loc)], loc)
        if isinstance(op.w_T, W_UnionType):
            return members.each(self, op, lambda f, m: f.instantiate(w_T, [m], {}, loc), (w_T.fqn,), loc)
        if isinstance(op.w_T, W_StructType) and op.w_T.stands_for is not None:
            return self._number(w_T, self.get_field(op, op.w_T.stands_for, loc), loc)
        for dunder in ("__int__", "__index__") if w_T in b.INT_TYPES else ("__float__", "__index__"):
            result = self.dunder(dunder, [op], loc)
            if result is not None:
                return self._number(w_T, result, loc)
        raise errors.fault(
            "VM046",
            f"cannot make a `{w_T.display}` from a `{op.w_T.display}`",
            (op.loc, f"this is `{op.w_T.display}`"),
        )

    def _big_literal(self, w_T: W_Type, op: Operand, loc: Loc | None) -> Operand:
        if w_T in b.FLOAT_TYPES:
            return blue(w_T, float(op.val) if w_T is b.W_F64 else round_f32(float(op.val)), loc)
        raise errors.literal_out_of_range(op.val, w_T, op.loc)

    def _complex(self, args: list[Operand], loc: Loc | None) -> Operand:
        if not args:
            return blue(b.W_COMPLEX, 0j, loc)
        if len(args) == 2:
            parts = [self.convert(op, b.W_F64) for op in args]
            return self.call_prim("complex128_make", parts, loc)
        op = args[0]
        if op.w_T is b.W_STR:
            return self.call_prim("str_to_complex128", [op], loc)
        if op.w_T is b.W_COMPLEX:
            return op.at(loc)
        for dunder in ("__complex__", "__float__"):
            result = self.dunder(dunder, [op], loc)
            if result is not None:
                return self.convert(result, b.W_COMPLEX)
        return widen(self, self.convert(op, b.W_F64), b.W_COMPLEX)

    def static_class(self, op: Operand, loc: Loc | None) -> Operand:
        """Return `type(op)`, as an operand."""
        if isinstance(op.w_T, W_ClassType) and op.w_T.exception is not None:
            op = self.record_of(op)
        if op.w_T is b.W_EXCEPTION:
            return self.type_of_exception(op, loc)
        if isinstance(op.w_T, W_ClassType):
            return self.type_of(op, loc)
        if isinstance(op.w_T, W_UnionType):
            return blue(b.W_CLASS_OF, op, loc)
        return blue(b.W_TYPE, self.dynamic_type(op), loc)

    def dynamic_type(self, op: Operand) -> W_Type:
        """Return `type(op)`."""
        if op.w_T in (b.W_DYNAMIC, b.W_OBJECT):
            if op.known and op.val is not None:
                return self.world.type_by_id(op.val.t)
            raise errors.expected_blue("`type()` of a dynamic value is known at run time only", op)
        return op.w_T
