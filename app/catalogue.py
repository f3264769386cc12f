"""The library as its readers browse it: documents with their text, rows of the registry."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.answers import Language
from app.comparing import Gap, conflicts, gaps
from app.lookup import Filters, Registry
from app.suggestions import suggestions_of
from ingest.documents import Description, Dropped, Passage, Target
from ingest.embedding import Embedder
from ingest.library import Library, LibrarySource


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as stored: what describes it, its text, its passages, what is none of it."""

    description: Description
    text: str
    passages: tuple[Passage, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that were searched for; `by_meaning`: no row holds the words themselves."""

    rows: tuple[Target, ...]
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One library version: its rows, what is compared of them, and its documents by id."""

    library: Library
    registry: Registry
    gaps: tuple[Gap, ...]
    conflicts: tuple[tuple[Target, ...], ...]
    documents: Mapping[str, Description]
    passages: Mapping[str, int]

    def examples(self, language: Language) -> tuple[str, ...]:
        """Return questions that this version can answer."""
        return suggestions_of(self.registry, language).examples()

    def read(self, document_id: str) -> StoredDocument | None:
        """Return a document with its text; None where there is none of that id."""
        record = self.library.manifest.documents.get(document_id)
        if record is None:
            return None
        stored = record.same_as or document_id
        keys = [key for key in self.library.passage_ids if _document_of(key) == stored]
        return StoredDocument(
            self.documents[stored],
            self.library.document_text(stored),
            tuple(sorted(self.library.passages(keys), key=lambda passage: passage.start)),
            self.library.dropped(stored),
        )


class Catalogue:
    """The current version for browsing; meaning is searched by as soon as a model is there."""

    def __init__(self, source: LibrarySource) -> None:
        self._source = source
        self._embedder: Embedder | None = None
        self._lock = threading.Lock()
        self._edition: Edition | None = None

    def use(self, embedder: Embedder) -> None:
        """Search by meaning too, with this model."""
        self._embedder = embedder

    def current(self) -> Edition:
        """Return the current version; its registry is read once."""
        library = self._source.current()
        with self._lock:
            if self._edition is None or self._edition.library is not library:
                self._edition = _edition_of(library)
            return self._edition

    def search(self, edition: Edition, query: str, filters: Filters) -> Found:
        """Return the rows that pass and match: by words, and only otherwise by meaning."""
        if not query.strip():
            return Found(tuple(edition.registry.filtered(filters)))
        rows = edition.registry.search(query, filters)
        if rows or self._embedder is None:
            return Found(tuple(rows))
        vector = self._embedder.embed_query(query)
        return Found(tuple(edition.registry.search(query, filters, vector)), by_meaning=True)


def _edition_of(library: Library) -> Edition:
    registry = Registry(*library.targets())
    return Edition(
        library,
        registry,
        tuple(gaps(registry.rows)),
        tuple(conflicts(registry.rows)),
        {item.id: item for item in library.documents()},
        Counter(map(_document_of, library.passage_ids)),
    )


def _document_of(passage_id: str) -> str:
    return passage_id.rpartition("#")[0]
