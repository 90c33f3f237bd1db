"""The query builder of examples/: its statements run in SQLite, in all engines, and cost nothing."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spy_cli import load

from tests.examples.program_ir import late_nodes, library, reached
from tests.harness.engines import spy

FOLDER = Path(__file__).parents[2] / "examples" / "query"
USERS = [(1, "Ada", 36), (2, "O'Hara", 17), (3, "Bob", 18), (4, "Anna", 71)]
ORDERS = [(1, 1, 9.5), (2, 1, 100.0), (3, 2, 3.5), (4, 3, 200.0)]


@pytest.fixture(scope="module", params=["interp", "redshift", "native"])
def shop(request: pytest.FixtureRequest) -> Any:
    return load(FOLDER / "shop.spy", engine=request.param)


@pytest.fixture
def database(shop: Any) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(shop.CREATE_USERS)
    connection.execute(shop.CREATE_ORDERS)
    for user in USERS:
        connection.execute(*shop.add_user(*user))
    for order in ORDERS:
        connection.execute(*shop.add_order(*order))
    yield connection
    connection.close()


def test_inserted_rows_are_there(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT * FROM users ORDER BY id").fetchall() == USERS
    assert database.execute("SELECT * FROM orders ORDER BY id").fetchall() == ORDERS


def test_constant_conditions(shop: Any, database: sqlite3.Connection) -> None:
    rows = database.execute(shop.ADULTS_SQL).fetchall()
    assert rows == sorted((u for u in USERS if u[2] >= 18), key=lambda user: user[1])


@pytest.mark.parametrize(("least", "most"), [(0, 200), (17, 37), (50, 60)])
def test_bound_parameters(shop: Any, database: sqlite3.Connection, least: int, most: int) -> None:
    rows = database.execute(*shop.between(least, most)).fetchall()
    wanted = [(name, age) for _, name, age in USERS if least <= age < most]
    assert rows == sorted(wanted, key=lambda row: -row[1])


def test_join(shop: Any, database: sqlite3.Connection) -> None:
    rows = database.execute(*shop.expensive("Ada", 10.0)).fetchall()
    names = {id: name for id, name, _ in USERS}
    wanted = [
        (id, total * 2)
        for id, user, total in ORDERS
        if (total > 10.0 and names[user] == "Ada") or names[user] == "O'Hara"
    ]
    assert rows == wanted


def test_hostile_text_is_a_parameter(shop: Any, database: sqlite3.Connection) -> None:
    hostile = "x' OR 1=1; DROP TABLE users; --"
    assert database.execute(*shop.forget(hostile)).rowcount == 0
    database.execute(*shop.add_user(9, hostile, 1))
    assert database.execute(*shop.forget(hostile)).rowcount == 1
    assert database.execute("SELECT * FROM users ORDER BY id").fetchall() == USERS


def test_groups(shop: Any, database: sqlite3.Connection) -> None:
    assert sorted(database.execute(shop.HOW_MANY)) == [(1, 17), (1, 18), (1, 36), (1, 71)]


def test_rows_are_typed(shop: Any, database: sqlite3.Connection) -> None:
    rows = database.execute(shop.ADULTS_SQL).fetchall()
    assert shop.describe_fields(*rows[0]) == "Ada (36)"
    with pytest.raises(TypeError):
        shop.describe_fields("1", "Ada", 36)


def test_nothing_is_decided_at_run_time() -> None:
    program = library(FOLDER / "shop.spy")
    for name in ("add_user", "add_order", "between", "expensive", "forget", "describe_fields"):
        assert late_nodes(reached(program, f"shop::{name}")) == []


@pytest.mark.skipif(shutil.which("objdump") is None, reason="needs binutils")
@pytest.mark.parametrize("function", ["between", "forget"])
def test_machine_code_is_that_of_the_text_written_by_hand(tmp_path: Path, function: str) -> None:
    built = instructions(FOLDER / "shop.spy", tmp_path, function)
    by_hand = instructions(FOLDER / "by_hand.spy", tmp_path, function)
    assert built == by_hand
    assert built[-1] == "ret"


def instructions(source: Path, folder: Path, function: str) -> list[str]:
    """Return the instructions of a function of the release library, addresses taken out."""
    out = folder / f"{source.stem}.so"
    code, _, err = spy(["build", "--kind", "lib", "--release", "-o", str(out), str(source)])
    assert code == 0, err
    command = ["objdump", "-d", "--no-show-raw-insn", f"--disassemble={source.stem}_{function}", out]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    body = listing.split(f"<{source.stem}_{function}>:")[1].split("\n\n")[0]
    lines = [
        re.sub(r"\s*#.*|[0-9a-f]{3,} <|0x[0-9a-f]+\(%rip\)", "", line.split("\t")[-1])
        for line in body.splitlines()[1:]
    ]
    code_lines = [line.strip() for line in lines]
    return code_lines[: code_lines.index("ret") + 1]


WRONG = """\
from shop import User


def older(least: str) -> str:
    return (User.age >= least).SQL


def main() -> None:
    print((User.agee >= 3).SQL, older("a"))
"""


def test_wrong_columns_and_parameters_are_found_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPYPATH", str(FOLDER))
    (tmp_path / "wrong.spy").write_text(WRONG)
    code, out, _ = spy(["check", str(tmp_path / "wrong.spy")])
    assert code == 1
    assert "table users has no column agee" in out
    assert "expected `i32`, got `str`" in out
    assert "2 errors in 1 file" in out
