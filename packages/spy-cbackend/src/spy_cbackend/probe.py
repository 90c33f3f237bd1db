"""Whether the C compiler works at all: asked when a compilation fails, to tell whose fault it is."""

from collections.abc import Sequence
from pathlib import Path

from spy_cbackend.toolchain import CompileError, Compiler, run_compiler

SMALLEST = "int main(void) { return 0; }\n"


def compiler_fault(compiler: Compiler, flags: Sequence[str], folder: Path) -> str | None:
    """Return what the compiler says of the smallest program, None if it compiles and links it."""
    source = folder / "smallest.c"
    source.write_text(SMALLEST)
    try:
        run_compiler(compiler, [*flags, str(source), "-lm"], folder, folder / "smallest")
    except CompileError as error:
        return str(error).strip() or "it tells no reason"
    return None
