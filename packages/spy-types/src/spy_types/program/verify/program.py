"""The whole program: names, sources, types, blocks, globals, externs, functions, entry, exports."""

from collections.abc import Iterator
from contextlib import suppress

from spy_types.errors import SpyError
from spy_types.nesting import room_to_nest
from spy_types.program.program import Function, Program
from spy_types.program.verify import codes
from spy_types.program.verify.classes import verify_classes, verify_methods, verify_objects
from spy_types.program.verify.constants import ConstantVerifier
from spy_types.program.verify.facts import Facts
from spy_types.program.verify.functions import verify_function
from spy_types.program.verify.report import Report, TooManyViolations
from spy_types.program.verify.types import verify_types
from spy_types.program.verify.words import is_symbol, is_unicode, is_word


def verify(program: Program) -> None:
    """Raise SpyError with all violations (at most 1000) of the rules of docs/ir.md, if there are any."""
    report = Report(program.sources)
    with suppress(TooManyViolations):
        try:
            with room_to_nest():
                _verify_program(program, report)
        except RecursionError:
            report.add(codes.TOO_DEEP, "it nests too deeply for this interpreter's stack")
    if report.found:
        raise SpyError.of(report.found)


def _verify_program(program: Program, report: Report) -> None:
    facts = Facts(program)
    _verify_sources(program, report)
    _verify_symbols(program, report)
    verify_types(program.types, report)
    verify_classes(facts, report)
    verify_methods(facts, report)
    _verify_data(facts, report)
    verify_objects(facts, report)
    _verify_externs(facts, report)
    for function in program.functions:
        verify_function(facts, report, function)
    report.where = "the program"
    _verify_entry(program, report)
    _verify_exports(program, report)


def _verify_sources(program: Program, report: Report) -> None:
    for source in program.sources:
        if not all(map(is_unicode, (source.path, source.digest, source.text))):
            report.add(codes.NOT_UNICODE, f"source {source.path!r} holds a surrogate")
    if not is_unicode(program.producer):
        report.add(codes.NOT_UNICODE, "the producer's name holds a surrogate")


def _verify_symbols(program: Program, report: Report) -> None:
    seen = set()
    for fqn in _symbols(program):
        if fqn in seen:
            report.add(codes.DUPLICATE_NAME, f"`{fqn}` is there twice")
        if not is_symbol(fqn):
            report.add(codes.BAD_NAME, f"`{fqn}` is no name for a function or global")
        seen.add(fqn)


def _symbols(program: Program) -> Iterator[str]:
    yield from (variable.fqn for variable in program.globals)
    yield from (extern.fqn for extern in program.externs)
    yield from (function.fqn for function in program.functions)


def _verify_data(facts: Facts, report: Report) -> None:
    constants = ConstantVerifier(facts, report)
    for number, block in enumerate(facts.program.blocks):
        report.where = f"block {number}"
        if block.item not in facts.known_types:
            report.add(codes.UNKNOWN_TYPE, f"`{block.item}` is no type of the program")
            continue
        for value in block.values:
            constants.verify(block.item, value)
    for variable in facts.program.globals:
        report.where = f"global `{variable.fqn}`"
        if variable.t not in facts.known_types:
            report.add(codes.UNKNOWN_TYPE, f"`{variable.t}` is no type of the program")
        else:
            constants.verify(variable.t, variable.init)


def _verify_externs(facts: Facts, report: Report) -> None:
    for extern in facts.program.externs:
        report.where = f"extern `{extern.fqn}`"
        for t in (*extern.params, extern.result):
            if t not in facts.known_types:
                report.add(codes.UNKNOWN_TYPE, f"`{t}` is no type of the program")


def _verify_entry(program: Program, report: Report) -> None:
    if program.entry is None:
        return
    entry = next((f for f in program.functions if f.fqn == program.entry), None)
    if entry is None:
        report.add(codes.BAD_ENTRY, f"there is no function `{program.entry}` to start with")
    elif entry.result not in ("None", "i32") or not _takes_argv(program, entry):
        report.add(
            codes.BAD_ENTRY,
            f"`{program.entry}` cannot start a program: it takes nothing or list[str], and gives None or i32",
            entry.pos,
        )


def _takes_argv(program: Program, entry: Function) -> bool:
    match entry.params:
        case ():
            return True
        case (argv,):
            definition = program.types.get(argv.t)
            return definition is not None and definition.display == "list[str]"
        case _:
            return False


def _verify_exports(program: Program, report: Report) -> None:
    functions = {f.fqn for f in program.functions}
    seen = set()
    for export in program.exports:
        if export.fqn not in functions:
            report.add(codes.BAD_EXPORT, f"there is no function `{export.fqn}` to export")
        if export.name in seen:
            report.add(codes.BAD_EXPORT, f"`{export.name}` is exported twice")
        if not is_word(export.name):
            report.add(codes.BAD_NAME, f"`{export.name}` is no name for an export")
        seen.add(export.name)
