"""The SPy world: import time, dispatch, evaluator, executor."""
