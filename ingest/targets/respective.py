"""Figures that are told one after the other: "năm 2022 và 2023 lần lượt đạt 45% và 62%"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.targets.measures import Measure
from ingest.targets.phrases import HEAD
from ingest.targets.years import Mention

# One after the other, up to the next time it is said or the next part of the sentence.
_RESPECTIVELY = re.compile(
    r"(?<!\w)lần lượt(?!\w)(?:(?!(?<!\w)lần lượt(?!\w))[^;])*", re.IGNORECASE
)
_JOINED = re.compile(r"\s*(?:,|và|, và|,?\s?cùng)\s+", re.IGNORECASE)
_YEARS_JOINED = re.compile(r"\s*(?:,|và|, và)\s+(?:đến\s)?(?:năm\s)?", re.IGNORECASE)
_NEXT_NAME = re.compile(rf"\s*(?:,(?:\s?và)?|và)\s+(?={HEAD.pattern})", re.IGNORECASE)
# "Các tỷ lệ này": which figure is whose stands in another sentence.
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|những|hai|ba)\s(?:con số|tỷ lệ|tỉ lệ|chỉ số|chỉ tiêu|mục tiêu|mức)\s"
    r"(?:này|trên|đó|nêu trên)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that "lần lượt" ties to as many years or indicators: their places, in order."""

    places: tuple[int, ...]
    years: tuple[int | None, ...] = ()

    def year_of(self, place: int, otherwise: int | None) -> int | None:
        """Return a figure's year; `otherwise` where the years do not tell."""
        return self.years[self.places.index(place)] if self.years else otherwise

    def name_of(self, place: int, name: str) -> str:
        """Return a figure's part of a name that joins as many indicators, else the name."""
        parts = _NEXT_NAME.split(name)
        whole = len(parts) == len(self.places) and all(HEAD.match(part) for part in parts)
        return parts[self.places.index(place)] if whole else name.rstrip(" ,")


def find_series(
    text: str, measures: Sequence[Measure], mentions: Sequence[Mention]
) -> dict[int, Series]:
    """Return the series that a figure stands in, by the figure's place.

    Its years are those that the same part of the sentence joins: one for each figure, or None for
    all where their numbers differ.
    """
    found: dict[int, Series] = {}
    for told in _RESPECTIVELY.finditer(text):
        places = tuple(_joined_figures(text, measures, told.start(), told.end()))
        if len(places) < 2:
            continue
        years = _joined_years(text, mentions, _part_start(text, told.start()), told.end())
        if years and len(years) != len(places):
            years = [None] * len(places)
        found |= dict.fromkeys(places, Series(places, tuple(years)))
    return found


def points_to_several(text: str, measure: Measure) -> bool:
    """Tell whether the words before a figure point to several indicators of another sentence."""
    found = list(_SEVERAL.finditer(text, 0, measure.start))
    return bool(found) and not HEAD.search(text, found[-1].end(), measure.start)


def _part_start(text: str, end: int) -> int:
    return text.rfind(";", 0, end) + 1


def _joined_figures(text: str, measures: Sequence[Measure], start: int, end: int) -> Iterator[int]:
    """Yield the places of the first figure of a span and of those that are joined to it."""
    last: Measure | None = None
    for place, measure in enumerate(measures):
        if not start <= measure.start < end:
            continue
        joined = last is None or _JOINED.fullmatch(text, last.end, measure.start)
        if not joined or (last is not None and last.percent != measure.percent):
            return
        yield place
        last = measure


def _joined_years(text: str, mentions: Sequence[Mention], start: int, end: int) -> list[int | None]:
    """Return the longest run of joined years of a span; none of a single one."""
    runs: list[list[Mention]] = []
    for item in mentions:
        if item.year is None or not start <= item.start < end:
            continue
        if runs and _YEARS_JOINED.fullmatch(text, runs[-1][-1].end, item.start):
            runs[-1].append(item)
        else:
            runs.append([item])
    longest = max(runs, key=len, default=[])
    return [item.year for item in longest] if len(longest) > 1 else []
