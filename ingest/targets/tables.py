"""Rows of tables -> targets and results: indicator, unit, a value per year, who is responsible.

What a column holds is told by its header; the year of a value by its header too, else by the row or
what stands above the table. The quote is the whole row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import (
    Cell,
    Operator,
    Passage,
    Sentence,
    SourceDocument,
    TableRow,
    Target,
    TargetKind,
)
from ingest.figures import find_figures
from ingest.number_words import MAGNITUDES
from ingest.places import boundary_on, canonical, find_places, section_place
from ingest.quantities import find_quantities
from ingest.targets.columns import (
    AIM,
    BODY_HEADER,
    COUNTER,
    INDICATOR,
    PLACE_HEADER,
    REACHED,
    SERVICES,
    SKIPPED,
    UNIT,
    deadline_of,
    is_value_column,
    line,
    place_of,
    responsible_of,
    sorts_rows,
    tells_products,
)
from ingest.targets.genres import Genre, heading_kind
from ingest.targets.kinds import kind_of_context
from ingest.targets.measures import unit_of_count
from ingest.targets.owners import document_owner
from ingest.targets.phrases import clean, lower_first
from ingest.targets.pillars import pillar_of
from ingest.targets.sources import own_number
from ingest.targets.years import heading_year, last_year, title_year

# In a cell, a minus or brackets around the whole figure; elsewhere these are dashes and asides.
_NEGATIVE = re.compile(r"[-−–]\s?\d[\d.,]*\s?%?$|\(\d[\d.,]*\s?%?\)$")
_LONGEST_VALUE = 60
_MOST_WORDS_OF_VALUE = 3
_BRACKETED_UNIT = re.compile(r"\((?P<unit>%|‰|[^()\d]{1,24})\)\s*$")
# The usual header of names says nothing of aims.
_INDICATORS = re.compile(r"chỉ tiêu", re.IGNORECASE)
_PAPER = re.compile(
    r"(?:quyết định|báo cáo|kế hoạch|văn bản|quy chế|đề án|nghị quyết|hội nghị|thông báo|tờ trình"
    r"|công văn|quy định|hợp đồng|hồ sơ)(?!\w)",
    re.IGNORECASE,
)
_RANKING = re.compile(r"(?:xếp|thứ) hạng(?!\w)", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-–+*•]|[IVX]{1,5}\.)\s*")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class TableTargets:
    """The rows' targets, and the offsets where the rows that were read begin."""

    targets: tuple[Target, ...]
    read: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: what its passage and sentence say of it."""

    heading: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by what its cells are: name, unit, values, responsible body, locality, year."""

    row: TableRow
    name: str
    named: bool
    values: tuple[Cell, ...]
    unit: str | None = None
    responsible: str | None = None
    locality: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    operator: Operator
    number: float | tuple[float, float]
    out_of: float | None
    unit: str | None


def read_tables(
    document: SourceDocument, passages: Sequence[Passage], genre: Genre
) -> TableTargets:
    """Return the targets of all rows that are read as tables; rows of other tables stay text."""
    targets: list[Target] = []
    read: set[int] = set()
    places = _places(document, passages)
    for row in document.rows:
        place = places.get(row.start)
        parts = _parts(document.text, row) if place and genre != "rule" else None
        if place and parts:
            read.add(row.start)
            targets += _targets(document, parts, place, genre)
    return TableTargets(tuple(targets), frozenset(read))


def _places(document: SourceDocument, passages: Sequence[Passage]) -> dict[int, _Place]:
    found: dict[int, _Place] = {}
    rows = iter(sorted(document.rows, key=lambda row: row.start))
    row = next(rows, None)
    for passage in passages:
        for sentence in passage.sentences:
            while row and row.end <= sentence.start:
                row = next(rows, None)
            if row and row.start <= sentence.start:
                found.setdefault(row.start, _Place(passage.heading, sentence))
    return found


