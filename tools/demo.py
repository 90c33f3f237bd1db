"""Render the ray-traced scene in every way SPy has, compare the speed, write the image.

python tools/demo.py [IMAGE]        # IMAGE defaults to scene.png

The time is that of the whole process divided by the pixels; each engine gets an image as large as it can do
in seconds. All of them must compute the same pixels.
"""

import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

SCENE = Path(__file__).resolve().parent.parent / "examples" / "raytracer"
SPY = [sys.executable, "-m", "spy_cli.main"]
SAMPLE = (8, 6)
PICTURE = (1280, 960)


def main(argv: list[str]) -> int:
    """Build, render, compare, print the table."""
    image = Path(argv[0]) if argv else Path("scene.png")
    source = SCENE / "raytracer.spy"
    with tempfile.TemporaryDirectory(prefix="spy-demo-") as folder:
        binary = Path(folder, "raytracer")
        print(f"spy build --release {source.name} ...", flush=True)
        subprocess.run([*SPY, "build", "--release", "-o", str(binary), str(source)], check=True)
        engines = {
            "python raytracer.py": ([sys.executable, str(SCENE / "raytracer.py")], (160, 120)),
            "spy run --engine interp": ([*SPY, "run", "--engine", "interp", str(source)], SAMPLE),
            "spy run": ([*SPY, str(source)], (160, 120)),
            "spy build --release": ([str(binary)], PICTURE),
        }
        print("rendering ...", flush=True)
        samples = {name: _checksum(command, SAMPLE) for name, (command, _) in engines.items()}
        if len(set(samples.values())) != 1:
            print(f"the engines disagree: {samples}", file=sys.stderr)
            return 1
        times = {name: _microseconds(command, size) for name, (command, size) in engines.items()}
        _print_table(times)
        subprocess.run([str(binary), *map(str, PICTURE), f"{folder}/scene.ppm"], check=True)
        _write_png(image, Path(folder, "scene.ppm").read_text())
    print(f"wrote {image}")
    return 0


def _checksum(command: list[str], size: tuple[int, int]) -> str:
    arguments = [*command, *map(str, size), "checksum"]
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.strip()


def _microseconds(command: list[str], size: tuple[int, int]) -> float:
    start = time.perf_counter()
    _checksum(command, size)
    return (time.perf_counter() - start) / (size[0] * size[1]) * 1e6


def _print_table(times: dict[str, float]) -> None:
    python = times["python raytracer.py"]
    print(f"\n{'':24}  {'us per pixel':>12}  against CPython")
    for name, value in times.items():
        ratio = python / value
        faster = f"{ratio:8.1f} x faster" if ratio >= 1 else f"{1 / ratio:8.1f} x slower"
        print(f"{name:24}  {value:12.2f}  {faster}")
    print()


def _write_png(path: Path, ppm: str) -> None:
    numbers = list(map(int, ppm.split()[1:]))
    width, height, _, *levels = numbers
    rows = b"".join(b"\0" + bytes(levels[y * width * 3 : (y + 1) * width * 3]) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = [struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in chunks]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(body))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
