"""The table of contents: headings that stand again below, and page numbers that are no figures."""

import re

from ingest.cleaning.lines import Layout, bare

_NAME = re.compile(r"^\W*(?:mục lục|table of contents|contents)\W*$", re.IGNORECASE)
_ENTRY = re.compile(r"^(?=.*[^\W\d])(?P<name>.{2,160}?)(?P<leader>[\s.…·_-]+)(?P<page>\d{1,3})$")
_LEADER = re.compile(r"[.…·_]{4}|…{2}")
# What counts something is no heading: dots may lead to a figure as well.
_MEASURES = re.compile(r"(?:tổng |số |tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|mức )", re.IGNORECASE)
_FEWEST = 3
# Of two entries one after the other, how many pages the first may have.
_FARTHEST = 100
# A heading may be wrapped: one line of so many characters may go by without a page number.
_LONGEST = 160


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
    end = page = 0
    names: set[str] = set()
    for place in range(start, len(layout.kept)):
        line = layout.lines[layout.kept[place]]
        entry = _ENTRY.match(line.text)
        told = entry is not None and (named or _has_leader(entry))
        if entry and told and page <= int(entry["page"]) <= page + _FARTHEST:
            page, end = int(entry["page"]), place + 1
            names.add(bare(entry["name"]))
        elif not names or place > end or len(line.text) > _LONGEST or line.bare in names:
            break
    return end if len(names) >= _FEWEST else 0


def _has_leader(entry: re.Match[str]) -> bool:
    return bool(_LEADER.search(entry["leader"])) and not _MEASURES.match(entry["name"].strip())
