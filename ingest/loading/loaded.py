"""What a loader gives: the text of a file, its layout, and what the file states of itself."""

from dataclasses import dataclass

from ingest.documents import Basis, DocumentKind, Heading, LegalReference, TableRow


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of itself outside its text: front matter, trustworthy meta elements."""

    title: str | None = None
    kind: DocumentKind = "original"
    source_file: str | None = None
    number: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    date_basis: Basis | None = None
    effective_date: str | None = None
    locality: str | None = None
    legal_documents: tuple[LegalReference, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file as read: `text` is what is stored and quoted; every offset counts its code points.

    `headings` is None where the format marks none and the splitter has to find them;
    `pages` and `rows` as in SourceDocument; `notes` say what was guessed.
    """

    text: str
    stated: Stated = Stated()
    body_start: int = 0
    headings: tuple[Heading, ...] | None = None
    pages: tuple[int, ...] = ()
    rows: tuple[TableRow, ...] = ()
    notes: tuple[str, ...] = ()
