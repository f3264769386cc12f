"""The figure gate put to right answers and to the same ones with one thing corrupted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.checking import check_sentence
from eval.cases import load_cases
from eval.gate_answers import RightAnswer, corpus_answers, reworded_answers
from eval.gate_corruptions import PARTS, Corruption, Way, corruptions
from eval.jsonl import refuse_no_folder

REWORDINGS = Path(__file__).with_name("rewordings.jsonl")
HALVES = ("tuned", "held")
WAYS: tuple[Way, ...] = ("foreign", "same_text")
WORDINGS = ("verbatim", "template", "reworded")


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence put to the gate: a right answer, or a corruption of it, and what it found."""

    answer: RightAnswer
    corruption: Corruption | None
    found: tuple[str, ...]

    @property
    def caught(self) -> bool:
        """Tell whether the gate held the sentence back."""
        return bool(self.found)

    @property
    def text(self) -> str:
        """Return the sentence as it was put to the gate."""
        return self.corruption.text if self.corruption else self.answer.text


def run_gate_check(
    corpora: Sequence[Path], rewordings: Path = REWORDINGS, cases: Path | None = None
) -> list[Trial]:
    """Return the trials of the right answers about the corpora, and of the hand-written ones.

    Raise EvalError where a folder or file is missing.
    """
    for corpus in corpora:
        refuse_no_folder(corpus)
    known = load_cases(cases) if cases else ()
    answers = [answer for corpus in corpora for answer in corpus_answers(corpus, known)]
    answers += reworded_answers(rewordings)
    return [trial for answer in answers for trial in _trials(answer)]


def _trials(answer: RightAnswer) -> Iterator[Trial]:
    for corruption in (None, *corruptions(answer)):
        text = corruption.text if corruption else answer.text
        found = check_sentence(text, [answer.citation])
        reasons = tuple(f"{item.figure}: {item.reason}" for item in found)
        yield Trial(answer, corruption, reasons)


def gate_scores(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return of each half the share of right answers rejected and of corruptions caught."""
    return {half: _half([one for one in trials if one.answer.half == half]) for half in HALVES}


def _half(trials: Sequence[Trial]) -> dict[str, Any]:
    right = [trial for trial in trials if trial.corruption is None]
    scores: dict[str, Any] = {"right": len(right), "rejected": _share(right)}
    for wording in WORDINGS:
        scores[f"rejected_{wording}"] = _share(
            [one for one in right if one.answer.wording == wording]
        )
    for way in WAYS:
        wrong = [one for one in trials if one.corruption and one.corruption.way == way]
        scores[way] = len(wrong)
        scores[f"{way}_caught"] = _share(wrong)
        reworded = [one for one in wrong if one.answer.wording == "reworded"]
        scores[f"{way}_caught_reworded"] = _share(reworded)
        for part in PARTS[way]:
            of_part = [one for one in wrong if one.corruption and one.corruption.part == part]
            scores[f"{part}_caught"] = _share(of_part)
    return scores


def _share(trials: Sequence[Trial]) -> float | None:
    return round(sum(one.caught for one in trials) / len(trials), 4) if trials else None


def gate_report(trials: Sequence[Trial]) -> str:
    """Return the mistakes of the tuned half, one a line, and the scores of both halves.

    The mistakes of the held half are not shown: who mends them has no held half any more.
    """
    lines = []
    for trial in trials:
        if trial.answer.half == "tuned" and trial.caught == (trial.corruption is None):
            mistake = trial.corruption.part if trial.corruption else "rejected"
            lines.append(f"{mistake:10} {trial.answer.id}: {trial.text} {', '.join(trial.found)}")
    halves = gate_scores(trials)
    width = max(len(name) for name in halves["tuned"])
    lines.append(f"\n{'':{width}} {HALVES[0]:>8} {HALVES[1]:>8}")
    for name in halves["tuned"]:
        shown = (_shown(halves[half][name]) for half in HALVES)
        lines.append(" ".join([f"{name:{width}}", *shown]))
    return "\n".join(lines)


def _shown(score: float | None) -> str:
    written = "-" if score is None else f"{score:.4f}" if isinstance(score, float) else str(score)
    return f"{written:>8}"
