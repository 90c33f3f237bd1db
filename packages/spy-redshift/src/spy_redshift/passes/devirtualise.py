"""Call directly where only one function is left.

shape.`Shape::area`()          ->     `Shape::area`(shape)           if all classes run that one
"""

import msgspec
from spy_types.program import nodes as ir
from spy_types.program.program import Program
from spy_types.program.types import ClassType
from spy_types.program.walk import map_body


def devirtualise(program: Program) -> Program:
    """Return `program` with direct calls for methods that one function implements."""
    single = {m.fqn: m.impls[0].func for m in program.methods if len({impl.func for impl in m.impls}) == 1}
    receivers = {f.fqn: f.params[0].t for f in program.functions if f.params}

    def replace(node: ir.Expr) -> ir.Expr:
        if not isinstance(node, ir.CallVirtual) or node.method not in single:
            return node
        func = single[node.method]
        receiver, *args = node.args
        wanted = receivers[func]
        if receiver.t != wanted:
            definition = program.types[receiver.t]
            if not isinstance(definition, ClassType) or wanted not in definition.ancestors:
                return node
            receiver = ir.Cast(wanted, receiver.pos, receiver)
        return ir.Call(node.t, node.pos, func, (receiver, *args))

    functions = [msgspec.structs.replace(f, body=map_body(f.body, replace)) for f in program.functions]
    return msgspec.structs.replace(program, functions=tuple(functions))
