"""Rows side by side: how a result stands to its target, and what one chart may hold."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

from app.comparing import Gap
from app.sameness import indicator_key
from ingest.documents import Target
from ingest.text import fold

RANK = "hạng"

# "reached" and "missing" where the document says which way is better; "below" and "above" where a
# plain value is set; "lower" and "higher" where nothing tells which way is better.
Standing = Literal["missing", "below", "above", "reached", "equal", "lower", "higher"]

# A target that is to be fallen to: less may be better, though the value is set plainly.
_FALLING = ("giảm", "xuống", "rút ngắn", "hạn chế")


def standing(gap: Gap) -> Standing:
    """Return how the result stands to the target, claiming no more than the words of it allow."""
    if gap.missing == 0:
        return "equal"
    lower = gap.missing > 0
    target = gap.target
    if target.unit == RANK or target.operator in ("<=", "<"):
        return "reached" if lower else "missing"
    if target.operator in (">=", ">"):
        return "missing" if lower else "reached"
    words = f"{target.indicator} {target.quote}".casefold()
    if any(word in words for word in _FALLING):
        return "lower" if lower else "higher"
    return "below" if lower else "above"


def is_rough(gap: Gap) -> bool:
    """Tell whether the difference is one of rounded or bounded figures."""
    return gap.result.operator != "=" or gap.target.operator == "≈"


def is_ranked(rows: Iterable[Target]) -> bool:
    """Tell whether the rows are places in an order: the smaller, the better."""
    return all(row.unit == RANK or row.operator == "<=" for row in rows)


def are_mixed(rows: Iterable[Target]) -> bool:
    """Tell whether the rows speak of two sets of provinces."""
    return len({row.boundary for row in rows if row.boundary}) > 1


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of one indicator and unit, each a bar; `most` is what the longest bar stands for."""

    rows: tuple[Target, ...]
    most: float


def height_of(row: Target) -> float:
    """Return the number of a row that is no range."""
    assert not isinstance(row.number, tuple)
    return row.number


def comparable(rows: Iterable[Target]) -> list[tuple[Target, ...]]:
    """Return the rows in groups that may stand side by side: of any place, but one indicator.

    Ranges are left out: they have no one number. Ranks are of one set of provinces.
    """
    groups: dict[Hashable, list[Target]] = defaultdict(list)
    for row in rows:
        if not isinstance(row.number, tuple):
            boundary = row.boundary if row.unit == RANK else None
            groups[(indicator_key(row.indicator), row.unit, row.out_of, boundary)].append(row)
    return [tuple(group) for group in groups.values()]


def charts(rows: Iterable[Target]) -> list[Chart]:
    """Return the charts of the rows: where at least two differ in kind, place or year.

    Those that set targets against results come first. The same figure of several documents is
    one bar; a negative one has none, and its indicator no chart.
    """
    found = []
    for group in comparable(rows):
        bars = {(*_bar(row), row.number, row.operator): row for row in reversed(group)}
        numbers = [height_of(row) for row in bars.values()]
        if len({_bar(row) for row in group}) > 1 and min(numbers) >= 0 and max(numbers) > 0:
            most = max(100.0, *numbers) if group[0].unit == "%" else max(numbers)
            found.append(Chart(tuple(sorted(bars.values(), key=_order)), most))
    return sorted(found, key=lambda chart: -len({row.kind for row in chart.rows}))


def _bar(row: Target) -> tuple[str, str | None, int | None, str | None]:
    return row.kind, row.locality, row.year, row.boundary


def _order(row: Target) -> tuple[str, int, str, float]:
    return fold(row.locality or "").casefold(), row.year or 0, row.kind, height_of(row)
