#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double a(int i, int j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void times(const double *u, double *v, int n) {
    for (int i = 0; i < n; i++) {
        double total = 0.0;
        for (int j = 0; j < n; j++)
            total += a(i, j) * u[j];
        v[i] = total;
    }
}

static void times_transposed(const double *u, double *v, int n) {
    for (int i = 0; i < n; i++) {
        double total = 0.0;
        for (int j = 0; j < n; j++)
            total += a(j, i) * u[j];
        v[i] = total;
    }
}

static void step(const double *u, double *v, double *w, int n) {
    times(u, w, n);
    times_transposed(w, v, n);
}

/* The shortest text that reads back as the same number: as Python prints it. */
static void print_double(double x) {
    char text[32];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    puts(text);
}

int main(int argc, char **argv) {
    int n = argc > 1 ? atoi(argv[1]) : 100;
    double *u = malloc(n * sizeof *u), *v = malloc(n * sizeof *v), *w = malloc(n * sizeof *w);
    for (int i = 0; i < n; i++)
        u[i] = 1.0;
    for (int i = 0; i < 10; i++) {
        step(u, v, w, n);
        step(v, u, w, n);
    }
    double uv = 0.0, vv = 0.0;
    for (int i = 0; i < n; i++) {
        uv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    print_double(sqrt(uv / vv));
    return 0;
}
