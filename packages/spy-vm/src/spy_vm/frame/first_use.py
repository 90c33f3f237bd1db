"""Empty displays without a type: `xs = []` takes the type of its first use in the function."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type

ITEM_POSITION = {"append": 0, "insert": 1, "remove": 0, "count": 0, "index": 0}

WHOLE = ("extend", "__iadd__", "update")


class FirstUse(Frame):
    """Locals that hold an empty list or dict of a type not known yet."""

    def hold_empty(self, name: str, op: Operand, loc: Loc) -> None:
        """Bind `name` to an empty display; `settle_empty` makes it when its type is known."""
        held = Operand(op.w_T, None, True, loc, None, loc)
        held.pending = name
        self.bind_blue(name, held)

    def refuse_untyped(self) -> None:
        """At the end of a function, refuse empty displays that no use gave a type."""
        for op in self.locals.values():
            if op.pending is not None and not self.blue_frame:
                raise errors.untyped_empty("[]" if op.w_T is b.W_EMPTY_LIST else "{}", op.loc)

    def settle_empty(self, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        """Make the container that `name` holds, now that its type is known, and return it."""
        self.declared[name] = (w_T, loc)
        self.write_local(name, self.instantiate(w_T, [], {}, loc), loc)
        return self.read_local(name, loc)

    def first_use(self, obj: Operand, method: str, args: list[Operand]) -> Operand:
        """Return `obj`, made now if it is an empty display and this use says what it holds."""
        if obj.pending is None or obj.w_T not in (b.W_EMPTY_LIST, b.W_EMPTY_DICT):
            return obj
        w_T = self._type_by_use(obj, method, args)
        return obj if w_T is None else self.settle_empty(obj.pending, w_T, obj.loc)

    def _type_by_use(self, obj: Operand, method: str, args: list[Operand]) -> W_Type | None:
        loc = obj.loc or self.loc_unknown()
        if obj.w_T is b.W_EMPTY_LIST:
            position = ITEM_POSITION.get(method)
            if position is not None and len(args) > position:
                return self.library_type("list", [self.concrete(args[position], loc).w_T], loc)
            return args[0].w_T if method in WHOLE and args and args[0].w_T not in b.BLUE_ONLY else None
        if method in ("__setitem__", "setdefault") and len(args) == 2:
            return self.library_type("dict", [self.concrete(op, loc).w_T for op in args], loc)
        return args[0].w_T if method in WHOLE and args and args[0].w_T not in b.BLUE_ONLY else None
