"""The module `input`: the standard input, line by line."""

from spy_vm.exceptions import Raised
from spy_vm.modules.define import MAKES_RAISES, HostModule, functions
from spy_vm.modules.host_io import HostIO


def input_module(io: HostIO) -> HostModule:
    """Return the module. `_readline` keeps the newline; an empty string is the end of the input."""

    def readline() -> str:
        try:
            return io.read_line()
        except UnicodeDecodeError as error:
            raise Raised("UnicodeDecodeError", str(error)) from None

    return HostModule(
        "input",
        functions("input", ("_readline", (), "str", readline, MAKES_RAISES)),
        doc="the standard input",
    )
