"""BEIR benchmark -> the product's own ingest and retrieval -> recall, MRR, nDCG."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from app.build import build_retriever
from app.retrieval import Hit
from app.settings import Settings
from eval.beir import BeirText, Benchmark
from eval.metrics import ndcg, recall, reciprocal_rank
from ingest.documents import Description, SourceDocument
from ingest.embedding import create_embedder
from ingest.pipeline import OpenEmbedder, ingest_documents
from ingest.text import fold, normalise

Leg = Literal["dense", "lexical", "fused"]

_DEPTH = 10
_RECALL_DEPTHS = (1, 5, 10)


class Searches(Protocol):
    """What is measured: the app's retriever, or a fake one."""

    def search(self, question: str, limit: int) -> tuple[Hit, ...]:
        """Return the best passages for a raw question, best first."""


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """The measures of one question, by name, and the documents found for it."""

    id: str
    measures: dict[str, float]
    ranked: tuple[str, ...]


def run_retrieval(
    benchmark: Benchmark,
    settings: Settings,
    *,
    folded: bool = False,
    open_embedder: OpenEmbedder = create_embedder,
) -> tuple[list[QuestionScore], int]:
    """Ingest the benchmark's documents and search; return the scores and the passages indexed."""
    with tempfile.TemporaryDirectory(prefix="hoidap-eval-") as temporary:
        library = Path(temporary) / "library"
        embedder = open_embedder(settings.ingest.embedding)
        report = ingest_documents(
            library,
            [as_source(document) for document in benchmark.documents],
            settings.ingest,
            open_embedder=lambda _: embedder,
        )
        retriever = build_retriever(library, settings, embedder)
        scores = score_questions(
            retriever, benchmark, limit=settings.retrieval.candidates, folded=folded
        )
    return scores, report.passages


def score_questions(
    retriever: Searches, benchmark: Benchmark, *, limit: int, folded: bool
) -> list[QuestionScore]:
    """Search for every judged question, as typed or without its marks."""
    scores = []
    for identifier, gains in benchmark.gains.items():
        text = benchmark.questions[identifier]
        hits = retriever.search(fold(text) if folded else text, limit)
        scores.append(_score(identifier, ranked_documents(hits), gains))
    return scores


def ranked_documents(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Return the ids of the documents found, each where its first passage stands."""
    return tuple(dict.fromkeys(hit.passage.document.id for hit in hits))[:_DEPTH]


def mean_scores(scores: Sequence[QuestionScore], passages: int) -> dict[str, Any]:
    """Return the mean of each measure, and how much was measured."""
    names = scores[0].measures
    means = {
        name: round(sum(score.measures[name] for score in scores) / len(scores), 4)
        for name in names
    }
    return {**means, "questions": len(scores), "passages": passages}


def report_rows(scores: Iterable[QuestionScore]) -> list[dict[str, object]]:
    """Return a row a question: its id, its measures, the documents found."""
    return [{"id": one.id, **one.measures, "ranked": " ".join(one.ranked)} for one in scores]


def one_leg(settings: Settings, leg: Leg) -> Settings:
    """Return settings that rank by one leg alone, or as they are for the fused ranking."""
    if leg == "fused":
        return settings
    weight = 1.0 if leg == "dense" else 0.0
    names = [name for name in type(settings.retrieval).model_fields if "dense_weight" in name]
    retrieval = settings.retrieval.model_copy(update=dict.fromkeys(names, weight))
    return settings.model_copy(update={"retrieval": retrieval})


def as_source(document: BeirText) -> SourceDocument:
    """Return a benchmark's text as a document to ingest."""
    text = normalise(document.text if document.text.strip() else document.title)
    title = normalise(document.title).strip() or document.id
    return SourceDocument(Description(id=document.id, title=title), text=text)


def _score(identifier: str, ranked: tuple[str, ...], gains: Mapping[str, int]) -> QuestionScore:
    measures = {f"recall@{depth}": recall(ranked, gains, depth) for depth in _RECALL_DEPTHS}
    measures[f"mrr@{_DEPTH}"] = reciprocal_rank(ranked, gains, _DEPTH)
    measures[f"ndcg@{_DEPTH}"] = ndcg(ranked, gains, _DEPTH)
    return QuestionScore(identifier, measures, ranked)
