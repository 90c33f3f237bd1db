"""Faults that depend on the place or on other names: `return` outside functions, names bound twice, ..."""

from spy_types.errors import Diagnostic, Label
from spy_types.loc import Loc

from spy_parser.errors.fault import fault


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
    return fault(
        "PARSE088",
        "alternative patterns bind different names",
        loc,
        "the names differ",
        "bind the same in each",
    )


def unreachable_pattern(loc: Loc, name: str | None) -> Diagnostic:
    """`case a: ... case b:`"""
    what = "wildcard" if name is None else f"name capture '{name}'"
    title = f"{what} makes remaining patterns unreachable"
    return fault("PARSE089", title, loc, "matches everything", "move it to the end")


def repeated_key(loc: Loc, key: str) -> Diagnostic:
    """`case {1: a, 1: b}`"""
    return fault("PARSE095", f"mapping pattern checks duplicate key ({key})", loc, "again", "remove one")
