"""What `field(...)` says of a field of a dataclass."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from spy_vm.objects.operand import Operand


@final
@dataclass(slots=True)
class FieldSpec:
    """The default or what makes one for each object, and where the field takes part."""

    default: "Operand | None" = None
    factory: "Operand | None" = None
    init: bool = True
    repr: bool = True
    compare: bool = True
    kw_only: bool = False
