"""Builds what is measured: SPy and C programs in a folder that is thrown away afterwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import final

from measure import Command, Sample, run_once

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
RAYTRACER = HERE.parent / "examples" / "raytracer"
C_FLAGS = ("-O3", "-std=c11", "-ffp-contract=off")


@final
class Workshop:
    """Where binaries and SPy's cache live during a run of the benchmarks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        os.environ["SPY_CACHE_DIR"] = str(self.cache)

    def source(self, name: str, suffix: str) -> Path:
        """Return the source of a program in one of its languages."""
        folder = RAYTRACER if name == "raytracer" else PROGRAMS / name
        return folder / f"{name}{suffix}"

    def build_c(self, name: str) -> Path:
        """Compile the C version; return the executable."""
        out = self.folder / f"{name}-c"
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, *C_FLAGS, "-o", out, self.source(name, ".c"), "-lm"], check=True)
        return out

    def build_spy(self, name: str) -> Path:
        """Compile the SPy version in release mode; return the executable."""
        out = self.folder / f"{name}-spy"
        command = self.build_command(self.source(name, ".spy"), out, release=True)
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return out

    def build_example(self, example: str, name: str) -> Path:
        """Compile a program of `zero_cost` that imports modules of an example; return the executable."""
        out = self.folder / f"{name}-spy"
        command = self.build_command(PROGRAMS / "zero_cost" / f"{name}.spy", out, release=True)
        environment = {**os.environ, "SPYPATH": str(HERE.parent / "examples" / example)}
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env=environment)
        return out

    def build_command(self, source: Path, out: Path, *, release: bool) -> list[str]:
        """Return the command that compiles `source`."""
        return [*spy(), "build", *(["--release"] if release else []), "-o", str(out), str(source)]

    def run_anew(self, command: Command) -> Sample:
        """Run `spy` with empty caches of programs; the parsed library stays, as where SPy was used before."""
        for kind in ("native", "run"):
            shutil.rmtree(self.cache / kind, ignore_errors=True)
        return run_once(command)


def spy() -> list[str]:
    """Return the installed `spy` command of this Python."""
    script = Path(sys.executable).with_name("spy")
    return [str(script)] if script.exists() else [sys.executable, "-m", "spy_cli.main"]


def run_spy(source: Path, *arguments: object) -> Command:
    """Return the command that runs a program in process."""
    return [*spy(), str(source), *map(str, arguments)]


def run_python(source: Path, *arguments: object) -> Command:
    """Return the command that runs the Python version."""
    return [sys.executable, str(source), *map(str, arguments)]
