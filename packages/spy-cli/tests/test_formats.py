import json

from spy_cli.formats import FORMATS
from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc

FAULTS = [
    Diagnostic(
        "VM001",
        "mismatched types",
        [
            Label(Loc("demo.spy", 4, 9, 4, 16), "got `str`"),
            Label(Loc("demo.spy", 2, 8, 2, 11), "declared here"),
        ],
        "write str(x)",
        notes=["a note"],
    )
]


def test_json_has_everything() -> None:
    place = {"file": "demo.spy", "line": 4, "column": 9, "end_line": 4, "end_column": 16}
    reason = {"file": "demo.spy", "line": 2, "column": 8, "end_line": 2, "end_column": 11}
    assert json.loads(FORMATS["json"](FAULTS, 1)) == {
        "version": 1,
        "files": 1,
        "diagnostics": [
            {
                "code": "VM001",
                "title": "mismatched types",
                "type": "TypeError",
                **place,
                "labels": [{**place, "text": "got `str`"}, {**reason, "text": "declared here"}],
                "notes": ["a note"],
                "hint": "write str(x)",
            }
        ],
    }


def test_sarif_has_the_places_that_code_hosts_show() -> None:
    (run,) = json.loads(FORMATS["sarif"](FAULTS, 1))["runs"]
    (result,) = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["VM001"]
    assert (result["ruleId"], result["message"]["text"]) == ("VM001", "mismatched types (hint: write str(x))")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 9, "endLine": 4, "endColumn": 16}
    assert result["relatedLocations"][0]["message"] == {"text": "declared here"}


def test_no_errors_are_an_empty_list() -> None:
    assert json.loads(FORMATS["json"]([], 3)) == {"version": 1, "files": 3, "diagnostics": []}
    assert json.loads(FORMATS["sarif"]([], 3))["runs"][0]["results"] == []
