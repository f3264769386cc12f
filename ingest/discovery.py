"""Which files there are, and what is to be done with each: found, compared, planned."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.documents import FailedFile, Note
from ingest.loading.formats import SUFFIXES
from ingest.manifest import PIPELINE, DocumentRecord, Manifest

_READ_BYTES = 1 << 20
# Beside dotted names: what Office keeps while a document is open.
_HIDDEN = (".", "~$")

Records = Mapping[str, DocumentRecord]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to ingest: its document id, the folder that the id is relative to, its path."""

    id: str
    root: str
    path: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingest has to do: files to process, and ids that stay or go.

    `moved` maps unchanged ids to the folder that their files are in now.
    """

    changed: tuple[FoundFile, ...]
    digests: dict[str, str]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    moved: dict[str, str]
    failed: tuple[FailedFile, ...]
    skipped: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Search:
    """What was found under the paths so far."""

    found: dict[str, FoundFile] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)  # id -> folder that it is gone from
    failed: list[FailedFile] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def make_plan(
    paths: Sequence[Path], manifest: Manifest | None, splitting_changed: bool, *, prune: bool
) -> Plan:
    """Compare the files under the paths with the manifest's records."""
    records = manifest.documents if manifest else {}
    search = _search(paths, records, splitting_changed)
    digests: dict[str, str] = {}
    changed = []
    for file in search.found.values():
        digest = _digest(file.path)
        if digest is None:
            reason = "The file cannot be read: check its rights."
            search.failed.append(FailedFile(str(file.path), reason))
            continue
        digests[file.id] = digest
        if splitting_changed or not _is_known(records.get(file.id), digest):
            changed.append(file)
    waiting = {file.id for file in changed}
    return Plan(
        changed=tuple(changed),
        digests=digests,
        unchanged=tuple(sorted(key for key in digests if key not in waiting)),
        removed=_gone(paths, records, search) if prune else (),
        moved={
            key: search.found[key].root
            for key in search.left
            if key in digests and key not in waiting
        },
        failed=tuple(search.failed),
        skipped=tuple(search.skipped),
        notes=tuple(
            Note(key, f"Taken over from {root}, where its file no longer is.")
            for key, root in search.left.items()
        ),
    )


def _search(paths: Sequence[Path], records: Records, splitting_changed: bool) -> _Search:
    """Find the files; the same id from two folders belongs to the first that still has it."""
    search = _Search()
    for file in [*_given(paths, search), *_stale(records, splitting_changed)]:
        if (name := _readable(file.path)) != str(file.path):
            reason = "The name of the file or of its folder is not UTF-8: rename it."
            search.failed.append(FailedFile(name, reason))
            continue
        taken = search.found.get(file.id)
        known = records.get(file.id)
        owner = taken.root if taken else known.root if known else file.root
        if owner == file.root:
            search.found.setdefault(file.id, file)
        elif known and not taken and _is_gone(file.id, known):
            search.found[file.id] = file
            search.left[file.id] = known.root
        else:
            search.failed.append(FailedFile(str(file.path), _taken(file.id, owner)))
    return search


def _readable(path: Path) -> str:
    """Return a path as text; the bytes of a name that is no text are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_known(record: DocumentRecord | None, digest: str) -> bool:
    return record is not None and record.digest == digest and record.pipeline == PIPELINE


def _is_gone(document_id: str, record: DocumentRecord) -> bool:
    """Tell whether a document came from a file that is no longer there."""
    return bool(record.root) and not Path(record.root, document_id).exists()


def _taken(document_id: str, owner: str) -> str:
    return (
        f"The id {document_id!r} belongs to the file of that name in {owner}: "
        "rename one of the two, or remove the other document first."
    )


def _given(paths: Sequence[Path], search: _Search) -> Iterator[FoundFile]:
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, search)
        elif path.is_file():
            yield FoundFile(path.name, str(path.resolve().parent), path)
        else:
            reason = "There is no such file or folder: check the path."
            search.failed.append(FailedFile(str(path), reason))


def _in_folder(folder: Path, search: _Search) -> Iterator[FoundFile]:
    """Yield the folder's files in order, hidden ones left out; report what cannot be listed."""
    root = str(folder.resolve())

    def report(error: OSError) -> None:
        reason = f"The folder cannot be listed ({error.strerror}): check its rights."
        search.failed.append(FailedFile(str(error.filename), reason))

    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=report, followlinks=True):
        found.extend(Path(parent, name) for name in names)
        # A link to a folder above would be followed round and round.
        folders[:] = [name for name in folders if not _leads_up(parent, name)]
    for path in sorted(found):
        relative = path.relative_to(folder)
        if any(part.startswith(_HIDDEN) for part in relative.parts):
            continue
        if not path.is_file():
            search.failed.append(FailedFile(_readable(path), _no_file(path)))
        elif path.suffix.casefold() in SUFFIXES:
            yield FoundFile(relative.as_posix(), root, path)
        else:
            search.skipped.append(_readable(path))


def _leads_up(parent: str, name: str) -> bool:
    """Tell whether a folder's entry is a link to the folder itself or to one above it."""
    path = Path(parent, name)
    return path.is_symlink() and Path(parent).resolve().is_relative_to(path.resolve())


def _no_file(path: Path) -> str:
    """Say what a folder's entry is that is neither a file nor a folder."""
    if path.is_symlink():
        target = str(path.readlink())
        return f"The link leads to {target!r}, which is not there: mend the link or remove it."
    return "This is a pipe or a device, not a file: remove it from the folder."


def _stale(records: Records, splitting_changed: bool) -> Iterator[FoundFile]:
    """Yield documents made by another pipeline, from where their files were."""
    for key, record in records.items():
        path = Path(record.root) / key
        if (splitting_changed or record.pipeline != PIPELINE) and path.is_file():
            yield FoundFile(key, record.root, path)


def _gone(paths: Sequence[Path], records: Records, search: _Search) -> tuple[str, ...]:
    """Return the documents whose files are no longer in the folders given.

    A folder that moved takes all its documents along: those that did not arrive are gone.
    """
    roots = {str(path.resolve()) for path in paths if path.is_dir()}
    roots |= {root for root in search.left.values() if not Path(root).exists()}
    # What could not be seen is not gone: the place of a broken link, not where it leads to.
    failed = [Path(failure.file) for failure in search.failed]
    unseen = [path.parent.resolve() / path.name for path in failed]
    return tuple(
        sorted(
            key
            for key, item in records.items()
            if item.root in roots
            and key not in search.found
            and not any(Path(item.root, key).is_relative_to(place) for place in unseen)
        )
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
