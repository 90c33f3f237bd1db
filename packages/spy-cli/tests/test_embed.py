import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spy_cli
from spy_types.errors import SpyError

SOURCE = '''
"""A module for Python."""

var counter: int = 3
PI: float = 3.5
NAMES = ["a", "b"]


@struct
class Point:
    x: int
    y: float

    def __add__(self, other: Point) -> Point:
        return Point(self.x + other.x, self.y + other.y)

    def moved(self, dx: int) -> Point:
        return Point(self.x + dx, self.y)


@struct
class Line:
    start: Point
    end: Point


def add(a: int, b: int = 10) -> int:
    """Add two numbers."""
    return a + b


def mixed(flag: bool, big: i64, small: u8, ratio: f32, z: complex128) -> f64:
    if flag:
        return f64(big) + f64(small)
    return f64(ratio)


def text(s: str, data: bytes) -> str:
    return s + str(len(data))


def half(z: complex128) -> complex128:
    return z * 0.5


def flip(line: Line) -> Line:
    return Line(line.end, line.start)


def bump() -> int:
    counter = counter + 1
    return counter


def fail(kind: int) -> int:
    if kind == 0:
        raise ValueError("zero")
    if kind == 1:
        raise PanicError("boo")
    return 1 // (kind - 2)


def greet(name: str) -> None:
    print("hello", name)


def nothing() -> None:
    pass
'''

