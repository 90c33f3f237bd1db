"""Faults in the text before there is any grammar: encoding, characters, strings, brackets, indentation."""

from collections.abc import Callable

from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc

from spy_parser.errors.fault import fault

IndentationFault = Callable[[Loc], Diagnostic]


def unmatched_bracket(closer: str, loc: Loc) -> Diagnostic:
    """A closing bracket with nothing open."""
    return fault(
        "PARSE010", f"unmatched '{closer}'", loc, "nothing is open here", "delete it, or open it before"
    )


def mismatched_bracket(opener: str, closer: str, loc: Loc, opened: Loc) -> Diagnostic:
    """`(]`"""
    title = f"closing '{closer}' does not match opening '{opener}'"
    return fault(
        "PARSE011", title, loc, "this closes another kind of bracket", None, Label(opened, "opened here")
    )


def never_closed(opener: str, loc: Loc) -> Diagnostic:
    """A bracket without its end."""
    return fault("PARSE012", f"'{opener}' was never closed", loc, "opened here", "add the closing bracket")


def unterminated_string(loc: Loc, what: str, *, triple: bool) -> Diagnostic:
    """A string without its end."""
    title = f"unterminated triple-quoted {what}" if triple else f"unterminated {what}"
    return fault("PARSE013", title, loc, "the string starts here", "close it with the same quotes")


def single_brace(loc: Loc) -> Diagnostic:
    """`f"}"`"""
    return fault("PARSE014", "f-string: single '}' is not allowed", loc, "this brace is text", "write `}}`")


def bad_dedent(loc: Loc) -> Diagnostic:
    """A line between two levels of indentation."""
    title = "unindent does not match any outer indentation level"
    return fault(
        "PARSE020", title, loc, "indented like no line above", "align it with the block it belongs to"
    )


def inconsistent_tabs(loc: Loc) -> Diagnostic:
    """Blocks that depend on the width of a tab."""
    title = "inconsistent use of tabs and spaces in indentation"
    return fault("PARSE021", title, loc, "mixes tabs and spaces", "indent with spaces only")


def too_many_levels(loc: Loc) -> Diagnostic:
    """More than 100 nested blocks."""
    return fault(
        "PARSE022", "too many levels of indentation", loc, "100 blocks are open here", "use functions"
    )


def too_deep(loc: Loc) -> Diagnostic:
    """Nesting beyond what the parser, or a reader, can follow."""
    hint = "split the expression, or name its parts"
    return fault("PARSE023", "too deeply nested", loc, "nesting is too deep here", hint)


def binary_file(loc: Loc) -> Diagnostic:
    """An executable, an image, ..."""
    return fault("PARSE090", "this is not a source file but binary data", loc, "control characters all over")


def not_in_encoding(loc: Loc, encoding: str, byte: int) -> Diagnostic:
    """Bytes that are not UTF-8."""
    title = f"this file is not valid {encoding}"
    return fault(
        "PARSE091", title, loc, f"byte 0x{byte:02x} makes no character here", "save the file as UTF-8"
    )


def unknown_encoding(loc: Loc, encoding: str) -> Diagnostic:
    """`# coding: nonsense`"""
    return fault(
        "PARSE092",
        f"unknown encoding: {encoding}",
        loc,
        "named by the coding comment",
        "save the file as UTF-8",
    )


def cookie_against_bom(loc: Loc, encoding: str) -> Diagnostic:
    """A UTF-8 mark in a file that says it is something else."""
    title = f"this file begins with a UTF-8 mark but says it is {encoding}"
    return fault("PARSE093", title, loc, "these contradict each other", "delete the coding comment")


def bad_character(loc: Loc, char: str) -> Diagnostic:
    """A character that no source can hold."""
    return fault(
        "PARSE094", f"invalid character U+{ord(char):04X}", loc, "not allowed in source text", "delete it"
    )


def nothing_joined(loc: Loc) -> Diagnostic:
    r"""`\` at the end of the file"""
    return fault("PARSE024", "the file ends after a line continuation", loc, "joins nothing", "delete it")
