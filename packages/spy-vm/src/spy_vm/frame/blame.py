"""Where a fault is shown: at the user's own line, with what lies behind it as further places."""

from collections.abc import Iterable

import msgspec
from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc, is_library

from spy_vm.frame.naming import shown_call
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand

RAISED_ON_PURPOSE = "VM035"
IN_CALL = "in this call of "
CHAIN = "blue calls: "


def blue_call(error: SpyError, w_func: W_ASTFunc, args: Iterable[Operand], loc: Loc | None) -> SpyError:
    """Add a blue call with its arguments to the places of `error`; calls inside the library are folded away.

    In front if the callee means it or is the library's, else behind. Labels are shown by place: a note
    tells the order of several calls, the user's first.
    """
    if loc is None or is_library(loc.file):
        return error
    call = shown_call(w_func, args)
    return SpyError.of([_through(d, Label(loc, f"{IN_CALL}`{call}`"), call) for d in error.diagnostics])


def library_call(error: SpyError, loc: Loc | None) -> SpyError:
    """Add the user's call of a library function to the places of `error`, in front."""
    if loc is None or is_library(loc.file):
        return error
    return SpyError.of([_from_library(d, Label(loc, "in this call")) for d in error.diagnostics])


def forwarded_call(error: SpyError, w_func: W_ASTFunc | None) -> SpyError:
    """Put the user's call in front of an error in a call that passes on what `w_func` was called with."""
    loc = None
    while w_func is not None and w_func.packs:
        loc, w_func = w_func.called_from
    if loc is None or is_library(loc.file):
        return error
    call = Label(loc, "in this call")
    return SpyError.of(
        [
            msgspec.structs.replace(d, labels=[call, *(x for x in d.labels if x.loc != loc)])
            for d in error.diagnostics
        ]
    )


def because(error: SpyError, loc: Loc | None, text: str) -> SpyError:
    """Add the place that explains why `error` is one."""
    if loc is None or is_library(loc.file):
        return error
    return SpyError.of(
        [msgspec.structs.replace(d, labels=[*d.labels, Label(loc, text)]) for d in error.diagnostics]
    )


def _through(diagnostic: Diagnostic, call: Label, shown: str) -> Diagnostic:
    if any(label.loc == call.loc for label in diagnostic.labels):
        return diagnostic
    diagnostic = msgspec.structs.replace(diagnostic, notes=_chain(diagnostic, shown))
    labels = list(diagnostic.labels)
    in_front = diagnostic.code == RAISED_ON_PURPOSE or not labels or is_library(labels[0].loc.file)
    labels = [call, *labels] if in_front else [*labels, call]
    return msgspec.structs.replace(diagnostic, labels=labels)


def _chain(diagnostic: Diagnostic, outer: str) -> list[str]:
    """Return the notes of `diagnostic`; one tells the calls that led there, if they are several."""
    calls = [
        label.text.removeprefix(IN_CALL)[1:-1]
        for label in diagnostic.labels
        if label.text.startswith(IN_CALL)
    ]
    others = [note for note in diagnostic.notes if not note.startswith(CHAIN)]
    chains = [note for note in diagnostic.notes if note.startswith(CHAIN)]
    if chains:
        return [f"{CHAIN}{outer} -> {chains[0].removeprefix(CHAIN)}", *others]
    return [f"{CHAIN}{outer} -> {calls[0]}", *others] if calls else others


def _from_library(diagnostic: Diagnostic, call: Label) -> Diagnostic:
    labels = list(diagnostic.labels)
    if labels and not is_library(labels[0].loc.file):
        return diagnostic
    return msgspec.structs.replace(diagnostic, labels=[call, *labels])
