import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spy_cli.commands import COMMANDS
from spy_cli.options import WorldOptions
from spy_cli.program_errors import ProgramError
from spy_cli.traceback_text import Entry
from spy_types.errors import Diagnostic, Label, SpyError
from spy_types.loc import Loc

Spy = Callable[..., tuple[int, str, str]]

FAULT = SpyError(Diagnostic("VM001", "mismatched types", [Label(Loc("demo.spy", 2, 14, 2, 17), "got `str`")]))


def returning(code: int) -> Callable[[], int]:
    return lambda: code


def raising(error: BaseException) -> Callable[[], int]:
    def body() -> int:
        raise error

    return body


@pytest.mark.parametrize("argv", [["demo.spy"], ["run", "demo.spy"], ["./demo.spy"]])
def test_a_file_is_run(spy: Spy, stages: Any, argv: list[str]) -> None:
    stages.body = returning(7)
    assert spy(*argv, "-x", "--engine", "a b") == (7, "", "")
    assert stages.log[1:] == ["redshift", ("execute", [argv[-1], "-x", "--engine", "a b"])]


def test_options_before_the_file_are_those_of_the_command(spy: Spy, stages: Any) -> None:
    code, _, _ = spy("--engine", "interp", "--overflow", "check", "demo.spy", "--engine", "redshift")
    assert code == 0
    assert stages.log == [
        ("import", WorldOptions(overflow="check")),
        ("interpret", ["demo.spy", "--engine", "redshift"]),
    ]


def test_the_project_file_decides_where_no_option_does(spy: Spy, stages: Any, project: Path) -> None:
    (project / "spy.toml").write_text('overflow = "check"\n')
    spy("demo.spy")
    spy("run", "--overflow", "wrap", "demo.spy")
    assert [step[1].overflow for step in stages.log if step[0] == "import"] == ["check", "wrap"]


def test_static_errors_are_lazy_when_a_program_just_runs(spy: Spy, stages: Any) -> None:
    stages.static_errors = FAULT
    assert spy("demo.spy") == (0, "", "")
    assert stages.log[1:] == ["redshift", ("interpret", ["demo.spy"])]


def test_import_time_happens_once(spy: Spy, stages: Any) -> None:
    stages.import_error = FAULT
    code, _, err = spy("demo.spy")
    assert (code, err.count("error[VM001]")) == (1, 1)
    assert len(stages.log) == 1


@pytest.mark.parametrize(
    "argv", [["run", "--engine", "redshift", "demo.spy"], ["redshift", "demo.spy"], ["ir", "demo.spy"]]
)
def test_redshift_reports_static_errors(spy: Spy, stages: Any, argv: list[str]) -> None:
    stages.static_errors = FAULT
    code, out, err = spy(*argv)
    assert (code, out) == (1, "")
    assert err == (
        "error[VM001]: mismatched types\n --> demo.spy:2:14\n  |\n"
        "2 |     x: int = 'a'\n  |              ^^^ got `str`\n"
    )


def test_an_uncaught_exception_is_a_traceback_on_stderr(spy: Spy, stages: Any) -> None:
    stages.body = raising(ProgramError("ValueError", "no", [Entry("demo.spy", 2, "main")]))
    assert spy("demo.spy") == (
        1,
        "",
        'Traceback (most recent call last):\n  File "demo.spy", line 2, in main\n'
        "    x: int = 'a'\nValueError: no\n",
    )


def test_a_bug_of_ours_says_so_and_leaves_a_report(spy: Spy, stages: Any) -> None:
    stages.body = raising(LookupError("oops"))
    code, out, err = spy("run", "demo.spy")
    assert (code, out) == (70, "")
    assert err.startswith("error: this is a bug in SPy, not in your program (LookupError: oops)\n")
    assert "Traceback" not in err
    report = Path(err.split("the details are in ")[1].split("\n")[0])
    assert "command: spy run demo.spy" in report.read_text()
    assert "in interpret" in report.read_text() or "in execute" in report.read_text()
    report.unlink()


def test_an_interrupt_is_130(spy: Spy, stages: Any) -> None:
    stages.body = raising(KeyboardInterrupt())
    assert spy("demo.spy")[0] == 130


def test_what_the_system_refuses_is_no_bug_of_ours(spy: Spy, stages: Any) -> None:
    stages.body = raising(PermissionError(13, "Permission denied", "/x"))
    code, _, err = spy("demo.spy")
    assert (code, err) == (1, "error[CLI009]: the system refused to use `/x`: Permission denied\n")


def test_a_missing_file_is_a_diagnostic(spy: Spy, stages: Any) -> None:
    code, out, err = spy("dem.spy")
    assert (code, out) == (1, "")
    assert err == (
        "error[CLI001]: there is no file `dem.spy`\n --> dem.spy:1:1\n  = hint: did you mean `demo.spy`?\n"
    )


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["chekc"], "spy: no such command or file: 'chekc'; did you mean `check`?"),
        (["run"], "the following arguments are required: FILE"),
        (["run", "--engine", "jit", "demo.spy"], "invalid choice: 'jit'"),
        (["--frobnicate", "demo.spy"], "unrecognized arguments: --frobnicate"),
        (["check"], "the following arguments are required: FILE"),
    ],
)
def test_wrong_usage_is_2(spy: Spy, monkeypatch: pytest.MonkeyPatch, argv: list[str], says: str) -> None:
    monkeypatch.setattr("spy_cli.plugins.installed_points", list)
    code, out, err = spy(*argv)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_every_command(spy: Spy, monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> None:
    monkeypatch.setattr("spy_cli.plugins.installed_points", list)
    code, out, _ = spy(*argv)
    assert code == 0
    listed = {line.split()[0] for line in out.splitlines() if line.startswith("  ")}
    assert set(COMMANDS) - {"rs"} <= listed


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(spy: Spy, name: str) -> None:
    code, out, _ = spy(name, "--help")
    assert code == 0
    assert out.startswith(f"usage: spy {name} ")


def test_check_lists_all_errors_of_all_files(spy: Spy, stages: Any, project: Path) -> None:
    (project / "other.spy").write_text("")
    stages.static_errors = SpyError.of(
        [FAULT.diagnostic, Diagnostic("VM037", "demo.spy has no function `main`")]
    )
    code, out, err = spy("check", "demo.spy", "other.spy")
    assert (code, err) == (1, "")
    places = [line.strip() for line in out.splitlines() if "-->" in line]
    assert places == ["--> demo.spy:1:1", "--> demo.spy:2:14", "--> other.spy:1:1"]
    assert out.endswith("\n\n3 errors in 2 files\n")
    assert stages.log.count("check") == 2


def test_check_without_errors_says_so(spy: Spy, stages: Any) -> None:
    assert spy("check", "demo.spy") == (0, "no errors in 1 file\n", "")


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    command = f"{sys.executable} -m spy_cli.main explain | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""
