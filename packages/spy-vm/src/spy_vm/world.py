"""The World: everything that exists before run time.

Here the registry meets the evaluator and the builtins.
"""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from spy_types.artifacts import BuiltinModule, StdlibProvider
from spy_types.loc import Loc
from spy_types.syntax.module import SyntaxModule
from spy_types.syntax.scopes import Scope

from spy_vm import imports
from spy_vm.builtins import install_builtins
from spy_vm.depth import deep
from spy_vm.dispatch.dynamic import operator_of
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.objects.closure import Closure
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import W_Module
from spy_vm.registry.loader import Loader
from spy_vm.registry.registry import Registry
from spy_vm.run_main import run_main

__all__ = ["Loader", "World"]


BLUE_FUEL = 1_000_000
"""Steps: some seconds, far more than import time and blue functions of programs take."""


class World(Registry):
    """Import time, freeze, and `main` in the plain evaluator.

    world = World(loader, providers=..., builtin_modules=...)
    world.import_main(syntax)
    world.freeze()
    exit_code = world.run_main(["program", "argument"])
    """

    def __init__(
        self,
        loader: Loader,
        *,
        providers: Iterable[StdlibProvider] = (),
        builtin_modules: Iterable[BuiltinModule] = (),
        overflow: Literal["wrap", "check"] = "wrap",
        blue_fuel: int | None = None,
    ) -> None:
        super().__init__(
            loader,
            providers=providers,
            builtin_modules=builtin_modules,
            overflow=overflow,
            blue_fuel=BLUE_FUEL if blue_fuel is None else blue_fuel,
        )
        install_builtins(self)

    def import_module(self, name: str, loc: Loc | None = None) -> W_Module:
        """Return the module `name`, executing it if this is the first time."""
        return self.modules.get(name) or imports.import_module(self, name, loc)

    def import_main(self, syntax: SyntaxModule) -> W_Module:
        """Run import time: the main module, after all that it imports."""
        with deep():
            self.main_module = imports.execute(self, syntax)
        return self.main_module

    def freeze(self) -> None:
        """End import time: from now on only module variables change."""
        self.frozen = True
        self.frozen_types = set(self.types)

    def run_main(self, argv: list[str]) -> int:
        """Run `main` in the evaluator; return its exit code. `argv` starts with the program's name."""
        assert self.main_module is not None
        return run_main(self, self.main_module, argv)

    def dynamic_operator(self) -> Callable[..., Any]:
        """Return what does dynamic operations for the executor: `(op, result type, *values)`."""
        module = self.main_module
        assert module is not None
        assert module.syntax is not None
        return operator_of(
            self.new_frame(module, module.syntax.scopes[0], None, module.name, blue_frame=False)
        )

    def new_frame(  # noqa: PLR0913  # all of them matter to every caller
        self,
        module: W_Module,
        scope: Scope,
        parent: Closure | None,
        ns: str,
        *,
        blue_frame: bool,
        w_func: W_ASTFunc | None = None,
    ) -> EvalFrame:
        """Return a frame of the evaluator."""
        return EvalFrame(self, module, scope, parent, ns, blue_frame=blue_frame, w_func=w_func)
