"""Finds the headings of a text whose format marks none, and how they nest.

A heading is told by its mark (Chương, I., 1.1.), by its capitals, by a Markdown sign, or, where
none of these is there, by standing short and alone over prose. A numbered line that is a whole
sentence or names a target is a heading only beside numbered names; its words stay evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import Dropped, Heading
from ingest.loading.loaded import LoadedFile
from ingest.splitting.heading_blocks import (
    CAPITALS_CHARACTERS,
    DOTTED_NAME_CHARACTERS,
    HEAD,
    Block,
    accept_series,
    is_name,
    read_blocks,
)
from ingest.splitting.heading_names import (
    CAPTION,
    ENDED,
    KIND_ALONE,
    KIND_NAMED,
    LETTERHEAD,
    MATTER,
    NAME_CHARACTERS,
    NAME_STOP,
    bare_name,
    is_plain_name,
    mark_end,
    short_name_length,
    without_emphasis,
)
from ingest.splitting.numbering import ORDINAL_STYLE, UPPER, read_mark

_PROSE_CHARACTERS = 100
_TITLE_LINES = 6
_OPENING_LINES = 3
_LETTERHEAD_LINES = 40

_TITLE_RANK, _CAPITALS_RANK, _PLAIN_RANK = 0, 8, 100
# Phụ lục, Phần, Chương, Mục: they stand under no name without a number.
_KEYWORD_RANKS = (10, 31)
_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_OPEN_END = re.compile(r"[:;,][\"'”’»)\]*_]*$")
_INLINE_MARK = re.compile(rf"\s:\s|:\s|\.\s|\s(?=1[.,)]\s[{UPPER}])")


def find_headings(loaded: LoadedFile, dropped: tuple[Dropped, ...]) -> tuple[Heading, ...]:
    """Return the headings in order, level 1 highest; `text` is the name, on one line.

    A heading whose `end` lies within its paragraph only names it ("Một là, ..."): the paragraph
    is evidence all the same. Dropped spans and table rows hold no heading.
    """
    blocks = read_blocks(loaded, dropped)
    accept_series(blocks)
    return tuple(_nested(_Finder(loaded.text, blocks).find()))


def opens_by_ordinal(heading: Heading) -> bool:
    """Tell whether a heading is of the kind "Một là, ..." or "Thứ nhất, ..."."""
    mark = read_mark(heading.text)
    return mark is not None and mark.style == ORDINAL_STYLE


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading before its level is known: siblings share a style, a lower rank stands higher."""

    heading: Heading
    style: str
    rank: int


