"""What a program declares, indexed for the checks of bodies and constants."""

from typing import final

import msgspec

from spy_types.program.program import Effects, Program
from spy_types.program.types import (
    PRIMITIVES,
    ClassType,
    FuncType,
    GeneratorType,
    PtrType,
    StructType,
    TypeId,
    UnionType,
)


@final
class Signature(msgspec.Struct, frozen=True):
    """What a call must know of a function or extern."""

    params: tuple[TypeId, ...]
    result: TypeId
    effects: Effects


class Facts:
    """The declarations of `program` by name; later ones of a duplicated name are ignored."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.checks_overflow = program.features.overflow == "check"
        self.known_types = PRIMITIVES | program.types.keys()
        self.structs = {t: d for t, d in program.types.items() if isinstance(d, StructType)}
        self.pointers = {t: d for t, d in program.types.items() if isinstance(d, PtrType)}
        self.function_types = {t: d for t, d in program.types.items() if isinstance(d, FuncType)}
        self.unions = {t: d.members for t, d in program.types.items() if isinstance(d, UnionType)}
        self.classes = {t: d for t, d in program.types.items() if isinstance(d, ClassType)}
        self.attributes = {t: {f.name: f.t for f in d.fields} for t, d in self.classes.items()}
        self.methods = {m.fqn: m for m in reversed(program.methods)}
        self.generators = {t: d for t, d in program.types.items() if isinstance(d, GeneratorType)}
        self.fields = {t: {f.name: f.t for f in d.fields} for t, d in self.structs.items()}
        self.globals = {g.fqn: g.t for g in reversed(program.globals)}
        self.signatures = {e.fqn: Signature(e.params, e.result, e.effects) for e in reversed(program.externs)}
        for f in reversed(program.functions):
            self.signatures[f.fqn] = Signature(tuple(p.t for p in f.params), f.result, f.effects)
