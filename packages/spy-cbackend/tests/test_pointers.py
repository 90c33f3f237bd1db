from pathlib import Path
from types import ModuleType

import pytest
from cbackend_support.building import P, assign, const, function, local, prim, program, ret, run
from cbackend_support.interpreter import Machine, outcome
from cbackend_support.prim_module import build_module
from spy_types.program import nodes as n
from spy_types.program.constants import FuncConst, IntConst, NullConst, PtrConst, StrConst, StructConst
from spy_types.program.program import Block, Export, Function, Global, Program
from spy_types.program.types import Field, FuncType, PtrType, StructType

NODE, NODE_PTR, RAW, BYTES, FN = (
    "demo::Node",
    "gc_ptr[demo::Node]",
    "raw_ptr[i32]",
    "unsafe::gc_ptr[u8]",
    "def(i32) -> i32",
)
XPTR, FNS = "gc_ptr[i32]", "gc_ptr[def(i32) -> i32]"
TYPES = {
    NODE: StructType("Node", (Field("value", "i32"), Field("next", NODE_PTR), Field("text", "str"))),
    NODE_PTR: PtrType("gc_ptr[Node]", "gc", NODE),
    RAW: PtrType("raw_ptr[i32]", "raw", "i32"),
    XPTR: PtrType("gc_ptr[i32]", "gc", "i32"),
    BYTES: PtrType("gc_ptr[u8]", "gc", "u8"),
    FNS: PtrType("gc_ptr[def]", "gc", FN),
    FN: FuncType("def(i32) -> i32", ("i32",), "i32"),
}


def load(ptr: n.Expr, index: n.Expr | None, t: str, *path: str) -> n.Load:
    return n.Load(t, P, ptr, index, path)


def pointer_program() -> Program:
    i, k, p = local("i"), local("k"), local("p", NODE_PTR)
    image = n.Const(NODE_PTR, P, PtrConst(0, 0))
    raw, text = local("r", RAW), local("b", BYTES)
    alloc = [assign("r", n.Alloc(RAW, P, local("n")))]
    fill = n.ForRange(
        P, "j", const(0), local("n"), const(1), (n.Store(P, raw, local("j"), (), local("j")),), ()
    )
    j = {"r": RAW, "j": "i32"}

    def op(name: str, *args: n.Expr, t: str = "None") -> n.PtrOp:
        return n.PtrOp(t, P, name, args)  # type: ignore[arg-type]

    def fn(
        name: str, params: str, result: str, body: list[n.Stmt], locals: dict[str, str] | None = None
    ) -> Function:
        return function(name, dict.fromkeys(params.split(), "i32"), result, body, locals)

    two = {"p": NODE_PTR, "q": NODE_PTR}
    follow = assign("p", load(p, None, NODE_PTR, "next"))
    add = [
        fn("double", "x", "i32", [ret(prim("i32_mul", local("x"), const(2)))]),
        fn("third", "x", "i32", [ret(prim("i32_floordiv", const(3), local("x")))]),
    ]
    functions = [
        *add,
        fn("item", "i", "i32", [ret(load(image, i, "i32", "value"))]),
        fn(
            "set_item",
            "i k",
            "i32",
            [n.Store(P, image, i, ("value",), k), ret(load(image, i, "i32", "value"))],
        ),
        fn(
            "walk",
            "i",
            "i32",
            [
                assign("p", image),
                n.ForRange(P, "j", const(0), i, const(1), (follow,), ()),
                ret(load(p, None, "i32", "value")),
            ],
            {"p": NODE_PTR, "j": "i32"},
        ),
        fn(
            "walk_text",
            "i",
            "str",
            [
                assign("p", image),
                n.ForRange(P, "j", const(0), i, const(1), (follow,), ()),
                ret(load(p, const(0), "str", "text")),
            ],
            {"p": NODE_PTR, "j": "i32"},
        ),
        fn(
            "new", "n", "i32", [*alloc, fill, ret(load(raw, prim("i32_sub", local("n"), const(1)), "i32"))], j
        ),
        fn("free", "n", "bool", [*alloc, run(op("free", raw)), ret(op("to_bool", raw, t="bool"))], j),
        fn("null", "i", "i32", [ret(load(n.Const(NODE_PTR, P, NullConst()), i, "i32", "value"))]),
        fn(
            "zeroed",
            "i",
            "str",
            [assign("p", n.Alloc(NODE_PTR, P, const(2))), ret(load(p, i, "str", "text"))],
            two,
        ),
        fn(
            "length",
            "n i",
            "i32",
            [*alloc, ret(op("len", n.AddrOf(RAW, P, raw, i, ()), t="i32"))],
            {"r": RAW},
        ),
        fn(
            "field",
            "i k",
            "i32",
            [
                n.Store(P, n.AddrOf(XPTR, P, image, i, ("value",)), None, (), k),
                ret(load(image, i, "i32", "value")),
            ],
        ),
        fn("beyond_field", "i", "i32", [ret(load(n.AddrOf(XPTR, P, image, const(0), ("value",)), i, "i32"))]),
        fn(
            "same",
            "i k",
            "bool",
            [
                ret(
                    op(
                        "eq",
                        n.AddrOf(NODE_PTR, P, image, i, ()),
                        n.AddrOf(NODE_PTR, P, image, k, ()),
                        t="bool",
                    )
                )
            ],
        ),
        fn(
            "copy",
            "n i k",
            "i32",
            [*alloc, fill, run(op("copy", n.AddrOf(RAW, P, raw, i, ()), raw, k)), ret(load(raw, i, "i32"))],
            j,
        ),
        fn(
            "move",
            "n i k",
            "i32",
            [*alloc, fill, run(op("move", n.AddrOf(RAW, P, raw, i, ()), raw, k)), ret(load(raw, i, "i32"))],
            j,
        ),
        fn(
            "clear",
            "n k",
            "i32",
            [*alloc, fill, run(op("setbytes", raw, const(0, "u8"), k)), ret(load(raw, const(0), "i32"))],
            j,
        ),
        fn(
            "compare",
            "n k",
            "i32",
            [
                assign("b", n.Alloc(BYTES, P, local("n"))),
                n.Store(P, text, const(0), (), const(9, "u8")),
                ret(op("cmp", text, n.AddrOf(BYTES, P, text, const(1), ()), k, t="i32")),
            ],
            {"b": BYTES},
        ),
        fn(
            "apply",
            "i k",
            "i32",
            [
                ret(
                    n.CallIndirect(
                        "i32",
                        P,
                        n.IfExp(
                            FN,
                            P,
                            prim("i32_gt", i, const(0)),
                            n.GlobalGet(FN, P, "demo::f"),
                            n.IfExp(
                                FN,
                                P,
                                prim("i32_lt", i, const(0)),
                                n.Const(FN, P, FuncConst("demo::third")),
                                load(n.Alloc(FNS, P, const(1)), None, FN),
                            ),
                        ),
                        (k,),
                    )
                )
            ],
        ),
        fn(
            "add_up",
            "i k",
            "i32",
            [
                assign("f", n.MakeClosure(FN, P, "demo::sum", (i,))),
                n.If(
                    P,
                    prim("i32_gt", k, const(2)),
                    (assign("f", n.MakeClosure(FN, P, "demo::sum", (k,))),),
                    (),
                ),
                ret(
                    n.CallIndirect(
                        "i32", P, local("f", FN), (n.CallIndirect("i32", P, local("f", FN), (k,)),)
                    )
                ),
            ],
            {"f": FN},
        ),
        fn("sum", "i k", "i32", [ret(prim("i32_add", prim("i32_mul", i, const(10)), k))]),
        fn("global_node", "i", "i32", [ret(load(n.GlobalGet(NODE_PTR, P, "demo::head"), i, "i32", "value"))]),
    ]
    names = [f.display for f in functions]
    nodes = tuple(StructConst((IntConst(10 * v), PtrConst(0, (v + 1) % 3), s)) for v, s in enumerate(texts()))
    return program(
        *functions,
        types=TYPES,
        entry=None,
        externs=(),
        blocks=(Block(NODE, "gc", nodes), Block("i32", "gc", ())),
        globals=(
            Global("demo::f", FN, FuncConst("demo::double")),
            Global("demo::head", NODE_PTR, PtrConst(0, 1)),
        ),
        exports=tuple(Export(name, f"demo::{name}") for name in names),
    )