class _Finder:
    """Goes through the blocks once, in order."""

    def __init__(self, text: str, blocks: list[Block]) -> None:
        self._text = text
        self._blocks = blocks
        self._kind_line = self._first_kind_line()
        self._after_heading = True

    def find(self) -> Iterator[_Found]:
        index = 0
        while index < len(self._blocks):
            found, used = self._at(index)
            if found:
                yield found
            self._after_heading = found is not None
            index += used

    def _at(self, index: int) -> tuple[_Found | None, int]:
        """Return the heading at a block, and how many blocks were read."""
        block = self._blocks[index]
        line = block.line
        if block.quoted or line.startswith("|"):
            return None, 1
        if markdown := _MARKDOWN.match(line):
            if LETTERHEAD.match(line[markdown.end() :]):
                return None, 1
            return self._whole(index, 1, f"#{len(markdown[1])}", len(markdown[1])), 1
        if not block.mark or block.mark.bullet:
            return self._unmarked(index)
        if block.mark.keyword:
            return self._keyword(index)
        if block.series:
            return self._numbered(index)
        return None, 1

    def _whole(self, index: int, count: int, style: str, rank: int) -> _Found | None:
        """Return a heading of whole paragraphs."""
        start, end = self._blocks[index].start, self._blocks[index + count - 1].end
        name = bare_name(self._text[start:end])
        if not name or end - start > 2 * CAPITALS_CHARACTERS:
            return None
        return _Found(Heading(start, end, 0, name), style, rank)

    def _part(self, index: int, length: int, *, cut: bool) -> _Found:
        """Return a heading that names the paragraph it opens."""
        block = self._blocks[index]
        mark = block.mark
        assert mark is not None
        end = min(block.end, block.start + length)
        while end > block.start and not re.match(r"[^\W_]|\)", self._text[end - 1]):
            end -= 1
        name = bare_name(self._text[block.start : end])
        # A name cut out of a sentence says so; that of an Điều is whole.
        if cut and re.match(r",|\s*\w", self._text[end : min(block.end, end + 8)]):
            name += "…"
        return _Found(Heading(block.start, end, 0, name), mark.style, mark.rank)

    def _keyword(self, index: int) -> tuple[_Found | None, int]:
        block = self._blocks[index]
        mark = block.mark
        assert mark is not None
        line = without_emphasis(block.line)
        named = is_name(block) and block.line[-1] != "."
        if mark.end >= len(line):
            count = 2 if self._names_part(index + 1) else 1
            return self._whole(index, count, mark.style, mark.rank), count
        if named:
            return self._whole(index, 1, mark.style, mark.rank), 1
        if not mark.stopped:
            return None, 1
        return self._part(index, self._title_length(index), cut=False), 1

    def _names_part(self, index: int) -> bool:
        """Tell whether a block is the name of the part whose number stands alone above it."""
        if index >= len(self._blocks):
            return False
        block = self._blocks[index]
        if block.mark or not block.line or not block.line[0].isalpha():
            return False
        if block.line.isupper():
            return block.end - block.start <= CAPITALS_CHARACTERS
        following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        under_mark = following is not None and following.mark is not None
        short = block.end - block.start <= NAME_CHARACTERS
        return under_mark and short and block.line[-1] not in ENDED

    def _title_length(self, index: int) -> int:
        """Return how long the title is of a provision that stands in the line of its number."""
        block = self._blocks[index]
        window = self._text[block.start : min(block.end, block.start + NAME_CHARACTERS)]
        stop = _INLINE_MARK.search(window, mark_end(window))
        if stop is None or stop.group().strip() == ".":
            return mark_end(window)
        return stop.start()

    def _numbered(self, index: int) -> tuple[_Found | None, int]:
        block = self._blocks[index]
        mark = block.mark
        assert mark is not None
        if block.named and mark.style != ORDINAL_STYLE:
            count = 1
            if without_emphasis(block.line).isupper():
                count += self._capital_lines(index + 1)
            return self._whole(index, count, mark.style, mark.rank), count
        window = self._text[block.start : min(block.end, block.start + NAME_CHARACTERS)]
        return self._part(index, short_name_length(window), cut=True), 1

    def _unmarked(self, index: int) -> tuple[_Found | None, int]:
        block = self._blocks[index]
        if KIND_ALONE.fullmatch(without_emphasis(block.line)):
            return self._title(index)
        if without_emphasis(block.line).isupper():
            return self._capitals(index)
        if self._is_plain_heading(index):
            if MATTER.fullmatch(_bare_line(block)):
                return self._whole(index, 1, "matter", _CAPITALS_RANK), 1
            style = "title" if index < _OPENING_LINES and self._opens(index) else "plain"
            return self._whole(index, 1, style, _TITLE_RANK if style == "title" else _PLAIN_RANK), 1
        return None, 1

    def _title(self, index: int) -> tuple[_Found | None, int]:
        """Return the kind and the name of a legal document, the lines below being its name."""
        count = 1
        for block in self._blocks[index + 1 : index + 1 + _TITLE_LINES]:
            if not self._goes_on_title(block, self._blocks[index + count - 1], count):
                break
            count += 1
        named = count > 1 or index == 0
        return (self._whole(index, count, "title", _TITLE_RANK) if named else None), count

    def _goes_on_title(self, block: Block, before: Block, count: int) -> bool:
        if block.mark or block.line.startswith(("|", "#", "- ")):
            return False
        if NAME_STOP.match(block.line) or LETTERHEAD.match(block.line):
            return False
        if block.end - block.start > CAPITALS_CHARACTERS or block.line[-1] in ".;:":
            return False
        if KIND_ALONE.fullmatch(block.line):
            return False
        blank = self._text.count("\n", before.end, block.start) > 1
        return not blank or count == 1 or block.line.isupper()

    def _capitals(self, index: int) -> tuple[_Found | None, int]:
        block = self._blocks[index]
        count = 1 + self._capital_lines(index + 1)
        last = index + count - 1
        if index < self._kind_line or not self._may_be_capital_name(block, last):
            return None, count
        line = without_emphasis(block.line)
        if KIND_NAMED.match(line) or (index < _OPENING_LINES and self._opens(index)):
            return self._whole(index, count, "title", _TITLE_RANK), count
        rank = _CAPITALS_RANK
        before = self._blocks[index - 1].line if index else ""
        # Under "Abstract" stands the title in the other language.
        matter = MATTER.fullmatch(line) or MATTER.fullmatch(before)
        style = "matter" if matter else "capitals"
        return self._whole(index, count, style, rank), count

    def _capital_lines(self, index: int) -> int:
        """Return how many capital lines without a mark follow directly."""
        count = 0
        while index + count < len(self._blocks):
            block = self._blocks[index + count]
            blank = self._text.count("\n", self._blocks[index + count - 1].end, block.start) != 1
            if blank or block.mark or not block.line.isupper() or LETTERHEAD.match(block.line):
                break
            count += 1
        return count

    def _may_be_capital_name(self, block: Block, last: int) -> bool:
        if block.end - block.start > CAPITALS_CHARACTERS or LETTERHEAD.match(block.line):
            return False
        if not re.search(r"[^\W\d_]{2,}", block.line) or CAPTION.match(block.line):
            return False
        if block.line[-1] in ".,;!?…" or KIND_ALONE.fullmatch(block.line.rstrip(" :")):
            return False
        following = self._blocks[last + 1] if last + 1 < len(self._blocks) else None
        if following is None or following.line.isupper() or LETTERHEAD.match(following.line):
            return False
        is_prose = following.end - following.start >= DOTTED_NAME_CHARACTERS
        return following.mark is not None or is_prose or following.line.startswith(("|", "#"))

    def _is_plain_heading(self, index: int) -> bool:
        block = self._blocks[index]
        following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        bold = block.line.startswith(("**", "__")) and block.line.endswith(("**", "__"))
        if following is None or block.line[-1] in ":;," or not is_plain_name(_bare_line(block)):
            return False
        if block.fills_line or (block.mark and block.mark.style != "*"):
            return False
        if index == 0 and self._prose_is_near():
            return True
        if not (_is_prose(following, len(block.line)) or (bold and following.mark)):
            return False
        return self._after_heading or self._may_follow(index) or self._opens(index)

    def _may_follow(self, index: int) -> bool:
        """Tell whether the block before may end a part: a sentence does, a cell or verse not."""
        before = self._blocks[index - 1]
        return bool(_SENTENCE_END.search(before.line if before.end - before.start < HEAD else "."))

    def _opens(self, index: int) -> bool:
        """Tell whether a block stands in the opening lines, with no prose before it."""
        return index < _OPENING_LINES and all(
            block.end - block.start <= _PROSE_CHARACTERS for block in self._blocks[:index]
        )

    def _prose_is_near(self) -> bool:
        """Tell whether prose stands within the opening lines: what is above it is a title."""
        return any(_is_prose(block, 0) for block in self._blocks[1 : 2 + _OPENING_LINES])

    def _first_kind_line(self) -> int:
        for index, block in enumerate(self._blocks[:_LETTERHEAD_LINES]):
            if KIND_ALONE.fullmatch(block.line):
                return index
        return 0


