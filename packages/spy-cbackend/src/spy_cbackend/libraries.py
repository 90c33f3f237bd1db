"""Shared libraries and cffi modules: which files they are made of."""

import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from cffi import FFI
from cffi.recompiler import make_py_source
from spy_types.artifacts import Artifact
from spy_types.program.program import Program

from spy_cbackend.build import Job, compile_unit, deliver, output_path, work_folder
from spy_cbackend.exports import PublicFunction, public_functions, wrappers
from spy_cbackend.frame import Scope
from spy_cbackend.header import declarations, write_header
from spy_cbackend.manifest import write_manifest
from spy_cbackend.options import mode_of
from spy_cbackend.pymodule import write_python
from spy_cbackend.reader import read_program
from spy_cbackend.unit import write_unit

SUFFIX = ".dylib" if sys.platform == "darwin" else ".so"


def build_library(job: Job) -> Artifact:
    """Build a shared library with its header and its manifest."""
    name = job.request.name
    target = output_path(job.request, f"lib{name}{SUFFIX}")
    stem = target.name.removesuffix(SUFFIX).removeprefix("lib")
    names = {
        "main": f"lib{name}{SUFFIX}",
        "c": f"{name}.c",
        "header": f"{stem}.h",
        "manifest": f"{stem}.json",
    }
    return _build(job, names, target)


def build_cffi_module(job: Job) -> Artifact:
    """Build a Python module: NAME.py, the binding that cffi makes, and the shared library."""
    name = job.request.name
    target = output_path(job.request, f"{name}.py")
    word = re.sub(r"\W", "_", target.stem)
    names = {
        "main": f"{name}.py",
        "c": f"{name}.c",
        "binding": f"_{word}_cffi.py",
        "library": f"_{word}_spy{SUFFIX}",
        "manifest": f"{target.stem}.json",
    }
    return _build(job, names, target)


def _build(job: Job, names: dict[str, str], target: Path) -> Artifact:
    found = job.cache.find(job.key, names.values())
    if found is not None:
        return deliver(job, found, names, target, cached=True)
    request = job.request
    program = read_program(job.data)
    functions = public_functions(program, request.name, request.kind)
    mode = mode_of(program, release=request.release, debug_c=job.options.debug_c)
    epilogue = functools.partial(_epilogue, name=request.name, functions=functions)
    unit = write_unit(program, mode, request.c_sources, epilogue)
    with work_folder() as folder:
        source = folder / names["c"]
        source.write_text(unit.text, encoding="utf-8")
        _write_companions(folder, names, program, request.name, functions)
        library = folder / names.get("library", names["main"])
        compile_unit(job, program, folder, source, library, shared=True)
        job.cache.add(job.key, [folder / name for name in names.values()])
        return deliver(job, folder, names, target, cached=False)


def _epilogue(scope: Scope, name: str, functions: list[PublicFunction]) -> Iterator[str]:
    return wrappers(scope, name, functions)


def _write_companions(
    folder: Path, names: dict[str, str], program: Program, name: str, functions: list[PublicFunction]
) -> None:
    (folder / names["manifest"]).write_bytes(write_manifest(program, name, functions))
    if "header" in names:
        (folder / names["header"]).write_text(write_header(program, name, functions), encoding="utf-8")
    if "binding" in names:
        binding = names["binding"].removesuffix(".py")
        text = write_python(program, name, functions, binding, names["library"])
        (folder / names["main"]).write_text(text, encoding="utf-8")
        ffi = FFI()
        ffi.set_source(binding, None)
        ffi.cdef(declarations(program, name, functions))
        make_py_source(ffi, binding, str(folder / names["binding"]))
