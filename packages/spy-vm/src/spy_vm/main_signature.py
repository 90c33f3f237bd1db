"""The rules for `main`: no parameter or `argv: list[str]`; returns None or an int."""

from spy_vm import errors
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand


def find_main(module: W_Module) -> W_ASTFunc:
    """Return `main` of `module`; raise SpyError if there is none or its signature is wrong."""
    found = module.attrs.get("main")
    path = module.syntax.path if module.syntax is not None else module.name
    if not isinstance(found, Operand) or not isinstance(found.val, W_ASTFunc):
        raise errors.no_main(path, module.locs.get("main"))
    w_main = found.val
    labels = []
    if w_main.color == "blue":
        labels.append((w_main.loc, "`main` runs when the program does: it cannot be blue"))
    if w_main.params and not takes_argv(w_main):
        labels.append((w_main.params[0].loc, "parameters must be `main(argv: list[str])`"))
    if w_main.w_result not in (b.W_NONE, b.W_I32):
        labels.append((w_main.loc, "the only valid return types are `None`, `int` and `i32`"))
    if labels:
        raise errors.wrong_main(labels)
    return w_main


def takes_argv(w_main: W_ASTFunc) -> bool:
    """Whether `main` is `main(argv: list[str])`."""
    if len(w_main.params) != 1:
        return False
    w_T = w_main.params[0].w_T
    return w_T is not None and w_T.display == "list[str]"
