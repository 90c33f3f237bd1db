"""fib(22), several times."""

import sys


def fib(n: int) -> int:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


for _ in range(int(sys.argv[1])):
    print(fib(22))
