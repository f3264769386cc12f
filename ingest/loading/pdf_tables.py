"""Tables that a PDF page draws with lines: found by pdfplumber, filled with PDFium's characters."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.loading.page_lines import Character, Line, Page, Table, text_of
from ingest.loading.tables import GridCell, is_figure, is_year

_TOLERANCE = 3.0
_MIN_FILLED_SHARE = 0.4
_MAX_LOST_SHARE = 0.02

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A table or a line of columns, and the places of its characters among those of the page."""

    item: Table | Line
    characters: frozenset[int]


def find_tables(
    data: bytes, index: int, characters: Sequence[Character], legacy: str | None
) -> list[Found]:
    """Return the tables of the page at an index that lines draw, those whose text is all in cells.

    A box around text and a frame of one row or one column are no tables.
    """
    import pdfplumber

    # Its parser warns of fonts; the text is PDFium's.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(data), pages=[index + 1]) as document:
        page = document.pages[0]
        boxes = [table.cells for table in page.find_tables()]
    found = []
    for cells in boxes:
        table = _filled(cells, characters, legacy)
        if table is not None:
            found.append(table)
    return found


def _filled(
    cells: Sequence[Box], characters: Sequence[Character], legacy: str | None
) -> Found | None:
    lefts, tops = _edges([cell[0] for cell in cells]), _edges([cell[1] for cell in cells])
    if len(lefts) < 2 or len(tops) < 2:
        return None
    around = (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    held: dict[Box, list[Character]] = {cell: [] for cell in cells}
    places: set[int] = set()
    lost = 0
    current: list[Character] | None = None
    for place, character in enumerate(characters):
        if character.right <= character.left:
            # A space or line end that the reader put in belongs to what stands before it.
            if current is not None:
                current.append(character)
                places.add(place)
            continue
        current = None
        if not _is_in(character, around):
            continue
        owner = next((cell for cell in cells if _is_in(character, cell)), None)
        if owner is None:
            lost += not character.text.isspace()
            continue
        current = held[owner]
        if current and current[-1].text != "\n" and character.top > current[-1].bottom > 0:
            current.append(Character(" ", 0, 0, 0, 0))
        current.append(character)
        places.add(place)
    inked = sum(not item.text.isspace() for items in held.values() for item in items)
    filled = sum(any(not item.text.isspace() for item in items) for items in held.values())
    if not inked or lost > _MAX_LOST_SHARE * inked or filled < _MIN_FILLED_SHARE * len(cells):
        return None
    rows: list[list[GridCell]] = [[] for _ in tops]
    for cell in sorted(cells, key=lambda box: (box[1], box[0])):
        column, row = _place(cell[0], lefts), _place(cell[1], tops)
        rows[row].append(
            GridCell(
                text_of(held[cell], legacy),
                column,
                columns=max(_place(cell[2] - 2 * _TOLERANCE, lefts) - column + 1, 1),
                rows=max(_place(cell[3] - 2 * _TOLERANCE, tops) - row + 1, 1),
            )
        )
    table = Table(tuple(map(tuple, rows)), around[0], around[2], len(lefts))
    return Found(table, frozenset(places))


def _is_in(character: Character, box: Box) -> bool:
    across = (character.left + character.right) / 2
    down = (character.top + character.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _edges(values: Sequence[float]) -> list[float]:
    """Return the values without those that lie close behind another one, in order."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOLERANCE:
            found.append(value)
    return found


def _place(value: float, edges: Sequence[float]) -> int:
    """Return the index of the last edge that is not behind the value."""
    return max(sum(edge <= value + _TOLERANCE for edge in edges) - 1, 0)


def stitched(pages: Sequence[Page]) -> list[Page]:
    """Return the pages with tables that go on over a page's end put right.

    The header that a program repeats on each page is taken off, and a row that was cut in two
    becomes one again: its second half has no number of its own and no figure.
    """
    result = list(pages)
    first: Table | None = None
    for place, page in enumerate(result):
        tables = [item for item in page.items if isinstance(item, Table)]
        if not tables:
            first = None
            continue
        above = _last_table(result[place - 1]) if place else None
        if above is None or first is None or above.columns != tables[0].columns:
            first = tables[-1]
            continue
        rows = list(tables[0].rows)
        del rows[: _repeated_header(first, rows)]
        if rows and _is_cut(above.rows[-1], rows[0]):
            whole = _joined(above.rows[-1], rows.pop(0))
            result[place - 1] = _with_table(
                result[place - 1], above, replace(above, rows=(*above.rows[:-1], whole))
            )
        changed = replace(tables[0], rows=tuple(rows))
        result[place] = _with_table(page, tables[0], changed)
        first = tables[-1] if len(tables) > 1 else first
    return result


def _repeated_header(first: Table, rows: Sequence[Sequence[GridCell]]) -> int:
    """Return how many rows at the top are those of the table's own top, without figures."""
    count = 0
    for row, top in zip(rows, first.rows, strict=False):
        texts = _texts(row)
        # Years are figures, too: a header holds some words besides, in the row or above it.
        words = [text for text in texts if not is_figure(text)]
        is_years = count > 0 and all(map(is_year, texts))
        if texts != _texts(top) or (2 * len(words) < len(row) and not is_years):
            break
        count += 1
    return count if count < len(rows) else 0


def _last_table(page: Page) -> Table | None:
    """Return the table with which a page ends, whatever lines its foot has."""
    tables = [item for item in page.items if isinstance(item, Table)]
    return tables[-1] if tables else None


def _with_table(page: Page, old: Table, new: Table) -> Page:
    items: list[Line | Table] = [new if item is old else item for item in page.items]
    return replace(page, items=tuple(item for item in items if item is not new or new.rows))


def _texts(row: Sequence[GridCell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _is_cut(above: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    filled = [cell for cell in below if cell.text]
    columns = {cell.column for cell in above if cell.text}
    return (
        bool(filled)
        and bool(above)
        and filled[0].column > 0
        and all(cell.column in columns and not is_figure(cell.text) for cell in filled)
        and len(columns) > len(filled)
    )


def _joined(above: Sequence[GridCell], below: Sequence[GridCell]) -> tuple[GridCell, ...]:
    more = {cell.column: cell.text for cell in below if cell.text}
    return tuple(
        replace(cell, text=f"{cell.text} {more[cell.column]}") if cell.column in more else cell
        for cell in above
    )
