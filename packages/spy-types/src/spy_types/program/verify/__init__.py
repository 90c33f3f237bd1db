"""The verifier of Program IR: every rule of docs/ir.md, all violations in one error."""

from spy_types.program.verify.program import verify

__all__ = ["verify"]
