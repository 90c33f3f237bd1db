"""The live image: values that exist before run time, as constants and blocks of Program IR."""

import math
from collections.abc import Callable
from typing import Any

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
from spy_vm.dispatch.class_fields import complete_class
from spy_vm.host_objects import MISSING, HeapObject, slot
from spy_vm.memory import Dyn, Ptr, unflatten
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc, W_HostFunc
from spy_vm.objects.types import W_FuncType, W_PtrType, W_SingleType, W_StructType, W_Type, W_UnionType
from spy_vm.registry.registry import Registry

from spy_redshift import errors
from spy_redshift.ir_types import TypeTable


class Image:
    """What constants refer to. Blocks are written out last, with the contents they then have."""

    def __init__(
        self,
        world: Registry,
        types: TypeTable,
        request: Callable[[W_ASTFunc], str],
        note_made: Callable[[W_Type], None],
        note_held: Callable[[W_Type], None],
    ) -> None:
        self.world = world
        self.types = types
        self.note_made = note_made
        self.note_held = note_held
        self.request = request  # a function that is part of the image is part of the program
        self.host_blocks: list[tuple[Any, W_PtrType]] = []
        self.host_objects: list[HeapObject] = []
        self._index: dict[int, int] = {}
        self._object_index: dict[int, int] = {}

    def constant(self, w_T: W_Type, val: Any) -> ConstValue:  # noqa: C901, PLR0911, PLR0912  # one case after another
        """Return `val` of type `w_T` as a constant."""
        match val:
            case _ if isinstance(w_T, W_UnionType):
                w_member, held = w_T.held(val)
                return UnionConst(self.types.tid(w_member), self.constant(w_member, held))
            case None if w_T is b.W_NONE or isinstance(w_T, W_SingleType):
                return NoneConst()
            case Dyn(t=tid, value=value):
                self.types.tid(self.world.type_by_id(tid))
                self.note_held(self.world.type_by_id(tid))
                return DynamicConst(tid, self.constant(self.world.type_by_id(tid), value))
            case bool():
                return BoolConst(val)
            case int():
                return IntConst(val)
            case float():
                return FloatConst(float_text(val))
            case complex():
                return ComplexConst(float_text(val.real), float_text(val.imag))
            case str():
                return StrConst(val)
            case bytes():
                return BytesConst(val)
            case tuple() if isinstance(w_T, W_StructType):
                assert w_T.fields is not None
                return StructConst(
                    tuple(self.constant(w_F, v) for w_F, v in zip(w_T.fields.values(), val, strict=True))
                )
            case Ptr() if isinstance(w_T, W_PtrType):
                return self._pointer(w_T, val)
            case HeapObject():
                return self._object(val)
            case W_ASTFunc() if isinstance(w_T, W_FuncType):
                return FuncConst(self.request(val))
            case W_HostFunc() if isinstance(w_T, W_FuncType):
                return FuncConst(val.fqn)
            case None if isinstance(w_T, (W_FuncType, W_ClassType)):
                return NullConst()
            case _:
                raise errors.blue_only(w_T, None)

    def blocks(self) -> tuple[Block, ...]:
        """Return all blocks; writing one may find more."""
        result: list[Block] = []
        while len(result) < len(self.host_blocks):
            block, w_ptr = self.host_blocks[len(result)]
            width = len(w_ptr.w_item.leaves)
            count = len(block) // width if width else 0
            values = []
            for i in range(count):
                item = unflatten(iter(block[i * width : (i + 1) * width]), w_ptr.w_item.shape)
                values.append(self.constant(w_ptr.w_item, item))
            result.append(Block(self.types.tid(w_ptr.w_item), w_ptr.kind, tuple(values)))
        return tuple(result)

    def objects(self) -> tuple[Object, ...]:
        """Return all objects; writing one may find more."""
        result: list[Object] = []
        while len(result) < len(self.host_objects):
            obj = self.host_objects[len(result)]
            w_C = self.world.type_by_id(obj.tid)
            assert isinstance(w_C, W_ClassType)
            complete_class(self.world, w_C)
            values = [(w_F, getattr(obj, slot(name), MISSING)) for name, w_F in w_C.fields.items()]
            constants = [None if value is MISSING else self.constant(w_F, value) for w_F, value in values]
            result.append(Object(self.types.tid(w_C), tuple(constants)))
        return tuple(result)

    @property
    def size(self) -> int:
        """How many blocks and objects there are by now."""
        return len(self.host_blocks) + len(self.host_objects)

    def _object(self, obj: HeapObject) -> ConstValue:
        index = self._object_index.get(id(obj))
        if index is None:
            index = self._object_index[id(obj)] = len(self.host_objects)
            self.host_objects.append(obj)
            self.note_made(self.world.type_by_id(obj.tid))
        return ObjectConst(index)

    def _pointer(self, w_T: W_PtrType, ptr: Ptr) -> ConstValue:
        if ptr.block is None:
            return NullConst()
        width = len(w_T.w_item.leaves) or 1
        index = self._index.get(id(ptr.block))
        if index is None:
            index = self._index[id(ptr.block)] = len(self.host_blocks)
            self.host_blocks.append((ptr.block, w_T))
        return PtrConst(index, ptr.off // width)


def float_text(value: float) -> str:
    """Return a float bit for bit, as FloatConst has it."""
    if math.isnan(value):
        return "nan"
    if value in (float("inf"), float("-inf")):
        return "inf" if value > 0 else "-inf"
    return value.hex()
