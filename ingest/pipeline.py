"""The steps of ingest in order: find, load, split, embed, store, publish."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from ingest.discovery import FoundFile, Plan, make_plan
from ingest.documents import FailedFile, IngestReport, Passage, SourceDocument
from ingest.embedding import Embedder, create_embedder
from ingest.errors import DocumentError, LibraryError
from ingest.library import LibraryWriter, Vector, contextual_text, current_manifest
from ingest.loading.formats import load
from ingest.manifest import DocumentRecord, EmbeddingRecord, Manifest
from ingest.settings import EmbeddingSettings, IngestSettings
from ingest.splitting import split

OpenEmbedder = Callable[[EmbeddingSettings], Embedder]

# Passages embedded between two steps of the progress bar; also how many documents wait.
_GROUP = 64


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A loaded and split document, with what the manifest will record of its file."""

    document: SourceDocument
    passages: list[Passage]
    record: DocumentRecord


def ingest_paths(
    library: Path,
    paths: Sequence[Path],
    settings: IngestSettings,
    *,
    prune: bool = False,
    progress: bool = False,
    open_embedder: OpenEmbedder = create_embedder,
) -> IngestReport:
    """Add and update the files under the paths; with `prune` drop those gone from a folder."""
    started = time.perf_counter()
    manifest = _checked_manifest(library, settings)
    plan = make_plan(paths, manifest, _splitting_changed(manifest, settings), prune=prune)
    prepared, failed = _prepare(plan, settings, progress)
    report = IngestReport(unchanged=plan.unchanged, failed=(*plan.failed, *failed))
    if prepared or plan.removed:
        changes = _store(
            library, manifest, prepared, plan.removed, settings, open_embedder, progress
        )
        report = replace(changes, unchanged=report.unchanged, failed=report.failed)
    return _counted(library, report, started)


def ingest_documents(
    library: Path,
    documents: Sequence[SourceDocument],
    settings: IngestSettings,
    *,
    open_embedder: OpenEmbedder = create_embedder,
) -> IngestReport:
    """Add or update documents that are in memory already."""
    started = time.perf_counter()
    manifest = _checked_manifest(library, settings)
    prepared = []
    for document in documents:
        passages = split(document, settings.splitting)
        digest = hashlib.sha256(document.text.encode()).hexdigest()
        prepared.append(_Prepared(document, passages, DocumentRecord("", digest, len(passages))))
    report = _store(library, manifest, prepared, (), settings, open_embedder, progress=False)
    return _counted(library, report, started)


def remove_documents(library: Path, document_ids: Sequence[str], settings: IngestSettings) -> str:
    """Publish a version without the named documents and return its name."""
    manifest = current_manifest(library)
    known = manifest.documents if manifest else {}
    for document_id in document_ids:
        if document_id not in known:
            raise LibraryError(
                f"Library {library} has no document {document_id!r}: see 'hoidap documents'."
            )
    assert manifest is not None
    with LibraryWriter(library, manifest, settings.kept_versions) as writer:
        for document_id in dict.fromkeys(document_ids):
            writer.remove(document_id)
        return writer.publish()


def _checked_manifest(library: Path, settings: IngestSettings) -> Manifest | None:
    """Return the current manifest; refuse a library that another model made."""
    manifest = current_manifest(library)
    if manifest and manifest.embedding.model != settings.embedding.model:
        manifest.check_model(settings.embedding.model, library)
    return manifest


def _splitting_changed(manifest: Manifest | None, settings: IngestSettings) -> bool:
    return manifest is not None and manifest.splitting != settings.splitting.model_dump()


def _prepare(
    plan: Plan, settings: IngestSettings, progress: bool
) -> tuple[list[_Prepared], list[FailedFile]]:
    """Load and split the changed files; a bad file is reported and the others go on."""
    prepared: list[_Prepared] = []
    failed: list[FailedFile] = []
    files = tqdm(plan.changed, desc="Reading", unit=" documents", disable=not progress)
    for file in files:
        try:
            prepared.append(_prepare_file(file, plan.digests[file.id], settings))
        except DocumentError as error:
            failed.append(FailedFile(str(file.path), str(error)))
    return prepared, failed


