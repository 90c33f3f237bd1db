"""The `spy` command as a user meets it: a process with its own environment."""

import os
import subprocess
import sys
from pathlib import Path

HELLO = 'def main() -> None:\n    print("hello")\n'


def spy(
    *arguments: object, cwd: Path | None = None, **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Run `spy ARGUMENTS`; an environment variable of None is unset."""
    env = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "spy_cli.main", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=cwd,
        env={name: value for name, value in env.items() if value is not None},
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str, code: int = 1) -> None:
    """The command failed as the user's fault, said so in words, and showed no entrails."""
    said = done.stdout + done.stderr
    assert_clean(done)
    assert done.returncode == code, said
    for word in words:
        assert word.lower() in said.lower(), said


def assert_clean(done: subprocess.CompletedProcess[str]) -> None:
    """Whatever happened, it was not a bug of ours that showed."""
    said = done.stdout + done.stderr
    assert "Traceback (most recent call last)" not in said, said
    assert "bug in SPy" not in said, said
    assert done.returncode >= 0, said
    assert done.returncode != 70, said
    assert done.returncode == 0 or said.strip(), "it failed and said nothing"
