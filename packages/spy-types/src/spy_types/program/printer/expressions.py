"""Expressions as text, in as few parentheses as Python needs; one function per node, ordered as `Expr`."""

from collections.abc import Callable, Sequence
from typing import Any

from spy_types.prims.dynamic import DYNAMIC_OPS
from spy_types.prims.table import PRIMS
from spy_types.program.nodes import (
    AddrOf,
    Advance,
    Alloc,
    And,
    AssignExpr,
    BlockExpr,
    Call,
    CallIndirect,
    CallVirtual,
    Cast,
    Const,
    DynamicOp,
    Expr,
    FromDynamic,
    FromUnion,
    GetAttr,
    GetField,
    GlobalGet,
    IfExp,
    Is,
    IsInstance,
    Load,
    Local,
    MakeClosure,
    MakeStruct,
    New,
    ObjectId,
    Or,
    Prim,
    PtrOp,
    Returned,
    Sent,
    ToDynamic,
    ToUnion,
    UnionTest,
    Yielded,
)
from spy_types.program.printer import operators, precedence
from spy_types.program.printer.constants import ConstantPrinter
from spy_types.program.printer.names import Names
from spy_types.program.program import Program

Text = tuple[str, int]


class ExpressionPrinter:
    """Spells expressions. `block` spells a BlockExpr; it comes from the statement printer."""

    def __init__(self, names: Names, program: Program | None, block: Callable[[BlockExpr], str]) -> None:
        self.names = names
        self.constants = ConstantPrinter(names, program)
        self.block = block

    def text(self, expr: Expr, level: int = precedence.LOWEST) -> str:
        """Return `expr`, in parentheses if it binds less tightly than `level`."""
        text, own = _PRINT[type(expr)](self, expr)
        return text if own >= level else f"({text})"

    def atom(self, expr: Expr) -> str:
        """Return `expr` as what may be called, indexed or followed by a dot."""
        return self.text(expr, precedence.ATOM)

    def call(self, name: str, args: Sequence[Expr]) -> Text:
        """Return a call of what is written `name`."""
        return f"{name}({', '.join([self.text(a) for a in args])})", precedence.ATOM

    def infix(self, operator: str, left: Expr, right: Expr) -> Text:
        """Return `left operator right`."""
        level, at_left, at_right = precedence.operand_levels(operator)
        return f"{self.text(left, at_left)} {operator} {self.text(right, at_right)}", level

    def prefix(self, operator: str, operand: Expr) -> Text:
        """Return `operator operand`; `operator` brings its own blank."""
        level = precedence.NOT if operator == "not " else precedence.UNARY
        return operator + self.text(operand, level), level

    def item(self, container: Expr, index: Expr) -> Text:
        """Return `container[index]`."""
        return f"{self.atom(container)}[{self.text(index)}]", precedence.ATOM

    def place(self, ptr: Expr, index: Expr | None, path: Sequence[str]) -> str:
        """Return `ptr[index].a.b`; `ptr.a.b` for item 0."""
        item = f"[{'0' if index is None else self.text(index)}]" if index is not None or not path else ""
        return self.atom(ptr) + item + "".join(f".{field}" for field in path)


def _const(printer: ExpressionPrinter, expr: Const) -> Text:
    text = printer.constants.text(expr.t, expr.value)
    return text, precedence.UNARY if text.startswith("-") else precedence.ATOM


def _local(printer: ExpressionPrinter, expr: Local) -> Text:
    return expr.name, precedence.ATOM


def _global(printer: ExpressionPrinter, expr: GlobalGet) -> Text:
    return printer.names.symbol(expr.fqn), precedence.ATOM


def _prim(printer: ExpressionPrinter, expr: Prim) -> Text:  # noqa: PLR0911  # one form per line
    name, args = expr.op, expr.args
    prim = PRIMS.get(name)
    if printer.names.full or prim is None or len(prim.params) != len(args):
        return printer.call(printer.names.operator(name), args)
    if prim.infix:
        return printer.infix(prim.infix, *args)
    if name in operators.PREFIX:
        return printer.prefix(operators.PREFIX[name], *args)
    if name in operators.CALLS:
        return printer.call(operators.CALLS[name], args)
    if name in operators.SUFFIX:
        return printer.atom(args[0]) + operators.SUFFIX[name], precedence.ATOM
    if name in operators.ITEMS:
        return printer.item(*args)
    return printer.call(printer.names.operator(name), args)


