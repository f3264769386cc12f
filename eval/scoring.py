"""Cases + generated answers -> scores: pure, so that a run is scored again without a model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import median
from typing import Any

from app.answers import Outcome
from eval.cases import REFUSALS, Case
from eval.generated import CitedQuote, GeneratedAnswer, StoredDocument
from eval.matching import holds, holds_any, holds_together, without_marks
from eval.metrics import percentile, wilson
from eval.support import check_figures


@dataclass(frozen=True, slots=True)
class CaseScore:
    """What one answer got right; None = the score does not apply to this case."""

    id: str
    category: str
    outcome: Outcome
    correct: bool
    clean: bool
    short: bool | None
    cited: bool | None
    refused: bool
    may_be_refused: bool
    must_be_refused: bool
    figures: int
    unsupported: tuple[str, ...]
    verbatim: bool
    missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    words: int
    took_ms: int


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
            **{name: _rounded(share.rate) for name, share in named},
            "words_median": self.words_median,
            "words_p90": self.words_p90,
            "intervals": {name: [round(end, 4) for end in share.interval] for name, share in named},
            "counts": {name: [share.successes, share.total] for name, share in named},
        }


def score_cases(
    cases: Sequence[Case],
    answers: Mapping[str, GeneratedAnswer],
    documents: Mapping[str, StoredDocument],
) -> list[CaseScore]:
    """Score every case; one without an answer is a miss, never left out."""
    return [score_case(case, answers.get(case.id) or _no_answer(case), documents) for case in cases]


def score_case(
    case: Case, answer: GeneratedAnswer, documents: Mapping[str, StoredDocument]
) -> CaseScore:
    """Score one answer by the rules of the evaluation contract."""
    text = without_marks(answer.answer)
    missing = _missing(case, text) if case.answerable else ()
    forbidden = tuple(wanted for wanted in case.must_not if holds(text, wanted))
    correct = answer.outcome in case.right_outcomes and not missing
    figures = check_figures(answer)
    verbatim = all(_is_verbatim(item, documents) for item in (*answer.citations, *answer.related))
    return CaseScore(
        id=case.id,
        category=case.category,
        outcome=answer.outcome,
        correct=correct,
        clean=correct and not forbidden,
        short=_is_short(case, answer.short_answer or "") if case.short_gold else None,
        cited=verbatim and _cites_evidence(case, answer, documents) if case.docs else None,
        refused=answer.outcome in REFUSALS,
        may_be_refused=case.may_be_refused,
        must_be_refused=case.must_be_refused,
        figures=figures.figures,
        unsupported=figures.unsupported,
        verbatim=verbatim,
        missing=missing,
        forbidden=forbidden,
        words=len(text.split()),
        took_ms=answer.took_ms,
    )


def aggregate(scores: Sequence[CaseScore]) -> Scores:
    """Return the scores of a non-empty set of cases."""
    refused = [score for score in scores if score.refused]
    unanswerable = [score for score in scores if score.must_be_refused]
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


def _missing(case: Case, text: str) -> tuple[str, ...]:
    """Return the first spelling of each fact that the answer lacks, and of each pair it parts."""
    facts = [fact[0] for fact in case.gold if not holds_any(text, fact)]
    pairs = [
        f"{first[0]} + {second[0]}"
        for first, second in case.together
        if not holds_together(text, first, second)
    ]
    return (*facts, *pairs)


def _is_short(case: Case, short_answer: str) -> bool:
    return all(holds_any(short_answer, fact) for fact in case.short_gold)


def _is_verbatim(citation: CitedQuote, documents: Mapping[str, StoredDocument]) -> bool:
    document = documents.get(citation.document)
    if document is None or not citation.quote:
        return False
    return document.text[citation.start : citation.end] == citation.quote


def _cites_evidence(
    case: Case, answer: GeneratedAnswer, documents: Mapping[str, StoredDocument]
) -> bool:
    wanted = {_file_name(name) for name in case.docs}
    names = {item.document for item in answer.citations}
    sources = {documents[name].source_file for name in names if name in documents}
    return any(_file_name(name) in wanted for name in names | sources if name)


def _file_name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name


def _share(scores: Iterable[CaseScore], test: Callable[[CaseScore], bool | None]) -> Proportion:
    results = [result for score in scores if (result := test(score)) is not None]
    return Proportion(sum(results), len(results))


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)


def _no_answer(case: Case) -> GeneratedAnswer:
    return GeneratedAnswer(id=case.id, question=case.question, outcome=Outcome.FAILED, answer="")
