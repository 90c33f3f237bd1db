"""Heap objects: made, read and written by field."""

from spy_types.loc import Loc
from spy_types.program.nodes import Expr, GetAttr, Is, ObjectId, Pos

from spy_vm import errors
from spy_vm.dispatch.class_fields import complete_class, is_initialiser, note_field
from spy_vm.dispatch.convert import convert
from spy_vm.host_objects import get_field
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand


class Objects(Frame):
    """Instances of classes."""

    def make_object(
        self, w_T: W_ClassType, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `C(*args, **kwargs)`: a new object, its defaults, then `__init__`."""
        complete_class(self.world, w_T)
        w_init = self.world.method(w_T, "__init__")
        if w_init is None and (args or kwargs):
            raise errors.takes_no_arguments(w_T, [*args, *kwargs.values()][0].loc or loc)

        def initialise(obj: Operand) -> None:
            for name, default in w_T.defaults.items():
                self.run_set_attr(obj, name, default, loc)
            if w_init is not None:
                self.discard(self.call_func(w_init, [obj, *args], loc, kwargs))

        return self.new_object(w_T, initialise, loc)

    def attribute(self, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return the field `name` of an object."""
        w_C = obj.w_T
        assert isinstance(w_C, W_ClassType)
        w_T = w_C.fields[name]

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return GetAttr(w_T.fqn, pos, exprs[0], name)

        result = self.run_intrinsic([obj], w_T, lambda val: get_field(val, name), residual, loc)
        result.declared = w_C.field_locs.get(name)
        return result

    def set_attribute(self, obj: Operand, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `obj.name = value`, where `name` is no property."""
        w_C = obj.w_T
        assert isinstance(w_C, W_ClassType)
        w_T = w_C.fields.get(name)
        if w_T is None and is_initialiser(self.w_func, w_C):
            note_field(self, w_C, name, value, loc)
            w_T = value.w_T
        if w_T is None:
            raise errors.new_attribute(obj, name, loc, self.world.close_match(name, w_C.fields))
        self.run_set_attr(obj, name, convert(self, value, w_T, w_C.field_locs.get(name)), loc)

    def same_object(self, left: Operand, right: Operand, loc: Loc | None) -> Operand:
        """Return `left is right` for two objects."""

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Is("bool", pos, exprs[0], exprs[1])

        return self.run_intrinsic([left, right], b.W_BOOL, lambda x, y: x is y, residual, loc)

    def object_id(self, obj: Operand, loc: Loc | None) -> Operand:
        """Return `id(obj)`."""

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return ObjectId("i64", pos, exprs[0])

        return self.run_intrinsic([obj], b.W_I64, id, residual, loc)
