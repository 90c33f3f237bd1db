"""What SPy adds to Python's scopes, and the details that `symtable` does not know."""

import hashlib
from textwrap import dedent

from spy_parser import parse, parse_bytes
from spy_types.loc import Span
from spy_types.syntax import nodes as n
from spy_types.syntax.module import ImportEdge, SyntaxModule
from spy_types.syntax.scopes import Scope, Symbol


def parsed(text: str) -> SyntaxModule:
    return parse(dedent(text), name="demo")


def scope(module: SyntaxModule, name: str) -> Scope:
    (found,) = [scope for scope in module.scopes if scope.name == name]
    return found


def symbol(text: str, scope_name: str, name: str) -> Symbol:
    return scope(parsed(text), scope_name).symbols[name]


def test_module_var_is_written_in_place() -> None:
    found = symbol("var x = 1\ndef f():\n    x = 2\n", "f", "x")
    assert (found.scope, found.origin, found.varkind) == (0, "var", "var")
    assert found.captured
    assert found.captured_write


def test_module_var_is_written_in_place_by_every_kind_of_plain_assignment() -> None:
    for statement in (
        "x += 1", "(x := 1)", "x, y = 1, 2", "del x", "with a as x: pass", "[(x := i) for i in a]",
        "match a:\n        case x: pass",
    ):  # fmt: skip
        assert symbol(f"var x = 1\ndef f(a):\n    {statement}\n", "f", "x").scope == 0, statement


def test_module_var_is_not_meant_by_a_declaration() -> None:
    for statement in (
        "x: int = 1", "x: int", "var x = 1", "const x = 1", "for x in a: pass", "def x(): pass",
        "class x: pass", "import x", "from a import x", "import x.y", "try: pass\n    except a as x: pass",
    ):  # fmt: skip
        module = parsed(f"var x = 1\ndef f(a):\n    {statement}\n")
        function = scope(module, "f")
        assert function.symbols["x"].scope == function.id, statement


def test_a_declaration_after_an_assignment_counts_too() -> None:
    module = parsed("var x = 1\ndef f():\n    x = 2\n    x: int = 3\n")
    assert scope(module, "f").symbols["x"].scope == scope(module, "f").id


def test_parameter_is_not_the_module_var() -> None:
    module = parsed("var x = 1\ndef f(x):\n    x = 2\n")
    found = scope(module, "f").symbols["x"]
    assert (found.scope, found.origin, found.varkind) == (scope(module, "f").id, "param", "var")


def test_plain_module_name_is_not_written_in_place() -> None:
    module = parsed("x = 1\ndef f():\n    x = 2\n")
    assert scope(module, "f").symbols["x"].scope == scope(module, "f").id
    assert module.scopes[0].symbols["x"].varkind == "const"


def test_variable_of_an_enclosing_function_hides_the_module_var() -> None:
    module = parsed("var x = 1\ndef f():\n    x: int = 2\n    def g():\n        x = 3\n")
    assert scope(module, "g").symbols["x"].scope == scope(module, "g").id


def test_enclosing_function_that_writes_the_module_var_hides_nothing() -> None:
    module = parsed("var x = 1\ndef f():\n    x = 2\n    def g():\n        x = 3\n")
    assert scope(module, "f").symbols["x"].scope == 0
    assert scope(module, "g").symbols["x"].scope == 0


def test_class_body_binds_its_own_name_beside_a_module_var() -> None:
    module = parsed("var x = 1\nclass C:\n    x = 2\n    def f(self): x = 3\n")
    assert scope(module, "C").symbols["x"].scope == scope(module, "C").id
    assert scope(module, "f").symbols["x"].scope == 0


def test_global_makes_a_module_name() -> None:
    module = parsed("def f():\n    global x\n    x = 1\ndef g(): return x\n")
    for name in ("demo", "f", "g"):
        found = scope(module, name).symbols["x"]
        assert (found.scope, found.varkind, found.captured_write) == (0, "var", True)


def test_nonlocal_rebinds_the_variable_of_the_function_around() -> None:
    module = parsed("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n")
    outer = scope(module, "f")
    assert scope(module, "g").symbols["x"] == outer.symbols["x"]
    assert outer.symbols["x"].captured_write
    assert outer.symbols["x"].varkind == "var"


def test_class_scope_is_skipped_by_methods() -> None:
    module = parsed("class C:\n    x = 1\n    def f(self): return x\n")
    assert scope(module, "f").symbols["x"].scope == -1


def test_unknown_name_has_no_scope() -> None:
    found = symbol("def f(): return print\n", "f", "print")
    assert (found.scope, found.declared) == (-1, None)


def test_name_passes_through_the_functions_between() -> None:
    module = parsed("def f(x):\n    def g():\n        return lambda: x\n")
    assert scope(module, "g").symbols["x"].scope == scope(module, "f").id
    assert scope(module, "lambda").symbols["x"].captured


def test_comprehension_has_its_own_target_and_the_iterable_of_the_scope_around() -> None:
    module = parsed("def f(x):\n    return [x for x in x if (y := x)]\n")
    inner, outer = scope(module, "listcomp"), scope(module, "f")
    assert inner.kind == "comprehension"
    assert inner.parent == outer.id
    assert inner.symbols["x"].scope == inner.id
    assert outer.symbols["x"].scope == outer.id
    assert inner.symbols["y"].scope == outer.id
    assert not outer.symbols["x"].captured


def kinds(text: str, scope_name: str = "f") -> dict[str, str]:
    found = scope(parsed(text), scope_name)
    return {name: symbol.varkind for name, symbol in found.symbols.items() if symbol.scope == found.id}


