"""The types of what a program's dynamic values hold, and the locals that have it as such."""

from typing import final

from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.operand import W_Type

from spy_redshift.session import Session


@final
class Held:
    """What the dynamic values of one program hold, as far as is known."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers: dict[W_Type, int] = {}

    def tagged(self) -> list[W_Type]:
        """Return the types that dynamic values carry: of objects, a class that theirs is derived from."""
        return list({b.W_NONE: None, **self.session.held})

    def exact(self) -> list[W_Type]:
        """Return the types that the values themselves have: of objects, their very classes."""
        found: dict[W_Type, None] = {}
        for w_T in self.tagged():
            found.update(dict.fromkeys(self.classes(w_T) if isinstance(w_T, W_ClassType) else [w_T]))
        return list(found)

    def classes(self, w_C: W_ClassType) -> list[W_ClassType]:
        """Return the classes of the objects that are a `w_C`, each before its bases."""
        found = [w_D for w_D in self.session.made if w_D.is_subtype(w_C)]
        return sorted(found, key=lambda w_D: -len(w_D.mro))

    def local(self, i: int, w_T: W_Type) -> str:
        """Return the local that has operand `i` as a `w_T`."""
        return f"${argument(i)}_{self._numbers.setdefault(w_T, len(self._numbers))}"


def argument(i: int) -> str:
    """Return the parameter that is operand `i`."""
    return f"a{i}"
