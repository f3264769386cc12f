"""A stored text as blocks to be read: headings, paragraphs, what is left out, where pages begin."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.catalogue import StoredDocument

_WORD = re.compile(r"\w")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is read in one way; `page` is the page that begins with it."""

    start: int
    end: int
    marked: bool = False
    dropped: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text: a paragraph, or a heading of a level (1 = highest)."""

    pieces: tuple[Piece, ...]
    level: int | None = None

    @property
    def dropped(self) -> bool:
        """Return whether nothing of it belongs to the document."""
        return all(piece.dropped for piece in self.pieces)


def lay_out(document: StoredDocument, marked: tuple[int, int] | None = None) -> Iterator[Block]:
    """Yield the blocks of a document in order; `marked` is the span of a quote."""
    dropped = _dropped_spans(document)
    levels = _heading_levels(document)
    headings = sorted(levels)
    pages = _page_starts(document)
    marks = [marked] if marked else []
    edges = sorted({edge for span in (*dropped, *marks) for edge in span} | pages.keys())
    for line in _LINE.finditer(document.text):
        if not _WORD.search(line[0]):
            continue
        heading = next(iter(_between(headings, line.start(), line.end())), None)
        start = line.start() if heading is None else heading
        cuts = [start, *_between(edges, start + 1, line.end()), line.end()]
        pieces = tuple(
            Piece(low, high, _within(low, marks), _within(low, dropped), pages.get(low))
            for low, high in pairwise(cuts)
        )
        yield Block(pieces, None if heading is None else levels[heading])


def _between(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return those of the sorted offsets that lie in the span."""
    return offsets[bisect_left(offsets, start) : bisect_left(offsets, end)]


def _within(offset: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _dropped_spans(document: StoredDocument) -> list[tuple[int, int]]:
    """Return what is not the document; what describes it stands before its first passage."""
    spans = [(item.start, item.end) for item in document.dropped]
    if document.passages and document.text.startswith("---\n"):
        first = document.passages[0].start
        spans.append((0, document.text.rfind("\n", 0, first) + 1))
    return spans


def _heading_levels(document: StoredDocument) -> dict[int, int]:
    """Return where headings begin and their levels: sentences that are one of those above them."""
    found: dict[int, int] = {}
    for passage in document.passages:
        levels = {words: level for level, words in enumerate(passage.heading, start=1)}
        for sentence in passage.sentences:
            level = levels.get(passage.quote(sentence).strip())
            if level is not None:
                found[sentence.start] = level
    return found


def _page_starts(document: StoredDocument) -> dict[int, int]:
    """Return where the first sentence of each page begins, and the page's number."""
    found: dict[int, int] = {}
    last = None
    for passage in document.passages:
        for sentence in passage.sentences:
            if sentence.page is not None and sentence.page != last:
                found[sentence.start] = last = sentence.page
    return found
