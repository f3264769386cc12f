"""One file -> source document: loaded, cleaned, described."""

from pathlib import Path

from ingest.cleaning import find_clutter
from ingest.describing import describe
from ingest.documents import SourceDocument
from ingest.loading.formats import load
from ingest.loading.loaded import LoadedFile
from ingest.splitting import find_headings


def read_document(path: Path, document_id: str) -> SourceDocument:
    """Return the file as a source document; raise DocumentError where it cannot be read."""
    return build_document(document_id, load(path))


def build_document(document_id: str, loaded: LoadedFile) -> SourceDocument:
    """Return a loaded file as a source document: what it states, filled up with what it shows."""
    dropped = find_clutter(loaded)
    headings = find_headings(loaded, dropped) if loaded.headings is None else loaded.headings
    described = describe(document_id, loaded, headings, dropped)
    return SourceDocument(
        description=described.description,
        text=loaded.text,
        body_start=loaded.body_start,
        headings=headings,
        pages=loaded.pages,
        rows=loaded.rows,
        dropped=dropped,
        notes=(*loaded.notes, *described.notes),
    )
