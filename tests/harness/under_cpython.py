"""Run a SPy program that is also Python: `python under_cpython.py FILE ARGS`.

CPython lacks a few names of SPy; here they get their nearest Python meaning, which is enough for
programs that stay in range and do not look at types. Annotations are not evaluated.
"""

import __future__

import builtins
import dataclasses
import importlib.machinery
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


class SpyFinder:
    """Lets `import name` find `name.spy` and packages of them beside the main file."""

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
        for entry in path or sys.path[:1]:
            base = Path(entry, name.rpartition(".")[2])
            for file, is_package in ((base / "__init__.spy", True), (base.with_suffix(".spy"), False)):
                if file.is_file():
                    loader = SpyLoader(name, str(file))
                    spec = importlib.machinery.ModuleSpec(
                        name, loader, origin=str(file), is_package=is_package
                    )
                    spec.submodule_search_locations = [str(base)] if is_package else None
                    return spec
        return None


class SpyLoader(importlib.machinery.SourceFileLoader):
    """Compiles `.spy` text with postponed annotations."""

    def get_code(self, fullname: str) -> Any:
        return compile_spy(Path(self.path))


def compile_spy(path: Path) -> Any:
    """Compile one file; `@struct` methods may name their own class in annotations."""
    flags = __future__.annotations.compiler_flag
    return compile(path.read_text(), str(path), "exec", flags=flags, dont_inherit=True)


def struct(cls: type) -> type:
    """Make an immutable record; methods written in the class win over generated ones."""
    own_repr = "__repr__" not in cls.__dict__
    own_eq = "__eq__" not in cls.__dict__
    return dataclasses.dataclass(frozen=True, repr=own_repr, eq=own_eq)(cls)


def blue(function: Callable[..., Any]) -> Callable[..., Any]:
    """Leave the function as it is: when it runs makes no difference to a pure function."""
    return function


def install_names() -> None:
    """Give builtins the names that only SPy has."""
    names: dict[str, Any] = dict.fromkeys(("i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"), int)
    names |= {
        "f64": float,
        "complex128": complex,
        "struct": struct,
        "blue": blue,
        "comptime": blue,
        "dynamic": object,
    }
    vars(builtins).update(names)


def run(path: Path, args: list[str]) -> None:
    """Run the module, then `main`, whose int result is the exit code."""
    namespace: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    module = type(sys)(path.stem)
    module.__dict__.update(namespace)
    sys.modules[path.stem] = module
    exec(compile_spy(path), module.__dict__)
    main = module.__dict__["main"]
    sys.exit(main([str(path), *args]) if main.__code__.co_argcount else main())


if __name__ == "__main__":
    install_names()
    sys.dont_write_bytecode = True
    del sys.argv[0]
    sys.path.insert(0, str(Path(sys.argv[0]).parent))
    sys.meta_path.insert(0, SpyFinder)
    run(Path(sys.argv[0]), sys.argv[1:])
