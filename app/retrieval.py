"""Question -> ranked hits: dense and lexical scores of every candidate, fused.

Fusion is a weighted sum of per-question z-scores: published and own comparisons on Vietnamese
text find it above reciprocal rank fusion and above either leg alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from app.lookup import Filters, Registry
from app.questions import Question, understand
from app.settings import RetrievalSettings
from ingest.documents import Passage, Target
from ingest.embedding import Embedder
from ingest.library import Library, LibrarySource

Scores = NDArray[np.float64]

# Above all fused scores: the passages of a side's own place come before any other.
_PLACE_FIRST = 100.0
_ROWS_OF_A_SIDE = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its fused score, and its cosine with the question.

    `by_row`: it was found by a row of the target registry alone.
    """

    passage: Passage
    score: float
    cosine: float
    by_row: bool = False


class Retriever:
    """Finds the passages of a library that may answer a question."""

    def __init__(
        self, source: LibrarySource, embedder: Embedder, settings: RetrievalSettings
    ) -> None:
        self._source = source
        self._embedder = embedder
        self._settings = settings

    def search(self, question: str, limit: int) -> tuple[Hit, ...]:
        """Return the best passages for a raw question."""
        library = self._source.current()
        return self.retrieve(understand(question, (), library.syllables), library, limit)

    def retrieve(
        self, question: Question, library: Library, limit: int | None = None
    ) -> tuple[Hit, ...]:
        """Return the best passages of one library version, best first."""
        if not library.passage_ids:
            return ()
        vector = self._embedder.embed_query(question.search_text)
        lexical = np.asarray(library.lexical_scores(question.search_text), dtype=np.float64)
        chosen = self._candidates(library, vector, lexical)
        ids = [library.passage_ids[index] for index in chosen]
        cosines = np.array(library.cosines(vector, ids))
        fused = self._fuse(question, cosines, lexical[chosen])
        passages = library.passages(ids)
        fused += self._settings.place_bonus * _in_places(question.places, passages)
        order = _order(question, fused, passages)[: limit or self._settings.hits]
        return tuple(
            Hit(passages[index], float(fused[index]), float(cosines[index])) for index in order
        )

    def rows_asked(self, question: Question, registry: Registry) -> tuple[Target, ...]:
        """Return the likeliest rows of the registry for each place and year that is asked for."""
        vector = self._embedder.embed_query(question.search_text)
        # Rows are written in Vietnamese: of an English question its terms are looked for.
        text = question.added if question.language == "en" else question.text
        found: list[Target] = []
        for place, year in question.sides:
            filters = Filters(locality=place or None, year=year or None)
            found += registry.search(text, filters, vector)[:_ROWS_OF_A_SIDE]
        return tuple(dict.fromkeys(found))

    def beside_rows(
        self, library: Library, rows: Sequence[Target], hits: Sequence[Hit]
    ) -> tuple[Hit, ...]:
        """Return the hits, and behind them the passages that rows of the registry stand in.

        A row names its indicator, place and year, which a passage may tell far from its figure.
        """
        known = {hit.passage.id for hit in hits}
        lowest = min((hit.score for hit in hits), default=0.0)
        added: dict[str, Hit] = {}
        for document in dict.fromkeys(row.document for row in rows):
            offsets = {row.start for row in rows if row.document == document}
            for passage in library.passages_of(document):
                holds = any(passage.start <= offset < passage.end for offset in offsets)
                if holds and passage.id not in known:
                    added[passage.id] = Hit(passage, lowest, 0.0, by_row=True)
        return (*hits, *added.values())

    def _candidates(
        self, library: Library, vector: NDArray[np.float32], lexical: Scores
    ) -> list[int]:
        """Return the positions of the best passages of either leg."""
        limit = self._settings.candidates
        dense = [library.position(match.passage_id) for match in library.nearest(vector, limit)]
        return list(dict.fromkeys([*dense, *_best(lexical, limit)]))

    def _fuse(self, question: Question, cosines: Scores, lexical: Scores) -> Scores:
        weight = self._settings.dense_weight
        if question.language == "en":
            weight = self._settings.dense_weight_english
        return weight * _standardised(cosines) + (1 - weight) * _standardised(lexical)


def _order(question: Question, fused: Scores, passages: Sequence[Passage]) -> list[int]:
    """Return positions, best first; where a question sets sides side by side, each has its turn.

    A side is a place and a year that the question names; without turns the passages of one side
    crowd out those of the others.
    """
    if len(question.sides) == 1:
        return [int(index) for index in np.argsort(-fused, kind="stable")]
    turns = [
        np.argsort(-(fused + _PLACE_FIRST * at_place + at_year), kind="stable")
        for place, year in question.sides
        for at_place in [_in_places((place,), passages)]
        for at_year in [np.array([float(str(year) in passage.text) for passage in passages])]
    ]
    return list(dict.fromkeys(int(index) for turn in zip(*turns, strict=True) for index in turn))


def _in_places(places: Sequence[str], passages: Sequence[Passage]) -> Scores:
    """Return 1 for passages of one of the places, 0 for the others."""
    return np.array(
        [
            float(
                passage.document.locality in places
                or any(place in passage.text for place in places if place)
            )
            for passage in passages
        ]
    )


def _standardised(scores: NDArray[np.floating]) -> Scores:
    """Return z-scores; equal scores are all zero."""
    values = np.asarray(scores, dtype=np.float64)
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def _best(scores: Scores, limit: int) -> Sequence[int]:
    limit = min(limit, len(scores))
    return [int(index) for index in np.argpartition(-scores, limit - 1)[:limit]]


class LangChainRetriever(BaseRetriever):
    """The same retrieval as a LangChain retriever, for chains of others."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    limit: int = 8

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        return [_as_document(hit) for hit in self.retriever.search(query, self.limit)]


def _as_document(hit: Hit) -> Document:
    passage = hit.passage
    metadata = {
        "document": passage.document.id,
        "title": passage.document.title,
        "publisher": passage.document.publisher,
        "date": passage.document.date,
        "heading": list(passage.heading),
        "start": passage.start,
        "end": passage.end,
        "score": hit.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
