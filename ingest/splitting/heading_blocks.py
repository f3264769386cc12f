"""A text as the finder of headings sees it: its paragraphs, their marks, the series they make."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.documents import Dropped
from ingest.loading.loaded import LoadedFile
from ingest.splitting.heading_names import NAME_CHARACTERS, names_target, without_emphasis
from ingest.splitting.numbering import ORDINAL_STYLE, Mark, read_mark
from ingest.splitting.paragraphs import (
    cut_spans,
    fills_line,
    kept_spans,
    paragraph_spans,
    wrapped_width,
)
from ingest.splitting.sentences import spans_between

DOTTED_NAME_CHARACTERS = 60
_OPENER_CHARACTERS = 120
CAPITALS_CHARACTERS = 300
HEAD = 420
_QUOTED_BLOCKS = 60
_SERIES_GAP = 3


@dataclass(slots=True)
class Block:
    """A paragraph as the finder sees it: its opening characters, its mark, what it is so far."""

    start: int
    end: int
    line: str
    mark: Mark | None
    body: bool = True
    named: bool = False
    series: bool = False
    quoted: bool = False
    fills_line: bool = False


@dataclass(slots=True)
class _Series:
    """The parts of one style that follow each other: indices of their blocks."""

    mark: Mark
    number: int
    members: list[int] = field(default_factory=list)


def read_blocks(loaded: LoadedFile, dropped: Sequence[Dropped]) -> list[Block]:
    """Return the paragraphs of the body, dropped spans left out; a table row is "|"."""
    text = loaded.text
    width = wrapped_width(text, loaded.body_start)
    kept = kept_spans(loaded.body_start, len(text), dropped)
    edges = sorted({edge for row in loaded.rows for edge in (row.start, row.end)})
    rows = {row.start for row in loaded.rows}
    blocks = []
    for left, right in cut_spans(kept, edges):
        in_row = left in rows
        for start, end in paragraph_spans(text, left, right, width):
            line = " ".join(text[start : min(end, start + HEAD)].split())
            plain = without_emphasis(line)
            mark = None if in_row or line.startswith("|") else read_mark(plain)
            full = fills_line(end - start, width)
            blocks.append(Block(start, end, "|" if in_row else line, mark, fills_line=full))
    _unmark_quoted(text, blocks)
    return blocks


def _unmark_quoted(text: str, blocks: list[Block]) -> None:
    """Take the marks from the blocks inside a quotation: the parts of a text that is amended."""
    index = 0
    while index < len(blocks):
        last = _quotation_end(text, blocks, index) if blocks[index].line.startswith("“") else index
        for block in blocks[index : last + 1] if last > index else ():
            block.mark = None
            block.quoted = True
        index = last + 1


def _quotation_end(text: str, blocks: Sequence[Block], index: int) -> int:
    """Return the block that closes the quotation which a block opens; itself where none does."""
    depth = 0
    for place, block in enumerate(blocks[index : index + _QUOTED_BLOCKS], start=index):
        depth += text.count("“", block.start, block.end) - text.count("”", block.start, block.end)
        if depth <= 0:
            return place
    return index


def accept_series(blocks: list[Block]) -> None:
    """Mark the blocks whose numbers make a series of names with something under them."""
    open_series: list[_Series] = []
    closed: list[_Series] = []
    for index, block in enumerate(blocks):
        mark = block.mark
        if not mark or mark.bullet:
            continue
        while open_series and open_series[-1].mark.rank > mark.rank:
            closed.append(open_series.pop())
        if mark.number is None:
            continue
        last = open_series[-1] if open_series else None
        if last and last.mark.style == mark.style:
            if last.number < mark.number <= last.number + _SERIES_GAP:
                last.number = mark.number
                last.members.append(index)
                continue
            closed.append(open_series.pop())
        open_series.append(_Series(mark, mark.number, [index]))
    for series in [*closed, *open_series]:
        if _is_of_headings(blocks, series):
            for index in series.members:
                blocks[index].series = True


def _is_of_headings(blocks: list[Block], series: _Series) -> bool:
    members = [blocks[index] for index in series.members]
    for index in series.members:
        blocks[index].named = is_name(blocks[index])
        blocks[index].body = _has_body(blocks, index)
    if series.mark.style == ORDINAL_STYLE:
        return len(members) > 1
    names = sum(block.named for block in members)
    bodies = sum(block.body for block in members if block.named)
    if len(members) == 1:
        first = series.mark.number == 1 or members[0].line.isupper()
        return first and series.mark.rank < 65 and names == bodies == 1
    if series.mark.rank > 65:
        return names == len(members) == bodies
    return 2 * names > len(members) and 2 * bodies > names


def is_name(block: Block) -> bool:
    """Tell whether a numbered line is a name: no sentence, no target."""
    line = without_emphasis(block.line)
    name = line[block.mark.end :] if block.mark else line
    if not name or block.end - block.start > CAPITALS_CHARACTERS:
        return False
    if name.isupper():
        return True
    if len(name) > NAME_CHARACTERS or name[-1] in ",;!?…" or not name[0].isupper():
        return False
    if name[-1] == ":" and len(name) > _OPENER_CHARACTERS:
        return False
    if name[-1] == "." and (len(name) > DOTTED_NAME_CHARACTERS or block.mark is None):
        return False
    if re.search(r"[:;]\s", name) or len(list(spans_between(name, 0, len(name)))) > 1:
        return False
    return not names_target(re.sub(r"\([^()]*\)", "", name))


def _has_body(blocks: Sequence[Block], index: int) -> bool:
    mark = blocks[index].mark
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or mark is None:
        return False
    return following.mark is None or following.mark.rank > mark.rank
