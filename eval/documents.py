"""Gold descriptions against what ingest makes of the same files: described, cleaned."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from eval.errors import EvalError
from eval.jsonl import read_json
from ingest.cleaning.lines import bare
from ingest.documents import LegalReference, SourceDocument
from ingest.figures import legal_key
from ingest.places import canonical
from ingest.reading import read_document

MEASURES = (
    "titles",
    "localities",
    "publishers",
    "authors",
    "dates",
    "legal_documents",
    "legal_dates",
    "boilerplate",
    "inline_noise",
    "headings_kept",
)
_SHOWN_CHARACTERS = 90


class GoldLegal(BaseModel):
    """A legal document that a text names: number as written, and the right one where it differs."""

    number: str
    date: str | None = None
    canonical_number: str | None = None


class GoldLine(BaseModel):
    """A line of the file: furniture to drop, or a heading to keep."""

    text: str


class GoldDocument(BaseModel):
    """What is true of one file; `published_inferred` is a day, or first and last with "/"."""

    doc: str
    title: str
    title_in_text: bool
    publisher: str | None
    author: str | None
    published: str | None
    published_inferred: str | None
    locality: str | None
    legal_documents: list[GoldLegal]
    boilerplate: list[GoldLine]
    inline_noise: list[str]
    headings: list[GoldLine]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the gold's items are right, and one line for each that is not."""

    right: int = 0
    of: int = 0
    failures: tuple[str, ...] = ()

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.of + other.of, self.failures + other.failures)


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document: a count per measure, citations that gold lacks, and wrongly dropped text."""

    doc: str
    counts: dict[str, Count]
    invented: tuple[str, ...] = ()
    wrong_lines: tuple[str, ...] = ()
    wrong_characters: int = 0


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's text by lines, with which of its characters are dropped."""

    document: SourceDocument
    dropped: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, document: SourceDocument) -> "_Text":
        spans = (range(span.start, span.end) for span in document.dropped)
        return cls(document, frozenset(i for span in spans for i in span))

    def words(self, start: int, end: int) -> list[int]:
        """Return the offsets of the characters that are no white space."""
        return [i for i in range(start, end) if not self.document.text[i].isspace()]


