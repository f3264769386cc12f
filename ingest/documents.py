"""What flows through ingest: frozen values, no behaviour beyond reading themselves."""

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["original", "digest"]
Basis = Literal["stated", "inferred"]
TargetKind = Literal["target", "result"]
YearBasis = Literal["stated", "context", "none"]
Operator = Literal["=", ">=", ">", "<=", "<", "≈"]
Boundary = Literal["63", "34"]
Pillar = Literal["chính quyền số", "kinh tế số", "xã hội số", "hạ tầng", "khác"]


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A legal document that a text names, such as Quyết định số 4098/QĐ-UBND.

    `canonical` is the right number where the text writes it wrongly or short ("18-NQ/TW" of a
    Thành ủy is "18-NQ/TU"); `start` and `end` are the offsets of its first mention.
    """

    number: str
    kind: str | None = None
    date: str | None = None
    issuer: str | None = None
    canonical: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What is known about a document as a whole; dates are ISO 8601, possibly shortened."""

    id: str
    title: str
    title_basis: Basis = "inferred"
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
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: offsets into the document's text, its level (1 = highest), its words."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: offsets into the document's text and the words of its column's header."""

    start: int
    end: int
    header: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its span in the document's text and its cells, the empty ones left out."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span of the text that is not the document: its offsets and what it is instead."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A loaded file: its stored text (NFC), what describes it, and how the text is laid out.

    `pages` holds the offset where each page begins (empty: the format has no pages), `rows` the
    rows of its tables, `dropped` what is in the text but not part of the document, `notes` what
    the operator should know, one sentence each.
    """

    description: Description
    text: str
    body_start: int = 0
    headings: tuple[Heading, ...] = ()
    pages: tuple[int, ...] = ()
    rows: tuple[TableRow, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the document id: the path relative to the folder that was given."""
        return self.description.id


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the document's text, in code points, end exclusive.

    `context` is what the sentence needs to be read right but does not hold: a table row written
    out with its headers, the line that opens its list. It is searched and shown, never quoted.
    `page` is the page where the sentence begins, counted from 1.
    """

    start: int
    end: int
    context: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences that stand together: what is embedded, found, and shown around a quote."""

    document: Description
    ordinal: int
    text: str
    start: int
    sentences: tuple[Sentence, ...]
    heading: tuple[str, ...] = ()

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
class Target:
    """A figure that a document sets as an aim (`target`) or reports as reached (`result`).

    `value` stands in `quote`, and `quote` is `document.text[start:end]`. `number` is the value with
    nghìn, triệu and tỷ multiplied out, (low, high) of a range; `out_of` is 63 of "24/63". `year` is
    the last of a span, never taken from the document's date: `year_basis` says whether it stands in
    the quote ("stated") or around it ("context"). `boundary` tells of which set of provinces the
    document speaks.
    """

    kind: TargetKind
    indicator: str
    operator: Operator
    value: str
    number: float | tuple[float, float]
    document: str
    quote: str
    start: int
    end: int
    out_of: float | None = None
    unit: str | None = None
    year: int | None = None
    year_basis: YearBasis = "none"
    locality: str | None = None
    boundary: Boundary | None = None
    pillar: Pillar = "khác"
    responsible: str | None = None
    source_document: str | None = None
    document_date: str | None = None
    heading: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that was not ingested, and why, in one sentence."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that an operator should know of a document that was ingested, in one sentence."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did: document ids by what happened to them, counts, and seconds.

    `skipped` holds the files of a folder whose format is none that is read.
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    skipped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    passages: int = 0
    targets: int = 0
    seconds: float = 0.0
    library_version: str | None = None
