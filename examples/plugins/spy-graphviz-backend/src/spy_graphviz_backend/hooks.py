"""What this package offers to SPy."""

from collections.abc import Sequence

from spy_types.artifacts import Backend
from spy_types.hookspecs import hookimpl

from spy_graphviz_backend.backend import GraphvizBackend


@hookimpl
def spy_backends() -> Sequence[Backend]:
    """Offer the Graphviz backend."""
    return [GraphvizBackend()]
