"""Write the tables of docs/ir.md that repeat what spy_types defines.

python tools/ir_tables.py           # rewrite docs/ir.md
python tools/ir_tables.py --check   # exit with 1 if it is out of date
"""

import re
import sys
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from spy_types import loc
from spy_types.prims.dynamic import DYNAMIC_OPS
from spy_types.prims.scalars import PRIMITIVES
from spy_types.prims.table import PRIMS, PrimOp
from spy_types.program import constants, nodes, program, types
from spy_types.program.verify.codes import RULES
from spy_types.syntax import module, scopes
from spy_types.syntax import nodes as syntax

IR_MD = Path(__file__).resolve().parent.parent / "docs" / "ir.md"
UNIONS = (
    ("ConstValue", constants.ConstValue),
    ("TypeDef", types.TypeDef),
    ("Stmt", nodes.Stmt),
    ("Stmt", syntax.Stmt),
    ("Expr", syntax.Expr),
    ("Pattern", syntax.Pattern),
)
Section = tuple[str, Iterable[type]]


def primitives() -> Iterator[str]:
    """Yield a row for all primitives that differ only in the type they belong to."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for op in PRIMS.values():
        t = next((t for t in sorted(PRIMITIVES) if op.name.startswith(f"{t}_")), "")
        rows.setdefault(_generic(op, t), []).append(t)
    yield "| operation | T | operands | result | raises | infix |"
    yield "|---|---|---|---|---|---|"
    for (name, params, result, raises, infix), owners in rows.items():
        only = len(owners) == 1
        row = [name, " ".join(sorted(owners)) if not only else "", params, result, raises, infix]
        cells = [
            cell.replace("T", owners[0]) if only and i in (0, 2, 3) else cell for i, cell in enumerate(row)
        ]
        yield f"| {' | '.join(cells)} |"


def _generic(op: PrimOp, t: str) -> tuple[str, ...]:
    raises = ", ".join(op.raises + (("*overflow*",) if op.overflow else ()))
    name = f"`T_{op.name.removeprefix(f'{t}_')}`" if t else f"`{op.name}`"
    params = ", ".join("T" if p == t else p for p in op.params)
    infix = op.infix and f"`{op.infix}`".replace("|", "\\|")
    return name, params, "T" if op.result == t else op.result, raises, infix


def dynamic() -> Iterator[str]:
    """Yield a row per dynamic operation."""
    yield "| op | operands | `t` |"
    yield "|---|---|---|"
    for name, operation in DYNAMIC_OPS.items():
        op = name.replace("|", "\\|")
        yield f"| `{op}` | {', '.join(operation.operands)} | {' or '.join(operation.results)} |"


def rules() -> Iterator[str]:
    """Yield a row per rule of the verifier."""
    yield "| code | rule |"
    yield "|---|---|"
    yield from (f"| {code} | {rule} |" for code, rule in RULES.items())


def all_nodes() -> Iterator[str]:
    """Yield every record and node with its fields."""
    records = (program.Program, program.Features, program.Source, program.Function, program.Param)
    more = (program.Effects, program.Extern, program.Global, program.Block, program.Export, nodes.Pos)
    patterns = (syntax.Comprehension, syntax.Keyword, *typing.get_args(syntax.Pattern))
    parts = (syntax.Parameter, syntax.Parameters, syntax.TypeParam, syntax.WithItem, syntax.ExceptHandler)
    sections: list[Section] = [
        ("Program IR: records", (*records, *more, types.Field)),
        ("Program IR: types (tagged)", typing.get_args(types.TypeDef)),
        ("Program IR: constants (tagged)", typing.get_args(constants.ConstValue)),
        ("Program IR: expressions (tagged)", typing.get_args(nodes.Expr)),
        ("Program IR: statements (tagged)", typing.get_args(nodes.Stmt)),
        (
            "Syntax IR: records",
            (module.SyntaxModule, module.ImportEdge, scopes.Scope, scopes.Symbol, loc.Span),
        ),
        ("Syntax IR: expressions (tagged)", typing.get_args(syntax.Expr)),
        ("Syntax IR: statements (tagged)", typing.get_args(syntax.Stmt)),
        ("Syntax IR: patterns and parts (tagged)", (*patterns, *parts, syntax.Alias, syntax.MatchCase)),
    ]
    for title, classes in sections:
        yield from ("", f"**{title}**", "", "```", *map(signature, classes), "```")


def signature(cls: type) -> str:
    """Return a class with its fields in wire order: `Assign(pos: Pos, name: str, value: Expr)`."""
    annotations = {k: v for c in reversed(cls.__mro__) for k, v in vars(c).get("__annotations__", {}).items()}
    fields = [f"{f.name}: {_type_text(annotations[f.name])}" for f in msgspec.structs.fields(cls)]
    return f"{cls.__name__}({', '.join(fields)})"


def _type_text(annotation: object) -> str:
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    text = re.sub(r"ForwardRef\((.*?)\)|\b(?:\w+\.)+(?=\w)", r"\1", text).replace('"', "")
    for name, union in UNIONS:
        text = text.replace(" | ".join(cls.__name__ for cls in typing.get_args(union)), name)
    return re.sub(r"'(\w+)'(?=, \.\.\.|$)", r"\1", text)


def updated(text: str) -> str:
    """Return the document with its tables made anew."""
    made = {"primitives": primitives, "dynamic": dynamic, "rules": rules, "nodes": all_nodes}
    for name, lines in made.items():
        mark = f"<!-- {name}: made by tools/ir_tables.py -->\n"
        before, _, rest = text.partition(mark)
        _, end, after = rest.partition("<!-- end -->")
        text = before + mark + "\n".join(lines()) + "\n" + end + after
    return text


def main(argv: list[str]) -> int:
    old = IR_MD.read_text()
    new = updated(old)
    if argv == ["--check"]:
        return int(new != old)
    IR_MD.write_text(new)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
