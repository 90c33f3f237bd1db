"""App-level objects: types, functions, modules, and the operands that carry values to operators."""