def _parts(text: str, row: TableRow) -> _Row | None:
    """Return a row by what its cells are, None where it is none of indicators or localities."""
    words = {cell: line(text[cell.start : cell.end]) for cell in row.cells}
    headers = {cell: line(cell.header) for cell in row.cells}
    values = tuple(cell for cell in row.cells if _is_value(headers[cell], words[cell]))
    named = [
        cell for cell in row.cells if cell not in values and _is_name(headers[cell], words[cell])
    ]
    places = [cell for cell in row.cells if _is_locality(headers[cell], words[cell])]
    named = [cell for cell in named if not sorts_rows(headers[cell])] or named
    year = deadline_of(words, headers)
    told = named or places or (year and _only_years(headers, values))
    if not values or not told or any(SERVICES.search(h) for h in headers.values()):
        return None
    name = _NUMBERING.sub("", words[named[0]]) if named else ""
    if named and year is None and (year := last_year(name)) is not None:
        name = clean(name)
    name = name or next(filter(None, (_column_name(headers[cell]) for cell in values)), "")
    if not name:
        return None
    return _Row(
        row,
        name,
        bool(named),
        values,
        unit=_first(words, headers, UNIT, places),
        responsible=responsible_of(words, headers),
        locality=canonical(words[places[0]]) if places else None,
        year=year,
    )


def _only_years(headers: dict[Cell, str], values: Sequence[Cell]) -> bool:
    """Tell whether a row is of a year: every other column names what it measures."""
    return all(cell in values for cell in list(headers)[1:]) and all(
        _column_name(headers[cell]) for cell in values
    )


def _is_value(header: str, words: str) -> bool:
    """Tell whether a cell holds a value; words around a figure make a product of it, or a task."""
    figure = _figure(words) if is_value_column(header) else None
    if figure is None:
        return False
    if not tells_products(header):
        return True
    return len(_WORDS.findall(words)) <= _MOST_WORDS_OF_VALUE and not _PAPER.match(
        figure.unit or ""
    )


def _is_name(header: str, words: str) -> bool:
    if COUNTER.fullmatch(header) or len(_WORDS.findall(words)) < _FEWEST_WORDS:
        return False
    if UNIT.match(header) or SKIPPED.search(header) or canonical(words) == words:
        return False
    return bool(INDICATOR.search(header)) and not BODY_HEADER.search(header)


def _is_locality(header: str, words: str) -> bool:
    found = find_places(words)
    whole = bool(found) and found[0].end - found[0].start >= len(words) * 2 // 3
    return whole and bool(PLACE_HEADER.search(header) or INDICATOR.search(header))


def _first(
    words: dict[Cell, str], headers: dict[Cell, str], rule: re.Pattern[str], but: Sequence[Cell]
) -> str | None:
    return next(
        (words[c] for c in words if c not in but and words[c] and rule.match(headers[c])), None
    )


def _figure(words: str) -> _Figure | None:
    """Return the one figure that a cell holds: "≥ 80%", "Top 10", "24/63", "12.500"."""
    if len(words) > _LONGEST_VALUE or len(_WORDS.findall(words)) > _LONGEST_VALUE // 8:
        return None
    quantities = [item for item in find_quantities(words) if item.number is not None]
    if len(quantities) > 1:
        return None
    if quantities and (number := quantities[0].number) is not None:
        item = quantities[0]
        return _Figure(item.operator, _signed(number, words), item.out_of, item.unit)
    figures = [figure for figure in find_figures(words) if figure.kind == "number"]
    if len(figures) != 1 or not figures[0].values:
        return None
    return _Figure("=", _signed(float(figures[0].values[0]), words), None, None)


def _signed(number: float | tuple[float, float], words: str) -> float | tuple[float, float]:
    """Return the number of a cell with its sign, however the minus is written."""
    if isinstance(number, float) and _NEGATIVE.match(words):
        return -abs(number)
    return number


def _targets(
    document: SourceDocument, parts: _Row, place: _Place, genre: Genre
) -> Iterator[Target]:
    description, text = document.description, document.text
    quote = text[parts.row.start : parts.row.end]
    for cell in parts.values:
        figure = _figure(line(text[cell.start : cell.end]))
        kind = _kind(document, cell, parts, place, genre)
        name, unit = _named(parts, cell, figure.unit if figure else None)
        if figure is None or kind is None or not name:
            continue
        scale, unit = _scaled(unit)
        year, stated = _year(document, cell, parts, place, kind)
        value = text[cell.start : cell.end].strip()
        yield Target(
            kind=kind,
            indicator=name,
            operator=figure.operator,
            value=value,
            number=_times(figure.number, scale if figure.unit is None else 1),
            document=document.id,
            quote=quote,
            start=parts.row.start,
            end=parts.row.end,
            out_of=figure.out_of,
            unit=unit,
            year=year,
            year_basis="none" if year is None else "stated" if stated else "context",
            locality=place_of(line(cell.header))
            or parts.locality
            or section_place(place.heading)
            or document_owner(description),
            boundary=boundary_on(description.date),
            pillar=pillar_of(name, quote, (*place.heading, place.sentence.context)),
            responsible=parts.responsible,
            source_document=own_number(description, genre) if kind == "target" else None,
            document_date=description.date,
            heading=place.heading,
            page=place.sentence.page,
        )


