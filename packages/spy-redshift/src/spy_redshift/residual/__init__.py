"""The frame of the specialiser, in parts.

The same walk as the evaluator's, where red operands become code.
"""
