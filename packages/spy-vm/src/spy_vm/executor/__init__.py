"""The executor: a Python function for each function of Program IR, with the positions of its source."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spy_vm.executor.executor import Executor, GlobalCell
    from spy_vm.executor.guard import traceback_entries

__all__ = ["Executor", "GlobalCell", "traceback_entries"]


def __getattr__(name: str) -> object:
    """Import on first use what running a saved program does not need."""
    if name in ("Executor", "GlobalCell"):
        from spy_vm.executor import executor  # noqa: PLC0415  # slow

        return getattr(executor, name)
    if name == "traceback_entries":
        from spy_vm.executor.guard import traceback_entries  # noqa: PLC0415  # as above

        return traceback_entries
    raise AttributeError(f"module 'spy_vm.executor' has no attribute '{name}'")
