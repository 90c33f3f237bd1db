"""Definitions of classes."""

from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Symbol

from spy_vm import errors
from spy_vm.dispatch.convert import convert
from spy_vm.frame.enums import KINDS, Enums
from spy_vm.frame.finish_class import finish_class, inherit
from spy_vm.frame.named_tuples import NamedTuples
from spy_vm.frame.scoping import scope_at
from spy_vm.frame.subclass_hooks import announce_class
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType
from spy_vm.structs import finish_struct

VALUE_BASES = frozenset((*KINDS, "NamedTuple"))


class Classes(Enums, NamedTuples):
    """`class`."""

    def exec_ClassDef(self, stmt: n.ClassDef) -> None:
        loc = self.loc(stmt.name_span)
        others = [d for d in stmt.decorators if self.marker(d) != "struct"]
        stmt, variables = self.without_generic_base(stmt)
        enum = self.enum_kind(stmt)
        if enum is not None:
            w_enum = self.forward(stmt)
            assert isinstance(w_enum, W_StructType)
            self.define_enum(stmt, w_enum, *enum)
            self.assign_name(stmt.name, self.decorate(blue(b.W_TYPE, w_enum, loc), others), stmt.name_span)
            return
        if self.is_named_tuple(stmt):
            w_tuple = self.forward(stmt)
            assert isinstance(w_tuple, W_StructType)
            self.define_named_tuple(stmt, w_tuple)
            self.assign_name(stmt.name, self.decorate(blue(b.W_TYPE, w_tuple, loc), others), stmt.name_span)
            return
        if self.is_struct(stmt) and (stmt.bases or stmt.keywords):
            raise errors.unsupported("base classes of structs", loc)
        if stmt.type_params or variables:
            w_generic = (
                self.make_generic_of(stmt, variables)
                if variables
                else self.make_generic(stmt, stmt.type_params)
            )
            self.assign_name(stmt.name, self.world.func_operand(w_generic, loc), stmt.name_span)
            return
        w_T = self.forward(stmt)
        if isinstance(w_T, W_ClassType):
            self.define_class(stmt, w_T)
        else:
            self.define_struct(stmt, w_T)
        self.assign_name(stmt.name, self.decorate(blue(b.W_TYPE, w_T, loc), others), stmt.name_span)

    def forward(self, stmt: n.ClassDef) -> W_StructType | W_ClassType:
        """Return the type that `stmt` will define, declared on first use."""
        key = stmt.scope
        if key not in self.forwards:
            make = W_StructType if self.is_struct(stmt) else W_ClassType
            w_T = make(self.world.unique_fqn(f"{self.ns}::{stmt.name}"))
            w_T.loc = self.loc(stmt.name_span)
            self.world.register_type(w_T)
            self.forwards[key] = w_T
        return self.forwards[key]

    def declare_classes(self, body: tuple[n.Stmt, ...]) -> None:
        """Make the structs of a block known before it runs, so that annotations can mention them."""
        for stmt in body:
            if isinstance(stmt, n.ClassDef) and not stmt.type_params and not self._may_be_generic(stmt):
                self.predeclare(stmt.name, blue(b.W_TYPE, self.forward(stmt), self.loc(stmt.name_span)))

    def _may_be_generic(self, stmt: n.ClassDef) -> bool:
        """Whether a base makes `stmt` generic: `Generic[T]`, which nobody has looked at yet."""
        return any(isinstance(base, n.Subscript) for base in stmt.bases)

    def is_struct(self, stmt: n.ClassDef) -> bool:
        """Whether `stmt` defines a value type."""
        if any(self.marker(d) == "struct" for d in stmt.decorators):
            return True
        return bool(stmt.bases) and self._is_imported(stmt.bases[-1])

    def _is_imported(self, base: n.Expr) -> bool:
        """Whether `base` is what the library calls the base of enumerations or named tuples."""
        if isinstance(base, n.Attribute) and isinstance(base.value, n.Name):
            return base.value.id in ("enum", "typing") and base.attr in VALUE_BASES
        if not isinstance(base, n.Name) or base.id not in VALUE_BASES:
            return False
        symbol = self.scope.symbols.get(base.id) or self.module_symbol(base.id)
        return symbol is not None and symbol.origin == "import"

    def module_symbol(self, name: str) -> Symbol | None:
        """Return what the module says of `name`."""
        syntax = self.module.syntax
        return None if syntax is None else syntax.scopes[0].symbols.get(name)

    def predeclare(self, name: str, op: Operand) -> None:
        """Bind a name before its statement runs."""
        if self.scope.kind == "module":
            self.module.attrs[name] = op
        else:
            self.locals[name] = op

    def define_struct(self, stmt: n.ClassDef, w_T: W_StructType) -> None:
        """Run the body of a struct and give the type its fields and attributes."""
        frame = self.class_frame(stmt, w_T)
        frame.declare_classes(stmt.body)
        frame.exec_block(stmt.body)
        finish_struct(self, w_T, frame, self.loc(stmt.name_span))

    def define_class(self, stmt: n.ClassDef, w_T: W_ClassType) -> None:
        """Run the body of a class and give the type its fields and attributes."""
        inherit(self, stmt, w_T)
        frame = self.class_frame(stmt, w_T)
        frame.declare_classes(stmt.body)
        frame.exec_block(stmt.body)
        finish_class(w_T, frame)
        announce_class(self, stmt, w_T)

    def class_frame(self, stmt: n.ClassDef, w_T: W_Type) -> Frame:
        """Return the frame in which a class body runs."""
        scope = scope_at(self.module, stmt.scope)
        frame = self.new_frame(self.module, scope, self, w_T.fqn, blue_frame=True)
        frame.class_fields = {}
        frame.class_type = w_T
        return frame

    def declare_field(self, stmt: n.AnnAssign) -> None:
        """Note `name: T` in a class body."""
        assert isinstance(stmt.target, n.Name)
        assert self.class_fields is not None
        name = stmt.target.id
        if name in self.class_fields:
            raise errors.already_declared(name, self.loc(stmt.target.span), self.field_locs.get(name))
        if isinstance(self.class_type, W_ClassType) and _is_class_variable(stmt.annotation):
            self._declare_class_variable(stmt, stmt.target, stmt.annotation)
            return
        w_T = self.class_fields[name] = self.eval_type(stmt.annotation)
        self.field_locs[name] = self.loc(stmt.target.span)
        if stmt.value is not None:
            because = self.loc(stmt.annotation.span)
            op = self.eval(stmt.value, w_T)
            if op.w_T is not b.W_FIELD_SPEC:
                op = convert(self, op, w_T, because)
            self.assign_name(name, op, stmt.target.span)

    def _declare_class_variable(self, stmt: n.AnnAssign, target: n.Name, annotation: n.Expr) -> None:
        """Note `name: ClassVar[T] = value`: an attribute of the class, no field."""
        if stmt.value is None:
            return
        w_T = self.eval_type(annotation.index) if isinstance(annotation, n.Subscript) else None
        op = self.eval(stmt.value, w_T)
        self.assign_name(target.id, op if w_T is None else convert(self, op, w_T), target.span)


def _is_class_variable(annotation: n.Expr) -> bool:
    """Whether an annotation is `ClassVar` or `ClassVar[T]`."""
    inner = annotation.value if isinstance(annotation, n.Subscript) else annotation
    name = inner.attr if isinstance(inner, n.Attribute) else getattr(inner, "id", "")
    return name == "ClassVar"