def _is_prose(block: Block, length: int) -> bool:
    size = block.end - block.start
    if size < max(_PROSE_CHARACTERS, 2 * length) or block.mark or block.line.startswith("|"):
        return False
    return size >= HEAD or bool(_SENTENCE_END.search(block.line) or _OPEN_END.search(block.line))


def _bare_line(block: Block) -> str:
    return bare_name(block.line)


def _nested(found: Iterator[_Found]) -> Iterator[Heading]:
    """Yield the headings with their levels.

    A heading whose style is open above is a sibling of it; another goes under the last one that
    stands higher. Front and back matter has nothing under it; plain headings nest where they are.
    """
    path: list[_Found] = []
    for item in found:
        while path and path[-1].style == "matter":
            path.pop()
        styles = [above.style for above in path]
        if item.style in styles:
            del path[styles.index(item.style) :]
        elif item.rank != _PLAIN_RANK:
            path = [above for above in path if _stands_above(above, item, path)]
        path.append(item)
        yield Heading(item.heading.start, item.heading.end, len(path), item.heading.text)


def _stands_above(above: _Found, item: _Found, path: Sequence[_Found]) -> bool:
    if above.style == "capitals" and _KEYWORD_RANKS[0] <= item.rank <= _KEYWORD_RANKS[1]:
        return False
    if above.rank == _PLAIN_RANK:
        if item.rank <= _CAPITALS_RANK:
            return False
        position = path.index(above)
        return all(other.rank < item.rank for other in path[:position])
    return above.rank < item.rank
