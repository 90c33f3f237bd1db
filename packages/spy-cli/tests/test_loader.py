from pathlib import Path

import pytest
from spy_cli.import_graph import import_graph, order
from spy_cli.loader import FileLoader, module_name
from spy_types.errors import SpyError
from spy_types.syntax.module import SYNTAX_VERSION, ImportEdge, SyntaxModule


def parse(data: bytes, name: str, path: str) -> SyntaxModule:
    """Each line of the text is an import: dots and a module, then names."""
    edges = []
    for line in data.decode().split("\n"):
        if line:
            module, *names = line.split()
            bare = module.lstrip(".")
            edges.append(ImportEdge(bare, len(module) - len(bare), tuple(names), 1, 1, 1))
    return SyntaxModule("spyast", SYNTAX_VERSION, name, path, "", None, (), (), tuple(edges))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path, text in {
        "demo.spy": "util\npkg.sub\nmath\n",
        "util.spy": "",
        "pkg/__init__.spy": ". helper\n",
        "pkg/helper.spy": "",
        "pkg/sub.spy": ".helper name\n",
        "lib/util.spy": "",
        "lib/other.spy": "",
        "script.py": "",
    }.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


def loader(tree: Path) -> FileLoader:
    return FileLoader(tree / "demo.spy", [tree / "lib"], parse)


def path_of(loader: FileLoader, name: str) -> str:
    module = loader.find(name)
    return "" if module is None else module.path


def test_the_folder_of_the_main_file_comes_first(tree: Path) -> None:
    assert path_of(loader(tree), "util") == str(tree / "util.spy")
    assert path_of(loader(tree), "other") == str(tree / "lib" / "other.spy")


def test_packages_and_their_modules_are_found_by_dotted_names(tree: Path) -> None:
    found = loader(tree)
    assert path_of(found, "pkg") == str(tree / "pkg" / "__init__.spy")
    assert path_of(found, "pkg.sub") == str(tree / "pkg" / "sub.spy")
    assert (found.is_package("pkg"), found.is_package("pkg.sub"), found.is_package("none")) == (
        True,
        False,
        False,
    )


def test_what_does_not_exist_is_none(tree: Path) -> None:
    assert loader(tree).find("nothing.here") is None


def test_a_python_file_cannot_be_imported(tree: Path) -> None:
    with pytest.raises(SpyError) as caught:
        loader(tree).find("script")
    assert caught.value.diagnostic.code == "CLI004"


def test_the_import_graph_is_that_of_every_import(tree: Path) -> None:
    found = loader(tree)
    graph = import_graph(found)
    assert graph == {
        "demo": ["util", "pkg", "pkg.sub", "math"],
        "util": [],
        "pkg": ["pkg.helper"],
        "pkg.sub": ["pkg", "pkg.helper"],
        "pkg.helper": [],
    }
    assert order("demo", graph) == ["util", "pkg.helper", "pkg", "pkg.sub", "math", "demo"]


@pytest.mark.parametrize(
    ("file", "fault", "hint"),
    [("dmeo.spy", "CLI001", "did you mean"), ("lib", "CLI002", None), ("notes.txt", "CLI003", ".spy or .py")],
)
def test_a_bad_main_file_is_a_diagnostic(tree: Path, file: str, fault: str, hint: str | None) -> None:
    (tree / "notes.txt").write_text("x")
    with pytest.raises(SpyError) as caught:
        FileLoader(tree / file, [], parse).main()
    assert caught.value.diagnostic.code == fault
    assert hint is None or hint in str(caught.value.diagnostic.hint)


@pytest.mark.parametrize(
    ("file", "name"),
    [("demo.spy", "demo"), ("my-prog.spy", "my_prog"), ("01_hello.py", "_01_hello"), ("a.b.spy", "a_b")],
)
def test_the_module_is_named_after_the_file(file: str, name: str) -> None:
    assert module_name(Path(file)) == name