def _call(printer: ExpressionPrinter, expr: Call) -> Text:
    return printer.call(printer.names.function(expr.func), expr.args)


def _call_indirect(printer: ExpressionPrinter, expr: CallIndirect) -> Text:
    return printer.call(printer.atom(expr.callee), expr.args)


def _make_closure(printer: ExpressionPrinter, expr: MakeClosure) -> Text:
    parts = [printer.names.function(expr.func), *(printer.text(value) for value in expr.captured)]
    return f"partial({', '.join(parts)})", precedence.ATOM


def _make_struct(printer: ExpressionPrinter, expr: MakeStruct) -> Text:
    return printer.call(printer.names.member(expr.t, "__make__"), expr.args)


def _get_field(printer: ExpressionPrinter, expr: GetField) -> Text:
    return f"{printer.atom(expr.value)}.{expr.field}", precedence.ATOM


def _new(printer: ExpressionPrinter, expr: New) -> Text:
    return printer.call(printer.names.member(expr.t, "__new__"), ())


def _get_attr(printer: ExpressionPrinter, expr: GetAttr) -> Text:
    return f"{printer.atom(expr.value)}.{expr.field}", precedence.ATOM


def _call_virtual(printer: ExpressionPrinter, expr: CallVirtual) -> Text:
    if not expr.args:
        return printer.call(printer.names.symbol(expr.method), ())
    return printer.call(f"{printer.atom(expr.args[0])}.{printer.names.symbol(expr.method)}", expr.args[1:])


def _is_instance(printer: ExpressionPrinter, expr: IsInstance) -> Text:
    return f"isinstance({printer.text(expr.value)}, {printer.names.type(expr.cls)})", precedence.ATOM


def _cast(printer: ExpressionPrinter, expr: Cast) -> Text:
    return f"cast({printer.names.type(expr.t)}, {printer.text(expr.value)})", precedence.ATOM


def _is(printer: ExpressionPrinter, expr: Is) -> Text:
    return printer.infix("is", expr.left, expr.right)


def _object_id(printer: ExpressionPrinter, expr: ObjectId) -> Text:
    return printer.call("id", (expr.value,))


def _alloc(printer: ExpressionPrinter, expr: Alloc) -> Text:
    return printer.call(printer.names.member(expr.t, "alloc"), (expr.count,))


def _load(printer: ExpressionPrinter, expr: Load) -> Text:
    return printer.place(expr.ptr, expr.index, expr.path), precedence.ATOM


def _addr_of(printer: ExpressionPrinter, expr: AddrOf) -> Text:
    return f"addressof({printer.place(expr.ptr, expr.index, expr.path)})", precedence.ATOM


def _ptr_op(printer: ExpressionPrinter, expr: PtrOp) -> Text:
    args = expr.args
    if not printer.names.full:
        match expr.op, len(args):
            case "eq", 2:
                return printer.infix("==", *args)
            case "ne", 2:
                return printer.infix("!=", *args)
            case "to_bool", 1:
                return printer.call("bool", args)
            case "len", 1:
                return printer.call("len", args)
            case _:
                pass
    return printer.call(printer.names.operator(f"ptr_{expr.op}"), args)


def _and(printer: ExpressionPrinter, expr: And) -> Text:
    left, right = printer.text(expr.left, precedence.AND), printer.text(expr.right, precedence.NOT)
    return f"{left} and {right}", precedence.AND


def _or(printer: ExpressionPrinter, expr: Or) -> Text:
    left, right = printer.text(expr.left, precedence.OR), printer.text(expr.right, precedence.AND)
    return f"{left} or {right}", precedence.OR


def _if_exp(printer: ExpressionPrinter, expr: IfExp) -> Text:
    then, cond = printer.text(expr.then, precedence.OR), printer.text(expr.cond, precedence.OR)
    return f"{then} if {cond} else {printer.text(expr.orelse, precedence.TERNARY)}", precedence.TERNARY


def _assign_expr(printer: ExpressionPrinter, expr: AssignExpr) -> Text:
    return f"({expr.name} := {printer.text(expr.value, precedence.TERNARY)})", precedence.ATOM


def _block_expr(printer: ExpressionPrinter, expr: BlockExpr) -> Text:
    return printer.block(expr), precedence.ATOM


