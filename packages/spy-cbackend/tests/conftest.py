import sys
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

from cbackend_support.prim_module import build_module, prim_program  # found by the line above


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def prims(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> ModuleType:
    return build_module(prim_program(), tmp_path_factory.mktemp("prims"), "allprims", cache)
