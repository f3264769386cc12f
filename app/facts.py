"""Evidence -> facts: each figure of a sentence with the words, place, year and aim it is bound to.

A sentence seldom holds one figure alone. What tells the right one is its own clause: the words
around it, the noun that it counts, the year and the place that it is given for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.evidence import Evidence
from app.questions import years_named
from ingest.documents import Target, TargetKind
from ingest.figures import Figure
from ingest.places import find_places, section_place
from ingest.quantities import Quantity, find_quantities
from ingest.splitting import sentence_spans
from ingest.targets.clauses import clauses_of
from ingest.targets.measures import Measure

Span = tuple[int, int]

_AIMED = re.compile(
    r"(?<!\w)(?:mục tiêu|chỉ tiêu|phấn đấu|đặt ra|đề ra|hướng tới|hướng đến|dự kiến|yêu cầu|sẽ"
    r"|phải đạt|kế hoạch đến)(?!\w)",
    re.IGNORECASE,
)
_RANK_LEAD = re.compile(r"(?:(?:đứng|xếp|vị trí)\s+)?(?:thứ|hạng)\s+$", re.IGNORECASE)
_DAY_LEAD = re.compile(r"ngày\s+$", re.IGNORECASE)
_CLAUSE_BORDER = re.compile(r"[,;:()]|\s(?:và|trong đó|nhưng)\s")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a sentence: offsets in the quote of the value with its operator and unit.

    `clause` is the span in the quote that is its own; `row` its row of the target registry, where
    it has one. `years` and `places` are those that it is given for, as far as its text says.
    """

    evidence: Evidence
    start: int
    end: int
    kind: str
    figure: Figure
    clause: Span
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    quantity: Quantity | None = None
    row: Target | None = None

    @property
    def key(self) -> str:
        """Return the key of the figure, equal for equal values."""
        return self.figure.key

    @property
    def text(self) -> str:
        """Return the value as written, with its operator and unit."""
        return self.evidence.quote[self.start : self.end]

    @property
    def bound(self) -> str:
        """Return the words that the value is bound to: its clause, and its row's indicator."""
        words = self.evidence.quote[self.clause[0] : self.clause[1]]
        return f"{self.row.indicator} {words}" if self.row else words

    @property
    def told(self) -> str:
        """Return all said with the value: its sentence, what is above it, its row's name."""
        item = self.evidence
        row = self.row.indicator if self.row else ""
        return " ".join([item.quote, item.sentence.context, *item.passage.heading, row])

    @property
    def aim(self) -> TargetKind | None:
        """Return whether it is a target or a result; None where the text does not say."""
        if self.row:
            return self.row.kind
        return "target" if _AIMED.search(self.evidence.quote) else None


Rows = Sequence[Target]
_CELLS = " | "


def facts_of(item: Evidence, rows: Rows) -> list[Fact]:
    """Return the figures of a sentence with what each is bound to, in order."""
    quote = item.quote
    quantities = find_quantities(quote)
    measured = [
        one
        for one in quantities
        if one.role in ("amount", "rank")
        and not (one.unit is None and _NAMED_BY.search(quote[: one.start]))
    ]
    clauses = clauses_of(quote, [Measure(one) for one in measured]) if measured else []
    spans = _joined(quote, measured, [(clause.start, clause.end) for clause in clauses])
    found = [
        _measured(item, one, span, _row_of(item, one, rows))
        for one, span in zip(measured, spans, strict=True)
    ]
    found += [_named(item, one) for one in quantities if one.role in ("time", "document")]
    return sorted(found, key=lambda fact: fact.start)


# "Công viên phần mềm số 2": a name.
_NAMED_BY = re.compile(r"(?<!tổng )(?<!con )(?<!\w)số\s$", re.IGNORECASE)
# What follows joined figures and tells of all of them.
_OF_BOTH = re.compile(r"\s+(?:về|của|trong|thuộc|theo|nhằm|để|cho|tại|ở)\b")


