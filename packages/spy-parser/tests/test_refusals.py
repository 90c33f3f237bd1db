import sys

import pytest
from parser_corpus import CORPUS
from spy_parser import parse
from spy_types.errors import SpyError


def programs(name: str) -> list[str]:
    return (CORPUS / name).read_text("utf-8").split("\n===\n")


REFUSED_312 = programs("refused_312.txt")
NEWER = pytest.mark.skipif(sys.version_info < (3, 12), reason="this Python has no type parameters")
ALL = [*programs("refused.txt"), *(pytest.param(text, marks=NEWER) for text in REFUSED_312)]
ON_THE_FIRST_OF_TWO_LINES = "def f():\n    global x\n    nonlocal x"


def lines_refused(text: str) -> set[int]:
    with pytest.raises(SpyError) as caught:
        parse(text)
    for diagnostic in caught.value.diagnostics:
        assert diagnostic.code.startswith("PARSE")
        assert diagnostic.etype == "ParseError"
        assert (
            diagnostic.title[0].islower()
            or not diagnostic.title[0].isalpha()
            or "import *" in diagnostic.title
        )
    return {diagnostic.labels[0].loc.line for diagnostic in caught.value.diagnostics}


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("text", ALL)
def test_refused_like_cpython_on_the_same_line(text: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        compile(text, "<refused>", "exec", dont_inherit=True)
    shift = 1 if text == ON_THE_FIRST_OF_TWO_LINES else 0
    assert caught.value.lineno is not None
    assert caught.value.lineno + shift in lines_refused(text)


@pytest.mark.parametrize("text", REFUSED_312)
def test_refused_on_every_python(text: str) -> None:
    assert lines_refused(text)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("text", programs("accepted.txt"))
def test_accepted_like_cpython(text: str) -> None:
    compile(text, "<accepted>", "exec", dont_inherit=True)
    parse(text)
