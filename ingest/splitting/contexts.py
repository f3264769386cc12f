"""What a sentence is read under: the lines that open its list, the headers of its table row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.documents import TableRow
from ingest.figures import find_figures
from ingest.splitting.numbering import Mark, read_mark
from ingest.splitting.paragraphs import Span, stripped

CONTEXT_CHARACTERS = 280
_CELL_CHARACTERS = 80
_PLAIN = "plain"
_ROW = "row"
_OPEN_END = (":", ":”", ':"')
_CONTINUED = (";", ",")
_BULLETS = re.compile(r"^[-–—+*•●▪◦‣∙·#|\s]+")
_ITEM_MARK = re.compile(r";\s+")
# Only a long enumeration is taken apart, and only one whose items each say what they count.
_ENUMERATION_CHARACTERS = 300
_ENUMERATED_ITEMS = 3
_ITEM_WORDS = 4
_TARGETS = ("percent", "number", "fraction", "range")


@dataclass(frozen=True, slots=True)
class _Level:
    """A list that is open: the style of its items, the line above it, its last number."""

    style: str
    opener: str
    number: int | None = None


@dataclass(slots=True)
class ListContext:
    """Follows the sentences of a section in order and says which lines open the list of each."""

    _levels: list[_Level] = field(default_factory=list)
    _left: list[_Level] = field(default_factory=list)
    _opener: str | None = None
    _item: tuple[Mark, str] | None = None
    _continued: bool = False
    _inline: bool = False

    def read(self, sentence: str, *, first: bool, indent: int = 0) -> str:
        """Return the openers above a sentence, joined; `first`: it begins its paragraph.

        `indent` counts the white space before the paragraph: it tells nested bullets apart.
        """
        mark = _list_mark(sentence)
        if mark:
            self._enter_item(mark, f"{mark.style}{indent // 2 if mark.bullet else ''}")
        elif first:
            self._read_unmarked()
        elif self._inline:
            # Where an item within a line ends, only the next item says.
            self._levels, self._item = [], None
        self._inline = not first and (self._inline or mark is not None)
        context = self._above()
        self._remember(sentence, mark, first=first)
        return context

    def read_heading(self, heading: str) -> None:
        """Read a heading: it stands in the path, and opens a list only by its colon."""
        self._levels.clear()
        self._left.clear()
        self._remember(heading, None, first=True)

    def read_row(self) -> str:
        """Return the openers above a table row."""
        if not (self._levels and self._levels[-1].style == _ROW):
            if not self._opener:
                self._levels.clear()
            self._levels.append(_Level(_ROW, self._opener or ""))
        self._opener = self._item = None
        return self._above()

    def _enter_item(self, mark: Mark, style: str) -> None:
        """Go on with the list of this style, open or left for a paragraph, or begin it."""
        if not self._levels and self._goes_on(mark, style):
            self._levels = self._left
        self._left = []
        styles = [level.style for level in self._levels]
        if style in styles:
            place = styles.index(style)
            self._levels[place:] = [_Level(style, self._levels[place].opener, mark.number)]
            return
        opener = self._opener or self._item_above(mark)
        if not opener:
            self._levels.clear()
        self._levels.append(_Level(style, opener or "", mark.number))

    def _goes_on(self, mark: Mark, style: str) -> bool:
        """Tell whether an item has the next number of a list that a paragraph interrupted."""
        numbers = [level.number for level in self._left if level.style == style]
        return bool(numbers) and mark.number is not None and numbers[0] == mark.number - 1

    def _item_above(self, mark: Mark) -> str | None:
        """Return the item under which a list without an opening line stands."""
        if not self._item:
            return None
        above, sentence = self._item
        nested = mark.rank > above.rank or (mark.bullet and above.bullet)
        return sentence if nested else None

    def _read_unmarked(self) -> None:
        """Read a paragraph without a mark: an item after an opener, or the end of all lists."""
        styles = [level.style for level in self._levels]
        if self._opener:
            if not self._item:
                self._levels.clear()
            elif _PLAIN in styles:
                del self._levels[styles.index(_PLAIN) :]
            self._levels.append(_Level(_PLAIN, self._opener))
        elif not (self._continued and styles and styles[-1] == _PLAIN):
            if self._levels:
                self._left = self._levels
            self._levels = []
        self._item = None

    def _above(self) -> str:
        return joined([level.opener for level in self._levels if level.opener])

    def _remember(self, sentence: str, mark: Mark | None, *, first: bool) -> None:
        opens = sentence.endswith(_OPEN_END)
        words = shortened(sentence, CONTEXT_CHARACTERS) if opens or mark else ""
        self._opener = words if opens else None
        self._continued = sentence.endswith(_CONTINUED)
        if mark:
            self._item = (mark, words)
        elif first:
            self._item = None


def _list_mark(sentence: str) -> Mark | None:
    mark = read_mark(sentence)
    return mark if mark and mark.end < len(sentence) else None


def row_context(text: str, row: TableRow) -> str:
    """Return a table row written out: "Chỉ tiêu: X; Năm 2025: 80"; "" where no header helps."""
    cells = []
    for cell in row.cells:
        words = shortened(text[cell.start : cell.end], _CELL_CHARACTERS)
        header = shortened(cell.header, _CELL_CHARACTERS).rstrip(" :")
        if words:
            cells.append((header, words))
    if not any(header and header != words for header, words in cells):
        return ""
    written = "; ".join(f"{header}: {words}" if header else words for header, words in cells)
    return shortened(written, CONTEXT_CHARACTERS)


def joined(parts: Sequence[str]) -> str:
    """Return the parts as one line of at most `CONTEXT_CHARACTERS`, each shortened alike."""
    lines = [line for line in (_BULLETS.sub("", part) for part in parts) if line]
    if not lines:
        return ""
    share = (CONTEXT_CHARACTERS - len(lines) + 1) // len(lines)
    spare = sum(max(0, share - len(" ".join(line.split()))) for line in lines)
    return shortened(" ".join(shortened(line, share + spare) for line in lines), CONTEXT_CHARACTERS)


def shortened(text: str, limit: int) -> str:
    """Return text on one line: of one that is too long the beginning and the end."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    half = max(0, (limit - 3) // 2)
    # Whole words only: half of a year or a figure would be another one.
    head = line[: half + 1].rpartition(" ")[0]
    tail = line[len(line) - half - 1 :].partition(" ")[2]
    return f"{head} … {tail}".strip()


