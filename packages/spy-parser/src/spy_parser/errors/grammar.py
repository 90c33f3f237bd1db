"""Faults where the grammar fails: what stands there makes no statement."""

from typing import Final

from spy_types.errors import Diagnostic
from spy_types.loc import Loc

from spy_parser.errors.fault import fault

TYPOGRAPHIC_QUOTES: Final = "\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e\u201a`\u00b4"


def invalid_syntax(loc: Loc, found: str) -> Diagnostic:
    """What the grammar does not know."""
    text = f"`{found}` makes no sense here" if found else "something is missing here"
    return fault("PARSE001", "invalid syntax", loc, text)


def expected_colon(loc: Loc) -> Diagnostic:
    """`if x` without colon."""
    return fault("PARSE002", "expected ':'", loc, "the colon goes here", "end the header with `:`")


def expected_block(header: str, line: int, loc: Loc) -> Diagnostic:
    """A header without a block."""
    title = f"expected an indented block after '{header}' on line {line}"
    return fault("PARSE003", title, loc, "an indented block goes here", "indent the block, or write `pass`")


def unexpected_indent(loc: Loc) -> Diagnostic:
    """A line indented for no reason."""
    return fault("PARSE004", "unexpected indent", loc, "no block begins here", "align it with the line above")


def empty_declaration(loc: Loc, kind: str) -> Diagnostic:
    """`var x`"""
    title = f"`{kind}` needs a type or a value"
    return fault("PARSE051", title, loc, "declares nothing", f"write `{kind} x: T` or `{kind} x = value`")


def unknown_character(loc: Loc, char: str) -> Diagnostic:
    """`a ? b`, a typographic quote"""
    name = f"'{char}' (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
    hint = "use the plain quotes \" or '" if char in TYPOGRAPHIC_QUOTES else None
    return fault("PARSE100", f"invalid character {name}", loc, "not part of the language", hint)


def after_backslash(loc: Loc) -> Diagnostic:
    r"""`a \ b`"""
    title = "unexpected character after line continuation character"
    return fault("PARSE101", title, loc, "the line must end here", "delete the backslash, or what follows it")


def bad_number(loc: Loc, text: str) -> Diagnostic:
    """`1abc`, `0b12`, `1_`"""
    kinds = {"0x": "hexadecimal", "0o": "octal", "0b": "binary"}
    kind = kinds.get(text[:2].lower(), "decimal")
    return fault("PARSE102", f"invalid {kind} literal", loc, "not a number", "separate it from the name")


def foreign_operator(loc: Loc, found: str, meant: str) -> Diagnostic:
    """`a && b`"""
    return fault(
        "PARSE103", f"`{found}` is no operator here", loc, "from another language", f"write `{meant}`"
    )


def clause_alone(loc: Loc, word: str) -> Diagnostic:
    """`else:` without `if`"""
    title = f"'{word}' without a statement to belong to"
    return fault(
        "PARSE104", title, loc, "nothing above waits for this", "check the indentation of the block above"
    )


def else_if(loc: Loc) -> Diagnostic:
    """`else if a:`"""
    return fault("PARSE105", "expected ':'", loc, "`else` takes no condition", "write `elif`")


def print_statement(loc: Loc, word: str) -> Diagnostic:
    """`print a`"""
    title = f"missing parentheses in call to '{word}'"
    return fault("PARSE106", title, loc, "an argument without parentheses", f"write `{word}(...)`")


def assignment_for_comparison(loc: Loc) -> Diagnostic:
    """`if a = b:`"""
    title = "invalid syntax; maybe you meant '==' or ':=' instead of '='"
    return fault("PARSE107", title, loc, "assigns", "compare with `==`")


def bad_declaration(loc: Loc, kind: str) -> Diagnostic:
    """`var a, b = c`"""
    return fault(
        "PARSE108",
        f"`{kind}` declares one plain name",
        loc,
        "not a plain name",
        "declare each on its own line",
    )


def missing_comma(loc: Loc) -> Diagnostic:
    """`f(a b)`"""
    title = "invalid syntax; perhaps you forgot a comma"
    return fault("PARSE109", title, loc, "a second operand", "put `,` or an operator before it")


def empty_field(loc: Loc) -> Diagnostic:
    """`f"{}"`"""
    title = "f-string: an expression is required between the braces"
    return fault("PARSE110", title, loc, "not an expression", "write `{{` for a brace")


def bad_field(loc: Loc) -> Diagnostic:
    """`f"{a b}"`"""
    title = "f-string: expecting '=', '!', ':' or '}'"
    return fault("PARSE111", title, loc, "does not belong to the expression")


def keyword_as_name(loc: Loc, word: str) -> Diagnostic:
    """`def class():`"""
    return fault(
        "PARSE112", f"'{word}' is a keyword", loc, "cannot be a name", f"use another name, like `{word}_`"
    )


def expected_token(loc: Loc, text: str) -> Diagnostic:
    """`for a b:`"""
    return fault("PARSE113", f"expected '{text}'", loc, f"`{text}` goes here")


def unfinished(loc: Loc, last: str) -> Diagnostic:
    """`a = 1 +`"""
    text = f"something must follow `{last}`" if last else "the line ends too early"
    return fault("PARSE114", "invalid syntax: the line ends too early", loc, text)


def expected_expression(loc: Loc) -> Diagnostic:
    """`a = )`"""
    return fault("PARSE115", "invalid syntax: expected an expression", loc, "no expression begins here")


def expected_else(loc: Loc) -> Diagnostic:
    """`a if b`"""
    title = "expected 'else' after 'if' expression"
    return fault("PARSE116", title, loc, "`else` goes here", "write `a if condition else b`")
