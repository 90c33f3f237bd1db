"""Assignment: `target = value`, annotated, augmented."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item
from spy_vm.dispatch.binop import NAMES, in_place
from spy_vm.dispatch.convert import convert
from spy_vm.frame.unpacking import Unpacking
from spy_vm.frame.writes import path_of
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.types import W_UnionType


class Assignment(Unpacking):
    """Statements that bind."""

    def exec_Assign(self, stmt: n.Assign) -> None:
        first = stmt.targets[0]
        op = self.eval(stmt.value, self.target_type(first) if len(stmt.targets) == 1 else None)
        if len(stmt.targets) > 1 and not op.known:
            op = self.keep(op, "v")
        for target in stmt.targets:
            self.assign(target, op)

    def exec_AnnAssign(self, stmt: n.AnnAssign) -> None:
        loc = self.loc(stmt.span)
        if stmt.value is not None and self.says_no_type(stmt.annotation):
            self.exec_Assign(n.Assign(stmt.span, (stmt.target,), stmt.value))
            return
        if isinstance(stmt.target, n.Name) and stmt.simple:
            if self.class_fields is not None:
                self.declare_field(stmt)
                return
            self.exec_declaration(stmt.target, stmt.annotation, stmt.value, loc)
            return
        w_T = self.eval_type(stmt.annotation)
        if stmt.value is not None:
            value = self.eval(stmt.value, w_T)
            self.assign(stmt.target, convert(self, value, self.declared_type(value, w_T)))

    def exec_VarDef(self, stmt: n.VarDef) -> None:
        self.exec_declaration(stmt.target, stmt.annotation, stmt.value, self.loc(stmt.span))

    def exec_declaration(
        self, target: n.Name, annotation: n.Expr | None, value: n.Expr | None, loc: Loc
    ) -> None:
        """Do `target: annotation = value`, either part may be missing."""
        if annotation is not None and not (self.made_early and self.is_free(annotation)):
            self.declare(target.id, self.eval_type(annotation), self.loc(annotation.span))
        if value is not None:
            w_T = self.declared[target.id][0] if target.id in self.declared else None
            op = self.eval(value, w_T)
            if w_T is not None and annotation is not None:
                self.declared[target.id] = (self.declared_type(op, w_T), self.declared[target.id][1])
            self.assign_name(target.id, op, target.span)

    def exec_AugAssign(self, stmt: n.AugAssign) -> None:
        loc = self.loc(stmt.span)
        match stmt.target:
            case n.Name(id=name, span=span):
                current = self.narrow((name,), self.read_name(name, span))
                self.assign_name(name, self._augmented(stmt, current, loc), span)
            case n.Attribute(value=owner, attr=attr):
                path = path_of(stmt.target)
                obj = self.keep(self.eval(owner), "o")
                current = attribute.get_attr(self, obj, attr, self.loc(stmt.target.span))
                if path is not None:
                    current = self.narrow(path, current)
                value = self._augmented(stmt, current, loc)
                attribute.set_attr(self, obj, attr, value, loc)
                self._note_attribute(path, obj, value)
            case n.Subscript(value=value, index=index):
                obj = self.keep(self.eval(value), "o")
                indices = [self.keep(op, "i") for op in self.eval_index(index)]
                current = item.get_item(self, obj, indices, self.loc(stmt.target.span))
                item.set_item(self, obj, indices, self._augmented(stmt, current, loc), loc)
            case _:
                raise errors.unsupported("this augmented assignment", loc)

    def assign(self, target: n.Expr, op: Operand) -> None:
        """Do `target = op`."""
        match target:
            case n.Name(id=name, span=span):
                self.assign_name(name, op, span)
            case n.Attribute(value=value, attr=attr):
                op = op if is_quiet(value) else self.keep(op, "v")
                obj = self.eval(value)
                attribute.set_attr(self, obj, attr, op, self.loc(target.span))
                self._note_attribute(path_of(target), obj, op)
            case n.Subscript(value=value, index=index):
                op = op if is_quiet(value) and is_quiet(index) else self.keep(op, "v")
                obj = self.eval(value)
                item.set_item(self, obj, self.eval_index(index), op, self.loc(target.span))
            case n.Tuple(elts=elts) | n.List(elts=elts):
                self.unpack(elts, op, self.loc(target.span))
            case _:
                raise errors.unsupported("this assignment target", self.loc(target.span))

    def _note_attribute(self, path: tuple[str, ...] | None, obj: Operand, op: Operand) -> None:
        if path is None:
            return
        w_field = attribute.field_type(obj.w_T, path[-1])
        if isinstance(w_field, W_UnionType):
            self.seen[path] = w_field
            self.note_write(path, op.w_T)
        else:
            self.note_write(path, None)

    def target_type(self, target: n.Expr) -> "W_Type | None":
        """Return the type that an assignment to `target` wants, if it is known."""
        if isinstance(target, n.Name) and target.id in self.declared and not self.blue_frame:
            return self.declared[target.id][0]
        return None

    def _augmented(self, stmt: n.AugAssign, current: Operand, loc: Loc) -> Operand:
        wanted = current.w_T if isinstance(stmt.value, (n.List, n.Dict, n.Tuple)) else None
        value = self.eval(stmt.value, wanted)
        current = self.first_use(current, f"__i{NAMES[stmt.op]}__", [value])
        return in_place(self, stmt.op, current, value, loc)


def is_quiet(node: n.Expr) -> bool:
    """Whether evaluating `node` early or late makes no difference.

    Names, literals, arithmetic and items of them.
    """
    match node:
        case n.Name() | n.IntLit() | n.StrLit() | n.FloatLit() | n.BoolLit() | n.NoneLit():
            return True
        case n.Attribute(value=value) | n.UnaryOp(operand=value):
            return is_quiet(value)
        case n.BinOp(left=left, right=right):
            return is_quiet(left) and is_quiet(right)
        case n.Slice(lower=lower, upper=upper, step=step):
            return all(part is None or is_quiet(part) for part in (lower, upper, step))
        case n.Tuple(elts=elts):
            return all(is_quiet(elt) for elt in elts)
        case _:
            return False
