"""What paper and machines leave in a text: page numbers, running heads, rules, identifiers."""

import re
from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median

from ingest.cleaning.lines import Layout, Reason

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—.\s]*(?P<plain>\d{1,4})[-–—.\s]*|(?:Trang|Page)\s*:?\s*(?P<named>\d{1,4})"
    r"(?:\s*(?:/|of|trên)\s*\d{1,4})?)$",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(r"^[-–—_=*~•·.\s✦❖#]+$")
_IDENTIFIER = re.compile(r"^\d{16,}$")
_TABLE_RULE = re.compile(r"\|")
_FEWEST_PAGES = 3
# A column of figures counts upwards too, but without a page of text in between.
_LEAST_OF_A_PAGE = 300
_CHARACTERS_OF_A_PAGE = 1000
_HEAD_CHARACTERS = 120


def ornaments(layout: Layout) -> dict[int, Reason]:
    """Return rule lines, and numbers of sixteen digits or more that stand alone."""
    found: dict[int, Reason] = {}
    for index in layout.kept:
        text = layout.lines[index].text
        if _ORNAMENT.match(text) and not _TABLE_RULE.search(text):
            found[index] = "ornament"
        elif _IDENTIFIER.match(text):
            found[index] = "identifier"
    return found


def page_numbers(layout: Layout) -> dict[int, Reason]:
    """Return lines that number the pages: one more each time, a page of lines apart."""
    candidates = [
        (index, int(match["plain"] or match["named"]))
        for index in layout.kept
        if (match := _PAGE_NUMBER.match(layout.lines[index].text))
    ]
    chains: dict[int, list[int]] = {}  # the number that a chain ends with -> its lines
    for index, number in candidates:
        before = chains.get(number - 1, [])
        if before and _characters(layout, before[-1], index) >= _LEAST_OF_A_PAGE:
            chains[number] = [*chains.pop(number - 1), index]
        elif number not in chains:
            chains[number] = [index]
    whole = [chain for chain in chains.values() if _numbers_pages(layout, chain)]
    return {index: "page_number" for chain in whole for index in chain}


def _characters(layout: Layout, first: int, second: int) -> int:
    return layout.lines[second].start - layout.lines[first].end


def _numbers_pages(layout: Layout, chain: list[int]) -> bool:
    """Tell whether lines are as far apart as pages: rows of a table are numbered too."""
    gaps = [_characters(layout, first, second) for first, second in pairwise(chain)]
    return len(chain) >= _FEWEST_PAGES and median(gaps) >= _CHARACTERS_OF_A_PAGE


def running_heads(layout: Layout) -> dict[int, Reason]:
    """Return short lines that come back on three pages or more, each time at a page's edge."""
    edges = _edges(layout)
    places: dict[str, list[int]] = defaultdict(list)
    for index in layout.kept:
        line = layout.lines[index]
        if len(line.text) <= _HEAD_CHARACTERS and any(c.isalpha() for c in line.text):
            places[re.sub(r"\d+", "#", line.bare)].append(index)
    found: dict[int, Reason] = {}
    for indices in places.values():
        at_edge = [index for index in indices if index in edges]
        if not at_edge or len(at_edge) * 3 < len(indices) * 2:
            continue
        glued = _glued(layout, edges, layout.lines[at_edge[0]].text)
        if len(at_edge) + len(glued) >= _FEWEST_PAGES:
            found.update(dict.fromkeys(at_edge, "running_head"))
    return found


def glued_heads(layout: Layout) -> list[tuple[int, int]]:
    """Return the spans of running heads that a loader has joined to the text below them."""
    edges = _edges(layout)
    heads = {
        layout.lines[i].text for i, reason in layout.reasons.items() if reason == "running_head"
    }
    return [
        (layout.lines[index].start, layout.lines[index].start + len(head))
        for head in sorted(heads)
        for index in _glued(layout, edges, head)
    ]


def _glued(layout: Layout, edges: set[int], head: str) -> list[int]:
    kept = [index for index in sorted(edges) if index not in layout.reasons]
    found = [index for index in kept if layout.lines[index].text.startswith(f"{head} ")]
    # The same words behind it on every page are a longer running head.
    counts = Counter(layout.lines[index].text for index in found)
    return [index for index in found if counts[layout.lines[index].text] == 1]


def _edges(layout: Layout) -> set[int]:
    """Return the lines at the top and foot of pages, told by page starts or by page numbers."""
    edges = {0} if layout.lines else set()
    for index, reason in layout.reasons.items():
        if reason == "page_number":
            edges.update(layout.neighbours(index))
    starts = [line.start for line in layout.lines]
    for page in layout.page_starts:
        first = next((i for i, start in enumerate(starts) if start >= page), None)
        if first is not None:
            edges.update(i for i in range(first - 2, first + 2) if 0 <= i < len(starts))
    if layout.page_starts:
        edges.update(range(max(0, len(starts) - 2), len(starts)))
    return edges
