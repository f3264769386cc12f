"""Two runs of the same cases, side by side: who gained, who lost, and by chance or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.errors import EvalError
from eval.metrics import mcnemar_exact, paired_difference, wilson
from eval.scoring import CaseScore

COMPARED = ("correct", "clean", "short", "cited")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cases that one score counts in both runs, and the ids that only one of them got right."""

    cases: int
    correct: tuple[int, int]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    unpaired: tuple[str, ...]

    @property
    def p_value(self) -> float:
        """Return the chance of so uneven a change where neither run is better (McNemar 1947)."""
        return mcnemar_exact(len(self.gained), len(self.lost))

    @property
    def intervals(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the 95% interval of each run's share."""
        before, after = self.correct
        return wilson(before, self.cases), wilson(after, self.cases)

    @property
    def change(self) -> tuple[float, float, float]:
        """Return the change of the share in pairs, and the ends of its 95% interval."""
        gained, lost = len(self.gained), len(self.lost)
        both = self.correct[0] - lost
        neither = self.cases - both - gained - lost
        return (gained - lost) / self.cases, *paired_difference(both, gained, lost, neither)

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as JSON."""
        return {
            "cases": self.cases,
            "correct": list(self.correct),
            "gained": list(self.gained),
            "lost": list(self.lost),
            "unpaired": list(self.unpaired),
            "p": round(self.p_value, 4),
            "intervals": [[round(end, 4) for end in interval] for interval in self.intervals],
            "change": [round(value, 4) for value in self.change],
        }


def compare(
    before: Sequence[CaseScore], after: Sequence[CaseScore], score: str = "correct"
) -> Comparison:
    """Compare one score of two runs by case id; raise EvalError where they share no case."""
    first, second = _by_id(before, score), _by_id(after, score)
    shared = [key for key in first if key in second]
    if not shared:
        raise EvalError("The two runs share no case: compare runs of the same case file.")
    return Comparison(
        cases=len(shared),
        correct=(sum(first[key] for key in shared), sum(second[key] for key in shared)),
        gained=tuple(key for key in shared if second[key] and not first[key]),
        lost=tuple(key for key in shared if first[key] and not second[key]),
        unpaired=tuple(sorted(first.keys() ^ second.keys())),
    )


def compare_all(before: Sequence[CaseScore], after: Sequence[CaseScore]) -> dict[str, Comparison]:
    """Compare every score that both runs count, by name; `correct` is always among them."""
    counted = [
        name for name in COMPARED[1:] if _by_id(before, name).keys() & _by_id(after, name).keys()
    ]
    return {name: compare(before, after, name) for name in (COMPARED[0], *counted)}


def _by_id(scores: Sequence[CaseScore], score: str) -> dict[str, bool]:
    """Return the case ids that a score applies to, and whether it is met."""
    found = {one.id: getattr(one, score) for one in scores}
    return {key: value for key, value in found.items() if value is not None}
