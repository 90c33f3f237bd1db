import inspect
from pathlib import Path

import pytest
from spy_types import hookspecs
from spy_types.plugins import Plugins

HOOKS = [obj for name, obj in vars(hookspecs).items() if hasattr(obj, "spy_spec")]
REFERENCE = Path(__file__).parents[1] / "docs" / "hooks.md"
by_name = pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.__name__)


def section(hook: object) -> str:
    args = ", ".join(inspect.signature(hook).parameters)
    _, heading, rest = REFERENCE.read_text().partition(f"## {hook.__name__}({args})\n")
    assert heading
    return rest.partition("\n## ")[0]


def test_there_are_hooks():
    assert len(HOOKS) == 4


@by_name
def test_hook_is_documented_with_what_its_docstring_promises(hook):
    assert " ".join(inspect.getdoc(hook).split()) in " ".join(section(hook).split())


@by_name
def test_hook_has_a_typed_face(hook):
    assert callable(getattr(Plugins, hook.__name__.removeprefix("spy_")))


def test_documented_hooks_exist():
    documented = {
        line[3:].partition("(")[0] for line in REFERENCE.read_text().splitlines() if line.startswith("## ")
    }
    assert documented == {hook.__name__ for hook in HOOKS}
