"""manifest.json: what a library version was made of, and by which model and pipeline."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ingest.errors import LibraryError

SCHEMA = 3
# Raised by any change to loading, cleaning, describing, splitting or extraction.
PIPELINE = 9
MANIFEST_FILE = "manifest.json"


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
    """A file as ingested: the folder given, its SHA-256, what was made of it.

    `text_digest` is the SHA-256 of its stored text (empty: never the same as another's),
    `same_as` the document that is stored for both, `similar` the near-duplicates and their
    similarity (0 to 1), `differing` which figures each of these has otherwise, in words, `notes`
    what the operator should know, one sentence each.
    """

    root: str
    digest: str
    passages: int
    targets: int = 0
    pipeline: int = PIPELINE
    text_digest: str = ""
    same_as: str | None = None
    similar: dict[str, float] = field(default_factory=dict)
    differing: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that must be known of a version before it is opened.

    `parent` is the version that it was made from; `replaced_passages` counts those taken out
    since the vector index was built, which keeps a place for each.
    """

    embedding: EmbeddingRecord
    splitting: dict[str, Any]
    schema: int = SCHEMA
    pipeline: int = PIPELINE
    created: str = ""
    parent: str | None = None
    passages: int = 0
    replaced_passages: int = 0
    documents: dict[str, DocumentRecord] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the manifest as JSON text."""
        # asdict() copies all that is inside: too slow for the records of many documents.
        records = {key: _fields(record) for key, record in self.documents.items()}
        values = _fields(self) | {"embedding": asdict(self.embedding), "documents": records}
        return json.dumps(values, ensure_ascii=False)

    def check_model(self, identity: str, library: Path) -> None:
        """Raise LibraryError where the library's vectors come from another model."""
        if self.embedding.identity != identity:
            raise LibraryError(
                f"Library {library} was made with the model {self.embedding.identity!r}, "
                f"but the settings name {identity!r}: set that model again, or ingest into "
                "another folder with '--library DIR'."
            )


def _fields(record: "Manifest | DocumentRecord") -> dict[str, Any]:
    return {item.name: getattr(record, item.name) for item in fields(record)}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a version's folder."""
    (folder / MANIFEST_FILE).write_text(manifest.to_json(), encoding="utf-8")


def read_manifest(folder: Path, library: Path) -> Manifest:
    """Return a version's manifest; raise LibraryError where it is damaged or of another schema."""
    try:
        data = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        schema = data["schema"]
        if schema == SCHEMA:
            documents = {key: _record(item) for key, item in data.pop("documents").items()}
            embedding = EmbeddingRecord(**data.pop("embedding"))
            return Manifest(embedding=embedding, documents=documents, **data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryError(
            f"The manifest in {folder} cannot be read ({error}): roll back with "
            "'hoidap rollback', or ingest into another folder with '--library DIR'."
        ) from error
    raise LibraryError(
        f"Library {library} has schema {schema}, this program reads schema {SCHEMA}: "
        "ingest the documents into a new folder with '--library DIR'."
    )


def _record(item: dict[str, Any]) -> DocumentRecord:
    return DocumentRecord(**item | {"notes": tuple(item["notes"])})