COLLECTIONS = """
def total(xs: list[int]) -> int:
    result = 0
    for x in xs:
        result += x
    return result


def words() -> list[str]:
    return ["x", "y"]


def ages() -> dict[str, int]:
    return {"ann": 30, "bob": 40}


def older(ages: dict[str, int], name: str) -> int:
    return ages[name] + 1


def swap(pair: tuple[int, str]) -> tuple[str, int]:
    return pair[1], pair[0]


def same(x: dynamic) -> dynamic:
    return x
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("SPY_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module", params=["interp", "redshift", "native"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Any:
    """The module, on each engine."""
    if request.param == "native" and not any(map(shutil.which, ("cc", "gcc", "clang"))):
        pytest.skip("no C compiler")
    file = tmp_path_factory.mktemp(request.param) / "demo.spy"
    file.write_text(SOURCE)
    return spy_cli.load(file, engine=request.param, release=False)


def test_functions_take_and_return_python_values(demo: Any) -> None:
    assert demo.add(1, 2) == 3
    assert demo.mixed(True, 2**40, 255, 0.0, 0j) == 2**40 + 255
    assert demo.mixed(False, 0, 0, 0.1, 0) == 0.10000000149011612
    assert demo.text("é", b"\x00\xff") == "é2"
    assert demo.half(3 + 4j) == 1.5 + 2j
    assert demo.nothing() is None


def test_keywords_and_defaults_work(demo: Any) -> None:
    assert (demo.add(1), demo.add(b=5, a=6)) == (11, 11)
    assert demo.add.__doc__ == "Add two numbers."
    assert str(inspect.signature(demo.add)) == "(a: 'i32', b: 'i32' = 10) -> 'i32'"


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda demo: demo.add("a"), TypeError),
        (lambda demo: demo.add(1.5), TypeError),
        (lambda demo: demo.add(True), TypeError),
        (lambda demo: demo.add(1, 2, 3), TypeError),
        (lambda demo: demo.add(1, c=2), TypeError),
        (lambda demo: demo.add(2**31), OverflowError),
        (lambda demo: demo.mixed(1, 0, 0, 0.0, 0j), TypeError),
        (lambda demo: demo.mixed(True, 0, -1, 0.0, 0j), OverflowError),
        (lambda demo: demo.text(b"a", b""), TypeError),
        (lambda demo: demo.flip(demo.Point(1, 2.0)), TypeError),
    ],
)
def test_wrong_arguments_are_refused(demo: Any, call: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        call(demo)


def test_structs_are_objects_with_fields_and_methods(demo: Any) -> None:
    point = demo.Point(1, 2.5)
    assert (point.x, point.y, repr(point), type(point).__name__) == (1, 2.5, "Point(x=1, y=2.5)", "Point")
    assert point.moved(3) == demo.Point(4, 2.5)
    assert point != demo.Point(4, 2.5)
    assert point != (1, 2.5)
    assert point + point == demo.Point(2, 5.0)
    flipped = demo.flip(demo.Line(point, demo.Point(7, 8.0)))
    assert (flipped.start.x, flipped.end, hash(flipped.end)) == (7, point, hash(point))
    with pytest.raises(AttributeError):
        point.x = 5


def test_module_names_are_attributes(demo: Any) -> None:
    assert (demo.__name__, demo.__doc__, demo.PI, demo.NAMES) == (
        "demo",
        "A module for Python.",
        3.5,
        ["a", "b"],
    )
    assert {"PI", "NAMES", "Point", "add", "counter"} <= set(dir(demo))
    with pytest.raises(AttributeError, match="no attribute `nothing_here`"):
        _ = demo.nothing_here


def test_variables_are_read_and_written_where_they_live(demo: Any) -> None:
    demo.counter = 3
    assert (demo.bump(), demo.counter) == (4, 4)
    demo.counter = 40
    assert demo.bump() == 41
    with pytest.raises(TypeError):
        demo.counter = "x"
    with pytest.raises(AttributeError, match="`PI` is not a variable"):
        demo.PI = 3.0


def test_exceptions_arrive_as_those_of_python(demo: Any) -> None:
    with pytest.raises(ValueError, match="zero") as caught:
        demo.fail(0)
    line = SOURCE.split("\n").index('        raise ValueError("zero")') + 1
    assert caught.value.args == ("zero",)
    assert f'demo.spy", line {line}, in fail' in caught.value.__notes__[0]
    with pytest.raises(ZeroDivisionError):
        demo.fail(2)
    with pytest.raises(Exception, match="boo") as other:
        demo.fail(1)
    assert (type(other.value).__name__, type(other.value).__base__) == ("PanicError", Exception)
    assert other.value.args == ("boo",)
    assert demo.fail(3) == 1


def test_output_keeps_its_order(demo: Any, capfd: pytest.CaptureFixture[str]) -> None:
    print("one")
    demo.greet("wörld")
    print("three")
    assert capfd.readouterr().out == "one\nhello wörld\nthree\n"


@pytest.mark.parametrize("engine", ["interp", "redshift"])
def test_collections_are_copied(engine: Any, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "things.spy").write_text(COLLECTIONS)
    things: Any = spy_cli.load(tmp_path / "things.spy", engine=engine)
    assert things.total([1, 2, 3]) == 6
    assert things.words() == ["x", "y"]
    assert things.ages() == {"ann": 30, "bob": 40}
    assert things.older({"ann": 1}, "ann") == 2
    assert things.swap((1, "a")) == ("a", 1)
    assert [things.same(x) for x in (1, 2**40, "a", None, True, 2.5)] == [1, 2**40, "a", None, True, 2.5]
    with pytest.raises(TypeError):
        things.total([1, "a"])


def test_a_static_error_is_raised_when_loading(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "wrong.spy").write_text("def f() -> int:\n    return 'a'\n")
    with pytest.raises(SpyError, match="mismatched types"):
        spy_cli.load(tmp_path / "wrong.spy")
    wrong: Any = spy_cli.load(tmp_path / "wrong.spy", engine="interp")
    with pytest.raises(SpyError, match="mismatched types"):
        wrong.f()


def test_an_unknown_engine_is_refused(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "empty.spy").write_text("")
    with pytest.raises(ValueError, match="'steam'"):
        spy_cli.load(tmp_path / "empty.spy", engine="steam")  # type: ignore[arg-type]
