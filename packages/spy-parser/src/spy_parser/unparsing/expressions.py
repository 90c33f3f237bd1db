"""Expressions as text, with the parentheses that precedence asks for and around every tuple."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from spy_types.syntax import nodes as n

from spy_parser.unparsing.literals import fstring

(
    NAMED,
    TEST,
    OR,
    AND,
    NOT,
    COMPARE,
    BIT_OR,
    BIT_XOR,
    BIT_AND,
    SHIFT,
    ARITH,
    TERM,
    FACTOR,
    POWER,
    AWAIT,
    ATOM,
) = range(16)

_BINARY: Final = {
    "|": BIT_OR, "^": BIT_XOR, "&": BIT_AND, "<<": SHIFT, ">>": SHIFT, "+": ARITH, "-": ARITH, "*": TERM,
    "/": TERM, "//": TERM, "%": TERM, "@": TERM, "**": POWER,
}  # fmt: skip


def expression(node: n.Expr | n.Keyword | n.Comprehension, level: int = NAMED) -> str:
    """Return `node` as text that can stand where only operators of `level` and above may."""
    own, text = WRITE[type(node)](node)
    return f"({text})" if own < level else text


def listed(nodes: Iterable[Any], level: int = TEST) -> str:
    """Return nodes with commas between them."""
    return ", ".join(expression(node, level) for node in nodes)


def _name(node: n.Name) -> tuple[int, str]:
    return ATOM, node.id


def _number(node: n.IntLit | n.FloatLit) -> tuple[int, str]:
    return ATOM, node.text


def _imaginary(node: n.ImagLit) -> tuple[int, str]:
    return ATOM, node.text + "j"


def _constant(node: n.StrLit | n.BytesLit | n.BoolLit) -> tuple[int, str]:
    return ATOM, repr(node.value)


def _joined(node: n.JoinedStr) -> tuple[int, str]:
    return ATOM, fstring(node, lambda value: expression(value, OR))


def _attribute(node: n.Attribute) -> tuple[int, str]:
    value = expression(node.value, ATOM)
    return ATOM, f"({value}).{node.attr}" if isinstance(node.value, n.IntLit) else f"{value}.{node.attr}"


def _subscript(node: n.Subscript) -> tuple[int, str]:
    index = node.index
    if isinstance(index, n.Tuple) and index.elts:
        inside = listed(index.elts) + ("," if len(index.elts) == 1 else "")
    else:
        inside = expression(index)
    return ATOM, f"{expression(node.value, ATOM)}[{inside}]"


def _slice(node: n.Slice) -> tuple[int, str]:
    lower, upper = ("" if part is None else expression(part, TEST) for part in (node.lower, node.upper))
    step = "" if node.step is None else f":{expression(node.step, TEST)}"
    return ATOM, f"{lower}:{upper}{step}"


def _starred(node: n.Starred) -> tuple[int, str]:
    return ATOM, f"*{expression(node.value, BIT_OR)}"


def _keyword(node: n.Keyword) -> tuple[int, str]:
    return ATOM, f"{'**' if node.arg is None else node.arg + '='}{expression(node.value, TEST)}"


def _call(node: n.Call) -> tuple[int, str]:
    return ATOM, f"{expression(node.func, ATOM)}({arguments(node.args, node.keywords)})"


def arguments(args: tuple[n.Expr, ...], keywords: tuple[n.Keyword, ...]) -> str:
    """Return the inside of a call; a starred argument may follow keywords only if it did in the source."""
    return ", ".join(
        [*(expression(arg, TEST) for arg in args), *(expression(keyword) for keyword in keywords)]
    )


def _binop(node: n.BinOp) -> tuple[int, str]:
    own = _BINARY[node.op]
    left, right = (AWAIT, FACTOR) if own == POWER else (own, own + 1)
    return own, f"{expression(node.left, left)} {node.op} {expression(node.right, right)}"


def _unary(node: n.UnaryOp) -> tuple[int, str]:
    if node.op == "not":
        return NOT, f"not {expression(node.operand, NOT)}"
    return FACTOR, f"{node.op}{expression(node.operand, FACTOR)}"


def _boolop(node: n.BoolOp) -> tuple[int, str]:
    own = OR if node.op == "or" else AND
    return own, f" {node.op} ".join(expression(value, own + 1) for value in node.values)


def _compare(node: n.Compare) -> tuple[int, str]:
    parts = [expression(node.left, BIT_OR)]
    for op, right in zip(node.ops, node.comparators, strict=True):
        parts += [op, expression(right, BIT_OR)]
    return COMPARE, " ".join(parts)


def _ifexp(node: n.IfExp) -> tuple[int, str]:
    body, test, orelse = expression(node.body, OR), expression(node.test, OR), expression(node.orelse, TEST)
    return TEST, f"{body} if {test} else {orelse}"


def _walrus(node: n.NamedExpr) -> tuple[int, str]:
    return -1, f"{node.target.id} := {expression(node.value, TEST)}"


def _list(node: n.List) -> tuple[int, str]:
    return ATOM, f"[{listed(node.elts)}]"


def _tuple(node: n.Tuple) -> tuple[int, str]:
    return ATOM, f"({listed(node.elts)}{',' if len(node.elts) == 1 else ''})"


def _set(node: n.Set) -> tuple[int, str]:
    return ATOM, f"{{{listed(node.elts)}}}"


def _dict(node: n.Dict) -> tuple[int, str]:
    items = [
        f"**{expression(value, BIT_OR)}"
        if key is None
        else f"{expression(key, TEST)}: {expression(value, TEST)}"
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    return ATOM, f"{{{', '.join(items)}}}"


def _comprehension(node: n.Comprehension) -> tuple[int, str]:
    ifs = "".join(f" if {expression(test, OR)}" for test in node.ifs)
    head = "async for" if node.is_async else "for"
    return ATOM, f" {head} {expression(node.target)} in {expression(node.iter, OR)}{ifs}"


def _generators(node: n.ListComp | n.SetComp | n.GeneratorExp | n.DictComp) -> str:
    return "".join(expression(generator) for generator in node.generators)


def _listcomp(node: n.ListComp) -> tuple[int, str]:
    return ATOM, f"[{expression(node.elt)}{_generators(node)}]"


def _setcomp(node: n.SetComp) -> tuple[int, str]:
    return ATOM, f"{{{expression(node.elt)}{_generators(node)}}}"


def _generator(node: n.GeneratorExp) -> tuple[int, str]:
    return ATOM, f"({expression(node.elt)}{_generators(node)})"


def _dictcomp(node: n.DictComp) -> tuple[int, str]:
    return ATOM, f"{{{expression(node.key, TEST)}: {expression(node.value, TEST)}{_generators(node)}}}"


def _lambda(node: n.Lambda) -> tuple[int, str]:
    params = parameters(node.params)
    return TEST, f"lambda{' ' if params else ''}{params}: {expression(node.body, TEST)}"


def _await(node: n.Await) -> tuple[int, str]:
    return AWAIT, f"await {expression(node.value, ATOM)}"


def _yield(node: n.Yield) -> tuple[int, str]:
    return -1, "yield" if node.value is None else f"yield {expression(node.value, TEST)}"


def _yield_from(node: n.YieldFrom) -> tuple[int, str]:
    return -1, f"yield from {expression(node.value, TEST)}"


def parameters(params: n.Parameters) -> str:
    """Return parameters without their brackets."""
    parts = [_parameter(parameter) for parameter in params.posonly]
    if parts:
        parts.append("/")
    parts += [_parameter(parameter) for parameter in params.args]
    if params.vararg is not None:
        parts.append("*" + _parameter(params.vararg))
    elif params.kwonly:
        parts.append("*")
    parts += [_parameter(parameter) for parameter in params.kwonly]
    if params.kwarg is not None:
        parts.append("**" + _parameter(params.kwarg))
    return ", ".join(parts)


def _parameter(parameter: n.Parameter) -> str:
    text = parameter.name
    if parameter.annotation is not None:
        text += f": {expression(parameter.annotation, TEST)}"
    if parameter.default is not None:
        text += f" = {expression(parameter.default, TEST)}"
    return text


WRITE: Final[dict[type, Callable[[Any], tuple[int, str]]]] = {
    n.Name: _name,
    n.IntLit: _number,
    n.FloatLit: _number,
    n.ImagLit: _imaginary,
    n.StrLit: _constant,
    n.BytesLit: _constant,
    n.BoolLit: _constant,
    n.NoneLit: lambda node: (ATOM, "None"),
    n.EllipsisLit: lambda node: (ATOM, "..."),
    n.JoinedStr: _joined,
    n.Attribute: _attribute,
    n.Subscript: _subscript,
    n.Slice: _slice,
    n.Starred: _starred,
    n.Keyword: _keyword,
    n.Call: _call,
    n.BinOp: _binop,
    n.UnaryOp: _unary,
    n.BoolOp: _boolop,
    n.Compare: _compare,
    n.IfExp: _ifexp,
    n.NamedExpr: _walrus,
    n.List: _list,
    n.Tuple: _tuple,
    n.Set: _set,
    n.Dict: _dict,
    n.Comprehension: _comprehension,
    n.ListComp: _listcomp,
    n.SetComp: _setcomp,
    n.DictComp: _dictcomp,
    n.GeneratorExp: _generator,
    n.Lambda: _lambda,
    n.Await: _await,
    n.Yield: _yield,
    n.YieldFrom: _yield_from,
}
