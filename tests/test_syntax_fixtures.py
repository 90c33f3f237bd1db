"""The parsed programs in the packages' tests are what the parser makes of their sources now."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_parsed_programs_of_the_packages_are_current() -> None:
    command = [sys.executable, str(ROOT / "tools" / "syntax_fixtures.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
