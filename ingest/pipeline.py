"""The steps of ingest in order: find, load, split, compare, embed, store, publish."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from tqdm import tqdm

from ingest.differing import differing_figures, told
from ingest.discovery import FoundFile, Plan, make_plan
from ingest.documents import FailedFile, IngestReport, Note, Passage, SourceDocument, Target
from ingest.embedding import Embedder, create_embedder, model_identity
from ingest.errors import DocumentError, LibraryError
from ingest.library import Vector
from ingest.manifest import DocumentRecord, EmbeddingRecord, Manifest
from ingest.reading import read_document
from ingest.relations import Settlement, settle, similar_notes
from ingest.settings import EmbeddingSettings, IngestSettings
from ingest.splitting import split
from ingest.stored import searched_target, searched_text
from ingest.targets import extract_targets
from ingest.versions import current_manifest, current_version
from ingest.writer import LibraryWriter

OpenEmbedder = Callable[[EmbeddingSettings], Embedder]

logger = logging.getLogger(__name__)

# Passages embedded between two steps of the progress bar; also how many documents wait.
_GROUP = 64


@dataclass(frozen=True, slots=True)
class _Job:
    """What one ingest is given."""

    library: Path
    manifest: Manifest | None
    settings: IngestSettings
    open_embedder: OpenEmbedder
    progress: bool = False

    def writer(self) -> LibraryWriter:
        """Return the writer of the next version."""
        return LibraryWriter(self.library, self.manifest, self.settings.kept_versions)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A loaded and split document, with what the manifest will record of its file."""

    document: SourceDocument
    passages: list[Passage]
    targets: tuple[Target, ...]
    record: DocumentRecord

    @property
    def id(self) -> str:
        """Return the document id."""
        return self.document.id


def ingest_paths(
    library: Path,
    paths: Sequence[Path],
    settings: IngestSettings,
    *,
    prune: bool = False,
    progress: bool = False,
    open_embedder: OpenEmbedder = create_embedder,
) -> IngestReport:
    """Add and update the files under the paths; with `prune` drop those gone from a folder.

    The same text twice is stored once. A file that cannot be read is reported and the others go
    on; raise IngestError where the library or the model is unfit.
    """
    started = time.perf_counter()
    manifest = _checked_manifest(library, settings)
    job = _Job(library, manifest, settings, open_embedder, progress)
    plan = make_plan(paths, manifest, _splitting_changed(manifest, settings), prune=prune)
    report = IngestReport(
        unchanged=plan.unchanged, failed=plan.failed, skipped=plan.skipped, notes=plan.notes
    )
    if plan.changed or plan.removed or plan.moved:
        with job.writer() as writer:
            prepared, failed = _prepare(plan, settings, progress)
            report = replace(report, failed=(*report.failed, *failed))
            if prepared or plan.removed or plan.moved:
                notes = _publish(job, writer, prepared, plan.removed, plan.moved)
                report = replace(report, removed=plan.removed, notes=(*report.notes, *notes))
                report = _with_documents(report, prepared, manifest)
    return _counted(library, report, started)


def ingest_documents(
    library: Path,
    documents: Sequence[SourceDocument],
    settings: IngestSettings,
    *,
    open_embedder: OpenEmbedder = create_embedder,
) -> IngestReport:
    """Add or update documents that are in memory already; each is stored, equal texts too."""
    started = time.perf_counter()
    manifest = _checked_manifest(library, settings)
    job = _Job(library, manifest, settings, open_embedder)
    prepared = []
    for document in documents:
        passages = split(document, settings.splitting)
        targets = extract_targets(document, passages)
        record = DocumentRecord(
            "", _sha256(document.text), len(passages), len(targets), notes=document.notes
        )
        prepared.append(_Prepared(document, passages, targets, record))
    with job.writer() as writer:
        notes = _publish(job, writer, prepared)
    report = _with_documents(IngestReport(notes=notes), prepared, manifest)
    return _counted(library, report, started)


def remove_documents(library: Path, document_ids: Sequence[str], settings: IngestSettings) -> str:
    """Publish a version without the named documents and return its name.

    Where another file has the text of a removed one, the text stays, as the other's.
    """
    manifest = current_manifest(library)
    known = manifest.documents if manifest else {}
    for document_id in document_ids:
        if document_id not in known:
            raise LibraryError(
                f"Library {library} has no document {document_id!r}: see 'hoidap documents'."
            )
    with LibraryWriter(library, manifest, settings.kept_versions) as writer:
        _make_room(writer, document_ids, ())
        return writer.publish()


def _checked_manifest(library: Path, settings: IngestSettings) -> Manifest | None:
    """Return the current manifest; refuse a library that another model made."""
    manifest = current_manifest(library)
    if manifest and manifest.embedding.model != settings.embedding.model:
        manifest.check_model(model_identity(settings.embedding), library)
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
        except Exception as error:
            # The libraries that read formats fail in many ways; one file must not stop the rest.
            logger.exception("%s cannot be read.", file.path)
            reason = f"The file cannot be read ({type(error).__name__}: {error}): see the log."
            failed.append(FailedFile(str(file.path), " ".join(reason.split())))
    return prepared, failed


