"""Build a program as an executable and run it."""

import subprocess
from pathlib import Path

from spy_cbackend.backend import CBackend
from spy_types.artifacts import Artifact, BuildRequest
from spy_types.program.codec import encode
from spy_types.program.program import Program


def build(program: Program, folder: Path, cache: Path, *, release: bool = False, **options: str) -> Artifact:
    request = BuildRequest(
        "demo", folder / "demo", release=release, cache_dir=cache, build_dir=folder, options=options
    )
    return CBackend().build(encode(program), request)


def execute(  # noqa: PLR0913  # all of them matter to every caller
    program: Program,
    folder: Path,
    cache: Path,
    *,
    release: bool = False,
    stdin: str = "",
    args: tuple[str, ...] = (),
    **options: str,
) -> tuple[int, str, str]:
    """Return the exit code, stdout and stderr."""
    path = build(program, folder, cache, release=release, **options).path
    done = subprocess.run(
        [path, *args], input=stdin.encode(), capture_output=True, check=False, cwd=folder, timeout=60
    )
    return done.returncode, done.stdout.decode("utf-8", "surrogatepass"), done.stderr.decode()
