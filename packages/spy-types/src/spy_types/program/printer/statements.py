"""Statements as lines, indented by four blanks; one function per node, in the order of `Stmt`."""

from collections.abc import Callable, Sequence
from typing import Any

from spy_types.program.constants import IntConst
from spy_types.program.nodes import (
    Assign,
    BlockExpr,
    Break,
    CloseGenerator,
    Const,
    Continue,
    Eval,
    Expr,
    ForRange,
    GlobalSet,
    Handler,
    If,
    Raise,
    RaiseObject,
    Reraise,
    Return,
    SetAttr,
    Stmt,
    Store,
    Try,
    While,
    Yield,
)
from spy_types.program.printer.expressions import ExpressionPrinter
from spy_types.program.printer.names import Names
from spy_types.program.program import Function, Param, Program

INDENT = "    "
Lines = list[str]


class StatementPrinter:
    """Spells the statements of one function; `undeclared` are the locals whose type no line has shown yet."""

    def __init__(self, names: Names, program: Program | None, local_variables: Sequence[Param]) -> None:
        self.names = names
        self.expressions = ExpressionPrinter(names, program, self._block)
        self.undeclared = {v.name: v.t for v in local_variables}

    def lines(self, body: Sequence[Stmt]) -> Lines:
        """Return `body`, `pass` if it is empty, without indentation."""
        if not body:
            return ["pass"]
        return [line for stmt in body for line in _PRINT[type(stmt)](self, stmt)]

    def indented(self, body: Sequence[Stmt]) -> Lines:
        """Return `body` as the inside of a compound statement."""
        return [INDENT + line for line in self.lines(body)]

    def simple(self, text: str) -> Lines:
        """Return a statement that may hold the lines of a block expression."""
        return text.split("\n")

    def expr(self, expr: Expr) -> str:
        """Return an expression."""
        return self.expressions.text(expr)

    def _block(self, block: BlockExpr) -> str:
        body = self.lines(block.body) if block.body else []
        body += self.expr(block.value).split("\n")
        if all(not line.startswith(INDENT) and not line.endswith((":", "(")) for line in body):
            return f"__block__({'; '.join(body)})"
        return "\n".join(["__block__(", *(INDENT + line for line in body), ")"])


def print_function_lines(names: Names, program: Program | None, function: Function) -> Lines:
    """Return the header and the body of `function`."""
    params = ", ".join(f"{p.name}: {names.type(p.t)}" for p in function.params)
    header = f"def {names.header(function.fqn)}({params}) -> {names.type(function.result)}:"
    return [header, *StatementPrinter(names, program, function.locals).indented(function.body)]


def _assign(printer: StatementPrinter, stmt: Assign) -> Lines:
    value = printer.expr(stmt.value)
    t = printer.undeclared.pop(stmt.name, None)
    annotation = "" if t is None else f": {printer.names.type(t)}"
    return printer.simple(f"{stmt.name}{annotation} = {value}")


def _global_set(printer: StatementPrinter, stmt: GlobalSet) -> Lines:
    return printer.simple(f"{printer.names.symbol(stmt.fqn)} = {printer.expr(stmt.value)}")


def _store(printer: StatementPrinter, stmt: Store) -> Lines:
    place = printer.expressions.place(stmt.ptr, stmt.index, stmt.path)
    return printer.simple(f"{place} = {printer.expr(stmt.value)}")


def _set_attr(printer: StatementPrinter, stmt: SetAttr) -> Lines:
    place = f"{printer.expressions.atom(stmt.obj)}.{stmt.field}"
    return printer.simple(f"{place} = {printer.expr(stmt.value)}")


def _eval(printer: StatementPrinter, stmt: Eval) -> Lines:
    return printer.simple(printer.expr(stmt.value))


