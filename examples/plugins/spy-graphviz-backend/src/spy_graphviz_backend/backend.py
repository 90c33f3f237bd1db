"""The backend: bytes of Program IR in, a `.dot` file out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import final

from spy_types.artifacts import Artifact, BuildRequest
from spy_types.program.codec import decode
from spy_types.program.program import PROGRAM_VERSION
from spy_types.program.verify import verify

from spy_graphviz_backend.drawing import draw
from spy_graphviz_backend.errors import bad_option, unknown_option

OPTIONS = ("module", "flow")


@final
class GraphvizBackend:
    """Draws the call graph and the control flow of a program."""

    name: str = "graphviz"
    kinds: Sequence[str] = ("dot",)
    targets: Sequence[str] = ("any",)
    ir_versions: Sequence[int] = (PROGRAM_VERSION,)

    def build(self, program: bytes, request: BuildRequest) -> Artifact:
        """Write the drawing to `request.out`, or to `NAME.dot` in the build folder."""
        module, flow = _read(request.options)
        decoded = decode(program)
        verify(decoded)
        text = draw(decoded, module=module, flow=flow)
        path = request.out or (request.build_dir or Path()) / f"{request.name}.dot"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Artifact(path, "dot")


def _read(options: Mapping[str, str]) -> tuple[str | None, bool]:
    for name in options:
        if name not in OPTIONS:
            raise unknown_option(name, OPTIONS)
    flow = options.get("flow", "yes")
    if flow not in ("yes", "no"):
        raise bad_option("flow", flow, ("yes", "no"))
    return options.get("module"), flow == "yes"
