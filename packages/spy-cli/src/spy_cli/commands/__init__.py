"""The subcommands of `spy`, one module each with `HELP`, `add_arguments` and `run`."""

COMMANDS: dict[str, str] = {
    "run": "run",
    "check": "check",
    "redshift": "redshift",
    "rs": "redshift",
    "build": "build",
    "parse": "parse",
    "scopes": "scopes",
    "ir": "ir",
    "colorize": "colorize",
    "imports": "imports",
    "explain": "explain",
    "plugins": "plugins",
    "doctor": "doctor",
    "cache": "cache",
}
