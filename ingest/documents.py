"""What flows through ingest: frozen values, no behaviour beyond reading themselves."""

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["original", "digest"]
Basis = Literal["stated", "inferred"]


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A legal document that a text names, such as Quyết định số 4098/QĐ-UBND."""

    number: str
    kind: str | None = None
    date: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What is known about a document as a whole; dates are ISO 8601, possibly shortened."""

    id: str
    title: str
    title_basis: Basis = "inferred"
    kind: DocumentKind = "original"
    source_file: str | None = None
    publisher: str | None = None
    date: str | None = None
    date_basis: Basis | None = None
    locality: str | None = None
    legal_documents: tuple[LegalReference, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A loaded file: its stored text (NFC), what describes it, and where its body begins."""

    description: Description
    text: str
    body_start: int = 0
    headings: tuple["Heading", ...] = ()

    @property
    def id(self) -> str:
        """Return the document id: the path relative to the folder that was given."""
        return self.description.id


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: offsets into the document's text, its level (1 = highest), its words."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets of one sentence into the document's text, in code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences that stand together: what is embedded, found, and shown around a quote."""

    document: Description
    ordinal: int
    text: str
    start: int
    sentences: tuple[Sentence, ...]
    heading: tuple[str, ...] = ()
    page: int | None = None

    @property
    def id(self) -> str:
        """Return the passage id: document id and ordinal, the same on every ingest."""
        return f"{self.document.id}#{self.ordinal:05d}"

    @property
    def end(self) -> int:
        """Return where the passage ends in the document's text."""
        return self.start + len(self.text)

    def quote(self, sentence: Sentence) -> str:
        """Return the sentence's exact text."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that was not ingested, and why, in one sentence."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did: document ids by what happened to them, counts, and seconds."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    passages: int = 0
    targets: int = 0
    seconds: float = 0.0
    library_version: str | None = None
