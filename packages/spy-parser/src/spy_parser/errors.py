"""Faults the parser can find. Codes PARSE001-PARSE099."""

from collections.abc import Callable

from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc

SYNTAX_ERROR = "ParseError"


def fault(code: str, title: str, loc: Loc, text: str, hint: str | None = None, *more: Label) -> Diagnostic:
    """Return a syntax error that marks `loc`."""
    return Diagnostic(code, title, (Label(loc, text), *more), hint, SYNTAX_ERROR)


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
    return fault("PARSE003", title, loc, "this is not indented", "indent the block, or write `pass`")


def unexpected_indent(loc: Loc) -> Diagnostic:
    """A line indented for no reason."""
    return fault("PARSE004", "unexpected indent", loc, "no block begins here", "align it with the line above")


def misplaced_not(loc: Loc) -> Diagnostic:
    """`a + not b`"""
    return fault(
        "PARSE005",
        "`not` cannot be an operand here",
        loc,
        "binds weaker than the operator",
        "write `(not ...)`",
    )


def bad_target(loc: Loc, kind: str, verb: str) -> Diagnostic:
    """`1 = x`"""
    return fault("PARSE030", f"cannot {verb} {kind}", loc, f"this is no place to {verb}")


def bad_walrus_target(loc: Loc) -> Diagnostic:
    """`(a.b := c)`"""
    return fault("PARSE031", "`:=` assigns to a plain name only", loc, "this is no plain name", "use `=`")


def several_starred(loc: Loc, first: Loc) -> Diagnostic:
    """`*a, *b = c`"""
    title = "multiple starred expressions in assignment"
    return fault("PARSE032", title, loc, "the second star", "keep one", Label(first, "the first star"))


def starred_alone(loc: Loc) -> Diagnostic:
    """`*a = b`"""
    title = "starred assignment target must be in a list or tuple"
    return fault("PARSE033", title, loc, "alone", "add a comma: `*a, = b`")


def bare_starred(loc: Loc) -> Diagnostic:
    """`(*a)`"""
    return fault("PARSE034", "cannot use starred expression here", loc, "the star has nothing to unpack into")


def bare_generator(loc: Loc) -> Diagnostic:
    """`f(a for a in b, c)`"""
    title = "generator expression must be parenthesized"
    return fault("PARSE035", title, loc, "not alone in the brackets", "put `(...)` around it")


def starred_after_double(loc: Loc) -> Diagnostic:
    """`f(**a, *b)`"""
    title = "iterable argument unpacking follows keyword argument unpacking"
    return fault("PARSE036", title, loc, "too late", "put it before `**`")


def positional_after_keyword(loc: Loc, unpacked: bool) -> Diagnostic:
    """`f(a=1, 2)`"""
    what = "keyword argument unpacking" if unpacked else "keyword argument"
    return fault(
        "PARSE037", f"positional argument follows {what}", loc, "too late", "put it before the keywords"
    )


def unpacking_in_comprehension(loc: Loc) -> Diagnostic:
    """`[*a for a in b]`"""
    return fault(
        "PARSE038", "unpacking cannot be used in a comprehension", loc, "this unpacks", "use two `for`"
    )


def bare_tuple_in_comprehension(loc: Loc) -> Diagnostic:
    """`[a, b for a in c]`"""
    return fault(
        "PARSE039",
        "did you forget parentheses around the comprehension target?",
        loc,
        "a comma in a comprehension",
    )


def expected_value(loc: Loc) -> Diagnostic:
    """`{a: b, c}`"""
    return fault(
        "PARSE040", "':' expected after dictionary key", loc, "this key has no value", "write `key: value`"
    )


def leading_zeros(loc: Loc, digits: str) -> Diagnostic:
    """`0777`"""
    title = "leading zeros in decimal integer literals are not permitted"
    return fault(
        "PARSE015", title, loc, "starts with 0", f"write `0o{digits}` for octal, `{digits}` for decimal"
    )


def too_many_digits(loc: Loc) -> Diagnostic:
    """More than 4300 digits."""
    return fault(
        "PARSE016", "this number has too many digits", loc, "more than 4300 digits", "write it in hexadecimal"
    )


def unknown_character_name(loc: Loc, name: str) -> Diagnostic:
    r"""`"\N{nothing}"`"""
    return fault("PARSE017", f"unknown Unicode character name '{name}'", loc, "no character is called so")


