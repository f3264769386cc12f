"""Marks what stands in a text but is not the document: captions, buttons, forms, menus, lists.

What each mark means stands in ingest.cleaning.lines.Reason. The rules know the language and
typography of Vietnamese press, portals and legal texts; where one sign is weak they ask for a
second, because a sentence that is lost is worse than a caption that stays.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from ingest.cleaning.bylines import bylines, contacts, date_lines, sources
from ingest.cleaning.captions import captions, doubled, repeated_leads, unnamed_captions
from ingest.cleaning.contents import contents
from ingest.cleaning.furniture import (
    comment_forms,
    glued_menu,
    imprints,
    labels,
    links,
    menus,
    section_names,
    share_buttons,
)
from ingest.cleaning.letterhead import letterheads, recipients
from ingest.cleaning.lines import Layout, Line, Reason, bare, read_layout, without
from ingest.cleaning.paging import glued_heads, ornaments, page_numbers, running_heads
from ingest.cleaning.press import find_dateline, press_name
from ingest.cleaning.references import reference_lists
from ingest.documents import Dropped, Heading, TableRow
from ingest.loading.loaded import LoadedFile

# Each rule sees what those before it have dropped: lists and forms first, as what is above or
# below the prose is told only when they are gone.
_RULES: tuple[Callable[[Layout], dict[int, Reason]], ...] = (
    ornaments,
    page_numbers,
    running_heads,
    reference_lists,
    imprints,
    menus,
    share_buttons,
    comment_forms,
    links,
    captions,
    unnamed_captions,
    doubled,
    labels,
    date_lines,
    contacts,
    bylines,
    sources,
)
# What a page's marked headings may be; any other is the document's.
_HEADED = frozenset({"comment_form", "copyright", "label", "menu", "reference", "related", "share"})
_ENDING = re.compile(r"(?<![.…])[.…]*+\s?/\s?\.(?=[\s\"”’»)]*$)")
_STAR = re.compile(r"^[*•✦■►▪❖]+\s+(?=\S)")
_DATELINE_PARAGRAPHS = 3
_HEADING_CHARACTERS = 120
_BANNER_SHARE = 1 / 3
_TITLE_SHARE = 2 / 3
_BANNER_CHARACTERS = 80


def find_clutter(loaded: LoadedFile) -> tuple[Dropped, ...]:
    """Return the spans that are not the document, in order and apart from each other.

    A span is a run of whole lines, or what stands before the first or after the last word of a
    paragraph (a dateline, the dots of an ending); a sentence that stays is never edited.
    """
    layout = read_layout(loaded)
    heads = [
        *_spans(letterheads(layout), "letterhead"),
        *_spans(recipients(layout), "recipients"),
        *_spans(contents(layout), "contents"),
    ]
    layout = without(layout, heads)
    rows, headings = _lines_of(layout, loaded.rows), _lines_of(layout, loaded.headings or ())
    for rule in (*_RULES, banners, repeated_leads):
        found = {
            index: reason
            for index, reason in rule(layout).items()
            if index not in rows and (index not in headings or reason in _HEADED)
        }
        layout = layout.marked(found)
    whole = [
        Dropped(layout.lines[index].start, layout.lines[index].end, reason)
        for index, reason in layout.reasons.items()
    ]
    glued = _spans(glued_heads(layout), "running_head")
    return _joined(loaded.text, {*heads, *whole, *glued, *_inline(layout)})


def _lines_of(layout: Layout, spans: Sequence[Heading | TableRow]) -> frozenset[int]:
    """Return the lines that hold a table's row or a heading that the format marks."""
    starts = [line.start for line in layout.lines]
    found: set[int] = set()
    for span in spans:
        first = max(bisect_right(starts, span.start) - 1, 0)
        found.update(range(first, bisect_left(starts, span.end)))
    return frozenset(found)


def _spans(spans: Iterable[tuple[int, int]], reason: Reason) -> list[Dropped]:
    return [Dropped(start, end, reason) for start, end in spans]


def _joined(text: str, spans: Iterable[Dropped]) -> tuple[Dropped, ...]:
    """Return the spans in order; two of a kind with only white space between them are one."""
    joined: list[Dropped] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        last = joined[-1] if joined else None
        if last and span.start < last.end:
            continue
        if last and last.reason == span.reason and not text[last.end : span.start].strip():
            joined[-1] = Dropped(last.start, span.end, last.reason)
        else:
            joined.append(span)
    return tuple(joined)


def banners(layout: Layout) -> dict[int, Reason]:
    """Return the name of the site, of a section or of a campaign above the title.

    A name that is not known needs two signs: a second title-like line below it, and words that
    the text does not speak of while it does of that line's.
    """
    found: dict[int, Reason] = {}
    if layout.legal or layout.wrapped:
        return found
    above = [index for index in layout.top if _is_title_like(layout.lines[index])]
    spoken = _pairs(" ".join(layout.lines[index].text for index in layout.prose))
    for index, below in pairwise(above):
        if any(i < index and i not in found for i in above):
            break
        text = layout.lines[index].text
        known = bare(text) in section_names() or press_name(text) is not None
        foreign = _share(text, spoken) <= _BANNER_SHARE
        if known or (foreign and _share(layout.lines[below].text, spoken) >= _TITLE_SHARE):
            found[index] = "banner"
    return found


def _is_title_like(line: Line) -> bool:
    return len(line.text) <= 2 * _BANNER_CHARACTERS and line.text[-1] not in ".;:,"


def _pairs(text: str) -> set[tuple[str, str]]:
    words = bare(text).split()
    return set(pairwise(words))


def _share(title: str, spoken: set[tuple[str, str]]) -> float:
    """Return how much of a title the text speaks of, by pairs of neighbouring syllables."""
    pairs = _pairs(title)
    return len(pairs & spoken) / len(pairs) if pairs else 0.0


def _inline(layout: Layout) -> list[Dropped]:
    """Return datelines, endings, list stars of headings, and a menu glued before the text."""
    found: list[Dropped] = []
    for position, index in enumerate(layout.kept):
        line = layout.lines[index]
        if length := glued_menu(line.text):
            found.append(Dropped(line.start, line.start + length, "menu"))
        if _opens(layout, index) and (dateline := find_dateline(line.text)):
            found.append(Dropped(line.start, line.start + dateline.length, "dateline"))
        if star := _heading_star(layout, position):
            found.append(Dropped(line.start, line.start + star, "ornament"))
        if (ending := _ENDING.search(line.text)) and ending.start():
            found.append(Dropped(line.start + ending.start(), line.end, "ending"))
    return found


def _opens(layout: Layout, index: int) -> bool:
    return not layout.legal and index in layout.prose[:_DATELINE_PARAGRAPHS]


def _heading_star(layout: Layout, position: int) -> int:
    """Return the length of the star before a heading: alone, short, and over a paragraph."""
    kept, lines = layout.kept, layout.lines
    line = lines[kept[position]]
    star = _STAR.match(line.text)
    if not star or len(line.text) > _HEADING_CHARACTERS or line.text[-1] in ".;:,":
        return 0
    around = [i for i in (position - 1, position + 1) if 0 <= i < len(kept)]
    listed = any(_STAR.match(lines[kept[i]].text) for i in around)
    over_prose = position + 1 < len(kept) and kept[position + 1] in layout.prose
    return star.end() if over_prose and not listed else 0
