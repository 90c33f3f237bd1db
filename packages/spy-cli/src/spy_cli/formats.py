"""Lists of diagnostics for eyes and for machines."""

import sys
from collections.abc import Callable, Sequence

import msgspec
from spy_types.errors import Diagnostic, Label

from spy_cli.render import render_all
from spy_cli.style import palette_for

Format = Callable[[Sequence[Diagnostic], int], str]


def text(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """Return the reports, then how many there are."""
    palette = palette_for(sys.stdout)
    checked = f"{files} file{'' if files == 1 else 's'}"
    if not diagnostics:
        return palette.paint("green", f"no errors in {checked}") + "\n"
    count = len(diagnostics)
    summary = f"{count} error{'' if count == 1 else 's'} in {checked}"
    return f"{render_all(diagnostics, palette=palette)}\n\n{palette.paint('red', summary)}\n"


def json(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """Return one JSON document; places count from 1, ends are exclusive."""
    document = {"version": 1, "files": files, "diagnostics": [_entry(d) for d in diagnostics]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def sarif(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """Return a SARIF 2.1.0 log, which code hosts show next to the source."""
    rules = [{"id": code} for code in sorted({d.code for d in diagnostics})]
    driver = {"name": "spy", "rules": rules}
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_sarif_result(d) for d in diagnostics]}],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


FORMATS: dict[str, Format] = {"text": text, "json": json, "sarif": sarif}


def _entry(diagnostic: Diagnostic) -> dict[str, object]:
    labels = [_place(label) | {"text": label.text} for label in diagnostic.labels]
    first = _place(diagnostic.labels[0]) if diagnostic.labels else {}
    return {
        "code": diagnostic.code,
        "title": diagnostic.title,
        "type": diagnostic.etype,
        **first,
        "labels": labels,
        "notes": list(diagnostic.notes),
        "hint": diagnostic.hint,
    }


def _place(label: Label) -> dict[str, object]:
    loc = label.loc
    return {
        "file": loc.file,
        "line": loc.line,
        "column": loc.col,
        "end_line": loc.end_line,
        "end_column": loc.end_col,
    }


def _sarif_result(diagnostic: Diagnostic) -> dict[str, object]:
    first, *others = [_sarif_location(label) for label in diagnostic.labels] or [{}]
    text = f"{diagnostic.title} (hint: {diagnostic.hint})" if diagnostic.hint else diagnostic.title
    return {
        "ruleId": diagnostic.code,
        "level": "error",
        "message": {"text": text},
        "locations": [first] if first else [],
        "relatedLocations": others,
    }


def _sarif_location(label: Label) -> dict[str, object]:
    loc = label.loc
    region = {
        "startLine": loc.line,
        "startColumn": loc.col,
        "endLine": loc.end_line,
        "endColumn": loc.end_col,
    }
    physical = {"artifactLocation": {"uri": loc.file}, "region": region}
    return {"physicalLocation": physical, **({"message": {"text": label.text}} if label.text else {})}