def enumerated(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Yield a sentence's items, each with its opening words, or the sentence whole.

    A long "Đến năm 2025: A đạt 80%; B đạt 90%; ..." is taken apart where each item holds a figure
    and words of its own. The first item keeps the opening words in its span.
    """
    spans = _items(text, start, end)
    if not spans:
        yield (start, end), ""
        return
    opening = text[start : _opening_end(text, start, spans[0][1])]
    for left, right in spans:
        yield (left, right), "" if left == start else opening


def _items(text: str, start: int, end: int) -> list[Span]:
    if end - start <= _ENUMERATION_CHARACTERS or text.count("; ", start, end) < 2:
        return []
    borders = [match.end() for match in _ITEM_MARK.finditer(text, start, end)]
    spans = [
        stripped(text, left, right)
        for left, right in zip([start, *borders], [*borders, end], strict=True)
    ]
    opened = _opening_end(text, start, spans[0][1])
    bodies = [(opened or start, spans[0][1]), *spans[1:]]
    if not opened or len(spans) < _ENUMERATED_ITEMS:
        return []
    return spans if all(_stands_alone(text[left:right]) for left, right in bodies) else []


def _opening_end(text: str, start: int, end: int) -> int:
    """Return where the opening words end, after their colon; 0 where there are none."""
    colon = text.find(": ", start, end)
    return colon + 1 if colon >= 0 else 0


def _stands_alone(item: str) -> bool:
    words = [word for word in item.split() if any(map(str.isalpha, word))]
    if len(words) < _ITEM_WORDS:
        return False
    return any(figure.kind in _TARGETS for figure in find_figures(item, written_out=False))
