"""Order of evaluation: values are at hand, so nothing can come in the wrong one."""

from collections.abc import Callable
from typing import Any

from spy_types.program.nodes import Stmt

from spy_vm.interface.engine import Used
from spy_vm.interface.frame import Frame
from spy_vm.objects.operand import Operand


class Order(Frame):
    """The hooks that only the specialiser needs."""

    def discard(self, op: Operand) -> None:
        pass

    def after(self, first: Operand, op: Operand) -> Operand:
        return op

    def twice(self, op: Operand) -> tuple[Operand, Operand]:
        return op, op

    def keep(self, op: Operand, hint: str) -> Operand:
        return op

    def swapped(self, first: Operand, second: Operand, use: Callable[[Operand, Operand], Used]) -> Used:
        return use(first, second)

    def in_order(self, evaluated: list[Operand], used: list[Operand]) -> tuple[list[Operand], list[Stmt]]:
        return used, []

    def position(self) -> Any:
        return None

    def evaluated_at(self, ops: list[Operand], position: Any) -> list[Operand]:
        return ops

    def with_prelude(self, prelude: list[Stmt], op: Operand) -> Operand:
        return op
