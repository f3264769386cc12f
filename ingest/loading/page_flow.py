"""Lines of pages -> paragraphs: soft line ends joined, also over a page's end.

A line end is soft where the next line's first word would not have fitted on the line: what every
typesetter does, whatever the language. Running heads, page numbers and footnotes are kept as lines
of their own and put behind the paragraph that they would cut in two.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.loading.layout import TextBuilder
from ingest.loading.page_lines import Line, Page, Table
from ingest.loading.rewrapping import STARTS_ITEM, begins_item
from ingest.loading.tables import Header, write_table

_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:trang|page)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_NOTE_START = re.compile(r"[\d⁰-⁹¹²³*†(\[]")
_ENDS = re.compile(r"[.;:!?…][\"'”’»)\]]*$")
# Shares of the page's height at its top and foot where running heads and numbers stand.
_EDGE_SHARE = 0.12
_EDGE_LINES = 3
_REPEATED_SHARE = 0.3
_SAME_EDGE = 4.0
_MARGIN_LINES = 4
_MARGIN_SHARE = 0.2
_MARGIN_WIDTH = 0.25
_PITCH = 1.5
_INDENT = 6.0
_SAME_SIZE = 0.15
_NOTE_SIZE = 0.9
_CAPITAL_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class _Measures:
    """A page's right and left margins as its full lines show them, its usual line distance."""

    margins: tuple[float, ...]
    right: float
    left: float
    pitch: float
    size: float


@dataclass(slots=True)
class _Flow:
    """The paragraph that is being joined, and the lines that wait behind it."""

    builder: TextBuilder
    parts: list[str] = field(default_factory=list)
    last: Line | None = None
    measures: _Measures | None = None
    length: int = 0
    waiting: list[str] = field(default_factory=list)

    def add(self, line: Line, measures: _Measures, *, joined: bool) -> None:
        if not joined:
            self.close()
        self.parts.append(line.text)
        self.length += len(line.text) + 1
        self.last, self.measures = line, measures

    def close(self) -> None:
        if self.parts:
            self.builder.line(" ".join(self.parts))
        self.parts, self.last, self.measures, self.length = [], None, None, 0
        for text in self.waiting:
            self.builder.line(text)
        self.waiting = []


def write_pages(builder: TextBuilder, pages: Sequence[Page]) -> None:
    """Append the pages' text: paragraphs, tables, running heads, and where each page begins."""
    running = _running_lines(pages)
    flow = _Flow(builder)
    header: Header | None = None
    ended: Table | None = None
    everywhere = [line for page in pages for line in page.items if isinstance(line, Line)]
    for page in pages:
        head, body, notes, foot = _parted(page, running)
        lines = [item for item in body if isinstance(item, Line)]
        measures = _measures(lines, everywhere, page.width)
        first = body[0] if body else None
        goes_on = isinstance(first, Line) and _is_soft(flow, first, None)
        follows_table = (
            isinstance(first, Table) and ended is not None and _same_columns(ended, first)
        )
        if goes_on:
            builder.page(builder.offset + flow.length)
        else:
            flow.close()
            builder.page()
        if goes_on or follows_table:
            flow.waiting += [line.text for line in head]
        else:
            for line in head:
                builder.line(line.text)
        ended = None
        for place, item in enumerate(body):
            if isinstance(item, Table):
                flow.close()
                header = write_table(
                    builder, item.rows, header if place == 0 and follows_table else None
                )
                ended = item
                continue
            flow.add(item, measures, joined=_is_soft(flow, item, _after(body, place)))
            ended = None
        rest = [*_paragraphs(notes), *(line.text for line in foot)]
        if flow.parts or ended:
            flow.waiting += rest
        else:
            for text in rest:
                builder.line(text)
    flow.close()


def _after(body: Sequence[Line | Table], place: int) -> Line | None:
    follows = body[place + 1] if place + 1 < len(body) else None
    return follows if isinstance(follows, Line) else None