def _prepare_file(file: FoundFile, digest: str, settings: IngestSettings) -> _Prepared:
    document = load(file.path, file.id)
    passages = split(document, settings.splitting)
    if not passages:
        raise DocumentError("The file holds headings only: there is no text to ingest.")
    return _Prepared(document, passages, DocumentRecord(file.root, digest, len(passages)))


def _store(
    library: Path,
    manifest: Manifest | None,
    prepared: Sequence[_Prepared],
    removed: Sequence[str],
    settings: IngestSettings,
    open_embedder: OpenEmbedder,
    progress: bool,
) -> IngestReport:
    """Embed what was prepared, write the next version and publish it."""
    embedder = open_embedder(settings.embedding) if prepared else None
    base = _next_manifest(library, manifest, embedder, settings)
    known = manifest.documents if manifest else {}
    with LibraryWriter(library, base, settings.kept_versions) as writer:
        for document_id in removed:
            writer.remove(document_id)
        if embedder:
            _embed_into(writer, prepared, embedder, progress)
        version = writer.publish()
    ids = [item.document.id for item in prepared]
    return IngestReport(
        created=tuple(key for key in ids if key not in known),
        updated=tuple(key for key in ids if key in known),
        removed=tuple(removed),
        library_version=version,
    )


def _next_manifest(
    library: Path, manifest: Manifest | None, embedder: Embedder | None, settings: IngestSettings
) -> Manifest:
    if embedder is None:
        assert manifest is not None
        return manifest
    if manifest:
        manifest.check_model(embedder.identity, library)
    embedding = EmbeddingRecord(
        model=settings.embedding.model,
        identity=embedder.identity,
        dimension=embedder.dimension,
        dtype=embedder.dtype,
        query_prompt=settings.embedding.query_prompt,
        passage_prompt=settings.embedding.passage_prompt,
    )
    documents = manifest.documents if manifest else {}
    return Manifest(embedding, settings.splitting.model_dump(), documents=documents)


def _embed_into(
    writer: LibraryWriter, prepared: Sequence[_Prepared], embedder: Embedder, progress: bool
) -> None:
    """Embed and store the documents in groups, so that short ones share a batch."""
    total = sum(len(item.passages) for item in prepared)
    with tqdm(total=total, desc="Embedding", unit=" passages", disable=not progress) as bar:
        done = 0
        for group in _groups(prepared):
            titles = embedder.embed_passages([item.document.description.title for item in group])
            vectors = _passage_vectors(group, embedder, bar)
            for item, title in zip(group, titles, strict=True):
                own, vectors = vectors[: len(item.passages)], vectors[len(item.passages) :]
                document = item.document
                writer.put(
                    document.description, document.text, item.record, item.passages, own, title
                )
            done += len(group)
            bar.set_postfix_str(f"documents {done}/{len(prepared)}")


def _passage_vectors(group: Sequence[_Prepared], embedder: Embedder, bar: Any) -> Vector:
    """Return the vectors of all passages of the group, shape (passages, dimension)."""
    texts = [
        contextual_text(passage.document, passage.heading, passage.text)
        for item in group
        for passage in item.passages
    ]
    parts = []
    for start in range(0, len(texts), _GROUP):
        batch = texts[start : start + _GROUP]
        parts.append(embedder.embed_passages(batch))
        bar.update(len(batch))
    return np.concatenate(parts)


def _groups(prepared: Sequence[_Prepared]) -> Iterator[list[_Prepared]]:
    """Yield documents together until their passages fill a group."""
    group: list[_Prepared] = []
    for item in prepared:
        group.append(item)
        if sum(len(member.passages) for member in group) >= _GROUP:
            yield group
            group = []
    if group:
        yield group


def _counted(library: Path, report: IngestReport, started: float) -> IngestReport:
    manifest = current_manifest(library)
    records = manifest.documents.values() if manifest else ()
    return replace(
        report,
        passages=sum(record.passages for record in records),
        targets=sum(record.targets for record in records),
        seconds=round(time.perf_counter() - started, 2),
    )
