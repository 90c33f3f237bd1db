"""The spy command, and SPy from Python: `spy_cli.load(path)`.

Nothing is imported until it is used: the command must start quickly.
"""

TYPE_CHECKING = False  # `typing` takes half as long to import as Python to start
if TYPE_CHECKING:
    from spy_cli.embed import load

__all__ = ["load"]


def __getattr__(name: str) -> object:
    if name == "load":
        from spy_cli.embed import load

        return load
    raise AttributeError(f"module 'spy_cli' has no attribute {name!r}")
