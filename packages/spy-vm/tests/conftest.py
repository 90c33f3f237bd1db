"""Worlds made from the parsed programs in `programs`; tools/syntax_fixtures.py writes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spy_types.loc import Loc
from spy_types.syntax.codec import decode_json
from spy_types.syntax.module import SyntaxModule
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.objects.operand import Operand, blue
from spy_vm.world import World

PROGRAMS = Path(__file__).parent / "programs"


class FixtureLoader:
    """Finds modules among the fixtures."""

    def find(self, name: str) -> SyntaxModule | None:
        path = PROGRAMS.joinpath(*name.split("."))
        for candidate in (path.with_suffix(".spyast"), path / "__init__.spyast"):
            if candidate.is_file():
                return decode_json(candidate.read_bytes())
        return None

    def is_package(self, name: str) -> bool:
        return (PROGRAMS.joinpath(*name.split(".")) / "__init__.spyast").is_file()


@pytest.fixture
def loader() -> FixtureLoader:
    return FixtureLoader()


@pytest.fixture
def load(loader: FixtureLoader) -> Callable[..., World]:
    """Return a function that imports a program: `load("name", frozen=True, **options)`."""

    def load(name: str, *, frozen: bool = True, **options: Any) -> World:
        syntax = loader.find(name)
        assert syntax is not None, name
        world = World(loader, **options)
        world.import_main(syntax)
        if frozen:
            world.freeze()
        return world

    return load


@pytest.fixture
def frame(load: Callable[..., World]) -> EvalFrame:
    """Return a frame of a red function, in an empty module."""
    return red_frame(load("empty"))


@pytest.fixture
def call() -> Callable[..., Any]:
    """Return a function that calls a function of the main module with Python values."""

    def call(world: World, name: str, *args: Any) -> Any:
        assert world.main_module is not None
        function = world.main_module.attrs[name]
        assert isinstance(function, Operand)
        params = function.val.params
        operands = [blue(param.w_T, arg) for param, arg in zip(params, args, strict=True)]
        return red_frame(world).call_func(function.val, operands, Loc("test.spy", 1, 1, 1, 2)).val

    return call


def red_frame(world: World) -> EvalFrame:
    module = world.main_module
    assert module is not None
    assert module.syntax is not None
    return world.new_frame(module, module.syntax.scopes[0], None, module.name, blue_frame=False)
