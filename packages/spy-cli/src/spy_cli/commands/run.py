"""`spy run FILE`, or just `spy FILE`."""

TYPE_CHECKING = False  # for a quick start
if TYPE_CHECKING:
    import argparse

HELP = "run a program"


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """Add options and positional arguments."""
    from spy_cli.options import add_file, add_world

    parser.add_argument(
        "--engine",
        choices=["auto", "interp", "redshift"],
        default="auto",
        help="interp: evaluate the syntax tree; redshift: run the redshifted program; "
        "auto (default): redshift, but a static error matters only where the program reaches it",
    )
    add_world(parser)
    add_file(parser, argv=True)


def run(args: "argparse.Namespace") -> int:
    """Run the program; return its exit code."""
    from spy_cli.running import run_session
    from spy_cli.session import open_session

    return run_session(open_session(args.file, args), args.engine, [str(args.file), *args.argv])


def run_file(file: str, argv: list[str]) -> int:
    """Run the program in `file` with default options: the hot path, without argparse."""
    from spy_cli.ready import find_ready

    ready = find_ready(file)
    if ready is not None:
        return ready([file, *argv])
    from pathlib import Path

    from spy_cli.make_ready import make_ready
    from spy_cli.running import run_session
    from spy_cli.session import open_session

    session = open_session(Path(file))
    code = run_session(session, "auto", [file, *argv])
    make_ready(session, file)
    return code
