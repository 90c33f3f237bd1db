"""Finds modules for the World: next to the main file, on the search path, in the libraries."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import final

from spy_types.errors import SpyError
from spy_types.loc import Loc, Span
from spy_types.syntax.module import SyntaxModule
from spy_types.syntax.nodes import Expr, ExprStmt

from spy_cli import errors
from spy_cli.read_source import read_main, read_source, source_text
from spy_cli.relocate import relocate

Parse = Callable[[bytes, str, str], SyntaxModule]


@final
class FileLoader:
    """Looks modules up by dotted name and parses them, each once.

    `read` holds what was read, by the path that users see; `absent` the paths where nothing was.
    """

    def __init__(
        self, main: Path, folders: Sequence[Path], parse: Parse, libraries: Mapping[Path, str] | None = None
    ) -> None:
        self.main_path = main
        self.main_name = module_name(main)
        self.folders = [main.parent, *folders]
        self._parse = parse
        self._libraries = dict(libraries or {})
        self._real: dict[str, Path] = {}
        self._found: dict[str, SyntaxModule | None] = {}
        self.read: dict[str, bytes] = {}
        self.absent: list[Path] = []
        self._packages: set[str] = set()

    def main(self) -> SyntaxModule:
        """Return the main module."""
        module = self._found.get(self.main_name)
        if module is None:
            data = self.read[str(self.main_path)] = read_main(self.main_path)
            module = self._found[self.main_name] = self._parse(data, self.main_name, str(self.main_path))
        return module

    def find(self, name: str) -> SyntaxModule | None:
        """Return the module called `name` (dotted), or None; raise SpyError if it cannot be read."""
        if name not in self._found:
            path = self._path_of(name)
            self._found[name] = None if path is None else self._parse_file(path, name)
        return self._found[name]

    def parse_expression(self, text: str, path: str, span: Span) -> Expr:
        """Return the expression in a string literal that stands at `span` of `path`: a quoted annotation."""
        try:
            body = self._parse(text.strip().encode(errors="surrogatepass"), "<annotation>", path).body
        except SpyError:
            body = ()
        if len(body) != 1 or not isinstance(body[0], ExprStmt):
            raise errors.not_an_expression(text, Loc.at(path, span))
        return relocate(body[0].value, span)

    def source_text(self, path: str) -> str:
        """Return the text of a file that was found before, by the path that users see."""
        return source_text(self.real_path(path))

    def real_path(self, path: str) -> Path:
        """Return where a file is, by the path that users see."""
        return self._real.get(path, Path(path))

    def _parse_file(self, path: Path, name: str) -> SyntaxModule:
        shown = self._shown(path)
        data = self.read[shown] = read_source(path)
        return self._parse(data, name, shown)

    def _shown(self, path: Path) -> str:
        """Return `path` as users see it: modules of a library by the library's name."""
        for root, library in self._libraries.items():
            if path.is_relative_to(root):
                shown = f"<{library}>/{path.relative_to(root).as_posix()}"
                self._real[shown] = path
                return shown
        return str(path)

    def is_package(self, name: str) -> bool:
        """Whether `name` is a package: its relative imports start from itself."""
        self.find(name)
        return name in self._packages

    def modules(self) -> dict[str, SyntaxModule]:
        """Return every module found so far, by name."""
        return {name: module for name, module in self._found.items() if module is not None}

    def _path_of(self, name: str) -> Path | None:
        parts = name.split(".")
        for folder in self.folders:
            place = folder.joinpath(*parts)
            package = place / "__init__.spy"
            if package.is_file():
                self._packages.add(name)
                return package
            module = place.with_name(place.name + ".spy")
            if module.is_file():
                self.absent.append(package)
                return module
            python = place.with_name(place.name + ".py")
            if python.is_file():
                raise errors.python_module(name, str(python))
            self.absent += [package, module, python]
        return None


def module_name(path: Path) -> str:
    """Return the name of the module in the file at `path`: letters, digits and underscores."""
    name = "".join(c if c.isalnum() or c == "_" else "_" for c in path.stem)
    return name if name and not name[0].isdigit() else f"_{name}"
