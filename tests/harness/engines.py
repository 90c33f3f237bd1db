"""Run a case on one engine. Every function here may run in a worker process."""

import contextlib
import functools
import importlib.metadata
import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .case import Case
from .outcome import Outcome, read_fault

TIMEOUT = 120
SHIM = Path(__file__).with_name("under_cpython.py")


def run_python(case: Case) -> Outcome:
    """CPython itself, for programs marked `# python: same`."""
    return _process([sys.executable, "-I", str(SHIM), str(case.path), *case.args], case)


def run_interp(case: Case) -> Outcome:
    """The evaluator on the syntax tree."""
    return _spy(["run", "--engine", "interp", *case.options, str(case.path), *case.args], case)


def run_redshift(case: Case) -> Outcome:
    """The redshifted program, in process."""
    return _spy(["run", "--engine", "redshift", *case.options, str(case.path), *case.args], case)


def run_debug(case: Case) -> Outcome:
    """A native debug build."""
    return _native(case, ())


def run_release(case: Case) -> Outcome:
    """A native release build."""
    return _native(case, ("--release",))


def run_collect(case: Case) -> Outcome:
    """A native release build that takes unused memory back all the time: to find what it takes too early."""
    return _native(case, ("--release", "--option", "collect=often"))


RUNNERS: dict[str, Callable[[Case], Outcome]] = {
    "python": run_python,
    "interp": run_interp,
    "redshift": run_redshift,
    "debug": run_debug,
    "release": run_release,
    "collect": run_collect,
}


def run(engine: str, case: Case) -> Outcome:
    """Run `case` on the engine of that name."""
    return RUNNERS[engine](case)


def spy(arguments: Sequence[str]) -> tuple[int, str, str]:
    """Call the `spy` command in this process; return exit code, stdout, stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _arguments(arguments), _alarm():
        code = _exit_code(_command())
    return code, out.getvalue(), err.getvalue()


def _spy(arguments: Sequence[str], case: Case) -> Outcome:
    code, out, err = spy(arguments)
    return Outcome(out, code, read_fault(err, case.own_files) if code else None, err)


def _native(case: Case, options: Sequence[str]) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, case.path.stem)
        code, out, err = spy(["build", *case.options, *options, "-o", str(program), str(case.path)])
        if code:
            return Outcome(out, code, read_fault(err, case.own_files), f"build failed:\n{err}")
        return _process([str(program), *case.args], case)


def _process(command: Sequence[str], case: Case) -> Outcome:
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    out, err = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    fault = read_fault(err, case.own_files) if done.returncode else None
    return Outcome(out, done.returncode, fault, err)


@functools.cache
def _command() -> Callable[[], Any]:
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="spy")
    command: Callable[[], Any] = entry.load()
    return command


def _exit_code(command: Callable[[], Any]) -> int:
    try:
        return int(command() or 0) & 255
    except SystemExit as done:
        return done.code & 255 if isinstance(done.code, int) else int(done.code is not None)


@contextlib.contextmanager
def _arguments(arguments: Sequence[str]) -> Iterator[None]:
    saved = sys.argv
    sys.argv = ["spy", *arguments]
    try:
        yield
    finally:
        sys.argv = saved


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Turn a hanging engine into a TimeoutError, where the platform can."""

    def expired(*_: object) -> None:
        raise TimeoutError(f"no end after {TIMEOUT} s in process {os.getpid()}")

    saved = signal.signal(signal.SIGALRM, expired)
    signal.setitimer(signal.ITIMER_REAL, TIMEOUT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, saved)
