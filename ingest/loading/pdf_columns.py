"""Tables that a PDF page sets in columns without drawing lines: told by what stands under what.

A run of lines is a table where the words leave the same gaps free from top to bottom and a column
after the first holds figures. Where it is doubtful which words belong to one row, the lines stay
as they are and the page is noted: a figure beside the wrong words is worse than no table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.loading.page_lines import Character, Line, Table
from ingest.loading.pdf_pieces import Piece, Row, lines_in_pieces
from ingest.loading.pdf_tables import Found
from ingest.loading.tables import GridCell, is_figure, is_ordinal

# In heights of the letters: a step from one line to the next.
_FARTHEST_STEP = 3.5
_WRAPPED_STEP = 1.6
_LEAST_ROWS = 3
_LEAST_FIGURES = 2
_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """What was found on a page: tables, and the lines of columns whose rows are doubtful."""

    tables: tuple[Found, ...] = ()
    lines: tuple[Found, ...] = ()


def find_columns(
    characters: Sequence[Character], taken: Iterable[int] = (), legacy: str | None = None
) -> Columns:
    """Return the tables that the characters of a page are set in, those `taken` left out."""
    tables: list[Found] = []
    lines: list[Found] = []
    for block in _blocks(lines_in_pieces(characters, frozenset(taken), legacy, _LEAST_ROWS)):
        cells = _cells(block)
        if cells is None:
            lines += map(_line, block)
        elif cells:
            tables.append(_table(cells))
    return Columns(tuple(tables), tuple(lines))


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of lines of which most have several pieces and some hold figures."""
    block: list[Row] = []
    for row in [*rows, None]:
        if row and block and _follows(row, block):
            block.append(row)
            continue
        while block and len(block[-1].pieces) == 1 and not _is_in_cell(block[-1], block[:-1]):
            block.pop()
        if _is_set_in_columns(block):
            yield block
        block = [row] if row and len(row.pieces) > 1 else []


def _follows(row: Row, block: Sequence[Row]) -> bool:
    """Tell whether a line is near enough, and no second line of text over all columns.

    One such line names a part of the table; a line inside one column goes on with a cell.
    """
    above = block[-1]
    if row.foot - above.foot >= _FARTHEST_STEP * row.size:
        return False
    return max(len(row.pieces), len(above.pieces)) > 1 or _is_in_cell(row, block)


def _is_in_cell(row: Row, block: Sequence[Row]) -> bool:
    """Tell whether a line of one piece stands close under one column, before the next begins."""
    columns = next(line for line in reversed(block) if len(line.pieces) > 1).pieces
    piece = row.pieces[0]
    ends = [*(column.left for column in columns[1:]), columns[-1].right + row.size]
    return row.foot - block[-1].foot < _WRAPPED_STEP * row.size and any(
        column.left - row.size < piece.left and piece.right < end
        for column, end in zip(columns, ends, strict=True)
    )


def _is_set_in_columns(block: Sequence[Row]) -> bool:
    """Tell whether figures stand under each other: enough of them to be a table's."""
    figures = [row for row in block if row.has_figures]
    return (
        sum(len(row.pieces) > 1 for row in block) >= _LEAST_ROWS and len(figures) >= _LEAST_FIGURES
    )


Cells = dict[tuple[int, int], list[Piece]]


def _cells(block: Sequence[Row]) -> list[Cells] | None:
    """Return the rows of a table as pieces by (first column, columns); None where it is doubtful.

    Without a free gap from top to bottom it is none at all: an empty list.
    """
    body = next(place for place, row in enumerate(block) if row.has_figures)
    lines = [row for row in block[body:] if len(row.pieces) > 1]
    columns = _columns(lines)
    if not 1 < len(columns) <= _MOST_COLUMNS:
        return []
    label = _label(lines, columns)
    rows: list[Cells] = []
    last: Row | None = None
    for row in block[body:]:
        placed = {_span(piece, columns): [piece] for piece in row.pieces}
        if len(placed) < len(row.pieces):
            return None
        if _begins(row, placed, label):
            rows.append(placed)
        elif last and _goes_on(row, placed, last) and placed.keys() <= rows[-1].keys():
            for key, pieces in placed.items():
                rows[-1][key] += pieces
        else:
            return None
        last = row
    return [*_header(block[:body], columns), *rows]


