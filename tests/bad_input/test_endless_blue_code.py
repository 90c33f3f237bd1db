"""Blue code that never ends is stopped by its budget."""

from pathlib import Path

import pytest

from .command import assert_refused, spy

PROGRAMS = {
    "loop": "@blue\ndef f():\n    n = 0\n    while True:\n        n = n + 1\n    return n\n\n\nX = f()\n",
    "recursion": "@blue\ndef f(n):\n    return f(n + 1)\n\n\nX = f(0)\n",
    "module": "n = 0\nwhile True:\n    n += 1\n",
    "generic": "def f[T](x: T) -> i32:\n    return f[list[T]]([x])\n\n\ndef g() -> None:\n    f[i32](1)\n",
    "loop_in_function": "@blue\ndef f(n):\n    while True:\n        n\n\n\ndef g() -> None:\n    f(1)\n",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_endless_blue_code(program: str, tmp_path: Path) -> None:
    file = tmp_path / "endless.spy"
    file.write_text(PROGRAMS[program] + "\n\ndef main() -> None:\n    pass\n")
    assert_refused(spy("check", "--blue-fuel", "20000", file), "endless.spy:")
