"""Compute what each function may do: raise, allocate, or nothing but compute.

def f(x: i32) -> i32: return x + 1     ->   pure
def g() -> None: f(1); raise E         ->   raises
"""

import msgspec
from spy_types.prims.table import PRIMS
from spy_types.program import nodes as ir
from spy_types.program.program import Effects, Function, Program
from spy_types.program.walk import walk

ALLOCATING_RESULTS = frozenset(("str", "bytes"))


def effects(program: Program) -> Program:
    """Return `program` with the effects of every function, as a fixpoint over calls."""
    known = {extern.fqn: extern.effects for extern in program.externs}
    local: dict[str, Effects] = {}
    calls: dict[str, set[str]] = {}
    for function in program.functions:
        local[function.fqn], calls[function.fqn] = _own(function, program)
        known[function.fqn] = local[function.fqn]
    changed = True
    while changed:
        changed = False
        for fqn, callees in calls.items():
            merged = known[fqn]
            for callee in callees:
                merged = _merge(merged, known[callee])
            if merged != known[fqn]:
                known[fqn] = merged
                changed = True
    functions = tuple(msgspec.structs.replace(f, effects=known[f.fqn]) for f in program.functions)
    return msgspec.structs.replace(program, functions=functions)


def _own(function: Function, program: Program) -> tuple[Effects, set[str]]:  # noqa: C901, PLR0912  # one case per node
    raises = allocates = False
    pure = True
    callees: set[str] = set()
    if function.generator:
        return Effects(raises=True, allocates=True, pure=False), callees
    for node in walk(*function.body):
        match node:
            case ir.Prim(op=name, t=t):
                op = PRIMS[name]
                raises = raises or bool(op.raises) or (op.overflow and program.features.overflow == "check")
                allocates = allocates or t in ALLOCATING_RESULTS
                pure = pure and not name.endswith(("_read", "_write"))
            case ir.Raise() | ir.RaiseObject() | ir.Reraise() | ir.FromUnion():
                raises = True
            case ir.ForRange(step=step):
                raises = raises or not _nonzero(step)
            case ir.Call(func=fqn):
                callees.add(fqn)
            case ir.CallVirtual() | ir.CallIndirect() | ir.DynamicOp() | ir.FromDynamic():
                raises = allocates = True
                pure = False
            case ir.Advance() | ir.CloseGenerator():
                raises = allocates = True
                pure = False
            case ir.New():
                allocates = True
                pure = False
            case ir.GetAttr():
                raises = True
                pure = False
            case ir.Cast():
                raises = True
            case ir.Alloc():
                raises = allocates = True
                pure = False
            case ir.MakeClosure():
                allocates = True
                pure = False
            case ir.Load() | ir.Store() | ir.SetAttr() | ir.GlobalGet() | ir.GlobalSet() | ir.PtrOp():
                pure = False
            case ir.Yielded() | ir.Returned():
                pure = False
            case _:
                pass
    return Effects(raises=raises, allocates=allocates, pure=pure), callees


def _nonzero(step: ir.Expr) -> bool:
    return isinstance(step, ir.Const) and getattr(step.value, "value", 0) != 0


def _merge(a: Effects, b: Effects) -> Effects:
    return Effects(raises=a.raises or b.raises, allocates=a.allocates or b.allocates, pure=a.pure and b.pure)
