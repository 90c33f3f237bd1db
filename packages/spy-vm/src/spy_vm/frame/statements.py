"""Execution of statements: one method a node, found through a table."""

from collections.abc import Callable, Sequence

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute, item
from spy_vm.dispatch.binop import NAMES, binary, call_dunder
from spy_vm.dispatch.convert import convert
from spy_vm.frame.definitions import Definitions
from spy_vm.frame.expressions import describe
from spy_vm.frame.flow import Flow
from spy_vm.frame.loops import Loops
from spy_vm.objects import builtin as b
from spy_vm.objects.meta import ExcValue
from spy_vm.objects.operand import Operand
from spy_vm.objects.types import W_PrimType, W_Type


class Statements(Loops, Definitions):
    """Execution of statements."""

    def exec_block(self, body: Sequence[n.Stmt]) -> Flow:
        """Run statements until one leaves the block."""
        for stmt in body:
            flow = self.exec(stmt)
            if flow is not Flow.NEXT:
                return flow
        return Flow.NEXT

    def exec(self, stmt: n.Stmt) -> Flow:
        """Run one statement."""
        if self.blue_frame:
            self.world.step(self, self.loc(stmt.span))  # type: ignore[arg-type]
        method = _EXEC.get(type(stmt))
        if method is None:
            raise errors.unsupported(describe(stmt), self.loc(stmt.span))
        return method(self, stmt) or Flow.NEXT

    def exec_Pass(self, stmt: n.Pass) -> None:
        pass

    def exec_ExprStmt(self, stmt: n.ExprStmt) -> None:
        if not isinstance(stmt.value, (n.StrLit, n.EllipsisLit)):
            self.discard(self.eval(stmt.value))

    def exec_Return(self, stmt: n.Return) -> Flow:
        loc = self.loc(stmt.span)
        w_T = self.w_func.w_result if self.w_func is not None else None
        if stmt.value is None:
            op = Operand(b.W_NONE, None, True, loc)
        else:
            op = self.eval(stmt.value, w_T)
        if w_T is not None and not (self.blue_frame and w_T is b.W_DYNAMIC):
            because = (
                self.loc(self.w_func.node.returns.span) if self.w_func and self.w_func.node.returns else None
            )
            op = convert(self, op, w_T, because, "return type")  # type: ignore[arg-type]
        elif op.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(op.val, None, op.loc)
        return self.return_value(op, loc)

    def exec_If(self, stmt: n.If) -> Flow:
        test = self.eval_truth(stmt.test)
        if test.known:
            return self.exec_block(stmt.body if test.val else stmt.orelse)
        return self.branch(
            test,
            lambda: self.exec_block(stmt.body),
            lambda: self.exec_block(stmt.orelse),
            self.loc(stmt.span),
        )

    def exec_Break(self, stmt: n.Break) -> Flow:
        return self.leave_loop(Flow.BREAK, self.loc(stmt.span))

    def exec_Continue(self, stmt: n.Continue) -> Flow:
        return self.leave_loop(Flow.CONTINUE, self.loc(stmt.span))

    def leave_loop(self, flow: Flow, loc: Loc) -> Flow:
        """Do `break` or `continue`."""
        return flow

    def exec_Assert(self, stmt: n.Assert) -> Flow:
        test = self.eval_truth(stmt.test)
        loc = self.loc(stmt.span)

        def fail() -> Flow:
            message = None
            if stmt.msg is not None:
                message = convert(self, self.eval(stmt.msg), b.W_STR, None, "the message of an assert")  # type: ignore[arg-type]
            return self.raise_exception("AssertionError", message, loc)

        if test.known:
            return Flow.NEXT if test.val else fail()
        return self.branch(test, lambda: Flow.NEXT, fail, loc)

    def exec_Raise(self, stmt: n.Raise) -> Flow:
        loc = self.loc(stmt.span)
        if stmt.exc is None:
            raise errors.unsupported("bare `raise`", loc)
        if stmt.cause is not None:
            raise errors.unsupported("`raise ... from ...`", loc)
        op = self.eval(stmt.exc)
        if op.w_T is b.W_EXCEPTION_TYPE:
            return self.raise_exception(op.val, None, loc)
        if op.w_T is not b.W_EXCEPTION:
            raise errors.fault(
                "VM042",
                "exceptions must derive from BaseException",
                (op.loc, f"this is `{op.w_T.display}`"),
                hint='raise an exception such as `ValueError("...")`',
            )
        exc: ExcValue = op.val
        return self.raise_exception(exc.etype, exc.message, loc)

    # --- assignment ----------------------------------------------------------------------------------

    def exec_Assign(self, stmt: n.Assign) -> None:
        first = stmt.targets[0]
        op = self.eval(stmt.value, self.target_type(first) if len(stmt.targets) == 1 else None)
        if len(stmt.targets) > 1 and not op.known:
            op = self.keep(op, "v")
        for target in stmt.targets:
            self.assign(target, op)

    def exec_AnnAssign(self, stmt: n.AnnAssign) -> None:
        loc = self.loc(stmt.span)
        if isinstance(stmt.target, n.Name) and stmt.simple:
            if self.class_fields is not None:
                self.declare_field(stmt)
                return
            self.exec_declaration(stmt.target, stmt.annotation, stmt.value, loc)
            return
        w_T = self.eval_type(stmt.annotation)
        if stmt.value is not None:
            self.assign(stmt.target, convert(self, self.eval(stmt.value, w_T), w_T))  # type: ignore[arg-type]

    def exec_VarDef(self, stmt: n.VarDef) -> None:
        self.exec_declaration(stmt.target, stmt.annotation, stmt.value, self.loc(stmt.span))

    def exec_declaration(
        self, target: n.Name, annotation: n.Expr | None, value: n.Expr | None, loc: Loc
    ) -> None:
        """Do `target: annotation = value`, either part may be missing."""
        if annotation is not None:
            self.declare(target.id, self.eval_type(annotation), self.loc(annotation.span))
        if value is not None:
            w_T = self.declared[target.id][0] if target.id in self.declared else None
            self.assign_name(target.id, self.eval(value, w_T), target.span)

    def exec_AugAssign(self, stmt: n.AugAssign) -> None:
        loc = self.loc(stmt.span)
        match stmt.target:
            case n.Name(id=name, span=span):
                current = self.read_name(name, span)
                self.assign_name(name, self._augmented(stmt, current, loc), span)
            case n.Attribute(value=value, attr=attr):
                obj = self.keep(self.eval(value), "o")
                current = attribute.get_attr(self, obj, attr, self.loc(stmt.target.span))  # type: ignore[arg-type]
                attribute.set_attr(self, obj, attr, self._augmented(stmt, current, loc), loc)  # type: ignore[arg-type]
            case n.Subscript(value=value, index=index):
                obj = self.keep(self.eval(value), "o")
                indices = [self.keep(op, "i") for op in self.eval_index(index)]
                current = item.get_item(self, obj, indices, self.loc(stmt.target.span))  # type: ignore[arg-type]
                item.set_item(self, obj, indices, self._augmented(stmt, current, loc), loc)  # type: ignore[arg-type]
            case _:
                raise errors.unsupported("this augmented assignment", loc)

    def _augmented(self, stmt: n.AugAssign, current: Operand, loc: Loc) -> Operand:
        wanted = current.w_T if isinstance(stmt.value, (n.List, n.Dict, n.Tuple)) else None
        value = self.eval(stmt.value, wanted)
        current = self.first_use(current, f"__i{NAMES[stmt.op]}__", [value])
        if isinstance(current.w_T, W_PrimType):  # nothing in place: do not load its methods to find out
            return binary(self, stmt.op, current, value, loc)  # type: ignore[arg-type]
        name = f"__i{NAMES[stmt.op]}__"
        in_place = call_dunder(self, name, [current, value], loc, declines=True)  # type: ignore[arg-type]
        return in_place if in_place is not None else binary(self, stmt.op, current, value, loc)  # type: ignore[arg-type]

    def target_type(self, target: n.Expr) -> "W_Type | None":
        """Return the type that an assignment to `target` wants, if it is known."""
        if isinstance(target, n.Name) and target.id in self.declared and not self.blue_frame:
            return self.declared[target.id][0]
        return None

    def assign(self, target: n.Expr, op: Operand) -> None:
        """Do `target = op`."""
        match target:
            case n.Name(id=name, span=span):
                self.assign_name(name, op, span)
            case n.Attribute(value=value, attr=attr):
                op = op if is_quiet(value) else self.keep(op, "v")
                attribute.set_attr(self, self.eval(value), attr, op, self.loc(target.span))  # type: ignore[arg-type]
            case n.Subscript(value=value, index=index):
                op = op if is_quiet(value) and is_quiet(index) else self.keep(op, "v")
                obj = self.eval(value)
                item.set_item(self, obj, self.eval_index(index), op, self.loc(target.span))  # type: ignore[arg-type]
            case n.Tuple(elts=elts) | n.List(elts=elts):
                self._unpack(elts, op, self.loc(target.span))
            case _:
                raise errors.unsupported("this assignment target", self.loc(target.span))

    def _unpack(self, elts: tuple[n.Expr, ...], op: Operand, loc: Loc) -> None:
        names = self.tuple_fields(op.w_T)
        if names is None:
            self._unpack_sequence(elts, op, loc)
            return
        if any(isinstance(elt, n.Starred) for elt in elts):
            self._unpack_starred(elts, op, names, loc)
            return
        if len(names) != len(elts):
            raise errors.wrong_unpack_count(op, loc, len(elts), len(names))
        if not op.known:
            op = self.keep(op, "t")
        for elt, name in zip(elts, names, strict=True):
            self.assign(elt, self.get_field(op, name, op.loc))

    def _unpack_starred(self, elts: tuple[n.Expr, ...], op: Operand, names: list[str], loc: Loc) -> None:
        star = next(i for i, elt in enumerate(elts) if isinstance(elt, n.Starred))
        after = len(elts) - star - 1
        if len(names) < len(elts) - 1:
            raise errors.wrong_unpack_count(op, loc, len(elts) - 1, len(names))
        items = self.spread(op, loc)
        starred = elts[star]
        assert isinstance(starred, n.Starred)
        middle = items[star : len(items) - after]
        for elt, value in zip(elts[:star], items[:star], strict=True):
            self.assign(elt, value)
        if not middle:
            raise errors.unsupported(
                "an empty starred target", self.loc(starred.span), "its item type is not known"
            )
        self.assign(
            starred.value, self.build_list(self.common_type(middle, "values of this target"), middle, loc)
        )
        for elt, value in zip(elts[star + 1 :], items[len(items) - after :], strict=True):
            self.assign(elt, value)

    def _unpack_sequence(self, elts: tuple[n.Expr, ...], op: Operand, loc: Loc) -> None:
        unpack = self.world.method(op.w_T, "_unpack")
        if unpack is None or any(isinstance(elt, n.Starred) for elt in elts):
            raise errors.cannot_unpack(op)
        op = self.keep(op, "s")
        self.discard(self.call_func(unpack, [op, Operand(b.W_I32, len(elts), True, loc)], loc))
        for i, elt in enumerate(elts):
            self.assign(elt, item.get_item(self, op, [Operand(b.W_I32, i, True, loc)], loc))  # type: ignore[arg-type]

    def exec_Delete(self, stmt: n.Delete) -> None:
        for target in stmt.targets:
            match target:
                case n.Name(id=name, span=span):
                    self.delete_local(name, self.loc(span))
                case n.Subscript(value=value, index=index):
                    obj = self.eval(value)
                    item.del_item(self, obj, self.eval_index(index), self.loc(target.span))  # type: ignore[arg-type]
                case _:
                    raise errors.unsupported("this `del`", self.loc(target.span))

    def exec_nothing(self, stmt: n.Stmt) -> None:
        """`global` and `nonlocal` did their work when scopes were made."""


