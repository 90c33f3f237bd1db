"""Faults in serialised IR. Codes IR001-IR099."""

from spy_types.errors import Diagnostic, SpyError


def version_mismatch(what: str, *, found: int, expected: int) -> SpyError:
    """The file is of another version."""
    return SpyError(
        Diagnostic(
            "IR001",
            f"this file holds {what} version {found}, but this SPy reads version {expected}",
            hint="make it again with this version of SPy",
            etype="ImportError",
        )
    )


def malformed_ir(what: str, detail: str) -> SpyError:
    """The bytes are not what they claim to be."""
    return SpyError(Diagnostic("IR002", f"this is not valid {what}: {detail}", etype="ImportError"))


def unwritable_ir(what: str, detail: str) -> SpyError:
    """The wire format cannot carry it: a lone surrogate, an integer beyond 64 bits, deep nesting."""
    return SpyError(Diagnostic("IR003", f"this {what} cannot be written: {detail}", etype="ValueError"))


def malformed_fqn(text: str) -> SpyError:
    """The text is not a fully qualified name."""
    return SpyError(Diagnostic("IR004", f"`{text}` is not a qualified name", etype="ValueError"))
