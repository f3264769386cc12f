"""Grids of cells -> text lines and table rows that know their column's header.

A spreadsheet, a CSV file and a table of Word, HTML or PDF all come here as rows of cells; what is
above the header (a title, "Đơn vị tính: ...") stays a line, what is below becomes rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.loading.layout import TextBuilder, one_line

_NUMBER = re.compile(
    r"[<>≤≥~≈+\-−]?\s*[\d(][\d.,\s)]*\s*(?:%|‰|đ|₫|(?:nghìn|triệu|tỷ|tỉ)(?: đồng)?)?"
    r"|\d+\s*[/–-]\s*\d+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", re.IGNORECASE)
_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[A-ZĐ])[.)]?")
_ORDINAL_WORDS = re.compile(r"(?:[IVXLC]+|[A-ZĐ])[.)]?\s+\S")
_COUNTER_HEADER = re.compile(r"(?:stt|tt|số\s*(?:tt|thứ\s*tự)|no\.?|#)", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Fa-f])\)?(?:\s*=\s*[\d()+\-*/x×:\s]+)?")
_UNIT_LINE = re.compile(
    r"^\W*(?:đơn\s*vị(?:\s*tính)?|đvt|unit)\s*:\s*([^.;:]{1,40}?)\W*$", re.IGNORECASE
)
_UNIT_HEADER = re.compile(r"đơn\s*vị(?:\s*tính)?|đvt|unit", re.IGNORECASE)
_MAX_HEADER_CHARACTERS = 150
_MAX_SECTION_CHARACTERS = 160
_MAX_REPEATED_CHARACTERS = 200
_MAX_HEADER_ROWS = 4
_LEAST_FIGURES = 2


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its column (from 0); `columns` and `rows` > 1 where cells were merged.

    `is_header` says that the format marks it as a header or sets it in bold.
    """

    text: str
    column: int
    columns: int = 1
    rows: int = 1
    is_header: bool = False


GridRow = Sequence[GridCell]


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: its words by column, and the unit that a line above the table names."""

    names: dict[int, str]
    unit: str | None = None

    def of(self, cell: GridCell) -> str:
        """Return the words above a cell; the unit goes to bare figures."""
        spanned = range(cell.column, cell.column + cell.columns)
        names = dict.fromkeys(self.names[column] for column in spanned if column in self.names)
        name = "; ".join(names)
        bare = is_figure(cell.text) and not any(c.isalpha() or c in "%‰" for c in cell.text)
        if self.unit and bare and not _COUNTER_HEADER.fullmatch(name):
            return f"{name} ({self.unit})" if name else self.unit
        return name


def is_figure(text: str) -> bool:
    """Tell whether a cell's text is a bare figure: 45,5%, 1.234, 24/63, - 12."""
    return bool(_NUMBER.fullmatch(text.strip())) and any(c.isdigit() for c in text)


def is_year(text: str) -> bool:
    """Tell whether a cell's text is a year or a span of years: 2025, Năm 2025, 2023 - 2025."""
    return bool(_YEAR.fullmatch(text.strip()))


def is_ordinal(text: str) -> bool:
    """Tell whether a cell's text only counts its row: 12, II, 1.2, a letter."""
    return bool(_ORDINAL.fullmatch(text.strip()))


