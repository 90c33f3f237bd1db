"""The JSON manifest of a library: what it exports, for tools in any language."""

from collections.abc import Sequence

import msgspec
from spy_types.program.program import Program
from spy_types.program.types import StructType

from spy_cbackend.exports import PublicFunction, prefix_of, public_structs
from spy_cbackend.header import public_member, public_names


def write_manifest(program: Program, name: str, functions: Sequence[PublicFunction]) -> bytes:
    """Return the manifest as JSON."""
    names = public_names(program, name, functions)
    structs = []
    for t in public_structs(program, functions):
        definition = program.types[t]
        assert isinstance(definition, StructType)
        fields = [{"name": f.name, "type": f.t, "c_name": public_member(f.name)} for f in definition.fields]
        structs.append({"type": t, "display": definition.display, "c_type": names[t], "fields": fields})
    exports = [
        {
            "name": public.name,
            "symbol": public.symbol,
            "params": [{"name": param.name, "type": param.t} for param in public.function.params],
            "result": public.function.result,
            "doc": public.function.doc,
        }
        for public in functions
    ]
    document = {
        "schema": "spy-manifest",
        "version": 1,
        "name": name,
        "support_prefix": f"{prefix_of(name)}spy_",
        "structs": structs,
        "exports": exports,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
