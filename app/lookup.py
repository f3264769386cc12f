"""Look-up in the target registry: rows filtered, searched by words and by meaning, compared."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.answers import Computed
from ingest.documents import Operator, Pillar, Target, TargetKind
from ingest.figures import find_figures
from ingest.places import canonical, find_places
from ingest.text import folded_tokens, with_pairs

NATION = "Cả nước"

# Of the likeness to what is searched for, the share that words have; meaning has the rest.
_WORDS_WEIGHT = 0.5
# A row is found when it has this share of the words, or its meaning stands out from the others'.
_LEAST_WORDS = 0.5
_STANDS_OUT = 1.5
_NATION_WORDS = ("ca nuoc", "toan quoc", "viet nam")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a row must be; None = anything. `minimum` and `maximum` are compared with its number."""

    locality: str | None = None
    year: int | None = None
    kind: TargetKind | None = None
    pillar: Pillar | None = None
    operator: Operator | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    document: str | None = None

    def keep(self, row: Target) -> bool:
        """Tell whether the row is wanted."""
        low, high = _ends(row)
        return (
            (self.locality is None or row.locality == self.locality)
            and (self.year is None or row.year == self.year)
            and (self.kind is None or row.kind == self.kind)
            and (self.pillar is None or row.pillar == self.pillar)
            and (self.operator is None or row.operator == self.operator)
            and (self.unit is None or _same_unit(row.unit, self.unit))
            and (self.minimum is None or low >= self.minimum)
            and (self.maximum is None or high <= self.maximum)
            and (self.document is None or row.document == self.document)
        )


def locality_named(text: str) -> str | None:
    """Return the locality that any known spelling names; None where none does."""
    if " ".join(folded_tokens(text)) in _NATION_WORDS:
        return NATION
    return canonical(text)


def _same_unit(unit: str | None, wanted: str) -> bool:
    return unit is not None and " ".join(folded_tokens(wanted)) in " ".join(folded_tokens(unit))


def _ends(row: Target) -> tuple[float, float]:
    return row.number if isinstance(row.number, tuple) else (row.number, row.number)


class Registry:
    """The rows of one library version, and their vectors of shape (rows, n)."""

    def __init__(self, rows: Sequence[Target], vectors: NDArray[np.float32]) -> None:
        self.rows = tuple(rows)
        self._vectors = vectors
        self._terms = [_terms(row.indicator) for row in self.rows]
        self._by_document: dict[str, list[Target]] = defaultdict(list)
        for row in self.rows:
            self._by_document[row.document].append(row)

    def of_document(self, document_id: str) -> Sequence[Target]:
        """Return the rows of one document."""
        return self._by_document.get(document_id, ())

    def filtered(self, filters: Filters) -> list[Target]:
        """Return the rows that pass, in the order of the documents."""
        return [row for row in self.rows if filters.keep(row)]

    def search(
        self, text: str, filters: Filters, vector: NDArray[np.float32] | None = None
    ) -> list[Target]:
        """Return the rows that the words or their vector (n,) find, the likeliest first.

        Places and years among the words become filters where none are given; words alone are
        compared where there is no vector.
        """
        filters, wanted = _read(text, filters)
        places = [index for index, row in enumerate(self.rows) if filters.keep(row)]
        if not wanted or not places:
            return [self.rows[index] for index in places]
        shares = np.array([_share(wanted, self._terms[index]) for index in places])
        found = shares >= _LEAST_WORDS
        scores = shares
        if vector is not None:
            cosines = self._vectors @ vector
            spread = float(cosines.std()) or 1.0
            likeness = (cosines[places] - float(cosines.mean())) / spread
            found |= (likeness >= _STANDS_OUT) & (shares > 0)
            scores = _WORDS_WEIGHT * shares + (1 - _WORDS_WEIGHT) * likeness / _STANDS_OUT
        order = np.argsort(-scores, kind="stable")
        return [self.rows[places[index]] for index in order if found[index]]


