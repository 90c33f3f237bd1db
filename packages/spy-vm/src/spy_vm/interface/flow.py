"""How a block of statements ended."""

from enum import Enum


class Flow(Enum):
    """NEXT: go on with the next statement. The others leave the block."""

    NEXT = "next"
    BREAK = "break"
    CONTINUE = "continue"
    RETURN = "return"
    RAISE = "raise"
