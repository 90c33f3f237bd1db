import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from spy_parser import cache, cached_parse, parse_bytes
from spy_types.errors import SpyError

SOURCE = b"def f(x):\n    return x + 1\n"


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_second_call_reads_what_the_first_one_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cached_parse(SOURCE, name="demo", path="demo.spy", cache_dir=tmp_path)
    monkeypatch.setattr(cache, "parse_bytes", None)
    assert cached_parse(SOURCE, name="demo", path="demo.spy", cache_dir=tmp_path) == first
    assert [entry.suffix for entry in entries(tmp_path)] == [".spyast"]


def test_path_is_that_of_the_caller(tmp_path: Path) -> None:
    cached_parse(SOURCE, name="demo", path="old.spy", cache_dir=tmp_path)
    assert cached_parse(SOURCE, name="demo", path="new.spy", cache_dir=tmp_path).path == "new.spy"


def test_source_and_name_make_the_entry(tmp_path: Path) -> None:
    for source, name in ((SOURCE, "a"), (SOURCE, "b"), (SOURCE + b"\n", "a")):
        module = cached_parse(source, name=name, cache_dir=tmp_path)
        assert module == parse_bytes(source, name=name)
    assert len(entries(tmp_path)) == 3


def test_other_parser_version_is_another_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached_parse(SOURCE, cache_dir=tmp_path)
    monkeypatch.setattr(cache, "PARSER_VERSION", "99")
    cached_parse(SOURCE, cache_dir=tmp_path)
    assert len(entries(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"", b"junk", b"\x93\xa6spyast", bytes(range(256))])
def test_damaged_entry_is_parsed_again_and_mended(tmp_path: Path, damage: bytes) -> None:
    module = cached_parse(SOURCE, cache_dir=tmp_path)
    (entry,) = entries(tmp_path)
    good = entry.read_bytes()
    entry.write_bytes(damage)
    assert cached_parse(SOURCE, cache_dir=tmp_path) == module
    assert entry.read_bytes() == good


def test_entry_of_another_source_is_not_believed(tmp_path: Path) -> None:
    cached_parse(b"x = 1\n", cache_dir=tmp_path)
    (entry,) = entries(tmp_path)
    other = entry.read_bytes()
    module = cached_parse(SOURCE, cache_dir=tmp_path)
    for path in entries(tmp_path):
        path.write_bytes(other)
    assert cached_parse(SOURCE, cache_dir=tmp_path) == module


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "cache"
    assert cached_parse(SOURCE, cache_dir=folder) == parse_bytes(SOURCE)


def test_entry_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("read-only file system")

    monkeypatch.setattr(cache.os, "replace", refuse)
    assert cached_parse(SOURCE, cache_dir=tmp_path) == parse_bytes(SOURCE)
    assert entries(tmp_path) == []


def test_folder_in_the_place_of_the_entry(tmp_path: Path) -> None:
    cached_parse(SOURCE, cache_dir=tmp_path)
    (entry,) = entries(tmp_path)
    entry.unlink()
    entry.mkdir()
    assert cached_parse(SOURCE, cache_dir=tmp_path) == parse_bytes(SOURCE)


def test_faults_are_not_cached(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(SpyError):
            cached_parse(b"a b", cache_dir=tmp_path)
    assert not any(tmp_path.iterdir())


def test_no_folder_no_cache() -> None:
    assert cached_parse(SOURCE, cache_dir=None) == parse_bytes(SOURCE)


def test_version_is_that_of_the_package() -> None:
    project = Path(__file__).parents[1] / "pyproject.toml"
    assert tomllib.loads(project.read_text())["project"]["version"] == cache.PARSER_VERSION


def test_a_cached_module_needs_no_grammar(tmp_path: Path) -> None:
    cached_parse(SOURCE, cache_dir=tmp_path)
    program = (
        "import sys, pathlib, spy_parser\n"
        f"spy_parser.cached_parse({SOURCE!r}, cache_dir=pathlib.Path({str(tmp_path)!r}))\n"
        "print([name for name in ('parsimonious', 'regex', 'spy_parser.matching') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
