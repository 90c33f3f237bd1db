"""Exceptions as values: `ValueError("text")`, `type(e)`, `isinstance(e, OSError)`."""

from spy_types.loc import Loc
from spy_types.program.nodes import Expr, Pos, Prim

from spy_vm.exceptions import Raised
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue

KEY_ERROR = "KeyError"  # its text is the repr of its key


class ExceptionValues(Frame):
    """Exceptions and their types."""

    def make_exception(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        """Return `E(*args)`. An exception keeps the texts that `str` and `repr` show of its arguments."""
        etype = self.exception_name(callee)
        if not args:
            return self._new_exception([etype, blue(b.W_STR, "", loc), blue(b.W_STR, "", loc)], loc)
        if len(args) > 1:
            return self._with_several(callee, etype, args, loc)
        (arg,) = args
        if callee.known and callee.val == KEY_ERROR:
            return self._new_exception([etype, self.text_of(arg, "repr", loc)], loc)
        if arg.w_T is b.W_STR:
            return self._new_exception([etype, arg], loc)
        first, again = self.twice(arg)
        shown = [self.text_of(first, "str", loc), self.text_of(again, "repr", loc)]
        return self._new_exception([etype, *shown], loc)

    def exception_name(self, op: Operand) -> Operand:
        """Return the name of the exception type `op`, a str."""
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

    def _with_several(self, callee: Operand, etype: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        texts = [self.text_of(arg, "repr", loc) for arg in args]
        joined = texts[0]
        for text in texts[1:]:
            joined = self.call_prim("str_add", [joined, blue(b.W_STR, ", ", loc)], loc)
            joined = self.call_prim("str_add", [joined, text], loc)
        joined, again = self.twice(joined)
        shown = self.call_prim("str_add", [blue(b.W_STR, "(", loc), joined], loc)
        shown = self.call_prim("str_add", [shown, blue(b.W_STR, ")", loc)], loc)
        return self._new_exception([etype, shown, again], loc)

    def _new_exception(self, texts: list[Operand], loc: Loc | None) -> Operand:
        """Return a new exception of a type, with a text, and the text of its arguments if that is another."""
        name = "exception_new" if len(texts) == 2 else "exception_with"

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Prim("exception", pos, name, tuple(exprs))

        return self.intrinsic(texts, b.W_EXCEPTION, Raised, residual, loc)