def _prepare_file(file: FoundFile, digest: str, settings: IngestSettings) -> _Prepared:
    document = read_document(file.path, file.id)
    passages = split(document, settings.splitting)
    if not passages:
        raise DocumentError("The file holds headings only: there is no text to ingest.")
    targets = extract_targets(document, passages)
    record = DocumentRecord(
        root=file.root,
        digest=digest,
        passages=len(passages),
        targets=len(targets),
        text_digest=_sha256(document.text),
        notes=document.notes,
    )
    return _Prepared(document, passages, targets, record)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _publish(
    job: _Job,
    writer: LibraryWriter,
    prepared: Sequence[_Prepared],
    removed: Sequence[str] = (),
    moved: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Note, ...]:
    """Write and publish the next version; return what the operator should know of it."""
    for key, root in moved.items():
        writer.note(key, replace(writer.records[key], root=root))
    settled = _make_room(writer, removed, prepared)
    stored = _compared(writer, [item for item in prepared if item.id in settled.stored])
    made_with = None
    if stored:
        embedder = job.open_embedder(job.settings.embedding)
        made_with = _made_with(job, embedder)
        _embed_into(writer, stored, embedder, job.progress)
    writer.publish(made_with)
    return (*_notes(prepared, stored), *_settled_notes(settled))


def _make_room(
    writer: LibraryWriter, removed: Sequence[str], prepared: Sequence[_Prepared]
) -> Settlement:
    """Take out what goes; a file with the text of another is only recorded."""
    incoming = {item.id: item.record for item in prepared}
    digests = {key: record.text_digest for key, record in incoming.items()}
    known = dict(writer.records)
    settled = settle(known, removed, digests)
    for owner, heir in settled.heirs:
        writer.hand_over(owner, heir)
    writer.remove({*removed, *(key for key in incoming if key in known)})
    for key, owner in settled.copies.items():
        record = incoming.get(key) or known[key]
        writer.note(key, replace(record, same_as=owner, passages=0, targets=0))
    return settled


def _compared(writer: LibraryWriter, stored: Sequence[_Prepared]) -> list[_Prepared]:
    """Record the near-duplicates of each file; documents in memory are not compared."""
    texts = {item.id: item.document.text for item in stored if item.record.text_digest}
    similar = writer.signatures.add(texts)
    compared = []
    for item in stored:
        near = similar.get(item.id, {})
        others = {key: texts.get(key) or writer.text(key) for key in near}
        differing = {
            key: told(differing_figures(item.document.text, text)) for key, text in others.items()
        }
        record = replace(item.record, similar=near, differing=differing)
        compared.append(replace(item, record=record))
    return compared


def _notes(prepared: Sequence[_Prepared], stored: Sequence[_Prepared]) -> list[Note]:
    own = [Note(item.id, text) for item in prepared for text in item.record.notes]
    near = [Note(item.id, text) for item in stored for text in similar_notes(item.record)]
    return [*own, *near]


def _settled_notes(settled: Settlement) -> list[Note]:
    same = [
        Note(key, f"Has the same text as {owner}, which is stored for both.")
        for key, owner in settled.copies.items()
    ]
    heirs = [
        Note(heir, f"Takes the place of {owner}, whose text it has.")
        for owner, heir in settled.heirs
    ]
    return [*same, *heirs]


def _made_with(job: _Job, embedder: Embedder) -> Manifest:
    if job.manifest:
        job.manifest.check_model(embedder.identity, job.library)
    settings = job.settings.embedding
    embedding = EmbeddingRecord(
        model=settings.model,
        identity=embedder.identity,
        dimension=embedder.dimension,
        dtype=embedder.dtype,
        query_prompt=settings.query_prompt,
        passage_prompt=settings.passage_prompt,
    )
    return Manifest(embedding, job.settings.splitting.model_dump())


def _embed_into(
    writer: LibraryWriter, prepared: Sequence[_Prepared], embedder: Embedder, progress: bool
) -> None:
    """Embed and store the documents in groups, so that short ones share a batch."""
    total = sum(len(item.passages) for item in prepared)
    with tqdm(total=total, desc="Embedding", unit=" passages", disable=not progress) as bar:
        done = 0
        for group in _groups(prepared):
            titles = [item.document.description.title for item in group]
            rows = [searched_target(target) for item in group for target in item.targets]
            short = embedder.embed_passages(titles + rows)
            targets = short[len(titles) :]
            vectors = _passage_vectors(group, embedder, bar)
            for item, title in zip(group, short, strict=False):
                own, vectors = vectors[: len(item.passages)], vectors[len(item.passages) :]
                aims, targets = targets[: len(item.targets)], targets[len(item.targets) :]
                writer.put(
                    item.document, item.record, item.passages, own, title, item.targets, aims
                )
            done += len(group)
            bar.set_postfix_str(f"documents {done}/{len(prepared)}")


def _passage_vectors(group: Sequence[_Prepared], embedder: Embedder, bar: Any) -> Vector:
    """Return the vectors of all passages of the group, shape (passages, dimension)."""
    texts = [searched_text(passage) for item in group for passage in item.passages]
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


def _with_documents(
    report: IngestReport, prepared: Sequence[_Prepared], manifest: Manifest | None
) -> IngestReport:
    known = manifest.documents if manifest else {}
    return replace(
        report,
        created=tuple(item.id for item in prepared if item.id not in known),
        updated=tuple(item.id for item in prepared if item.id in known),
    )


def _counted(library: Path, report: IngestReport, started: float) -> IngestReport:
    manifest = current_manifest(library)
    records = manifest.documents.values() if manifest else ()
    return replace(
        report,
        library_version=current_version(library),
        passages=sum(record.passages for record in records),
        targets=sum(record.targets for record in records),
        seconds=round(time.perf_counter() - started, 2),
    )
