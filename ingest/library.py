"""The library on disk: immutable published versions and one pointer to the current one.

The only module of ingest and app that imports chromadb. A writer copies the current version,
changes the copy, checks it, and moves the pointer atomically, so that readers never see half of
an ingest and a kill at any moment leaves the old version answering.
"""

import hashlib
import json
import os
import shutil
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import filelock
import numpy as np
from numpy.typing import NDArray

from ingest.documents import Description, LegalReference, Passage, Sentence
from ingest.errors import LibraryError
from ingest.lexical import LexicalIndex, save_lexical_index
from ingest.manifest import DocumentRecord, Manifest, read_manifest, write_manifest
from ingest.syllables import SyllableStatistics

_CURRENT = "CURRENT"
_VERSIONS = "versions"
_STAGING = ".staging"
_LOCK = "write.lock"
_COSINE = {"hnsw": {"space": "cosine"}}
_PAGE = 1000

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Match:
    """A passage id and its cosine with the question."""

    passage_id: str
    cosine: float


def current_version(library: Path) -> str | None:
    """Return the name of the published version, or None where nothing was published."""
    try:
        return (library / _CURRENT).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise LibraryError(
            f"Library {library} is a file, not a folder: name a folder with '--library DIR'."
        ) from error


def version_folder(library: Path, version: str) -> Path:
    """Return the folder of a version."""
    return library / _VERSIONS / version


def current_manifest(library: Path) -> Manifest | None:
    """Return the manifest of the published version; imports neither chromadb nor torch."""
    version = current_version(library)
    if version is None:
        return None
    return read_manifest(version_folder(library, version), library)


def required_manifest(library: Path) -> Manifest:
    """Return the manifest of the published version; raise LibraryError where there is none."""
    manifest = current_manifest(library)
    if manifest is None or not manifest.documents:
        raise LibraryError(
            f"Library {library} holds no documents: run 'hoidap ingest PATH --library {library}'."
        )
    return manifest


def list_versions(library: Path) -> list[str]:
    """Return the names of all kept versions, oldest first."""
    folder = library / _VERSIONS
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))


def read_version(library: Path, version: str) -> Manifest:
    """Return the manifest of a kept version; raise LibraryError where there is none."""
    if version not in list_versions(library):
        raise LibraryError(f"Library {library} has no version {version!r}: see 'hoidap versions'.")
    return read_manifest(version_folder(library, version), library)


def previous_version(library: Path) -> str:
    """Return the version before the current one; raise LibraryError where there is none."""
    earlier = [name for name in list_versions(library) if name < (current_version(library) or "")]
    if not earlier:
        raise LibraryError(f"Library {library} has no earlier version: see 'hoidap versions'.")
    return earlier[-1]


def roll_back(library: Path, version: str) -> None:
    """Make a kept version the current one."""
    read_version(library, version)
    lock = _write_lock(library)
    try:
        _point_to(library, version)
    finally:
        lock.release()


def _point_to(library: Path, version: str) -> None:
    pointer = library / f"{_CURRENT}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(library / _CURRENT)


