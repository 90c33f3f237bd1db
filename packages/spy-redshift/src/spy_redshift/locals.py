"""Locals of the function under specialisation: names in the residual code, types, definite assignment."""

from typing import TYPE_CHECKING, Any

from spy_types.loc import Loc, Span
from spy_types.program import nodes as ir
from spy_types.program.constants import BoolConst, NoneConst, StrConst
from spy_types.program.walk import Body, map_children

from spy_vm import errors as vm_errors
from spy_vm.frame.frame import Frame
from spy_vm.frame.poison import Poisoned
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import UNKNOWN, Operand
from spy_vm.objects.types import W_Type

if TYPE_CHECKING:
    from spy_redshift.specialiser import Specialiser


class Locals(Frame):
    """What the residual code calls each local, and which locals surely have a value here."""

    def __init__(self, spec: "Specialiser", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        self.out: list[ir.Stmt] = []
        self.ir_locals: dict[str, str] = {}
        self.ir_names: dict[str, str] = {}
        self.temporaries: set[str] = set()
        self.assigned: set[str] = set()
        self.flagged: set[str] = set()
        self.poisoned: set[str] = set()
        self.depth = 0
        self.rename = ""
        self.loops: list[Any] = []
        self.holes: dict[str, tuple[list[ir.Stmt], int]] = {}
        self.open_blocks: list[list[ir.Stmt]] = []

    # --- building blocks -----------------------------------------------------------------------------

    def emit(self, stmt: ir.Stmt) -> None:
        """Append a statement to the residual block."""
        self.out.append(stmt)

    def pos(self, loc: Loc | None) -> ir.Pos:
        """Return `loc` as a position of the program."""
        if loc is None and self.w_func is not None:
            loc = self.w_func.loc
        return self.spec.pos(loc)

    def tid(self, w_T: W_Type, loc: Loc | None = None) -> str:
        """Return the TypeId of `w_T`."""
        return self.spec.types.tid(w_T, loc)

    def expr(self, op: Operand) -> ir.Expr:
        """Return `op` as an expression of the residual code."""
        if op.known:
            return ir.Const(
                self.tid(op.w_T, op.loc), self.pos(op.loc), self.spec.image.constant(op.w_T, op.val)
            )
        assert op.expr is not None, op
        return op.expr

    # --- names ---------------------------------------------------------------------------------------

    def ir_name(self, name: str, w_T: W_Type, loc: Loc | None) -> str:
        """Return the residual name of a local; a local that changes its type in unrolled code gets a new one."""
        tid = self.tid(w_T, loc)
        current = self.ir_names.get(name, f"{name}${self.rename}" if self.rename else name)
        count = 0
        while self.ir_locals.get(current, tid) != tid or current in self.temporaries:
            count += 1
            current = f"{name}${count}"
        self.ir_locals.setdefault(current, tid)
        self.ir_names[name] = current
        return current

    def temporary(self, w_T: W_Type, hint: str) -> str:
        """Return a new local that is assigned once."""
        name = self.spec.fresh_local(hint)
        self.ir_locals[name] = self.tid(w_T)
        self.temporaries.add(name)
        return name

    def temporary_operand(self, name: str, op: Operand) -> Operand:
        """Return the read of a temporary that holds `op`."""
        node = ir.Local(self.tid(op.w_T), self.pos(op.loc), name)
        return Operand(op.w_T, UNKNOWN, False, op.loc, node, op.declared)

    def is_temporary(self, op: Operand) -> bool:
        """Whether `op` reads a local that nobody assigns again."""
        return isinstance(op.expr, ir.Local) and op.expr.name in self.temporaries

    def write_local(self, name: str, op: Operand, loc: Loc | None) -> None:
        if op.w_T is b.W_NONE:
            self.discard(op)
            self.locals[name] = Operand(b.W_NONE, None, False, loc, None, loc)
        elif op.w_T in b.BLUE_ONLY and op.known:
            self.locals[name] = op
        else:
            target = self.ir_name(name, op.w_T, loc)
            self.emit(ir.Assign(self.pos(loc), target, self.expr(op)))
            declared = self.declared.get(name, (None, loc))[1]
            self.locals[name] = Operand(op.w_T, UNKNOWN, False, loc, None, declared)
        self._mark(name, loc)

    def bind_blue(self, name: str, op: Operand) -> None:
        self.locals[name] = op
        self._mark(name, op.loc)

    def hold_empty(self, name: str, op: Operand, loc: Loc) -> None:
        super().hold_empty(name, op, loc)
        self.holes[name] = (self.out, len(self.out))
        self.emit(ir.Eval(self.pos(loc), ir.Const("None", self.pos(loc), NoneConst())))

    def settle_empty(self, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        """Make the container where the display stands, not here: the code between may loop or branch."""
        block, index = self.holes.pop(name)
        if isinstance(block, list) and not self._is_open(block):
            raise vm_errors.untyped_empty("[]" if "list" in w_T.display else "{}", self.locals[name].loc)
        first = self.locals[name].loc
        saved, self.out = self.out, []
        self.declared[name] = (w_T, first)
        self.write_local(name, self.instantiate(w_T, [], {}, first), first)
        made, self.out = self.out, saved
        block[index : index + 1] = (
            [*made] if len(made) == 1 else [ir.If(self.pos(first), self._bool(True, first), tuple(made), ())]
        )
        return self.read_local(name, loc)

    def _is_open(self, block: list[ir.Stmt]) -> bool:
        """Whether `block` is still being written: only then can something be put into it."""
        return any(block is other for other in (self.out, *self.open_blocks))

    def _mark(self, name: str, loc: Loc | None) -> None:
        self.assigned.add(name)
        self.poisoned.discard(name)
        if self.depth and not name.startswith("_$") and not self.rename:
            self.emit(ir.Assign(self.pos(loc), flag_of(name), self._bool(True, loc)))

    def read_local(self, name: str, loc: Loc | None) -> Operand:
        op = self.locals.get(name)
        if op is None:
            if name in self.poisoned:
                raise Poisoned(name)
            if name in self.declared and self.loops:
                return self._not_sure(name, loc)
            symbol = self.scope.symbols.get(name)
            first = (
                self._span_loc(symbol.declared)
                if symbol is not None and symbol.declared is not None
                else None
            )
            raise vm_errors.not_assigned_yet(name, loc, first)
        if op.known:
            result = op.at(loc)
        else:
            node = ir.Local(self.tid(op.w_T, loc), self.pos(loc), self.ir_names.get(name, name))
            result = Operand(op.w_T, UNKNOWN, False, loc, node, op.declared)
        if name not in self.assigned and not name.startswith("_$") and not self.rename:
            return self._checked_read(name, result, loc)
        return result

    def _not_sure(self, name: str, loc: Loc | None) -> Operand:
        """Read a declared local that only a later line of this loop assigns."""
        w_T, because = self.declared[name]
        node = ir.Local(self.tid(w_T, loc), self.pos(loc), self.ir_name(name, w_T, loc))
        return self._checked_read(name, Operand(w_T, UNKNOWN, False, loc, node, because), loc)

    def _checked_read(self, name: str, op: Operand, loc: Loc | None) -> Operand:
        """Read a local that may have no value: its flag tells."""
        self.flagged.add(name)
        pos = self.pos(loc)
        text = f"cannot access local variable '{name}' where it is not associated with a value"
        failure = ir.Raise(pos, "UnboundLocalError", ir.Const("str", pos, StrConst(text)))
        flag = ir.Local("bool", pos, flag_of(name))
        missing = ir.Prim("bool", pos, "bool_not", (flag,))
        check = ir.If(pos, missing, (failure,), ())
        if op.known:
            self.emit(check)
            return op
        expr = self.expr(op)
        return Operand(op.w_T, UNKNOWN, False, loc, ir.BlockExpr(expr.t, pos, (check,), expr), op.declared)

    def delete_local(self, name: str, loc: Loc | None) -> None:
        self.discard(self.read_local(name, loc))
        self.assigned.discard(name)
        self.flagged.add(name)
        self.emit(ir.Assign(self.pos(loc), flag_of(name), self._bool(False, loc)))
        if not self.depth:
            del self.locals[name]

    def _bool(self, value: bool, loc: Loc | None) -> ir.Expr:
        return ir.Const("bool", self.pos(loc), BoolConst(value))

    def _span_loc(self, span: Span) -> Loc:
        return self.loc(span)


def flag_of(name: str) -> str:
    """Return the hidden local that says whether `name` has a value."""
    return f"{name}$set"


def drop_flags(body: tuple[ir.Stmt, ...], flagged: set[str]) -> tuple[ir.Stmt, ...]:
    """Remove assignments to flags that nobody reads, and the places of empty displays that nobody used."""
    wanted = {flag_of(name) for name in flagged}

    def clean(stmts: Body) -> Body:
        kept = tuple(s for s in stmts if not _is_unused_flag(s, wanted) and not _is_hole(s))
        return tuple(map_children(s, expr, clean) for s in kept)

    def expr(node: ir.Expr) -> ir.Expr:
        return map_children(node, expr, clean)

    return clean(body)


def _is_unused_flag(stmt: ir.Stmt, wanted: set[str]) -> bool:
    return isinstance(stmt, ir.Assign) and stmt.name.endswith("$set") and stmt.name not in wanted


def _is_hole(stmt: ir.Stmt) -> bool:
    return isinstance(stmt, ir.Eval) and isinstance(stmt.value, ir.Const)
