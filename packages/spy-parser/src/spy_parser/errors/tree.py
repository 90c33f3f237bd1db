"""Faults in what the grammar accepts and no tree may hold: targets, arguments, literals, clauses."""

from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc

from spy_parser.errors.fault import fault


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
    title, hint = "a tuple in a comprehension needs parentheses", "put `(...)` around the tuple"
    return fault("PARSE039", title, loc, "a comma outside parentheses", hint)


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
        "complete the escape, or double the backslash",
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


def bare_try(loc: Loc, opened: Loc) -> Diagnostic:
    """`try:` alone, or with only an `else`"""
    title, other = "expected 'except' or 'finally' block", Label(opened, "for this `try`")
    return fault("PARSE052", title, loc, "the block is missing before this", "add `except ...:`", other)


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


def computed_pattern(loc: Loc) -> Diagnostic:
    """`case f"a"`, `case {a: b}`"""
    return fault(
        "PARSE060", "patterns may only match literals and attribute lookups", loc, "this is computed"
    )


def repeated_attribute(loc: Loc, name: str) -> Diagnostic:
    """`case C(a=1, a=2)`"""
    return fault("PARSE061", f"attribute name repeated in class pattern: {name}", loc, "again", "remove one")


def rest_not_last(loc: Loc) -> Diagnostic:
    """`case {**a, "b": c}`"""
    return fault("PARSE062", "`**rest` must be the last of a mapping pattern", loc, "something follows it")


def bad_imaginary(loc: Loc) -> Diagnostic:
    """`0xfj`"""
    return fault("PARSE025", "imaginary literals are decimal", loc, "not decimal", "write it in decimal")


def repeated_keyword(loc: Loc, name: str) -> Diagnostic:
    """`f(a=1, a=2)`"""
    return fault("PARSE026", f"keyword argument repeated: {name}", loc, "again", "remove one")


def debug_assigned(loc: Loc) -> Diagnostic:
    """`__debug__ = 1`"""
    return fault("PARSE067", "cannot assign to __debug__", loc, "this name is fixed", "use another name")


def bad_block(loc: Loc, title: str, label: str) -> Diagnostic:
    """`__block__(1)`"""
    return fault("PARSE096", title, loc, label)
