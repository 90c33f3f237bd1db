"""From a request to an artifact: look in the cache, else write C, compile, and store.

key = digest(backend, compiler, options, program)      no compiler is started for what the cache has
unit.c ──▶ unit.o ──┐
part_*.c ▶ part_*.o ┴▶ artifact                        the runtime is compiled once per compiler and flags
"""

import contextlib
import functools
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import final

from spy_types.artifacts import Artifact, BuildRequest
from spy_types.program.program import Program
from spy_types.program.types import INTS

from spy_cbackend.cache import Cache, default_root, key_of, place_file
from spy_cbackend.errors import InternalError, bad_c_source, broken_compiler, cannot_write
from spy_cbackend.mangling import fqn_name, text_literal
from spy_cbackend.options import Options
from spy_cbackend.probe import compiler_fault
from spy_cbackend.toolchain import (
    DEBUG,
    LIBSPY,
    PARTS,
    RELEASE,
    SEMANTICS,
    STRICT,
    CompileError,
    Compiler,
    run_compiler,
)


@final
@dataclass(frozen=True, slots=True)
class Job:
    """One build: the request, what it means for C, and where results are kept."""

    request: BuildRequest
    options: Options
    compiler: Compiler
    cache: Cache
    data: bytes

    @property
    def key(self) -> str:
        """The name of the result in the cache."""
        request = self.request
        return key_of(
            [
                backend_digest(),
                self.compiler.identity,
                repr((request.name, request.kind, request.target, request.release, self.options)),
                repr(sorted(request.c_sources.items())),
                self.data,
            ]
        )


