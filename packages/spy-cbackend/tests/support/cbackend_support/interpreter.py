"""Program IR run in Python, node by node: what the tests of the emitted C compare with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from spy_types.program import constants as c
from spy_types.program import nodes as n
from spy_types.program.program import Function, Program
from spy_types.program.types import PtrType, StructType

from cbackend_support.python_prims import meaning

ZERO: dict[str, Any] = {
    "f32": 0.0,
    "f64": 0.0,
    "bool": False,
    "str": "",
    "bytes": b"",
    "complex128": 0j,
    "None": None,
}


class Raised(Exception):
    """An exception of the program."""


class Break(Exception):
    pass


class Continue(Exception):
    pass


class Return(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


@dataclass
class Ptr:
    """Items `start` and following of a block, or a field (`path`) of one."""

    block: list[Any]
    start: int = 0
    path: tuple[str, ...] = ()


class Machine:
    """A program and its memory."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.functions = {f.fqn: f for f in program.functions}
        self.blocks = [[None] * len(block.values) for block in program.blocks]
        for block, definition in zip(self.blocks, program.blocks, strict=True):
            block[:] = [self.constant(v, definition.item) for v in definition.values]
        self.globals = {g.fqn: self.constant(g.init, g.t) for g in program.globals}
        self.output: list[str] = []

    def call(self, fqn: str, *args: Any) -> Any:
        if fqn == "__spy__::_stdout_write":
            self.output.append(args[0])
            return None
        function = self.functions[fqn]
        run = _Run(self, function, dict(zip((p.name for p in function.params), args, strict=True)))
        try:
            run.body(function.body)
        except Return as result:
            return result.value
        return None

    def zero(self, t: str) -> Any:
        definition = self.program.types.get(t)
        if isinstance(definition, StructType):
            return {f.name: self.zero(f.t) for f in definition.fields}
        return None if definition is not None else ZERO.get(t, 0)

    def constant(self, value: Any, t: str) -> Any:  # noqa: PLR0911  # one case per node
        match value:
            case c.IntConst() | c.BoolConst() | c.StrConst() | c.BytesConst():
                return value.value
            case c.FloatConst(hex=text):
                return float.fromhex(text)
            case c.ComplexConst(real=real, imag=imag):
                return complex(float.fromhex(real), float.fromhex(imag))
            case c.NoneConst() | c.NullConst():
                return None
            case c.FuncConst(fqn=fqn):
                return fqn
            case c.PtrConst(block=block, index=index):
                return Ptr(self.blocks[block], index)
            case c.StructConst(fields=fields):
                definition = self.program.types[t]
                assert isinstance(definition, StructType)
                return {f.name: self.constant(v, f.t) for f, v in zip(definition.fields, fields, strict=True)}
        raise NotImplementedError(value)


