from pathlib import Path

import pytest
from spy_graphviz_backend import hooks
from spy_graphviz_backend.backend import GraphvizBackend
from spy_types.artifacts import Artifact, Backend, BuildRequest
from spy_types.errors import SpyError
from spy_types.plugins import Plugins
from spy_types.program.build import const, function, local, program, ret
from spy_types.program.codec import encode

MAIN = function("demo::main", result="i32", body=[ret(const(0))])
DEMO = encode(program(MAIN, entry=MAIN))


def request(out: Path | None = None, **more: object) -> BuildRequest:
    return BuildRequest("demo", out, "dot", **more)


def test_it_is_offered_by_its_hook():
    plugins = Plugins()
    plugins.load(hooks, entry_point_group=None)
    backend: Backend = plugins.backends()["graphviz"]
    assert isinstance(backend, GraphvizBackend)
    assert plugins.broken == []


def test_it_writes_where_it_is_told(tmp_path):
    out = tmp_path / "new" / "picture.dot"
    assert GraphvizBackend().build(DEMO, request(out)) == Artifact(out, "dot")
    assert out.read_text().startswith("digraph program {")


def test_it_writes_to_the_build_folder_by_default(tmp_path):
    artifact = GraphvizBackend().build(DEMO, request(build_dir=tmp_path))
    assert artifact.path == tmp_path / "demo.dot"
    assert "demo::main" in artifact.path.read_text()


def test_options(tmp_path):
    def lines(**options: str) -> int:
        built = GraphvizBackend().build(DEMO, request(tmp_path / "x.dot", options=options))
        return len(built.path.read_text().splitlines())

    assert lines(flow="no") < lines() == lines(module="demo", flow="yes")


@pytest.mark.parametrize(
    ("options", "code"),
    [({"colour": "red"}, "DOT001"), ({"flow": "maybe"}, "DOT002"), ({"module": "x"}, "DOT003")],
)
def test_a_wrong_option_is_a_diagnostic(tmp_path, options, code):
    with pytest.raises(SpyError, match=code):
        GraphvizBackend().build(DEMO, request(tmp_path / "x.dot", options=options))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IR002"),
        (DEMO[:-1], "IR002"),
        (encode(program(function("demo::f", body=[ret(local("x", "i32"))]))), "IR041"),
    ],
)
def test_a_bad_program_is_a_diagnostic_and_nothing_is_written(tmp_path, data, code):
    with pytest.raises(SpyError) as caught:
        GraphvizBackend().build(data, request(tmp_path / "x.dot"))
    assert caught.value.diagnostic.code == code
    assert not (tmp_path / "x.dot").exists()
