"""How tightly the operators of the printed form bind, as in Python: a higher number binds tighter."""

LOWEST = 0
TERNARY = 1
OR = 2
AND = 3
NOT = 4
COMPARISON = 5
UNARY = 12
POWER = 13
ATOM = 14

INFIX: dict[str, int] = {
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in", "is", "is not"), COMPARISON),
    "|": 6,
    "^": 7,
    "&": 8,
    "<<": 9,
    ">>": 9,
    "+": 10,
    "-": 10,
    "*": 11,
    "/": 11,
    "//": 11,
    "%": 11,
    "**": POWER,
}


def operand_levels(infix: str) -> tuple[int, int, int]:
    """Return (level of the operator, least level of its left operand, of its right one)."""
    level = INFIX[infix]
    if infix == "**":
        return level, ATOM, UNARY
    if level == COMPARISON:
        return level, level + 1, level + 1
    return level, level, level + 1
