"""Compiled programs give memory back: what they allocate in a loop does not add up."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.engines import spy

# Each function allocates some 10 MB when it is called once, and is called 100 times.
CHURN = {
    "texts": """\
        parts: list[str] = []
        for i in range(100_000):
            parts.append("item " + str(i))
        return len(", ".join(parts))
""",
    "joined": """\
        text = ""
        for i in range(200_000):
            text += "ab"
        return len(text)
""",
    "dicts": """\
        table: dict[str, list[int]] = {}
        for i in range(30_000):
            table[str(i)] = [i, i + 1]
        return len(table)
""",
    "cycles": """\
        for i in range(100_000):
            a = Node(i)
            b = Node(i)
            a.other = b
            b.other = a
        return 100_000
""",
    "closures_and_generators": """\
        total = 0
        for i in range(50_000):
            add = lambda x: x + i
            total = sum(add(x) for x in count(3)) % 1000
        return total
""",
    "exceptions": """\
        caught = 0
        for i in range(50_000):
            try:
                raise ValueError("number " + str(i))
            except ValueError as e:
                caught += len(str(e)) % 2
        return caught
""",
    "large": """\
        row = [0.5] * 1_000_000
        return len(row)
""",
}
PROGRAM = """\
class Node:
    def __init__(self, value: int) -> None:
        self.value = value
        self.other: Node | None = None


def count(n: int) -> Iterator[int]:
    for i in range(n):
        yield i


def churn() -> int:
{body}

def main() -> None:
    kept = [str(i) for i in range(1000)]
    result = 0
    for _ in range(100):
        result = churn()
    print(result, kept[999])
"""
MEASURE = """\
import resource, subprocess, sys
sys.stdout.write(subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("name", CHURN)
def test_memory_stays_flat(name: str, tmp_path: Path) -> None:
    body = "\n".join(line[4:] for line in CHURN[name].splitlines())
    source = tmp_path / "churn.spy"
    source.write_text("from typing import Iterator\n\n\n" + PROGRAM.format(body=body + "\n"))
    program = tmp_path / "churn"
    code, _, err = spy(["build", "--release", "-o", str(program), str(source)])
    assert code == 0, err
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(program)], capture_output=True, text=True, check=True
    )
    line, kilobytes = done.stdout.splitlines()
    assert line.endswith(" 999")
    assert int(kilobytes) < 64_000
