"""The library: one published version open for reading; the only importer of chromadb."""

import contextlib
import logging
import os
import shutil
import sqlite3
import struct
import tempfile
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.documents import Description, Dropped, Passage, Target
from ingest.errors import LibraryError
from ingest.lexical import LexicalIndex
from ingest.manifest import Manifest, read_manifest
from ingest.relations import relate, similar_notes
from ingest.stored import load_descriptions, unpack_dropped, unpack_passage, unpack_target
from ingest.syllables import SyllableStatistics
from ingest.versions import current_version, hold_version, version_folder

# The vector index is written out with every page of rows, not only after a thousand: readers then
# find nothing that they would have to add to it, and leave its files alone.
_INDEX = {"hnsw": {"space": "cosine", "batch_size": 2, "sync_threshold": 2}}
# Rows read at once.
_PAGE = 1000
_SQLITE = "chroma.sqlite3"
# Chroma's clients of one folder share what is open, and opening races with closing. Re-entrant, as
# a client that nobody uses any more may be closed in the middle of opening another.
_ONE_AT_A_TIME = threading.RLock()

Vector = NDArray[np.float32]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Match:
    """A passage id and its cosine with the question."""

    passage_id: str
    cosine: float


class Chroma:
    """A folder of Chroma's with the three collections of a version.

    Opening a damaged one raises many kinds of exceptions; see `is_of_the_store`.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        with _ONE_AT_A_TIME:
            self._client: Any = chromadb.PersistentClient(path=str(folder), settings=settings)
        self.passages = self._collection("passages", create)
        self.documents = self._collection("documents", create)
        self.targets = self._collection("targets", create)

    def _collection(self, name: str, create: bool) -> Any:
        if not create:
            return self._client.get_collection(name, embedding_function=None)
        return self._client.get_or_create_collection(
            name, embedding_function=None, configuration=_INDEX
        )

    def close(self) -> None:
        """Let go of the files."""
        with _ONE_AT_A_TIME:
            self._client.close()


def rows_of(collection: Any, fields: list[str]) -> Iterator[Any]:
    """Yield all rows of a collection in pages, with the fields asked for."""
    for start in range(0, collection.count(), _PAGE):
        yield collection.get(limit=_PAGE, offset=start, include=fields)


def is_of_the_store(error: Exception) -> bool:
    """Tell whether the disk or Chroma refused, so that the program is not at fault."""
    from chromadb.errors import ChromaError

    return isinstance(error, OSError | ChromaError | sqlite3.Error)


def is_index_whole(folder: Path) -> bool:
    """Tell whether the vector index's files under a Chroma folder are as long as they should be.

    What writes them (hnswlib) does not notice a full disk, and reading a short one may end the
    program. The header holds the version, the offset, the places, the elements, the bytes of each.
    """
    for header in folder.rglob("header.bin"):
        try:
            _, _, _, count, size = struct.unpack_from("<iQQQQ", header.read_bytes())
        except struct.error:
            return False
        expected = {"data_level0.bin": count * size, "length.bin": 4 * count}
        expected["link_lists.bin"] = 4 * count
        if any((header.parent / name).stat().st_size < size for name, size in expected.items()):
            return False
    return True


def one_line(error: Exception) -> str:
    """Return what an exception says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def copy_chroma(source: Path, target: Path) -> None:
    """Copy a Chroma folder as it stands between two transactions: its readers write to it too."""
    with _transactions_kept_out(source, "rw"):
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{_SQLITE}-*"))


@contextlib.contextmanager
def _transactions_kept_out(folder: Path, mode: str) -> Iterator[None]:
    """Hold SQLite's shared lock: it changes its file only where nobody has one."""
    address = f"{(folder / _SQLITE).resolve().as_uri()}?mode={mode}"
    with contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


