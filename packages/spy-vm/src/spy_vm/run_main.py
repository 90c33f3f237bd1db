"""Run `main` in the plain evaluator."""

from spy_vm.depth import deep
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.exceptions import Raised
from spy_vm.main_signature import find_main, takes_argv
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand
from spy_vm.registry.registry import Registry


def run_main(world: Registry, module: W_Module, argv: list[str]) -> int:
    """Return the exit code of `main`; raise Raised for what the program did not catch."""
    w_main = find_main(module)
    assert module.syntax is not None
    frame = EvalFrame(world, module, module.syntax.scopes[0], None, module.name, blue_frame=False)
    args: list[Operand] = []
    try:
        with deep():
            if takes_argv(w_main):
                args = [frame.call(world.lookup_target("_argv::argv", w_main.loc), [], {}, None)]
            result = frame.run_red(w_main, args, None)
    except RecursionError:
        raise Raised("RecursionError", "maximum recursion depth exceeded") from None
    except Raised as error:
        if not error.is_a("SystemExit") or error.code is None:
            raise
        return error.code & 0xFF
    return int(result.val) & 0xFF if result.val is not None else 0
