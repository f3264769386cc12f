"""Lines, headings and table rows -> the stored text, with the offsets of all that was put in."""

import re
from collections.abc import Sequence

from ingest.documents import Cell, Heading, TableRow
from ingest.loading.loaded import LoadedFile, Stated
from ingest.text import normalise

# Nothing that a reader sees: control characters, soft hyphens, zero-width spaces and marks.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SUPERSCRIPTS = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_NOTE_MARK = re.compile(r"\s*(?:\d{1,3}|\(\d{1,3}\))\s*")
# How many characters before a raised mark tell what it is.
LOOKED_BACK = 12
_POWER_BEFORE = re.compile(r"(?:^|[\d\s/])(?:[kdcm]?m|CO)$")
_PART_OF_LAW = re.compile(r"(?:Phần|Chương|Mục|Điều)\s+(?:\d|[IVXLC]+\b)")
_MIN_HEADINGS = 2
# A fixed space that groups a figure's digits stays: with a plain one 1 250 is two figures.
_SPACE = re.compile("(?<=\\d)([\u00a0\u202f\u2009])(?=\\d{3}(?!\\d))|\\s+")


def one_line(text: str) -> str:
    """Return the text as one stored line: normalised, each run of white space one space."""
    return spaced(_INVISIBLE.sub("", normalise(text))).strip()


def spaced(text: str) -> str:
    """Return the text with each run of white space one space."""
    return _SPACE.sub(lambda match: match[1] or " ", text)


def raised(text: str, before: str) -> str:
    """Return text that is set raised as it must be stored behind the text `before` it.

    A note's number becomes one of superscripts: as plain digits it would read as a part of the
    figure, or a figure before the next word. The power of a unit (km2) stays as typed.
    """
    is_mark = bool(_NOTE_MARK.fullmatch(text)) and bool(before.strip())
    if not is_mark or _POWER_BEFORE.search(before):
        return text
    return text.translate(_SUPERSCRIPTS)


class TextBuilder:
    """Collects a document line by line; every line is normalised before its offsets are taken.

    Lines are joined by one newline and cells by one tab, so that no combining mark can meet a
    letter of its neighbour: the whole is NFC because each part is.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.headings: list[Heading] = []
        self.rows: list[TableRow] = []
        self.pages: list[int] = []

    @property
    def offset(self) -> int:
        """Return where the next line will begin, in code points."""
        return self._length

    def line(self, text: str) -> tuple[int, int] | None:
        """Append a line; return its (start, end), None where nothing readable is in it."""
        clean = one_line(text)
        return self._append(clean) if clean else None

    def lines(self, text: str) -> None:
        """Append each line of the text."""
        for part in text.splitlines():
            self.line(part)

    def cells(self, texts: Sequence[str]) -> None:
        """Append a line of cells that is no table row: a header, or the numbers of columns."""
        clean = [one_line(text) for text in texts]
        if any(clean):
            self._append("\t".join(filter(None, clean)))

    def heading(self, text: str, level: int) -> None:
        """Append a heading line of a level, 1 = highest."""
        span = self.line(text)
        if span:
            self.headings.append(Heading(*span, level, one_line(text)))

    def row(self, cells: Sequence[tuple[str, str]]) -> None:
        """Append a table row of (text, column header) cells; empty cells are left out."""
        filled = [(one_line(text), one_line(header)) for text, header in cells]
        filled = [cell for cell in filled if cell[0]]
        if not filled:
            return
        found: list[Cell] = []
        position = self._length
        for text, header in filled:
            found.append(Cell(position, position + len(text), header))
            position += len(text) + 1
        start, end = self._append("\t".join(text for text, _ in filled))
        self.rows.append(TableRow(start, end, tuple(found)))

    def page(self, offset: int | None = None) -> None:
        """Note that a page begins at the offset, by default with the next line."""
        self.pages.append(self._length if offset is None else offset)

    def build(
        self,
        stated: Stated,
        notes: Sequence[str],
        *,
        headings_are_all: bool = False,
    ) -> LoadedFile:
        """Return what was collected.

        Headings are None, for the splitter to find, where the file marks too few of them, unless
        `headings_are_all` says that there can be no others.
        """
        is_marked = headings_are_all or self._marks_headings()
        text = "\n".join(self._lines)
        return LoadedFile(
            text=text,
            stated=stated,
            headings=tuple(self.headings) if is_marked else None,
            pages=tuple(min(page, len(text)) for page in self.pages),
            rows=tuple(self.rows),
            notes=tuple(notes),
        )

    def _marks_headings(self) -> bool:
        """Tell whether the marked headings are the document's: a law's parts must not be missed."""
        marked = {heading.text for heading in self.headings}
        parts = [line for line in self._lines if _PART_OF_LAW.match(line) and line not in marked]
        return len(marked) > max(len(parts), _MIN_HEADINGS - 1)

    def _append(self, clean: str) -> tuple[int, int]:
        start = self._length
        self._lines.append(clean)
        self._length += len(clean) + 1
        return start, start + len(clean)
