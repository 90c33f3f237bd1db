"""The installed plugins, with a warning for each that cannot be loaded."""

import sys

from spy_types.plugins import Plugins

from spy_cli.plugin_list import installed_points
from spy_cli.render import render
from spy_cli.style import palette_for


def load_plugins() -> Plugins:
    """Return the installed plugins."""
    plugins = Plugins()
    plugins.load_points(installed_points())
    for diagnostic in plugins.broken:
        print(render(diagnostic, palette=palette_for(sys.stderr), severity="warning"), file=sys.stderr)
    return plugins
