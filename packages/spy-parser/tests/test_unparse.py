"""Text that people read; that it parses back is the business of the corpus and property tests."""

import pytest
from spy_parser import parse, same_tree, unparse
from spy_types.syntax import nodes as n

AS_WRITTEN = [
    "x = a + b * c ** -d\n",
    "x = (a + b) * c\n",
    "x = a - (b - c)\n",
    "x = not a and b or c\n",
    "x = a < b <= c\n",
    "x = a if b else c\n",
    "f(a, *b, c=d, **e)\n",
    "x = [a for b in c if d]\n",
    "x = {a: b, **c}\n",
    "x = lambda a, /, b = 1, *c, d, **e: a\n",
    "x = f\"a{b!r:>{c}}{{d}}{e=}\"\n",
    "x[a:b, ::c] = d\n",
    "var x: i32 = 1\n",
    "const y = (1, 2)\n",
    "type X[T: int, *Ts, **P] = list[T]\n",
    "del a, b[c]\n",
    "if a:\n    b\nelif c:\n    d\nelse:\n    e\n",
    "try:\n    a\nexcept b as c:\n    d\nelse:\n    e\nfinally:\n    f\n",
    "@a\nasync def f[T](x: T = 1) -> T:\n    await g(x)\n",
    "class C(A, metaclass=B):\n    x: int\n",
    "with (a as b, c):\n    pass\n",
    "match a:\n    case [1, *_] | {'b': 2} if c:\n        pass\n    case P(x, y=-1) as q:\n        pass\n",
    "from ..a import b as c, d\n",
    "for x in y:\n    break\nelse:\n    pass\n",
    "(x): int = 1\n",
    "x = (yield)\n",
    "x = __block__('y = 1\\nif a:\\n    b\\ny') + 1\n",
]  # fmt: skip


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_plain_text_comes_back_as_written(text: str) -> None:
    inside = "def f():\n    x = (yield)\n" if "yield" in text else text
    assert unparse(parse(inside)) == inside


def test_parts_of_a_module() -> None:
    module = parse("x = a + b\nmatch x:\n    case [1, _]: pass\n")
    assign, match = module.body
    assert isinstance(assign, n.Assign)
    assert isinstance(match, n.Match)
    assert unparse(assign) == "x = a + b\n"
    assert unparse(assign.value) == "a + b"
    assert unparse(match.cases[0].pattern) == "[1, _]"
    assert unparse(module.body) == unparse(module)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1", "x = 2"), ("x = 1", "x = 1.0"), ("x = a", "x = 'a'"), ("x", "x; y"), ("f(a)", "f(a,)(b)"),
        ("var x = 1", "const x = 1"), ("x = 'a'", "x = b'a'"), ("f'{a}'", "f'{a=}'"), ("x = 1", "x = True"),
        ("def f(): pass", "async def f(): pass"), ("import a", "import a as a"), ("(x): int", "x: int"),
    ],
)  # fmt: skip
def test_different_trees_are_not_the_same(one: str, other: str) -> None:
    assert not same_tree(parse(one), parse(other))


def test_same_trees_in_other_places() -> None:
    one = parse("import a\nx = f( 1,2 )  # comment\n", path="a.spy")
    assert same_tree(one, parse("\n\nimport a ; x = f(1, 2,)\n", path="b.spy"))
    assert not same_tree(one, parse("import b\nx = f(1, 2)"))
