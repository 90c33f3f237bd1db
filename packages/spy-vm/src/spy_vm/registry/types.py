"""Types and functions by name: each pointer, function type and primitive operation exists once."""

from collections.abc import Iterable
from typing import Literal

from spy_types.loc import Loc
from spy_types.prims.table import PRIMS

from spy_vm.host import HOST_PRIMS
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func, W_PrimFunc
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import (
    W_FuncType,
    W_GeneratorType,
    W_PtrType,
    W_SingleType,
    W_StructType,
    W_UnionType,
)

PREFIXES = {"plain": "blue.", "generic": "blue.generic.", "metafunc": "blue.metafunc."}


class TypeRegistry:
    """What has an FQN."""

    def __init__(self) -> None:
        self.types: dict[str, W_Type] = dict(b.PRIM_TYPES)
        self._fqns: dict[str, int] = {}
        self._prims: dict[str, W_PrimFunc] = {}
        self._ptrs: dict[tuple[str, W_Type, bool], W_PtrType] = {}
        self._singles: dict[tuple[W_Type, int], W_SingleType] = {}
        self._generators: dict[tuple[W_Type, W_Type, W_Type], W_GeneratorType] = {}
        self._functypes: dict[str, W_FuncType] = {}
        self._keywords: dict[tuple[tuple[str, W_Type], ...], W_StructType] = {}
        self.keywords_methods: dict[str, Operand] = {}
        self._unions: dict[frozenset[W_Type], W_UnionType] = {}

    def unique_fqn(self, fqn: str) -> str:
        """Return `fqn`, with `#1`, `#2`, ... if it is taken."""
        count = self._fqns.get(fqn)
        self._fqns[fqn] = 0 if count is None else count + 1
        return fqn if count is None else f"{fqn}#{count + 1}"

    def prim(self, name: str) -> W_PrimFunc:
        """Return the primitive operation `name`."""
        w_func = self._prims.get(name)
        if w_func is None:
            op = PRIMS[name]
            params = [Param(f"a{i}", self.type_by_id(tid)) for i, tid in enumerate(op.params)]
            w_func = self._prims[name] = W_PrimFunc(op, params, self.type_by_id(op.result), HOST_PRIMS[name])
        return w_func

    def type_by_id(self, tid: str) -> W_Type:
        """Return the type whose FQN is `tid`."""
        if tid not in self.types and tid == "unsafe::gc_ptr[u8]":
            return self.ptr_type("gc", b.W_U8)
        return self.types[tid]

    def register_type(self, w_T: W_Type) -> None:
        """Make `w_T` known by its FQN."""
        self.types[w_T.fqn] = w_T

    def ptr_type(self, kind: Literal["raw", "gc"], w_item: W_Type, *, ref: bool = False) -> W_PtrType:
        """Return the pointer (or reference) type for `w_item`."""
        key = (kind, w_item, ref)
        if key not in self._ptrs:
            self._ptrs[key] = W_PtrType(kind, w_item, ref=ref)
            self.register_type(self._ptrs[key])
        return self._ptrs[key]

    def generator_type(self, w_item: W_Type, w_sent: W_Type, w_result: W_Type) -> W_GeneratorType:
        """Return the type of generators that yield, are sent and return these."""
        key = (w_item, w_sent, w_result)
        if key not in self._generators:
            self._generators[key] = W_GeneratorType(*key)
            self.register_type(self._generators[key])
        return self._generators[key]

    def single_type(self, op: Operand) -> W_SingleType:
        """Return the type that only the blue value `op` has."""
        key = (op.w_T, id(op.val))
        if key not in self._singles:
            self._singles[key] = W_SingleType(op.w_T, op.val, len(self._singles))
            self.register_type(self._singles[key])
        return self._singles[key]

    def keywords_type(self, fields: dict[str, W_Type]) -> W_StructType:
        """Return the type of a `**kwargs` with these names and types."""
        key = tuple(fields.items())
        if key not in self._keywords:
            inner = ", ".join(f"{name}, {w_T.fqn}" for name, w_T in key)
            shown = ", ".join(f"{name}: {w_T.display}" for name, w_T in key)
            w_made = self._keywords[key] = W_StructType(f"types::kwargs[{inner}]", f"kwargs[{shown}]")
            w_made.define(fields)
            w_made.keywords = True
            w_made.attrs.update(self.keywords_methods)
            self.register_type(w_made)
        return self._keywords[key]

    def func_type(self, w_func: W_Func) -> W_FuncType:
        """Return the type of `w_func` as a value."""
        prefix = "" if w_func.color == "red" else PREFIXES[w_func.kind]
        params = tuple(p.w_T or b.W_DYNAMIC for p in w_func.params)
        return self.make_func_type(params, w_func.w_result or b.W_DYNAMIC, prefix)

    def make_func_type(self, params: tuple[W_Type, ...], w_result: W_Type, prefix: str = "") -> W_FuncType:
        """Return the function type with these parameters and result."""
        w_T = W_FuncType(params, w_result, prefix)
        if w_T.fqn not in self._functypes:
            self._functypes[w_T.fqn] = w_T
            self.register_type(w_T)
        return self._functypes[w_T.fqn]

    def union_type(self, types: Iterable[W_Type]) -> W_Type:
        """Return the union of `types`, flat and each once: one type for all orders, None stands last."""
        flat: dict[W_Type, None] = {}
        for w_T in types:
            flat.update(dict.fromkeys(w_T.members if isinstance(w_T, W_UnionType) else (w_T,)))
        for w_root in (b.W_DYNAMIC, b.W_OBJECT):
            if w_root in flat:
                return w_root
        if len(flat) == 1:
            return next(iter(flat))
        key = frozenset(flat)
        if key not in self._unions:
            members = sorted(flat, key=lambda w_T: w_T is b.W_NONE)
            self._unions[key] = W_UnionType(tuple(members))
            self.register_type(self._unions[key])
        return self._unions[key]

    def func_operand(self, w_func: W_Func, loc: Loc | None = None) -> Operand:
        """Return `w_func` as a blue operand."""
        if isinstance(w_func, W_ASTFunc) and not w_func.evaluated:
            return blue(b.W_FUNCTION, w_func, loc)
        return blue(self.func_type(w_func), w_func, loc)
