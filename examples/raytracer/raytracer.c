/* The ray tracer of raytracer.spy in C: same scene, same order of operations, same image.

   cc -O3 -o raytracer raytracer.c -lm && ./raytracer [WIDTH HEIGHT [FILE]] > image.ppm */

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 4
#define FAR 1e9
#define EPSILON 1e-6

typedef struct { double x, y, z; } Vec3;
typedef struct { Vec3 origin, direction; } Ray;
typedef struct { Vec3 center; double radius; Vec3 color; double mirror; } Sphere;
typedef struct { double distance; Vec3 point, normal, color; double mirror; } Hit;

static Vec3 vec(double x, double y, double z) { return (Vec3){x, y, z}; }
static Vec3 add(Vec3 a, Vec3 b) { return vec(a.x + b.x, a.y + b.y, a.z + b.z); }
static Vec3 sub(Vec3 a, Vec3 b) { return vec(a.x - b.x, a.y - b.y, a.z - b.z); }
static Vec3 mul(Vec3 a, double k) { return vec(a.x * k, a.y * k, a.z * k); }
static double dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vec3 unit(Vec3 a) { return mul(a, 1.0 / sqrt(dot(a, a))); }
static Vec3 at(Ray ray, double t) { return add(ray.origin, mul(ray.direction, t)); }

static const Vec3 EYE = {0.0, 1.2, -4.5};
static const Vec3 LIGHT = {-4.0, 6.0, -5.0};
static const Vec3 BLACK = {0.0, 0.0, 0.0};
static const Sphere SPHERES[] = {
    {{-1.3, 1.0, 0.6}, 1.0, {0.9, 0.2, 0.2}, 0.35},
    {{1.2, 0.8, -0.2}, 0.8, {0.2, 0.4, 0.9}, 0.25},
    {{0.1, 0.35, -1.5}, 0.35, {0.95, 0.85, 0.3}, 0.5},
};
static const int SPHERE_COUNT = sizeof SPHERES / sizeof SPHERES[0];

static double sphere_distance(const Sphere *s, Ray ray) {
    Vec3 oc = sub(ray.origin, s->center);
    double b = dot(oc, ray.direction);
    double d = b * b - dot(oc, oc) + s->radius * s->radius;
    if (d < 0.0)
        return FAR;
    double root = sqrt(d);
    if (-b - root > EPSILON)
        return -b - root;
    if (-b + root > EPSILON)
        return -b + root;
    return FAR;
}

static Vec3 floor_color(Vec3 p) {
    int square = (int)(p.x + 1000.0) + (int)(p.z + 1000.0);
    return square % 2 == 0 ? vec(0.85, 0.85, 0.85) : vec(0.15, 0.15, 0.2);
}

static Vec3 sky(Vec3 direction) {
    double t = 0.5 * (direction.y + 1.0);
    return add(mul(vec(1.0, 1.0, 1.0), 1.0 - t), mul(vec(0.4, 0.6, 1.0), t));
}

static Hit nearest(Ray ray) {
    double best = FAR;
    int index = -1;
    for (int i = 0; i < SPHERE_COUNT; i++) {
        double distance = sphere_distance(&SPHERES[i], ray);
        if (distance < best) {
            best = distance;
            index = i;
        }
    }
    if (ray.direction.y < -EPSILON) {
        double down = -ray.origin.y / ray.direction.y;
        if (EPSILON < down && down < best) {
            Vec3 p = at(ray, down);
            return (Hit){down, p, vec(0.0, 1.0, 0.0), floor_color(p), 0.15};
        }
    }
    if (index < 0)
        return (Hit){FAR, BLACK, BLACK, BLACK, 0.0};
    const Sphere *sphere = &SPHERES[index];
    Vec3 p = at(ray, best);
    return (Hit){best, p, mul(sub(p, sphere->center), 1.0 / sphere->radius), sphere->color, sphere->mirror};
}

static bool in_shadow(Ray ray, double limit) {
    for (int i = 0; i < SPHERE_COUNT; i++)
        if (sphere_distance(&SPHERES[i], ray) < limit)
            return true;
    return false;
}

static Vec3 shade(Hit hit, Vec3 view) {
    Vec3 to_light = sub(LIGHT, hit.point);
    double distance = sqrt(dot(to_light, to_light));
    Vec3 direction = mul(to_light, 1.0 / distance);
    Vec3 start = add(hit.point, mul(hit.normal, 0.0001));
    Vec3 color = mul(hit.color, 0.15);
    if (in_shadow((Ray){start, direction}, distance))
        return color;
    double lit = dot(hit.normal, direction);
    if (lit > 0.0) {
        color = add(color, mul(hit.color, 0.85 * lit));
        double s = dot(hit.normal, unit(sub(direction, view)));
        if (s > 0.0) {
            for (int i = 0; i < 5; i++)
                s = s * s;
            color = add(color, mul(vec(0.6, 0.6, 0.6), s));
        }
    }
    return color;
}

static Vec3 trace(Ray ray, int depth) {
    Hit hit = nearest(ray);
    if (hit.distance >= FAR)
        return sky(ray.direction);
    Vec3 color = shade(hit, ray.direction);
    if (depth >= MAX_DEPTH || hit.mirror <= 0.0)
        return color;
    Vec3 bounce = sub(ray.direction, mul(hit.normal, 2.0 * dot(ray.direction, hit.normal)));
    Vec3 reflected = trace((Ray){add(hit.point, mul(hit.normal, 0.0001)), bounce}, depth + 1);
    return add(mul(color, 1.0 - hit.mirror), mul(reflected, hit.mirror));
}

static Vec3 pixel(int x, int y, int width, int height) {
    Vec3 color = BLACK;
    for (int i = 0; i < 4; i++) {
        double sx = (x + 0.25 + 0.5 * (i % 2)) / width * 2.0 - 1.0;
        double sy = 1.0 - (y + 0.25 + 0.5 * (i / 2)) / height * 2.0;
        Vec3 direction = unit(vec(sx * width / height, sy, 2.2));
        color = add(color, trace((Ray){EYE, direction}, 0));
    }
    return mul(color, 0.25);
}

static int level(double x) {
    double clamped = x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
    return (int)(255.0 * clamped + 0.5);
}

static int checksum(int width, int height) {
    int total = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            Vec3 c = pixel(x, y, width, height);
            total = (total * 31 + level(c.x) * 7 + level(c.y) * 5 + level(c.z)) % 1000003;
        }
    return total;
}

int main(int argc, char **argv) {
    int width = argc > 2 ? atoi(argv[1]) : 64;
    int height = argc > 2 ? atoi(argv[2]) : 48;
    if (argc > 3 && strcmp(argv[3], "checksum") == 0) {
        printf("%d\n", checksum(width, height));
        return 0;
    }
    FILE *out = argc > 3 ? fopen(argv[3], "w") : stdout;
    if (!out) {
        perror(argv[3]);
        return 1;
    }
    fprintf(out, "P3 %d %d 255\n", width, height);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            Vec3 c = pixel(x, y, width, height);
            fprintf(out, "%d %d %d ", level(c.x), level(c.y), level(c.z));
        }
        fputc('\n', out);
    }
    return fclose(out) ? 1 : 0;
}