def _to_dynamic(printer: ExpressionPrinter, expr: ToDynamic) -> Text:
    name = printer.names.operator("to_dynamic") if printer.names.full else "dynamic"
    return printer.call(name, (expr.value,))


def _from_dynamic(printer: ExpressionPrinter, expr: FromDynamic) -> Text:
    name = printer.names.operator("from_dynamic") if printer.names.full else "cast"
    return f"{name}({printer.names.type(expr.t)}, {printer.text(expr.value)})", precedence.ATOM


def _dynamic_op(printer: ExpressionPrinter, expr: DynamicOp) -> Text:  # noqa: PLR0911  # one form per line
    name, args = expr.op, expr.args
    operation = DYNAMIC_OPS.get(name)
    if printer.names.full or operation is None or not operation.accepts(len(args)):
        return printer.call(
            printer.names.operator(f"dynamic_{operators.DYNAMIC_INFIX.get(name, name)}"), args
        )
    if name in operators.DYNAMIC_INFIX:
        return printer.infix(name, *args)
    if name in operators.DYNAMIC_PREFIX:
        return printer.prefix(operators.DYNAMIC_PREFIX[name], *args)
    if name in operators.DYNAMIC_CALLS:
        return printer.call(operators.DYNAMIC_CALLS[name], args)
    if name == "getitem":
        return printer.item(*args)
    if name == "call":
        return printer.call(printer.atom(args[0]), args[1:])
    return printer.call(printer.names.operator(f"dynamic_{name}"), args)


def _to_union(printer: ExpressionPrinter, expr: ToUnion) -> Text:
    if not printer.names.full:
        return _PRINT[type(expr.value)](printer, expr.value)
    return printer.call(printer.names.operator("to_union"), (expr.value,))


def _union_test(printer: ExpressionPrinter, expr: UnionTest) -> Text:
    if printer.names.full:
        member = printer.names.type(expr.member)
        return (
            f"{printer.names.operator('union_test')}({printer.text(expr.value)}, {member})",
            precedence.ATOM,
        )
    if expr.member == "None":
        return f"{printer.text(expr.value, precedence.UNARY)} is None", precedence.COMPARISON
    return f"isinstance({printer.text(expr.value)}, {printer.names.type(expr.member)})", precedence.ATOM


def _from_union(printer: ExpressionPrinter, expr: FromUnion) -> Text:
    name = printer.names.operator("from_union") if printer.names.full else "cast"
    return f"{name}({printer.names.type(expr.t)}, {printer.text(expr.value)})", precedence.ATOM


def _sent(printer: ExpressionPrinter, expr: Sent) -> Text:
    return printer.call("__sent__", ())


def _advance(printer: ExpressionPrinter, expr: Advance) -> Text:
    return printer.call(
        "__advance__", (expr.generator,) if expr.sent is None else (expr.generator, expr.sent)
    )


def _yielded(printer: ExpressionPrinter, expr: Yielded) -> Text:
    return printer.call("__yielded__", (expr.generator,))


def _returned(printer: ExpressionPrinter, expr: Returned) -> Text:
    return printer.call("__returned__", (expr.generator,))


_PRINT: dict[type, Callable[[ExpressionPrinter, Any], Text]] = {
    Const: _const,
    Local: _local,
    GlobalGet: _global,
    Prim: _prim,
    Call: _call,
    CallIndirect: _call_indirect,
    MakeClosure: _make_closure,
    MakeStruct: _make_struct,
    GetField: _get_field,
    New: _new,
    GetAttr: _get_attr,
    CallVirtual: _call_virtual,
    IsInstance: _is_instance,
    Cast: _cast,
    Is: _is,
    ObjectId: _object_id,
    Alloc: _alloc,
    Load: _load,
    AddrOf: _addr_of,
    PtrOp: _ptr_op,
    And: _and,
    Or: _or,
    IfExp: _if_exp,
    AssignExpr: _assign_expr,
    BlockExpr: _block_expr,
    ToDynamic: _to_dynamic,
    FromDynamic: _from_dynamic,
    DynamicOp: _dynamic_op,
    ToUnion: _to_union,
    UnionTest: _union_test,
    FromUnion: _from_union,
    Sent: _sent,
    Advance: _advance,
    Yielded: _yielded,
    Returned: _returned,
}
