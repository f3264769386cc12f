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

Range = tuple[float, float]
Difference = Literal["unit", "boundary", "total"]


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
    return apart(possible(one.operator, one.number), possible(other.operator, other.number))


def apart(one: Range, other: Range) -> bool:
    """Tell whether two ranges have no value in common."""
    return one[1] < other[0] or other[1] < one[0]


def possible(operator: str, number: float | Range) -> Range:
    """Return the values that a figure leaves open: "hơn 90" anything above."""
    if isinstance(number, tuple):
        return number
    off = abs(number) * _ABOUT
    return {
        "≈": (number - off, number + off),
        ">": (number, inf),
        ">=": (number, inf),
        "<": (-inf, number),
        "<=": (-inf, number),
    }.get(operator, (number, number))


def differences(rows: Sequence[Target]) -> tuple[Difference, ...]:
    """Return in what rows of one indicator differ: units, sets of provinces, totals of ranks."""
    pairs = list(combinations(rows, 2))
    found: dict[Difference, bool] = {
        "unit": any(not units_agree(one.unit, other.unit) for one, other in pairs),
        "boundary": any(not _same_set(one, other) for one, other in pairs),
        "total": any(
            None not in (one.out_of, other.out_of) and one.out_of != other.out_of
            for one, other in pairs
        ),
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
