"""Every node of the syntax tree is taken by one method of the walk, or refused by name."""

from typing import get_args

import pytest
from spy_types.syntax import nodes as n
from spy_vm.evaluator.frame import EvalFrame
from spy_vm.frame.tables import EVAL, EXEC, REFUSED

EXPRESSIONS = set(get_args(n.Expr))
STATEMENTS = set(get_args(n.Stmt))


def test_every_expression_is_evaluated_or_refused() -> None:
    assert set(EVAL) | (set(REFUSED) & EXPRESSIONS) == EXPRESSIONS


def test_every_statement_is_executed_or_refused() -> None:
    assert set(EXEC) | (set(REFUSED) & STATEMENTS) == STATEMENTS


def test_nothing_is_both_taken_and_refused() -> None:
    assert (set(EVAL) | set(EXEC)) & set(REFUSED) == set()


@pytest.mark.parametrize("name", [*EVAL.values(), *EXEC.values()])
def test_the_walk_has_the_method(name: str) -> None:
    assert callable(getattr(EvalFrame, name))


def test_the_evaluator_leaves_nothing_of_the_frame_abstract() -> None:
    assert EvalFrame.__abstractmethods__ == frozenset()
