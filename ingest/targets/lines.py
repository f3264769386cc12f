"""The sentences of a document in order, each with where it stands: paragraph, list, heading."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents import Heading, Passage, Sentence, SourceDocument, TableRow
from ingest.splitting import is_bare_heading
from ingest.splitting.numbering import read_mark
from ingest.splitting.pieces import pieces
from ingest.targets.tasks import Task, tasks_of

_BULLETS = re.compile(r"^[\s“\"*#|+•●▪◦–—-]+")

# Lines of a table that nothing could read as one: what stands in which column is lost.
_DEBRIS_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the document, or a cell that holds one; rows read as tables are left out.

    `start` is the offset of `text` in the document's text, `paragraph` counts from 0, `opens`
    says that it begins its paragraph, `bare_heading` that it is a heading and nothing more.
    `body` is where the words begin after a bullet or the mark of a list, `task` what the row of a
    cell says of it.
    """

    text: str
    start: int
    sentence: Sentence
    heading: tuple[str, ...]
    paragraph: int
    opens: bool
    bare_heading: bool
    body: int
    task: Task | None = None

    @property
    def item(self) -> bool:
        """Tell whether a bullet or the mark of a list opens it."""
        return self.body > 0


def lines_of(
    document: SourceDocument, passages: Sequence[Passage], read: Collection[int]
) -> Iterator[Line]:
    """Yield the sentences in order, without the table rows that begin at the offsets `read`."""
    starts = {piece.span[0] for piece in pieces(document)}
    rows = sorted(document.rows, key=lambda row: row.start)
    paragraph, at_row, told = -1, 0, -1
    paths = _Paths(document.headings)
    for passage in passages:
        for sentence in passage.sentences:
            opens = sentence.start in starts or paragraph < 0
            paragraph += opens
            heading = paths.at(sentence.start) or passage.heading
            while at_row < len(rows) and rows[at_row].end <= sentence.start:
                at_row += 1
            if at_row < len(rows) and rows[at_row].start <= sentence.start:
                if rows[at_row].start not in read and told != at_row:
                    yield from _cells(document, rows[at_row], heading, sentence, paragraph)
                told = at_row
                continue
            text = passage.quote(sentence)
            if text.count("|") >= _DEBRIS_SIGNS:
                continue
            yield Line(
                text,
                sentence.start,
                sentence,
                heading,
                paragraph,
                opens,
                is_bare_heading(passage, sentence),
                _body(text) if opens else 0,
            )


class _Paths:
    """The heading paths of a document, asked for in the order of the text.

    Short sections share a passage: its path is their parent's, theirs says more.
    """

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._ahead = sorted(headings, key=lambda heading: heading.start, reverse=True)
        self._open: list[Heading] = []

    def at(self, offset: int) -> tuple[str, ...]:
        """Return the headings that a place of the text stands under."""
        while self._ahead and self._ahead[-1].start <= offset:
            heading = self._ahead.pop()
            self._open = [item for item in self._open if item.level < heading.level]
            self._open.append(heading)
        return tuple(item.text for item in self._open)


def _cells(
    document: SourceDocument,
    row: TableRow,
    heading: tuple[str, ...],
    sentence: Sentence,
    paragraph: int,
) -> Iterator[Line]:
    """Yield the cells of a row that hold sentences; the row written out is no context of theirs."""
    bare = replace(sentence, context="")
    for task in tasks_of(document.text, row):
        text = document.text[task.cell.start : task.cell.end]
        start = task.cell.start
        yield Line(text, start, bare, heading, paragraph, True, False, _body(text), task)


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
