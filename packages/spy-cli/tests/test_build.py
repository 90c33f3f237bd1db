from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spy_types.artifacts import Artifact, BuildRequest
from spy_types.program.codec import decode
from spy_types.program.program import PROGRAM_VERSION

Spy = Callable[..., tuple[int, str, str]]


class ScriptBackend:
    """Builds a shell script."""

    name = "script"
    kinds = ("exe", "lib")
    targets = ("native",)
    ir_versions: tuple[int, ...] = (PROGRAM_VERSION,)
    text = "exit 0"

    def __init__(self) -> None:
        self.requests: list[BuildRequest] = []

    def build(self, program: bytes, request: BuildRequest) -> Artifact:
        assert decode(program).schema == "spyir"
        self.requests.append(request)
        out = request.out or Path("script")
        out.write_text(f"#!/bin/sh\n{self.text}\n")
        out.chmod(0o755)
        return Artifact(out, request.kind, cached=len(self.requests) > 1)


class FakePlugins:
    def __init__(self, backend: ScriptBackend) -> None:
        self.backend = backend

    def backends(self) -> dict[str, ScriptBackend]:
        return {"script": self.backend}

    def builtin_modules(self) -> dict[str, Any]:
        return {}


@pytest.fixture
def backend(stages: Any, monkeypatch: pytest.MonkeyPatch) -> ScriptBackend:
    backend = ScriptBackend()
    monkeypatch.setattr(stages, "plugins", lambda: FakePlugins(backend))
    return backend


def test_messages_go_to_stderr(spy: Spy, backend: ScriptBackend) -> None:
    assert spy("build", "--backend", "script", "demo.spy") == (0, "", "built: script\n")
    assert spy("build", "--backend", "script", "demo.spy") == (0, "", "unchanged: script\n")


def test_the_program_gets_its_arguments_and_gives_its_exit_code(
    spy: Spy, backend: ScriptBackend, project: Path
) -> None:
    backend.text = 'echo "$@" > said; exit 3'
    assert spy("build", "-x", "--backend", "script", "demo.spy", "a", "--release")[0] == 3
    assert (project / "said").read_text() == "a --release\n"


def test_a_program_that_dies_gives_the_code_of_the_signal(spy: Spy, backend: ScriptBackend) -> None:
    backend.text = "kill -SEGV $$"
    assert spy("build", "-x", "--backend", "script", "demo.spy")[0] == 128 + 11


def test_options_beat_the_project_file(spy: Spy, backend: ScriptBackend, project: Path) -> None:
    (project / "spy.toml").write_text(
        '[build]\nrelease = true\nbackend = "script"\nout = "one"\nkind = "lib"\n'
        '[build.options]\na = "1"\nb = "2"\n'
    )
    spy("build", "demo.spy")
    spy("build", "--debug", "-o", "two", "--kind", "exe", "--option", "b=3", "--option", "c", "demo.spy")
    first, second = backend.requests
    assert (first.release, first.kind, first.out, first.name) == (True, "lib", project / "one", "demo")
    assert (second.release, second.kind, second.out) == (False, "exe", Path("two"))
    assert (first.options, second.options) == ({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "1"})


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (["--backend", "scirpt"], "CLI008", "did you mean `script`?"),
        (["--backend", "c"], "CLI008", "installed backends: script"),
        (["--backend", "script", "--kind", "wheel"], "CLI011", "it makes: exe, lib"),
    ],
)
def test_what_a_backend_cannot_do_is_said(
    spy: Spy, backend: ScriptBackend, argv: list[str], code: str, says: str
) -> None:
    status, out, err = spy("build", *argv, "demo.spy")
    assert (status, out) == (1, "")
    assert f"error[{code}]" in err
    assert says in err


def test_a_backend_of_another_time_is_refused(spy: Spy, backend: ScriptBackend) -> None:
    backend.ir_versions = (98, 99)
    assert "reads Program IR 98, 99" in spy("build", "--backend", "script", "demo.spy")[2]


def test_only_executables_can_be_executed(spy: Spy, backend: ScriptBackend) -> None:
    code, _, err = spy("build", "-x", "--kind", "lib", "--backend", "script", "demo.spy")
    assert code == 2
    assert "`--execute` runs an exe, not a lib" in err
