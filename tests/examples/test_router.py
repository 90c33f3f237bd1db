"""The router of examples/: over HTTP, in all engines, with nothing left to decide at run time."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from spy_cli import load

from tests.examples.program_ir import anonymous, late_nodes, library, reached

FOLDER = Path(__file__).parents[2] / "examples" / "router"
ADA = {"id": 1, "name": "Ada", "age": 36, "tags": ["math"]}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a running server."""
    pytest.importorskip("uvicorn")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-m", "uvicorn", "serve:app", "--fd", str(listener.fileno())]
        process = subprocess.Popen(
            [*command, "--log-level", "warning"],
            cwd=FOLDER,
            pass_fds=[listener.fileno()],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        try:
            wait_for(f"{address}/nothing")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def wait_for(url: str) -> None:
    """Return when something answers; the socket listens from the start, so the first request waits for it."""
    try:
        urlopen(url, timeout=240)
    except HTTPError as error:
        error.close()
    except URLError as error:  # pragma: no cover
        raise AssertionError(f"no server at {url}") from error


def ask(url: str, body: object = None, method: str = "GET") -> tuple[int, object]:
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(url, data, method=method), timeout=30) as response:
            assert response.headers["content-type"] == "application/json"
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_path_parameters(server: str) -> None:
    assert ask(f"{server}/users/1") == (200, ADA)
    assert ask(f"{server}/users/99") == (404, {"status": 404, "detail": "no user 99"})
    assert ask(f"{server}/users/x")[0] == 422


def test_query_parameters(server: str) -> None:
    status, users = ask(f"{server}/users?older_than=30")
    assert status == 200
    assert ADA in users  # type: ignore[operator]  # a list
    assert ask(f"{server}/users?older_than=1000") == (200, [])
    assert ask(f"{server}/users")[0] == 422


def test_text_survives_json_and_urls(server: str) -> None:
    name = 'Grace "G\\" \n\t\x01 Höpper 🚀'
    status, made = ask(f"{server}/users", {"tags": ["é", ""], "age": 85, "name": name}, "POST")
    assert status == 200
    assert isinstance(made, dict)
    assert made == {"id": made["id"], "name": name, "age": 85, "tags": ["é", ""]}
    assert ask(f"{server}/users/{made['id']}") == (200, made)
    assert ask(f"{server}/greet/J%C3%BCrgen%20%F0%9F%9A%80?shout=false") == (200, "Hello, Jürgen 🚀")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"name": }',
        b"[1,]",
        b'{"name": "\\ud800", "age": 1, "tags": []}',
        b"{}x",
        b'{"a" 1}',
        b'"abc',
        b"-",
        b"1.",
    ],
)
def test_what_is_no_json_is_a_bad_request(server: str, body: bytes) -> None:
    assert ask(f"{server}/users", body, "POST")[0] == 400


@pytest.mark.parametrize(
    "body", [[], 3, {}, {"name": 1, "age": 1, "tags": []}, {"name": "", "age": 1, "tags": [1]}]
)
def test_json_of_another_shape_is_unprocessable(server: str, body: object) -> None:
    assert ask(f"{server}/users", body, "POST")[0] == 422


@pytest.mark.parametrize("path", ["greet/%C", "greet/%zz", "greet/%FF", "greet/%ED%A0%80"])
def test_bad_escapes_are_bad_requests(server: str, path: str) -> None:
    assert ask(f"{server}/{path}")[0] == 400


def test_numbers_that_do_not_fit_are_unprocessable(server: str) -> None:
    assert ask(f"{server}/users/99999999999")[0] == 422
    assert ask(f"{server}/users", {"name": "", "age": 2**40, "tags": []}, "POST")[0] == 422


def test_defaults_and_raised_errors(server: str) -> None:
    assert ask(f"{server}/greet/Ada") == (200, "Hello, Ada")
    assert ask(f"{server}/greet/Ada?shout=true") == (200, "HELLO, ADA")
    assert ask(f"{server}/greet/nobody") == (418, {"status": 418, "detail": "nobody is there"})


def test_unknown_paths_and_methods(server: str) -> None:
    assert ask(f"{server}/") == (404, {"status": 404, "detail": "not found"})
    assert ask(f"{server}/users/1/more")[0] == 404
    assert ask(f"{server}/users/1", method="DELETE")[0] == 405


@pytest.mark.parametrize("engine", ["interp", "redshift", "native"])
def test_engines_called_from_python(engine: str) -> None:
    users = load(FOLDER / "users.spy", engine=engine)  # type: ignore[arg-type]  # one of the three
    response = users.handle("GET", "/users/1", "")
    assert (response.status, json.loads(response.body)) == (200, ADA)


def test_nothing_is_decided_at_run_time() -> None:
    functions = list(reached(library(FOLDER / "users.spy"), "users::handle"))
    names = {function.fqn for function in functions}
    assert {"users::get_user#__bare__", "users::add_user#__bare__"} <= names
    assert late_nodes(iter(functions)) == []


def test_routing_is_the_code_that_one_writes_by_hand() -> None:
    routed, by_hand = library(FOLDER / "users.spy"), library(FOLDER / "by_hand.spy")
    made = {
        "router.app::dispatcher::dispatch": "handle",
        "router.pattern::matcher::matches": "is_one_user",
        "router.pattern::matcher::matches#1": "is_users",
        "router.pattern::matcher::matches#2": "is_greeting",
        "router.endpoint::endpoint::answer": "answer_one_user",
        "router.endpoint::endpoint::answer#1": "answer_users",
        "router.endpoint::endpoint::answer#2": "answer_new_user",
        "router.endpoint::endpoint::answer#3": "answer_greeting",
    }
    written = {f"by_hand::{name}": name for name in made.values()}
    for ours, name in list(made.items())[:4]:
        assert anonymous(routed, ours, made) == anonymous(by_hand, f"by_hand::{name}", written)
