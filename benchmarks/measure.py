"""CPU time, wall time and peak memory of child processes, measured side by side."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

Command = Sequence[str | Path]


@final
@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds of CPU (with the processes it waited for), seconds of wall time, peak memory in kB."""

    cpu: float
    wall: float
    memory: int


@final
@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands measured alternately; `ratio` is the median of the ratios of neighbouring runs."""

    ours: float
    theirs: float
    ratio: float
    spread: tuple[float, float]


def run_once(command: Command, environment: Mapping[str, str] | None = None) -> Sample:
    """Run `command` to its end, its output thrown away; it must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Sample(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss)


def output_of(command: Command) -> str:
    """Return what `command` prints; it must succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def compare(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> Pair:
    """Measure A B A B ..., so that what else the machine does falls on both."""
    pairs = [(ours(), theirs()) for _ in range(runs)]
    ratios = [a / b for a, b in pairs]
    return Pair(
        ours=statistics.median(a for a, _ in pairs),
        theirs=statistics.median(b for _, b in pairs),
        ratio=statistics.median(ratios),
        spread=(min(ratios), max(ratios)),
    )


def median_cpu(measure: Callable[[], Sample], runs: int) -> Sample:
    """Return the median CPU time, wall time and memory of several runs."""
    samples = [measure() for _ in range(runs)]
    return Sample(
        statistics.median(sample.cpu for sample in samples),
        statistics.median(sample.wall for sample in samples),
        int(statistics.median(sample.memory for sample in samples)),
    )
