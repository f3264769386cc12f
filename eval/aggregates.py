"""Scores of cases -> proportions with intervals, overall and per category."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from app.answers import Outcome
from eval.figure_kinds import KINDS
from eval.metrics import percentile, wilson
from eval.scoring import CaseScore


@dataclass(frozen=True, slots=True)
class Proportion:
    """Successes out of a total."""

    successes: int
    total: int

    @property
    def rate(self) -> float | None:
        """Return the share of successes, None where nothing was counted."""
        return self.successes / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95% interval of the share (Wilson 1927)."""
        return wilson(self.successes, self.total)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a set of cases, by name."""

    cases: int
    proportions: dict[str, Proportion]
    words_median: float
    words_p90: int

    def to_json(self) -> dict[str, Any]:
        """Return rates by name, then their intervals and counts."""
        named = self.proportions.items()
        return {
            "cases": self.cases,
            **{name: rounded(share.rate) for name, share in named},
            "words_median": self.words_median,
            "words_p90": self.words_p90,
            "intervals": {name: [round(end, 4) for end in share.interval] for name, share in named},
            "counts": {name: [share.successes, share.total] for name, share in named},
        }


def aggregate(scores: Sequence[CaseScore]) -> Scores:
    """Return the scores of a non-empty set of cases."""
    refused = [score for score in scores if score.refused]
    unanswerable = [score for score in scores if score.must_be_refused]
    premises = [score for score in scores if score.premise]
    corrected = [score for score in scores if score.outcome is Outcome.PREMISE_CORRECTED]
    with_figures = [score for score in scores if score.figures]
    words = [score.words for score in scores]
    return Scores(
        cases=len(scores),
        proportions={
            "correct": _share(scores, lambda score: score.correct),
            "clean": _share(scores, lambda score: score.clean),
            "short": _share(scores, lambda score: score.short),
            "refusal_precision": _share(refused, lambda score: score.may_be_refused),
            "refusal_recall": _share(unanswerable, lambda score: score.refused),
            "cited": _share(scores, lambda score: score.cited),
            "verbatim": _share(scores, lambda score: score.verbatim),
            "figures": _share(with_figures, lambda score: not score.unsupported),
            **_sentences(scores),
            "premise_recall": _share(premises, lambda score: score.correct),
            "premise_precision": _share(corrected, lambda score: score.correct),
            **_figure_kinds(scores),
        },
        words_median=median(words),
        words_p90=percentile(words, 0.9),
    )


def by_category(scores: Sequence[CaseScore]) -> dict[str, Scores]:
    """Return the scores of each category, in the order in which the cases bring them."""
    categories = dict.fromkeys(score.category for score in scores)
    return {
        category: aggregate([score for score in scores if score.category == category])
        for category in categories
    }


def summary(scores: Sequence[CaseScore]) -> dict[str, Any]:
    """Return the scores as JSON, overall and per category."""
    categories = {name: group.to_json() for name, group in by_category(scores).items()}
    return {**aggregate(scores).to_json(), "categories": categories}


def _share(scores: Iterable[CaseScore], test: Callable[[CaseScore], bool | None]) -> Proportion:
    results = [result for score in scores if (result := test(score)) is not None]
    return Proportion(sum(results), len(results))


def _sentences(scores: Sequence[CaseScore]) -> dict[str, Proportion]:
    counts = [score.sentences for score in scores]
    return {
        "citation_precision": Proportion(
            sum(one.right for one in counts), sum(one.cited for one in counts)
        ),
        "citation_recall": Proportion(
            sum(one.found for one in counts), sum(one.wanted for one in counts)
        ),
    }


def _figure_kinds(scores: Sequence[CaseScore]) -> dict[str, Proportion]:
    return {
        f"figure_{kind}": Proportion(
            sum(score.told_kinds.count(kind) for score in scores),
            sum(score.asked_kinds.count(kind) for score in scores),
        )
        for kind in KINDS
    }


def rounded(rate: float | None) -> float | None:
    """Return a rate as reports have it."""
    return None if rate is None else round(rate, 4)
