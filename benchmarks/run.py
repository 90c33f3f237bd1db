"""Measure SPy against C and CPython and print the table of ratios.

python benchmarks/run.py [--runs N] [--json] [NAME...]
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from figures import Figure, all_figures
from workshop import Workshop


def main() -> int:
    """Measure what was asked for; return 1 if something could not be measured."""
    parser = argparse.ArgumentParser(description="measure SPy against C and CPython")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure (default: everything)")
    parser.add_argument("--runs", type=int, default=7, help="paired runs for each figure (default: 7)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spy-bench-") as folder:
        measures = all_figures(Workshop(Path(folder)), args.runs)
        unknown = set(args.names) - set(measures)
        if unknown:
            parser.error(f"no {', '.join(sorted(unknown))}; there are {', '.join(measures)}")
        figures, failures = measure_all([measures[name] for name in args.names or measures])
    print(as_json(figures, failures) if args.json else as_table(figures, failures))
    return 1 if failures else 0


def measure_all(measures: Iterable[Callable[[], Iterator[Figure]]]) -> tuple[list[Figure], list[str]]:
    """Run the measures one after the other; a failure of one does not stop the others."""
    figures: list[Figure] = []
    failures: list[str] = []
    for measure in measures:
        try:
            for figure in measure():
                figures.append(figure)
                print(line(figure), file=sys.stderr, flush=True)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            failures.append(str(error))
            print(f"failed: {error}", file=sys.stderr, flush=True)
    return figures, failures


def line(figure: Figure) -> str:
    """Return a line of the table."""
    value = f"{figure.value:8.2f} {figure.unit}"
    sign = ">=" if figure.more_is_better else "<="
    bar = "-" if figure.bar is None else f"{sign} {figure.bar:g}"
    met = {True: "met", False: "NOT MET", None: ""}[figure.met]
    return f"{figure.name:38}{value:>12}   {bar:9} {met:8} {figure.detail}"


def as_table(figures: list[Figure], failures: list[str]) -> str:
    """Return the table for eyes."""
    head = f"{'figure':38}{'value':>12}   {'bar':9} {'':8} medians of paired CPU time"
    judged = [figure.met for figure in figures if figure.met is not None]
    tail = [f"{sum(judged)} of {len(judged)} bars met", *(f"failed: {failure}" for failure in failures)]
    return "\n".join(["", head, *map(line, figures), "", *tail])


def as_json(figures: list[Figure], failures: list[str]) -> str:
    """Return the figures for programs."""
    rows = [
        {"name": f.name, "value": f.value, "unit": f.unit, "bar": f.bar, "met": f.met, "detail": f.detail}
        for f in figures
    ]
    machine = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "system": platform.system(),
    }
    return json.dumps({"machine": machine, "figures": rows, "failures": failures}, indent=2)


if __name__ == "__main__":
    sys.exit(main())