def _same_columns(above: Table, below: Table) -> bool:
    if above.covered and below.covered:
        return above.columns == below.columns and all(
            one[0] < other[1] and other[0] < one[1]
            for one, other in zip(above.covered, below.covered, strict=False)
        )
    return (
        above.columns == below.columns
        and abs(above.left - below.left) < 2 * _SAME_EDGE
        and abs(above.right - below.right) < 2 * _SAME_EDGE
    )


def _edge(page: Page, *, at_top: bool) -> list[Line]:
    """Return the outermost lines at the top or the foot of a page, the outermost first."""
    lines = [item for item in page.items if isinstance(item, Line)]
    if at_top:
        near = [line for line in lines if line.top < _EDGE_SHARE * page.height]
        return sorted(near, key=lambda line: line.top)[:_EDGE_LINES]
    near = [line for line in lines if line.bottom > (1 - _EDGE_SHARE) * page.height]
    return sorted(near, key=lambda line: -line.bottom)[:_EDGE_LINES]


def _masked(text: str) -> str:
    return _DIGITS.sub("0", text.casefold())


def _running_lines(pages: Sequence[Page]) -> set[tuple[bool, str]]:
    """Return (is at the top, text without its digits) of lines that many pages repeat there."""
    counts: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        for at_top in (True, False):
            counts.update({(at_top, _masked(line.text)) for line in _edge(page, at_top=at_top)})
    needed = max(3 if len(pages) > 2 else 2, _REPEATED_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= needed}


def _parted(
    page: Page, running: set[tuple[bool, str]]
) -> tuple[list[Line], list[Line | Table], list[Line], list[Line]]:
    """Return a page's running head, its body, its footnotes and its running foot."""
    edges: dict[bool, list[Line]] = {True: [], False: []}
    for at_top in (True, False):
        for place, line in enumerate(_edge(page, at_top=at_top)):
            is_number = bool(_PAGE_NUMBER.fullmatch(line.text))
            outermost = place == 0 or len(edges[at_top]) == place
            if (at_top, _masked(line.text)) in running or (is_number and outermost):
                edges[at_top].append(line)
    taken = {id(line) for lines in edges.values() for line in lines}
    body = [item for item in page.items if id(item) not in taken]
    notes = _footnotes(body)
    kept = {id(line) for line in notes}
    return (
        edges[True],
        [item for item in body if id(item) not in kept],
        notes,
        edges[False][::-1],
    )


def _footnotes(body: list[Line | Table]) -> list[Line]:
    """Return the small lines at the foot of a page that begin with a note's number."""
    lines = [item for item in body if isinstance(item, Line)]
    if len(lines) < 4:
        return []
    usual = median(line.size for line in lines)
    found: list[Line] = []
    for item in reversed(body):
        if not isinstance(item, Line) or item.size > _NOTE_SIZE * usual:
            break
        found.append(item)
    found.reverse()
    while found and not _NOTE_START.match(found[0].text):
        found.pop(0)
    return found if len(found) < len(lines) / 2 else []


def _measures(lines: Sequence[Line], everywhere: Sequence[Line], width: float) -> _Measures:
    if not lines:
        return _Measures((), width, 0.0, 0.0, 0.0)
    margins = _margins(lines, width) or _margins(everywhere, width)
    margins = tuple(sorted({*margins, *_column_edges(lines, width)}))
    drops = [
        below.top - above.top
        for above, below in pairwise(lines)
        if 0 < below.top - above.top < 4 * above.size
    ]
    return _Measures(
        margins=margins,
        right=max(line.right for line in lines),
        left=min(line.left for line in lines),
        pitch=median(drops) if drops else 1.5 * median(line.size for line in lines),
        size=median(line.size for line in lines),
    )


