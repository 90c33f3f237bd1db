"""What can be assigned to, deleted, and why other things cannot."""

from typing import Final

from spy_types.syntax.nodes import (
    Attribute,
    Await,
    BinOp,
    BoolLit,
    BoolOp,
    BytesLit,
    Call,
    Compare,
    Dict,
    DictComp,
    EllipsisLit,
    Expr,
    FloatLit,
    GeneratorExp,
    IfExp,
    ImagLit,
    IntLit,
    JoinedStr,
    Lambda,
    List,
    ListComp,
    Name,
    NamedExpr,
    NoneLit,
    Set,
    SetComp,
    Slice,
    Starred,
    StrLit,
    Subscript,
    Tuple,
    UnaryOp,
    Yield,
    YieldFrom,
)  # fmt: skip

from spy_parser.errors import tree as errors
from spy_parser.source import Source

_KINDS: Final[dict[type, str]] = {
    Attribute: "attribute", Subscript: "subscript", Name: "name", Tuple: "tuple", List: "list",
    Starred: "starred", Await: "await expression", BinOp: "expression", UnaryOp: "expression",
    BoolOp: "expression", BytesLit: "literal", IntLit: "literal", FloatLit: "literal", ImagLit: "literal",
    StrLit: "literal", EllipsisLit: "ellipsis", Call: "function call", Compare: "comparison",
    Dict: "dict literal", DictComp: "dict comprehension", GeneratorExp: "generator expression",
    IfExp: "conditional expression", JoinedStr: "f-string expression", Lambda: "lambda",
    ListComp: "list comprehension", NamedExpr: "named expression", NoneLit: "None",
    Set: "set display", SetComp: "set comprehension", Slice: "slice", Yield: "yield expression",
    YieldFrom: "yield expression",
}  # fmt: skip


def kind_of(node: Expr) -> str:
    """Return what users call a node like this."""
    if type(node) is BoolLit:
        return str(node.value)
    return _KINDS[type(node)]


def refuse_star(source: Source, node: Expr | None) -> None:
    """Report `*a` as a value of its own."""
    if type(node) is Starred:
        source.report(errors.bare_starred(source.loc(node.span)))


def check_target(source: Source, node: Expr, verb: str = "assign to") -> None:
    """Report parts of `node` that cannot stand on the left of `=`, after `for`, ..."""
    kind = type(node)
    if kind is Name or kind is Subscript:
        return
    if type(node) is Attribute:
        if node.attr == "__debug__":
            source.report(errors.debug_assigned(source.loc(node.attr_span)))
        return
    if type(node) is Tuple or type(node) is List:
        starred = [elt for elt in node.elts if type(elt) is Starred]
        if len(starred) > 1 and verb != "delete":
            source.report(errors.several_starred(source.loc(starred[1].span), source.loc(starred[0].span)))
        for elt in node.elts:
            inner = elt.value if type(elt) is Starred and verb != "delete" else elt
            if type(elt) is Starred and type(inner) is Starred:
                source.report(errors.bare_starred(source.loc(inner.span)))
            else:
                check_target(source, inner, verb)
        return
    if type(node) is Starred and verb != "delete":
        check_target(source, node.value, verb)
        source.report(errors.starred_alone(source.loc(node.span)))
        return
    source.report(errors.bad_target(source.loc(node.span), kind_of(node), verb))
