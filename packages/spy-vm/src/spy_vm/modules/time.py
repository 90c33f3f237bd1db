"""The module `time`."""

import time

from spy_vm.exceptions import Raised
from spy_vm.modules.define import ACTS, ACTS_RAISES, HostModule, functions


def time_module() -> HostModule:
    """Return the module."""
    return HostModule(
        "time",
        functions(
            "time",
            ("time", (), "f64", time.time, ACTS),
            ("sleep", ("f64",), "None", _sleep, ACTS_RAISES),
            ("perf_counter", (), "f64", time.perf_counter, ACTS),
            ("monotonic", (), "f64", time.monotonic, ACTS),
        ),
        doc="clocks, in seconds",
    )


def _sleep(seconds: float) -> None:
    try:
        time.sleep(seconds)
    except (ValueError, OverflowError) as error:
        raise Raised(type(error).__name__, str(error)) from None
