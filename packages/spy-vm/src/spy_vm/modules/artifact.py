"""A builtin module as the hook `spy_builtin_modules` offers it."""

from spy_types.artifacts import BuiltinModule, HostFunction
from spy_types.program.program import Effects

from spy_vm.modules.define import HostBody, HostModule


def builtin_module(module: HostModule) -> BuiltinModule:
    """Return `module` with the types that cross packages."""
    functions = {name: _host_function(host) for name, host in module.functions.items()}
    return BuiltinModule(module.name, functions, module.constants, module.doc)


def _host_function(host: HostBody) -> HostFunction:
    return HostFunction(host.fqn, host.params, host.result, host.python, Effects(*host.does))
