"""The next version of a library in the making.

A writer copies the current version, changes the copy, checks it, and moves the pointer atomically,
so that readers never see half of an ingest and a kill at any moment leaves the old one answering.
"""

import contextlib
import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from ingest.documents import Description, Passage, SourceDocument, Target
from ingest.errors import LibraryError
from ingest.lexical import extend_lexical_index
from ingest.library import (
    Chroma,
    Vector,
    copy_chroma,
    is_index_whole,
    is_of_the_store,
    one_line,
    rows_of,
)
from ingest.manifest import DocumentRecord, Manifest, write_manifest
from ingest.relations import Signatures
from ingest.stored import (
    Metadata,
    load_descriptions,
    pack_document,
    pack_passage,
    pack_target,
    passage_key,
    save_descriptions,
    searched_text,
    target_key,
    unpack_passage,
)
from ingest.versions import (
    clear_leftovers,
    current_manifest,
    current_version,
    prune,
    publish_staging,
    staging_folder,
    version_folder,
    write_lock,
)

# Rows written at once, and ids named in one condition.
_PAGE = 1000
_ALL = ["embeddings", "documents", "metadatas"]


@dataclass(frozen=True, slots=True)
class _Row:
    """What is written of one document or passage."""

    id: str
    vector: Vector
    text: str
    metadata: Metadata


