"""Install one workspace package, editable, with the siblings it declares and no others.

    python tools/install.py vm        # spy-vm, plus spy-types because spy-vm declares it
    python tools/install.py --all     # the whole workspace
    python tools/install.py --wheels  # the whole workspace as a user gets it: built, not editable

pip would look for siblings on PyPI; this script points it at packages/ instead. It reads the
declared dependencies, so an undeclared import fails in `tox -e vm`, not at a user's desk.

The wheels are built here, with one copy of the build backend for all environments: pip would install
the backend once more for every package, which takes longer than all the rest.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "packages"
BACKEND = ROOT / ".tox" / ".build-backend"
PIP = [sys.executable, "-m", "pip", "install", "-q"]


def pyproject(name: str) -> dict[str, Any]:
    """Return the project file of a workspace package."""
    return tomllib.loads((PACKAGES / name / "pyproject.toml").read_text())


def siblings(name: str) -> list[str]:
    """Return the workspace packages that `name` declares as dependencies."""
    declared = pyproject(name)["project"].get("dependencies", [])
    names = [re.split(r"[^\w.-]", dependency, maxsplit=1)[0] for dependency in declared]
    return [name for name in names if (PACKAGES / name).is_dir()]


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


def build(name: str, folder: str, hook: str) -> str:
    """Build a wheel with a hook of the package's build backend; return its path."""
    backend = pyproject(name)["build-system"]["build-backend"]
    code = f"import sys, {backend} as backend; print(backend.{hook}(sys.argv[1]))"
    environment = {**os.environ, "PYTHONPATH": str(BACKEND)}
    command = [sys.executable, "-c", code, folder]
    done = subprocess.run(
        command, cwd=PACKAGES / name, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return os.path.join(folder, done.stdout.split()[-1])


def install_backend(names: list[str]) -> None:
    """Install what the packages need to be built, where no environment sees it."""
    if BACKEND.exists():
        return
    BACKEND.parent.mkdir(exist_ok=True)
    needed = sorted({need for name in names for need in pyproject(name)["build-system"]["requires"]})
    with tempfile.TemporaryDirectory(dir=BACKEND.parent) as folder:
        scratch = Path(folder, "backend")
        subprocess.run([*PIP, "--target", str(scratch), *needed, "editables"], check=True)
        scratch.rename(BACKEND)


def main(argv: list[str]) -> int:
    """Install what `argv` names."""
    everything = argv in (["--all"], ["--wheels"])
    wanted = [p.name for p in sorted(PACKAGES.iterdir())] if everything else [f"spy-{a}" for a in argv]
    names = closure(wanted)
    hook = "build_wheel" if argv == ["--wheels"] else "build_editable"
    install_backend(names)
    with tempfile.TemporaryDirectory() as folder:
        wheels = [build(name, folder, hook) for name in names]
        subprocess.run([*PIP, *wheels], check=True)
        return subprocess.call([*PIP, "--force-reinstall", "--no-deps", *wheels])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
