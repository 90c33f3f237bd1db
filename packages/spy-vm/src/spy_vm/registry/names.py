"""Names that need no import: those that the VM installs and those that the library provides."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from difflib import get_close_matches

from spy_types.artifacts import StdlibProvider
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand
from spy_vm.registry.types import TypeRegistry


class NameRegistry(TypeRegistry, ABC):
    """The builtin names."""

    def __init__(self, providers: Iterable[StdlibProvider]) -> None:
        super().__init__()
        self.providers = list(providers)
        self.builtins: dict[str, Operand] = {}
        self._provided = {name: target for p in self.providers for name, target in p.builtin_names.items()}
        self.human_names = {target: name for name, target in self._provided.items()}

    @abstractmethod
    def import_module(self, name: str, loc: Loc | None = None) -> W_Module:
        """Return the module `name`, executing it if this is the first time."""

    def lookup_builtin(self, name: str, loc: Loc | None = None) -> Operand | None:
        """Return what `name` means where no scope binds it."""
        found = self.builtins.get(name)
        if found is None and name in self._provided:
            found = self.builtins[name] = self.lookup_target(self._provided[name], loc)
        return found

    def library(self, name: str, loc: Loc | None) -> Operand:
        """Return the builtin that the library must bring: what displays and `for` need."""
        found = self.lookup_builtin(name, loc)
        if found is None:
            raise errors.missing_stdlib(name, loc)
        return found

    def lookup_target(self, target: str, loc: Loc | None) -> Operand:
        """Return the value of `module::attribute`, importing the module if needed."""
        module_name, _, attr = target.partition("::")
        value = self.import_module(module_name, loc).attrs.get(attr)
        if not isinstance(value, Operand):
            raise errors.no_module_attribute(module_name, attr, loc)
        return value

    def builtin_names(self) -> list[str]:
        """Return every name that needs no import."""
        return [*self.builtins, *self._provided]

    def close_match(self, name: str, candidates: Iterable[str]) -> str | None:
        """Return the candidate a user who wrote `name` may have meant."""
        found = get_close_matches(name, [c for c in candidates if not c.startswith("_")], 1, 0.7)
        return found[0] if found else None
