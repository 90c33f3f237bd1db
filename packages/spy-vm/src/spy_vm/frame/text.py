"""Text of values: `str(x)` and `repr(x)`."""

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm import errors
from spy_vm.default_text import add_default_text, opaque_object
from spy_vm.dispatch import members
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueList
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_FuncType, W_PtrType, W_StructType
from spy_vm.structs import add_repr


class Text(Frame):
    """Conversion to text."""

    def text_of(self, op: Operand, kind: str, loc: Loc | None) -> Operand:  # noqa: C901, PLR0911, PLR0912  # one case after another
        """Return `str(op)` or `repr(op)`."""
        w_T = op.w_T
        if members.is_union(op):
            return members.each(self, op, lambda f, m: f.text_of(m, kind, loc), (kind,), loc)
        if w_T is b.W_DYNAMIC or w_T is b.W_OBJECT:
            return self.dynamic_op(kind, [op], loc)
        if w_T is b.W_STR:
            return op.at(loc) if kind == "str" else self.call_prim("str_repr", [op], loc)
        if w_T is b.W_BYTES:
            return self.call_prim("bytes_repr", [op], loc)
        if w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        if w_T is b.W_EXCEPTION:
            return self.call_prim(f"exception_{kind}", [op], loc)
        if f"{w_T.fqn}_str" in PRIMS:
            return self.call_prim(f"{w_T.fqn}_str", [op], loc)
        if w_T is b.W_EXCEPTION_TYPE:
            return self._exception_type_text(op, loc)
        if isinstance(w_T, W_PtrType) and w_T.ref:
            return self.text_of(self.load(op, None, (), w_T.w_item, loc), kind, loc)
        if isinstance(w_T, W_ClassType):
            add_default_text(self, w_T)
        for dunder in ("__str__", "__repr__") if kind == "str" else ("__repr__",):
            result = self.dunder(dunder, [op], loc)
            if result is not None:
                return result
        if isinstance(w_T, W_StructType):
            add_repr(self, w_T)
            return self.text_of(op, kind, loc)
        return self.after(op, blue(b.W_STR, self._opaque_text(op), loc))

    def _exception_type_text(self, op: Operand, loc: Loc | None) -> Operand:
        head = self.call_prim("str_add", [blue(b.W_STR, "<class '"), self.exception_name(op)], loc)
        return self.call_prim("str_add", [head, blue(b.W_STR, "'>")], loc)

    def _opaque_text(self, op: Operand) -> str:  # noqa: PLR0911  # one case after another
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
            return self._blue_items(op)
        if op.w_T is b.W_NOT_IMPLEMENTED:
            return "NotImplemented"
        if isinstance(op.w_T, W_ClassType):
            return opaque_object(op.w_T)
        return f"<spy `{op.w_T.fqn}` object>"

    def _blue_items(self, op: Operand) -> str:
        items = [self._blue_text(item) for item in op.val.items]
        if op.w_T is not b.W_BLUE_TUPLE:
            return f"[{', '.join(items)}]"
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"

    def _blue_text(self, op: Operand) -> str:
        result = self.text_of(op, "repr", None)
        return str(result.val)


def type_repr(w_T: W_Type) -> str:
    """Return what `str(T)` shows."""
    hint = " (struct)" if isinstance(w_T, W_StructType) else ""
    if isinstance(w_T, W_StructType) and w_T.fields is None:
        hint = " (fwdecl)"
    name = w_T.display if isinstance(w_T, W_FuncType) or w_T in b.PRIM_TYPES.values() else w_T.fqn
    return f"<spy type '{name}'{hint}>"
