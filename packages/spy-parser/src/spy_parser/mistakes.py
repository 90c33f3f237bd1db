"""Mistakes that people make, recognised where the grammar failed. The first that fits is told."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from spy_types.errors import Diagnostic
from spy_types.loc import Loc

from spy_parser.errors import grammar as errors
from spy_parser.grammar.terminals import KEYWORDS
from spy_parser.marks import END, FIELD_CLOSE, FIELD_OPEN, restore

_CONTROL: Final = frozenset(map(chr, [0x0B, *range(0x0E, 0x20)]))
_CLAUSES: Final = frozenset(("else", "elif", "except", "finally", "case"))
_OPERATORS: Final = {"&&": "and", "||": "or", "!": "not", "<>": "!="}
_DECLARED: Final = re.compile(r"\w+\s+\w+")
_FIRST_WORD: Final = re.compile(r"\w+")
_ATTRIBUTE: Final = re.compile(r"\.[ \t\f]*(\w+)")
_NUMBER_START: Final = re.compile(r"\.?[0-9]")
_OPERAND_END: Final = re.compile(r"[\w\"')\]}\x04]")
_OPERAND_START: Final = re.compile(r"[\w\"'\[({]")
_OPERANDS: Final = frozenset((
    "atom", "operand", "low_operand", "primary", "expression", "star_expression", "expressions", "right_hand",
    "else_operand", "conditional", "operation", "comparison", "bit_operation", "named_expression",
    "star_named", "argument", "slice", "entry", "target",
))  # fmt: skip
_MISSING: Final = {"lpar": "(", "rpar": ")", "rsqb": "]", "rbrace": "}", "in_kw": "in", "import_kw": "import"}


@final
@dataclass(frozen=True, slots=True)
class Failure:
    """The statement at `start` of `text` fails at `place`: there stands `token`, not the rule `expected`."""

    text: str
    start: int
    place: int
    token: str
    expected: str
    loc: Loc

    @property
    def before(self) -> str:
        """The code of the statement up to the place."""
        return self.text[self.start : self.place].rstrip()

    @property
    def first_word(self) -> str:
        """The word the statement begins with."""
        match = _FIRST_WORD.match(self.text, self.start)
        return match[0] if match else ""


def _character(failure: Failure) -> Diagnostic | None:
    """A character that is no part of the language, at the place or in the word there."""
    hidden = failure.token if failure.token.isascii() else restore(failure.token)
    if hidden == failure.token and hidden < " ":
        return errors.unknown_character(failure.loc, hidden) if hidden in _CONTROL else None
    strange = next(filter(_is_strange, hidden), None)
    return None if strange is None else errors.unknown_character(failure.loc, strange)


def _is_strange(char: str) -> bool:
    if char > "\x7f":
        return not f"a{char}".isidentifier()
    return char < " " or char in "$?`\x7f"


def _line_join(failure: Failure) -> Diagnostic | None:
    return errors.after_backslash(failure.loc) if failure.token == "\\" else None


def _number(failure: Failure) -> Diagnostic | None:
    starts = _NUMBER_START.match(failure.text, failure.place)
    if starts is None or _OPERAND_END.match(failure.before[-1:]):
        return None
    return errors.bad_number(failure.loc, failure.token)


def _other_language(failure: Failure) -> Diagnostic | None:
    if failure.token == ">" and failure.before.endswith("<"):
        return errors.foreign_operator(failure.loc, "<>", "!=")
    found = _OPERATORS.get(failure.token)
    if failure.token in "&|" and failure.before.endswith(failure.token):
        found = _OPERATORS[failure.token * 2]
        return errors.foreign_operator(failure.loc, failure.token * 2, found)
    return errors.foreign_operator(failure.loc, failure.token, found) if found else None


def _clause(failure: Failure) -> Diagnostic | None:
    """`else` where no `if` waits for it; `else if`."""
    if failure.place == failure.start and failure.token in _CLAUSES:
        return errors.clause_alone(failure.loc, failure.token)
    if failure.token == "if" and failure.before == "else":
        return errors.else_if(failure.loc)
    return None


def _statement_of_python_2(failure: Failure) -> Diagnostic | None:
    if failure.first_word in ("print", "exec") and failure.before == failure.first_word:
        return errors.print_statement(failure.loc, failure.first_word)
    return None


def _assignment_for_comparison(failure: Failure) -> Diagnostic | None:
    if failure.token == "=" and failure.before in KEYWORDS:
        return errors.keyword_as_name(failure.loc, failure.before)
    if failure.token == "=" and failure.first_word in ("if", "elif", "while", "assert", "return"):
        return errors.assignment_for_comparison(failure.loc)
    return None


def _colon(failure: Failure) -> Diagnostic | None:
    return errors.expected_colon(failure.loc) if failure.expected == "colon" else None


def _several_declared(failure: Failure) -> Diagnostic | None:
    if failure.first_word not in ("var", "const") or not _DECLARED.fullmatch(failure.before):
        return None
    if failure.token == "\n":
        return errors.empty_declaration(failure.loc, failure.first_word)
    return errors.bad_declaration(failure.loc, failure.first_word)


def _comma(failure: Failure) -> Diagnostic | None:
    """Two operands in a row inside brackets."""
    before = failure.before
    inside = sum(map(before.count, "([{")) > sum(map(before.count, ")]}"))
    adjacent = _OPERAND_END.match(failure.before[-1:]) and _OPERAND_START.match(failure.token)
    if inside and adjacent and failure.token not in KEYWORDS and _last_word(failure.before) not in KEYWORDS:
        return errors.missing_comma(failure.loc)
    return None


def _last_word(text: str) -> str:
    match = re.search(r"\w+\Z", text)
    return match[0] if match else ""


def _field(failure: Failure) -> Diagnostic | None:
    if failure.before.endswith(FIELD_OPEN):
        return errors.empty_field(failure.loc)
    if failure.expected == "field_close" or failure.token == FIELD_CLOSE:
        return errors.bad_field(failure.loc)
    return None


def _keyword(failure: Failure) -> Diagnostic | None:
    names = ("name", "dotted_name", "target")
    if failure.token == ".":
        after = _ATTRIBUTE.match(failure.text, failure.place)
        return errors.keyword_as_name(failure.loc, after[1]) if after and after[1] in KEYWORDS else None
    if failure.token in KEYWORDS and (
        failure.expected in names or _last_word(failure.before) in ("def", "class")
    ):
        return errors.keyword_as_name(failure.loc, failure.token)
    return None


def _missing(failure: Failure) -> Diagnostic | None:
    found = _MISSING.get(failure.expected)
    if found is not None and failure.first_word in ("def", "for", "from", "class", "async"):
        return errors.expected_token(failure.loc, found)
    return None


def _end_of_line(failure: Failure) -> Diagnostic | None:
    if failure.token not in ("\n", END):
        return None
    last = _last_word(failure.before)
    if last in KEYWORDS or not _OPERAND_END.match(failure.before[-1:]):
        return errors.unfinished(failure.loc, last or failure.before[-1:])
    return None


def _expression(failure: Failure) -> Diagnostic | None:
    return errors.expected_expression(failure.loc) if failure.expected in _OPERANDS else None


def _else(failure: Failure) -> Diagnostic | None:
    return errors.expected_else(failure.loc) if failure.expected == "else_sign" else None


MISTAKES: Final[tuple[Callable[[Failure], Diagnostic | None], ...]] = (
    _character,
    _line_join,
    _field,
    _clause,
    _statement_of_python_2,
    _assignment_for_comparison,
    _several_declared,
    _other_language,
    _number,
    _keyword,
    _colon,
    _comma,
    _missing,
    _else,
    _end_of_line,
    _expression,
)
