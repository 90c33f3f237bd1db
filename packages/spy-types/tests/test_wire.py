import json

import msgspec
import pytest
from spy_types.errors import SpyError
from spy_types.loc import Span
from spy_types.nesting import MAX_NESTING
from spy_types.program import codec as program_codec
from spy_types.program.build import assign, const, function, local, prim, program
from spy_types.program.nodes import Expr
from spy_types.program.program import Program
from spy_types.syntax import codec as syntax_codec
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule
from spy_types.syntax.nodes import ExprStmt, StrLit
from spy_types.syntax.scopes import Scope

CODECS = [program_codec, syntax_codec]


def demo_program(value: Expr | None = None) -> Program:
    return program(function("demo::f", body=[assign("x", value or const(1))]))


def demo_module(text: str = "hello") -> SyntaxModule:
    span = Span(1, 1, 1, 8)
    body = (ExprStmt(span, StrLit(span, text)),)
    return SyntaxModule(
        "spyast",
        SYNTAX_VERSION,
        "demo",
        "demo.spy",
        "",
        None,
        body,
        (Scope(0, "module", "demo", -1, {}),),
        (),
    )


def code_of(call: object, *args: object) -> str:
    with pytest.raises(SpyError) as caught:
        call(*args)  # type: ignore[operator]
    return caught.value.diagnostic.code


@pytest.mark.parametrize(("codec", "tree"), [(program_codec, demo_program()), (syntax_codec, demo_module())])
def test_round_trip(codec, tree):
    assert codec.decode(codec.encode(tree)) == tree
    assert codec.decode_json(codec.encode_json(tree)) == tree


@pytest.mark.parametrize("schema", ["spyir", "spyast"])
def test_the_header_comes_first(schema):
    data = program_codec.encode(demo_program()) if schema == "spyir" else syntax_codec.encode(demo_module())
    assert msgspec.msgpack.decode(data)[:2] == [schema, {"spyir": 1, "spyast": SYNTAX_VERSION}[schema]]


@pytest.mark.parametrize(("codec", "schema"), [(program_codec, "spyir"), (syntax_codec, "spyast")])
def test_another_version_is_refused_whatever_follows(codec, schema):
    assert code_of(codec.decode, msgspec.msgpack.encode([schema, 99, "who knows"])) == "IR001"
    assert code_of(codec.decode_json, json.dumps([schema, 99, {"who": "knows"}]).encode()) == "IR001"


def test_the_version_is_named():
    with pytest.raises(SpyError, match="holds Program IR version 7, but this SPy reads version 1"):
        program_codec.decode(msgspec.msgpack.encode(["spyir", 7]))


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xc1",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"\xdd\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xffspyir",
        b"\x94\xa5spyir\x01",
        b"[" * 100_000,
        b"\x91" * 100_000,
        b"\xdd\xff\xff\xff\xff" * 1000,
        b'["spyir", 1e400, 0]',
        b'["spyir", ' + b"9" * 5000 + b"]",
        b'"\\ud800"',
    ],
)
def test_what_is_no_ir_is_refused(codec, data):
    assert code_of(codec.decode, data) == "IR002"
    assert code_of(codec.decode_json, data) in ("IR001", "IR002")


def test_one_ir_is_not_the_other():
    assert code_of(syntax_codec.decode, program_codec.encode(demo_program())) == "IR002"
    assert code_of(program_codec.decode, syntax_codec.encode(demo_module())) == "IR002"


def test_every_truncation_is_refused():
    data, text = program_codec.encode(demo_program()), program_codec.encode_json(demo_program())
    for end in range(len(data)):
        assert code_of(program_codec.decode, data[:end]) == "IR002"
    for end in range(len(text)):
        assert code_of(program_codec.decode_json, text[:end]) == "IR002"


def test_what_follows_the_end_is_refused():
    assert code_of(program_codec.decode, program_codec.encode(demo_program()) + b"\x00") == "IR002"


def chain(length: int) -> Expr:
    expr: Expr = local("x", "i32")
    for _ in range(length):
        expr = prim("i32_add", expr, const(1))
    return expr


def test_legal_nesting_is_written_and_read():
    tree = demo_program(chain(MAX_NESTING))
    assert program_codec.decode(program_codec.encode(tree)) == tree


def test_endless_nesting_is_not_written():
    assert code_of(program_codec.encode, demo_program(chain(100_000))) == "IR003"


def test_endless_nesting_is_not_read():
    whole = program_codec.encode(demo_program(local("x", "i32")))
    head, inner, tail = whole.partition(msgspec.msgpack.encode(["Local", "i32", [0, 1, 1, 1, 1], "x"]))
    layer = msgspec.msgpack.encode(["Prim", "i32", [0, 1, 1, 1, 1], "bool_not", [0]])[:-1]
    assert program_codec.decode(head + layer * 10 + inner + tail)
    with pytest.raises(SpyError, match=r"IR002: .* nests too deeply"):
        program_codec.decode(head + layer * 100_000 + inner + tail)


def test_surrogates_cannot_be_written():
    assert code_of(program_codec.encode, demo_program(const("\ud800"))) == "IR003"
    assert code_of(program_codec.encode_json, demo_program(const("\ud800"))) == "IR003"
    assert code_of(syntax_codec.encode, demo_module("\udfff")) == "IR003"


def test_surrogates_cannot_be_read():
    text = program_codec.encode_json(demo_program(const("MARK")))
    assert code_of(program_codec.decode_json, text.replace(b"MARK", b"\\ud800")) == "IR002"
    data = program_codec.encode(demo_program(const("abc")))
    assert code_of(program_codec.decode, data.replace(b"abc", b"\xed\xa0\x80")) == "IR002"


def test_integers_beyond_64_bits_cannot_be_written():
    assert code_of(program_codec.encode, demo_program(const(2**64))) == "IR003"
    assert program_codec.decode(program_codec.encode(demo_program(const(2**64 - 1, "u64"))))


@pytest.mark.parametrize(
    "value", [float("inf"), float("-inf"), float("nan"), -0.0, 5e-324, 1j, complex("nan-infj")]
)
def test_floats_survive_bit_for_bit(value):
    tree = demo_program(const(value))
    assert program_codec.decode_json(program_codec.encode_json(tree)) == tree
    assert program_codec.decode(program_codec.encode(tree)) == tree


@pytest.mark.parametrize("value", ["", "\0", "ü\U0001f600", "\u2028\n\"'\\", b"", bytes(range(256))])
def test_text_and_bytes_survive(value):
    tree = demo_program(const(value))
    assert program_codec.decode_json(program_codec.encode_json(tree)) == tree
    assert program_codec.decode(program_codec.encode(tree)) == tree


@pytest.mark.parametrize(("codec", "root"), [(program_codec, "Program"), (syntax_codec, "SyntaxModule")])
def test_the_schema_describes_the_root(codec, root):
    schema = codec.schema()
    assert schema["$ref"] == f"#/$defs/{root}"
    assert schema["$defs"][root]["type"] == "array"
    json.dumps(schema)
