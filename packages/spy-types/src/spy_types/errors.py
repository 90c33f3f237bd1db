"""Diagnostics: faults in the user's program, as data. Rendering lives in spy_cli.render."""

from collections.abc import Iterable, Sequence

import msgspec

from spy_types.loc import Loc


class Label(msgspec.Struct, frozen=True):
    """A remark attached to a place in the source."""

    loc: Loc
    text: str


class Diagnostic(msgspec.Struct, frozen=True):
    """One fault. `code` is stable and documented in docs/errors/; the wording may improve.

    `etype` is the SPy exception that a running program sees (`TypeError`, `NameError`, ...).
    The first label marks the fault itself, the others the reasons for it.
    """

    code: str
    title: str
    labels: Sequence[Label] = ()
    hint: str | None = None
    etype: str = "TypeError"
    notes: Sequence[str] = ()


class SpyError(Exception):
    """The user's program is at fault. Every other exception is a bug in SPy."""

    def __init__(self, diagnostic: Diagnostic, *more: Diagnostic) -> None:
        super().__init__(f"{diagnostic.code}: {diagnostic.title}")
        self.diagnostics: list[Diagnostic] = [diagnostic, *more]

    @property
    def diagnostic(self) -> Diagnostic:
        """The first fault."""
        return self.diagnostics[0]

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> "SpyError":
        """Return one error that carries all of `diagnostics`, of which there must be at least one."""
        first, *rest = diagnostics
        return cls(first, *rest)