def bad_escape(loc: Loc, kind: str) -> Diagnostic:
    r"""`"\x1"`"""
    shapes = {"x": r"\xHH", "u": r"\uHHHH", "U": r"\UHHHHHHHH", "N": r"\N{NAME}"}
    return fault(
        "PARSE018",
        f"truncated escape \\{kind}",
        loc,
        f"the form is {shapes[kind]}",
        "or double the backslash",
    )


def no_character(loc: Loc, code: int) -> Diagnostic:
    r"""`"\ud800"`"""
    what = "a surrogate is no character" if code <= 0x10FFFF else "beyond the last code point"
    return fault("PARSE019", "this escape is no Unicode character", loc, what)


def bytes_not_ascii(loc: Loc) -> Diagnostic:
    """`b"é"`"""
    title = "bytes can only contain ASCII literal characters"
    return fault("PARSE041", title, loc, "not ASCII", r"write \xHH, or encode a str")


def mixed_bytes(loc: Loc) -> Diagnostic:
    """`"a" b"b"`"""
    return fault("PARSE042", "cannot mix bytes and nonbytes literals", loc, "joined here")


def bad_conversion(loc: Loc, kind: str) -> Diagnostic:
    """`f"{a!x}"`"""
    title = f"f-string: invalid conversion character '{kind}'"
    return fault("PARSE043", title, loc, "unknown conversion", "use !r, !s or !a")


def default_of_unpacked(loc: Loc) -> Diagnostic:
    """`def f(*a=1)`"""
    return fault(
        "PARSE044", "`*` and `**` parameters cannot have a default", loc, "this default", "remove it"
    )


def parameter_order(loc: Loc, problem: str) -> Diagnostic:
    """`def f(*, **k)`"""
    return fault("PARSE045", problem, loc, "out of order")


def default_order(loc: Loc, name: str) -> Diagnostic:
    """`def f(a=1, b)`"""
    title = "parameter without a default follows parameter with a default"
    return fault("PARSE046", title, loc, f"`{name}` needs a default", "move it to the front")


def bound_of_unpacked(loc: Loc) -> Diagnostic:
    """`def f[*Ts: int]()`"""
    return fault("PARSE047", "only a plain type parameter can have a bound", loc, "this bound", "remove it")


def bad_augmented_target(loc: Loc, kind: str) -> Diagnostic:
    """`(a, b) += c`"""
    title = f"'{kind}' is an illegal expression for augmented assignment"
    return fault("PARSE048", title, loc, "not a single place")


def annotated_several(loc: Loc, kind: str) -> Diagnostic:
    """`a, b: int`"""
    title = f"only single target (not {kind}) can be annotated"
    return fault("PARSE049", title, loc, "several names", "annotate each on its own line")


def bad_annotation_target(loc: Loc) -> Diagnostic:
    """`f(): int`"""
    return fault("PARSE050", "illegal target for annotation", loc, "cannot have a type")


def empty_declaration(loc: Loc, kind: str) -> Diagnostic:
    """`var x`"""
    title = f"`{kind}` needs a type or a value"
    return fault("PARSE051", title, loc, "declares nothing", f"write `{kind} x: T` or `{kind} x = value`")


def bare_try(loc: Loc) -> Diagnostic:
    """`try:` alone"""
    return fault(
        "PARSE052", "expected 'except' or 'finally' block", loc, "this `try` has none", "add `except`"
    )


def else_without_except(loc: Loc) -> Diagnostic:
    """`try: a else: b finally: c`"""
    return fault(
        "PARSE053", "`else` of a `try` needs an `except`", loc, "this `try` has none", "add `except`"
    )


def mixed_except(loc: Loc) -> Diagnostic:
    """`except` and `except*`"""
    title = "cannot have both 'except' and 'except*' on the same 'try'"
    return fault("PARSE054", title, loc, "the other kind", "use one kind")


def bare_except_star(loc: Loc) -> Diagnostic:
    """`except*:`"""
    return fault("PARSE055", "expected one or more exception types", loc, "`except*` of nothing")


def default_except_first(loc: Loc) -> Diagnostic:
    """`except: a except E: b`"""
    return fault(
        "PARSE056", "default 'except:' must be last", loc, "catches everything", "move it to the end"
    )


def bare_exception_tuple(loc: Loc) -> Diagnostic:
    """`except A, B:`"""
    title = "multiple exception types must be parenthesized"
    return fault("PARSE057", title, loc, "several types", "write `except (A, B):`")