def holds_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a column after the first holds mostly figures, two of them or more."""
    width = max((len(row) for row in rows), default=0)
    for column in range(1, width):
        filled = [row[column] for row in rows if column < len(row) and row[column]]
        figures = sum(map(is_figure, filled))
        if figures >= _LEAST_FIGURES and 2 * figures >= len(filled):
            return True
    return False


def write_table(
    builder: TextBuilder, rows: Iterable[GridRow], continued: Header | None = None
) -> Header:
    """Append a table and return its header; with `continued` the rows go on under that header.

    Rows without text part a table into blocks, each with a header of its own or that of the block
    above.
    """
    if continued is not None and continued.names:
        header = continued
        for block in _blocks(rows):
            header = _write_body(builder, block, header, _width(block))
        return header
    header = Header({})
    for block in _blocks(rows):
        header = _write_block(builder, block, header)
    return header


def _blocks(rows: Iterable[GridRow]) -> list[list[list[GridCell]]]:
    blocks: list[list[list[GridCell]]] = [[]]
    for row in rows:
        # The cells of a row that is only merged over from above still belong to it.
        cleaned = [replace(cell, text=one_line(cell.text)) for cell in row]
        filled = [cell for cell in cleaned if cell.text]
        if filled:
            blocks[-1].append(filled)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _write_block(builder: TextBuilder, block: list[list[GridCell]], above: Header) -> Header:
    start = next((i for i, row in enumerate(block) if len(row) > 1), len(block))
    unit = None
    for row in block[:start]:
        builder.line(row[0].text)
        named = _UNIT_LINE.match(row[0].text)
        unit = named.group(1).strip() if named else unit
    body = block[start:]
    if not body:
        return replace(above, unit=unit) if unit else above
    depth = _header_depth(body)
    header = Header(_names(body[:depth]), unit) if depth else _inherited(body, above, unit)
    if any(_UNIT_HEADER.fullmatch(name) for name in header.names.values()):
        header = replace(header, unit=None)
    for row in body[:depth]:
        builder.cells([cell.text for cell in row])
    if not depth:
        _write_rows(builder, _repeated(body), header, _width(body))
        return header
    return _write_body(builder, body[depth:], header, _width(body))


def _write_body(
    builder: TextBuilder, rows: list[list[GridCell]], header: Header, width: int
) -> Header:
    """Append the rows below a header and return the last header: one may begin anew among them."""
    place = next((i for i, row in enumerate(rows) if _begins_anew(row, header)), len(rows))
    _write_rows(builder, _repeated(rows[:place]), header, width)
    if place == len(rows):
        return header
    return _write_block(builder, rows[place:], replace(header, names={}))


def _begins_anew(row: list[GridCell], header: Header) -> bool:
    """Tell whether a row is a second table's header: it opens with the same words, "STT | ..."."""
    first = row[0]
    return (
        len(row) > 1
        and header.names.get(first.column, "").casefold() == first.text.casefold()
        and _reads_as_header(row)
    )


def _inherited(body: list[list[GridCell]], above: Header, unit: str | None) -> Header:
    """Return the header of the block above where this block fills no other columns."""
    columns = {cell.column for row in body for cell in row}
    if above.names and columns <= set(above.names):
        return replace(above, unit=unit or above.unit)
    return Header({}, unit)


def _width(rows: list[list[GridCell]]) -> int:
    return max((cell.column + cell.columns for row in rows for cell in row), default=0)


def _header_depth(body: list[list[GridCell]]) -> int:
    """Return how many rows at the top are the header, 0 where there is none."""
    marked = 0
    while marked < len(body) and all(cell.is_header for cell in body[marked]):
        marked += 1
    if not _reads_as_header(body[0]) or len(body) < 2:
        return 0
    if 0 < marked < len(body) and all(_reads_as_header(row) for row in body[:marked]):
        depth = min(marked, _MAX_HEADER_ROWS)
    elif _is_told_apart(body):
        depth = 1
    else:
        return 0
    while depth < min(len(body) - 1, _MAX_HEADER_ROWS) and _continues_header(body, depth):
        depth += 1
    return depth


def _reads_as_header(row: list[GridCell]) -> bool:
    return all(
        len(cell.text) <= _MAX_HEADER_CHARACTERS
        and (not is_figure(cell.text) or is_year(cell.text))
        for cell in row
    )


def _is_told_apart(body: list[list[GridCell]]) -> bool:
    """Tell whether the rows below differ from the first: counters, figures, three columns of words.

    Two columns of words alone may be names and values, whose first row is no header.
    """
    first, below = body[0], body[1:]
    if _COUNTER_HEADER.fullmatch(first[0].text):
        return True
    named = {cell.column for cell in first}
    if any(is_figure(cell.text) and cell.column in named for row in below for cell in row):
        return True
    if any(cell.columns > 1 or cell.rows > 1 for cell in first):
        return True
    return len(first) > 2 and len(first) == max(len(row) for row in body)


def _continues_header(body: list[list[GridCell]], depth: int) -> bool:
    """Tell whether a row is one more line of the header: sub-headers, or the columns' numbers."""
    row = body[depth]
    if _numbers_columns(row) and _holds_words(body[depth + 1 :], row[1].column):
        return True
    if not _reads_as_header(row):
        return False
    above = body[:depth]
    if any(cell.rows > depth - index for index, line in enumerate(above) for cell in line):
        return True
    held = {cell.column for line in above for cell in line}
    spans = {
        column
        for line in above
        for cell in line
        if cell.columns > 1
        for column in range(cell.column, cell.column + cell.columns)
    }
    columns = {cell.column for cell in row}
    if spans:
        return columns <= spans
    # A header typed over two lines without merging: the second fills what the first left open.
    first = min(held)
    return first not in columns and bool(columns - held)


