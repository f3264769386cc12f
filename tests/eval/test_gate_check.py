"""The gate's scores: right answers rejected, corruptions caught, in two halves."""

from pathlib import Path

import pytest

from eval.errors import EvalError
from eval.gate_answers import RightAnswer
from eval.gate_check import Trial, gate_report, gate_scores, run_gate_check
from eval.gate_corruptions import Corruption
from tests.factories import make_citation


def answer_of(half: str) -> RightAnswer:
    """Return an answer whose text falls into a half."""
    answers = (
        RightAnswer(f"a{number}", "reworded", f"Có 45 xã ({number}) [1].", make_citation())
        for number in range(50)
    )
    return next(answer for answer in answers if answer.half == half)


def trials(half: str, *, rejected: bool, caught: bool) -> list[Trial]:
    answer = answer_of(half)
    corruption = Corruption(answer, "foreign", "digits", "Có 46 xã [1].")
    return [
        Trial(answer, None, ("45: foreign",) if rejected else ()),
        Trial(answer, corruption, ("46: foreign",) if caught else ()),
    ]


def test_each_half_has_its_own_shares() -> None:
    scores = gate_scores(
        [
            *trials("tuned", rejected=False, caught=True),
            *trials("held", rejected=True, caught=False),
        ]
    )
    assert (scores["tuned"]["rejected"], scores["tuned"]["foreign_caught"]) == (0.0, 1.0)
    assert (scores["held"]["rejected"], scores["held"]["foreign_caught"]) == (1.0, 0.0)
    assert scores["held"]["same_text_caught"] is None


def test_only_mistakes_of_the_tuned_half_are_shown() -> None:
    shown = gate_report(
        [
            *trials("tuned", rejected=True, caught=False),
            *trials("held", rejected=True, caught=False),
        ]
    )
    assert f"rejected   {answer_of('tuned').id}:" in shown
    assert "Có 46 xã" in shown
    assert f"{answer_of('held').id}:" not in shown


def test_a_corpus_is_run_with_the_hand_written_answers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Năm 2024, tỉnh có 45 xã đạt chuẩn.\n", encoding="utf-8")
    found = run_gate_check([tmp_path])
    assert {trial.answer.wording for trial in found} == {"verbatim", "template", "reworded"}
    scores = gate_scores(found)
    assert scores["tuned"]["foreign_caught"] >= 0.98
    assert scores["tuned"]["same_text_caught"] >= 0.8


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no folder"):
        run_gate_check([tmp_path / "none"])
