"""Inference of type arguments: `first(xs)` for `def first[T](xs: list[T]) -> T`.

Each argument is evidence for the type parameters that its annotation mentions. What the context expects
counts where the arguments say nothing, or where they can become that.
"""

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import binding
from spy_vm.dispatch.convert import try_convert
from spy_vm.frame import sequences
from spy_vm.frame.meeting import meeting_type
from spy_vm.frame.unify import Evidence, Unifier
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, ParamKind, W_ASTFunc, W_Func
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue


def infer(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    frame: Frame,
    w_func: W_ASTFunc,
    args: list[Operand],
    kwargs: dict[str, Operand],
    loc: Loc | None,
    expected: W_Type | None,
) -> Operand:
    """Return `w_func[...]` with the type arguments that the arguments and the context ask for."""
    names = [p.name for p in w_func.params]
    unifier = Unifier(frame, w_func, names)
    nodes = _takers(w_func.definition)
    signature = _signature(w_func, nodes)
    args = sequences.expand(frame, signature, args, kwargs, loc)
    bound = binding.bind(frame.world, signature, args, kwargs, loc)
    for kind, node in nodes:
        if node.annotation is not None:
            for op in _taken(kind, node, bound):
                unifier.match(node.annotation, op)
    unifier.match_functions(loc)
    if expected is not None and expected not in (b.W_DYNAMIC, b.W_OBJECT):
        _use_expected(unifier, w_func, expected, loc)
    for _, node in nodes:
        if node.annotation is not None and node.default is not None and not all(unifier.found.values()):
            unifier.match(node.annotation, frame.scope_of_definition(w_func).eval(node.default))
    chosen = []
    for name in names:
        if not unifier.found[name]:
            raise _nothing_said(unifier, name, loc)
        chosen.append(blue(b.W_TYPE, _choose(frame, w_func, name, unifier.found[name], loc), loc))
    return frame.call_blue(w_func, chosen, loc)


def by_result(frame: Frame, w_func: W_ASTFunc, expected: W_Type | None) -> Operand | None:
    """Return `w_func[...]` if the type that the context wants of its result tells all type arguments."""
    if expected is None or expected in (b.W_DYNAMIC, b.W_OBJECT):
        return None
    unifier = Unifier(frame, w_func, [p.name for p in w_func.params])
    _use_expected(unifier, w_func, expected, w_func.loc)
    if not all(unifier.found.values()):
        return None
    chosen = [blue(b.W_TYPE, unifier.found[name][0].w_T, w_func.loc) for name in unifier.names]
    return frame.call_blue(w_func, chosen, w_func.loc)


def _takers(node: n.FunctionDef | n.ClassDef) -> list[tuple[ParamKind, n.Parameter]]:
    """Return what takes the arguments of a call: parameters, or the fields of a class."""
    if isinstance(node, n.FunctionDef):
        return _parameters(node.params)
    for stmt in node.body:
        if isinstance(stmt, n.FunctionDef) and stmt.name in ("__init__", "__new__"):
            return _parameters(stmt.params)[1 if stmt.name == "__init__" else 0 :]
    fields = [s for s in node.body if isinstance(s, n.AnnAssign)]
    return [
        ("normal", n.Parameter(f.span, f.target.id, f.annotation, f.value))
        for f in fields
        if isinstance(f.target, n.Name)
    ]


def _parameters(params: n.Parameters) -> list[tuple[ParamKind, n.Parameter]]:
    groups: list[tuple[ParamKind, tuple[n.Parameter, ...]]] = [
        ("posonly", params.posonly),
        ("normal", params.args),
        ("vararg", (params.vararg,) if params.vararg else ()),
        ("kwonly", params.kwonly),
        ("kwarg", (params.kwarg,) if params.kwarg else ()),
    ]
    return [(kind, node) for kind, group in groups for node in group]


def _signature(w_func: W_ASTFunc, nodes: list[tuple[ParamKind, n.Parameter]]) -> W_Func:
    """Return a function that binds arguments as the generic will, whatever their types."""
    missing = Operand(b.W_NONE, UNKNOWN, False)
    params = [Param(node.name, None, kind, None if node.default is None else missing) for kind, node in nodes]
    result = W_Func(w_func.fqn, params, None)
    result.loc, result.display = w_func.loc, w_func.definition.name
    return result


