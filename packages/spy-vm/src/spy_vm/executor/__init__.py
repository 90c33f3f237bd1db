"""The executor: each function of Program IR becomes one Python function whose positions are those of the source."""

from spy_vm.executor.executor import Executor, GlobalCell
from spy_vm.executor.guard import traceback_entries

__all__ = ["Executor", "GlobalCell", "traceback_entries"]