def _joined(quote: str, measured: Sequence[Quantity], spans: list[Span]) -> list[Span]:
    """Return the clauses; of figures joined by "và" ("7 xã và 8 phường về X") each has X."""
    for place in range(len(measured) - 2, -1, -1):
        last = measured[place + 1]
        between = quote[measured[place].end : last.start].strip(" ,")
        if between in ("và", "cùng") and _OF_BOTH.match(quote, last.end):
            spans[place] = (spans[place][0], spans[place + 1][1])
    return spans


def _measured(item: Evidence, one: Quantity, clause: Span, row: Target | None) -> Fact:
    kind = "rank" if one.role == "rank" else _kind_of_unit(one.unit)
    words = item.quote[clause[0] : clause[1]]
    years = (row.year,) if row and row.year else _years(item, words)
    places = (row.locality,) if row and row.locality else _places(item, words)
    start = one.start
    if kind == "rank" and (lead := _RANK_LEAD.search(item.quote, max(0, start - 14), start)):
        start = lead.start()
    return Fact(item, start, one.end, kind, one.figure, clause, years, places, one, row)


def _kind_of_unit(unit: str | None) -> str:
    return {"%": "percent", "điểm phần trăm": "points"}.get(unit or "", "count")


def _named(item: Evidence, one: Quantity) -> Fact:
    clause = clause_around(item.quote, one.start, one.end)
    words = item.quote[clause[0] : clause[1]]
    kind = "date" if one.role == "time" else "legal"
    start = one.figure.start
    if kind == "date" and (lead := _DAY_LEAD.search(item.quote, max(0, start - 6), start)):
        start = lead.start()
    return Fact(
        item,
        start,
        one.figure.end,
        kind,
        one.figure,
        clause,
        _years(item, words),
        _places(item, words),
    )


def clause_around(quote: str, start: int, end: int) -> Span:
    """Return the span of the clause around a piece of a sentence."""
    left, right = 0, len(quote)
    for border in _CLAUSE_BORDER.finditer(quote):
        if border.end() <= start:
            left = border.end()
        elif border.start() >= end:
            right = border.start()
            break
    return left, right


def _row_of(item: Evidence, one: Quantity, rows: Rows) -> Target | None:
    """Return the row of the registry that was read from this figure."""
    at = item.sentence.start + one.figure.start
    for row in rows:
        here = row.document == item.passage.document.id and row.start <= at < row.end
        # Of a table the unit stands in its header: the cell is compared as written.
        same = row.number == one.number or (_CELLS in row.quote and row.value == one.value)
        if here and same and one.figure.text in row.quote:
            return row
    return None


def _years(item: Evidence, clause: str) -> tuple[int, ...]:
    """Return the years of a clause, else of the sentence, else of what stands before it.

    What a row of a table is of is told by its header, which no clause has.
    """
    if _CELLS in item.quote:
        return years_named(clause) if years_named(clause) != years_named(item.quote) else ()
    for text in (clause, item.quote, item.sentence.context):
        if years := years_named(text):
            return years
    before = next(filter(None, map(years_named, sentences_back(item.before))), ())
    return before or years_named(" ".join(item.passage.heading))


def _places(item: Evidence, clause: str) -> tuple[str, ...]:
    """Return the places of a clause, else of the sentence, of what is before, of the document."""
    for text in (clause, item.quote, item.sentence.context):
        if places := names_of_places(text):
            return places
    before = next(filter(None, map(names_of_places, sentences_back(item.before))), ())
    owner = owner_of(item)
    return before or ((owner,) if owner else ())


def owner_of(item: Evidence) -> str | None:
    """Return the place that a sentence is about by where it stands: its section's or document's."""
    return section_place(item.passage.heading) or item.passage.document.locality


def names_of_places(text: str) -> tuple[str, ...]:
    """Return the localities that a text names, each once."""
    return tuple(dict.fromkeys(found.name for found in find_places(text)))


def sentences_back(text: str) -> Iterator[str]:
    """Yield the sentences of a text, the last one first."""
    return (text[start:end] for start, end in reversed(sentence_spans(text)))
