"""Program IR from elsewhere: of another version, cut short, changed, or not IR at all."""

import json
import random
from pathlib import Path

import msgspec
import pytest

from tests.harness import engines

from .command import assert_clean, assert_refused, spy

PROGRAM = """
@struct
class P:
    x: i32
    name: str


def area(p: P, n: i32) -> i32:
    total = 0
    for i in range(n):
        if i % 2 == 0:
            total += p.x * i
    return total


def main() -> None:
    print(area(P(3, "p"), 10), [1.5, 2.5], "text")
"""
USERS = pytest.mark.parametrize("command", ["ir", "build"])


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("ir")
    (folder / "prog.spy").write_text(PROGRAM)
    done = spy("ir", "--format", "bytes", "-o", folder / "prog.spyir", folder / "prog.spy")
    assert done.returncode == 0, done.stderr
    return (folder / "prog.spyir").read_bytes()


@pytest.fixture(scope="module")
def ir_json(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("ir")
    (folder / "prog.spy").write_text(PROGRAM)
    done = spy("ir", "--format", "json", folder / "prog.spy")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_whole_ir_is_read(ir: bytes, tmp_path: Path) -> None:
    file = tmp_path / "prog.spyir"
    file.write_bytes(ir)
    done = spy("ir", file)
    assert done.returncode == 0, done.stderr
    assert "area" in done.stdout


@USERS
def test_other_version(command: str, ir: bytes, tmp_path: Path) -> None:
    file = tmp_path / "newer.spyir"
    file.write_bytes(_with_version(ir, 999))
    assert_refused(spy(command, file), "999", "version")


@USERS
@pytest.mark.parametrize("part", [0, 1, 10, 0.3, 0.9, -1])
def test_truncated(command: str, part: float, ir: bytes, tmp_path: Path) -> None:
    end = int(part * len(ir)) if isinstance(part, float) else part
    file = tmp_path / "short.spyir"
    file.write_bytes(ir[:end])
    assert_refused(spy(command, file))


@USERS
@pytest.mark.parametrize("content", [b"not IR", b"\xff" * 1000, b"[]", b"{}", b"null"])
def test_not_ir(command: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.spyir"
    file.write_bytes(content)
    assert_refused(spy(command, file))


def test_deep_ir(tmp_path: Path) -> None:
    file = tmp_path / "deep.spyir"
    file.write_bytes(b"\x91" * 100_000 + b"\xc0")
    assert_refused(spy("ir", file))


def test_huge_lengths(tmp_path: Path) -> None:
    file = tmp_path / "huge.spyir"
    file.write_bytes(b"\xdd\xff\xff\xff\xff" + b"\xc0" * 20)
    assert_refused(spy("ir", file))


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes(seed: int, ir: bytes, tmp_path: Path) -> None:
    """A change that the verifier finds is refused; one that makes another right program is not."""
    rng = random.Random(seed)
    data = bytearray(ir)
    for _ in range(rng.choice([1, 1, 3, 10])):
        data[rng.randrange(len(data))] = rng.randrange(256)
    file = tmp_path / "mutated.spyir"
    file.write_bytes(data)
    code, out, err = engines.spy(["ir", str(file)])
    assert code in (0, 1), out + err
    assert code == 0 or err.strip()


@pytest.mark.parametrize("seed", range(40))
def test_moved_parts(seed: int, ir_json: str, tmp_path: Path) -> None:
    """Well-formed, but parts of the tree stand where others should."""
    rng = random.Random(seed)
    tree = json.loads(ir_json)
    places = list(_places(tree))
    (a, i), (b, j) = rng.choice(places), rng.choice(places)
    a[i], b[j] = b[j], a[i]
    file = tmp_path / "moved.spyir"
    try:
        file.write_bytes(msgspec.msgpack.encode(tree))
    except RecursionError:
        pytest.skip("the exchange made a cycle")
    code, out, err = engines.spy(["ir", str(file)])
    assert code in (0, 1), out + err
    assert code == 0 or err.strip()


def test_mutated_ir_never_crashes_the_backend(ir: bytes, tmp_path: Path) -> None:
    rng = random.Random(0)
    for _ in range(5):
        data = bytearray(ir)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        file = tmp_path / "mutated.spyir"
        file.write_bytes(data)
        assert_clean(spy("build", "-o", tmp_path / "out", file))


def _with_version(ir: bytes, version: int) -> bytes:
    tree = msgspec.msgpack.decode(ir)
    places = [(box, key) for box, key in _places(tree) if box is tree or box is tree[0]]
    box, key = next((box, key) for box, key in places if type(box[key]) is int)
    box[key] = version
    return msgspec.msgpack.encode(tree)


def _places(tree: object) -> "list[tuple[list, int]]":  # type: ignore[type-arg]
    """Return every (list or dict, key) inside a tree of plain values."""
    found = []
    stack = [tree]
    while stack:
        box = stack.pop()
        keys = range(len(box)) if isinstance(box, list) else box if isinstance(box, dict) else ()
        for key in keys:
            found.append((box, key))
            stack.append(box[key])
    return found
