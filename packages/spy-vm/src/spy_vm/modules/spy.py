"""The module `__spy__`: what the library needs of the engine. Its blue names are the evaluator's."""

from spy_vm.modules.define import ACTS, HostModule, functions
from spy_vm.modules.host_io import HostIO


def spy_module(io: HostIO) -> HostModule:
    """Return the module. `is_compiled` must not be folded, hence not pure: native code has another answer."""
    return HostModule(
        "__spy__",
        functions(
            "__spy__",
            ("_stdout_write", ("str",), "None", io.write_out, ACTS),
            ("_stderr_write", ("str",), "None", io.write_err, ACTS),
            ("_stdout_flush", (), "None", io.flush_out, ACTS),
            ("is_compiled", (), "bool", lambda: False, ACTS),
        ),
        doc="access to the engine",
    )
