"""The program in the README runs alone and prints what it says."""

import re
import subprocess
import sys
from pathlib import Path

EXAMPLE = re.compile(r"```python\n([^`]*)```\n```text\n([^`]*)```")
README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_example_prints_what_the_readme_says() -> None:
    ((program, output),) = EXAMPLE.findall(README)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == output.strip()
