from spy_cli.sources import Sources
from spy_cli.traceback_text import Entry, traceback_text


def sources() -> Sources:
    found = Sources()
    found.add("demo.spy", "def f() -> None:\n    raise ValueError('no')\n\nf()\n")
    return found


def test_it_reads_like_that_of_cpython() -> None:
    entries = [Entry("demo.spy", 4, "<module>"), Entry("demo.spy", 2, "f")]
    assert traceback_text(entries, "ValueError", "no", sources()) == (
        "Traceback (most recent call last):\n"
        '  File "demo.spy", line 4, in <module>\n'
        "    f()\n"
        '  File "demo.spy", line 2, in f\n'
        "    raise ValueError('no')\n"
        "ValueError: no"
    )


def test_without_a_message_there_is_no_colon() -> None:
    assert traceback_text([], "KeyboardInterrupt", "", sources()) == "KeyboardInterrupt"


def test_a_line_that_cannot_be_read_is_left_out() -> None:
    assert traceback_text([Entry("gone.spy", 4, "g")], "ValueError", "x", sources()).splitlines() == [
        "Traceback (most recent call last):",
        '  File "gone.spy", line 4, in g',
        "ValueError: x",
    ]


def test_recursion_is_shortened() -> None:
    text = traceback_text([Entry("demo.spy", 2, "f")] * 1000, "RecursionError", "deep", sources())
    assert text.count('File "demo.spy"') == 3
    assert "  [Previous line repeated 997 more times]\n" in text
