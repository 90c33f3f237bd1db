"""The blue lookup behind every operator: from operands to the function to call.

Written once, used by all engines.
"""
