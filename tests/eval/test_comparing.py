from dataclasses import replace

import pytest

from eval.comparing import compare, compare_all
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
    table = comparison_table({"correct": comparison})
    assert "gained (2): b, c" in table
    assert "lost (1): d" in table


def test_cases_of_one_run_only_are_named_and_not_counted() -> None:
    comparison = compare(scores(a=True, b=True), scores(a=False, c=True))
    assert comparison.cases == 1
    assert comparison.unpaired == ("b", "c")
    assert comparison.to_json()["lost"] == ["a"]


def test_runs_without_a_common_case_are_refused() -> None:
    with pytest.raises(EvalError, match="share no case"):
        compare(scores(a=True), scores(b=True))


def test_a_change_has_the_interval_of_pairs() -> None:
    before = scores(**{f"a{number}": number < 22 for number in range(50)})
    after = scores(**{f"a{number}": number < 20 or 22 <= number < 34 for number in range(50)})
    comparison = compare(before, after)
    assert (len(comparison.gained), len(comparison.lost)) == (12, 2)
    change, low, high = comparison.change
    assert change == pytest.approx(0.2)
    # Newcombe 1998, table II, method 10.
    assert (low, high) == pytest.approx((0.0562, 0.3292), abs=1e-4)
    assert comparison.to_json()["intervals"][0] == [0.3116, 0.5769]


def test_a_run_compared_with_itself_may_have_changed_by_chance_only() -> None:
    same = scores(a=True, b=False)
    change, low, high = compare(same, same).change
    assert change == 0
    assert low <= 0 <= high


def test_every_score_that_both_runs_count_is_compared() -> None:
    before, after = scores(a=True, b=True), scores(a=True, b=True)
    after[0] = replace(after[0], short=False, cited=False)
    before[0] = replace(before[0], short=True)
    compared = compare_all(before, after)
    assert compared["short"].lost == ("a",)
    assert compared["short"].cases == 1
    assert compared["cited"].lost == ("a",)
    assert compared["correct"].lost == ()
    assert compare_all(scores(a=True), scores(a=True)).keys() == {"correct", "clean", "cited"}
