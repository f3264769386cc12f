"""Document -> targets and results: every sentence in order, then the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from ingest.documents import Passage, SourceDocument, Target, TargetKind, YearBasis
from ingest.places import boundary_on, section_place
from ingest.targets.clauses import Clause, clauses_of
from ingest.targets.genres import Genre, genre_at, genre_of, heading_kind
from ingest.targets.indicators import Named, name_indicators
from ingest.targets.kinds import Decision, Surroundings, decide, kind_of_context
from ingest.targets.lines import Line, lines_of
from ingest.targets.measures import Measure, find_measures
from ingest.targets.owners import owners_of
from ingest.targets.pillars import pillar_of
from ingest.targets.quotes import quote_span
from ingest.targets.respective import find_series, points_to_several
from ingest.targets.sources import Sources, responsible_for
from ingest.targets.tables import read_tables
from ingest.targets.topics import changes_topic
from ingest.targets.years import (
    Mention,
    closing_mention,
    earlier_mention,
    find_mentions,
    heading_year,
    last_year,
    opening_mention,
    own_mention,
    title_year,
    year_before_brackets,
)


def extract_targets(document: SourceDocument, passages: Sequence[Passage]) -> tuple[Target, ...]:
    """Return the targets and results that a document states, in the order of the text.

    Every row's value stands in its quote, and every quote is `document.text[start:end]`.
    """
    genre = genre_of(document)
    tables = read_tables(document, passages, genre)
    rows = list(tables.targets)
    reader = _Reader(document, genre)
    for line in lines_of(document, passages, tables.read):
        rows += reader.read(line)
    return tuple(sorted(rows, key=lambda row: (row.start, row.end)))


@dataclass(slots=True)
class _Said:
    """What a paragraph has said so far: kind, year of its aims, year that covers its results."""

    kind: TargetKind | None = None
    aim_year: int | None = None
    cover: Mention | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure of a sentence with all that the text says of it."""

    line: Line
    measure: Measure
    clause: Clause
    name: Named
    own: Mention | None
    year: int | None
    kind: TargetKind
    source: str | None


