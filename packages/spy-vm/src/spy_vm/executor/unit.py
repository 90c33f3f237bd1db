"""What the functions of one program share while code is made for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from spy_types.program.program import Source

from spy_vm.executor.classes import Classes
from spy_vm.executor.constants import Image
from spy_vm.executor.inline import Inliner
from spy_vm.executor.layout import Layouts
from spy_vm.executor.namespace import Namespace


@final
@dataclass(frozen=True, slots=True)
class Unit:
    """Sources, layouts, constants and names."""

    sources: Sequence[Source]
    layouts: Layouts
    image: Image
    namespace: Namespace
    inliner: Inliner
    classes: Classes