@functools.cache
def backend_digest() -> str:
    """Return a digest of this package: C written by another version of it is another artifact."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".c", ".h"):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def open_job(data: bytes, request: BuildRequest, options: Options, compiler: Compiler) -> Job:
    """Return the job of building `data`."""
    root = request.cache_dir / "cbackend" if request.cache_dir is not None else default_root(os.environ)
    return Job(request, options, compiler, Cache(root), data)


def output_path(request: BuildRequest, file_name: str) -> Path:
    """Return where the artifact goes."""
    return request.out or (request.build_dir or Path("build")) / file_name


def deliver(job: Job, folder: Path, names: dict[str, str], target: Path, *, cached: bool) -> Artifact:
    """Copy files out of `folder`: role `main` to `target`, role `c` to the build folder if there is one,
    others beside.
    """
    files: dict[str, Path] = {}
    try:
        for role, name in names.items():
            if role == "main":
                place_file(folder / name, target)
            elif role != "c":
                files[role] = target.parent / name
                place_file(folder / name, files[role])
            elif job.request.build_dir is not None:
                files[role] = job.request.build_dir / name
                place_file(folder / name, files[role])
    except OSError as error:
        raise cannot_write(str(target), error.strerror or str(error)) from None
    return Artifact(target, job.request.kind, files, cached, (job.compiler.program,))


@contextlib.contextmanager
def work_folder() -> Iterator[Path]:
    """A folder for the files of one compilation."""
    with tempfile.TemporaryDirectory(prefix="spy-cbackend-") as name:
        yield Path(name)


def compile_flags(job: Job, *, shared: bool) -> list[str]:
    """Return the words that compile C of this job."""
    options = job.options
    flags = [
        *SEMANTICS,
        *(RELEASE if job.request.release else DEBUG),
        *STRICT,
        "-fPIC" if shared else "-fPIE",
    ]
    if shared:
        flags.append("-fvisibility=hidden")
    if options.sanitize:
        flags += [f"-fsanitize={options.sanitize}", "-fno-sanitize-recover=all", "-g"]
    if options.march:
        flags.append(f"-march={options.march}")
    return [*flags, *options.cflags]


def compile_unit(  # noqa: PLR0913  # all of them matter to every caller
    job: Job, program: Program, folder: Path, source: Path, output: Path, *, shared: bool
) -> None:
    """Compile `source` with the runtime into `output`; the parts of the runtime that the cache lacks, beside
    it.
    """
    unit = folder / "unit.o"
    words = [*compile_flags(job, shared=shared), f"-I{LIBSPY}", "-c", str(source)]
    parts = [RuntimePart(job, part, shared=shared) for part in PARTS]
    try:
        with ThreadPoolExecutor() as pool:
            compiled = pool.submit(run_compiler, job.compiler, words, folder, unit)
            objects = list(pool.map(lambda part: part.path(folder), parts))
        compiled.result()
        run_compiler(job.compiler, _link_words(job, [unit, *objects], shared=shared), folder, output)
    except CompileError as error:
        raise _explain(job, program, source, words, str(error)) from None


def _link_words(job: Job, objects: Sequence[Path], *, shared: bool) -> list[str]:
    words = ["-shared" if shared else "-pie", *map(str, objects), "-lm"]
    if job.options.sanitize:
        words.append(f"-fsanitize={job.options.sanitize}")
    return words


@final
class RuntimePart:
    """One object file of the runtime, compiled once per compiler and flags."""

    def __init__(self, job: Job, part: str, *, shared: bool) -> None:
        self._job = job
        self._source = LIBSPY / f"part_{part}.c"
        optimised = PARTS[part] if job.request.release else "-O1"  # debug builds are to be made fast
        self._flags = [*SEMANTICS, *STRICT, optimised, "-fPIC" if shared else "-fPIE"]
        if job.options.collect != "usual":
            self._flags.append(f"-DSPY_COLLECT_{job.options.collect.upper()}")
        if job.options.sanitize:
            self._flags += ["-O1", "-g", f"-fsanitize={job.options.sanitize}", "-fno-sanitize-recover=all"]

    def path(self, folder: Path) -> Path:
        """Return the object file, from the cache if possible; raise CompileError if it cannot be made."""
        job = self._job
        key = key_of([backend_digest(), job.compiler.identity, self._source.name, repr(self._flags)])
        name = f"{self._source.stem}.o"
        found = job.cache.find(key, [name])
        if found is not None:
            return found / name
        target = folder / name
        words = [*self._flags, f"-I{LIBSPY}", "-c", str(self._source)]
        run_compiler(job.compiler, words, folder, target)
        job.cache.add(key, [target])
        return target


def _explain(job: Job, program: Program, source: Path, words: Sequence[str], output: str) -> Exception:
    """Return the error to raise when C does not compile: the machine's compiler and a plugin's C source are
    the user's matter, the rest is ours.
    """
    broken = compiler_fault(job.compiler, job.options.cflags, source.parent)
    if broken is not None:
        return broken_compiler(" ".join([*job.compiler.command, *job.options.cflags]), broken)
    for extern in program.externs:
        body = job.request.c_sources.get(extern.fqn)
        fault = None if body is None else _fault_of_plugin(job, extern.fqn, body, source.parent)
        if fault is not None:
            return bad_c_source(extern.fqn, fault)
    kept = Path(tempfile.mkdtemp(prefix="spy-internal-error-")) / source.name
    kept.write_bytes(source.read_bytes())
    command = " ".join([*job.compiler.command, *words])
    return InternalError(f"the generated C does not compile; it is kept as {kept}\n{command}\n{output}")


def _fault_of_plugin(job: Job, fqn: str, body: str, folder: Path) -> str | None:
    """Return what is wrong with a C source that a plugin brings, None if it is fine by itself."""
    if fqn_name(fqn) not in body:
        return f"it does not define `{fqn_name(fqn)}`"
    uses = "".join(f"#define SPY_USES_{what}\n" for what in (*(t.upper() for t in INTS), "FLOATS", "MATH"))
    alone = folder / "plugin.c"
    alone.write_text(
        f'{uses}#include "spy.h"\n#line 1 {text_literal(f"<C source of {fqn}>")}\n{body}\n', encoding="utf-8"
    )
    words = [*compile_flags(job, shared=False), f"-I{LIBSPY}", "-fsyntax-only", str(alone)]
    try:
        run_compiler(job.compiler, words, folder)
    except CompileError as error:
        return str(error)
    return None
