"""Rows of the target registry as a text table, JSON, CSV and XLSX."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from app.comparing import vietnamese
from ingest.documents import Target

# The fields of a row and their order; other programs read them.
FIELDS = (
    "kind", "indicator", "operator", "value", "number", "out_of", "unit", "year", "year_basis",
    "locality", "boundary", "pillar", "responsible", "source_document", "document",
    "document_date", "quote", "start", "end",
)  # fmt: skip
# A spreadsheet would take a text that begins so for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_TEXT_FIELDS = ("indicator", "value", "quote")
_WIDTHS = {"kind": 6, "indicator": 56, "value": 22, "year": 4, "locality": 16}


def as_records(rows: Sequence[Target]) -> list[dict[str, Any]]:
    """Return the rows as JSON values, in the order of FIELDS."""
    records = []
    for row in rows:
        values = asdict(row)
        records.append({name: values[name] for name in FIELDS})
    return records


def as_json(rows: Sequence[Target]) -> str:
    """Return a JSON list."""
    return json.dumps(as_records(rows), ensure_ascii=False, indent=2)


def as_table(rows: Sequence[Target]) -> str:
    """Return one line per row for a terminal, long texts shortened, and how many there are."""
    head = {name: name for name in _WIDTHS}
    lines = [_line(head)]
    for row in rows:
        sign = "" if row.operator == "=" else f"{row.operator} "
        shown = {name: getattr(row, name) for name in _WIDTHS} | {"value": f"{sign}{row.value}"}
        lines.append(_line(shown))
    return "\n".join([*lines, f"{len(rows)} rows"])


def _line(values: dict[str, Any]) -> str:
    cells = []
    for name, width in _WIDTHS.items():
        text = "-" if values[name] is None else str(values[name])
        cells.append((text if len(text) <= width else f"{text[: width - 1]}…").ljust(width))
    return "  ".join(cells).rstrip()


def as_csv(rows: Sequence[Target]) -> str:
    """Return CSV with a byte-order mark, by which spreadsheets know that it is UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(FIELDS)
    for record in as_records(rows):
        writer.writerow([_cell(name, value) for name, value in record.items()])
    return "\ufeff" + written.getvalue()


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return " - ".join(map(vietnamese, value))
    if isinstance(value, str) and name != "operator" and value.startswith(_FORMULA_SIGNS):
        return f"'{value}"
    return value


def write_xlsx(rows: Sequence[Target], path: Path | IO[bytes]) -> None:
    """Write a workbook with one sheet: a head that stays in sight and can be filtered by."""
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Chỉ tiêu"
    sheet.append(FIELDS)
    for number, record in enumerate(as_records(rows), start=2):
        for column, (name, value) in enumerate(record.items(), start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str | tuple):
                text = _cell(name, value) if isinstance(value, tuple) else value
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                cell.data_type = "s"  # Text, also where it begins like a formula.
            else:
                cell.value = value
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, name in enumerate(FIELDS):
        letter = openpyxl.utils.get_column_letter(column + 1)
        sheet.column_dimensions[letter].width = 60 if name in _TEXT_FIELDS else 16
    book.save(path)
