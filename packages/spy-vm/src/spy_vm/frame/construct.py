"""Types of the language as constructors: `i32(x)`, `str(x)`, `bool(x)`, ...; and their special attributes."""

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm import errors
from spy_vm.dispatch.convert import adapt_literal, round_f32, widen
from spy_vm.builtins.functions import descriptor
from spy_vm.frame.statements import Statements
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_FuncType, W_PtrType, W_StructType, W_Type
from spy_vm.structs import add_repr


class Construct(Statements):
    """What the language's own types do when called, subscripted or asked for attributes."""

    def construct_builtin(
        self, w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand | None:
        """Return `T(args)` for a type of the language, or None if `T` cannot be called."""
        if kwargs:
            raise errors.unexpected_keyword(next(iter(kwargs)), loc, None, None)
        if w_T is b.W_COMPLEX:
            return self._complex(args, loc)
        if w_T in (b.W_TYPE,) and len(args) == 1:
            return blue(b.W_TYPE, self.dynamic_type(args[0]), loc)
        if w_T in (b.W_PROPERTY, b.W_STATICMETHOD, b.W_CLASSMETHOD):
            return descriptor(w_T)(self, args, loc)  # type: ignore[arg-type]
        if w_T is b.W_BLUE_LIST:
            return blue(b.W_BLUE_LIST, BlueList(list(args)), loc)
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
        return self._number(w_T, op, loc)

    def _number(self, w_T: W_Type, op: Operand, loc: Loc | None) -> Operand | None:
        if op.w_T is w_T:
            return op.at(loc)
        if op.w_T is b.W_DYNAMIC:
            return self.convert(op, w_T)
        adapted = adapt_literal(op, w_T)
        if adapted is not None:
            return adapted.at(loc)
        if op.w_T is b.W_INT_LITERAL:
            return self._big_literal(w_T, op, loc)
        if f"{op.w_T.fqn}_to_{w_T.fqn}" in PRIMS:
            return self.call_prim(f"{op.w_T.fqn}_to_{w_T.fqn}", [op], loc)
        if op.w_T is b.W_STR and w_T is b.W_F32:
            return self.call_prim("f64_to_f32", [self.call_prim("str_to_f64", [op], loc)], loc)
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
        return op.at(loc) if op.w_T is b.W_COMPLEX else widen(self, self.convert(op, b.W_F64), b.W_COMPLEX)  # type: ignore[arg-type]

    # --- text ----------------------------------------------------------------------------------------

    def text_of(self, op: Operand, kind: str, loc: Loc | None) -> Operand:
        """Return `str(op)` or `repr(op)`."""
        w_T = op.w_T
        if w_T is b.W_DYNAMIC or w_T is b.W_OBJECT:
            return self.dynamic_op(kind, [op], loc)
        if w_T is b.W_STR:
            return op.at(loc) if kind == "str" else self.call_prim("str_repr", [op], loc)
        if w_T is b.W_BYTES:
            return self.call_prim("bytes_repr", [op], loc)
        if w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        if f"{w_T.fqn}_str" in PRIMS:
            return self.call_prim(f"{w_T.fqn}_str", [op], loc)
        if isinstance(w_T, W_PtrType) and w_T.ref:
            return self.text_of(self.load(op, None, (), w_T.w_item, loc), kind, loc)
        for dunder in ("__str__", "__repr__") if kind == "str" else ("__repr__",):
            result = self.dunder(dunder, [op], loc)
            if result is not None:
                return result
        if isinstance(w_T, W_StructType):
            add_repr(self, w_T)
            return self.text_of(op, kind, loc)
        return self.after(op, blue(b.W_STR, self._opaque_text(op), loc))

    def _opaque_text(self, op: Operand) -> str:
        if op.w_T is b.W_NONE:
            return "None"
        if op.w_T in (b.W_EMPTY_LIST, b.W_EMPTY_DICT):
            return "[]" if op.w_T is b.W_EMPTY_LIST else "{}"
        if op.w_T is b.W_TYPE and op.known:
            return type_repr(op.val)
        if op.w_T is b.W_MODULE:
            return f"<spy module '{op.val.name}'>"
        if isinstance(op.val, W_Func):
            return f"<spy function '{op.val.fqn}'>"
        if isinstance(op.val, BlueList):
            return "[" + ", ".join(self._blue_text(item) for item in op.val.items) + "]"
        if op.w_T is b.W_NOT_IMPLEMENTED:
            return "NotImplemented"
        if op.w_T is b.W_EXCEPTION_TYPE:
            return f"<spy type '{op.val}'>"
        return f"<spy `{op.w_T.fqn}` object>"

    def _blue_text(self, op: Operand) -> str:
        result = self.text_of(op, "repr", None)
        return str(result.val)

    # --- attributes of values and types of the language ----------------------------------------------

    def dynamic_type(self, op: Operand) -> W_Type:
        """Return `type(op)`."""
        if op.w_T in (b.W_DYNAMIC, b.W_OBJECT):
            if op.known and op.val is not None:
                return self.world.type_by_id(op.val.t)
            raise errors.expected_blue("`type()` of a dynamic value is known at run time only", op)
        return op.w_T

    def world_attr(self, obj: Operand, name: str, loc: Loc | None) -> Operand | None:
        """Return an attribute that values of the language's own types have."""
        if obj.w_T is b.W_COMPLEX and name in ("real", "imag"):
            return self.call_prim(f"complex128_{name}", [obj], loc)
        if obj.w_T is b.W_META_ARG:
            return self._meta_arg_attr(obj.val, name, loc)
        if isinstance(obj.val, W_Func) and name in ("__name__", "__qualname__", "__fqn__"):
            short = obj.val.fqn.rpartition("::")[2].partition("#")[0]
            return blue(b.W_STR, short if name == "__name__" else obj.val.fqn, loc)
        if isinstance(obj.val, W_Func) and name == "__annotations__":
            return self._annotations(obj.val, loc)
        if obj.w_T is b.W_PROPERTY and name == "setter":
            return self.world.builtins["_property_setter"]
        return None

    def _annotations(self, w_func: W_Func, loc: Loc | None) -> Operand:
        types = {p.name: p.w_T for p in w_func.params} | {"return": w_func.w_result}
        pairs = [(blue(b.W_STR, name), blue(b.W_TYPE, w_T)) for name, w_T in types.items() if w_T is not None]
        return self.blue_dict(pairs, loc or self.loc_unknown())

    def _meta_arg_attr(self, meta: Operand, name: str, loc: Loc | None) -> Operand | None:
        match name:
            case "color":
                return blue(b.W_STR, "blue" if meta.blue else "red", loc)
            case "static_type":
                return blue(b.W_TYPE, meta.w_T, loc)
            case "blueval":
                if not meta.blue:
                    raise errors.fault(
                        "VM047", "oparg is not blue", (meta.loc, "this is red"), etype="ValueError"
                    )
                return Operand(meta.w_T, meta.val, True, loc)
            case _:
                return None

    def metatype_attr(self, w_T: W_Type, name: str, loc: Loc | None) -> Operand | None:
        """Return an attribute that every type has."""
        match name:
            case "__name__":
                return blue(
                    b.W_STR,
                    w_T.display.rpartition("::")[2] if "[" not in w_T.display else _symbol(w_T.display),
                    loc,
                )
            case "__qualname__" | "__fqn__":
                return blue(b.W_STR, w_T.display, loc)
            case "__full_fqn__":
                return blue(b.W_STR, getattr(w_T, "full_fqn", w_T.fqn), loc)
            case "__origin__":
                if w_T.origin is None:
                    return blue(b.W_NONE, None, loc)
                return self.world.func_operand(w_T.origin, loc)
            case "NULL" if isinstance(w_T, W_PtrType) and not w_T.ref:
                return blue(w_T, w_T.zero(), loc)
            case "itemtype" if isinstance(w_T, W_PtrType):
                return blue(b.W_TYPE, w_T.w_item, loc)
            case _:
                return None

    # --- subscripts ----------------------------------------------------------------------------------

    def builtin_getitem(self, obj: Operand, index: list[Operand], loc: Loc | None) -> Operand | None:
        """Return `obj[index]` for types of the language, or None if it is not one of them."""
        if len(index) != 1:
            return None
        if obj.w_T in (b.W_STR, b.W_BYTES) and index[0].w_T in b.INT_TYPES:
            return self.call_prim(f"{obj.w_T.fqn}_getitem", [obj, self.convert(index[0], b.W_I32)], loc)
        names = self.tuple_fields(obj.w_T)
        if names is not None and index[0].w_T in b.INT_TYPES and not self._library_indexes(obj, index[0]):
            return self._tuple_item(obj, names, index[0], loc)
        if isinstance(obj.val, BlueList):
            items: list[Operand] = obj.val.items
            if not -len(items) <= index[0].val < len(items):
                raise errors.static_error("IndexError", "list index out of range", loc)
            return items[index[0].val].at(loc)
        if isinstance(obj.val, BlueDict):
            if index[0].val not in obj.val.items:
                raise errors.static_error("KeyError", f"key not found: {index[0].val!r}", loc)
            value: Operand = obj.val.items[index[0].val][1]
            return value.at(loc)
        return None

    def _library_indexes(self, obj: Operand, index: Operand) -> bool:
        """Whether the index is for run time, and items of one type let it be."""
        assert isinstance(obj.w_T, W_StructType)
        return not index.blue and len(set((obj.w_T.fields or {}).values())) == 1

    def _tuple_item(self, obj: Operand, names: list[str], index: Operand, loc: Loc | None) -> Operand:
        if not index.blue:
            raise errors.expected_blue("tuple index must be blue", index)
        if not -len(names) <= index.val < len(names):
            raise errors.fault(
                "VM048",
                "tuple index out of range",
                (index.loc, f"the tuple has {len(names)} items"),
                etype="IndexError",
            )
        return self.get_field(obj, names[index.val], loc)

    def builtin_setitem(self, obj: Operand, index: list[Operand], value: Operand, loc: Loc | None) -> bool:
        """Do `obj[index] = value` for blue containers; return False if `obj` is something else."""
        if isinstance(obj.val, BlueDict):
            obj.val.items[index[0].val] = (index[0], value)
            return True
        if isinstance(obj.val, BlueList):
            obj.val.items[index[0].val] = value
            return True
        return False

    def blue_dict(self, pairs: list[tuple[Operand, Operand]], loc: Loc) -> Operand:
        """Return a dict whose values are types: it exists early only."""
        result = BlueDict()
        for key, value in pairs:
            result.items[key.val] = (key, value)
        return blue(b.W_BLUE_DICT, result, loc)


def type_repr(w_T: W_Type) -> str:
    """Return what `str(T)` shows."""
    hint = " (struct)" if isinstance(w_T, W_StructType) else ""
    if isinstance(w_T, W_StructType) and w_T.fields is None:
        hint = " (fwdecl)"
    name = w_T.display if isinstance(w_T, W_FuncType) or w_T in b.PRIM_TYPES.values() else w_T.fqn
    return f"<spy type '{name}'{hint}>"


def _symbol(display: str) -> str:
    head, bracket, rest = display.partition("[")
    return head.rpartition("::")[2] + bracket + rest
