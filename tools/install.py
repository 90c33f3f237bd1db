"""Install one workspace package, editable, with the siblings it declares and no others.

    python tools/install.py vm        # spy-vm, plus spy-types because spy-vm declares it
    python tools/install.py --all     # the whole workspace
    python tools/install.py --wheels  # the whole workspace as a user gets it: built, not editable

pip would look for siblings on PyPI; this script points it at packages/ instead. It reads the
declared dependencies, so an undeclared import fails in `tox -e vm`, not at a user's desk.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent.parent / "packages"


def siblings(name: str) -> list[str]:
    """Return the workspace packages that `name` declares as dependencies."""
    project = tomllib.loads((PACKAGES / name / "pyproject.toml").read_text())["project"]
    declared = [re.split(r"[^\w.-]", d, maxsplit=1)[0] for d in project.get("dependencies", [])]
    return [d for d in declared if (PACKAGES / d).is_dir()]


def closure(names: list[str]) -> list[str]:
    """Return `names` and everything they need, dependencies first."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name not in order:
            for dep in siblings(name):
                visit(dep)
            order.append(name)

    for name in names:
        visit(name)
    return order


def main(argv: list[str]) -> int:
    """Install what `argv` names."""
    everything = argv in (["--all"], ["--wheels"])
    wanted = [p.name for p in sorted(PACKAGES.iterdir())] if everything else [f"spy-{a}" for a in argv]
    paths = [str(PACKAGES / name) for name in closure(wanted)]
    if argv != ["--wheels"]:
        paths = [arg for path in paths for arg in ("-e", path)]
    return subprocess.call([sys.executable, "-m", "pip", "install", "-q", *paths])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
