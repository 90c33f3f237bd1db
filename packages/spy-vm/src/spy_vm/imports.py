"""Import time: the static import graph, loaded eagerly, depth first, once."""

from spy_types.artifacts import BuiltinModule, HostFunction
from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax.module import ImportEdge, SyntaxModule

from spy_vm import errors
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.frame.poison import Poisoned, bound_names
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_HostFunc
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand, blue
from spy_vm.registry.registry import Registry


def import_module(world: Registry, name: str, loc: Loc | None) -> W_Module:
    """Return the module `name`, after importing its packages and what it imports."""
    package, _, _ = name.rpartition(".")
    if package and package not in world.modules:
        world.import_module(package, loc)
    if name in world.host_modules or name in world.builtin_modules:
        return _host_module(world, name, loc)
    syntax = world.loader.find(name)
    if syntax is None:
        raise _missing(world, name, loc)
    return execute(world, syntax)


def execute(world: Registry, syntax: SyntaxModule) -> W_Module:
    """Run the body of a module whose imports are loaded first."""
    world.importing.append(syntax.name)
    try:
        module = world.modules[syntax.name] = W_Module(syntax.name, syntax)
        for edge in syntax.imports:
            _load_edge(world, syntax, edge)
        for name, text in (("__name__", syntax.name), ("__file__", syntax.path)):
            module.attrs[name] = blue(b.W_STR, text)
        frame = EvalFrame(world, module, syntax.scopes[0], None, syntax.name, blue_frame=True)
        frame.declare_classes(syntax.body)
        if world.keep_going:
            _execute_all(world, module, frame, syntax)
        else:
            frame.exec_block(syntax.body)
        _run_init(world, module)
    except SpyError:
        world.modules.pop(syntax.name, None)
        raise
    finally:
        world.importing.pop()
    return module


def _execute_all(world: Registry, module: W_Module, frame: Frame, syntax: SyntaxModule) -> None:
    """Run every statement of a module body, noting faults on the way."""
    for stmt in syntax.body:
        try:
            frame.exec(stmt)
        except Poisoned:
            module.poisoned.update(bound_names(stmt))
        except SpyError as error:
            world.import_errors += [d for d in error.diagnostics if d not in world.import_errors]
            module.poisoned.update(bound_names(stmt))


def _load_edge(world: Registry, syntax: SyntaxModule, edge: ImportEdge) -> None:
    loc = Loc(syntax.path, edge.line, edge.col, edge.line, edge.end_col)
    target = edge.module
    if edge.level:
        parts = syntax.name.split(".")
        if not world.loader.is_package(syntax.name):
            parts.pop()
        parts = parts[: len(parts) - (edge.level - 1)]
        target = ".".join([*parts, edge.module] if edge.module else parts)
    if not target:
        raise errors.import_error("relative import beyond the top-level package", loc, "no package here")
    own_package = target == syntax.name or syntax.name.startswith(f"{target}.")
    if target in world.importing and not own_package:
        raise _circular(world, target, loc)
    world.import_locs[target] = loc
    module = world.import_module(target, loc)
    for name in edge.names:
        if (
            name != "*"
            and name not in module.attrs
            and module.syntax is not None
            and world.loader.is_package(target)
        ):
            submodule = f"{target}.{name}"
            if submodule not in world.modules and world.loader.find(submodule) is not None:
                world.import_module(submodule, loc)


def _run_init(world: Registry, module: W_Module) -> None:
    init = module.attrs.get("__INIT__")
    if not isinstance(init, Operand):
        return
    if getattr(init.val, "color", "red") != "blue":
        raise errors.fault(
            "VM051", "the __INIT__ function must be @blue", (init.val.loc, "function defined here")
        )
    assert module.syntax is not None
    frame = EvalFrame(world, module, module.syntax.scopes[0], None, module.name, blue_frame=True)
    frame.call(init, [blue(b.W_MODULE, module)], {}, init.loc)


def _host_module(world: Registry, name: str, loc: Loc | None) -> W_Module:
    """Return a builtin module: what the VM installs, plus the host functions of plugins."""
    module = W_Module(name, None)
    world.modules[name] = module
    host: BuiltinModule | None = world.host_modules.get(name)
    if host is not None:
        for short, function in host.functions.items():
            module.attrs[short] = world.func_operand(host_function(world, function))
        for short, (tid, value) in host.constants.items():
            module.attrs[short] = blue(world.type_by_id(tid), value)
    installer = world.builtin_modules.get(name)
    if installer is not None:
        module.attrs.update(installer(world))
    if world.loader.find(name) is not None and name not in ("__spy__",):
        syntax = world.loader.find(name)
        assert syntax is not None
        raise errors.import_error(
            f"the file {syntax.path} has the name of the builtin module `{name}`",
            loc,
            f"this means the builtin module `{name}`",
            "rename the file",
        )
    return module


def host_function(world: Registry, function: HostFunction) -> W_HostFunc:
    """Return a host function as an app-level function."""
    if function.fqn not in world.host_functions:
        params = [Param(f"a{i}", world.type_by_id(tid)) for i, tid in enumerate(function.params)]
        world.host_functions[function.fqn] = W_HostFunc(function, params, world.type_by_id(function.result))
    return world.host_functions[function.fqn]


def _missing(world: Registry, name: str, loc: Loc | None) -> SpyError:
    known = [*world.host_modules, *world.builtin_modules, *world.modules]
    close = world.close_match(name, known)
    return errors.import_error(
        f"cannot import `{name}`",
        loc,
        f"module `{name}` does not exist",
        f"did you mean `{close}`?" if close else None,
    )


def _circular(world: Registry, name: str, loc: Loc | None) -> SpyError:
    chain = world.importing[world.importing.index(name) :]
    others = [(world.import_locs.get(other), f"`{other}` is imported here") for other in chain[1:]]
    return errors.circular_import(
        " -> ".join([*chain, name]), (loc, f"`{name}` is still being imported"), others
    )
