"""A document's body in pieces: paragraphs, headings and table rows, without what was dropped."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.documents import SourceDocument, TableRow
from ingest.splitting.numbering import read_mark
from ingest.splitting.paragraphs import (
    Span,
    cut_spans,
    has_word,
    kept_spans,
    paragraph_spans,
    wrapped_width,
)

_MARK_CHARACTERS = 80
_MARKUP = "#*_>|`~ \t\u00a0"


@dataclass(frozen=True, slots=True)
class Piece:
    """A span without white space at its ends: a paragraph, a heading, or a table row.

    There is a word in each. `start` is where it was cut out, `heading` whether a heading begins
    there, `whole` whether it is that heading and nothing else, `cut_off` whether dropped text
    stands before it.
    """

    start: int
    span: Span
    heading: bool = False
    whole: bool = False
    row: TableRow | None = None
    cut_off: bool = False


def pieces(document: SourceDocument) -> Iterator[Piece]:
    """Yield the body in pieces: cut at headings, table rows and dropped spans."""
    text = document.text
    rows = {row.start: row for row in document.rows}
    headings = {heading.start: heading for heading in document.headings}
    row_edges = {edge for row in document.rows for edge in (row.start, row.end)}
    cuts = sorted(row_edges | _heading_edges(document))
    width = wrapped_width(text, document.body_start)
    kept_end, cut_off = document.body_start, False
    for kept in kept_spans(document.body_start, len(text), document.dropped):
        cut_off = cut_off or kept[0] > kept_end
        kept_end = kept[1]
        for left, right in cut_spans([kept], cuts):
            heading, row = headings.get(left), rows.get(left)
            whole = heading is not None and right <= heading.end
            if row or whole:
                spans = [_trimmed(text, left, right)]
            else:
                spans = paragraph_spans(text, left, right, width)
            for index, span in enumerate(spans):
                if has_word(text, *span):
                    opens = heading is not None and index == 0
                    start = left if opens else span[0]
                    yield Piece(start, span, opens, whole, row, cut_off)
                    cut_off = False


def _heading_edges(document: SourceDocument) -> set[int]:
    """Return where headings begin, and end unless their paragraph goes on as one sentence."""
    edges = set()
    text = document.text
    for heading in document.headings:
        edges.add(heading.start)
        line_end = text.find("\n", heading.end)
        line_end = len(text) if line_end < 0 else line_end
        following = text[heading.end : min(line_end, heading.end + _MARK_CHARACTERS)].lstrip()
        if not has_word(text, heading.end, line_end) or read_mark(following):
            edges.add(heading.end)
    return edges


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the span of a heading or row without white space and the signs of its format."""
    while start < end and (text[start] in _MARKUP or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _MARKUP or text[end - 1].isspace()):
        end -= 1
    return start, end
