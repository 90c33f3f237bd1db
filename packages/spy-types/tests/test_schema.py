"""The wire format is a contract: whatever changes the shape of a node shows here."""

from collections.abc import Iterator

from msgspec import inspect
from spy_types.program.program import PROGRAM_VERSION, Program
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule
from spy_types.testing import GoldenCase

ADVICE = (
    "the wire format changed: raise PROGRAM_VERSION or SYNTAX_VERSION, add a fragment to changelog.d, "
    "run tools/ir_tables.py, then pytest --update-golden"
)
ROOTS = {"program": (Program, PROGRAM_VERSION), "syntax": (SyntaxModule, SYNTAX_VERSION)}


def test_schema(golden: GoldenCase) -> None:
    root, version = ROOTS[golden.path.stem]
    lines = sorted(set(signatures(inspect.type_info(root), set())))
    golden.check("nodes", "\n".join([f"version {version}", *lines]), ADVICE)


def signatures(type_info: inspect.Type, seen: set[str]) -> Iterator[str]:
    match type_info:
        case inspect.StructType(cls=cls, fields=fields, tag=tag, array_like=True):
            if cls.__name__ in seen:
                return
            seen.add(cls.__name__)
            shown = ", ".join(f"{f.name}: {text(f.type)}" for f in fields)
            assert tag in (None, cls.__name__)
            yield f"{'record ' if tag is None else ''}{cls.__name__}({shown})"
            for field in fields:
                yield from signatures(field.type, seen)
        case inspect.UnionType(types=types):
            for inner in types:
                yield from signatures(inner, seen)
        case inspect.VarTupleType(item_type=item):
            yield from signatures(item, seen)
        case inspect.DictType(key_type=key, value_type=value):
            yield from signatures(key, seen)
            yield from signatures(value, seen)


def text(type_info: inspect.Type) -> str:  # noqa: PLR0911  # one case per kind of type
    match type_info:
        case inspect.StructType(cls=cls):
            return cls.__name__
        case inspect.UnionType(types=types) if len(types) > 5:
            names = [text(t) for t in types if not isinstance(t, inspect.NoneType)]
            optional = " | None" if len(names) < len(types) else ""
            return f"<{len(names)} nodes, {names[0]} to {names[-1]}>{optional}"
        case inspect.UnionType(types=types):
            return " | ".join(map(text, types))
        case inspect.VarTupleType(item_type=item):
            return f"tuple[{text(item)}, ...]"
        case inspect.DictType(key_type=key, value_type=value):
            return f"dict[{text(key)}, {text(value)}]"
        case inspect.LiteralType(values=values):
            return f"Literal{list(values)}"
        case _:
            return type(type_info).__name__.removesuffix("Type").lower()