def underscore_target(loc: Loc) -> Diagnostic:
    """`case a as _`"""
    return fault("PARSE058", "cannot use '_' as a target", loc, "`_` binds nothing", "leave it out")


def bad_complex(loc: Loc) -> Diagnostic:
    """`case 1+2`"""
    return fault("PARSE059", "imaginary number required in complex literal", loc, "not of the form `1 + 2j`")


def fstring_pattern(loc: Loc) -> Diagnostic:
    """`case f"a"`"""
    return fault(
        "PARSE060", "patterns may only match literals and attribute lookups", loc, "an f-string is computed"
    )


def repeated_attribute(loc: Loc, name: str) -> Diagnostic:
    """`case C(a=1, a=2)`"""
    return fault("PARSE061", f"attribute name repeated in class pattern: {name}", loc, "again", "remove one")


def rest_not_last(loc: Loc) -> Diagnostic:
    """`case {**a, "b": c}`"""
    return fault("PARSE062", "`**rest` must be the last of a mapping pattern", loc, "something follows it")


def walrus_rebinds(loc: Loc, name: str) -> Diagnostic:
    """`[(a := 1) for a in b]`"""
    title = f"assignment expression cannot rebind comprehension iteration variable '{name}'"
    return fault("PARSE070", title, loc, "bound by the comprehension", "use another name")


def walrus_in_class(loc: Loc) -> Diagnostic:
    """`:=` in a comprehension in a class body"""
    title = "assignment expression within a comprehension cannot be used in a class body"
    return fault("PARSE071", title, loc, "has nowhere to bind")


def outside_async(loc: Loc, what: str) -> Diagnostic:
    """`await` outside `async def`"""
    return fault("PARSE072", f"'{what}' outside async function", loc, "this function is not async")


def yield_in_comprehension(loc: Loc) -> Diagnostic:
    """`[(yield) for a in b]`"""
    return fault("PARSE073", "'yield' inside a comprehension", loc, "cannot leave a comprehension")


def outside_function(loc: Loc, word: str) -> Diagnostic:
    """`return` at module level"""
    return fault("PARSE074", f"'{word}' outside function", loc, "no function to leave", "put it into a `def`")


def yield_from_in_async(loc: Loc) -> Diagnostic:
    """`yield from` in `async def`"""
    return fault(
        "PARSE075", "'yield from' inside async function", loc, "not in async functions", "use `async for`"
    )


def annotated_global(loc: Loc, name: str, word: str) -> Diagnostic:
    """`global a; a: int = 1`"""
    title = f"annotated name '{name}' can't be {word}"
    return fault("PARSE076", title, loc, "declared elsewhere", "annotate it where it is declared")


def outside_loop(loc: Loc, word: str) -> Diagnostic:
    """`break` outside a loop"""
    title = "'break' outside loop" if word == "break" else "'continue' not properly in loop"
    return fault("PARSE077", title, loc, "no loop around this")


def star_import_inside(loc: Loc) -> Diagnostic:
    """`from m import *` in a function"""
    return fault(
        "PARSE078", "import * only allowed at module level", loc, "not at module level", "name what you need"
    )


def nonlocal_at_module(loc: Loc) -> Diagnostic:
    """`nonlocal` outside functions"""
    title = "nonlocal declaration not allowed at module level"
    return fault("PARSE079", title, loc, "no function around this")


def parameter_and_global(loc: Loc, name: str, word: str) -> Diagnostic:
    """`def f(a): global a`"""
    return fault(
        "PARSE080", f"name '{name}' is parameter and {word}", loc, "already a parameter", "rename one"
    )


def late_global(loc: Loc, name: str, word: str, what: str, first: Loc) -> Diagnostic:
    """`a = 1; global a`"""
    middle = "before" if what == "assigned to" else ""
    title = " ".join(f"name '{name}' is {what} {middle} {word} declaration".split())
    label = Label(first, "first here")
    return fault("PARSE081", title, loc, "too late", "put it at the top of the function", label)


def nonlocal_and_global(loc: Loc, name: str) -> Diagnostic:
    """`global a; nonlocal a`"""
    return fault(
        "PARSE082", f"name '{name}' is nonlocal and global", loc, "contradicts the other", "keep one"
    )


def unbound_nonlocal(loc: Loc, name: str) -> Diagnostic:
    """`nonlocal a` that nobody binds"""
    return fault("PARSE083", f"no binding for nonlocal '{name}' found", loc, "no enclosing function binds it")


