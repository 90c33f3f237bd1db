"""The module `posix`: files and the process's surroundings. Text is UTF-8, newlines are kept as they are."""

import os

from spy_vm.modules.define import ACTS, ACTS_RAISES, MAKES, MAKES_RAISES, HostModule, functions
from spy_vm.modules.files import Files
from spy_vm.modules.host_io import HostIO
from spy_vm.modules.os_errors import os_errors


def posix_module(io: HostIO) -> HostModule:
    """Return the module."""
    files = Files(io)
    return HostModule(
        "posix",
        functions(
            "posix",
            ("_open", ("str", "str"), "i32", os_errors(files.open), ACTS_RAISES),
            ("_read", ("i32", "i32"), "str", os_errors(files.read), MAKES_RAISES),
            ("_readline", ("i32",), "str", os_errors(files.readline), MAKES_RAISES),
            ("_write", ("i32", "str"), "i32", os_errors(files.write), ACTS_RAISES),
            ("_flush", ("i32",), "None", os_errors(files.flush), ACTS_RAISES),
            ("_close", ("i32",), "None", os_errors(files.close), ACTS_RAISES),
            ("_fileno", ("i32",), "i32", os_errors(files.fileno), ACTS_RAISES),
            ("_seek", ("i32", "i32", "i32"), "None", os_errors(files.seek), ACTS_RAISES),
            ("_tell", ("i32",), "i32", os_errors(files.tell), ACTS_RAISES),
            ("_isatty", ("i32",), "bool", os.isatty, ACTS),
            ("_getenv", ("str",), "str", lambda name: os.environ.get(name, ""), MAKES),
            ("_hasenv", ("str",), "bool", lambda name: name in os.environ, ACTS),
            ("_getcwd", (), "str", os_errors(os.getcwd), MAKES_RAISES),
            ("_remove", ("str",), "None", os_errors(os.remove), ACTS_RAISES),
            ("_exists", ("str",), "bool", lambda path: "\0" not in path and os.path.exists(path), ACTS),
            ("_columns", (), "i32", lambda: io.terminal_size()[0], ACTS),
            ("_lines", (), "i32", lambda: io.terminal_size()[1], ACTS),
        ),
        {name: ("i32", value) for value, name in enumerate(("SEEK_SET", "SEEK_CUR", "SEEK_END"))},
        doc="files and the operating system",
    )
