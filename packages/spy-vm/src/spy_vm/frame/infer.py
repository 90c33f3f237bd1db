"""Inference of type arguments: `first(xs)` for `def first[T](xs: list[T]) -> T`."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_PtrType


def infer(
    frame: Frame, w_func: W_ASTFunc, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
) -> Operand | None:
    """Return `w_func[...]` with type arguments found by matching annotations with argument types."""
    names = [p.name for p in w_func.params]
    found: dict[str, W_Type] = {}
    node = w_func.definition
    if isinstance(node, n.ClassDef):
        return _infer_class(frame, w_func, node, args, loc)
    params = [*node.params.posonly, *node.params.args]
    for param, arg in [
        *zip(params, args, strict=False),
        *((p, kwargs[p.name]) for p in params if p.name in kwargs),
    ]:
        if param.annotation is not None:
            _match(frame, w_func, param.annotation, arg.w_T, names, found)
    missing = [name for name in names if name not in found]
    if missing:
        if not found and not args:
            return None
        raise errors.fault(
            "VM050",
            f"cannot infer the type argument `{missing[0]}` of `{node.name}`",
            (loc, "called here"),
            (w_func.loc, "generic defined here"),
            hint=f"write it: `{node.name}[...](...)`",
        )
    return frame.call_blue(w_func, [blue(b.W_TYPE, found[name], loc) for name in names], loc)


def _infer_class(
    frame: Frame, w_func: W_ASTFunc, node: n.ClassDef, args: list[Operand], loc: Loc | None
) -> Operand | None:
    names = [p.name for p in w_func.params]
    found: dict[str, W_Type] = {}
    fields = [s for s in node.body if isinstance(s, n.AnnAssign)]
    for field, arg in zip(fields, args, strict=False):
        _match(frame, w_func, field.annotation, arg.w_T, names, found)
    if any(name not in found for name in names):
        return None
    return frame.call_blue(w_func, [blue(b.W_TYPE, found[name], loc) for name in names], loc)


def _match(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame,
    w_func: W_ASTFunc,
    annotation: n.Expr,
    w_T: W_Type,
    names: list[str],
    found: dict[str, W_Type],
) -> None:
    match annotation:
        case n.Name(id=name) if name in names:
            found.setdefault(name, w_T)
        case n.Subscript(value=n.Name(id=head, span=span), index=index):
            indices = list(index.elts) if isinstance(index, n.Tuple) else [index]
            for part, w_arg in zip(indices, _arguments(frame, w_func, head, span, w_T), strict=False):
                _match(frame, w_func, part, w_arg, names, found)
        case _:
            return


def _arguments(frame: Frame, w_func: W_ASTFunc, head: str, span: object, w_T: W_Type) -> list[W_Type]:
    if isinstance(w_T, W_PtrType):
        return [w_T.w_item] if head == w_T.fqn.partition("[")[0].removeprefix("unsafe::") else []
    if isinstance(w_T.origin, W_ASTFunc) and w_T.origin.definition.name == head:
        return [arg for arg in w_T.origin_args if isinstance(arg, W_Type)]
    return []
