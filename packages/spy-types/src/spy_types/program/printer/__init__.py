"""The one textual form of Program IR: Python-like, for readers and golden files; nobody reads it back."""

from spy_types.program.printer.program import print_body, print_expr, print_function, print_program

__all__ = ["print_body", "print_expr", "print_function", "print_program"]
