"""The scopes of a module, by what they belong to."""

from spy_types.syntax.scopes import Scope

from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import W_Module


def scope_at(module: W_Module, scope_id: int) -> Scope:
    """Return a scope of the table of `module`; number 0 is that of the module itself."""
    assert module.syntax is not None
    return module.syntax.scopes[scope_id]


def scope_of(w_func: W_ASTFunc) -> Scope:
    """Return the scope in which the body of `w_func` runs.

    For a PEP 695 generic, that of its type parameters.
    """
    if w_func.scope is not None:
        return w_func.scope
    own = scope_at(w_func.module, w_func.definition.scope)
    return scope_at(w_func.module, own.parent) if w_func.sugar else own
