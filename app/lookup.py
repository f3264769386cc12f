"""Look-up in the target registry: rows filtered, searched by words and by meaning."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.comparing import NATION
from app.querying import Query, RowWords, read_query
from ingest.documents import Operator, Pillar, Target, TargetKind
from ingest.places import canonical
from ingest.text import folded_tokens

# Of the likeness to what is searched for, the share that words have; meaning has the rest.
_WORDS_WEIGHT = 0.5
# A row is found when it has this share of the words, or its meaning stands out from the others'.
_LEAST_WORDS = 0.45
_STANDS_OUT = 1.5
# "Mục tiêu" in a question prefers aims to results, but hides none.
_KIND_WEIGHT = 0.15
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
        self._words = RowWords(self.rows)
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
        asked = read_query(text)
        places = [index for index, row in enumerate(self.rows) if _keeps(filters, asked, row)]
        if filters.year is None and asked.year is not None:
            places = self._of_year(places, asked.year)
        if not asked.terms or not places:
            return [self.rows[index] for index in places]
        shares = np.array([self._words.share(asked, index) for index in places])
        found = shares >= _LEAST_WORDS
        scores = shares
        if vector is not None:
            cosines = self._vectors @ vector
            spread = float(cosines.std()) or 1.0
            likeness = (cosines[places] - float(cosines.mean())) / spread
            found |= (likeness >= _STANDS_OUT) & (shares > 0)
            scores = _WORDS_WEIGHT * shares + (1 - _WORDS_WEIGHT) * likeness / _STANDS_OUT
        of_kind = np.array([self.rows[index].kind == asked.kind for index in places])
        order = np.argsort(-(scores + _KIND_WEIGHT * of_kind), kind="stable")
        return [self.rows[places[index]] for index in order if found[index]]

    def _of_year(self, places: list[int], year: int) -> list[int]:
        """Return the rows of a year; where none are, those without one in that year's documents."""
        exact = [index for index in places if self.rows[index].year == year]
        return exact or [
            index
            for index in places
            if self.rows[index].year is None
            and (self.rows[index].document_date or "").startswith(str(year))
        ]


def _keeps(filters: Filters, asked: Query, row: Target) -> bool:
    named = filters.locality is not None or not asked.localities or row.locality in asked.localities
    return named and filters.keep(row)
