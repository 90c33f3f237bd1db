"""Replace calls of tiny functions by their value.

    def identity[T](x: T) -> T: return x
    y = identity(a + 1)                      ->   y = a + 1

Only generic instances and the library's functions: what users wrote as functions of a module stays a call.
The function is one `return` of an expression that cannot raise, so that no traceback loses a line. Arguments
that are not plain reads or constants must be used once, and be the only ones with an effect.
"""

import msgspec
from spy_types.loc import is_library
from spy_types.program import nodes as ir
from spy_types.program.program import Function, Program
from spy_types.program.walk import map_body, map_expr, walk

MAX_NODES = 12


def inline(program: Program) -> Program:
    """Return `program` with tiny functions inlined, to any depth."""
    tiny = _acyclic({f.fqn: f for f in program.functions if _is_tiny(f, program)})
    if not tiny:
        return program

    def replace(node: ir.Expr) -> ir.Expr:
        while isinstance(node, ir.Call) and node.func in tiny:
            value = _value(tiny[node.func], node.args)
            if value is None:
                return node
            node = map_expr(value, replace) if _calls(value, tiny) else value
        return node

    functions = [msgspec.structs.replace(f, body=map_body(f.body, replace)) for f in program.functions]
    return msgspec.structs.replace(program, functions=tuple(functions))


def _acyclic(tiny: dict[str, Function]) -> dict[str, Function]:
    """Leave out functions that call themselves by way of others."""
    callees = {
        fqn: {node.func for node in walk(*f.body) if isinstance(node, ir.Call) and node.func in tiny}
        for fqn, f in tiny.items()
    }
    changed = True
    while changed:
        leaves = {fqn for fqn, called in callees.items() if not called}
        changed = any(called & leaves for called in callees.values())
        callees = {fqn: called - leaves for fqn, called in callees.items()}
    return {fqn: f for fqn, f in tiny.items() if not callees[fqn]}


def _is_tiny(function: Function, program: Program) -> bool:
    if (
        function.generator
        or function.effects.raises
        or function.locals
        or len(function.body) != 1
        or function.inline == "never"
    ):
        return False
    if not is_library(program.sources[function.pos.source].path) and "[" not in function.fqn:
        return False
    (only,) = function.body
    if not isinstance(only, ir.Return) or only.value is None:
        return False
    nodes = list(walk(only.value))
    return len(nodes) <= MAX_NODES and not any(
        isinstance(node, (ir.BlockExpr, ir.AssignExpr, ir.Alloc))
        or (isinstance(node, ir.Call) and node.func == function.fqn)
        for node in nodes
    )


def _value(function: Function, args: tuple[ir.Expr, ...]) -> ir.Expr | None:
    """Return the body with `args` in place of the parameters.

    None where that could change the order of effects.
    """
    (only,) = function.body
    assert isinstance(only, ir.Return)
    assert only.value is not None
    reads = [node.name for node in walk(only.value) if isinstance(node, ir.Local)]
    given = {param.name: arg for param, arg in zip(function.params, args, strict=True)}
    effects = [name for name, arg in given.items() if not is_plain(arg)]
    if effects and (len(effects) > 1 or reads.count(effects[0]) != 1 or not _is_unconditional(only.value)):
        return None

    def substitute(node: ir.Expr) -> ir.Expr:
        return given[node.name] if isinstance(node, ir.Local) else node

    return substitute(only.value) if isinstance(only.value, ir.Local) else map_expr(only.value, substitute)


def is_plain(expr: ir.Expr) -> bool:
    """Whether `expr` only reads locals and constants: it may be evaluated any number of times."""
    match expr:
        case ir.Const() | ir.Local():
            return True
        case ir.GetField(value=value):
            return is_plain(value)
        case _:
            return False


def _is_unconditional(expr: ir.Expr) -> bool:
    """Whether everything in `expr` is evaluated, and nothing of it reads what the argument could change."""
    conditional = (ir.And, ir.Or, ir.IfExp, ir.Load, ir.GlobalGet, ir.Call, ir.CallIndirect, ir.PtrOp)
    return not any(isinstance(node, conditional) for node in walk(expr))


def _calls(expr: ir.Expr, tiny: dict[str, Function]) -> bool:
    return any(isinstance(node, ir.Call) and node.func in tiny for node in walk(expr))
