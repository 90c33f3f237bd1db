"""The Mandelbrot set: a tight floating-point loop."""

import sys


def iterations(cx: float, cy: float, limit: int) -> int:
    x = 0.0
    y = 0.0
    n = 0
    while n < limit:
        x2 = x * x
        y2 = y * y
        if x2 + y2 > 4.0:
            return n
        y = 2.0 * x * y + cy
        x = x2 - y2 + cx
        n += 1
    return n


def main() -> None:
    size = int(sys.argv[1])
    total = 0
    inside = 0
    for row in range(size):
        cy = 2.0 * row / size - 1.0
        for column in range(size):
            n = iterations(3.0 * column / size - 2.0, cy, 200)
            total = (total + n) % 1000003
            if n == 200:
                inside += 1
    print(total, inside)


main()
