"""The module `sys`."""

from __future__ import annotations

from spy_vm.exceptions import Raised
from spy_vm.modules.define import ACTS, ACTS_RAISES, MAKES_RAISES, HostModule, functions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from spy_vm.modules.host_io import HostIO


def sys_module(io: HostIO) -> HostModule:
    """Return the module."""

    def argument(index: int) -> str:
        if not 0 <= index < len(io.argv):
            raise Raised("IndexError", "list index out of range")
        return io.argv[index]

    return HostModule(
        "sys",
        functions(
            "sys",
            ("exit", ("i32",), "None", _exit, ACTS_RAISES),
            ("_argc", (), "i32", lambda: len(io.argv), ACTS),
            ("_argv", ("i32",), "str", argument, MAKES_RAISES),
        ),
        doc="the running program",
    )


def _exit(code: int) -> NoReturn:
    raise Raised("SystemExit", str(code), str(code))
