"""The frame of the specialiser, in parts: the same walk as the evaluator's, where red operands become code."""
