"""Named tuples: `class Point(NamedTuple)`: structs whose fields are items as well."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_StructType
from spy_vm.structs import finish_struct


class NamedTuples(Frame):
    """Definitions of named tuples, and copies with other items."""

    def is_named_tuple(self, stmt: n.ClassDef) -> bool:
        """Whether `stmt` defines a named tuple."""
        if len(stmt.bases) != 1 or "typing" not in self.world.modules:
            return False
        base = self.eval(stmt.bases[0])
        return base.w_T is b.W_TYPE and base.val is self.world.lookup_target("typing::NamedTuple", None).val

    def define_named_tuple(self, stmt: n.ClassDef, w_T: W_StructType) -> None:
        """Run the body of a named tuple and give the type what tuples can do."""
        loc = self.loc(stmt.name_span)
        frame = self.class_frame(stmt, w_T)
        frame.declare_classes(stmt.body)
        frame.exec_block(stmt.body)
        w_T.named_items = True
        finish_struct(self, w_T, frame, loc)
        equip = self.world.lookup_target("typing::_equip_tuple", loc)
        assert isinstance(equip.val, W_Func)
        names = [blue(b.W_STR, name, loc) for name in w_T.fields or {}]
        self.call_blue(equip.val, [blue(b.W_TYPE, w_T, loc), self.make_tuple(names, loc)], loc, cache=False)

    def replaced(self, obj: Operand, changes: dict[str, Operand], loc: Loc | None) -> Operand:
        """Return `obj._replace(**changes)`."""
        w_T = obj.w_T
        assert isinstance(w_T, W_StructType)
        fields = list(w_T.fields or {})
        for name in changes:
            if name not in fields:
                close = self.world.close_match(name, fields)
                raise errors.unexpected_keyword(name, loc, w_T.loc, close)
        obj = self.keep(obj, "t")
        items = [changes.get(name) or self.get_field(obj, name, loc) for name in fields]
        return self.instantiate(w_T, items, {}, loc)