def _write_lock(library: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(library / _LOCK, timeout=0)
    try:
        library.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout as error:
        raise LibraryError(
            f"Library {library} is being written by another process: "
            "wait until it has finished, then try again."
        ) from error
    except OSError as error:
        raise LibraryError(
            f"Library {library} cannot be written ({error.strerror}): check the folder's rights."
        ) from error
    return lock


class Library:
    """One published version, open for reading."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.version = folder.name
        self.manifest = manifest
        self._client = _open_client(folder / "chroma")
        # A version that nobody reads any more gives back its threads and open files.
        weakref.finalize(self, self._client.close).atexit = False
        self._passages = self._client.get_collection("passages", embedding_function=None)
        self._documents = self._client.get_collection("documents", embedding_function=None)
        self._lexical = LexicalIndex.open(folder / "lexical")
        self._positions = {key: index for index, key in enumerate(self._lexical.ids)}
        self._descriptions = {item.id: item for item in self._read_descriptions()}

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
                f"Version {name} of library {library} cannot be opened ({error}): "
                "roll back with 'hoidap rollback', or delete the library and ingest again."
            ) from error

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

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
        """Return the descriptions of all documents, by id."""
        return tuple(self._descriptions[key] for key in sorted(self._descriptions))

    def document_text(self, document_id: str) -> str:
        """Return the stored text of a document; raise LibraryError where there is none."""
        found = self._documents.get(ids=[document_id], include=["documents"])
        if not found["ids"]:
            raise LibraryError(
                f"The library has no document {document_id!r}: see 'hoidap documents'."
            )
        return str(found["documents"][0])

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
        passages = {row[0]: self._passage(row[1], row[2]) for row in rows}
        return [passages[passage_id] for passage_id in passage_ids]

    def _passage(self, text: str, stored: dict[str, Any]) -> Passage:
        return Passage(
            document=self._descriptions[stored["document"]],
            ordinal=stored["ordinal"],
            text=text,
            start=stored["start"],
            sentences=tuple(Sentence(*span) for span in json.loads(stored["sentences"])),
            heading=tuple(json.loads(stored["heading"])),
            page=stored["page"] or None,
        )

    def _read_descriptions(self) -> Iterable[Description]:
        for metadatas in _pages(self._documents, "metadatas"):
            for stored in metadatas:
                yield _description(json.loads(stored["description"]))


class LibrarySource:
    """The current version of a library for long-running readers: notices a new pointer."""

    def __init__(self, library: Path, identity: str) -> None:
        self._library = library
        self._identity = identity
        self._lock = threading.Lock()
        self._open: Library | None = None

    def current(self) -> Library:
        """Return the current version, opened once for as long as it is current."""
        with self._lock:
            name = current_version(self._library)
            if self._open is None or self._open.version != name:
                opened = Library.open(self._library)
                opened.manifest.check_model(self._identity, self._library)
                # An answer in the making may still read the old one: it is left to its readers.
                self._open = opened
            return self._open


class LibraryWriter:
    """A context in which the next version is made; nothing shows before `publish`."""

    def __init__(self, library: Path, manifest: Manifest, kept_versions: int) -> None:
        self._library = library
        self._manifest = manifest
        self._kept = kept_versions
        self._records = dict(manifest.documents)

    def __enter__(self) -> "LibraryWriter":
        self._lock = _write_lock(self._library)
        try:
            self._stage()
        except BaseException:
            self._lock.release()
            raise
        return self

    def _stage(self) -> None:
        """Copy the current version, which must be the one that the changes were planned on."""
        now = current_manifest(self._library)
        if (now.documents if now else {}) != self._manifest.documents:
            raise LibraryError(
                f"Library {self._library} was changed by another process meanwhile: try again."
            )
        self._staging = self._library / _VERSIONS / _STAGING
        shutil.rmtree(self._staging, ignore_errors=True)
        base = current_version(self._library) if self._records else None
        if base is None:
            self._staging.mkdir(parents=True)
        else:
            source = version_folder(self._library, base) / "chroma"
            shutil.copytree(source, self._staging / "chroma")
        self._client = _open_client(self._staging / "chroma")
        self._passages = self._collection("passages")
        self._documents = self._collection("documents")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()
        shutil.rmtree(self._staging, ignore_errors=True)
        self._lock.release()

    def _collection(self, name: str) -> Any:
        return self._client.get_or_create_collection(
            name, embedding_function=None, configuration=_COSINE
        )

    def put(
        self,
        description: Description,
        text: str,
        record: DocumentRecord,
        passages: Sequence[Passage],
        vectors: Vector,
        title_vector: Vector,
    ) -> None:
        """Add a document or put it in the place of its earlier self; vectors (passages, n)."""
        if description.id in self._records:
            self.remove(description.id)
        self._documents.add(
            ids=[description.id],
            embeddings=[title_vector],
            documents=[text],
            metadatas=[{"description": json.dumps(asdict(description), ensure_ascii=False)}],
        )
        for start in range(0, len(passages), _PAGE):
            page = passages[start : start + _PAGE]
            self._passages.add(
                ids=[passage.id for passage in page],
                embeddings=list(vectors[start : start + _PAGE]),
                documents=[passage.text for passage in page],
                metadatas=[_stored_passage(passage) for passage in page],
            )
        self._records[description.id] = record

    def remove(self, document_id: str) -> None:
        """Remove a document and all that was made of it."""
        self._passages.delete(where={"document": document_id})
        self._documents.delete(ids=[document_id])
        del self._records[document_id]

    def publish(self) -> str:
        """Check the new version, publish it, prune old ones, and return its name."""
        descriptions = self._titles()
        ids, texts = self._indexed_texts(descriptions)
        save_lexical_index(self._staging / "lexical", ids, texts)
        self._check(ids)
        manifest = replace(self._manifest, documents=self._records, passages=len(ids))
        manifest = replace(manifest, created=datetime.now(UTC).isoformat(timespec="seconds"))
        write_manifest(self._staging, manifest)
        self._client.close()
        version = _version_name(manifest)
        self._staging.rename(version_folder(self._library, version))
        _point_to(self._library, version)
        self._prune(version)
        return version

    def _titles(self) -> dict[str, Description]:
        found: dict[str, Description] = {}
        for metadatas in _pages(self._documents, "metadatas"):
            for stored in metadatas:
                description = _description(json.loads(stored["description"]))
                found[description.id] = description
        return found

    def _indexed_texts(self, titles: dict[str, Description]) -> tuple[list[str], list[str]]:
        """Return the ids of all passages and what BM25 indexes of each, ordered by id."""
        rows: list[tuple[str, str]] = []
        for start in range(0, self._passages.count(), _PAGE):
            page = self._passages.get(limit=_PAGE, offset=start, include=["documents", "metadatas"])
            for passage_id, text, stored in zip(
                page["ids"], page["documents"], page["metadatas"], strict=True
            ):
                heading = json.loads(stored["heading"])
                title = titles[stored["document"]]
                rows.append((passage_id, contextual_text(title, heading, text)))
        rows.sort()
        return [row[0] for row in rows], [row[1] for row in rows]

    def _check(self, ids: Sequence[str]) -> None:
        expected = sum(record.passages for record in self._records.values())
        counts = {len(ids), len(set(ids)), self._passages.count(), expected}
        if len(counts) != 1 or self._documents.count() != len(self._records):
            raise LibraryError(
                f"The new version of {self._library} does not add up "
                f"(passages {sorted(counts)}): nothing was published; run the ingest again."
            )

    def _prune(self, published: str) -> None:
        versions = [name for name in list_versions(self._library) if name != published]
        for name in versions[: max(0, len(versions) - self._kept + 1)]:
            shutil.rmtree(version_folder(self._library, name), ignore_errors=True)


def contextual_text(document: Description, heading: Sequence[str], text: str) -> str:
    """Return a passage with the words that stand above it: what is embedded and indexed."""
    above = dict.fromkeys([document.title, *heading])
    return "\n".join([*above, text])


def _stored_passage(passage: Passage) -> dict[str, Any]:
    spans = [(sentence.start, sentence.end) for sentence in passage.sentences]
    return {
        "document": passage.document.id,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "sentences": json.dumps(spans),
        "heading": json.dumps(list(passage.heading), ensure_ascii=False),
        "page": passage.page or 0,
    }


def _description(stored: dict[str, Any]) -> Description:
    legal = tuple(LegalReference(**item) for item in stored.pop("legal_documents"))
    return Description(**stored, legal_documents=legal)


def _pages(collection: Any, field: str) -> Iterable[list[Any]]:
    for start in range(0, collection.count(), _PAGE):
        yield collection.get(limit=_PAGE, offset=start, include=[field])[field]


def _version_name(manifest: Manifest) -> str:
    digest = hashlib.sha256(manifest.to_json().encode()).hexdigest()[:10]
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{digest}"


def _open_client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False)
        )
    except Exception as error:  # chromadb raises many kinds for a damaged folder
        raise LibraryError(
            f"The library's vectors at {folder} cannot be opened ({error}): "
            "roll back with 'hoidap rollback', or delete the library and ingest again."
        ) from error
