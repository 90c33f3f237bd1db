import random
import typing

import msgspec
import pytest
from spy_types.program import nodes as n
from spy_types.program.build import HERE, assign, const, evaluate, if_, local, prim, while_
from spy_types.program.constants import IntConst
from spy_types.program.walk import children, map_body, map_children, map_expr, walk

X, Y, A = local("x", "i32"), local("y", "i32"), local("a", "bool")
ONE, TWO = const(1), const(2)
LEAVES = [local(name, "i32") for name in "abcdef"]


def every_node() -> list[typing.Any]:
    """Return a node of every class, its expressions named in the order of evaluation."""
    a, b, c, _, _, _ = LEAVES
    inner = (evaluate(a),)
    samples: dict[type, tuple[typing.Any, ...]] = {
        n.Const: ("i32", HERE, IntConst(1)),
        n.Local: ("i32", HERE, "x"),
        n.GlobalGet: ("i32", HERE, "m::g"),
        n.Prim: ("i32", HERE, "i32_add", (a, b)),
        n.Call: ("i32", HERE, "m::f", (a, b)),
        n.CallIndirect: ("i32", HERE, a, (b, c)),
        n.MakeClosure: ("f", HERE, "m::f", (a, b)),
        n.MakeStruct: ("P", HERE, (a, b)),
        n.GetField: ("i32", HERE, a, "x"),
        n.New: ("C", HERE),
        n.GetAttr: ("i32", HERE, a, "x"),
        n.CallVirtual: ("i32", HERE, "m::C::f", (a, b)),
        n.IsInstance: ("bool", HERE, a, "C"),
        n.Cast: ("C", HERE, a),
        n.Is: ("bool", HERE, a, b),
        n.ObjectId: ("i64", HERE, a),
        n.Alloc: ("p", HERE, a),
        n.Load: ("i32", HERE, a, b, ("x",)),
        n.AddrOf: ("p", HERE, a, b, ("x",)),
        n.PtrOp: ("bool", HERE, "eq", (a, b)),
        n.And: ("bool", HERE, a, b),
        n.Or: ("bool", HERE, a, b),
        n.IfExp: ("i32", HERE, a, b, c),
        n.AssignExpr: ("i32", HERE, "x", a),
        n.BlockExpr: ("i32", HERE, inner, b),
        n.ToDynamic: ("dynamic", HERE, a),
        n.FromDynamic: ("i32", HERE, a),
        n.DynamicOp: ("dynamic", HERE, "+", (a, b)),
        n.ToUnion: ("U", HERE, a),
        n.UnionTest: ("bool", HERE, a, "i32"),
        n.FromUnion: ("i32", HERE, a),
        n.Sent: ("i32", HERE),
        n.Advance: ("bool", HERE, a, b),
        n.Yielded: ("i32", HERE, a),
        n.Returned: ("i32", HERE, a),
        n.Assign: (HERE, "x", a),
        n.GlobalSet: (HERE, "m::g", a),
        n.Store: (HERE, a, b, ("x",), c),
        n.SetAttr: (HERE, a, "x", b),
        n.Eval: (HERE, a),
        n.If: (HERE, a, (evaluate(b),), (evaluate(c),)),
        n.While: (HERE, a, (evaluate(b),), (evaluate(c),)),
        n.ForRange: (HERE, "x", a, b, c, (evaluate(LEAVES[3]),), (evaluate(LEAVES[4]),)),
        n.Return: (HERE, a),
        n.Break: (HERE,),
        n.Continue: (HERE,),
        n.Raise: (HERE, "E", a),
        n.Try: (
            HERE,
            (evaluate(a),),
            (n.Handler(HERE, ("E",), None, (evaluate(b),)),),
            (evaluate(c),),
            (evaluate(LEAVES[3]),),
        ),
        n.RaiseObject: (HERE, a, b, False),
        n.Reraise: (HERE,),
        n.Yield: (HERE, a),
        n.CloseGenerator: (HERE, a),
    }
    assert set(samples) == {*typing.get_args(n.Expr), *typing.get_args(n.Stmt)}
    return [cls(*fields) for cls, fields in samples.items()]


