"""What exists for the programmer only leaves nothing: the program is the same as one written by hand.

A pair in `residue/` is `NAME.spy` and `NAME_by_hand.spy`. Their redshifted programs are equal but for names.
"""

import re
from pathlib import Path

import pytest
from spy_cli.session import open_session
from spy_redshift.redshift import redshift
from spy_types.program.printer import print_program

PAIRS = Path(__file__).parent / "residue"
BY_HAND = "_by_hand"
TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|\w[\w$#.]*|\$\w+")
KEPT = frozenset(
    ("def", "return", "if", "else", "while", "for", "in", "not", "and", "or", "i32", "f64", "str", "None")
)


def redshifted(path: Path) -> str:
    """Return the program before any pass of optimisation: what specialisation itself leaves."""
    world = open_session(path).world
    program = redshift(world, read_source=lambda name: "", optimise=False)
    return print_program(program, full_fqn=False, module=path.stem)


def without_names(program: str) -> str:
    """Number functions, and the locals of each, in order of appearance.

    Library functions, literals and types keep their names.
    """
    functions: dict[str, str] = {}
    names = set(re.findall(r"^def (`[^`]*`|\w+)", program, re.MULTILINE))

    def numbered(text: str) -> str:
        locals_: dict[str, str] = {}

        def number(match: re.Match[str]) -> str:
            token = match[0]
            if token in names:
                return functions.setdefault(token, f"f{len(functions)}")
            if token[0] in "'`0123456789" or token in KEPT:
                return token
            return locals_.setdefault(token, f"x{len(locals_)}")

        return TOKEN.sub(number, text)

    return "\n".join(numbered(text) for text in re.split(r"\n(?=def )", program))


@pytest.mark.parametrize("path", sorted(PAIRS.glob(f"*{BY_HAND}.spy")), ids=lambda path: path.stem)
def test_nothing_is_left_of_it(path: Path) -> None:
    sugared = redshifted(path.with_stem(path.stem.removesuffix(BY_HAND)))
    assert without_names(sugared) == without_names(redshifted(path)), sugared


def test_names_alone_are_equal() -> None:
    assert without_names("def f(x: i32): return x") == without_names("def `g[i32]`(a$0: i32): return a$0")
    assert without_names("def f(x: i32): return x") != without_names("def f(x: f64): return x")
    assert without_names("return a + b") != without_names("return a + a")
