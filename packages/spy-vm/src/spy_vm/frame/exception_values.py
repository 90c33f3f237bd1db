"""Exceptions as values: `ValueError("text")`, `type(e)`, `isinstance(e, OSError)`."""

from typing import Any

from spy_types.loc import Loc
from spy_types.program.nodes import Expr, Pos, Prim
from spy_types.syntax import nodes as n

from spy_vm.exceptions import Raised, is_subexception
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, blue

KEY_ERROR = "KeyError"  # its text is the repr of its key


class ExceptionValues(Frame):
    """Exceptions and their types."""

    def make_exception(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        """Return `E(*args)`. An exception keeps the texts that `str` and `repr` show of its arguments."""
        etype = self.exception_name(callee)
        if not args:
            return self._new_exception([etype, blue(b.W_STR, "", loc), blue(b.W_STR, "", loc)], loc)
        if is_system_error(callee, args):
            return self._system_error(callee, args, loc)
        if len(args) > 1:
            return self._new_exception([etype, *self._texts(args, False, loc)], loc)
        (arg,) = args
        if callee.known and callee.val == KEY_ERROR:
            return self._new_exception([etype, self.text_of(arg, "repr", loc)], loc)
        if arg.w_T is b.W_STR:
            return self._new_exception([etype, arg], loc)
        return self._new_exception([etype, *self._texts(args, callee.val == KEY_ERROR, loc)], loc)

    def exception_name(self, op: Operand) -> Operand:
        """Return the name of the exception type `op`, a str."""
        if isinstance(op.val, W_ClassType):
            return blue(b.W_STR, op.val.fqn, op.loc)
        return Operand(b.W_STR, op.val, op.blue, op.loc, op.expr, op.declared)

    def type_of_exception(self, op: Operand, loc: Loc | None) -> Operand:
        """Return `type(e)`."""
        name = self.call_prim("exception_type", [op], loc)
        return Operand(b.W_EXCEPTION_TYPE, name.val, name.blue, loc, name.expr)

    def is_exception_of(self, op: Operand, kinds: list[Operand], loc: Loc | None) -> Operand:
        """Return whether the exception, or exception type, `op` is one of `kinds` or below one."""
        test = "exception_is" if op.w_T is b.W_EXCEPTION else "exception_subtype"
        first = self.exception_name(op) if op.w_T is b.W_EXCEPTION_TYPE else op
        kind, *rest = kinds
        if not rest:
            return self.call_prim(test, [first, self.exception_name(kind)], loc)
        op, again = self.twice(op)
        found = self.is_exception_of(op, [kind], loc)
        if found.known:
            return found if found.val else self.is_exception_of(again, rest, loc)
        return self.select(
            found,
            lambda f: blue(b.W_BOOL, True, loc),
            lambda f: f.is_exception_of(again, rest, loc),
            loc or self.loc_unknown(),
        )

    def initialise_exception(self, obj: Operand, args: list[Operand], loc: Loc | None) -> None:
        """Do `Error.__init__(obj, *args)`: keep the texts of the arguments."""
        assert isinstance(obj.w_T, W_ClassType)
        if not args:
            return
        text, arguments = self._texts(args, obj.w_T.exception == KEY_ERROR, loc)
        self.run_set_attr(obj, "_text", text, loc)
        self.run_set_attr(obj, "_arguments", arguments, loc)

    def note_arguments(
        self, obj: Operand, w_init: W_ASTFunc, args: list[Operand], loc: Loc | None
    ) -> list[Operand]:
        """Give a new exception its arguments, if its `__init__` does not pass them on; return them."""
        if mentions(w_init.node, "super") or not args:
            return args
        pairs = [self.twice(arg) for arg in args]
        self.initialise_exception(obj, [first for first, _ in pairs], loc)
        return [again for _, again in pairs]

    def record_of(self, op: Operand) -> Operand:
        """Return the exception that stands for an object of an exception class."""
        return self.call(self.world.lookup_target("_exceptions::record", op.loc), [op], {}, op.loc)

    def object_of(self, op: Operand, w_C: W_ClassType) -> Operand:
        """Return the object that an exception stands for, checked."""
        found = self.call(self.world.lookup_target("_exceptions::object_of", op.loc), [op], {}, op.loc)
        return self.cast_object(found, w_C)

    def _texts(self, args: list[Operand], is_key: bool, loc: Loc | None) -> tuple[Operand, Operand]:
        """Return what `str` and `repr` show of arguments."""
        if len(args) == 1:
            first, again = self.twice(args[0])
            return self.text_of(first, "repr" if is_key else "str", loc), self.text_of(again, "repr", loc)
        texts = [self.text_of(arg, "repr", loc) for arg in args]
        joined = texts[0]
        for text in texts[1:]:
            joined = self.call_prim("str_add", [joined, blue(b.W_STR, ", ", loc)], loc)
            joined = self.call_prim("str_add", [joined, text], loc)
        joined, again = self.twice(joined)
        shown = self.call_prim("str_add", [blue(b.W_STR, "(", loc), joined], loc)
        return self.call_prim("str_add", [shown, blue(b.W_STR, ")", loc)], loc), again

    def _system_error(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        """Return `OSError(number, text, filename)`: the number tells which kind of OSError it is."""
        (number, again), (text, text_again) = self.twice(args[0]), self.twice(args[1])
        etype = callee.val
        if etype == "OSError" and number.known:
            etype = type(OSError(number.val, "")).__name__
        shown = blue(b.W_STR, "[Errno ", loc)
        for part in (self.text_of(number, "str", loc), blue(b.W_STR, "] ", loc), text):
            shown = self.call_prim("str_add", [shown, part], loc)
        for name in args[2:]:
            shown = self.call_prim("str_add", [shown, blue(b.W_STR, ": ", loc)], loc)
            shown = self.call_prim("str_add", [shown, self.text_of(name, "repr", loc)], loc)
        _, arguments = self._texts([again, text_again], False, loc)
        return self._new_exception([blue(b.W_STR, etype, loc), shown, arguments], loc)

    def _new_exception(self, texts: list[Operand], loc: Loc | None) -> Operand:
        """Return a new exception of a type, with a text, and the text of its arguments if that is another."""
        name = "exception_new" if len(texts) == 2 else "exception_with"

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Prim("exception", pos, name, tuple(exprs))

        return self.intrinsic(texts, b.W_EXCEPTION, Raised, residual, loc)


def is_system_error(callee: Operand, args: list[Operand]) -> bool:
    """Whether these are an OSError and its number and text, as the operating system gives them."""
    if not callee.known or len(args) not in (2, 3) or not is_subexception(callee.val, "OSError"):
        return False
    return args[0].w_T in b.INT_TYPES and args[1].w_T is b.W_STR


def mentions(node: Any, name: str) -> bool:
    """Whether `name` is read anywhere in `node`."""
    if isinstance(node, n.Name):
        return node.id == name
    if isinstance(node, (tuple, list)):
        return any(mentions(part, name) for part in node)
    if isinstance(node, n.Node):
        return any(mentions(getattr(node, field), name) for field in node.__struct_fields__)
    return False