@dataclass(slots=True)
class _Reader:
    """Reads sentences in order and remembers what the later ones are read under."""

    document: SourceDocument
    genre: Genre
    _paragraph: int = -1
    _heading: tuple[str, ...] = ()
    _said: _Said = field(default_factory=_Said)
    _before: _Said = field(default_factory=_Said)
    _sources: Sources = field(init=False)
    _last: Named | None = None
    _item: bool = False

    def __post_init__(self) -> None:
        self._sources = Sources(self.document.description, self.genre)

    def read(self, line: Line) -> Iterator[Target]:
        """Yield the rows of a sentence."""
        self._enter(line)
        measures = find_measures(line.text, line.body)
        first = measures[0].start if measures else len(line.text)
        source = self._sources.read(line.text, line.paragraph, first)
        mentions = find_mentions(line.text)
        if line.bare_heading:
            return
        if measures:
            yield from self._rows(line, measures, mentions, source)
        self._cover(line, measures, mentions)

    def _enter(self, line: Line) -> None:
        if line.paragraph == self._paragraph:
            return
        if line.heading != self._heading:
            self._before, self._said = _Said(), _Said()
        beside = self._item and line.item
        if (self._said.kind or self._said.aim_year) and not beside:
            self._before = self._said
        self._said, self._last, self._item = _Said(), None, line.item
        self._paragraph, self._heading = line.paragraph, line.heading

    def _cover(self, line: Line, measures: Sequence[Measure], mentions: Sequence[Mention]) -> None:
        """Remember the year that a sentence opens with, or gives without a figure of its own."""
        several = len({item.year for item in mentions}) > 1
        opening = None if several else opening_mention(line.text, mentions)
        if opening is None and not measures and mentions:
            opening = mentions[-1]
        if opening is not None:
            self._said.cover = opening
        elif measures and mentions:
            self._said.cover = None
        if not measures and (said := kind_of_context(line.text)):
            self._said.kind = said
            if said == "target" and mentions and mentions[-1].year is not None:
                self._said.aim_year = mentions[-1].year

    def _rows(
        self,
        line: Line,
        measures: Sequence[Measure],
        mentions: Sequence[Mention],
        source: str | None,
    ) -> Iterator[Target]:
        if changes_topic(line.text):
            self._said.cover = None
        clauses = clauses_of(line.text, measures, line.body)
        named = name_indicators(line.text, measures, clauses, line.body)
        genre = genre_at(self.genre, line.heading)
        aim_years: set[int] = set()
        years: dict[int, int | None] = {}
        series = find_series(line.text, measures, mentions)
        for place, (measure, clause) in enumerate(zip(measures, clauses, strict=True)):
            indicator = named[place]
            if indicator is not None and place in series:
                indicator = replace(indicator, text=series[place].name_of(place, indicator.text))
            if points_to_several(line.text, measure):
                continue
            own = own_mention(line.text, mentions, clause, measure.start, measure.end)
            stated = own.year if own else None
            around = self._surroundings(line, genre)
            decision = decide(line.text, line.body, measure, clause, stated, around)
            if decision.kind is None:
                continue
            if not clause.bracketed:
                self._note(decision)
            year = self._year(line, mentions, clause, own, decision.kind)
            if own is None and clause.host is not None:
                year = year_before_brackets(line.text, clause) or years.get(clause.host, year)
            if place in series:
                year = series[place].year_of(place, year)
            years[place] = year
            if genre == "rule" and year is None:
                continue
            if decision.kind == "target" and year is not None:
                aim_years.add(year)
            self._last = indicator or self._last
            if self._last is not None:
                name = indicator or replace(self._last, start=clause.start, end=clause.end)
                yield from self._targets(
                    _Found(line, measure, clause, name, own, year, decision.kind, source)
                )
        if aim_years:
            self._said.aim_year = aim_years.pop() if len(aim_years) == 1 else None

    def _note(self, decision: Decision) -> None:
        if decision.sure or self._said.kind is None:
            self._said.kind = decision.kind

    def _surroundings(self, line: Line, genre: Genre) -> Surroundings:
        date = self.document.description.date
        return Surroundings(
            genre,
            line.sentence.context,
            self._said.kind if line.task is None else line.task.kind,
            heading_kind(line.heading),
            int(date[:4]) if date else None,
        )

    def _year(
        self,
        line: Line,
        mentions: Sequence[Mention],
        clause: Clause,
        own: Mention | None,
        kind: TargetKind,
    ) -> int | None:
        """Return a figure's year: its clause's, its sentence's, or what covers the sentence."""
        if own is not None:
            return own.year
        written = int((self.document.description.date or "0")[:4])
        aside_from = written if kind == "target" else inf
        earlier = earlier_mention(line.text, mentions, clause, aside_from=aside_from)
        if earlier is not None:
            return earlier.year
        if kind == "target" and (last := closing_mention(line.text, mentions, clause)) is not None:
            return last.year
        if line.task is not None and line.task.year is not None:
            return line.task.year
        if kind == "result":
            if self._said.cover:
                return self._said.cover.year
            found = heading_year(line.heading, aims=False)
            return title_year(self.document.description.title) if found is None else found
        if self._said.aim_year is not None:
            return self._said.aim_year
        if (year := last_year(line.sentence.context)) is not None:
            return year
        if (year := heading_year(line.heading, aims=True)) is not None:
            return year
        if self._before.aim_year is not None:
            return self._before.aim_year
        return title_year(self.document.description.title)

    def _targets(self, found: _Found) -> Iterator[Target]:
        line, measure, quantity = found.line, found.measure, found.measure.quantity
        start, end = quote_span(line.text, measure, found.clause, found.name, found.own)
        quote = line.text[start:end]
        value = line.text[measure.start : quantity.end] if measure.rank else quantity.value
        if quantity.number is None or value not in quote:
            return
        description = self.document.description
        aimed_by = found.source if found.kind == "target" else None
        name = found.name.text
        place = section_place(line.heading) or description.locality
        own = replace(description, locality=place)
        owners = owners_of(line.text, measure, found.clause, own, name, aimed_by)
        for owner in owners:
            yield Target(
                kind=found.kind,
                indicator=found.name.text,
                operator=quantity.operator,
                value=value,
                number=quantity.number,
                document=self.document.id,
                quote=quote,
                start=line.start + start,
                end=line.start + end,
                out_of=quantity.out_of,
                unit=quantity.unit,
                year=found.year,
                year_basis=_year_basis(found.year, quote),
                locality=owner,
                boundary=boundary_on(description.date),
                pillar=pillar_of(found.name.text, quote, (*line.heading, line.sentence.context)),
                responsible=line.task.responsible if line.task else responsible_for(line.text),
                source_document=found.source if found.kind == "target" else None,
                document_date=description.date,
                heading=line.heading,
                page=line.sentence.page,
            )


def _year_basis(year: int | None, quote: str) -> YearBasis:
    if year is None:
        return "none"
    return "stated" if str(year) in quote else "context"
