"""What is left of a function after redshift, as text. The expectations follow from the rules of colours."""

from collections.abc import Callable

import pytest
from spy_types.program.printer import print_function
from spy_types.program.program import Function, Program

PI = repr(4.0 * (1 - 1 / 3 + 1 / 5 - 1 / 7))
LEFT = {
    "simple::area": f"""
def area(r: f64) -> f64:
    return {PI} * r * r
""",
    "simple::chosen": """
def chosen(x: i32) -> i32:
    return x
""",
    "simple::unknown": """
def unknown(flag: bool) -> i32:
    x$set: bool = False
    if flag:
        x$set = True
    if not x$set:
        raise UnboundLocalError("cannot access local variable 'x' where it is not associated with a value")
    return 1
""",
    "simple::sure": """
def sure(flag: bool) -> i32:
    if flag:
        x: i32 = 1
    else:
        x = 2
    return x
""",
    "simple::bump": """
def bump(by: i32) -> i32:
    `simple::total` = `simple::total` + by
    return `simple::total`
""",
    "simple::chain": """
def chain(a: i32, b: i32, c: i32) -> bool:
    return a < ($t1 := b) and $t1 < c
""",
    "simple::countdown": """
def countdown(n: i32) -> i32:
    while n > 0:
        n = n - 1
    return n
""",
    "unrolled::doubled": """
def doubled(y: i32) -> i32:
    return __block__(x$$inl1: i32 = y * 3; x$$inl1 + x$$inl1)
""",
    "unrolled::summed": """
def summed(x: i32) -> i32:
    result: i32 = 0
    result = result + 0 * x
    result = result + 1 * x
    result = result + 2 * x
    return result
""",
    "unrolled::square": """
def square(x: i32) -> i32:
    return `unrolled::power::raised`(x)
""",
    "unrolled::power::raised#2": """
def `unrolled::power::raised#2`(x: i32) -> i32:
    return 1
""",
}


@pytest.mark.parametrize("fqn", LEFT)
def test_the_residual_function(
    program: Callable[..., Program], function: Callable[[Program, str], Function], fqn: str
) -> None:
    made = program(fqn.partition("::")[0])
    assert print_function(function(made, fqn), made).strip() == LEFT[fqn].strip()


def test_only_what_is_reachable_is_specialised_each_once(program: Callable[..., Program]) -> None:
    names = [f.fqn for f in program("simple").functions]
    assert names[:3] == ["simple::main", "simple::area", "simple::chosen"]
    assert names.count("simple::unused_by_others") == 1
    assert "simple::pi_by_leibniz" not in names


def test_a_library_exports_its_red_functions_and_has_no_entry(program: Callable[..., Program]) -> None:
    made = program("simple", library=True)
    assert made.entry is None
    assert "area" in [export.name for export in made.exports]
    assert "pi_by_leibniz" not in [export.name for export in made.exports]
