import os
import sys
from pathlib import Path

import pytest
from spy_cli import plugin_list
from spy_types.plugins import PluginPoint


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sys.path with one distribution that brings one plugin."""
    monkeypatch.setenv("SPY_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder)])
    install(folder, "first")
    return folder


def install(folder: Path, name: str) -> None:
    info = folder / f"spy_{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: spy-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[spy]\n{name} = spy_{name}.hooks\n")
    os.utime(folder, ns=(0, len(list(folder.iterdir()))))


FIRST = PluginPoint("first", "spy_first.hooks", "spy-first", "1.0")


def test_the_list_is_remembered(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plugin_list.installed_points() == [FIRST]
    monkeypatch.setattr(plugin_list, "find_points", lambda: pytest.fail("searched again"))
    assert plugin_list.installed_points() == [FIRST]


def test_an_installation_is_noticed(site: Path) -> None:
    plugin_list.installed_points()
    install(site, "second")
    assert {point.name for point in plugin_list.installed_points()} == {"first", "second"}


def test_a_damaged_list_is_made_again(site: Path, tmp_path: Path) -> None:
    plugin_list.installed_points()
    (file,) = (tmp_path / "cache" / "plugins").iterdir()
    file.write_bytes(b"\xff\x00")
    assert plugin_list.installed_points() == [FIRST]


def test_a_cache_that_cannot_be_written_does_no_harm(site: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert plugin_list.installed_points() == [FIRST]
