"""XLSX files: each sheet's rows as an official sees them, with the headers of their columns."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import DocumentError
from ingest.loading.containers import check_office_zip
from ingest.loading.encodings import convert, detect_legacy, font_encoding, guess_note, read_bytes
from ingest.loading.layout import LOOKED_BACK, TextBuilder, one_line, raised
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.number_formats import display
from ingest.loading.tables import GridCell, write_table

_MAX_CELLS = 1_000_000
_TITLE_WORDS = 3
_MOST_TITLE_WORDS = 40
_DEFAULT_NAME = re.compile(
    r"(?:sheet|trang tính|trang_tính|bảng tính|tabelle|feuil)\s*_?\d*", re.IGNORECASE
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_GENERAL = "General"


def load_xlsx(path: Path) -> LoadedFile:
    """Return an XLSX file; raise DocumentError where it is damaged, protected or empty.

    Hidden sheets, rows and columns are left out, as no reader sees them; formulas show the value
    that was last stored.
    """
    data = read_bytes(path)
    check_office_zip(data, "xl/workbook.xml", "XLSX")
    book = _open(data, values=True)
    builder = TextBuilder()
    notes: list[str] = []
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if hidden := len(book.worksheets) - len(sheets):
        notes.append(f"Hidden sheets were left out: {hidden}.")
    legacy = _legacy_encoding(sheets)
    if legacy:
        notes.append(guess_note(legacy))
    named = len(sheets) > 1
    title = None
    if struck := sum(bool(cell.font.strike) for sheet in sheets for cell in _filled(sheet)):
        notes.append(f"Cells that are struck out were left out: {struck}.")
    for sheet in sheets:
        rows, left_out = _rows(sheet, legacy)
        title = title or _title(rows)
        if left_out:
            notes.append(
                f"Hidden rows and columns of sheet {sheet.title!r} were left out: {left_out}."
            )
        if rows and (named or not _DEFAULT_NAME.fullmatch(sheet.title.strip())):
            builder.heading(sheet.title, 1)
        write_table(builder, rows)
    if unknown := _formulas_without_value(data, book):
        notes.append(
            f"Formulas without a stored value were left out ({unknown}): open the file in a "
            "spreadsheet program and save it."
        )
    loaded = builder.build(Stated(title=title), notes, headings_are_all=True)
    if not builder.rows and not loaded.text:
        raise DocumentError("The file holds no filled cell: there is nothing to ingest.")
    return loaded


def _open(data: bytes, *, values: bool) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        # Extensions that openpyxl does not know (data validation, slicers) hold no cell's text.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, rich_text=True)


def _rows(sheet: Any, legacy: str | None) -> tuple[list[list[GridCell]], int]:
    """Return the sheet's visible cells row by row, and how many rows and columns are hidden."""
    merged = {
        (area.min_row, area.min_col): (
            area.max_row - area.min_row + 1,
            area.max_col - area.min_col + 1,
        )
        for area in sheet.merged_cells.ranges
    }
    hidden_columns = _hidden_columns(sheet)
    used = {cell.column for cell in _filled(sheet)}
    rows: list[list[GridCell]] = []
    hidden = len(used & hidden_columns)
    last = 0
    for number, cells in _filled_rows(sheet):
        if sheet.row_dimensions[number].hidden:
            hidden += 1
            continue
        # One empty row stands for a gap of any height; it parts two tables.
        if rows and number > last + 1 and not _is_covered(merged, last, number):
            rows.append([])
        last = number
        line = []
        for cell in cells:
            if cell.column in hidden_columns or cell.font.strike:
                continue
            height, width = merged.get((cell.row, cell.column), (1, 1))
            line.append(
                GridCell(_shown(cell, legacy), cell.column - 1, width, height, bool(cell.font.b))
            )
        rows.append(line)
    return rows, hidden


def _title(rows: list[list[GridCell]]) -> str | None:
    """Return the words that are merged over the table below them, as a sheet's title is."""
    if len(rows) < 2 or len(rows[0]) != 1:
        return None
    cell = rows[0][0]
    words = one_line(cell.text)
    below = any(len(row) > 1 for row in rows[1:])
    is_title = (
        cell.columns > 1 and below and _TITLE_WORDS <= len(words.split()) <= _MOST_TITLE_WORDS
    )
    return words if is_title else None


def _is_covered(merged: dict[tuple[int, int], tuple[int, int]], last: int, number: int) -> bool:
    """Tell whether a merged cell reaches over the empty rows between two filled ones."""
    return any(
        row <= last and row + height > number - 1 for (row, _), (height, _) in merged.items()
    )


def _filled_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    line: list[Any] = []
    for cell in _filled(sheet):
        if line and cell.row != line[0].row:
            yield line[0].row, line
            line = []
        line.append(cell)
    if line:
        yield line[0].row, line


def _filled(sheet: Any) -> Iterator[Any]:
    """Yield the cells that hold a value, row by row; the area between them is never walked."""
    stored = sheet._cells
    if len(stored) > _MAX_CELLS:
        raise DocumentError(
            f"Sheet {sheet.title!r} holds more than {_MAX_CELLS:,} cells: it is not read; "
            "save the part that matters as a file of its own."
        )
    for place in sorted(stored):
        if stored[place].value not in (None, ""):
            yield stored[place]


def _hidden_columns(sheet: Any) -> set[int]:
    from openpyxl.utils import column_index_from_string

    hidden: set[int] = set()
    for key, dimension in sheet.column_dimensions.items():
        if dimension.hidden:
            first = dimension.min or column_index_from_string(key)
            hidden.update(range(first, (dimension.max or first) + 1))
    return hidden


def _value(cell: Any) -> Any:
    """Return a cell's value, one of several fonts as text: raised notes told apart, none struck."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(cell.value, CellRichText):
        return cell.value
    text = ""
    for part in cell.value:
        if isinstance(part, TextBlock):
            if part.font.strike:
                continue
            is_raised = part.font.vertAlign == "superscript"
            text += raised(part.text, text[-LOOKED_BACK:]) if is_raised else part.text
        else:
            text += part
    return text


def _shown(cell: Any, legacy: str | None) -> str:
    value = _value(cell)
    text = display(value, cell.number_format or _GENERAL)
    if not isinstance(value, str):
        return text
    encoding = font_encoding(cell.font.name or "") or legacy
    return convert(text, encoding) if encoding else text


def _legacy_encoding(sheets: list[Any]) -> str | None:
    """Return the encoding that the letters of all words in fonts without one tell."""
    words = [
        value
        for sheet in sheets
        for cell in _filled(sheet)
        if isinstance(value := _value(cell), str) and not font_encoding(cell.font.name or "")
    ]
    return detect_legacy("\n".join(words))


def _formulas_without_value(data: bytes, book: Any) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return 0
    formulas = _open(data, values=False)
    return sum(
        cell.data_type == "f" and sheet.cell(cell.row, cell.column).value is None
        for sheet, written in zip(book.worksheets, formulas.worksheets, strict=True)
        for cell in _filled(written)
    )
