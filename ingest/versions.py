"""The versions of a library on disk: the pointer to the current one, the lock, prune, rollback.

A version is a folder that never changes once it is published; publishing is moving the pointer.
"""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path

import filelock

from ingest.errors import LibraryError
from ingest.manifest import MANIFEST_FILE, Manifest, read_manifest

_CURRENT = "CURRENT"
_VERSIONS = "versions"
_STAGING = ".staging"
_DISCARDED = ".discarded-"
_LOCK = "write.lock"
# What the pointer holds until the first version is published: a missing pointer is damage.
_NOTHING = "none"


def current_version(library: Path) -> str | None:
    """Return the name of the published version, or None where nothing was published.

    Raise LibraryError where there are versions but no pointer to one of them.
    """
    versions = list_versions(library)
    try:
        name = (library / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        name, fault = "", "is missing"
    except UnicodeDecodeError:
        name, fault = "", "is not text"
    except OSError as error:
        raise LibraryError(
            f"Library {library} cannot be read ({error.strerror}): check the folder's rights."
        ) from error
    else:
        fault = f"names {name!r}, which is no version"
    if name in versions:
        return name
    if not versions or name == _NOTHING:
        return None
    raise LibraryError(
        f"The pointer {library / _CURRENT} {fault}: choose one of 'hoidap versions' and run "
        "'hoidap rollback VERSION'."
    )


def version_folder(library: Path, version: str) -> Path:
    """Return the folder of a version."""
    return library / _VERSIONS / version


def staging_folder(library: Path) -> Path:
    """Return the folder in which the next version is made."""
    return library / _VERSIONS / _STAGING


def list_versions(library: Path) -> list[str]:
    """Return the names of all kept versions, oldest first."""
    if library.exists() and not library.is_dir():
        raise LibraryError(
            f"Library {library} is a file, not a folder: name a folder with '--library DIR'."
        )
    try:
        entries = list((library / _VERSIONS).iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LibraryError(
            f"Library {library} cannot be read ({error.strerror}): check the folder's rights."
        ) from error
    return sorted(entry.name for entry in entries if not entry.name.startswith("."))


def current_manifest(library: Path) -> Manifest | None:
    """Return the manifest of the published version; imports neither chromadb nor torch."""
    version = current_version(library)
    return read_manifest(version_folder(library, version), library) if version else None


def required_manifest(library: Path) -> Manifest:
    """Return the manifest of the published version; raise LibraryError where there is none."""
    manifest = current_manifest(library)
    if manifest is None or not manifest.documents:
        raise LibraryError(
            f"Library {library} holds no documents: run 'hoidap ingest PATH --library {library}'."
        )
    return manifest


def read_version(library: Path, version: str) -> Manifest:
    """Return the manifest of a kept version; raise LibraryError where there is none."""
    if version not in list_versions(library):
        raise LibraryError(f"Library {library} has no version {version!r}: see 'hoidap versions'.")
    return read_manifest(version_folder(library, version), library)


def previous_version(library: Path) -> str:
    """Return the version that the current one was made from; LibraryError where it is not kept."""
    current = current_version(library)
    if current is None:
        raise LibraryError(f"Library {library} has no earlier version: it holds nothing.")
    versions = list_versions(library)
    try:
        parent = read_manifest(version_folder(library, current), library).parent
    except LibraryError:
        # A damaged version cannot say what it was made from.
        parent = max((name for name in versions if name < current), default=None)
    if parent not in versions:
        raise LibraryError(
            f"Library {library} keeps no earlier version that {current} was made from: "
            "choose one of 'hoidap versions' and name it."
        )
    return parent


def roll_back(library: Path, version: str) -> None:
    """Make a kept version the current one; raise LibraryError where it cannot be read."""
    read_version(library, version)
    lock = write_lock(library)
    try:
        read_version(library, version)
        point_to(library, version)
    finally:
        lock.release()


def write_lock(library: Path) -> filelock.BaseFileLock:
    """Return the library's lock, held; raise LibraryError where it cannot be had at once."""
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


def clear_leftovers(library: Path) -> None:
    """Remove what a killed writer left; only the holder of the lock may call this."""
    for entry in (library / _VERSIONS).glob(".*"):
        shutil.rmtree(entry, ignore_errors=True)


def publish_staging(library: Path, version: str) -> None:
    """Give the staged version its name and make it the current one."""
    staging = staging_folder(library)
    for path in [*staging.rglob("*"), staging]:
        _flush_to_disk(path)
    if not (library / _CURRENT).exists():
        point_to(library, _NOTHING)
    staging.rename(version_folder(library, version))
    _flush_to_disk(library / _VERSIONS)
    point_to(library, version)


def point_to(library: Path, version: str) -> None:
    """Move the pointer, in one step."""
    pointer = library / f"{_CURRENT}.new"
    pointer.write_text(version + "\n", encoding="utf-8")
    _flush_to_disk(pointer)
    pointer.replace(library / _CURRENT)
    _flush_to_disk(library)


def _flush_to_disk(path: Path) -> None:
    """Wait until the disk has the file or folder, so that a power cut cannot undo a publishing."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def prune(library: Path, kept: int) -> None:
    """Remove all but the last `kept` versions; never the current one, its parent or one in use."""
    current = current_version(library)
    parent = current_manifest(library)
    protected = {current, parent.parent if parent else None}
    others = [name for name in list_versions(library) if name not in protected]
    room = max(0, kept - len(protected - {None}))
    for name in others[: max(0, len(others) - room)]:
        if not _is_in_use(version_folder(library, name)):
            _discard(version_folder(library, name))


def _discard(folder: Path) -> None:
    """Remove a version so that a kill leaves no half of it among the versions."""
    hidden = folder.with_name(_DISCARDED + folder.name)
    folder.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)


def hold_version(folder: Path) -> int:
    """Keep a version from being pruned; return the file descriptor whose closing lets it go."""
    descriptor = os.open(folder / MANIFEST_FILE, os.O_RDONLY)
    # A file system without locks is no reason not to read.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _is_in_use(folder: Path) -> bool:
    try:
        with (folder / MANIFEST_FILE).open("rb+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
