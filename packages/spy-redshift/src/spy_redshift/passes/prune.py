"""Drop what nothing reaches: functions, externs, globals.

def used(): ...   def unused(): ...    ->   def used(): ...
"""

import msgspec
from spy_types.program import nodes as ir
from spy_types.program.constants import ConstValue, DynamicConst, FuncConst, StructConst, UnionConst
from spy_types.program.program import Program
from spy_types.program.walk import walk


def prune(program: Program) -> Program:
    """Return `program` without functions, externs and globals that no entry point reaches."""
    by_name = {f.fqn: f for f in program.functions}
    roots = [program.entry] if program.entry is not None else []
    roots += [export.fqn for export in program.exports] or ([] if roots else list(by_name))
    image = [*(block.values for block in program.blocks), *(made.values for made in program.objects)]
    for constants in [*image, *((g.init,) for g in program.globals)]:
        for value in constants:
            roots += _functions_of(value)
    reached: set[str] = set()
    used_globals: set[str] = set()
    implementations = {m.fqn: [impl.func for impl in m.impls] for m in program.methods}
    methods: set[str] = set()
    while roots:
        fqn = roots.pop()
        if fqn in reached:
            continue
        reached.add(fqn)
        function = by_name.get(fqn)
        for node in walk(*function.body) if function is not None else ():
            match node:
                case ir.Call(func=callee) | ir.MakeClosure(func=callee):
                    roots.append(callee)
                case ir.CallVirtual(method=method):
                    roots += implementations.get(method, ())
                    methods.add(method)
                case ir.Const(value=value):
                    roots += _functions_of(value)
                case ir.GlobalGet(fqn=name) | ir.GlobalSet(fqn=name):
                    used_globals.add(name)
                case _:
                    pass
    return msgspec.structs.replace(
        program,
        functions=tuple(f for f in program.functions if f.fqn in reached),
        methods=tuple(m for m in program.methods if m.fqn in methods),
        externs=tuple(e for e in program.externs if e.fqn in reached),
        globals=tuple(g for g in program.globals if g.fqn in used_globals or not program.functions),
    )


def _functions_of(value: ConstValue | None) -> list[str]:
    match value:
        case FuncConst(fqn=fqn):
            return [fqn]
        case DynamicConst(value=inner) | UnionConst(value=inner):
            return _functions_of(inner)
        case StructConst(fields=fields):
            return [fqn for field in fields for fqn in _functions_of(field)]
        case _:
            return []
