"""The figure gate put to right answers and to the same ones with one thing corrupted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.checking import check_sentence
from eval.gate_answers import RightAnswer, corpus_answers, reworded_answers
from eval.gate_corruptions import Corruption, corruptions

HALVES = ("tuned", "held")
WAYS = ("foreign", "same_text")


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence put to the gate: a right answer, or a corruption; `caught`: it was held back."""

    answer: RightAnswer
    corruption: Corruption | None
    caught: bool
    reasons: tuple[str, ...]


def run_gate_check(corpora: Sequence[Path], rewordings: Path | None) -> list[Trial]:
    """Return the trials of all right answers about the corpora and of the file of rewordings."""
    answers = [answer for corpus in corpora for answer in corpus_answers(corpus)]
    if rewordings:
        answers += reworded_answers(rewordings)
    return [trial for answer in answers for trial in _trials(answer)]


def _trials(answer: RightAnswer) -> Iterable[Trial]:
    yield _trial(answer, None)
    for corruption in corruptions(answer):
        yield _trial(answer, corruption)


def _trial(answer: RightAnswer, corruption: Corruption | None) -> Trial:
    text = corruption.text if corruption else answer.text
    found = check_sentence(text, [answer.citation])
    reasons = tuple(f"{item.figure}: {item.reason}" for item in found)
    return Trial(answer, corruption, bool(found), reasons)


def gate_scores(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return of each half the share of right answers rejected and of corruptions caught."""
    return {half: _half([one for one in trials if one.answer.half == half]) for half in HALVES}


def _half(trials: Sequence[Trial]) -> dict[str, Any]:
    right = [trial for trial in trials if trial.corruption is None]
    scores: dict[str, Any] = {
        "right_answers": len(right),
        "rejected": _share(right),
        "rejected_by_wording": {
            wording: _share([one for one in right if one.answer.wording == wording])
            for wording in ("verbatim", "template", "reworded")
        },
    }
    for way in WAYS:
        wrong = [one for one in trials if one.corruption and one.corruption.way == way]
        parts = sorted({one.corruption.part for one in wrong if one.corruption})
        scores[way] = {
            "corruptions": len(wrong),
            "caught": _share(wrong),
            "by_part": {part: _share(_of_part(wrong, part)) for part in parts},
        }
    return scores


def _of_part(trials: Sequence[Trial], part: str) -> list[Trial]:
    return [one for one in trials if one.corruption and one.corruption.part == part]


def _share(trials: Sequence[Trial]) -> float | None:
    return round(sum(one.caught for one in trials) / len(trials), 4) if trials else None
