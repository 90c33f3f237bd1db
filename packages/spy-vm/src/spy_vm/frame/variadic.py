"""Calls of functions that get types from each call: a variant of the function per signature.

def log(*args, **kwargs): ...     log(1, x="a")     ->     def log[i32, x=str](args$0: i32, kwargs$x: str)

Each item of `*args` and each name of `**kwargs` is a parameter of its own; `args` and `kwargs` stand for all
of them, at no cost. The same happens to parameters without a type in functions that blue functions define.
"""

from typing import Any, final

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch.binding import Bound
from spy_vm.dispatch.convert import convert
from spy_vm.frame import sequences
from spy_vm.frame.meeting import meeting_type
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Pack, Param, W_ASTFunc, W_Func
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue
from spy_vm.objects.types import W_SingleType
from spy_vm.objects.unsettled import empty_text


def fit_variadic(frame: Frame, w_func: W_Func, bound: Bound, loc: Loc | None) -> tuple[W_Func, list[Operand]]:
    """Return the function that takes just these arguments, and the arguments in its order."""
    if not isinstance(w_func, W_ASTFunc) or not w_func.open:
        return w_func, [bound.args[p.name] for p in w_func.params]
    fitted = _Fitted(frame, loc)
    for param in w_func.params:
        match param.kind:
            case "vararg" if _is_sequence(w_func, bound.varargs):
                fitted.sequence(param, bound.varargs)
            case "vararg":
                fitted.pack(param, {f"_item{i}": arg for i, arg in enumerate(bound.varargs)})
            case "kwarg":
                fitted.pack(param, bound.extra)
            case _:
                fitted.single(param, bound.args[param.name])
    return _variant(frame, w_func, fitted), fitted.used


def _is_sequence(w_func: W_ASTFunc, args: list[Operand]) -> bool:
    """Whether `*args` becomes a `tuple[T, ...]`; the library sees to spreads by itself."""
    return any(map(sequences.is_spread, args)) and not w_func.module.name.startswith("_")


@final
class _Fitted:
    """Parameters made to fit arguments."""

    def __init__(self, frame: Frame, loc: Loc | None) -> None:
        self.frame = frame
        self.loc = loc
        self.params: list[Param] = []
        self.used: list[Operand] = []
        self.packs: list[Pack] = []
        self.preset: dict[str, Operand] = {}
        self.key: list[Any] = []
        self.shown: list[str] = []

    def single(self, param: Param, arg: Operand) -> None:
        """An ordinary parameter; without a type, it takes that of the argument."""
        if param.w_T is not None:
            self._add(param, arg)
            return
        op = self._typed(arg, param)
        w_T = self._note(op, "")
        if isinstance(w_T, W_SingleType):
            self.preset[param.name] = blue(w_T.w_of, w_T.val, param.loc)
        else:
            self._add(Param(param.name, w_T, "normal", None, param.loc), op)

    def pack(self, param: Param, items: dict[str, Operand]) -> None:
        """`*args` or `**kwargs`: a parameter for each item."""
        types: dict[str, W_Type] = {}
        parts: list[str | None] = []
        for field, arg in items.items():
            op = self._typed(arg, param)
            w_T = types[field] = self._note(op, f"{field}=" if param.kind == "kwarg" else "")
            if isinstance(w_T, W_SingleType):
                parts.append(None)
                continue
            name = f"{param.name}${field.removeprefix('_item')}"
            parts.append(name)
            self._add(Param(name, w_T, "normal", None, param.loc), op)
        self.key.append((param.name, tuple(types)))
        w_T = (
            self.frame.world.keywords_type(types)
            if param.kind == "kwarg"
            else self.frame.tuple_type(list(types.values()), self.loc)
        )
        self.packs.append(Pack(param.name, w_T, parts))

    def sequence(self, param: Param, args: list[Operand]) -> None:
        """`*args` with a number of items that run time knows: a parameter for the list of them."""
        for op in args:
            self._check_items(op, param)
        items = sequences.join(self.frame, args, param.w_T, f"arguments of `*{param.name}`", self.loc)
        name = f"{param.name}$items"
        self._add(Param(name, self._note(items, "*"), "normal", None, param.loc), items)
        w_T = sequences.sequence_type(self.frame, items.w_T.origin_args[0], self.loc)
        self.key.append((param.name, w_T))
        self.packs.append(Pack(param.name, w_T, [name]))

    def _check_items(self, op: Operand, param: Param) -> None:
        """Refuse a spread whose items do not fit the parameter."""
        item = sequences.sample(op)
        if param.w_T is None or not sequences.is_spread(op):
            return
        if meeting_type(self.frame, Operand(param.w_T, UNKNOWN, False), item) is not param.w_T:
            reason = f"the parameter `*{param.name}`"
            raise errors.mismatched_types(item, param.w_T, param.loc, reason)

    def _add(self, param: Param, arg: Operand) -> None:
        self.params.append(param)
        self.used.append(arg)

    def _typed(self, arg: Operand, param: Param) -> Operand:
        if param.w_T is not None:
            star = {"vararg": "*", "kwarg": "**"}.get(param.kind, "")
            return convert(self.frame, arg, param.w_T, param.loc, f"the parameter `{star}{param.name}`")
        if arg.pending is not None:
            raise errors.untyped_empty(empty_text(arg.w_T), arg.declared or arg.loc)
        if arg.w_T is b.W_INT_LITERAL:
            raise errors.literal_out_of_range(arg.val, None, arg.loc)
        return arg

    def _note(self, op: Operand, prefix: str) -> W_Type:
        """Return the type of the parameter for `op`: what exists early only has a type of its own."""
        early = op.known and op.w_T in b.BLUE_ONLY and op.w_T is not b.W_OBJECT
        early = early or (op.blue and isinstance(op.val, W_Func))
        w_T = self.frame.world.single_type(op) if early else op.w_T
        self.key.append(w_T)
        self.shown.append(prefix + w_T.fqn)
        return w_T


def bind_packs(frame: Frame, w_func: W_ASTFunc) -> None:
    """Bind `args` and `kwargs` to what the parameters of a variant make together."""
    frame.bind_preset(w_func)
    for pack in w_func.packs:
        symbol = frame.scope.symbols[pack.name]
        types = (pack.w_T.fields or {}).values()
        items = [
            blue(w_T, None) if part is None else frame.read_local(part, w_func.loc)
            for part, w_T in zip(pack.parts, types, strict=True)
        ]
        op = frame.make_struct(pack.w_T, items, w_func.loc)
        if symbol.varkind == "const" and not symbol.captured:
            frame.bind_blue(pack.name, op)
        else:
            frame.declared[pack.name] = (pack.w_T, w_func.loc)
            frame.write_local(pack.name, op, w_func.loc)


def _variant(frame: Frame, w_func: W_ASTFunc, fitted: _Fitted) -> W_ASTFunc:
    """Return `w_func` with the parameters of `fitted`."""
    key = ("fitted", *fitted.key)
    if key not in w_func.variants:
        inner = ", ".join(fitted.shown)
        made = w_func.copy(frame.world.unique_fqn(f"{w_func.fqn}[{inner}]"), fitted.params)
        made.preset |= fitted.preset
        made.packs += fitted.packs
        made.called_from = (fitted.loc, frame.w_func)
        w_func.variants[key] = made
    return w_func.variants[key]