class LibraryWriter:
    """A context in which the next version is made; nothing shows before `publish`.

    `planned_on` is the manifest of the version that the changes were planned on. `records` says
    what the next one has so far; `signatures` tell near-duplicates.
    """

    def __init__(self, library: Path, planned_on: Manifest | None, kept_versions: int) -> None:
        self._library = library
        self._base = planned_on
        self._kept = kept_versions
        self._staging = staging_folder(library)
        self.records = dict(planned_on.documents) if planned_on else {}
        self._removed: set[str] = set()
        self._replaced_passages = planned_on.replaced_passages if planned_on else 0
        self._rows: tuple[list[_Row], list[_Row], list[_Row]] = ([], [], [])
        self._new_texts: dict[str, str] = {}
        self._chroma: Chroma | None = None

    def __enter__(self) -> "LibraryWriter":
        self._lock = write_lock(self._library)
        try:
            clear_leftovers(self._library)
            self._parent = self._unchanged_parent()
            self.signatures, self._descriptions = self._known()
        except BaseException:
            self._lock.release()
            raise
        return self

    def _unchanged_parent(self) -> str | None:
        """Return the current version, which must be the one that the changes were planned on."""
        now = current_manifest(self._library)
        planned = self._base.documents if self._base else {}
        if (now.documents if now else {}) != planned:
            raise LibraryError(
                f"Library {self._library} was changed by another process meanwhile: try again."
            )
        return current_version(self._library)

    def _known(self) -> tuple[Signatures, dict[str, Description]]:
        """Return the signatures and descriptions that the current version holds."""
        folder = self._parent_folder("")
        if folder is None:
            return Signatures({}), {}
        try:
            return Signatures.load(folder), load_descriptions(folder)
        except Exception as error:  # numpy and zipfile raise many kinds for damaged files
            raise LibraryError(
                f"Version {folder.name} of library {self._library} is damaged "
                f"({one_line(error)}): roll back with 'hoidap rollback', or ingest into another "
                "folder with '--library DIR'."
            ) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        shutil.rmtree(self._staging, ignore_errors=True)
        self._lock.release()

    def _close(self) -> None:
        if self._chroma:
            # What cannot be closed is thrown away all the same.
            with contextlib.suppress(Exception):
                self._chroma.close()
            self._chroma = None

    def put(
        self,
        document: SourceDocument,
        record: DocumentRecord,
        passages: Sequence[Passage],
        vectors: Vector,
        title_vector: Vector,
        targets: Sequence[Target] = (),
        target_vectors: Vector | None = None,
    ) -> None:
        """Add a document or put it in the place of its earlier self.

        `vectors` has the shape (passages, n), `target_vectors` (targets, n).
        """
        if document.id in self.records:
            self.remove([document.id])
        rows = [
            _Row(item.id, vector, item.text, pack_passage(item))
            for item, vector in zip(passages, vectors, strict=True)
        ]
        self._new_texts |= {item.id: searched_text(item) for item in passages}
        target_rows = [
            _Row(target_key(document.id, number), vector, item.quote, pack_target(item))
            for number, (item, vector) in enumerate(
                zip(targets, () if target_vectors is None else target_vectors, strict=True)
            )
        ]
        document_row = _Row(document.id, title_vector, document.text, pack_document(document))
        self._add([document_row], rows, target_rows)
        self.records[document.id] = record
        self._descriptions[document.id] = document.description

    def note(self, document_id: str, record: DocumentRecord) -> None:
        """Record a file whose text is stored already."""
        self.records[document_id] = record

    def remove(self, document_ids: Collection[str]) -> None:
        """Remove documents and all that was made of them."""
        if self._rows[0]:
            with self._writing():
                self._flush()
        for key in document_ids:
            record = self.records.pop(key)
            if record.same_as is None:
                self._removed.add(key)
                self._replaced_passages += record.passages
                self.signatures.drop(key)
                self._descriptions.pop(key)
        for key, record in self.records.items():
            if not record.similar.keys().isdisjoint(document_ids):
                self.records[key] = replace(
                    record,
                    similar=_without(record.similar, document_ids),
                    differing=_without(record.differing, document_ids),
                )

    def text(self, document_id: str) -> str:
        """Return the text of a document that the next version holds so far."""
        for row in self._rows[0]:
            if row.id == document_id:
                return row.text
        found = self._opened().documents.get(ids=[document_id], include=["documents"])
        return str(found["documents"][0])

    def hand_over(self, owner: str, heir: str) -> None:
        """Store the text of a document under the id of its copy too."""
        chroma = self._opened()
        document = chroma.documents.get(ids=[owner], include=_ALL)
        title, text, stored = (document[field][0] for field in _ALL)
        rows = [
            _Row(passage_key(heir, stored["ordinal"]), vector, text, stored | {"document": heir})
            for _, vector, text, stored in _rows_under(chroma.passages, owner)
        ]
        target_rows = [
            _Row(key.replace(owner, heir, 1), vector, text, stored | {"document": heir})
            for key, vector, text, stored in _rows_under(chroma.targets, owner)
        ]
        document_row = _Row(heir, title, text, stored)
        description = replace(self._descriptions[owner], id=heir)
        self._descriptions[heir] = description
        for row in rows:
            passage = unpack_passage(description, row.text, row.metadata)
            self._new_texts[row.id] = searched_text(passage)
        self._add([document_row], rows, target_rows)
        self.signatures.hand_over(owner, heir)
        made_of = self.records[owner]
        # Of another format, so perhaps with other pages: the next ingest reads the file itself.
        pipeline = made_of.pipeline if Path(owner).suffix == Path(heir).suffix else 0
        self.records[heir] = replace(
            self.records[heir],
            same_as=None,
            pipeline=pipeline,
            passages=made_of.passages,
            targets=made_of.targets,
            similar=made_of.similar,
            differing=made_of.differing,
        )

    def publish(self, made_with: Manifest | None = None) -> str:
        """Check the new version, publish it, prune old ones, and return its name.

        `made_with` names the model and the splitting, where they are not those of the base.
        """
        base = made_with or self._base
        assert base is not None
        with self._writing():
            self._flush()
            ids = sorted(self._opened().passages.get(include=[])["ids"])
            before = self._parent_folder("lexical")
            extend_lexical_index(before, self._staging / "lexical", ids, self._new_texts)
            self.signatures.save(self._staging)
            save_descriptions(self._staging, self._descriptions)
            manifest = replace(
                base,
                documents=self.records,
                parent=self._parent,
                passages=len(ids),
                replaced_passages=self._replaced_passages,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
            )
            write_manifest(self._staging, manifest)
            self._close()
            self._check(manifest)
            version = _version_name(manifest)
            publish_staging(self._library, version)
        prune(self._library, self._kept)
        return version

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Say in one sentence that the disk took no more; nothing was published then."""
        try:
            yield
        except Exception as error:
            if not is_of_the_store(error):
                raise
            raise LibraryError(
                f"The new version of library {self._library} cannot be written "
                f"({one_line(error)}): nothing was published; free some disk space or mend the "
                "folder's rights, then try again."
            ) from error

    def _opened(self) -> Chroma:
        """Return the staged Chroma: a copy of the current one, or one built anew."""
        if self._chroma is None:
            self._staging.mkdir(parents=True, exist_ok=True)
            target = self._staging / "chroma"
            source = self._parent_folder("chroma")
            base = self._base.documents if self._base else {}
            staying = {key for key, item in base.items() if item.same_as is None} - self._removed
            if not source or not staying:
                self._removed.clear()
                self._replaced_passages = 0
            elif self._base and self._base.replaced_passages > self._base.passages:
                _copy_rows(source, target)
                self._replaced_passages = sum(base[key].passages for key in self._removed)
            else:
                copy_chroma(source, target)
            self._chroma = Chroma(target, create=True)
        return self._chroma

    def _parent_folder(self, part: str) -> Path | None:
        folder = version_folder(self._library, self._parent) if self._parent else None
        return folder / part if folder else None

    def _add(self, *added: Sequence[_Row]) -> None:
        """Keep rows until they fill a page: Chroma takes as long for one as for a hundred.

        They are rows of documents, of passages, of targets.
        """
        for kept, rows in zip(self._rows, added, strict=True):
            kept.extend(rows)
        if any(len(kept) >= _PAGE for kept in self._rows):
            with self._writing():
                self._flush()

    def _flush(self) -> None:
        """Write what waits: first what goes, then what comes."""
        chroma = self._opened()
        removed = sorted(self._removed)
        for start in range(0, len(removed), _PAGE):
            ids = removed[start : start + _PAGE]
            chroma.passages.delete(where={"document": {"$in": ids}})
            chroma.targets.delete(where={"document": {"$in": ids}})
            chroma.documents.delete(ids=ids)
        self._removed.clear()
        collections = (chroma.documents, chroma.passages, chroma.targets)
        for collection, rows in zip(collections, self._rows, strict=True):
            for start in range(0, len(rows), _PAGE):
                page = rows[start : start + _PAGE]
                collection.add(
                    ids=[row.id for row in page],
                    embeddings=[row.vector for row in page],
                    documents=[row.text for row in page],
                    metadatas=[row.metadata for row in page],
                )
            rows.clear()

    def _check(self, manifest: Manifest) -> None:
        """Open the staged vectors as a reader does: count, and ask for one passage."""
        stored = [item for item in self.records.values() if item.same_as is None]
        if not is_index_whole(self._staging / "chroma"):
            raise OSError("the vector index is cut short")
        chroma = Chroma(self._staging / "chroma")
        try:
            passages = {manifest.passages, chroma.passages.count()}
            passages.add(sum(item.passages for item in stored))
            first = chroma.passages.get(limit=1, include=["embeddings"])["embeddings"]
            found = [chroma.passages.query(query_embeddings=[item], n_results=1) for item in first]
            documents = {chroma.documents.count(), len(self._descriptions)}
            targets = chroma.targets.count()
        finally:
            chroma.close()
        whole = documents == {len(stored)} and targets == sum(item.targets for item in stored)
        if len(passages) > 1 or not whole or not all(item["ids"] for item in found):
            raise LibraryError(
                f"The new version of {self._library} does not add up "
                f"(passages {sorted(passages)}): nothing was published; run the ingest again."
            )


def _without(values: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys}


def _copy_rows(source: Path, target: Path) -> None:
    """Build a Chroma folder anew: its vector index keeps a place for all that was removed."""
    old, new = Chroma(source), Chroma(target, create=True)
    try:
        pairs = (
            (old.documents, new.documents),
            (old.passages, new.passages),
            (old.targets, new.targets),
        )
        for rows, built in pairs:
            for page in rows_of(rows, _ALL):
                built.add(ids=page["ids"], **{field: page[field] for field in _ALL})
    finally:
        old.close()
        new.close()


def _rows_under(collection: Any, document_id: str) -> Iterator[tuple[str, Vector, str, Metadata]]:
    """Yield id, vector, text and metadata of what was made of a document."""
    found = collection.get(where={"document": document_id}, include=_ALL)
    yield from zip(found["ids"], *(found[field] for field in _ALL), strict=True)


def _version_name(manifest: Manifest) -> str:
    digest = hashlib.sha256(manifest.to_json().encode()).hexdigest()[:10]
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{digest}"
