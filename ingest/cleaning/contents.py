"""The table of contents: headings that stand again below, and page numbers that are no figures."""

import re

from ingest.cleaning.lines import Layout

_NAME = re.compile(r"^\W*(?:mục lục|table of contents|contents)\W*$", re.IGNORECASE)
_ENTRY = re.compile(r"^(?=.*[^\W\d]).{2,160}?(?P<leader>[\s.…·_-]+)(?P<page>\d{1,4})$")
_LEADER = re.compile(r"[.…·_]{4}|…{2}")
_FEWEST = 3
# A heading may be wrapped: so many lines may go by without a page number.
_WRAPPED = 2


def contents(layout: Layout) -> list[tuple[int, int]]:
    """Return the spans of tables of contents: under their name, or with dots to the numbers.

    The numbers go upwards; a list of figures under another name stays.
    """
    found: list[tuple[int, int]] = []
    kept = layout.kept
    place = 0
    while place < len(kept):
        named = bool(_NAME.match(layout.lines[kept[place]].text))
        end = _end_of_entries(layout, place + named, named=named)
        if end:
            found.append((layout.lines[kept[place]].start, layout.lines[kept[end - 1]].end))
        place = end or place + 1
    return found


def _end_of_entries(layout: Layout, start: int, *, named: bool) -> int:
    """Return the place behind the last entry among the kept lines, 0 where there are too few."""
    end = count = page = gone_by = 0
    for place in range(start, len(layout.kept)):
        entry = _ENTRY.match(layout.lines[layout.kept[place]].text)
        told = entry is not None and (named or bool(_LEADER.search(entry["leader"])))
        if entry and told and int(entry["page"]) >= page:
            page, end, count, gone_by = int(entry["page"]), place + 1, count + 1, 0
            continue
        gone_by += 1
        if not count or gone_by > _WRAPPED:
            break
    return end if count >= _FEWEST else 0
