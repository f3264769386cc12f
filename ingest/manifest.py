"""manifest.json: what a library version was made of, and by which model and pipeline."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.errors import LibraryError

SCHEMA = 1
# Raised by any change to loading, cleaning, describing, splitting or extraction.
PIPELINE = 1
_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class EmbeddingRecord:
    """The model that made the vectors; the data type is recorded but is no part of identity."""

    model: str
    identity: str
    dimension: int
    dtype: str
    query_prompt: str | None = None
    passage_prompt: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document's file as ingested: the folder given, its digest, what was made of it."""

    root: str
    digest: str
    passages: int
    targets: int = 0
    pipeline: int = PIPELINE


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that must be known of a version before it is opened."""

    embedding: EmbeddingRecord
    splitting: dict[str, Any]
    schema: int = SCHEMA
    pipeline: int = PIPELINE
    created: str = ""
    passages: int = 0
    documents: dict[str, DocumentRecord] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the manifest as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def check_model(self, identity: str, library: Path) -> None:
        """Raise LibraryError where the library's vectors come from another model."""
        if self.embedding.identity != identity:
            raise LibraryError(
                f"Library {library} was made with the model {self.embedding.identity!r}, "
                f"but the settings name {identity!r}: set that model again, or ingest into "
                "another folder with '--library DIR'."
            )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a version's folder."""
    (folder / _FILE).write_text(manifest.to_json(), encoding="utf-8")


def read_manifest(folder: Path, library: Path) -> Manifest:
    """Return a version's manifest; raise LibraryError where it is damaged or of another schema."""
    try:
        data = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise LibraryError(
                f"Library {library} has schema {data['schema']}, this program reads schema "
                f"{SCHEMA}: ingest the documents into a new folder with '--library DIR'."
            )
        records = {key: DocumentRecord(**item) for key, item in data.pop("documents").items()}
        embedding = EmbeddingRecord(**data.pop("embedding"))
        return Manifest(embedding=embedding, documents=records, **data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryError(
            f"The manifest in {folder} cannot be read ({error}): "
            "roll back with 'hoidap rollback', or ingest into a new folder."
        ) from error