NODES = every_node()
by_name = pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)


def leaves(node: typing.Any) -> list[str]:
    return [part.name for part in walk(node) if isinstance(part, n.Local) and part is not node]


@by_name
def test_children_come_in_the_order_of_the_fields(node):
    assert leaves(node) == sorted(leaves(node))
    assert len(leaves(node)) == msgspec.json.encode(node).count(b'"Local"') - isinstance(node, n.Local)


@by_name
def test_mapping_reaches_every_expression(node):
    renamed = map_expr(node, lambda e: local(e.name * 2, e.t) if isinstance(e, n.Local) else e)
    assert leaves(renamed) == [name * 2 for name in leaves(node)]
    assert type(renamed) is type(node)
    back = map_expr(renamed, lambda e: local(e.name[0], e.t) if isinstance(e, n.Local) else e)
    assert back == node


@by_name
def test_what_does_not_change_stays_the_same_object(node):
    assert map_expr(node, lambda e: e) is node
    assert map_children(node, lambda e: e, lambda body: body) is node


@by_name
def test_children_are_visited_in_order_when_mapped(node):
    seen: list[str] = []

    def note(expr: n.Expr) -> n.Expr:
        if isinstance(expr, n.Local):
            seen.append(expr.name)
        return expr

    map_expr(node, note)
    assert seen == leaves(node)


def test_missing_operands_are_no_children():
    assert list(children(n.Return(HERE, None))) == []
    assert list(children(n.Raise(HERE, "E", None))) == []
    assert list(children(n.Load("i32", HERE, X, None, ()))) == [X]
    assert list(children(n.Store(HERE, X, None, (), Y))) == [X, Y]
    assert map_expr(n.Load("i32", HERE, X, None, ()), lambda e: Y) == n.Load("i32", HERE, Y, None, ())


def test_inner_expressions_are_mapped_first():
    def fold(expr: n.Expr) -> n.Expr:
        match expr:
            case n.Prim(
                op="i32_add", args=(n.Const(value=IntConst(value=a)), n.Const(value=IntConst(value=b)))
            ):
                return const(a + b)
            case _:
                return expr

    tree = assign("x", prim("i32_add", prim("i32_add", ONE, ONE), ONE))
    assert map_expr(tree, fold) == assign("x", const(3))


def test_bodies_share_what_does_not_change():
    body = (evaluate(X), while_(A, [if_(A, [evaluate(Y)])]), evaluate(ONE))
    mapped = map_body(body, lambda e: TWO if e is Y else e)
    assert mapped == (evaluate(X), while_(A, [if_(A, [evaluate(TWO)])]), evaluate(ONE))
    assert mapped[0] is body[0]
    assert mapped[2] is body[2]
    assert map_body(body, lambda e: e) is body


def test_walk_yields_each_node_before_what_is_inside():
    tree = assign("x", prim("i32_add", X, prim("i32_neg", Y)))
    assert [type(node).__name__ for node in walk(tree)] == ["Assign", "Prim", "Local", "Prim", "Local"]


def test_walking_costs_no_recursion():
    tree: n.Expr = X
    for _ in range(100_000):
        tree = prim("i32_neg", tree)
    assert sum(1 for _ in walk(tree)) == 100_001


def test_random_trees_survive_a_mapping_back_and_forth():
    rng = random.Random(1)

    def grow(depth: int) -> n.Expr:
        return (
            prim("i32_add", grow(depth - 1), grow(depth - 1))
            if depth and rng.random() < 0.9
            else rng.choice([X, Y])
        )

    for _ in range(20):
        tree = evaluate(grow(6))
        swapped = map_expr(tree, lambda e: {"x": Y, "y": X}[e.name] if isinstance(e, n.Local) else e)
        assert swapped != tree
        assert map_expr(swapped, lambda e: {"x": Y, "y": X}[e.name] if isinstance(e, n.Local) else e) == tree
