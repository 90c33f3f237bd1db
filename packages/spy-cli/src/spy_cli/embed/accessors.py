"""Functions that read and write the module variables of a program, for who is outside."""

from collections.abc import Iterator

import msgspec
from spy_types.program.nodes import GlobalGet, GlobalSet, Local, Pos, Return
from spy_types.program.program import Effects, Function, Global, Param, Program

_EFFECTS = Effects(raises=False, allocates=False, pure=False)


def getter(fqn: str) -> str:
    """Return the FQN of the function that reads the variable `fqn`."""
    return f"{fqn}#get"


def setter(fqn: str) -> str:
    """Return the FQN of the function that writes the variable `fqn`."""
    return f"{fqn}#set"


def with_accessors(program: Program) -> Program:
    """Return `program` with a getter and a setter for each of its variables."""
    accessors = [function for variable in program.globals for function in _accessors(variable)]
    return msgspec.structs.replace(program, functions=(*program.functions, *accessors))


def _accessors(variable: Global) -> Iterator[Function]:
    pos = Pos(0, 1, 1, 1, 1)
    name = variable.fqn.rpartition("::")[2]
    read = Return(pos, GlobalGet(variable.t, pos, variable.fqn))
    write = GlobalSet(pos, variable.fqn, Local(variable.t, pos, "value"))
    params = (Param("value", variable.t),)
    yield Function(getter(variable.fqn), name, (), variable.t, (), (read,), pos, _EFFECTS, "auto", None)
    yield Function(setter(variable.fqn), name, params, "None", (), (write,), pos, _EFFECTS, "auto", None)
