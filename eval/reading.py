"""Reading benchmark -> answers -> exact match and F1 of the short answer, hits of the quotes.

As SQuAD has them, its normalisation adapted to Vietnamese: words without case, with the tone mark
in one place and without punctuation between them; figures stay whole, and no article is dropped.
"""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.build import build_assistant
from app.settings import Settings
from eval.answers import Answers, answer_cases
from eval.cases import ANSWERS, Case
from eval.generated import GeneratedAnswer
from eval.reading_sets import ReadingQuestion, ReadingSet
from eval.retrieval import as_source
from ingest.embedding import create_embedder
from ingest.pipeline import OpenEmbedder, ingest_documents
from ingest.text import fold, index_form, words


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """What one question got."""

    id: str
    answered: bool
    short: bool
    exact_match: bool
    f1: float
    sentence_hit: bool


def run_reading(
    reading: ReadingSet,
    settings: Settings,
    *,
    folded: bool = False,
    open_embedder: OpenEmbedder = create_embedder,
) -> list[ReadingScore]:
    """Ingest the texts, ask every question, and score the answers."""
    with tempfile.TemporaryDirectory(prefix="hoidap-eval-") as temporary:
        library = Path(temporary) / "library"
        embedder = open_embedder(settings.ingest.embedding)
        documents = [as_source(document) for document in reading.documents]
        ingest_documents(library, documents, settings.ingest, open_embedder=lambda _: embedder)
        assistant = build_assistant(library, settings, embedder)
        return read_questions(assistant, reading.questions, folded=folded)


def read_questions(
    assistant: Answers, questions: Sequence[ReadingQuestion], *, folded: bool
) -> list[ReadingScore]:
    """Ask the questions, as typed or without their marks."""
    cases = [_as_case(one, folded=folded) for one in questions]
    answers = [GeneratedAnswer.model_validate(line) for line in answer_cases(assistant, cases)]
    return [score_reading(*pair) for pair in zip(questions, answers, strict=True)]


def score_reading(question: ReadingQuestion, answer: GeneratedAnswer) -> ReadingScore:
    """Score one answer against the best of the right ones."""
    short = answer.short_answer or ""
    answered = answer.outcome in ANSWERS
    return ReadingScore(
        id=question.id,
        answered=answered,
        short=bool(short),
        exact_match=any(_normalised(short) == _normalised(one) for one in question.answers),
        f1=max(f1(short, one) for one in question.answers),
        sentence_hit=any(
            _holds(citation.quote, one) for citation in answer.citations for one in question.answers
        ),
    )


def f1(given: str, right: str) -> float:
    """Return the harmonic mean of the precision and the recall of the given words."""
    said, wanted = _normalised(given), _normalised(right)
    shared = (Counter(said) & Counter(wanted)).total()
    return 2 * shared / (len(said) + len(wanted)) if shared else 0.0


def mean_reading(scores: Sequence[ReadingScore]) -> dict[str, Any]:
    """Return the share of each score, and how many questions were asked."""
    names = ("exact_match", "f1", "sentence_hit", "short", "answered")
    shares = {name: sum(getattr(one, name) for one in scores) / len(scores) for name in names}
    return {**{name: round(share, 4) for name, share in shares.items()}, "questions": len(scores)}


def _as_case(question: ReadingQuestion, *, folded: bool) -> Case:
    text = fold(question.text) if folded else question.text
    return Case(id=question.id, category="reading", question=text, answerable=True)


def _normalised(text: str) -> list[str]:
    return [index_form(word) for word in words(text)]


def _holds(text: str, wanted: str) -> bool:
    """Tell whether the words of the one stand in the other, one after the other."""
    return f" {' '.join(_normalised(wanted))} " in f" {' '.join(_normalised(text))} "
