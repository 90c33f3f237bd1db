"""The walk over the syntax tree, written once.

The evaluator and the specialiser say what happens to red operands.
"""
