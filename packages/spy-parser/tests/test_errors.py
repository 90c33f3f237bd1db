"""What users read about each fault: `pytest --update-golden` rewrites the reports, review them as code."""

from pathlib import Path

import pytest
from spy_parser import parse
from spy_types.errors import Diagnostic, SpyError
from spy_types.testing import GoldenCase


def report(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as lines of text, with the places as line:column-line:column."""
    lines = [f"{diagnostic.code} {diagnostic.title}"]
    for label in diagnostic.labels:
        loc = label.loc
        lines.append(f"  {loc.line}:{loc.col}-{loc.end_line}:{loc.end_col} {label.text}")
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines)


def test_errors(golden: GoldenCase) -> None:
    with pytest.raises(SpyError) as caught:
        parse(golden.sections["input"])
    golden.check("report", "\n".join(map(report, caught.value.diagnostics)))


def test_every_case_is_named_for_its_code() -> None:
    for path in (Path(__file__).parent / "golden" / "errors").glob("*.golden"):
        assert f"\n{path.stem} " in path.read_text("utf-8")


def test_faults_that_need_long_or_strange_input() -> None:
    for code, text in (
        ("PARSE016", "x = " + "1" * 4301),
        ("PARSE022", "".join(" " * i + "if x:\n" for i in range(101)) + " " * 101 + "x\n"),
        ("PARSE024", "x = 1\\"),
        ("PARSE094", "x = '\0'"),
    ):
        with pytest.raises(SpyError) as caught:
            parse(text)
        assert caught.value.diagnostic.code == code
