"""Figures that are told one after the other: "năm 2022 và 2023 lần lượt đạt 45% và 62%"."""

import re
from collections.abc import Sequence

from ingest.targets.measures import Measure
from ingest.targets.years import Mention

_RESPECTIVELY = re.compile(r"(?<!\w)lần lượt(?!\w)", re.IGNORECASE)
# "Các tỷ lệ này": which figure is whose stands in another sentence.
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|những|hai|ba)\s(?:con số|tỷ lệ|tỉ lệ|chỉ số|chỉ tiêu|mục tiêu|mức)\s"
    r"(?:này|trên|đó|nêu trên)(?!\w)",
    re.IGNORECASE,
)


def respective_years(
    text: str, measures: Sequence[Measure], mentions: Sequence[Mention]
) -> dict[int, int | None]:
    """Return the year of each figure that "lần lượt" ties to one of several, by its place.

    None where the sentence gives several years, but not one for each figure.
    """
    told = _RESPECTIVELY.search(text)
    if told is None:
        return {}
    after = [place for place, measure in enumerate(measures) if measure.start >= told.start()]
    years = [item.year for item in mentions if item.year is not None]
    if len(set(years)) <= 1 or not after:
        return {}
    if len(years) == len(after):
        return dict(zip(after, years, strict=True))
    return dict.fromkeys(after)


def points_to_several(text: str, measure: Measure) -> bool:
    """Tell whether the words before a figure point to several indicators of another sentence."""
    return _SEVERAL.search(text, 0, measure.start) is not None