def _margins(lines: Sequence[Line], width: float) -> tuple[float, ...]:
    """Return right edges at which many long lines of different words end, from left to right."""
    edges = sorted((line for line in lines), key=lambda line: line.right)
    found: list[float] = []
    start = 0
    while start < len(edges):
        end = start
        while end < len(edges) and edges[end].right - edges[start].right <= _SAME_EDGE:
            end += 1
        group = edges[start:end]
        long = [line for line in group if line.width >= _MARGIN_WIDTH * width]
        if (
            len(long) >= max(_MARGIN_LINES, _MARGIN_SHARE * len(lines))
            and len({line.text for line in long}) >= _MARGIN_LINES - 1
        ):
            found.append(max(line.right for line in long))
            start = end
        else:
            start += 1
    return tuple(found)


def _column_edges(lines: Sequence[Line], width: float) -> list[float]:
    """Return the right edges of columns of text that are read one after the other.

    Where a column's lines end raggedly, its longest one shows its margin.
    """
    found = []
    for place in range(_MARGIN_LINES, len(lines) - _MARGIN_LINES + 1):
        above, below = lines[place - 1], lines[place]
        if below.left <= above.left + _MARGIN_WIDTH * width or below.top >= above.top:
            continue
        column = [line for line in lines[:place] if line.right < below.left]
        wide = [line for line in column if line.width >= _MARGIN_WIDTH * width]
        if len(wide) >= _MARGIN_LINES:
            found.append(max(line.right for line in wide))
    return found


def _is_soft(flow: _Flow, line: Line, after: Line | None) -> bool:
    """Tell whether the line goes on with the paragraph whose last line the flow holds."""
    last, measures = flow.last, flow.measures
    if last is None or measures is None or begins_item(last.text, line.text):
        return False
    if last.stands_alone or line.stands_alone:
        return False
    if abs(line.size - last.size) > _SAME_SIZE * max(last.size, line.size):
        return False
    if last.text.isupper() != line.text.isupper() and _are_words(last, line):
        return False
    if line.top - last.top > _PITCH * max(measures.pitch, 1.0):
        return False
    margin = next(
        (edge for edge in measures.margins if edge >= last.right - _SAME_EDGE), measures.right
    )
    if _is_centred(last, line, measures, margin):
        return last.width + last.space + line.first_word > margin - measures.left
    is_below = line.top > last.top
    if is_below and line.left > last.left + _INDENT and not _hangs(flow, line, after):
        return False
    if is_below and _begins_like_last(flow, line, after, measures):
        return False
    return last.right + last.space + line.first_word > margin


def _are_words(*lines: Line) -> bool:
    """Tell whether lines hold words enough to be set in capitals, not a sign such as NQ/TW."""
    return all(" " in line.text and len(line.text) > _CAPITAL_CHARACTERS for line in lines)


def _begins_like_last(flow: _Flow, line: Line, after: Line | None, measures: _Measures) -> bool:
    """Tell whether a line is set in as the paragraph's first line is, and the next one is not."""
    return (
        len(flow.parts) == 1
        and flow.last is not None
        and flow.last.left > measures.left + _INDENT
        and abs(line.left - flow.last.left) < _INDENT / 2
        and after is not None
        and after.left < line.left - _INDENT
    )


def _is_centred(last: Line, line: Line, measures: _Measures, margin: float) -> bool:
    middle = (measures.left + margin) / 2
    return (
        abs((last.left + last.right) / 2 - middle) < _INDENT
        and abs((line.left + line.right) / 2 - middle) < _INDENT
        and last.left > measures.left + 2 * _INDENT
    )


def _hangs(flow: _Flow, line: Line, after: Line | None) -> bool:
    """Tell whether a line that is set in goes on with a list item, whose first line stands out."""
    if len(flow.parts) != 1:
        return False
    if STARTS_ITEM.match(flow.parts[0]):
        return True
    goes_on = line.text[0].islower() and not _ENDS.search(flow.parts[0])
    return goes_on or (after is not None and abs(after.left - line.left) < _INDENT / 2)


def _paragraphs(notes: Iterable[Line]) -> list[str]:
    """Return footnotes joined: each begins with its number."""
    found: list[str] = []
    for line in notes:
        begins = not found or bool(_NOTE_START.match(line.text))
        if begins and not (found and line.text[:1] == "("):
            found.append(line.text)
        else:
            found[-1] += f" {line.text}"
    return found