def duplicate_parameter(loc: Loc, name: str) -> Diagnostic:
    """`def f(a, a)`"""
    return fault("PARSE084", f"duplicate argument '{name}' in function definition", loc, "again", "rename it")


def duplicate_type_parameter(loc: Loc, name: str) -> Diagnostic:
    """`def f[T, T]()`"""
    return fault("PARSE085", f"duplicate type parameter '{name}'", loc, "again", "rename it")


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


def bad_imaginary(loc: Loc) -> Diagnostic:
    """`0xfj`"""
    return fault("PARSE025", "imaginary literals are decimal", loc, "not decimal", "write it in decimal")


def repeated_keyword(loc: Loc, name: str) -> Diagnostic:
    """`f(a=1, a=2)`"""
    return fault("PARSE026", f"keyword argument repeated: {name}", loc, "again", "remove one")


def walrus_in_iterable(loc: Loc) -> Diagnostic:
    """`[a for a in (b := c)]`"""
    title = "assignment expression cannot be used in a comprehension iterable expression"
    return fault("PARSE063", title, loc, "binds here", "assign before the comprehension")


def in_type_scope(loc: Loc, what: str) -> Diagnostic:
    """`type X = (a := b)`"""
    title = f"{what} cannot be used in a type alias, a bound or the head of a generic"
    return fault("PARSE064", title, loc, "types are evaluated elsewhere")


def leaves_except_star(loc: Loc) -> Diagnostic:
    """`except* E: return`"""
    title = "'break', 'continue' and 'return' cannot appear in an except* block"
    return fault("PARSE065", title, loc, "leaves the block")


def return_in_async_generator(loc: Loc) -> Diagnostic:
    """`return 1` beside `yield` in `async def`"""
    return fault("PARSE066", "'return' with value in async generator", loc, "this value", "yield it")


def debug_assigned(loc: Loc) -> Diagnostic:
    """`__debug__ = 1`"""
    return fault("PARSE067", "cannot assign to __debug__", loc, "this name is fixed", "use another name")


def late_future(loc: Loc) -> Diagnostic:
    """`from __future__` in the middle of a file"""
    title = "from __future__ imports must occur at the beginning of the file"
    return fault("PARSE068", title, loc, "too late", "move it to the top")


def unknown_future(loc: Loc, name: str) -> Diagnostic:
    """`from __future__ import nothing`"""
    return fault("PARSE069", f"future feature {name} is not defined", loc, "unknown", "delete it")


def nonlocal_type_parameter(loc: Loc, name: str) -> Diagnostic:
    """`nonlocal T` of `def f[T]()`"""
    title = f"nonlocal binding not allowed for type parameter '{name}'"
    return fault("PARSE086", title, loc, "type parameters are never rebound")


def bound_twice(loc: Loc, name: str) -> Diagnostic:
    """`case a, a`"""
    return fault("PARSE087", f"multiple assignments to name '{name}' in pattern", loc, "again", "rename it")


def different_names(loc: Loc) -> Diagnostic:
    """`case [a] | b`"""
    return fault("PARSE088", "alternative patterns bind different names", loc, "bind the same names in each")


def unreachable_pattern(loc: Loc, name: str | None) -> Diagnostic:
    """`case a: ... case b:`"""
    what = "wildcard" if name is None else f"name capture '{name}'"
    title = f"{what} makes remaining patterns unreachable"
    return fault("PARSE089", title, loc, "matches everything", "move it to the end")


def repeated_key(loc: Loc, key: str) -> Diagnostic:
    """`case {1: a, 1: b}`"""
    return fault("PARSE095", f"mapping pattern checks duplicate key ({key})", loc, "again", "remove one")


def unknown_character(loc: Loc, char: str) -> Diagnostic:
    """`“text”`, `a?b`"""
    name = f"'{char}' (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
    hint = 'use the plain quotes " or \'' if char in "“”‘’«»„‚`´" else None
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
    return fault("PARSE103", f"`{found}` is no operator here", loc, "from another language", f"write `{meant}`")


def clause_alone(loc: Loc, word: str) -> Diagnostic:
    """`else:` without `if`"""
    title = f"'{word}' without a statement to belong to"
    return fault("PARSE104", title, loc, "nothing above waits for this", "check the indentation of the block above")


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
    return fault("PARSE108", f"`{kind}` declares one plain name", loc, "not a plain name", "declare each on its own line")


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
    return fault("PARSE112", f"'{word}' is a keyword", loc, "cannot be a name", f"use another name, like `{word}_`")


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
