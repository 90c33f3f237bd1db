"""One function of Program IR -> one Python function."""

import ast
from collections.abc import Callable
from types import FunctionType
from typing import Any

from spy_types.loc import Loc
from spy_types.program.program import Function

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter
from spy_vm.executor.errors import too_deep
from spy_vm.executor.expressions import emit_expression, local_name
from spy_vm.executor.statements import emit_statement
from spy_vm.executor.unit import Unit


def compile_function(function: Function, unit: Unit) -> Callable[..., Any]:
    """Return the Python function. Its code carries the path and the positions of the SPy source."""
    emitter = Emitter(function, unit, emit_expression, emit_statement)
    path = unit.sources[function.pos.source].path
    try:
        tree = _definition(emitter)
        module = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True, optimize=0)
    except (RecursionError, SyntaxError, MemoryError):  # what CPython says of code that is too deep for it
        pos = emitter.statement_pos
        loc = Loc(unit.sources[pos.source].path, pos.line, pos.col, pos.end_line, pos.end_col)
        raise too_deep(function.display, loc) from None
    code = next(const for const in module.co_consts if hasattr(const, "co_code"))
    short = function.display.rpartition("::")[2]
    return FunctionType(
        code.replace(co_name=short, co_qualname=function.display), unit.namespace.variables, function.fqn
    )


def python_source(function: Function, unit: Unit) -> str:
    """Return the Python text of the function, for tests and for the curious."""
    emitter = Emitter(function, unit, emit_expression, emit_statement)
    return ast.unparse(ast.fix_missing_locations(_definition(emitter)))


def _definition(f: Emitter) -> ast.Module:
    function = f.function
    f.statements(function.body)
    # A name that no statement assigns would be taken for a global.
    assigned = f.survey.assigned_in(function.body).union(param.name for param in function.params)
    never = [local_name(local.name) for local in function.locals if local.name not in assigned]
    if never:
        unreached = [pyast.assign(name, pyast.const(None)) for name in never]
        f.out.insert(0, ast.If(pyast.const(False), list(unreached), []))
    arguments = ast.arguments(
        posonlyargs=[],
        args=[ast.arg(local_name(param.name)) for param in function.params],
        vararg=None,
        kwonlyargs=[],
        kw_defaults=[],
        kwarg=None,
        defaults=[],
    )
    definition = ast.FunctionDef(function.fqn, arguments, f.out or [ast.Pass()], [])
    f.locate(definition)
    return ast.Module([definition], [])
