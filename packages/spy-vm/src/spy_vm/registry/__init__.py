"""The data of a World: what has a name, and what was remembered.

It knows neither frames nor the evaluator.
"""
