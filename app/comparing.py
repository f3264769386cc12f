"""Rows of the registry beside each other: what is missing, what differs, what may be compared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Literal

from app.answers import Computed
from app.sameness import Key, indicator_key, units_agree
from ingest.documents import Target
from ingest.places import former_units

NATION = "Cả nước"
_RANK = "hạng"
# "Gần 80" and "khoảng 80" may be so far off.
_ABOUT = 0.05

Difference = Literal["unit", "boundary", "year", "kind", "total"]


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
        return _difference(self.missing, self.target.unit)


def gaps(rows: Iterable[Target]) -> list[Gap]:
    """Return each target that has a result of the same indicator, place and unit, with its gap.

    Ranges, "hơn 90%" and ranks among other totals are not subtracted, nor what another set of
    provinces has reached; a result of a year after the target's is none of its way there.
    """
    results: dict[tuple[Key, str | None], list[Target]] = defaultdict(list)
    targets: list[Target] = []
    for row in rows:
        if row.kind == "target" and not isinstance(row.number, tuple):
            targets.append(row)
        elif row.kind == "result" and _is_exact(row):
            results[_subject(row)].append(row)
    found = []
    for target in targets:
        before = [row for row in results.get(_subject(target), ()) if _leads_to(row, target)]
        if before:
            newest = max(before, key=lambda row: row.year or 0)
            found.append(Gap(target, newest, round(_low(target) - _low(newest), 6)))
    return found


def _leads_to(result: Target, target: Target) -> bool:
    in_time = target.year is None or result.year is None or result.year <= target.year
    return in_time and not set(differences((target, result))) & {"unit", "boundary", "total"}


def conflicts(rows: Iterable[Target]) -> list[tuple[Target, ...]]:
    """Return rows of different documents that give one indicator, place and year two values.

    "Hơn 90%" and 92% are no two values of a result; of a target they are.
    """
    groups: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for row in rows:
        if row.year is not None:
            groups[(row.kind, row.year, *_subject(row))].append(row)
    found = []
    for group in groups.values():
        contrary = {
            place
            for pair in combinations(range(len(group)), 2)
            if _contrary(*(group[place] for place in pair))
            for place in pair
        }
        if contrary:
            found.append(tuple(group[place] for place in sorted(contrary)))
    return found


def _contrary(one: Target, other: Target) -> bool:
    if one.document == other.document or differences((one, other)):
        return False
    if one.number == other.number:
        return False
    if one.kind == "target":
        return True
    (low, high), (least, most) = _range(one), _range(other)
    return high < least or most < low


def _range(row: Target) -> tuple[float, float]:
    """Return the values that a row leaves open."""
    if isinstance(row.number, tuple):
        return row.number
    number = row.number
    off = abs(number) * _ABOUT
    return {
        "≈": (number - off, number + off),
        ">": (number, inf),
        ">=": (number, inf),
        "<": (-inf, number),
        "<=": (-inf, number),
    }.get(row.operator, (number, number))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows of one indicator, one for each locality that has any, in the order asked for.

    `missing`: the localities without a row. `differs`: what keeps the rows from being compared as
    they stand; empty where they may be.
    """

    rows: tuple[Target, ...]
    missing: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()

    @property
    def computed(self) -> Computed | None:
        """Return the difference of two rows that may be compared, cited as 1 and 2."""
        if self.differs or len(self.rows) != len((1, 2)) or not all(map(_is_exact, self.rows)):
            return None
        one, other = self.rows
        return _difference(_low(one) - _low(other), one.unit)


def align(rows: Sequence[Target], localities: Sequence[str]) -> Alignment:
    """Return the rows that set the localities beside each other best, and what differs in them.

    Of several indicators the one that most localities have, of several kinds and years likewise;
    the order of the rows, the likeliest first, decides between equals.
    """
    wanted = list(dict.fromkeys(localities))
    groups: dict[Key, list[Target]] = defaultdict(list)
    for row in rows:
        if row.locality in wanted:
            groups[indicator_key(row.indicator)].append(row)
    if not groups:
        return Alignment((), tuple(wanted))
    group = max(groups.values(), key=_places)
    found = ((place, _best(group, place)) for place in wanted)
    chosen = {place: row for place, row in found if row is not None}
    return Alignment(
        tuple(chosen.values()),
        tuple(place for place in wanted if place not in chosen),
        differences(tuple(chosen.values()), of_time=True),
    )


def _places(rows: Iterable[Target]) -> int:
    return len({row.locality for row in rows})


def _best(group: Sequence[Target], place: str) -> Target | None:
    """Return a locality's row that shares kind, year and unit with the most other localities."""
    own = [row for row in group if row.locality == place]
    return max(own, key=lambda row: _shared(row, group)) if own else None


def _shared(row: Target, group: Sequence[Target]) -> tuple[int, int]:
    alike = [other for other in group if (other.kind, other.year) == (row.kind, row.year)]
    return _places(alike), _places(item for item in alike if units_agree(item.unit, row.unit))


def differences(rows: Sequence[Target], *, of_time: bool = False) -> tuple[Difference, ...]:
    """Return in what rows of one indicator differ: units, sets of provinces, totals of ranks.

    With `of_time` years and kinds count too.
    """
    pairs = list(combinations(rows, 2))
    found: dict[Difference, bool] = {
        "unit": any(not units_agree(one.unit, other.unit) for one, other in pairs),
        "boundary": any(not _same_set(one, other) for one, other in pairs),
        "total": any(
            None not in (one.out_of, other.out_of) and one.out_of != other.out_of
            for one, other in pairs
        ),
        "year": of_time and len({row.year for row in rows}) > 1,
        "kind": of_time and len({row.kind for row in rows}) > 1,
    }
    return tuple(name for name, differs in found.items() if differs)


def _same_set(one: Target, other: Target) -> bool:
    """Tell whether two rows speak of the same provinces: of 63 or of 34, or of one left whole."""
    if one.boundary == other.boundary:
        return True
    if _RANK in (one.unit, other.unit):
        return False
    if None in (one.boundary, other.boundary):
        return True
    return all(_left_whole(row.locality) for row in (one, other))


def _left_whole(locality: str | None) -> bool:
    return locality == NATION or (locality is not None and former_units(locality) == (locality,))


def _is_exact(row: Target) -> bool:
    return row.operator == "=" and not isinstance(row.number, tuple)


def _subject(row: Target) -> tuple[Key, str | None]:
    return indicator_key(row.indicator), row.locality


def _low(row: Target) -> float:
    return row.number[0] if isinstance(row.number, tuple) else row.number


def _difference(number: float, unit: str | None) -> Computed:
    points = "điểm phần trăm" if unit == "%" else unit or ""
    return Computed(f"{vietnamese(round(abs(number), 6))} {points}".strip(), "difference", (1, 2))


def vietnamese(number: float) -> str:
    """Write a number the Vietnamese way: 1234.5 = "1.234,5"."""
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