def read_gold(path: Path) -> list[GoldDocument]:
    """Return the gold file's documents; raise EvalError where it has another form."""
    try:
        return TypeAdapter(list[GoldDocument]).validate_python(read_json(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvalError(f"{path}: {where}: {first['msg']}.") from error


def score_documents(gold: Iterable[GoldDocument], corpus: Path) -> list[DocumentScore]:
    """Return the score of each document; raise DocumentError where its file cannot be read."""
    return [score_document(item, read_document(corpus / item.doc, item.doc)) for item in gold]


def score_document(gold: GoldDocument, document: SourceDocument) -> DocumentScore:
    """Return what of the gold the document has right.

    Titles count where the text has one, and are compared by words. A publisher or author is right
    when gold contains ours or ours gold's; where gold has none, ours must be None. Dates: see
    `date_is_right`. A legal document is found when the number, or the canonical number, is the
    same. A line of boilerplate is dropped when no character of it stays.
    """
    shown = document.description
    found, dates, invented = _legal(gold.legal_documents, shown.legal_documents)
    text = _Text.of(document)
    spans = _line_spans(document.text, [line.text for line in gold.boilerplate])
    noise = _noise(document.text, gold.inline_noise)
    wrong = sorted(_wrong(text, [*spans.values(), *noise]))
    counts = {
        "titles": _title(gold, shown.title),
        "localities": _named("locality", gold.locality, shown.locality, _same_place),
        "publishers": _named("publisher", gold.publisher, shown.publisher, _contains),
        "authors": _named("author", gold.author, shown.author, _contains),
        "dates": _dates(gold, shown.date, shown.date_basis),
        "legal_documents": found,
        "legal_dates": dates,
        "boilerplate": _dropped(text, gold.boilerplate, spans),
        "inline_noise": _noise_dropped(text, gold.inline_noise),
        "headings_kept": _kept(text, gold.headings, noise),
    }
    lines = dict.fromkeys(_line_at(document.text, offset) for offset in wrong)
    return DocumentScore(gold.doc, counts, invented, tuple(lines), len(wrong))


def _title(gold: GoldDocument, ours: str) -> Count:
    if not gold.title_in_text:
        return Count()
    right = bare(gold.title) == bare(ours)
    return _one(right, f"title {ours!r}, gold {gold.title!r}")


def _named(what: str, gold: str | None, ours: str | None, same: Any) -> Count:
    right = same(gold, ours) if gold and ours else gold is None and ours is None
    return _one(right, f"{what} {ours!r}, gold {gold!r}")


def _same_place(gold: str, ours: str) -> bool:
    return canonical(gold) == canonical(ours)


def _contains(gold: str, ours: str) -> bool:
    one, other = bare(gold), bare(ours)
    return one in other or other in one


def _one(right: bool, failure: str) -> Count:
    return Count(int(right), 1, () if right else (failure,))


def _dates(gold: GoldDocument, ours: str | None, basis: str | None) -> Count:
    span = gold.published or gold.published_inferred
    wanted = "stated" if gold.published else "inferred" if span else None
    right = basis == wanted and (date_is_right(span, ours) if span and ours else span == ours)
    return _one(right, f"date {ours!r} ({basis}), gold {span!r} ({wanted})")


def date_is_right(gold: str, ours: str) -> bool:
    """Tell whether a date, possibly shortened, lies in gold's day or range "first/last".

    A month or year is right when a day of it lies in the range and the range is no shorter than
    ours is coarse: "2024-05" is right for a range within May, a whole year only for one of months.
    """
    first, _, last = gold.partition("/")
    first, last = first[:10], (last or first)[:10]
    low, high = f"{ours}-01-01"[:10], f"{ours}-12-31"[:10]
    if len(ours) == len("2024-05"):
        high = f"{ours}-31"
    coarse = {4: "2024", 7: "2024-05"}.get(len(ours))
    if coarse and first == last:
        return False
    if len(ours) == 4 and first[:7] == last[:7]:
        return False
    return low <= last and high >= first


def _legal(
    gold: Sequence[GoldLegal], ours: Sequence[LegalReference]
) -> tuple[Count, Count, tuple[str, ...]]:
    """Return the count of documents found, of their dates, and the numbers that gold lacks."""
    found, dates = Count(), Count()
    matched: set[int] = set()
    for item in gold:
        place = next((i for i, ref in enumerate(ours) if _same_document(item, ref)), None)
        found += _one(place is not None, f"legal document {item.number} not found")
        if place is None:
            continue
        matched.add(place)
        right = ours[place].date == item.date
        dates += _one(right, f"{item.number}: date {ours[place].date!r}, gold {item.date!r}")
    invented = tuple(ref.number for i, ref in enumerate(ours) if i not in matched)
    return found, dates, invented


def _same_document(gold: GoldLegal, ours: LegalReference) -> bool:
    if gold.canonical_number:
        same = legal_key(ours.canonical or "") == legal_key(gold.canonical_number)
        return same and legal_key(ours.number) == legal_key(gold.number)
    return legal_key(ours.number) == legal_key(gold.number)


def _line_spans(text: str, lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return where each line of the gold stands: as a whole line, the nth equal one for the nth."""
    places: dict[str, list[tuple[int, int]]] = {}
    start = 0
    for line in text.split("\n"):
        places.setdefault(" ".join(line.split()), []).append((start, start + len(line)))
        start += len(line) + 1
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        key = " ".join(line.split())
        if places.get(key):
            found[number] = places[key].pop(0)
        elif (start := text.find(line.strip())) >= 0:
            found[number] = (start, start + len(line.strip()))
    return found


def _noise(text: str, noise: Sequence[str]) -> list[tuple[int, int]]:
    """Return every place of each piece of noise that begins or ends a line."""
    found = []
    for piece in noise:
        for match in re.finditer(re.escape(piece.strip()), text):
            begins = text[: match.start()].rpartition("\n")[2].strip() == ""
            ends = text[match.end() :].partition("\n")[0].strip() == ""
            if begins or ends:
                found.append(match.span())
    return found


def _wrong(text: _Text, right: Iterable[tuple[int, int]]) -> set[int]:
    """Return the dropped characters that the gold does not drop."""
    allowed = {i for start, end in right for i in range(start, end)}
    everything = text.words(0, len(text.document.text))
    return {i for i in everything if i in text.dropped and i not in allowed}


def _dropped(text: _Text, lines: Sequence[GoldLine], spans: dict[int, tuple[int, int]]) -> Count:
    total = Count()
    for number, line in enumerate(lines):
        span = spans.get(number)
        right = span is not None and all(i in text.dropped for i in text.words(*span))
        total += _one(right, f"not dropped: {line.text[:_SHOWN_CHARACTERS]!r}")
    return total


def _noise_dropped(text: _Text, noise: Sequence[str]) -> Count:
    """Count a piece of noise as dropped when it is so wherever it begins or ends a line."""
    total = Count()
    for piece in noise:
        spans = _noise(text.document.text, [piece])
        right = bool(spans) and all(i in text.dropped for span in spans for i in text.words(*span))
        total += _one(right, f"noise not dropped: {piece!r}")
    return total


def _kept(text: _Text, headings: Sequence[GoldLine], noise: Sequence[tuple[int, int]]) -> Count:
    """Count a heading as kept when nothing of it is dropped but a piece of noise."""
    allowed = {i for start, end in noise for i in range(start, end)}
    spans = _line_spans(text.document.text, [line.text for line in headings])
    total = Count()
    for number, line in enumerate(headings):
        span = spans.get(number)
        lost = [i for i in text.words(*span) if i in text.dropped - allowed] if span else [0]
        total += _one(not lost, f"heading dropped: {line.text[:_SHOWN_CHARACTERS]!r}")
    return total


def _line_at(text: str, offset: int) -> str:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : end if end >= 0 else len(text)].strip()[:_SHOWN_CHARACTERS]


def totals(scores: Sequence[DocumentScore]) -> dict[str, Count]:
    """Return each measure over all documents."""
    return {name: sum((s.counts[name] for s in scores), Count()) for name in MEASURES}


def documents_summary(scores: Sequence[DocumentScore]) -> dict[str, Any]:
    """Return the scores as one JSON object: right and of for each measure, and what is too much."""
    summary: dict[str, Any] = {
        name: {"right": count.right, "of": count.of} for name, count in totals(scores).items()
    }
    summary["legal_documents"]["invented"] = sum(len(score.invented) for score in scores)
    summary["wrongly_dropped"] = {
        "lines": sum(len(score.wrong_lines) for score in scores),
        "characters": sum(score.wrong_characters for score in scores),
    }
    return summary


def documents_report(scores: Sequence[DocumentScore]) -> str:
    """Return one row per measure, then each failure with its document."""
    rows = [f"{name:<16} {c.right:>4} of {c.of}" for name, c in totals(scores).items()]
    failures = [
        f"{score.doc}: {failure}"
        for score in scores
        for failure in (
            *(line for count in score.counts.values() for line in count.failures),
            *(f"legal document {number} is not in the gold" for number in score.invented),
            *(f"wrongly dropped in: {line!r}" for line in score.wrong_lines),
        )
    ]
    return "\n".join([*rows, "", f"{len(failures)} failures", *failures])