def _numbers_columns(row: list[GridCell]) -> bool:
    """Tell whether a row counts the columns: (1) (2) (3), A B 1 2, or 1 2 (3)=(1)+(2)."""
    texts = [match.group(1) for cell in row if (match := _COLUMN_NUMBER.fullmatch(cell.text))]
    letters = [text.upper() for text in texts if not text.isdigit()]
    digits = [text for text in texts if text.isdigit()]
    return (
        len(texts) == len(row) > 2
        and texts == [text for text in texts if text.upper() in letters] + digits
        and letters == list("ABCDEF")[: len(letters)]
        and digits == [str(number) for number in range(1, len(digits) + 1)]
    )


def _holds_words(rows: list[list[GridCell]], column: int) -> bool:
    """Tell whether the first cell in a column holds words, not a figure."""
    texts = [cell.text for row in rows for cell in row if cell.column == column]
    return bool(texts) and not is_figure(texts[0])


def _names(rows: list[list[GridCell]]) -> dict[int, str]:
    """Return each column's header: the words above it from top to bottom."""
    parts: dict[int, list[str]] = {}
    open_to_right = len(rows) > 1 and all(cell.columns == 1 for row in rows for cell in row)
    width = _width(rows)
    for index, row in enumerate(rows):
        if index and _numbers_columns(row):
            continue
        follows = index + 1 < len(rows) and not _numbers_columns(rows[index + 1])
        for place, cell in enumerate(row):
            end = cell.column + cell.columns
            if open_to_right and follows:
                end = row[place + 1].column if place + 1 < len(row) else width
                below = {other.column for other in rows[index + 1]}
                if cell.column not in below:
                    end = cell.column + 1
            for column in range(cell.column, end):
                words = parts.setdefault(column, [])
                if cell.text not in words:
                    words.append(cell.text)
    return {column: ", ".join(words) for column, words in parts.items()}


def _repeated(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """Return the rows with words that were merged downwards put into each row that they span.

    A merged figure stays in its first row: it may be the sum of the rows, and is none of them.
    """
    result = [list(row) for row in rows]
    for index, row in enumerate(rows):
        for cell in row:
            if is_figure(cell.text) or len(cell.text) > _MAX_REPEATED_CHARACTERS:
                continue
            for below in result[index + 1 : index + cell.rows]:
                taken = {
                    column
                    for other in below
                    for column in range(other.column, other.column + other.columns)
                }
                if cell.column not in taken:
                    below.append(replace(cell, rows=1))
                    below.sort(key=lambda item: item.column)
    return result


def _write_rows(
    builder: TextBuilder, rows: list[list[GridCell]], header: Header, width: int
) -> None:
    section = ""
    for row in rows:
        if _is_section(row, width):
            section = " ".join(cell.text for cell in row)
            builder.row([(cell.text, "") for cell in row])
            continue
        builder.row(_with_section(row, header, section))


def _is_section(row: list[GridCell], width: int) -> bool:
    """Tell whether a row names the part of the table below it: merged across, or "II | ..."."""
    texts = [cell.text for cell in row]
    if width < 3 or sum(map(len, texts)) > _MAX_SECTION_CHARACTERS or is_figure(texts[-1]):
        return False
    if len(row) == 1:
        cell = row[0]
        return (
            cell.columns >= width
            or (cell.columns >= width - 1 and cell.is_header)
            or (cell.column <= 1 and bool(_ORDINAL_WORDS.match(cell.text)))
        )
    counted = bool(_ORDINAL.fullmatch(texts[0])) and not texts[0].strip("().").isdigit()
    return len(row) == 2 and counted and row[1].column == 1 and width > 3


def _with_section(row: list[GridCell], header: Header, section: str) -> list[tuple[str, str]]:
    """Return (text, header) of each cell; the part's name goes to the first cell of words."""
    cells = [(cell.text, header.of(cell)) for cell in row]
    if not section:
        return cells
    place = next((i for i, (text, _) in enumerate(cells) if not _ORDINAL.fullmatch(text)), 0)
    text, name = cells[place]
    cells[place] = (text, f"{section}, {name}" if name else section)
    return cells