def _read(text: str, filters: Filters) -> tuple[Filters, set[str]]:
    """Take places and years out of what is searched for; return them as filters, and the words."""
    found = find_places(text)
    years = [item for item in find_figures(text) if item.kind == "year"]
    spans = [(place.start, place.end) for place in found]
    spans += [(year.start, year.end) for year in years]
    rest = text
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    changes: dict[str, Any] = {}
    if found and filters.locality is None:
        changes["locality"] = found[0].name
    if years and filters.year is None:
        changes["year"] = int(years[-1].key.split(":")[1][:4])
    given = {name: getattr(filters, name) for name in Filters.__slots__}
    return Filters(**given | changes), _terms(re.sub(r"(?i)\b(?:năm|nam)\b", " ", rest))


def _terms(text: str) -> set[str]:
    """Return syllables and pairs of neighbours without marks: pairs tell "y tế" from "kinh tế"."""
    return set(with_pairs(folded_tokens(text)))


def _share(wanted: set[str], terms: set[str]) -> float:
    return len(wanted & terms) / len(wanted)


@dataclass(frozen=True, slots=True)
class Gap:
    """A target and the newest result of the same indicator, place and unit, and what is missing.

    `missing` is in the unit of the target, "điểm phần trăm" for percentages; zero or less: reached.
    """

    target: Target
    result: Target
    missing: float

    @property
    def computed(self) -> Computed:
        """Return the difference as a computed figure of the two quotes, cited as 1 and 2."""
        unit = "điểm phần trăm" if self.target.unit == "%" else self.target.unit or ""
        return Computed(f"{vietnamese(abs(self.missing))} {unit}".strip(), "difference", (1, 2))


def gaps(rows: Iterable[Target]) -> list[Gap]:
    """Return each target that has a result of the same indicator, place and unit, with its gap.

    Ranges and ranks among other totals are not subtracted; a result of a year after the target's
    is none of its way there.
    """
    results: dict[tuple[Any, ...], list[Target]] = defaultdict(list)
    targets: list[Target] = []
    for row in rows:
        if isinstance(row.number, tuple):
            continue
        (targets if row.kind == "target" else results[_subject(row)]).append(row)
    found = []
    for target in targets:
        before = [
            row
            for row in results.get(_subject(target), ())
            if target.year is None or row.year is None or row.year <= target.year
        ]
        if before:
            newest = max(before, key=lambda row: row.year or 0)
            assert not isinstance(target.number, tuple)
            assert not isinstance(newest.number, tuple)
            missing = round(target.number - newest.number, 6)
            found.append(Gap(target, newest, missing))
    return found


def conflicts(rows: Iterable[Target]) -> list[tuple[Target, ...]]:
    """Return rows of different documents that give one indicator, place and year two values."""
    groups: dict[tuple[Any, ...], list[Target]] = defaultdict(list)
    for row in rows:
        if row.year is not None:
            groups[(row.kind, row.year, *_subject(row))].append(row)
    return [
        tuple(group)
        for group in groups.values()
        if len({(row.number, row.operator) for row in group}) > 1
        and len({row.document for row in group}) > 1
    ]


def _subject(row: Target) -> tuple[Any, ...]:
    """Return what makes two rows comparable: one unit, and for ranks one set of provinces."""
    boundary = row.boundary if row.unit == "hạng" else None
    return (frozenset(folded_tokens(row.indicator)), row.locality, row.unit, row.out_of, boundary)


def vietnamese(number: float) -> str:
    """Write a number the Vietnamese way: 1234.5 = "1.234,5"."""
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def comparable(rows: Iterable[Target]) -> list[tuple[Target, ...]]:
    """Return the rows in groups that may stand side by side: of any place, but one indicator.

    Ranges are left out: they have no one number.
    """
    groups: dict[tuple[Any, ...], list[Target]] = defaultdict(list)
    for row in rows:
        if not isinstance(row.number, tuple):
            indicator, _, *measure = _subject(row)
            groups[(indicator, *measure)].append(row)
    return [tuple(group) for group in groups.values()]
