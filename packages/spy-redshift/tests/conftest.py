"""Worlds and programs made from the parsed modules in `programs`; tools/syntax_fixtures.py writes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spy_redshift.redshift import redshift
from spy_types.program.program import Function, Program
from spy_types.program.verify import verify
from spy_types.syntax.codec import decode_json
from spy_types.syntax.module import SyntaxModule
from spy_vm.world import World

PROGRAMS = Path(__file__).parent / "programs"


class FixtureLoader:
    """Finds modules among the fixtures."""

    def find(self, name: str) -> SyntaxModule | None:
        path = PROGRAMS / f"{name}.spyast"
        return decode_json(path.read_bytes()) if path.is_file() else None

    def is_package(self, name: str) -> bool:
        return False


def frozen_world(name: str) -> World:
    loader = FixtureLoader()
    syntax = loader.find(name)
    assert syntax is not None, name
    world = World(loader)
    world.import_main(syntax)
    world.freeze()
    return world


@pytest.fixture
def world() -> Callable[[str], World]:
    return frozen_world


@pytest.fixture
def program() -> Callable[..., Program]:
    """Return a function that redshifts a program: `program("name", optimise=False, mode="lazy")`."""

    def program(name: str, *, optimise: bool = False, **options: Any) -> Program:
        made = redshift(frozen_world(name), read_source=source, optimise=optimise, **options)
        verify(made)
        return made

    return program


@pytest.fixture
def function() -> Callable[[Program, str], Function]:
    return lambda program, fqn: next(f for f in program.functions if f.fqn == fqn)


def source(path: str) -> str:
    return (PROGRAMS / path).read_text()
