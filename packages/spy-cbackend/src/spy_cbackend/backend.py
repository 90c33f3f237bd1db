"""The C backend: programs become executables, shared libraries and cffi modules."""

import functools
import os
from collections.abc import Sequence
from typing import final

from spy_types.artifacts import Artifact, BuildRequest
from spy_types.program.program import PROGRAM_VERSION

from spy_cbackend.build import Job, compile_unit, deliver, open_job, output_path, work_folder
from spy_cbackend.errors import unknown_kind, unsupported_target
from spy_cbackend.executable import main_function
from spy_cbackend.options import mode_of, read_options
from spy_cbackend.reader import read_program
from spy_cbackend.toolchain import find_compiler
from spy_cbackend.unit import write_unit


@final
class CBackend:
    """Compiles through C, with the C compiler of the machine."""

    name: str = "c"
    kinds: Sequence[str] = ("exe", "lib", "cffi")
    targets: Sequence[str] = ("native",)
    ir_versions: Sequence[int] = (PROGRAM_VERSION,)

    def build(self, program: bytes, request: BuildRequest) -> Artifact:
        """Build an artifact; raise SpyError if the program or the machine is at fault."""
        if request.kind not in self.kinds:
            raise unknown_kind(request.kind, self.kinds)
        if request.target not in self.targets:
            raise unsupported_target(request.target)
        options = read_options(request)
        job = open_job(program, request, options, find_compiler(options.cc, os.environ))
        match request.kind:
            case "exe":
                return _build_executable(job)
            case "lib":
                from spy_cbackend.libraries import build_library  # noqa: PLC0415  # cffi is slow to import

                return build_library(job)
            case _:
                from spy_cbackend.libraries import build_cffi_module  # noqa: PLC0415  # as above

                return build_cffi_module(job)


def _build_executable(job: Job) -> Artifact:
    request = job.request
    target = output_path(request, request.name)
    names = {"main": request.name, "c": f"{request.name}.c"}
    found = job.cache.find(job.key, names.values())
    if found is not None:
        return deliver(job, found, names, target, cached=True)
    program = read_program(job.data)
    mode = mode_of(program, release=request.release, debug_c=job.options.debug_c)
    unit = write_unit(program, mode, request.c_sources, functools.partial(main_function, name=request.name))
    with work_folder() as folder:
        source, output = folder / names["c"], folder / names["main"]
        source.write_text(unit.text, encoding="utf-8")
        compile_unit(job, program, folder, source, output, shared=False)
        job.cache.add(job.key, [source, output])
        return deliver(job, folder, names, target, cached=False)


def emit_c(program: bytes, *, release: bool) -> str:
    """Return the C of a program, without `#line`, for people to read."""
    decoded = read_program(program)
    mode = mode_of(decoded, release=release, debug_c=True)
    return write_unit(decoded, mode, {}, lambda scope: iter(())).text
