"""A program, a function or an expression as text."""

from collections.abc import Iterator, Sequence

from spy_types.nesting import room_to_nest
from spy_types.program.nodes import Expr, Stmt
from spy_types.program.printer.constants import ConstantPrinter
from spy_types.program.printer.names import Names
from spy_types.program.printer.statements import INDENT, StatementPrinter, print_function_lines
from spy_types.program.program import Block, Extern, Function, Global, Method, Object, Program
from spy_types.program.types import ClassType, StructType, TypeId


def print_program(program: Program, *, full_fqn: bool = False, module: str | None = None) -> str:
    """Return `program` as Python-like text.

    :param full_fqn: write every operator as a call and every name in full
    :param module: print only the functions of this module; None prints everything: structs, blocks,
        globals, externs and all functions, with the names of the entry's module bare
    """
    names = Names(program, _main_module(program) if module is None else module, full=full_fqn)
    functions = [f for f in program.functions if module is None or _module(f.fqn) == module]
    with room_to_nest():
        sections = [] if module is not None else list(_declarations(names, program))
        sections += ["\n".join(print_function_lines(names, program, f)) for f in functions]
    return "\n\n".join(sections) + "\n" if sections else ""


def print_function(function: Function, program: Program | None = None, *, full_fqn: bool = False) -> str:
    """Return one function; `program` supplies the names of types as users read them."""
    names = Names(program, _module(function.fqn), full=full_fqn)
    with room_to_nest():
        return "\n".join(print_function_lines(names, program, function)) + "\n"


def print_body(body: Sequence[Stmt], program: Program | None = None, *, module: str = "") -> str:
    """Return some statements, without the types of locals, for messages and pictures."""
    printer = StatementPrinter(Names(program, module, full=False), program, ())
    with room_to_nest():
        return "\n".join(printer.lines(body)) + "\n"


def print_expr(
    expr: Expr, program: Program | None = None, *, full_fqn: bool = False, module: str = ""
) -> str:
    """Return one expression, for messages and reports."""
    printer = StatementPrinter(Names(program, module, full=full_fqn), program, ())
    with room_to_nest():
        return printer.expr(expr)


def _declarations(names: Names, program: Program) -> Iterator[str]:
    constants = ConstantPrinter(names, program)
    for t, definition in program.types.items():
        if isinstance(definition, StructType):
            yield _struct(names, t, definition)
        elif isinstance(definition, ClassType):
            yield _class(names, t, definition)
    if program.methods:
        yield "\n".join(_method(names, method) for method in program.methods)
    if program.objects:
        yield "\n".join(_object(names, constants, i, made) for i, made in enumerate(program.objects))
    if program.blocks:
        yield "\n".join(_block(names, constants, i, block) for i, block in enumerate(program.blocks))
    if program.globals:
        yield "\n".join(_global(names, constants, variable) for variable in program.globals)
    if program.externs:
        yield "\n".join(_extern(names, extern) for extern in program.externs)


def _struct(names: Names, t: TypeId, struct: StructType) -> str:
    fields = [f"{INDENT}{field.name}: {names.type(field.t)}" for field in struct.fields]
    return "\n".join(["@struct", f"class {names.type(t)}:", *(fields or [f"{INDENT}pass"])])


def _class(names: Names, t: TypeId, definition: ClassType) -> str:
    fields = [f"{INDENT}{field.name}: {names.type(field.t)}" for field in definition.fields]
    bases = f"({', '.join(map(names.type, definition.ancestors))})" if definition.ancestors else ""
    return "\n".join([f"class {names.type(t)}{bases}:", *(fields or [f"{INDENT}pass"])])


def _method(names: Names, method: Method) -> str:
    params = ", ".join(map(names.type, method.params))
    impls = ", ".join(f"{names.type(impl.t)}: {names.function(impl.func)}" for impl in method.impls)
    return f"def {names.symbol(method.fqn)}({params}) -> {names.type(method.result)}: {{{impls}}}"


def _object(names: Names, constants: ConstantPrinter, number: int, made: Object) -> str:
    definition = constants.types.get(made.t)
    fields = definition.fields if isinstance(definition, ClassType) else ()
    values = ", ".join(
        f"{field.name}={constants.text(field.t, value)}"
        for field, value in zip(fields, made.values, strict=False)
        if value is not None
    )
    return f"object{number}: {names.type(made.t)} = {{{values}}}"


def _block(names: Names, constants: ConstantPrinter, number: int, block: Block) -> str:
    values = ", ".join(constants.text(block.item, value) for value in block.values)
    return f"block{number}: {block.kind}[{names.type(block.item)}] = [{values}]"


def _global(names: Names, constants: ConstantPrinter, variable: Global) -> str:
    init = constants.text(variable.t, variable.init)
    return f"{names.symbol(variable.fqn)}: {names.type(variable.t)} = {init}"


def _extern(names: Names, extern: Extern) -> str:
    params = ", ".join(map(names.type, extern.params))
    return f"def {names.symbol(extern.fqn)}({params}) -> {names.type(extern.result)}: ..."


def _main_module(program: Program) -> str:
    if program.entry is not None:
        return _module(program.entry)
    candidates = [*(e.fqn for e in program.exports), *(f.fqn for f in program.functions)]
    return _module(candidates[0]) if candidates else ""


def _module(fqn: str) -> str:
    return fqn.partition("::")[0]