def _if(printer: StatementPrinter, stmt: If) -> Lines:
    lines = [*printer.simple(f"if {printer.expr(stmt.cond)}:"), *printer.indented(stmt.then)]
    match stmt.orelse:
        case ():
            return lines
        case (If() as inner,):
            first, *rest = _if(printer, inner)
            return [*lines, f"el{first}", *rest]
        case _:
            return [*lines, "else:", *printer.indented(stmt.orelse)]


def _while(printer: StatementPrinter, stmt: While) -> Lines:
    return _loop(printer, f"while {printer.expr(stmt.cond)}:", stmt)


def _for_range(printer: StatementPrinter, stmt: ForRange) -> Lines:
    printer.undeclared.pop(stmt.var, None)
    bounds = [stmt.start, stmt.stop, stmt.step]
    if not printer.names.full and _is_int(stmt.step, 1):
        bounds = [stmt.stop] if _is_int(stmt.start, 0) else [stmt.start, stmt.stop]
    return _loop(printer, f"for {stmt.var} in range({', '.join(map(printer.expr, bounds))}):", stmt)


def _loop(printer: StatementPrinter, header: str, stmt: While | ForRange) -> Lines:
    lines = [*printer.simple(header), *printer.indented(stmt.body)]
    return [*lines, "else:", *printer.indented(stmt.orelse)] if stmt.orelse else lines


def _return(printer: StatementPrinter, stmt: Return) -> Lines:
    return ["return"] if stmt.value is None else printer.simple(f"return {printer.expr(stmt.value)}")


def _break(printer: StatementPrinter, stmt: Break) -> Lines:
    return ["break"]


def _continue(printer: StatementPrinter, stmt: Continue) -> Lines:
    return ["continue"]


def _raise(printer: StatementPrinter, stmt: Raise) -> Lines:
    message = "" if stmt.message is None else f"({printer.expr(stmt.message)})"
    return printer.simple(f"raise {stmt.etype}{message}")


def _try(printer: StatementPrinter, stmt: Try) -> Lines:
    lines = ["try:", *printer.indented(stmt.body)]
    for handler in stmt.handlers:
        lines += [_except(printer, handler), *printer.indented(handler.body)]
    if stmt.orelse:
        lines += ["else:", *printer.indented(stmt.orelse)]
    if stmt.finalbody:
        lines += ["finally:", *printer.indented(stmt.finalbody)]
    return lines


def _except(printer: StatementPrinter, handler: Handler) -> str:
    types = handler.types[0] if len(handler.types) == 1 else f"({', '.join(handler.types)})"
    if handler.name is None:
        return f"except {types}:"
    printer.undeclared.pop(handler.name, None)
    return f"except {types} as {handler.name}:"


def _raise_object(printer: StatementPrinter, stmt: RaiseObject) -> Lines:
    cause = "" if stmt.cause is None else f" from {printer.expr(stmt.cause)}"
    return printer.simple(f"raise {printer.expr(stmt.value)}{' from None' if stmt.quiet else cause}")


def _reraise(printer: StatementPrinter, stmt: Reraise) -> Lines:
    return ["raise"]


def _yield(printer: StatementPrinter, stmt: Yield) -> Lines:
    return printer.simple(f"yield {printer.expr(stmt.value)}")


def _close_generator(printer: StatementPrinter, stmt: CloseGenerator) -> Lines:
    return printer.simple(f"{printer.expressions.atom(stmt.generator)}.close()")


def _is_int(expr: Expr, number: int) -> bool:
    match expr:
        case Const(value=IntConst(value=value)):
            return value == number
        case _:
            return False


_PRINT: dict[type, Callable[[StatementPrinter, Any], Lines]] = {
    Assign: _assign,
    GlobalSet: _global_set,
    Store: _store,
    SetAttr: _set_attr,
    Eval: _eval,
    If: _if,
    While: _while,
    ForRange: _for_range,
    Return: _return,
    Break: _break,
    Continue: _continue,
    Raise: _raise,
    Try: _try,
    RaiseObject: _raise_object,
    Reraise: _reraise,
    Yield: _yield,
    CloseGenerator: _close_generator,
}
