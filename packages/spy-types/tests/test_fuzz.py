"""Random trees of every node survive the wire; random bytes give a tree or a diagnostic, nothing else."""

import random
import string
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect
from spy_types.errors import SpyError
from spy_types.program import codec as program_codec
from spy_types.program.printer import print_program
from spy_types.program.program import Program
from spy_types.program.verify import verify
from spy_types.syntax import codec as syntax_codec
from spy_types.syntax.module import SYNTAX_VERSION, SyntaxModule

LETTERS = string.ascii_letters + "é\U0001f600\0`:"


class Grower:
    """Grows random trees from what msgspec knows of the classes, so that a new node is tested unasked."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self.rng = rng
        self.budget = size

    def grow(self, type_info: inspect.Type) -> Any:  # noqa: C901, PLR0911  # one case per kind of type
        self.budget -= 1
        match type_info:
            case inspect.StructType(cls=cls, fields=fields):
                return cls(*(self.grow(f.type) for f in fields))
            case inspect.UnionType(types=types):
                return self.grow(self.choose(types))
            case inspect.VarTupleType(item_type=item):
                return tuple(self.grow(item) for _ in range(self.length()))
            case inspect.DictType(key_type=key, value_type=value):
                return {self.grow(key): self.grow(value) for _ in range(self.length())}
            case inspect.LiteralType(values=values):
                return self.rng.choice(values)
            case inspect.StrType():
                return "".join(self.rng.choices(LETTERS, k=self.rng.randrange(5)))
            case inspect.BytesType():
                return self.rng.randbytes(self.rng.randrange(4))
            case inspect.IntType():
                return self.rng.choice([0, 1, -1, 2**31, 2**64 - 1, -(2**63), self.rng.randrange(100)])
            case inspect.BoolType():
                return self.rng.random() < 0.5
            case inspect.NoneType():
                return None
            case _:
                raise AssertionError(type_info)

    def length(self) -> int:
        return 0 if self.budget <= 0 else self.rng.randrange(4)

    def choose(self, types: tuple[inspect.Type, ...]) -> inspect.Type:
        if self.budget > 0:
            return self.rng.choice(types)
        return min(types, key=lambda t: len(getattr(t, "fields", ())))


PROGRAM, SYNTAX = inspect.type_info(Program), inspect.type_info(SyntaxModule)
seeds = st.integers(0, 2**32)


def with_version(tree: Any) -> Any:
    return msgspec.structs.replace(tree, version=SYNTAX_VERSION if isinstance(tree, SyntaxModule) else 1)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_any_program_survives_the_wire(seed):
    tree = with_version(Grower(random.Random(seed), 300).grow(PROGRAM))
    assert program_codec.decode(program_codec.encode(tree)) == tree
    assert program_codec.decode_json(program_codec.encode_json(tree)) == tree


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_any_module_survives_the_wire(seed):
    tree = with_version(Grower(random.Random(seed), 300).grow(SYNTAX))
    assert syntax_codec.decode(syntax_codec.encode(tree)) == tree
    assert syntax_codec.decode_json(syntax_codec.encode_json(tree)) == tree


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_any_program_is_verified_and_printed_without_a_crash(seed):
    tree = with_version(Grower(random.Random(seed), 300).grow(PROGRAM))
    print_program(tree)
    print_program(tree, full_fqn=True)
    with suppress(SpyError):
        verify(tree)


def mutate(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        where = rng.randrange(len(changed) + 1)
        match rng.randrange(5):
            case 0:
                changed[where : where + 1] = rng.randbytes(1)
            case 1:
                changed[where:where] = rng.randbytes(rng.randrange(4))
            case 2:
                del changed[where : where + rng.randrange(1, 8)]
            case 3:
                changed[where:where] = changed[where : where + rng.randrange(40)]
            case _:
                changed[where : where + 1] = rng.choice(
                    [b"\xdd\xff\xff\xff\xff", b"\xdb\x7f\xff\xff\xff", b"\xc0"]
                )
    return bytes(changed)


@pytest.mark.parametrize("codec", [program_codec, syntax_codec])
@settings(max_examples=100, deadline=None)
@given(seeds)
def test_mutated_bytes_give_a_tree_or_a_diagnostic(codec, seed):
    rng = random.Random(seed)
    tree = with_version(Grower(rng, 100).grow(PROGRAM if codec is program_codec else SYNTAX))
    for decode, data in ((codec.decode, codec.encode(tree)), (codec.decode_json, codec.encode_json(tree))):
        for _ in range(4):
            with suppress(SpyError):
                decoded = decode(mutate(rng, data))
                if isinstance(decoded, Program):
                    print_program(decoded)
                    verify(decoded)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_give_a_diagnostic(data):
    for decode in (
        program_codec.decode,
        program_codec.decode_json,
        syntax_codec.decode,
        syntax_codec.decode_json,
    ):
        with pytest.raises(SpyError):
            decode(data)
