"""The hash table of the library's `dict` and `set` with a Python dict in place of its index.

The library's own code (`_dict_table.spy`) says what these functions do; they do the same to the same memory,
but for `index`, which nothing else reads, and the tags of entries, of which only zero or not is read
elsewhere. The numbers of the entries by key are kept in a slot behind the data of the table, where no pointer
gets to.
"""

from __future__ import annotations

from spy_vm.exceptions import Raised
from spy_vm.memory import Ptr, bad_access

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LENGTH, USED, CAPACITY, LOG, INDEX, ENTRIES, NUMBERS = range(7)
FIELDS = ("length", "used", "capacity", "log", "index", "entries")
ENTRY_FIELDS = ("tag", "key", "value")
MAX_LOG = 30


class Numbers(dict[object, int]):
    """The numbers of entries by key, true as long as the table has this block of entries and uses as many."""

    __slots__ = ("entries", "used")

    def __init__(self, entries: list[Any] | None, used: int) -> None:
        self.entries = entries
        self.used = used


def find(d: Ptr, key: Any) -> int:
    """Return the number of the entry of `key`, or -1."""
    table = d.block
    if not table:
        raise bad_access(d, 0, "ptr_getitem")
    if len(table) > NUMBERS:  # what `_numbers` does, without a call
        numbers: Numbers = table[NUMBERS]
        if numbers.used == table[USED] and numbers.entries is table[ENTRIES].block:
            return numbers.get(key, -1)
    return _synchronise(table).get(key, -1)


def add(d: Ptr, key: Any, value: Any, width: int) -> None:
    """Append an entry for a key that is not there yet; an entry takes `width` slots."""
    table = d.block
    if not table:
        raise bad_access(d, 0, "ptr_getitem")
    number = table[USED]
    if number == table[CAPACITY]:
        length = table[LENGTH]
        rebuild(d, _fitting_log(length + 1 if length < number // 2 else number + 1), width)
        number = table[USED]
    numbers = _numbers(table)
    start = number * width
    if type(value) is tuple:
        numbers.entries[start : start + width] = [1, key, *_scalars(value)]  # type: ignore[index]  # there is room
    else:
        entries = numbers.entries
        entries[start], entries[start + 1], entries[start + 2] = 1, key, value  # type: ignore[index]  # as above
    numbers[key] = number
    numbers.used = table[USED] = number + 1
    table[LENGTH] += 1


def remove(d: Ptr, number: int, width: int) -> None:
    """Remove an entry, and the removed ones at the end."""
    table = d.block
    assert table
    numbers = _numbers(table)
    entries = numbers.entries
    assert entries is not None
    del numbers[entries[number * width + 1]]
    entries[number * width] = 0
    used = table[USED]
    while used > 0 and entries[(used - 1) * width] == 0:
        used -= 1
    numbers.used = table[USED] = used
    table[LENGTH] -= 1


def rebuild(d: Ptr, log: int, width: int) -> None:
    """Move all entries, without the removed ones, to a table for 2**`log` slots."""
    table = d.block
    if not table:
        raise bad_access(d, 0, "ptr_getitem")
    old = table[ENTRIES].block or []
    used = table[USED]
    live = old[: used * width]
    if table[LENGTH] != used:
        rows = (live[start : start + width] for start in range(0, used * width, width))
        live = [slot for row in rows if row[0] for slot in row]
    capacity = _room(log)
    try:
        block = live + [0] * (capacity * width - len(live))
    except MemoryError:
        raise Raised("MemoryError") from None
    table[USED:NUMBERS] = (len(live) // width, capacity, log, table[INDEX], Ptr(block, 0, capacity, width))
    _synchronise(table)


def _numbers(table: list[Any]) -> Numbers:
    """Return the numbers of a table, made anew if something else has changed it."""
    if len(table) > NUMBERS:
        numbers: Numbers = table[NUMBERS]
        if numbers.used == table[USED] and numbers.entries is table[ENTRIES].block:
            return numbers
    return _synchronise(table)


def _synchronise(table: list[Any]) -> Numbers:
    pointer: Ptr = table[ENTRIES]
    numbers = Numbers(pointer.block, table[USED])
    if pointer.block is not None:
        width = pointer.width
        rows = range(0, table[USED] * width, width)
        numbers.update((pointer.block[at + 1], at // width) for at in rows if pointer.block[at])
    table[NUMBERS:] = (numbers,)
    return numbers


def _scalars(value: Any) -> list[Any]:
    if type(value) is not tuple:
        return [value]
    return [scalar for part in value for scalar in _scalars(part)]


def _room(log: int) -> int:
    size = 1 << log
    return size // 2 + size // 8


def _fitting_log(n: int) -> int:
    log = 3
    while _room(log) < n:
        if log == MAX_LOG:
            raise Raised("MemoryError")
        log += 1
    return log
