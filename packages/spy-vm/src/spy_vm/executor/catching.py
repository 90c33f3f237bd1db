"""`try` as Python's own.

try: f()                            try: f()
except KeyError: g()        ->      except .Caught as .1:
                                        if .catches(.1, ("KeyError",)): g()
                                        else: raise
"""

import ast
from collections.abc import Sequence

from spy_types.program.nodes import Handler, Stmt, Try

from spy_vm.executor import pyast
from spy_vm.executor.emitter import Emitter
from spy_vm.executor.expressions import local_name
from spy_vm.executor.ranges import Ranges
from spy_vm.executor.survey import assigned, assigned_in


def emit_try(f: Emitter, stmt: Try) -> None:
    """Add a try statement. Its later parts may start after any part of the earlier ones."""
    before = dict(f.known)
    body = f.block(stmt.body)
    orelse = f.block(stmt.orelse) if stmt.orelse else []
    after_body = {name: known for name, known in before.items() if name not in assigned_in(stmt.body)}
    handlers = [_handlers(f, stmt.handlers, after_body)] if stmt.handlers else []
    f.known = {name: known for name, known in before.items() if name not in assigned(stmt)}
    after_all = dict(f.known)
    final = f.block(stmt.finalbody) if stmt.finalbody else []
    f.known = after_all
    f.add(ast.Try(body, handlers, orelse, final))


def _handlers(f: Emitter, handlers: Sequence[Handler], known: Ranges) -> ast.ExceptHandler:
    error = f.temp()
    chain: list[ast.stmt] = [_here(f, ast.Raise(None, None))]
    for handler in reversed(handlers):
        f.known = dict(known)
        if handler.types == ("BaseException",):
            chain = [_here(f, ast.Expr(_catches(error, handler))), *_body(f, error, handler)]
        else:
            chain = [_here(f, ast.If(_catches(error, handler), _body(f, error, handler), chain))]
    caught = ast.ExceptHandler(pyast.name(".Caught"), error, chain)
    f.locate(caught)
    return caught


def _catches(error: str, handler: Handler) -> ast.expr:
    return pyast.call(".catches", pyast.name(error), pyast.const(handler.types))


def _body(f: Emitter, error: str, handler: Handler) -> list[ast.stmt]:
    body: Sequence[Stmt] = handler.body
    if handler.name is None:
        return f.block(body)
    f.forget(frozenset((handler.name,)))
    bound = pyast.assign(local_name(handler.name), pyast.call(".as_raised", pyast.name(error)))
    return [_here(f, bound), *f.block(body)]


def _here(f: Emitter, stmt: ast.stmt) -> ast.stmt:
    f.locate(stmt)
    return stmt
