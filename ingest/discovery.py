"""Which files there are, and what is to be done with each: found, compared, planned."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import FailedFile
from ingest.manifest import PIPELINE, DocumentRecord, Manifest

_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to ingest: its document id, the folder that the id is relative to, its path."""

    id: str
    root: str
    path: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingest has to do: files to process, and ids that stay or go."""

    changed: tuple[FoundFile, ...]
    digests: dict[str, str]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[FailedFile, ...]


def make_plan(
    paths: Sequence[Path], manifest: Manifest | None, splitting_changed: bool, *, prune: bool
) -> Plan:
    """Compare the files under the paths with the manifest's records."""
    records = manifest.documents if manifest else {}
    failed: list[FailedFile] = []
    found: dict[str, FoundFile] = {}
    for file in [*_given(paths, failed), *_stale(records, splitting_changed)]:
        taken = found.get(file.id)
        owner = taken.root if taken else records[file.id].root if file.id in records else file.root
        if owner != file.root:
            failed.append(FailedFile(str(file.path), _taken(file.id, owner)))
        elif taken is None:
            found[file.id] = file
    digests: dict[str, str] = {}
    changed = []
    for file in found.values():
        digest = _digest(file.path)
        if digest is None:
            failed.append(FailedFile(str(file.path), "The file cannot be read: check its rights."))
            continue
        digests[file.id] = digest
        if splitting_changed or not _is_known(records.get(file.id), digest):
            changed.append(file)
    # What could not be seen is not gone.
    hidden = [failure.file for failure in failed]
    removed = _gone(paths, records, found, hidden) if prune else ()
    waiting = {file.id for file in changed}
    unchanged = tuple(sorted(key for key in digests if key not in waiting))
    return Plan(tuple(changed), digests, unchanged, removed, tuple(failed))


def _is_known(record: DocumentRecord | None, digest: str) -> bool:
    return record is not None and record.digest == digest and record.pipeline == PIPELINE


def _taken(document_id: str, owner: str) -> str:
    return (
        f"The id {document_id!r} belongs to the file of that name in {owner}: "
        "rename one of the two, or remove the other document first."
    )


def _given(paths: Sequence[Path], failed: list[FailedFile]) -> Iterator[FoundFile]:
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, failed)
        elif path.is_file():
            yield FoundFile(path.name, str(path.resolve().parent), path)
        else:
            failed.append(FailedFile(str(path), "There is no such file or folder: check the path."))


def _in_folder(folder: Path, failed: list[FailedFile]) -> Iterator[FoundFile]:
    """Yield the folder's files in order, hidden ones left out; report what cannot be listed."""
    root = str(folder.resolve())

    def report(error: OSError) -> None:
        reason = f"The folder cannot be listed ({error.strerror}): check its rights."
        failed.append(FailedFile(str(error.filename), reason))

    found = [
        Path(parent, name)
        for parent, _, names in os.walk(folder, onerror=report, followlinks=True)
        for name in names
    ]
    for path in sorted(found):
        relative = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            yield FoundFile(relative.as_posix(), root, path)


def _stale(records: dict[str, DocumentRecord], splitting_changed: bool) -> Iterator[FoundFile]:
    """Yield documents made by another pipeline, from where their files were."""
    for key, record in records.items():
        path = Path(record.root) / key
        if (splitting_changed or record.pipeline != PIPELINE) and path.is_file():
            yield FoundFile(key, record.root, path)


def _gone(
    paths: Sequence[Path],
    records: dict[str, DocumentRecord],
    found: Iterable[str],
    hidden: Sequence[str],
) -> tuple[str, ...]:
    roots = {str(path.resolve()) for path in paths if path.is_dir()}
    unseen = [str(Path(place).resolve()) for place in hidden]
    kept = set(found)
    for key, item in records.items():
        path = Path(item.root) / key
        if any(path.is_relative_to(place) for place in unseen):
            kept.add(key)
    return tuple(
        sorted(key for key, item in records.items() if item.root in roots and key not in kept)
    )


def _digest(path: Path) -> str | None:
    sha = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_READ_BYTES):
                sha.update(block)
    except OSError:
        return None
    return sha.hexdigest()
