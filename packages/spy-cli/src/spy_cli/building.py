"""Redshifts a program and hands it to a backend."""

import argparse
from difflib import get_close_matches
from pathlib import Path

from spy_types.artifacts import Artifact, Backend, BuildRequest
from spy_types.program.codec import encode
from spy_types.program.program import PROGRAM_VERSION

from spy_cli import errors
from spy_cli.cache_dir import cache_dir
from spy_cli.driver import Session
from spy_cli.keep_program import program_for


def build_program(session: Session, args: argparse.Namespace) -> tuple[Backend, Artifact]:
    """Build the program of `session` as `args` and the project file ask; return by whom, and what."""
    defaults = session.settings.build
    kind = args.kind or defaults.kind
    backend = _backend(session, args.backend or defaults.backend, kind)
    name = session.loader.main_name
    base = session.settings.file.parent if session.settings.file is not None else Path()
    out = args.out or (base / defaults.out if defaults.out else None)
    request = BuildRequest(
        name=name,
        out=out,
        kind=kind,
        release=defaults.release if args.release is None else args.release,
        build_dir=session.main.parent / "build",
        cache_dir=cache_dir() / "native",
        options={**defaults.options, **_options(args.option)},
        c_sources=_c_sources(session),
    )
    program = program_for(session, "run" if kind == "exe" else "library")
    return backend, backend.build(encode(program), request)


def _backend(session: Session, name: str, kind: str) -> Backend:
    backends = session.stages.plugins().backends()
    if name not in backends:
        close = get_close_matches(name, backends, 1)
        raise errors.no_backend(name, sorted(backends), close[0] if close else None)
    backend = backends[name]
    package = type(backend).__module__.partition(".")[0]
    if PROGRAM_VERSION not in backend.ir_versions:
        raise errors.version_clash(name, package, backend.ir_versions, PROGRAM_VERSION)
    if kind not in backend.kinds:
        raise errors.unsupported_kind(name, kind, backend.kinds)
    return backend


def _options(pairs: list[str]) -> dict[str, str]:
    return {name: value or "1" for name, _, value in (pair.partition("=") for pair in pairs)}


def _c_sources(session: Session) -> dict[str, str]:
    modules = session.stages.plugins().builtin_modules().values()
    functions = [function for module in modules for function in module.functions.values()]
    return {function.fqn: function.c_source for function in functions if function.c_source is not None}
