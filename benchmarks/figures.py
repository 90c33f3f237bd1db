"""The figures of the table: what is measured, how, and the bar that a release must meet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import final

from measure import compare, median_cpu, output_of, run_once
from workshop import PROGRAMS, Workshop, run_python, run_spy


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table. `value` is a ratio or seconds; `detail` says of what; a bar of None is no bar."""

    name: str
    value: float
    unit: str
    bar: float | None
    detail: str
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.more_is_better else self.value <= self.bar


@final
@dataclass(frozen=True, slots=True)
class Workload:
    """A program in SPy, C and Python; `small` is for comparing outputs, `large` for the clock."""

    name: str
    small: tuple[str, ...]
    large: tuple[str, ...]


WORKLOADS = (
    Workload("fib", ("24",), ("40",)),
    Workload("nbody", ("1000",), ("2500000",)),
    Workload("spectral_norm", ("60",), ("2000",)),
    Workload("mandelbrot", ("80",), ("1500",)),
    Workload("raytracer", ("32", "24", "checksum"), ("800", "600", "checksum")),
)
NATIVE_BAR = 1.10
IN_PROCESS = (("fib22", 100, 2.5), ("range_loop", 20, 3.0), ("containers", 150, 10.0))
ZERO_COST = (("router", 1_000_000), ("query", 200_000_000))


def native_to_c(shop: Workshop, workload: Workload, runs: int) -> Iterator[Figure]:
    """Native release against C."""
    c, native = shop.build_c(workload.name), shop.build_spy(workload.name)
    check_outputs(shop, workload, [c, *workload.small], [native, *workload.small])
    pair = compare(
        lambda: run_once([native, *workload.large]).cpu, lambda: run_once([c, *workload.large]).cpu, runs
    )
    detail = f"{pair.ours:.3f} s against {pair.theirs:.3f} s"
    yield Figure(f"native / C: {workload.name}", pair.ratio, "x", NATIVE_BAR, detail)


def check_outputs(shop: Workshop, workload: Workload, *commands: list[object]) -> None:
    """Raise if the versions of a program do not print the same."""
    python = run_python(shop.source(workload.name, ".py"), *workload.small)
    in_process = run_spy(shop.source(workload.name, ".spy"), *workload.small)
    expected = output_of(python)
    for command in (in_process, *commands):
        text = output_of([str(part) for part in command])
        if text != expected:
            raise RuntimeError(f"{command} prints {text!r}, Python {expected!r}")


def raytracer_to_python(shop: Workshop, runs: int) -> Iterator[Figure]:
    """The ray tracer, native against CPython, per pixel; CPython draws a smaller image."""
    native = shop.build_spy("raytracer")
    source = shop.source("raytracer", ".py")
    small, large = 96 * 72, 800 * 600

    def python() -> float:
        start = run_once(run_python(source, 1, 1, "checksum")).cpu
        return (run_once(run_python(source, 96, 72, "checksum")).cpu - start) / small

    pair = compare(python, lambda: run_once([native, "800", "600", "checksum"]).cpu / large, runs)
    detail = f"{pair.ours * 1e6:.2f} us a pixel against {pair.theirs * 1e6:.3f} us"
    yield Figure("CPython / native: raytracer", pair.ratio, "x", 250, detail, more_is_better=True)


def in_process_to_python(name: str, repeats: int, bar: float, runs: int) -> Iterator[Figure]:
    """`spy run` against CPython: the cost of one repetition, without start-up and specialisation."""
    folder = PROGRAMS / "in_process"
    ours, theirs = folder / f"{name}.spy", folder / f"{name}.py"
    if output_of(run_spy(ours, 1)) != output_of(run_python(theirs, 1)):
        raise RuntimeError(f"{ours} and {theirs} print different things")

    def spy_once() -> float:
        return run_once(run_spy(ours, repeats + 1)).cpu - run_once(run_spy(ours, 1)).cpu

    def python_once() -> float:
        return run_once(run_python(theirs, repeats + 1)).cpu - run_once(run_python(theirs, 1)).cpu

    pair = compare(spy_once, python_once, runs)
    detail = f"{pair.ours / repeats * 1e3:.2f} ms against {pair.theirs / repeats * 1e3:.2f} ms"
    yield Figure(f"spy run / CPython: {name}", pair.ratio, "x", bar, detail)


def start_up(shop: Workshop, runs: int) -> Iterator[Figure]:
    """`spy run hello.spy` against `python hello.py`."""
    spy_hello, python_hello = shop.source("hello", ".spy"), shop.source("hello", ".py")
    run_once(run_spy(spy_hello))
    pair = compare(
        lambda: run_once(run_spy(spy_hello)).cpu, lambda: run_once(run_python(python_hello)).cpu, runs * 3
    )
    detail = f"{pair.ours * 1e3:.0f} ms against {pair.theirs * 1e3:.0f} ms"
    yield Figure("start-up: hello, spy / python", pair.ratio, "x", 4, detail)
    pair = compare(
        lambda: shop.run_anew(run_spy(spy_hello)).cpu, lambda: run_once(run_python(python_hello)).cpu, runs
    )
    detail = f"{pair.ours * 1e3:.0f} ms against {pair.theirs * 1e3:.0f} ms"
    yield Figure("first run of a changed hello", pair.ratio, "x", None, detail)


def builds(shop: Workshop, runs: int) -> Iterator[Figure]:
    """Clean builds, and a build with nothing changed."""
    for name, release, bar in (("hello", False, 0.4), ("raytracer", True, 1.2)):
        out = shop.folder / f"{name}-build"
        command = shop.build_command(shop.source(name, ".spy"), out, release=release)
        sample = median_cpu(partial(shop.run_anew, command), runs)
        kind = "release" if release else "debug"
        yield Figure(f"clean build: {name}, {kind}", sample.cpu, "s", bar, f"{sample.wall:.2f} s wall")
    sample = median_cpu(partial(run_once, command), runs)
    yield Figure("rebuild, nothing changed: raytracer", sample.cpu, "s", 0.2, f"{sample.wall:.2f} s wall")


def zero_cost(shop: Workshop, name: str, repeats: int, runs: int) -> Iterator[Figure]:
    """A library of examples/ against the same written by hand, both in SPy."""
    ours, theirs = shop.build_example(name, f"{name}_library"), shop.build_example(name, f"{name}_by_hand")
    if output_of([str(ours), "100"]) != output_of([str(theirs), "100"]):
        raise RuntimeError(f"{ours} and {theirs} print different things")
    pair = compare(
        lambda: run_once([ours, str(repeats)]).cpu, lambda: run_once([theirs, str(repeats)]).cpu, runs
    )
    detail = f"{pair.ours:.3f} s against {pair.theirs:.3f} s"
    yield Figure(f"library / by hand: {name}", pair.ratio, "x", 1.05, detail)


def all_figures(shop: Workshop, runs: int) -> dict[str, Callable[[], Iterator[Figure]]]:
    """Return what can be measured, by name."""
    return {
        **{workload.name: partial(native_to_c, shop, workload, runs) for workload in WORKLOADS},
        "python": partial(raytracer_to_python, shop, runs),
        **{
            name: partial(in_process_to_python, name, repeats, bar, runs) for name, repeats, bar in IN_PROCESS
        },
        **{name: partial(zero_cost, shop, name, repeats, runs) for name, repeats in ZERO_COST},
        "start": partial(start_up, shop, runs),
        "build": partial(builds, shop, runs),
    }
