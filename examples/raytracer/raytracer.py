"""The ray tracer of raytracer.spy in plain Python: same scene, same order of operations, same image.

python raytracer.py [WIDTH HEIGHT [FILE]] > image.ppm
"""

import sys
from math import sqrt

MAX_DEPTH = 4
FAR = 1e9
EPSILON = 1e-6


class Vec3:
    """A point, a direction or a colour."""

    __slots__ = ("x", "y", "z")

    def __init__(self, x: float, y: float, z: float) -> None:
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o: "Vec3") -> "Vec3":
        return Vec3(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o: "Vec3") -> "Vec3":
        return Vec3(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k: float) -> "Vec3":
        return Vec3(self.x * k, self.y * k, self.z * k)

    def dot(self, o: "Vec3") -> float:
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self) -> "Vec3":
        return self * (1.0 / sqrt(self.dot(self)))


class Ray:
    """A half line; the direction has length one."""

    __slots__ = ("direction", "origin")

    def __init__(self, origin: Vec3, direction: Vec3) -> None:
        self.origin = origin
        self.direction = direction

    def at(self, t: float) -> Vec3:
        return self.origin + self.direction * t


class Sphere:
    """A ball; `mirror` is the part of light that it reflects."""

    __slots__ = ("center", "color", "mirror", "radius")

    def __init__(self, center: Vec3, radius: float, color: Vec3, mirror: float) -> None:
        self.center = center
        self.radius = radius
        self.color = color
        self.mirror = mirror

    def distance(self, ray: Ray) -> float:
        """Return how far along the ray the sphere is, or FAR."""
        oc = ray.origin - self.center
        b = oc.dot(ray.direction)
        d = b * b - oc.dot(oc) + self.radius * self.radius
        if d < 0.0:
            return FAR
        root = sqrt(d)
        if -b - root > EPSILON:
            return -b - root
        if -b + root > EPSILON:
            return -b + root
        return FAR


class Hit:
    """Where a ray ends, and what is there."""

    __slots__ = ("color", "distance", "mirror", "normal", "point")

    def __init__(self, distance: float, point: Vec3, normal: Vec3, color: Vec3, mirror: float) -> None:
        self.distance = distance
        self.point = point
        self.normal = normal
        self.color = color
        self.mirror = mirror


EYE = Vec3(0.0, 1.2, -4.5)
LIGHT = Vec3(-4.0, 6.0, -5.0)
BLACK = Vec3(0.0, 0.0, 0.0)
SPHERES = [
    Sphere(Vec3(-1.3, 1.0, 0.6), 1.0, Vec3(0.9, 0.2, 0.2), 0.35),
    Sphere(Vec3(1.2, 0.8, -0.2), 0.8, Vec3(0.2, 0.4, 0.9), 0.25),
    Sphere(Vec3(0.1, 0.35, -1.5), 0.35, Vec3(0.95, 0.85, 0.3), 0.5),
]


def floor_color(p: Vec3) -> Vec3:
    """Return the colour of the checkerboard at `p`."""
    square = int(p.x + 1000.0) + int(p.z + 1000.0)
    return Vec3(0.85, 0.85, 0.85) if square % 2 == 0 else Vec3(0.15, 0.15, 0.2)


def sky(direction: Vec3) -> Vec3:
    t = 0.5 * (direction.y + 1.0)
    return Vec3(1.0, 1.0, 1.0) * (1.0 - t) + Vec3(0.4, 0.6, 1.0) * t


def nearest(ray: Ray) -> Hit:
    """Return what the ray meets first; its distance is FAR if nothing."""
    best = FAR
    index = -1
    for i in range(len(SPHERES)):
        distance = SPHERES[i].distance(ray)
        if distance < best:
            best = distance
            index = i
    if ray.direction.y < -EPSILON:
        down = -ray.origin.y / ray.direction.y
        if EPSILON < down < best:
            p = ray.at(down)
            return Hit(down, p, Vec3(0.0, 1.0, 0.0), floor_color(p), 0.15)
    if index < 0:
        return Hit(FAR, BLACK, BLACK, BLACK, 0.0)
    sphere = SPHERES[index]
    p = ray.at(best)
    return Hit(best, p, (p - sphere.center) * (1.0 / sphere.radius), sphere.color, sphere.mirror)


def in_shadow(ray: Ray, limit: float) -> bool:
    for sphere in SPHERES:  # noqa: SIM110  # the same loop as in SPy and C
        if sphere.distance(ray) < limit:
            return True
    return False


def shade(hit: Hit, view: Vec3) -> Vec3:
    """Return ambient, diffuse and specular light at a point."""
    to_light = LIGHT - hit.point
    distance = sqrt(to_light.dot(to_light))
    direction = to_light * (1.0 / distance)
    start = hit.point + hit.normal * 0.0001
    color = hit.color * 0.15
    if in_shadow(Ray(start, direction), distance):
        return color
    lit = hit.normal.dot(direction)
    if lit > 0.0:
        color = color + hit.color * (0.85 * lit)
        half = (direction - view).unit()
        s = hit.normal.dot(half)
        if s > 0.0:
            for _ in range(5):
                s = s * s
            color = color + Vec3(0.6, 0.6, 0.6) * s
    return color


def trace(ray: Ray, depth: int) -> Vec3:
    hit = nearest(ray)
    if hit.distance >= FAR:
        return sky(ray.direction)
    color = shade(hit, ray.direction)
    if depth >= MAX_DEPTH or hit.mirror <= 0.0:
        return color
    bounce = ray.direction - hit.normal * (2.0 * ray.direction.dot(hit.normal))
    reflected = trace(Ray(hit.point + hit.normal * 0.0001, bounce), depth + 1)
    return color * (1.0 - hit.mirror) + reflected * hit.mirror


def pixel(x: int, y: int, width: int, height: int) -> Vec3:
    """Return the colour of a pixel: the mean of four rays."""
    color = BLACK
    for sub in range(4):
        sx = (x + 0.25 + 0.5 * (sub % 2)) / width * 2.0 - 1.0
        sy = 1.0 - (y + 0.25 + 0.5 * (sub // 2)) / height * 2.0
        direction = Vec3(sx * width / height, sy, 2.2).unit()
        color = color + trace(Ray(EYE, direction), 0)
    return color * 0.25


def level(x: float) -> int:
    return int(255.0 * min(max(x, 0.0), 1.0) + 0.5)


def checksum(width: int, height: int) -> int:
    total = 0
    for y in range(height):
        for x in range(width):
            c = pixel(x, y, width, height)
            total = (total * 31 + level(c.x) * 7 + level(c.y) * 5 + level(c.z)) % 1000003
    return total


def row(y: int, width: int, height: int) -> str:
    text = ""
    for x in range(width):
        c = pixel(x, y, width, height)
        text = text + str(level(c.x)) + " " + str(level(c.y)) + " " + str(level(c.z)) + " "
    return text


def main(argv: list[str]) -> None:
    width = 64
    height = 48
    if len(argv) > 2:
        width = int(argv[1])
        height = int(argv[2])
    if len(argv) > 3 and argv[3] == "checksum":
        print(checksum(width, height))
        return
    header = f"P3 {width} {height} 255"
    if len(argv) > 3:
        with open(argv[3], "w") as image:
            image.write(header + "\n")
            for y in range(height):
                image.write(row(y, width, height) + "\n")
    else:
        print(header)
        for y in range(height):
            print(row(y, width, height))


if __name__ == "__main__":
    main(sys.argv)
