"""Heap objects: made, read and written by field."""

from spy_types.loc import Loc
from spy_types.program.nodes import Cast, Expr, GetAttr, Is, IsInstance, ObjectId, Or, Pos

from spy_vm import errors
from spy_vm.dispatch.class_fields import complete_class, is_initialiser, note_field
from spy_vm.dispatch.convert import convert
from spy_vm.exceptions import Raised
from spy_vm.host_objects import HeapObject, get_field
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type, blue


class Objects(Frame):
    """Instances of classes."""

    def make_object(
        self, w_T: W_ClassType, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `C(*args, **kwargs)`: a new object, its defaults, then `__init__`."""
        complete_class(self.world, w_T)
        missing = w_T.abstract_methods()
        if missing or w_T.is_protocol:
            raise errors.abstract_class(w_T, missing, loc)
        w_init = self.world.method(w_T, "__init__")
        if w_init is None and (args or kwargs):
            raise errors.takes_no_arguments(w_T, [*args, *kwargs.values()][0].loc or loc)

        def initialise(obj: Operand) -> None:
            for name, default in w_T.defaults.items():
                self.run_set_attr(obj, name, self.convert(default, w_T.fields[name]), loc)
            if w_init is None:
                return
            given = args
            if w_T.exception is not None and isinstance(w_init, W_ASTFunc) and not kwargs:
                given = self.note_arguments(obj, w_init, args, loc)
            self.discard(self.call_func(w_init, [obj, *given], loc, kwargs))

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
        complete_class(self.world, w_C)
        w_T = w_C.fields.get(name)
        if w_T is None and is_initialiser(self.w_func, w_C):
            note_field(self, w_C, name, value, loc)
            w_T = value.w_T
        if any(w_A.frozen for w_A in w_C.mro) and not _is_init(self.w_func, w_C):
            raise errors.frozen_instance(obj, name, loc)
        if w_T is None and value.w_T in (b.W_EMPTY_LIST, b.W_EMPTY_DICT) and _is_init(self.w_func, w_C):
            raise errors.untyped_empty("[]" if value.w_T is b.W_EMPTY_LIST else "{}", value.loc)
        if w_T is None:
            raise errors.new_attribute(obj, name, loc, self.world.close_match(name, w_C.fields))
        self.run_set_attr(obj, name, convert(self, value, w_T, w_C.field_locs.get(name)), loc)

    def cast_object(self, op: Operand, w_T: W_ClassType) -> Operand:
        """Return an object as one of another class: an ancestor, or a descendant, which is checked."""
        assert isinstance(op.w_T, W_ClassType)
        is_free = op.w_T.is_subtype(w_T)
        if op.known and (is_free or op.blue):
            if not is_free:
                self._check_class(op.val, w_T)
            return Operand(w_T, op.val, op.blue, op.loc, None, op.declared)

        def compute(obj: HeapObject) -> HeapObject:
            self._check_class(obj, w_T)
            return obj

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Cast(w_T.fqn, pos, exprs[0])

        result = self.run_intrinsic([op], w_T, compute, residual, op.loc)
        result.declared = op.declared
        return result

    def test_class(self, op: Operand, kinds: list[W_Type], loc: Loc | None) -> Operand:
        """Return whether an object is of one of these classes."""
        if any(op.w_T.is_subtype(w_T) for w_T in kinds):
            return self.after(op, blue(b.W_BOOL, True, loc))
        classes = [w_T for w_T in kinds if isinstance(w_T, W_ClassType)]
        if not classes:
            return self.after(op, blue(b.W_BOOL, False, loc))

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            tests = [
                IsInstance("bool", pos, expr, self.residual_type(w_T, loc))
                for w_T, expr in zip(classes, [exprs[0], *exprs[1:] * len(classes)], strict=False)
            ]
            result: Expr = tests[0]
            for test in tests[1:]:
                result = Or("bool", pos, result, test)
            return result

        def compute(obj: HeapObject, *_: HeapObject) -> bool:
            return any(self.class_of(obj).is_subtype(w_T) for w_T in classes)

        operands = [op] if len(classes) == 1 else list(self.twice(op))
        return self.run_intrinsic(operands, b.W_BOOL, compute, residual, loc)

    def class_constant(self, obj: Operand, name: str, loc: Loc | None) -> Operand:
        """Return a class attribute as the class of `obj` has it, of the type that its static class says."""
        w_C = obj.w_T
        assert isinstance(w_C, W_ClassType)
        found = w_C.constant(name)
        assert found is not None
        if obj.known:
            actual = self.class_of(obj.val).constant(name)
            assert actual is not None
            value = self.after(obj, self.convert(actual.at(loc), found.w_T))
            return value if obj.blue or self.blue_frame else Operand(value.w_T, value.val, False, loc)
        return self.run_class_constant(obj, name, found.w_T, loc)

    def type_of(self, obj: Operand, loc: Loc | None) -> Operand:
        """Return `type(obj)`: its class, or what stands for that until the program runs."""
        w_C = obj.w_T
        assert isinstance(w_C, W_ClassType)
        if obj.known and (obj.blue or self.blue_frame):
            return blue(b.W_TYPE, self.class_of(obj.val), loc)
        if not w_C.is_base:
            return self.after(obj, blue(b.W_TYPE, w_C, loc))
        return blue(b.W_CLASS_OF, obj, loc)

    def class_of(self, obj: HeapObject) -> W_ClassType:
        """Return the class of an object that is at hand."""
        w_C = self.world.type_by_id(obj.tid)
        assert isinstance(w_C, W_ClassType)
        return w_C

    def _check_class(self, obj: HeapObject, w_T: W_ClassType) -> None:
        if not self.class_of(obj).is_subtype(w_T):
            raise Raised("TypeError", f"Invalid cast. Expected `{w_T.display}`, got `{obj.shown}`")

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


def _is_init(w_func: W_ASTFunc | None, w_C: W_ClassType) -> bool:
    """Whether `w_func` gives an object of class `w_C` its fields."""
    return w_func is not None and w_func.w_owner in w_C.mro and w_func.node.name == "__init__"
