"""2,000 appends to a list and as many updates of a dict, several times."""

import sys


def work(n: int) -> int:
    xs: list[int] = []
    d: dict[int, int] = {}
    for i in range(n):
        xs.append(i * 7)
        key = i % 97
        d[key] = d.get(key, 0) + xs[i]
    total = 0
    for key in d:  # noqa: PLC0206  # the same loop as in SPy
        total = (total + d[key] * key) & 65535
    return total + len(xs)


for _ in range(int(sys.argv[1])):
    print(work(2000))
