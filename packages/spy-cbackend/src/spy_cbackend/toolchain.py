"""C compilers: finding one, telling one from another without starting it, and running it."""

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

from spy_cbackend.errors import compiler_not_found, no_compiler

LIBSPY = Path(__file__).parent / "libspy"

# What the C means depends on these: wrapping integers, IEEE floats, libm's results and not the compiler's.
SEMANTICS = (
    "-std=c11",
    "-fwrapv",
    "-ffp-contract=off",
    "-fno-math-errno",
    *(
        f"-fno-builtin-{name}"
        for name in ("pow", "exp", "log", "log2", "log10", "sin", "cos", "tan", "hypot")
    ),
    *(
        f"-fno-builtin-{name}"
        for name in ("asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "fmod", "powf")
    ),
)
RELEASE = ("-O3", "-fno-trapping-math", "-fomit-frame-pointer")
DEBUG = ("-O0", "-g")
# Wrong types in the generated C are bugs of ours, never warnings to overlook.
STRICT = (
    "-Werror=int-conversion",
    "-Werror=incompatible-pointer-types",
    "-Werror=implicit-function-declaration",
)

# The object files of the runtime, with how much they are optimised.
PARTS = {"text": "-O2", "numbers": "-O2", "system": "-O1"}


@final
@dataclass(frozen=True, slots=True)
class Compiler:
    """A command that compiles C; `identity` changes when the program behind it does."""

    command: tuple[str, ...]
    identity: str
    program: Path


@final
class CompileError(Exception):
    """The compiler refused; the message is what it said."""


def find_compiler(cc: str | None, environment: Mapping[str, str]) -> Compiler:
    """Return the compiler to use: `cc` if given, else $CC, else the first one installed."""
    for command, source in ((cc, "option `cc`"), (environment.get("CC"), "$CC")):
        if command:
            words = tuple(shlex.split(command))
            found = _identify(words)
            if found is None:
                raise compiler_not_found(command, source)
            return found
    for name in ("cc", "gcc", "clang"):
        found = _identify((name,))
        if found is not None:
            return found
    if importlib.util.find_spec("ziglang") is not None:
        found = _identify((sys.executable, "-m", "ziglang", "cc"))
        if found is not None:
            return found
    raise no_compiler(("cc", "gcc", "clang", "python -m ziglang cc"))


def run_compiler(
    compiler: Compiler, arguments: Sequence[str], directory: Path, output: Path | None = None
) -> None:
    """Run the compiler in `directory` to make `output`; raise CompileError with its words if it fails."""
    target = () if output is None else ("-o", str(output))
    try:
        done = subprocess.run(
            [*compiler.command, *arguments, *target],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise CompileError(str(error)) from None
    if done.returncode != 0:
        raise CompileError(done.stdout.decode("utf-8", "replace"))
    if output is not None and not output.is_file():
        raise CompileError(f"it ended without an error, but wrote no {output.name}")


def _identify(command: tuple[str, ...]) -> Compiler | None:
    if not command:
        return None
    path = shutil.which(command[0])
    if path is None:
        return None
    real = os.path.realpath(path)
    try:
        status = os.stat(real)
    except OSError:
        return None
    return Compiler(command, f"{' '.join(command)} {real} {status.st_size} {status.st_mtime_ns}", Path(real))