class _Run:
    """One call."""

    def __init__(self, machine: Machine, function: Function, local: dict[str, Any]) -> None:
        self.machine = machine
        self.function = function
        self.local = local

    def body(self, stmts: Sequence[n.Stmt]) -> None:
        for stmt in stmts:
            self.statement(stmt)

    def statement(self, s: n.Stmt) -> None:  # noqa: C901  # one case per node
        match s:
            case n.Assign():
                self.local[s.name] = self.expr(s.value)
            case n.GlobalSet():
                self.machine.globals[s.fqn] = self.expr(s.value)
            case n.Store():
                ptr = self.expr(s.ptr)
                index = 0 if s.index is None else self.expr(s.index)
                value = self.expr(s.value)
                self.store(self.access(ptr, index, "ptr_store"), s.path, value)
            case n.Eval():
                self.expr(s.value)
            case n.If():
                self.body(s.then if self.expr(s.cond) else s.orelse)
            case n.While():
                self.loop(s, iter(lambda: self.expr(s.cond), False), None)
            case n.ForRange():
                bounds = self.expr(s.start), self.expr(s.stop), self.expr(s.step)
                if bounds[2] == 0:
                    raise Raised("ValueError", "range() arg 3 must not be zero")
                self.loop(s, iter(range(*bounds)), s.var)
            case n.Return():
                raise Return(None if s.value is None else self.expr(s.value))
            case n.Break():
                raise Break
            case n.Continue():
                raise Continue
            case n.Raise():
                raise Raised(s.etype, "" if s.message is None else self.expr(s.message))

    def loop(self, s: n.While | n.ForRange, rounds: Any, var: str | None) -> None:
        for value in rounds:
            if var is not None:
                self.local[var] = value
            try:
                self.body(s.body)
            except Continue:
                continue
            except Break:
                return
        self.body(s.orelse)

    def expr(self, e: n.Expr) -> Any:  # noqa: C901, PLR0911, PLR0912  # one case per node
        match e:
            case n.Const():
                return self.machine.constant(e.value, e.t)
            case n.Local():
                if e.name not in self.local:
                    text = f"cannot access local variable '{e.name}' where it is not associated with a value"
                    raise Raised("UnboundLocalError", text)
                return self.local[e.name]
            case n.GlobalGet():
                return self.machine.globals[e.fqn]
            case n.Prim():
                args = [self.expr(a) for a in e.args]
                try:
                    return meaning(e.op)(*args)
                except (ArithmeticError, ValueError, LookupError, TypeError) as error:
                    raise Raised(type(error).__name__, str(error)) from None
            case n.Call():
                return self.machine.call(e.func, *[self.expr(a) for a in e.args])
            case n.CallIndirect():
                callee, *args = [self.expr(a) for a in (e.callee, *e.args)]
                if callee is None:
                    raise Raised("PanicError", "cannot call NULL")
                if isinstance(callee, tuple):
                    return self.machine.call(callee[0], *callee[1], *args)
                return self.machine.call(callee, *args)
            case n.MakeClosure():
                return (e.func, tuple(self.expr(a) for a in e.captured))
            case n.MakeStruct():
                definition = self.machine.program.types[e.t]
                assert isinstance(definition, StructType)
                return {f.name: self.expr(a) for f, a in zip(definition.fields, e.args, strict=True)}
            case n.GetField():
                return self.expr(e.value)[e.field]
            case n.Alloc():
                count = self.expr(e.count)
                if count < 0:
                    raise Raised("ValueError", "negative allocation count")
                definition = self.machine.program.types[e.t]
                assert isinstance(definition, PtrType)
                return Ptr([self.machine.zero(definition.item) for _ in range(count)])
            case n.Load():
                ptr = self.expr(e.ptr)
                index = 0 if e.index is None else self.expr(e.index)
                return self.load(self.access(ptr, index, "ptr_getitem"), e.path)
            case n.AddrOf():
                ptr = self.expr(e.ptr)
                index = 0 if e.index is None else self.expr(e.index)
                if e.path:
                    place = self.access(ptr, index, "ptr_getitem")
                    return Ptr(place.block, place.start, place.path + e.path)
                if index and not 0 <= index <= self.length(ptr):
                    raise self.out_of_bounds(ptr, index, "ptr_getitem")
                return None if ptr is None else Ptr(ptr.block, ptr.start + index, ptr.path)
            case n.PtrOp():
                return self.pointer_op(e.op, [self.expr(a) for a in e.args])
            case n.And():
                return self.expr(e.left) and self.expr(e.right)
            case n.Or():
                return self.expr(e.left) or self.expr(e.right)
            case n.IfExp():
                return self.expr(e.then) if self.expr(e.cond) else self.expr(e.orelse)
            case n.AssignExpr():
                self.local[e.name] = self.expr(e.value)
                return self.local[e.name]
            case n.BlockExpr():
                self.body(e.body)
                return self.expr(e.value)
        raise NotImplementedError(e)

    def length(self, ptr: Ptr | None) -> int:
        if ptr is None:
            return 0
        return 1 if ptr.path else len(ptr.block) - ptr.start

    def out_of_bounds(self, ptr: Ptr | None, index: int, what: str) -> Raised:
        if ptr is None:
            return Raised("PanicError", "cannot dereference NULL pointer")
        return Raised("PanicError", f"{what} out of bounds: index {index}, length {self.length(ptr)}")

    def access(self, ptr: Ptr | None, index: int, what: str) -> Ptr:
        if ptr is None or not 0 <= index < self.length(ptr):
            raise self.out_of_bounds(ptr, index, what)
        return Ptr(ptr.block, ptr.start + index, ptr.path)

    def load(self, place: Ptr, path: tuple[str, ...]) -> Any:
        value = place.block[place.start]
        for name in place.path + path:
            value = value[name]
        return value

    def store(self, place: Ptr, path: tuple[str, ...], value: Any) -> None:
        def changed(old: Any, names: tuple[str, ...]) -> Any:
            return {**old, names[0]: changed(old[names[0]], names[1:])} if names else value

        place.block[place.start] = changed(place.block[place.start], place.path + path)

    def pointer_op(self, op: str, args: list[Any]) -> Any:  # noqa: C901, PLR0911  # one case per node
        if op in ("eq", "ne"):
            a, b = ((None if p is None else (id(p.block), p.start, p.path)) for p in args)
            return (a == b) == (op == "eq")
        if op == "to_bool":
            return args[0] is not None
        if op == "len":
            return self.length(args[0])
        if op == "free":
            return None
        count = args[2]
        for ptr in (args[0],) if op == "setbytes" else args[:2]:
            if ptr is None and count > 0:
                raise Raised("PanicError", "cannot dereference NULL pointer")
            if not 0 <= count <= self.length(ptr):
                raise Raised("PanicError", f"ptr_{op} out of bounds")
        if count == 0:
            return 0 if op == "cmp" else None
        target, source = args[0], args[1]
        if op == "setbytes":
            target.block[target.start : target.start + count] = [source] * count
            return None
        if op == "cmp":
            a, b = (p.block[p.start : p.start + count] for p in (target, source))
            return (a > b) - (a < b)
        if op == "copy" and target.block is source.block and abs(target.start - source.start) < count:
            raise Raised("PanicError", "ptr_copy regions overlap")
        target.block[target.start : target.start + count] = source.block[source.start : source.start + count]
        return None


def outcome(call: Callable[..., object], *args: int) -> tuple[object, ...]:
    """Return what a call gives: ("value", it), or the name and the text of the exception."""
    try:
        return ("value", call(*args))
    except Raised as error:
        return error.args
    except Exception as error:
        return (type(error).__name__, str(error))