def _taken(kind: ParamKind, node: n.Parameter, bound: binding.Bound) -> list[Operand]:
    """Return the arguments that a parameter takes; not its default value."""
    if kind == "vararg":
        return [sequences.sample(op) for op in bound.varargs]
    if kind == "kwarg":
        return list(bound.extra.values())
    return [] if node.name in bound.defaulted else [bound.args[node.name]]


def _use_expected(unifier: Unifier, w_func: W_ASTFunc, expected: W_Type, loc: Loc | None) -> None:
    """Learn from the type that the context wants of the result."""
    wanted = Unifier(unifier.frame, w_func, unifier.names)
    if isinstance(w_func.definition, n.FunctionDef):
        if w_func.definition.returns is not None:
            wanted.match(w_func.definition.returns, Operand(expected, UNKNOWN, False, loc))
    elif expected.origin is w_func:
        for name, w_arg in zip(unifier.names, expected.origin_args, strict=True):
            wanted.found[name].append(Evidence(w_arg, Operand(w_arg, UNKNOWN, False, loc), exact=True))
    for name, evidence in wanted.found.items():
        if evidence and all(_could_be(unifier.frame, e, evidence[0].w_T) for e in unifier.found[name]):
            unifier.found[name] = evidence


def _could_be(frame: Frame, evidence: Evidence, w_T: W_Type) -> bool:
    """Whether an argument that is a T fits if T is `w_T`."""
    if evidence.exact:
        return False
    with frame.speculative():
        return try_convert(frame, evidence.op, w_T) is not None


def _choose(frame: Frame, w_func: W_ASTFunc, name: str, found: list[Evidence], loc: Loc | None) -> W_Type:
    """Return the type that all evidence for `name` agrees on: an exact one, or the one where values meet."""
    first = next((e for e in found if e.exact), found[0])
    for other in found:
        if first.exact:
            if other.exact and other.w_T is not first.w_T:
                raise _disagree(w_func, name, first, other, loc)
            continue
        w_T = meeting_type(frame, first.op, other.op)
        if w_T is None:
            raise _disagree(w_func, name, first, other, loc)
        if w_T is not first.w_T:
            first = (
                other if other.w_T is w_T else Evidence(w_T, Operand(w_T, UNKNOWN, False, loc), exact=False)
            )
    return first.w_T


def _nothing_said(unifier: Unifier, name: str, loc: Loc | None) -> SpyError:
    w_func = unifier.w_func
    known = {n: found[0].w_T.display for n, found in unifier.found.items() if found}
    written = ", ".join(known.get(n, n) for n in unifier.names)
    misfits = [
        (op.loc, f"this is `{op.w_T.display}`, expected {_shown(annotation)}")
        for op, annotation in unifier.misfits
        if op.loc is not None
    ]
    return errors.fault(
        "VM050",
        f"cannot infer the type argument `{name}` of `{w_func.definition.name}`",
        (loc, "called here"),
        *misfits,
        (next(p.loc for p in w_func.params if p.name == name), "this type parameter"),
        hint=f"write it: `{w_func.definition.name}[{written}](...)`",
    )


def _shown(annotation: n.Expr) -> str:
    match annotation:
        case n.Subscript(value=n.Name(id=name) | n.Attribute(attr=name)):
            return f"`{name}[...]`"
        case _:
            return "a value whose type is known"


def _disagree(w_func: W_ASTFunc, name: str, first: Evidence, other: Evidence, loc: Loc | None) -> SpyError:
    return errors.fault(
        "VM125",
        f"the arguments disagree about the type argument `{name}` of `{w_func.definition.name}`",
        (other.op.loc or loc, f"here `{name}` is `{other.w_T.display}`"),
        (first.op.loc, f"here it is `{first.w_T.display}`"),
        (next(p.loc for p in w_func.params if p.name == name), "this type parameter"),
        hint=f"convert one of them, or write the type: `{w_func.definition.name}[...](...)`",
    )
