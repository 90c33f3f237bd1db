"""A loop of 200,000 steps over a range, several times."""

import sys


def loop(n: int) -> int:
    total = 0
    for i in range(n):
        total = (total + i * 3) & 65535
    return total


for _ in range(int(sys.argv[1])):
    print(loop(200000))
