"""Cases + generated answers -> scores: pure, so that a run is scored again without a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.answers import Outcome
from eval.cases import REFUSALS, Case
from eval.figure_kinds import FigureKind, told_kinds
from eval.generated import CitedQuote, GeneratedAnswer, StoredDocument
from eval.matching import holds, holds_any, holds_together, without_marks
from eval.sentence_citations import SentenceCounts, count_sentences, file_name
from eval.support import check_figures


@dataclass(frozen=True, slots=True)
class CaseScore:
    """What one answer got right; None = the score does not apply to this case.

    `premise`: the question states something wrong, and only its correction is right.
    """

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
    sentences: SentenceCounts
    premise: bool
    asked_kinds: tuple[FigureKind, ...]
    told_kinds: tuple[FigureKind, ...]
    missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    words: int
    took_ms: int


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
    asked, told = told_kinds(case, text)
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
        sentences=count_sentences(case, answer, documents),
        premise=case.right_outcomes == {Outcome.PREMISE_CORRECTED},
        asked_kinds=asked,
        told_kinds=told,
        missing=missing,
        forbidden=forbidden,
        words=len(text.split()),
        took_ms=answer.took_ms,
    )


def reasons(score: CaseScore) -> str:
    """Return why a case is not wholly right, empty where it is."""
    reasons = []
    if not score.correct:
        reasons.append("wrong" + (f": lacks {', '.join(score.missing)}" if score.missing else ""))
    if score.forbidden:
        reasons.append(f"forbidden: {', '.join(score.forbidden)}")
    if score.short is False:
        reasons.append("short answer")
    if score.cited is False:
        reasons.append("not cited")
    if not score.verbatim:
        reasons.append("quote not verbatim")
    if score.unsupported:
        reasons.append(f"figures: {', '.join(score.unsupported)}")
    return "; ".join(reasons)


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
    wanted = {file_name(name) for name in case.docs}
    names = {item.document for item in answer.citations}
    sources = {documents[name].source_file for name in names if name in documents}
    return any(file_name(name) in wanted for name in names | sources if name)


def _no_answer(case: Case) -> GeneratedAnswer:
    return GeneratedAnswer(id=case.id, question=case.question, outcome=Outcome.FAILED, answer="")
