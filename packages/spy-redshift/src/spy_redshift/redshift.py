"""Redshift: the frozen World to a closed program."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Literal

from spy_types.errors import Diagnostic, SpyError
from spy_types.program import nodes as ir
from spy_types.program.program import (
    PROGRAM_VERSION,
    Effects,
    Export,
    Extern,
    Features,
    Function,
    Global,
    Program,
    Source,
)
from spy_vm.depth import deep
from spy_vm.dispatch.other_operand import takes_any_operand
from spy_vm.dispatch.overriding import faults_of_class
from spy_vm.main_signature import find_main, takes_argv
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import Operand
from spy_vm.world import World

from spy_redshift.abstract import install
from spy_redshift.pipeline import run_passes
from spy_redshift.specialiser import Specialiser

ReadSource = Callable[[str], str]


def redshift(  # noqa: PLR0913  # all of them matter to every caller
    world: World,
    *,
    read_source: ReadSource,
    library: bool = False,
    everything: bool = False,
    mode: Literal["eager", "lazy", "warn"] = "eager",
    overflow: Literal["wrap", "check"] = "wrap",
    optimise: bool = True,
    also: Iterable[W_ASTFunc] = (),
    warn: Callable[[Diagnostic], None] | None = None,
) -> Program:
    """Return the program that starts in `main` of the main module; a library exports its functions instead.

    `everything` also specialises red functions of the module that nothing reaches; `also` are more functions
    to export. Raises SpyError with all static errors of the program; in the modes `lazy` and `warn` the wrong
    statements raise when they run, and `warn` is called with each error in the latter.
    """
    install(world)
    with deep():
        program = _redshift(
            world,
            read_source,
            library=library,
            everything=everything,
            mode=mode,
            overflow=overflow,
            also=also,
            warn=warn,
        )
    return run_passes(program) if optimise else program


def _redshift(  # noqa: PLR0913  # all of them matter to every caller
    world: World,
    read_source: ReadSource,
    *,
    library: bool,
    everything: bool,
    mode: Literal["eager", "lazy", "warn"],
    overflow: Literal["wrap", "check"],
    also: Iterable[W_ASTFunc],
    warn: Callable[[Diagnostic], None] | None,
) -> Program:
    module = world.main_module
    assert module is not None
    spec = Specialiser(world, mode)
    spec.errors += world.import_errors
    for w_T in list(world.types.values()):
        if isinstance(w_T, W_ClassType):
            spec.errors += [d for error in faults_of_class(w_T) for d in error.diagnostics]
    functions = public_functions(module)
    main = None if library or (world.import_errors and "main" not in functions) else find_main(module)
    start = None
    if main is not None:
        spec.request(main)
        start = main.fqn
        if takes_argv(main):
            start = f"{main.fqn}#entry"
    others = list(also)
    for w_func in [*(all_functions(module) if everything or library else ()), *others]:
        spec.request(w_func)
    spec.drain()
    if start is not None and main is not None and start != main.fqn:
        spec.functions[start] = _argv_entry(spec, main, start)
        spec.drain()
    if spec.errors:
        raise SpyError.of(spec.errors)
    if warn is not None:
        for diagnostic in spec.warnings:
            warn(diagnostic)
    exports = tuple(
        Export(name, w_func.fqn) for name, w_func in functions.items() if w_func.fqn in spec.functions
    )
    exports += tuple(Export(f"also{i}", w_func.fqn) for i, w_func in enumerate(others))
    return close(spec, start, exports if everything or library else (), read_source, overflow)


def close(
    spec: Specialiser,
    entry: str | None,
    exports: tuple[Export, ...],
    read_source: ReadSource,
    overflow: Literal["wrap", "check"],
) -> Program:
    """Return all that was specialised as one program."""
    before = -1
    while before != spec.image.size:  # what is written out refers to more, and runs more
        before = spec.image.size
        globals_ = tuple(
            Global(cell.fqn, spec.types.tid(cell.w_T), spec.image.constant(cell.w_T, cell.value))
            for cell in spec.cells.values()
        )
        blocks, objects = spec.image.blocks(), spec.image.objects()
        spec.drain()
    methods = spec.overrides.methods()
    spec.answers.write()
    spec.types.finish()
    sources = []
    for path in spec.sources:
        text = read_source(path)
        sources.append(Source(path, hashlib.sha256(text.encode()).hexdigest(), text))
    if not sources:
        sources = [Source("<none>", hashlib.sha256(b"").hexdigest(), "")]
    return Program(
        schema="spyir",
        version=PROGRAM_VERSION,
        producer="spy-redshift 0.1.0",
        features=Features(overflow=overflow),
        sources=tuple(sources),
        types=dict(spec.types.types),
        blocks=blocks,
        globals=globals_,
        externs=tuple(externs(spec)),
        functions=tuple(spec.functions.values()),
        entry=entry,
        exports=exports,
        objects=objects,
        methods=methods,
    )


def externs(spec: Specialiser) -> list[Extern]:
    """Return the host functions that the world knows, as externs."""
    return [
        Extern(w_host.fqn, w_host.host.params, w_host.host.result, w_host.host.effects)
        for w_host in spec.world.host_functions.values()
    ]


def public_functions(module: W_Module) -> dict[str, W_ASTFunc]:
    """Return the red functions that `module` defines, by name."""
    found = {}
    for name, value in module.attrs.items():
        if (
            not isinstance(value, Operand)
            or not isinstance(value.val, W_ASTFunc)
            or value.val.color == "blue"
        ):
            continue
        if value.val.fqn.partition("::")[0] == module.name or value.val.module is module:
            found[name] = value.val
    return found


def all_functions(module: W_Module) -> list[W_ASTFunc]:
    """Return the red functions of `module` and the methods of its structs."""
    found = list(public_functions(module).values())
    for value in module.attrs.values():
        w_T = getattr(value, "val", None)
        for attr in getattr(w_T, "attrs", {}).values():
            w_func = getattr(attr, "val", None)
            w_func = getattr(w_func, "w_func", w_func)
            if (
                isinstance(w_func, W_ASTFunc)
                and w_func.color == "red"
                and w_func.module is module
                and w_func.scope is None
            ):
                found.append(w_func)
    return [
        f
        for f in found
        if all(p.w_T is not None or p.kind == "vararg" for p in f.params)
        and not any(p.kind in ("vararg", "kwarg") for p in f.params)
        and not takes_any_operand(f)
    ]


def _argv_entry(spec: Specialiser, main: W_ASTFunc, fqn: str) -> Function:
    """Return a function without parameters that calls `main(argv)`."""
    argv = spec.world.lookup_target("_argv::argv", main.loc).val
    pos = spec.pos(main.loc)
    assert main.w_result is not None
    tid = spec.types.tid(main.w_result)
    args = ir.Call(spec.types.tid(argv.w_result), pos, spec.request(argv), ())
    call = ir.Call(tid, pos, main.fqn, (args,))
    body: ir.Stmt = ir.Eval(pos, call) if tid == "None" else ir.Return(pos, call)
    return Function(
        fqn,
        "<entry>",
        (),
        tid,
        (),
        (body,),
        pos,
        Effects(raises=True, allocates=True, pure=False),
        "auto",
        None,
    )