def test_varkind_in_functions() -> None:
    text = """
        def f(p, q):
            once = 1
            twice = 1
            twice = 2
            q = 1
            either = 1 if p else 2
            if p:
                branch = 1
            else:
                branch = 2
            augmented = 1
            augmented += 1
            (walrus := 1)
            for target in p:
                in_for = 1
            else:
                in_else = 1
            while (tested := p):
                in_while = 1
            for _ in (iterated := p): pass
            annotated: int = 1
            later: int
            later = 1
            deleted = 1
            del deleted
            try: pass
            except p as caught: pass
            const declared_const = 1
            var declared_var = 1
            def function(): pass
            class Class: pass
            import module
            for _ in p:
                import in_loop
                const const_in_loop = 1
    """
    const = [
        "p",
        "once",
        "either",
        "walrus",
        "in_else",
        "annotated",
        "later",
        "declared_const",
        "function",
        "Class",
    ]
    const += ["module", "const_in_loop"]
    var = ["q", "twice", "branch", "augmented", "target", "in_for", "tested", "in_while", "_", "iterated"]
    var += ["deleted", "caught", "declared_var", "in_loop"]
    assert kinds(text) == {**dict.fromkeys(const, "const"), **dict.fromkeys(var, "var")}


def test_varkind_of_a_loop_does_not_reach_into_inner_functions() -> None:
    assert kinds("for i in a:\n    def f():\n        x = 1\n") == {"x": "const"}


def test_walrus_in_a_comprehension_repeats() -> None:
    assert kinds("def f(a):\n    return [(x := b) for b in a]\n")["x"] == "var"


def test_varkind_at_module_level_is_const_without_var() -> None:
    text = "x = 1\nx = 2\nfor i in x: y = i\nvar z = 1\nconst w = 1\ndef f():\n    global y\n    y = 1\n"
    assert kinds(text, "demo") == {
        "x": "const", "i": "const", "y": "var", "z": "var", "w": "const", "f": "const",
    }  # fmt: skip


def test_origins() -> None:
    text = """
        def f(param, *args, **kwargs):
            auto = 1
            var declared_var: param
            const declared_const = 1
            def function(): pass
            class Class: pass
            import a.b, c as d
            for target, in param: pass
            try: pass
            except param as caught: pass
    """
    found = scope(parsed(text), "f")
    assert {name: s.origin for name, s in found.symbols.items()} == {
        "param": "param", "args": "param", "kwargs": "param", "auto": "auto", "declared_var": "var",
        "declared_const": "const", "function": "function", "Class": "class", "a": "import", "d": "import",
        "target": "for", "caught": "except",
    }  # fmt: skip


def test_declared_is_the_first_binding() -> None:
    assert symbol("def f():\n    x = 1\n    x = 2\n", "f", "x").declared == Span(2, 5, 2, 6)
    assert symbol("def f():\n    x = 1\n", "demo", "f").declared == Span(1, 5, 1, 6)


def test_type_parameters_have_a_scope_around_the_function() -> None:
    module = parsed("def f[T](x: T) -> T:\n    return T\n")
    (function,) = [s for s in module.scopes if s.kind == "function"]
    outer = module.scopes[function.parent]
    assert (outer.kind, outer.parent) == ("type_params", 0)
    assert outer.symbols["T"].origin == "type_param"
    assert function.symbols["T"].scope == outer.id


def test_type_parameters_in_a_class_see_its_names() -> None:
    module = parsed("class C:\n    t = int\n    def f[T: t](self, x: t): return t\n")
    (outer,) = [s for s in module.scopes if s.kind == "type_params"]
    (function,) = [s for s in module.scopes if s.kind == "function"]
    assert outer.symbols["t"].scope == scope(module, "C").id
    assert function.symbols["t"].scope == -1


def test_generators_are_marked() -> None:
    module = parsed("def f(): yield\ndef g(): return lambda: (yield)\ndef h(): return (x for x in a)\n")
    marked = {scope.name: scope.is_generator for scope in module.scopes}
    assert marked == {"demo": False, "f": True, "g": False, "lambda": True, "h": False, "genexpr": True}


def test_nodes_carry_the_scopes_they_open() -> None:
    module = parsed("def f(a=lambda: 1):\n    class C:\n        x = [y for y in z]\ntype X[T] = T\n")
    function, alias = module.body
    assert isinstance(function, n.FunctionDef)
    assert isinstance(alias, n.TypeAlias)
    assert [scope.id for scope in module.scopes] == list(range(len(module.scopes)))
    assert [scope.name for scope in module.scopes] == ["demo", "lambda", "f", "C", "listcomp", "X"]
    assert (function.scope, alias.scope) == (2, 5)
    default = function.params.args[0].default
    assert isinstance(default, n.Lambda)
    assert default.scope == 1


def test_imports_in_program_order_wherever_they_stand() -> None:
    text = "import a.b as c, d\ndef f():\n    from ..e import g as h, i\n    if x:\n        from . import *\n"
    module = parsed(text.replace("import *", "import j"))
    assert module.imports == (
        ImportEdge("a.b", 0, (), 1, 1, 19),
        ImportEdge("d", 0, (), 1, 1, 19),
        ImportEdge("e", 2, ("g", "i"), 3, 5, 30),
        ImportEdge("", 1, ("j",), 5, 9, 24),
    )


def test_docstring_and_digest() -> None:
    text = '"""Text."""\nx = 1\n'
    assert parse(text).docstring == "Text."
    assert (
        parse(text).digest == hashlib.sha256(text.encode()).hexdigest() == parse_bytes(text.encode()).digest
    )


def test_block_binds_in_the_scope_around() -> None:
    assert kinds("def f(a):\n    return __block__('x = a; y = 1; y = 2; x + y')\n") == kinds(
        "def f(a):\n    x = a; y = 1; y = 2; return x + y\n"
    )