def _named(parts: _Row, cell: Cell, own_unit: str | None) -> tuple[str, str | None]:
    """Return the indicator and the unit: of the row, else of the column."""
    name = parts.name if parts.named else _column_name(cell.header) or parts.name
    unit = own_unit or parts.unit
    for words in (name, line(cell.header)):
        if unit is None and (bracketed := _BRACKETED_UNIT.search(words)):
            unit = bracketed["unit"].strip()
    name = _BRACKETED_UNIT.sub("", name).strip(" :;,.")
    if unit is None and _RANKING.match(name):
        unit = "hạng"
    if unit is None and (counted := re.match(r"(?:tổng )?số (?!lượng)(.+)", name, re.IGNORECASE)):
        unit = unit_of_count(counted.group(1))
    return re.sub(r"^t[ỉỷ](?=\s)", "tỷ", lower_first(name)), unit


def _column_name(header: str) -> str:
    """Return a column's header as an indicator: without its year and words for aims and results."""
    words = re.sub(
        r"(?i)(?:mục tiêu|chỉ tiêu|kế hoạch|kết quả|thực hiện|đến|năm|ước)\s+(?=(?:năm\s+)?\d{4})"
        r"|\(?(?:năm\s+)?\d{4}\)?",
        "",
        header,
    )
    words = " ".join(words.split()).strip(" ,;:-–")
    return words if len(_WORDS.findall(words)) >= _FEWEST_WORDS else ""


def _scaled(unit: str | None) -> tuple[int, str | None]:
    """Return what "tỷ đồng" multiplies by and the unit without it."""
    words = (unit or "").split()
    if len(words) > 1 and words[0].casefold() in MAGNITUDES:
        return MAGNITUDES[words[0].casefold()], " ".join(words[1:])
    return 1, "hạng" if unit and unit.casefold() == "hạng" else unit


def _times(number: float | tuple[float, float], scale: int) -> float | tuple[float, float]:
    if isinstance(number, tuple):
        return number[0] * scale, number[1] * scale
    return number * scale


def _kind(
    document: SourceDocument, cell: Cell, parts: _Row, place: _Place, genre: Genre
) -> TargetKind | None:
    header = line(cell.header)
    aim, reached = AIM.search(header), REACHED.search(header)
    if bool(aim) != bool(reached):
        return "target" if aim else "result"
    year = last_year(header) or parts.year
    date = document.description.date
    if year and date and year != int(date[:4]):
        return "target" if year > int(date[:4]) else "result"
    others = [line(other.header) for other in parts.row.cells if other.header != cell.header]
    if any(AIM.search(other) and last_year(other) for other in others) and last_year(header):
        return "result"
    above = kind_of_context(_INDICATORS.sub(" ", _without(others, place.sentence.context)))
    heading = heading_kind(place.heading)
    if above or heading:
        return above or ("result" if heading == "report" else "target")
    return "target" if genre == "plan" else "result"


def _without(headers: Iterable[str], context: str) -> str:
    """Return what stands above a row without the headers of its other columns."""
    for header in headers:
        context = context.replace(header, " ")
    return context


def _year(
    document: SourceDocument, cell: Cell, parts: _Row, place: _Place, kind: TargetKind
) -> tuple[int | None, bool]:
    """Return the year of a value, and whether it stands in the row."""
    header = last_year(line(cell.header))
    if header is not None:
        return header, False
    if parts.year is not None:
        return parts.year, True
    year = heading_year(place.heading, aims=kind == "target")
    return (year if year is not None else title_year(document.description.title)), False
