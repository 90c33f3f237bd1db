"""Constants of Program IR as unboxed values, and the live image they point into."""

from collections.abc import Callable, Sequence
from typing import Any, assert_never, final

from spy_types.program.constants import (
    BoolConst,
    BytesConst,
    ComplexConst,
    ConstValue,
    DynamicConst,
    FloatConst,
    FuncConst,
    IntConst,
    NoneConst,
    NullConst,
    ObjectConst,
    PtrConst,
    StrConst,
    StructConst,
    UnionConst,
)
from spy_types.program.program import Block, Object
from spy_types.program.types import TypeId

from spy_vm.executor.classes import Classes
from spy_vm.executor.layout import Layouts
from spy_vm.host_objects import HeapObject, slot
from spy_vm.memory import Dyn, Ptr, alloc, flatten
from spy_vm.tagging import wrapped


@final
class Image:
    """The values of constants. `blocks` holds host blocks, or descriptions that become such when needed."""

    def __init__(
        self,
        blocks: Sequence[Block | Ptr],
        objects: Sequence[Object],
        layouts: Layouts,
        classes: Classes,
        function: Callable[[str], Callable[..., Any]],
    ) -> None:
        self._blocks = blocks
        self._layouts = layouts
        self._function = function
        self._made: dict[int, Ptr] = {}
        self._objects = objects
        self._classes = classes
        self._made_objects: dict[int, HeapObject] = {}

    def value(self, const: ConstValue, t: TypeId) -> Any:  # noqa: C901, PLR0911  # one arm per constant
        """Return the unboxed value of `const`, of type `t`."""
        match const:
            case (
                IntConst(value=value)
                | BoolConst(value=value)
                | StrConst(value=value)
                | BytesConst(value=value)
            ):
                return value
            case FloatConst(hex=digits):
                return float.fromhex(digits)
            case ComplexConst(real=real, imag=imag):
                return complex(float.fromhex(real), float.fromhex(imag))
            case NoneConst():
                return None
            case StructConst(fields=fields):
                return tuple(map(self.value, fields, self._layouts.fields(t)))
            case NullConst():
                return self._layouts.zeros(t)[0]
            case PtrConst(block=block, index=index):
                return self._pointer(block, index)
            case ObjectConst(object=number):
                return self._object(number)
            case FuncConst(fqn=fqn):
                return self._function(fqn)
            case DynamicConst(t=held, value=inner):
                return Dyn(held, self.value(inner, held))
            case UnionConst(t=held, value=inner):
                return wrapped(self._layouts.members(t), held, self.value(inner, held))
            case _:
                assert_never(const)

    def _pointer(self, number: int, index: int) -> Ptr:
        start = self._block(number)
        if index == 0:
            return start
        return Ptr(start.block, start.off + index * start.width, start.length - index, start.width)

    def _object(self, number: int) -> HeapObject:
        if number not in self._made_objects:
            described = self._objects[number]
            made = self._made_objects[number] = self._classes.host(described.t)()  # its values may point back
            fields = self._classes.definition(described.t).fields
            for field, value in zip(fields, described.values, strict=True):
                if value is not None:
                    setattr(made, slot(field.name), self.value(value, field.t))
        return self._made_objects[number]

    def _block(self, number: int) -> Ptr:
        block = self._blocks[number]
        if isinstance(block, Ptr):
            return block
        if number not in self._made:
            pointer = alloc(len(block.values), self._layouts.zeros(block.item))
            self._made[number] = pointer  # before its values: they may point back here
            shape = self._layouts.shape(block.item)
            scalars = [
                scalar for value in block.values for scalar in flatten(self.value(value, block.item), shape)
            ]
            assert pointer.block is not None
            pointer.block[: len(scalars)] = scalars
        return self._made[number]
