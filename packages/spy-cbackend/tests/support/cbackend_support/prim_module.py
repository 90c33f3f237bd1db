"""One Python module, compiled through the C backend, with a function for every primitive."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from spy_cbackend.backend import CBackend
from spy_types.artifacts import BuildRequest
from spy_types.prims.table import PRIMS
from spy_types.program.codec import encode
from spy_types.program.program import Export, Program

from cbackend_support.building import function, local, prim, program, ret

# Those that move text between buffers need pointers: test_pointers has them.
OPS = [
    op
    for op in PRIMS.values()
    if not op.name.startswith("exception")
    and not any("ptr" in t or "xception" in t for t in (*op.params, op.result))
]


def prim_program(overflow: str = "wrap") -> Program:
    functions = []
    for op in OPS:
        names = [f"a{i}" for i in range(len(op.params))]
        value = prim(op.name, *(local(name, t) for name, t in zip(names, op.params, strict=True)))
        functions.append(function(op.name, dict(zip(names, op.params, strict=True)), op.result, [ret(value)]))
    exports = tuple(Export(op.name, f"demo::{op.name}") for op in OPS)
    return program(*functions, entry=None, externs=(), exports=exports, overflow=overflow)


def build_module(
    source: Program, folder: Path, name: str, cache: Path, *, release: bool = True, **options: str
) -> ModuleType:
    request = BuildRequest(
        name, folder / f"{name}.py", kind="cffi", release=release, cache_dir=cache, options=options
    )
    return load(CBackend().build(encode(source), request).path, name)


def load(path: Path, name: str) -> ModuleType:
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(path.parent))
