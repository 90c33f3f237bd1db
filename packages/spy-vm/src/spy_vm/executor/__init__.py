"""The executor: a Python function for each function of Program IR, with the positions of its source."""

from spy_vm.executor.executor import Executor, GlobalCell
from spy_vm.executor.guard import traceback_entries

__all__ = ["Executor", "GlobalCell", "traceback_entries"]
