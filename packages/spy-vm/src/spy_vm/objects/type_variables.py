"""Type variables as `typing` makes them: `T = TypeVar("T", bound=Base)`."""

from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from spy_types.loc import Loc

    from spy_vm.objects.operand import W_Type


@final
class TypeVariable:
    """A name that stands for a type in the functions and classes that mention it.

    `choices` are the types that it may stand for; empty: any type. `Self` stands for the class around it.
    """

    __slots__ = ("choices", "kind", "loc", "name")

    def __init__(
        self,
        name: str,
        kind: Literal["var", "spec", "self"] = "var",
        choices: "tuple[W_Type, ...]" = (),
        loc: "Loc | None" = None,
    ) -> None:
        self.name = name
        self.kind = kind
        self.choices = choices
        self.loc = loc
