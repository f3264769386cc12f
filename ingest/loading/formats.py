"""File -> source document: the format is told by the file's ending."""

from pathlib import Path

from ingest.describing import infer_description
from ingest.documents import SourceDocument
from ingest.errors import DocumentError
from ingest.loading.markdown import describe_from, read_front_matter
from ingest.loading.plain_text import read_text
from ingest.splitting import find_headings

SUFFIXES = (".txt", ".md", ".markdown")


def load(path: Path, document_id: str) -> SourceDocument:
    """Return the file as a source document; raise DocumentError where it cannot be read."""
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise DocumentError(
            f"The format {suffix or path.name!r} is not read: give one of {', '.join(SUFFIXES)}."
        )
    text = read_text(path)
    if suffix == ".txt":
        return build_document(document_id, text)
    front = read_front_matter(text)
    if not text[front.body_start :].strip():
        raise DocumentError("The file holds front matter only: there is no text to ingest.")
    plain = build_document(document_id, text, front.body_start)
    return SourceDocument(
        description=describe_from(front.values, plain.description),
        text=text,
        body_start=front.body_start,
        headings=plain.headings,
    )


def build_document(document_id: str, text: str, body_start: int = 0) -> SourceDocument:
    """Return normalised text as a source document, described by what the text shows."""
    headings = find_headings(text, body_start)
    description = infer_description(document_id, text, body_start, headings)
    return SourceDocument(description, text, body_start, headings)