def _label(lines: Sequence[Row], columns: Sequence[tuple[float, float]]) -> int:
    """Return the first column of words: what the figures beside them are of."""
    for column in range(len(columns)):
        texts = [
            piece.text
            for row in lines
            for piece in row.pieces
            if _span(piece, columns)[0] == column
        ]
        if 2 * sum(is_figure(text) or is_ordinal(text) for text in texts) < len(texts):
            return column
    return 0


def _begins(row: Row, placed: Cells, label: int) -> bool:
    """Tell whether a line begins a row: it opens in the first column, with words for the figures.

    A line of one piece names a part of the table.
    """
    first = min(placed)
    if first[0] or row.pieces[0].goes_on:
        return False
    if len(placed) == 1:
        return True
    words = placed.get((label, 1))
    return words is not None and not words[0].goes_on and all(count == 1 for _, count in placed)


def _goes_on(row: Row, placed: Cells, above: Row) -> bool:
    """Tell whether a line goes on with the cells of the line above: close, and without figures."""
    if row.has_figures or row.foot - above.foot >= _WRAPPED_STEP * row.size:
        return False
    return min(placed)[0] > 0 or all(piece.goes_on for piece in row.pieces)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return the (left, right) edges of what the pieces cover, from left to right."""
    covered: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row.pieces):
        if covered and left <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], right))
        else:
            covered.append((left, right))
    return covered


def _span(piece: Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the first column that a piece stands over, and over how many: else the nearest."""
    over = [
        place
        for place, (left, right) in enumerate(columns)
        if piece.left < right and piece.right > left
    ]
    if over:
        return over[0], len(over)
    middle = (piece.left + piece.right) / 2
    gaps = [max(left - middle, middle - right) for left, right in columns]
    return gaps.index(min(gaps)), 1


def _header(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> list[Cells]:
    """Return the lines above the figures: one row, where none stands over several columns."""
    placed: list[Cells] = []
    for row in rows:
        cells: Cells = {}
        for piece in row.pieces:
            cells.setdefault(_span(piece, columns), []).append(piece)
        placed.append(cells)
    if any(count > 1 for cells in placed for _, count in cells):
        return placed
    joined: Cells = {}
    for cells in placed:
        for key, pieces in cells.items():
            joined.setdefault(key, []).extend(pieces)
    return [joined] if joined else []


def _table(cells: list[Cells]) -> Found:
    rows = [
        tuple(
            GridCell(_text(pieces), column, columns=count)
            for (column, count), pieces in sorted(row.items())
        )
        for row in cells
    ]
    pieces = [piece for row in cells for cell in row.values() for piece in cell]
    width = max(cell.column + cell.columns for row in rows for cell in row)
    covered = []
    for column in range(width):
        held = [piece for row in cells for piece in row.get((column, 1), ())]
        covered.append(_extent(held or pieces))
    table = Table(tuple(rows), *_extent(pieces), width, tuple(covered))
    return Found(table, frozenset(place for piece in pieces for place in piece.places))


def _extent(pieces: Sequence[Piece]) -> tuple[float, float]:
    return min(piece.left for piece in pieces), max(piece.right for piece in pieces)


def _line(row: Row) -> Found:
    """Return a line of print as it stands: it is never joined with the one below."""
    first, last = row.pieces[0], row.pieces[-1]
    line = Line(
        text=_text(row.pieces),
        left=first.left,
        right=last.right,
        top=row.foot - row.size,
        bottom=row.foot,
        first_word=first.right - first.left,
        space=0.2 * row.size,
        stands_alone=True,
    )
    return Found(line, frozenset(place for piece in row.pieces for place in piece.places))


def _text(pieces: Iterable[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)
