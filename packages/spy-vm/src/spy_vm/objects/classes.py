"""Classes as app-level objects: references to heap objects with identity."""

from typing import TYPE_CHECKING, Any, Literal, final

from spy_vm.host_objects import HeapObject, host_class
from spy_vm.objects.operand import W_Type

if TYPE_CHECKING:
    from spy_types.loc import Loc

    from spy_vm.objects.operand import Operand

State = Literal["declared", "defined", "inferring", "complete"]


@final
class W_ClassType(W_Type):
    """A class. Its own fields come from annotations in its body and from assignments in its `__init__`.

    `state`: declared before its body ran, defined after; complete when the types of the fields that
    `__init__` assigns are known. `defaults` are the values that fields have before `__init__` runs.
    """

    def __init__(self, fqn: str, display: str | None = None) -> None:
        super().__init__(fqn, display)
        self.state: State = "declared"
        self.own_fields: dict[str, W_Type] = {}
        self.field_locs: dict[str, Loc] = {}
        self.defaults: dict[str, Operand] = {}
        self._host: type[HeapObject] | None = None

    @property
    def fields(self) -> dict[str, W_Type]:
        """All fields, inherited ones first."""
        return self.own_fields

    def host(self) -> type[HeapObject]:
        """Return the Python class of the instances; only for complete classes."""
        if self._host is None:
            self._host = host_class(self.fqn, self.display, None, self.own_fields)
        return self._host

    def zero(self) -> Any:
        return None
