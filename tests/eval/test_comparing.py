from dataclasses import replace

import pytest

from eval.comparing import compare
from eval.errors import EvalError
from eval.scoring import CaseScore
from eval.tables import comparison_table
from tests.eval.test_scoring import answer, case, score


def scores(**correct: bool) -> list[CaseScore]:
    right = score(case(), answer())
    return [replace(right, id=key, correct=value) for key, value in correct.items()]


def test_cases_that_flipped_are_listed_both_ways() -> None:
    before = scores(a=True, b=False, c=False, d=True)
    after = scores(a=True, b=True, c=True, d=False)
    comparison = compare(before, after)
    assert comparison.gained == ("b", "c")
    assert comparison.lost == ("d",)
    assert comparison.correct == (2, 3)
    assert comparison.p_value == 1
    assert "gained (2): b, c" in comparison_table(comparison)


def test_cases_of_one_run_only_are_named_and_not_counted() -> None:
    comparison = compare(scores(a=True, b=True), scores(a=False, c=True))
    assert comparison.cases == 1
    assert comparison.unpaired == ("b", "c")
    assert comparison.to_json()["lost"] == ["a"]


def test_runs_without_a_common_case_are_refused() -> None:
    with pytest.raises(EvalError, match="share no case"):
        compare(scores(a=True), scores(b=True))
