"""Types of containers that are empty and do not say yet what they hold: `[]`, `{}`, `set()`, `deque()`.

The language makes the first two; a type of the library is one if it has `__first_use__`, a blue function
that is asked with the name of a method and the types of its arguments, and answers a type, or None.
It may have `__declared__`, a blue function from the annotation of a variable to its type; `__settled__`, one
from the type to the function that makes it; and `__factory__`, which makes values of missing keys.
"""

from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, W_Type

FIRST_USE = "__first_use__"
DECLARED = "__declared__"
SETTLED = "__settled__"
FACTORY = "__factory__"
DISPLAYS: dict[W_Type, str] = {b.W_EMPTY_LIST: "[]", b.W_EMPTY_DICT: "{}"}


def is_unsettled(op: Operand) -> bool:
    """Whether `op` is empty and does not say what it holds."""
    return op.w_T in DISPLAYS or FIRST_USE in op.w_T.attrs


def empty_text(w_T: W_Type) -> str:
    """Return how users write an empty container of this type: `[]`, `set()`."""
    name = w_T.display.rpartition("::")[2].partition("[")[0]
    return DISPLAYS.get(w_T) or f"{name.removeprefix('Empty').lower()}()"
