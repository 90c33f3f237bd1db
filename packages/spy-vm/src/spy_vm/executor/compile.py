"""One function of Program IR -> one Python function."""

import ast
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

from spy_types.loc import Loc
from spy_types.nesting import room_to_nest
from spy_types.program.program import Function

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter
from spy_vm.executor.errors import too_deep
from spy_vm.executor.expressions import emit_expression, local_name
from spy_vm.executor.place import fill_places
from spy_vm.executor.shallow import shallow
from spy_vm.executor.split_structs import split_structs
from spy_vm.executor.statements import emit_statement
from spy_vm.executor.survey import assigned_in
from spy_vm.executor.unit import Unit

BODY = ".body"  # the Python generator in the function that makes a generator


def compile_function(function: Function, unit: Unit) -> Callable[..., Any]:
    """Return the Python function. Its code carries the path and the positions of the SPy source."""
    try:
        with room_to_nest():
            prepared = split_structs(unit.inliner.expand(function), unit.layouts.types)
    except RecursionError:
        prepared = function  # what is too deep is refused below, with its place
    emitter = _emitter(prepared, unit)
    try:
        try:
            code = _code(emitter)
        except (RecursionError, MemoryError):  # what CPython says of trees that are too deep for it
            with room_to_nest():
                steps = shallow(prepared)
            code = _code(_emitter(steps, unit))
    except (RecursionError, MemoryError, SyntaxError):
        pos = emitter.statement_pos
        loc = Loc(unit.sources[pos.source].path, pos.line, pos.col, pos.end_line, pos.end_col)
        raise too_deep(function.display, loc) from None
    return FunctionType(_named(code, function), unit.namespace.variables, function.fqn)


def _named(code: CodeType, function: Function) -> CodeType:
    """Return `code`, and the body of the generator in it, under the name that users see."""
    short = function.display.rpartition("::")[2]
    consts = tuple(_named(c, function) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_name=short, co_qualname=function.display, co_consts=consts)


def python_source(function: Function, unit: Unit) -> str:
    """Return the Python text of the function, for tests and for the curious."""
    with room_to_nest():
        prepared = split_structs(unit.inliner.expand(function), unit.layouts.types)
        return ast.unparse(_definition(_emitter(prepared, unit)))


def _emitter(function: Function, unit: Unit) -> Emitter:
    return Emitter(function, unit, emit_expression, emit_statement)


def _code(emitter: Emitter) -> CodeType:
    path = emitter.sources[emitter.function.pos.source].path
    with room_to_nest():
        module = compile(_definition(emitter), path, "exec", dont_inherit=True, optimize=0)
    return next(const for const in module.co_consts if isinstance(const, CodeType))


def _definition(f: Emitter) -> ast.Module:
    function = f.function
    f.statements(function.body)
    # A name that no statement assigns would be taken for a global.
    params = {param.name for param in function.params}
    assigned = assigned_in(function.body).union(params)
    never = [
        local_name(local.name)
        for local in function.locals
        if local.name in f.dropped - params or local.name not in assigned
    ]
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
    if function.generator:
        definition = _starter(f, definition, arguments)
    f.locate(definition)
    fill_places(definition)
    return ast.Module([definition], [])


def _starter(f: Emitter, body: ast.FunctionDef, arguments: ast.arguments) -> ast.FunctionDef:
    """Return the function that makes a generator: around the one that Python makes a generator of.

    def f(n):
        def .body(n): ...; yield ...
        return .generator(.body(n))
    """
    suspending = ast.If(pyast.const(False), [ast.Expr(ast.Yield())], [])
    body.body.insert(0, suspending)
    f.locate(body)
    f.locate(suspending)
    name, body.name = body.name, BODY
    started = pyast.call(BODY, *(pyast.name(arg.arg) for arg in arguments.args))
    result = ast.Return(pyast.call(".generator", started))
    f.locate(result)
    return ast.FunctionDef(name, arguments, [body, result], [])
