"""CSV and TSV files: the delimiter is told by what cuts the rows alike."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Literal

from ingest.errors import DocumentError
from ingest.loading.encodings import read_text
from ingest.loading.layout import TextBuilder
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.tables import GridCell, write_table

_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_ROWS = 200
_DECLARED = "sep="
_OPEN_QUOTE = "A quotation mark is never closed: all of them were read as text; check the cells."


def load_delimited(path: Path) -> LoadedFile:
    """Return a CSV or TSV file; raise DocumentError where it is no text or has no rows."""
    decoded = read_text(path)
    text = decoded.text
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"')
    if declared.casefold().startswith(_DECLARED) and len(declared) == len(_DECLARED) + 1:
        text, delimiter = rest, declared[-1]
    else:
        delimiter = _delimiter(text)
    notes = decoded.notes
    if _leaves_quote_open(text, delimiter):
        rows = _parsed(text, delimiter, quoting=csv.QUOTE_NONE)
        notes = (*notes, _OPEN_QUOTE)
    else:
        rows = _parsed(text, delimiter)
    builder = TextBuilder()
    write_table(
        builder,
        [[GridCell(cell, column) for column, cell in enumerate(row)] for row in rows],
    )
    loaded = builder.build(Stated(), notes, headings_are_all=True)
    if not loaded.text:
        raise DocumentError("The file holds no filled cell: there is nothing to ingest.")
    return loaded


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, more than one.

    A comma inside figures (12,5) or words cuts some rows only, so it loses against what parts
    every row.
    """

    def alike(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in _parsed(text, delimiter, _SAMPLE_ROWS) if any(row))
        parted = {width: count for width, count in widths.items() if width > 1}
        if not parted:
            return 0.0, 0
        width = max(parted, key=lambda key: (parted[key], key))
        return parted[width] / sum(widths.values()), width

    return max(_DELIMITERS, key=alike)


def _leaves_quote_open(text: str, delimiter: str) -> bool:
    """Tell whether a quotation mark is never closed: all that follows would be one cell."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _parsed(
    text: str, delimiter: str, limit: int | None = None, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
) -> list[list[str]]:
    rows: list[list[str]] = []
    lines = io.StringIO(text, newline="")
    try:
        for row in csv.reader(lines, delimiter=delimiter, quoting=quoting):
            rows.append(row)
            if limit and len(rows) >= limit:
                break
    except csv.Error as error:
        raise DocumentError(
            f"The file is no table of cells (row {len(rows) + 1}: {error}): check its quotes."
        ) from error
    return rows
