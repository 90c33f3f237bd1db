"""What spy-cbackend offers to SPy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spy_types.hookspecs import hookimpl

if TYPE_CHECKING:
    from spy_types.artifacts import Backend


@hookimpl
def spy_backends() -> "Sequence[Backend]":
    """Offer the C backend."""
    from spy_cbackend.backend import CBackend  # noqa: PLC0415  # most commands never build

    return [CBackend()]
