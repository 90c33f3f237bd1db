"""Largest singular value of an infinite matrix, cut off: nested loops and a small function."""

import sys
from math import sqrt


def a(i: int, j: int) -> float:
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(u: list[float], v: list[float], n: int) -> None:
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += a(i, j) * u[j]
        v[i] = total


def times_transposed(u: list[float], v: list[float], n: int) -> None:
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += a(j, i) * u[j]
        v[i] = total


def step(u: list[float], v: list[float], w: list[float], n: int) -> None:
    times(u, w, n)
    times_transposed(w, v, n)


def main() -> None:
    n = int(sys.argv[1])
    u = [1.0] * n
    v = [0.0] * n
    w = [0.0] * n
    for _ in range(10):
        step(u, v, w, n)
        step(v, u, w, n)
    uv = 0.0
    vv = 0.0
    for i in range(n):
        uv += u[i] * v[i]
        vv += v[i] * v[i]
    print(sqrt(uv / vv))


main()