def _writable_chroma(folder: Path) -> Path:
    """Return a folder of Chroma's that it can open: where this one is read-only, a stand-in.

    Chroma takes a write lock in its SQLite file even to read: that file is copied into a temporary
    folder, which is removed when the program ends, and the vectors are linked.
    """
    if os.access(folder, os.W_OK) and os.access(folder / _SQLITE, os.W_OK):
        return folder
    stand_in = Path(tempfile.mkdtemp(prefix="hoidap-"))
    try:
        with _transactions_kept_out(folder, "ro"):
            shutil.copyfile(folder / _SQLITE, stand_in / _SQLITE)
        for entry in folder.iterdir():
            if entry.is_dir():
                (stand_in / entry.name).symlink_to(entry.resolve())
    except BaseException:
        shutil.rmtree(stand_in, ignore_errors=True)
        raise
    return stand_in


class Library:
    """One published version, open for reading."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.version = folder.name
        self.manifest = manifest
        # A version that nobody reads any more gives back its threads and open files.
        self._held = contextlib.ExitStack()
        weakref.finalize(self, self._held.close).atexit = False
        self._held.callback(os.close, hold_version(folder))
        if not is_index_whole(folder / "chroma"):
            raise OSError("its vector index is cut short")
        opened = _writable_chroma(folder / "chroma")
        if opened != folder / "chroma":
            remove = weakref.finalize(self, shutil.rmtree, opened, ignore_errors=True)
            self._held.callback(remove)
        chroma = Chroma(opened)
        self._held.callback(chroma.close)
        self._passages, self._documents = chroma.passages, chroma.documents
        self._targets = chroma.targets
        self._lexical = LexicalIndex.open(folder / "lexical")
        self._positions = {key: index for index, key in enumerate(self._lexical.ids)}
        self._descriptions = relate(load_descriptions(folder).values(), manifest.documents)

    @classmethod
    def open(cls, library: Path, version: str | None = None) -> "Library":
        """Open a version (the current one by default); raise LibraryError where there is none."""
        name = version or current_version(library)
        if name is None:
            raise LibraryError(
                f"Library {library} holds nothing: run 'hoidap ingest PATH --library {library}'."
            )
        folder = version_folder(library, name)
        manifest = read_manifest(folder, library)
        try:
            return cls(folder, manifest)
        except Exception as error:  # chromadb and bm25s raise many kinds for damaged files
            raise LibraryError(
                f"Version {name} of library {library} cannot be opened ({one_line(error)}): roll "
                "back with 'hoidap rollback', or ingest into another folder with '--library DIR'."
            ) from error

    def close(self) -> None:
        """Let go of the files."""
        self._held.close()

    @property
    def passage_ids(self) -> tuple[str, ...]:
        """Return all passage ids, in the order of the lexical scores."""
        return self._lexical.ids

    def position(self, passage_id: str) -> int:
        """Return where a passage stands in `passage_ids`."""
        return self._positions[passage_id]

    @property
    def syllables(self) -> SyllableStatistics:
        """Return the statistics of the library's syllables."""
        return self._lexical.syllables

    def documents(self) -> tuple[Description, ...]:
        """Return the descriptions of all stored documents, by id."""
        return tuple(self._descriptions[key] for key in sorted(self._descriptions))

    def document_text(self, document_id: str) -> str:
        """Return the stored text of a document; raise LibraryError where there is none."""
        return str(self._document(document_id, "documents"))

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """Return the spans of a document's text that were left out, and why."""
        return unpack_dropped(self._document(document_id, "metadatas"))

    def targets(self) -> tuple[tuple[Target, ...], Vector]:
        """Return the rows of the target registry, by document, and their vectors (rows, n)."""
        rows: list[tuple[str, Target, Any]] = []
        for page in rows_of(self._targets, ["metadatas", "embeddings"]):
            found = zip(page["ids"], page["metadatas"], page["embeddings"], strict=True)
            rows.extend((key, unpack_target(stored), vector) for key, stored, vector in found)
        rows.sort(key=lambda row: row[0])
        vectors = np.array([vector for *_, vector in rows], np.float32)
        return tuple(target for _, target, _ in rows), vectors

    def all_dropped(self) -> dict[str, tuple[Dropped, ...]]:
        """Return the spans that were left out of each document, by document id."""
        return {
            document_id: unpack_dropped(stored)
            for page in rows_of(self._documents, ["metadatas"])
            for document_id, stored in zip(page["ids"], page["metadatas"], strict=True)
        }

    def notes(self, document_id: str) -> tuple[str, ...]:
        """Return what the operator should know of a document, one sentence each."""
        record = self.manifest.documents[document_id]
        return (*record.notes, *similar_notes(record))

    def _document(self, document_id: str, field: str) -> Any:
        record = self.manifest.documents.get(document_id)
        stored_as = record.same_as if record and record.same_as else document_id
        found = self._documents.get(ids=[stored_as], include=[field])
        if not found["ids"]:
            raise LibraryError(
                f"The library has no document {document_id!r}: see 'hoidap documents'."
            )
        return found[field][0]

    def nearest(self, vector: Vector, limit: int) -> list[Match]:
        """Return the passages whose vectors are nearest to a question's, best first."""
        limit = min(limit, len(self.passage_ids))
        if limit == 0:
            return []
        found = self._passages.query(
            query_embeddings=[vector], n_results=limit, include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [Match(passage_id, 1.0 - float(distance)) for passage_id, distance in pairs]

    def cosines(self, vector: Vector, passage_ids: Sequence[str]) -> list[float]:
        """Return the cosine of a question's vector with each named passage, in their order."""
        if not passage_ids:
            return []
        found = self._passages.get(ids=list(passage_ids), include=["embeddings"])
        stored = dict(zip(found["ids"], found["embeddings"], strict=True))
        return [float(np.dot(vector, stored[passage_id])) for passage_id in passage_ids]

    def lexical_scores(self, text: str) -> Vector:
        """Return the BM25 score of every passage, in the order of `passage_ids`."""
        return self._lexical.scores(text)

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return the passages in the order of the ids."""
        if not passage_ids:
            return []
        found = self._passages.get(ids=list(passage_ids), include=["documents", "metadatas"])
        rows = zip(found["ids"], found["documents"], found["metadatas"], strict=True)
        passages = {
            passage_id: unpack_passage(self._descriptions[stored["document"]], text, stored)
            for passage_id, text, stored in rows
        }
        return [passages[passage_id] for passage_id in passage_ids]

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in their order."""
        record = self.manifest.documents.get(document_id)
        stored_as = record.same_as if record and record.same_as else document_id
        found = self._passages.get(
            where={"document": stored_as}, include=["documents", "metadatas"]
        )
        passages = [
            unpack_passage(self._descriptions[stored_as], text, stored)
            for text, stored in zip(found["documents"], found["metadatas"], strict=True)
        ]
        return sorted(passages, key=lambda passage: passage.ordinal)


class LibrarySource:
    """The current version of a library for long-running readers: notices a new pointer."""

    def __init__(self, library: Path, identity: str) -> None:
        self._library = library
        self._identity = identity
        self._lock = threading.Lock()
        self._open: Library | None = None

    def current(self) -> Library:
        """Return the current version, opened once for as long as it is current.

        Where the next one cannot be opened, the one that is open goes on answering.
        """
        with self._lock:
            try:
                return self._switched()
            except LibraryError:
                if self._open is None:
                    raise
                logger.exception("Version %s goes on answering.", self._open.version)
                return self._open

    def _switched(self) -> Library:
        name = current_version(self._library)
        if self._open is None or self._open.version != name:
            opened = Library.open(self._library)
            opened.manifest.check_model(self._identity, self._library)
            # An answer in the making may still read the old one: it is left to its readers.
            self._open = opened
        return self._open
