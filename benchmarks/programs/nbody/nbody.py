"""The solar system, stepped: floating point on attributes."""

import sys
from math import sqrt

PI = 3.141592653589793
SOLAR_MASS = 4.0 * PI * PI
DAYS = 365.24


class Body:
    """A sun or planet."""

    __slots__ = ("mass", "vx", "vy", "vz", "x", "y", "z")

    def __init__(self, place: tuple[float, ...], speed: tuple[float, ...], mass: float) -> None:
        self.x, self.y, self.z = place
        self.vx, self.vy, self.vz = speed
        self.mass = mass


def solar_system() -> list[Body]:
    return [
        Body((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), SOLAR_MASS),
        Body(
            (4.84143144246472090e00, -1.16032004402742839e00, -1.03622044471123109e-01),
            (1.66007664274403694e-03 * DAYS, 7.69901118419740425e-03 * DAYS, -6.90460016972063023e-05 * DAYS),
            9.54791938424326609e-04 * SOLAR_MASS,
        ),
        Body(
            (8.34336671824457987e00, 4.12479856412430479e00, -4.03523417114321381e-01),
            (-2.76742510726411021e-03 * DAYS, 4.99852801234917238e-03 * DAYS, 2.30417297573763929e-05 * DAYS),
            2.85885980666130812e-04 * SOLAR_MASS,
        ),
        Body(
            (1.28943695621391310e01, -1.51111514016986312e01, -2.23307578892655734e-01),
            (2.96460137564761618e-03 * DAYS, 2.37847173959480950e-03 * DAYS, -2.96589568540237556e-05 * DAYS),
            4.36624404335156298e-05 * SOLAR_MASS,
        ),
        Body(
            (1.53796971148509165e01, -2.59193146099879641e01, 1.79258772950371181e-01),
            (2.68067772490389322e-03 * DAYS, 1.62824170038242295e-03 * DAYS, -9.51592254519715870e-05 * DAYS),
            5.15138902046611451e-05 * SOLAR_MASS,
        ),
    ]


def offset_momentum(b: list[Body]) -> None:
    px = py = pz = 0.0
    for p in b:
        px += p.vx * p.mass
        py += p.vy * p.mass
        pz += p.vz * p.mass
    b[0].vx = -px / SOLAR_MASS
    b[0].vy = -py / SOLAR_MASS
    b[0].vz = -pz / SOLAR_MASS


def energy(b: list[Body]) -> float:
    e = 0.0
    for i, p in enumerate(b):
        e += 0.5 * p.mass * (p.vx * p.vx + p.vy * p.vy + p.vz * p.vz)
        for j in range(i + 1, len(b)):
            q = b[j]
            dx = p.x - q.x
            dy = p.y - q.y
            dz = p.z - q.z
            e -= p.mass * q.mass / sqrt(dx * dx + dy * dy + dz * dz)
    return e


def advance(b: list[Body], dt: float) -> None:
    n = len(b)
    for i in range(n):
        p = b[i]
        for j in range(i + 1, n):
            q = b[j]
            dx = p.x - q.x
            dy = p.y - q.y
            dz = p.z - q.z
            d2 = dx * dx + dy * dy + dz * dz
            mag = dt / (d2 * sqrt(d2))
            p.vx -= dx * q.mass * mag
            p.vy -= dy * q.mass * mag
            p.vz -= dz * q.mass * mag
            q.vx += dx * p.mass * mag
            q.vy += dy * p.mass * mag
            q.vz += dz * p.mass * mag
    for p in b:
        p.x += dt * p.vx
        p.y += dt * p.vy
        p.z += dt * p.vz


def main() -> None:
    b = solar_system()
    offset_momentum(b)
    print(energy(b))
    for _ in range(int(sys.argv[1])):
        advance(b, 0.01)
    print(energy(b))


main()
