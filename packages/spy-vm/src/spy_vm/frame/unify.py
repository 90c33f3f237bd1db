"""Matching annotations with types: what `list[T]` says about T when the type is `list[i32]`.

The annotation is syntax: it mentions type parameters that have no value yet. What stands around them is
evaluated where the generic was defined.
"""

from collections.abc import Sequence
from typing import final

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue
from spy_vm.objects.types import W_FuncType, W_GeneratorType, W_PtrType, W_SingleType


@final
class Evidence:
    """What one argument says about a type parameter.

    `exact`: it is an argument of the type of `op`, as in `list[T]`; else `op` itself is a T, and may convert.
    """

    __slots__ = ("exact", "op", "w_T")

    def __init__(self, w_T: W_Type, op: Operand, *, exact: bool) -> None:
        self.w_T = w_T
        self.op = op
        self.exact = exact


@final
class Unifier:
    """Evidence for each of `names`, the type parameters of `w_func`; `misfits` are arguments without any."""

    def __init__(self, frame: Frame, w_func: W_ASTFunc, names: list[str]) -> None:
        self.frame = frame
        self.w_func = w_func
        self.names = names
        self.found: dict[str, list[Evidence]] = {name: [] for name in names}
        self.misfits: list[tuple[Operand, n.Expr]] = []

    def match(self, annotation: n.Expr, op: Operand) -> None:
        """Learn from `op`, which is passed to a parameter with this annotation."""
        if mentions(annotation, self.names) and not self._match(annotation, op.w_T, op, exact=False):
            self.misfits.append((op, annotation))

    def match_functions(self, loc: Loc | None) -> None:
        """Learn from functions that leave types open, now that those of their parameters may be known."""
        misfits, self.misfits = self.misfits, []
        for op, annotation in misfits:
            if not self._match_function(op, annotation, loc):
                self.misfits.append((op, annotation))

    def _match_function(self, op: Operand, annotation: n.Expr, loc: Loc | None) -> bool:
        match annotation:
            case n.Subscript(value=head, index=n.Tuple(elts=(n.List(elts=params), result))):
                types = [self._known_type(param) for param in params]
            case _:
                return False
        given = [w_T for w_T in types if w_T is not None]
        early = op.known and (isinstance(op.val, W_Func) or op.w_T is b.W_TYPE)
        if _name(head) != "Callable" or not early or len(given) != len(types):
            return False
        w_result: W_Type | None = self.frame.function_for(op, given, loc).val.w_result
        if w_result is None:
            return False
        return self._match(result, w_result, Operand(w_result, UNKNOWN, False, op.loc), exact=False)

    def _known_type(self, annotation: n.Expr) -> W_Type | None:
        """Return the type that an annotation means with what is known so far."""
        if isinstance(annotation, n.Name) and annotation.id in self.names:
            found = self.found[annotation.id]
            return found[0].w_T if found else None
        if mentions(annotation, self.names):
            return None
        return self.frame.scope_of_definition(self.w_func).eval_type(annotation)

    def _match(self, annotation: n.Expr, w_T: W_Type, op: Operand, *, exact: bool) -> bool:
        """Return whether `w_T` has the form of `annotation`."""
        if isinstance(w_T, W_SingleType):
            w_T = w_T.w_of
        match annotation:
            case n.Name(id=name) if name in self.names:
                if w_T in (b.W_EMPTY_LIST, b.W_EMPTY_DICT, b.W_INT_LITERAL):
                    return False
                self.found[name].append(Evidence(w_T, op, exact=exact))
                return True
            case n.StrLit():
                return self._match(self.frame.parse_annotation(annotation), w_T, op, exact=exact)
            case n.BinOp(op="|", left=left, right=right):
                sides = [side for side in (left, right) if mentions(side, self.names)]
                return any(self._match(side, w_T, op, exact=exact) for side in sides)
            case n.Subscript(value=head, index=index):
                parts: list[n.Expr] = list(index.elts) if isinstance(index, n.Tuple) else [index]
                return self._match_parts(head, parts, w_T, op)
            case _:
                return True

    def _match_parts(self, head: n.Expr, parts: list[n.Expr], w_T: W_Type, op: Operand) -> bool:
        if isinstance(w_T, W_FuncType) and _name(head) == "Callable" and len(parts) == 2:
            params, w_arguments = parts[0], [*w_T.params, w_T.w_result]
            parts = [*(params.elts if isinstance(params, n.List) else ()), parts[1]]
            return self._match_all(parts, w_arguments, op)
        if isinstance(w_T, W_PtrType):
            fits = _name(head) == w_T.fqn.partition("[")[0].removeprefix("unsafe::")
            return fits and self._match_all(parts, [w_T.w_item], op)
        if isinstance(w_T, W_GeneratorType):
            w_parts = [w_T.w_item, w_T.w_sent, w_T.w_result] if _name(head) == "Generator" else [w_T.w_item]
            return self._match_all(parts, w_parts, op)
        if _name(head) == "Iterable":
            return self._match_all(parts, self._items(w_T), op)
        w_base: W_Type | None = w_T
        while w_base is not None:
            if w_base.origin is not None and w_base.origin is self._value(head):
                return self._match_all(parts, w_base.origin_args, op)
            w_base = w_base.w_base
        return False

    def _match_all(self, parts: list[n.Expr], arguments: Sequence[object], op: Operand) -> bool:
        if len(parts) != len(arguments):
            return False
        return all(
            self._match(part, w_arg, op, exact=True)
            for part, w_arg in zip(parts, arguments, strict=True)
            if isinstance(w_arg, W_Type)
        )

    def _items(self, w_T: W_Type) -> list[W_Type]:
        """Return the type of what one finds going through a `w_T`, if one can."""
        item_type = self.frame.world.lookup_target("_iter::item_type", None)
        try:
            return [self.frame.call_blue(item_type.val, [blue(b.W_TYPE, w_T)], None).val]
        except SpyError:
            return []

    def _value(self, head: n.Expr) -> W_Func | None:
        """Return the generic that `head` names where `w_func` was defined."""
        try:
            found = self.frame.scope_of_definition(self.w_func).eval(head)
        except SpyError:
            return None
        return found.val if isinstance(found.val, W_Func) else None


def mentions(node: n.Expr, names: list[str]) -> bool:
    """Whether an annotation contains one of `names`; of a quoted one, its text."""
    match node:
        case n.Name(id=name):
            return name in names
        case n.StrLit(value=text):
            return any(name in text for name in names)
        case n.Subscript(value=value, index=index):
            return mentions(value, names) or mentions(index, names)
        case n.Tuple(elts=elts) | n.List(elts=elts):
            return any(mentions(elt, names) for elt in elts)
        case n.BinOp(left=left, right=right):
            return mentions(left, names) or mentions(right, names)
        case _:
            return False


def _name(head: n.Expr) -> str:
    match head:
        case n.Name(id=name) | n.Attribute(attr=name):
            return name
        case _:
            return ""