def is_quiet(node: n.Expr) -> bool:
    """Whether evaluating `node` early or late makes no difference: names, literals, arithmetic and items of them."""
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


_EXEC: dict[type[n.Node], Callable[..., Flow | None]] = {
    n.Pass: Statements.exec_Pass,
    n.ExprStmt: Statements.exec_ExprStmt,
    n.Return: Statements.exec_Return,
    n.If: Statements.exec_If,
    n.While: Loops.exec_While,
    n.For: Loops.exec_For,
    n.Break: Statements.exec_Break,
    n.Continue: Statements.exec_Continue,
    n.Assert: Statements.exec_Assert,
    n.Raise: Statements.exec_Raise,
    n.Assign: Statements.exec_Assign,
    n.AnnAssign: Statements.exec_AnnAssign,
    n.AugAssign: Statements.exec_AugAssign,
    n.VarDef: Statements.exec_VarDef,
    n.Delete: Statements.exec_Delete,
    n.Global: Statements.exec_nothing,
    n.Nonlocal: Statements.exec_nothing,
    n.FunctionDef: Definitions.exec_FunctionDef,
    n.ClassDef: Definitions.exec_ClassDef,
    n.Import: Definitions.exec_Import,
    n.ImportFrom: Definitions.exec_ImportFrom,
}
