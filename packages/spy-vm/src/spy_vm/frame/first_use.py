"""Empty displays without a type: `xs = []` takes the type of its first use.

A local is settled by the function, a module name (`module::name` in `pending`) by whatever code comes
first: as a rule, a decorator that registers something.
"""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.frame.nested_use import ITEM, NestedUse
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.meta import BlueDict, BlueList
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.unsettled import DECLARED, DISPLAYS, FIRST_USE, SETTLED, empty_text, is_unsettled

ITEM_POSITION = {"append": 0, "insert": 1, "remove": 0, "count": 0, "index": 0, "__contains__": 0}

WHOLE = ("extend", "__iadd__", "update")


class FirstUse(NestedUse):
    """Locals that hold an empty list or dict of a type not known yet."""

    def hold_empty(self, name: str, op: Operand, loc: Loc) -> None:
        """Bind `name` to an empty display; `settle_empty` makes it when its type is known."""
        w_T = self._type_ahead(name)
        if w_T is not None:
            self.declared[name] = (w_T, loc)
            self.write_local(name, self.settled_as(op, w_T, loc), loc)
            return
        held = Operand(op.w_T, None, True, loc, None, loc)
        held.pending = name
        self.bind_blue(name, held)

    def _type_ahead(self, name: str) -> W_Type | None:
        """Return the type that a look ahead over the function finds for the empty display `name`."""
        if self.looking_ahead or self.blue_frame or self.scope.kind == "comprehension":
            return None
        if self.w_func is None or self.world.infer_locals is None:
            return None
        return self.world.infer_locals(self.w_func).get(name)

    def refuse_untyped(self) -> None:
        """At the end of a function, refuse empty displays that no use gave a type."""
        for op in self.locals.values():
            if op.pending is not None and not self.blue_frame:
                raise errors.untyped_empty(empty_text(op.w_T), op.loc)

    def settle_empty(self, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        """Make the container that `name` holds, now that its type is known, and return it."""
        holder = self.holder_of_empty(name)
        if holder is not None:
            holder.settle_empty(name, w_T, loc)
            return self.read_captured(holder, name, loc or self.loc_unknown())
        made = self.settled_as(self.locals[name], w_T, loc) if name in self.locals else None
        self.declared[name] = (w_T, loc)
        self.write_local(name, made or self.instantiate(w_T, [], {}, loc), loc)
        return self.read_local(name, loc)

    def declared_type(self, op: Operand, w_T: W_Type) -> W_Type:
        """Return the type of a variable with the annotation `w_T` and this first value.

        What the library's unsettled types become may be narrower than the annotation.
        """
        hook = op.w_T.attrs.get(DECLARED)
        if hook is None:
            return w_T
        narrower: W_Type = self.call_blue(hook.val, [blue(b.W_TYPE, w_T, op.loc)], op.loc).val
        return narrower

    def settled_as(self, op: Operand, w_T: W_Type, loc: Loc | None) -> Operand:
        """Return what an unsettled operand becomes as a `w_T`."""
        hook = op.w_T.attrs.get(SETTLED)
        if hook is None:
            return self.instantiate(w_T, [], {}, loc)
        return self.call(self.call_blue(hook.val, [blue(b.W_TYPE, w_T, loc)], loc), [], {}, loc)

    def holder_of_empty(self, name: str) -> Frame | None:
        """Return the function around that holds the empty display `name`; None if this frame does."""
        if name in self.locals and self.locals[name].pending is not None:
            return None
        owner = self.parent
        while owner is not None and not (name in owner.locals and owner.locals[name].pending is not None):
            owner = owner.parent
        return owner if isinstance(owner, Frame) else None

    def first_use(self, obj: Operand, method: str, args: list[Operand]) -> Operand:
        """Return `obj`, made now if it is an empty display and this use says what it holds."""
        if obj.pending is None or not is_unsettled(obj):
            return obj
        held = self.locals.get(obj.pending)
        if held is not None and held.pending is None and not self.blue_frame:
            return self.read_local(obj.pending, obj.loc)
        return self._settle_by_use(obj, obj.pending, method, args)

    def _settle_by_use(self, obj: Operand, pending: str, method: str, args: list[Operand]) -> Operand:
        if "::" in pending or self.blue_frame:
            return self._settle_early(obj, pending, method, args)
        if self.note_nested(obj, method, args):
            return obj
        w_T = self._type_by_use(obj, method, args)
        if w_T is None:
            return obj
        if pending.endswith(ITEM):
            self.settle_nested(pending, w_T, obj.loc)
            return self.guess(Operand(w_T, None, False, obj.loc), obj)
        return self.settle_empty(pending, w_T, obj.loc)

    def hold_early(self, pending: str, op: Operand, loc: Loc) -> Operand:
        """Return the operand that a module, or blue code, binds for an empty display."""
        held = Operand(op.w_T, None, True, loc, None, loc)
        held.pending = pending
        return held

    def settle_module_empty(self, pending: str, made: Operand, loc: Loc | None) -> Operand:
        """Give the module name `pending` its container; refuse if run time has seen it empty before."""
        for seen in self.world.seen_empty.get(pending, ()):
            if seen != loc:
                raise errors.untyped_empty("[]" if made.w_T.display.startswith("list") else "{}", seen)
        self.world.settled[pending] = made
        return made.at(loc)

    def _settle_early(self, obj: Operand, pending: str, method: str, args: list[Operand]) -> Operand:
        """Make a container that exists before run time; one of types or the like exists early only."""
        frame: Frame = self
        if not self.blue_frame:
            frame = self.new_frame(self.module, self.scope, self, self.ns, blue_frame=True)
        if obj.w_T in DISPLAYS and any(op.w_T in b.BLUE_ONLY and op.w_T is not b.W_FUNCTION for op in args):
            is_list = obj.w_T is b.W_EMPTY_LIST
            made = blue(b.W_BLUE_LIST, BlueList([])) if is_list else blue(b.W_BLUE_DICT, BlueDict())
        else:
            w_T = self._type_by_use(obj, method, args)
            if w_T is None:
                return obj
            made = frame.settled_as(obj, w_T, obj.loc)
            made = blue(made.w_T, made.val, obj.declared)
        if "::" in pending:
            return self.settle_module_empty(pending, made, obj.loc)
        self.bind_blue(pending, made)
        return made

    def _type_by_use(self, obj: Operand, method: str, args: list[Operand]) -> W_Type | None:
        loc = obj.loc or self.loc_unknown()
        if obj.w_T not in DISPLAYS:
            return self._type_by_library(obj, method, args, loc)
        if obj.w_T is b.W_EMPTY_LIST:
            position = ITEM_POSITION.get(method)
            if position is not None and len(args) > position:
                return self.library_type("list", [self._item_type(args[position], loc)], loc)
            return args[0].w_T if method in WHOLE and args and args[0].w_T not in b.BLUE_ONLY else None
        if method in ("__setitem__", "setdefault", "get") and len(args) == 2:
            return self.library_type("dict", [self._item_type(op, loc) for op in args], loc)
        return args[0].w_T if method in WHOLE and args and args[0].w_T not in b.BLUE_ONLY else None

    def _type_by_library(self, obj: Operand, method: str, args: list[Operand], loc: Loc) -> W_Type | None:
        w_func = obj.w_T.attrs[FIRST_USE].val
        assert isinstance(w_func, W_Func)
        types = [blue(b.W_TYPE, self._item_type(op, loc), loc) for op in args]
        answer = self.call_blue(w_func, [blue(b.W_STR, method, loc), *types], loc).val
        return answer if isinstance(answer, W_Type) else None

    def _item_type(self, op: Operand, loc: Loc) -> W_Type:
        """Return the type of an item; a function whose signature was not looked at yet has one, too."""
        if op.w_T is b.W_FUNCTION:
            op = self.settled_function(op)
        if isinstance(op.val, W_Func):
            return self.world.func_type(op.val)
        return self.concrete(op, loc).w_T
