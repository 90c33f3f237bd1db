"""What exists without a library.

It is the builtin names and the modules `operator`, `types`, `unsafe`, `__spy__`.
"""

from spy_vm.builtins.install import install_builtins

__all__ = ["install_builtins"]
