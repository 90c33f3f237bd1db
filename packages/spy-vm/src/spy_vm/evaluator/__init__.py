"""The plain evaluator, in parts."""
