#include <stdio.h>
#include <stdlib.h>

static int iterations(double cx, double cy, int limit) {
    double x = 0.0, y = 0.0;
    int n = 0;
    while (n < limit) {
        double x2 = x * x, y2 = y * y;
        if (x2 + y2 > 4.0)
            return n;
        y = 2.0 * x * y + cy;
        x = x2 - y2 + cx;
        n++;
    }
    return n;
}

int main(int argc, char **argv) {
    int size = argc > 1 ? atoi(argv[1]) : 200;
    int total = 0, inside = 0;
    for (int row = 0; row < size; row++) {
        double cy = 2.0 * row / size - 1.0;
        for (int column = 0; column < size; column++) {
            int n = iterations(3.0 * column / size - 2.0, cy, 200);
            total = (total + n) % 1000003;
            if (n == 200)
                inside++;
        }
    }
    printf("%d %d\n", total, inside);
    return 0;
}
