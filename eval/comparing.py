"""Two runs of the same cases, side by side: who gained, who lost, and by chance or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.errors import EvalError
from eval.metrics import mcnemar_exact
from eval.scoring import CaseScore


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cases that both runs answered, and the ids that only one of them got right."""

    cases: int
    correct: tuple[int, int]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    unpaired: tuple[str, ...]

    @property
    def p_value(self) -> float:
        """Return the chance of so uneven a change where neither run is better (McNemar 1947)."""
        return mcnemar_exact(len(self.gained), len(self.lost))

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as JSON."""
        return {
            "cases": self.cases,
            "correct": list(self.correct),
            "gained": list(self.gained),
            "lost": list(self.lost),
            "unpaired": list(self.unpaired),
            "p": round(self.p_value, 4),
        }


def compare(before: Sequence[CaseScore], after: Sequence[CaseScore]) -> Comparison:
    """Compare two runs by case id; raise EvalError where they share no case."""
    first = {score.id: score.correct for score in before}
    second = {score.id: score.correct for score in after}
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
