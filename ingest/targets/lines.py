"""The sentences of a document in order, each with where it stands: paragraph, list, heading."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import Passage, Sentence, SourceDocument
from ingest.splitting import is_bare_heading
from ingest.splitting.numbering import read_mark
from ingest.splitting.pieces import pieces

_BULLETS = re.compile(r"^[\s“\"*#|+•●▪◦–—-]+")

# Lines of a table that nothing could read as one: what stands in which column is lost.
_DEBRIS_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the document; rows of tables that are read as tables are left out.

    `start` is the offset of `text` in the document's text, `paragraph` counts from 0, `opens`
    says that it begins its paragraph, `bare_heading` that it is a heading and nothing more.
    `body` is where the words begin after a bullet or the mark of a list.
    """

    text: str
    start: int
    sentence: Sentence
    heading: tuple[str, ...]
    paragraph: int
    opens: bool
    bare_heading: bool
    body: int


def lines_of(
    document: SourceDocument, passages: Sequence[Passage], read: Collection[int]
) -> Iterator[Line]:
    """Yield the sentences in order, without the table rows that begin at the offsets `read`."""
    starts = {piece.span[0] for piece in pieces(document)}
    rows = sorted((row.start, row.end) for row in document.rows if row.start in read)
    paragraph, at_row = -1, 0
    for passage in passages:
        for sentence in passage.sentences:
            opens = sentence.start in starts or paragraph < 0
            paragraph += opens
            while at_row < len(rows) and rows[at_row][1] <= sentence.start:
                at_row += 1
            if at_row < len(rows) and rows[at_row][0] <= sentence.start:
                continue
            text = passage.quote(sentence)
            if text.count("|") >= _DEBRIS_SIGNS:
                continue
            yield Line(
                text,
                sentence.start,
                sentence,
                passage.heading,
                paragraph,
                opens,
                is_bare_heading(passage, sentence),
                _body(text) if opens else 0,
            )


def _body(text: str) -> int:
    """Return where the words begin after what only marks an item."""
    position = 0
    while position < len(text):
        bullets = _BULLETS.match(text, position) if position == 0 else None
        mark = read_mark(text[position:])
        if mark and mark.end < len(text) - position:
            position += mark.end
        elif bullets:
            position = bullets.end()
        else:
            break
    return position