def texts() -> list[StrConst]:
    return [StrConst("one"), StrConst("zwei"), StrConst("três")]


CALLS = [
    *(("item", (i,)) for i in (0, 2, 3, -1)),
    *(("set_item", (i, 7)) for i in (1, 3, -(2**31))),
    *(("walk", (i,)) for i in (0, 1, 5)),
    ("walk_text", (2,)),
    *(("new", (i,)) for i in (5, 1, 0, -1)),
    ("free", (3,)),
    *(("null", (i,)) for i in (0, 1)),
    ("zeroed", (1,)),
    ("zeroed", (2,)),
    *(("length", (5, i)) for i in (0, 2, 5, 6, -1)),
    *(("field", (i, 77)) for i in (0, 3)),
    *(("beyond_field", (i,)) for i in (0, 1)),
    *(("same", (1, k)) for k in (1, 2)),
    *(("copy", (6, i, k)) for i, k in ((3, 3), (1, 3), (3, 4), (5, 0), (0, -1), (5, 2))),
    *(("move", (6, i, k)) for i, k in ((3, 3), (1, 3), (3, 4))),
    *(("clear", (4, k)) for k in (0, 1, 4, 5)),
    *(("compare", (4, k)) for k in (0, 1, 3, 4)),
    *(("apply", (i, k)) for i, k in ((1, 4), (-1, 2), (-1, 0), (0, 1))),
    *(("global_node", (i,)) for i in (0, 1, 2)),
]


@pytest.fixture(scope="module", params=[False, True], ids=["debug", "release"])
def pointers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> tuple[bool, ModuleType]:
    name = "pointers_release" if request.param else "pointers_debug"
    folder = tmp_path_factory.mktemp("pointers")
    return request.param, build_module(pointer_program(), folder, name, cache, release=request.param)


def test_memory_is_what_the_ir_says(pointers: tuple[bool, ModuleType]) -> None:
    release, module = pointers
    machine = Machine(pointer_program())
    for name, args in CALLS:
        wanted = outcome(lambda *a, fqn=f"demo::{name}": machine.call(fqn, *a), *args)
        if release and wanted[0] == "PanicError":
            continue  # release builds do not check
        assert outcome(getattr(module, name), *args) == wanted, (name, args)
