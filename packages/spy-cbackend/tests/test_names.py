from pathlib import Path

from cbackend_support.building import P, assign, call, const, function, local, prim, program, ret, run, show
from cbackend_support.running import execute
from msgspec.structs import replace
from spy_types.program import nodes as n
from spy_types.program.constants import IntConst
from spy_types.program.program import Global
from spy_types.program.types import Field, StructType

NAMES = tuple(
    """
    int double struct return errno main printf stdin NULL EOF INT32_MAX bool true spy_str i32 t1 result
    x_ static inline unix linux assert isnan sqrt I complex _Bool __LINE_ __FILE__ élan 变量 _ __ asm argc
    memcpy spy_unwind SPY_TRY signal
    """.split()  # noqa: SIM905  # a list of thirty strings hides what it holds
)


def test_names_of_the_source_never_meet_names_of_c(tmp_path: Path, cache: Path) -> None:
    pair = "demo::errno"
    types = {pair: StructType("errno", tuple(Field(name, "i32") for name in NAMES))}
    functions, body = [], []
    for i, name in enumerate(NAMES):
        inner = [assign(name, prim("i32_add", local("main"), const(i))), ret(local(name))]
        made = function(name, {"main": "i32"}, "i32", inner, {name: "i32"} if name != "main" else {})
        functions.append(replace(made, fqn=f"demo::{name}!"))
        body.append(show(call(f"demo::{name}!", const(100))))
    value = n.MakeStruct(pair, P, tuple(const(i) for i in range(len(NAMES))))
    body += [
        assign("errno", value),
        *(show(n.GetField("i32", P, local("errno", pair), name)) for name in NAMES),
    ]
    body += [show(n.GlobalGet("i32", P, f"vars::{name}")) for name in NAMES]
    main = function("main", {}, "None", body, {"errno": pair})
    source = program(
        *functions,
        main,
        types=types,
        globals=tuple(Global(f"vars::{x}", "i32", IntConst(i)) for i, x in enumerate(NAMES)),
    )
    code, out, err = execute(source, tmp_path, cache, release=True)
    numbers = range(len(NAMES))
    assert (code, err) == (0, "")
    assert out.split() == [*(str(100 + i) for i in numbers), *map(str, numbers), *map(str, numbers)]


def test_paths_displays_and_texts_cannot_inject_c(tmp_path: Path, cache: Path) -> None:
    evil = 'x"\\\n#error no\n??/*/*'
    f = function("f", {}, "None", [n.Raise(P, "ValueError", const(evil))])
    main = function("main", {}, "None", [run(call("demo::f", t="None"))])
    source = program(f, main, text=evil)
    source = replace(source, sources=(replace(source.sources[0], path=evil),))
    code, _, err = execute(source, tmp_path, cache)
    assert code == 1
    assert err.endswith(f"ValueError: {evil}\n")
    assert f'File "{evil}", line 1, in f' in err
