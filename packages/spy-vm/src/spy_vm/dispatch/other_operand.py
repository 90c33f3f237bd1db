"""Binary dunders that take any `object`: `def __eq__(self, other: object) -> bool`.

    if not isinstance(other, Money):
        return NotImplemented
    return self.cents == other.cents

What the other operand is, is known before run time. Such a method is walked once for each type that it meets,
with that type in place of `object`; where it answers NotImplemented to a type, the operator looks further.
"""

from spy_types.syntax import nodes as n

from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.operand import W_Type
from spy_vm.registry.registry import Registry

ARITHMETIC = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"),
    *("lshift", "rshift", "and", "or", "xor"),
)
COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"]
BINARY = frozenset(
    [f"__{name}__" for name in COMPARISONS]
    + [f"__{form}{name}__" for name in ARITHMETIC for form in ("", "r", "i")]
)


def takes_any_operand(w_func: W_Func) -> bool:
    """Whether `w_func` is a binary dunder with an `object` for the other operand."""
    if not isinstance(w_func, W_ASTFunc) or w_func.color == "blue" or w_func.definition.name not in BINARY:
        return False
    return len(w_func.params) == 2 and w_func.params[1].w_T is b.W_OBJECT


def for_operand(world: Registry, w_func: W_Func, w_other: W_Type) -> W_Func | None:
    """Return `w_func` as it is for an operand of type `w_other`; None if it answers NotImplemented to it."""
    if not isinstance(w_func, W_ASTFunc) or w_func.color == "blue" or len(w_func.params) != 2:
        return w_func
    if not isinstance(w_func.definition, n.FunctionDef) or w_func.definition.name not in BINARY:
        return w_func
    own, param = w_func.params
    if _declines(w_func, param.name, w_other):
        return None
    if param.w_T is not b.W_OBJECT or w_other in (b.W_OBJECT, b.W_DYNAMIC):
        return w_func
    key = ("operand", w_other)
    if key not in w_func.variants:
        params = [own, Param(param.name, w_other, param.kind, None, param.loc)]
        variant = w_func.variants[key] = w_func.copy(world.unique_fqn(w_func.fqn), params)
        variant.operand = w_other
    return w_func.variants[key]


def _declines(w_func: W_ASTFunc, name: str, w_T: W_Type) -> bool:
    """Whether the body comes to `return NotImplemented` by tests of the type of `name` alone."""
    body = list(w_func.node.body)
    while body:
        match body.pop(0):
            case n.ExprStmt(value=n.StrLit()):
                continue
            case n.If(test=test, body=then, orelse=orelse):
                answer = _answer(w_func, test, name, w_T)
                if answer is None:
                    return False
                body = [*(then if answer else orelse), *body]
            case n.Return(value=n.Name(id="NotImplemented")):
                return True
            case _:
                return False
    return False


def _answer(w_func: W_ASTFunc, test: n.Expr, name: str, w_T: W_Type) -> bool | None:
    match test:
        case n.UnaryOp(op="not", operand=operand):
            answer = _answer(w_func, operand, name, w_T)
            return None if answer is None else not answer
        case n.Call(func=n.Name(id="isinstance"), args=(n.Name(id=asked), kinds)) if asked == name:
            return _is_instance(w_func, kinds, w_T)
        case _:
            return None


def _is_instance(w_func: W_ASTFunc, kinds: n.Expr, w_T: W_Type) -> bool | None:
    outer = w_func.closure
    if not isinstance(outer, Frame):
        return None
    answers: list[bool | None] = []
    for node in kinds.elts if isinstance(kinds, n.Tuple) else (kinds,):
        kind = outer.eval(node).val
        if not isinstance(kind, W_Type):
            return None
        later = isinstance(w_T, W_ClassType) and kind.is_subtype(w_T) and kind is not w_T
        answers.append(None if later else w_T.is_subtype(kind))
    return True if True in answers else None if None in answers else False
