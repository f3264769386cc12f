"""Tables drawn with pipes, as Markdown has them: found in the text as it stands."""

import re
from collections.abc import Iterator

from ingest.documents import Cell, TableRow

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:[^|\\\n]|\\.)+")


def table_rows(text: str, start: int = 0) -> tuple[TableRow, ...]:
    """Return the rows of the text's pipe tables, each with its exact line and its columns' headers.

    A table is a line of cells above a rule line such as `|---|:-:|`; neither is a row.
    """
    lines = list(_lines(text, start))
    rows: list[TableRow] = []
    headers: list[str] | None = None
    for index, (left, right) in enumerate(lines):
        line = text[left:right]
        if headers is None:
            is_rule = index > 0 and "|" in line and bool(_RULE.fullmatch(line))
            above = lines[index - 1] if is_rule else (0, 0)
            if is_rule and "|" in text[slice(*above)]:
                headers = [text[slice(*span)] for span in _cell_spans(text, *above)]
        elif "|" not in line:
            headers = None
        elif not _RULE.fullmatch(line) and (row := _row(text, left, right, headers)):
            rows.append(row)
    return tuple(rows)


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _row(text: str, start: int, end: int, headers: list[str]) -> TableRow | None:
    cells = tuple(
        Cell(left, right, headers[column] if column < len(headers) else "")
        for column, (left, right) in enumerate(_cell_spans(text, start, end))
        if left < right
    )
    left, right = _stripped(text, start, end)
    return TableRow(left, right, cells) if cells else None


def _cell_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return (start, end) of each cell of a table line, in order; empty cells have no width."""
    left, right = _stripped(text, start, end)
    if text[left : left + 1] == "|":
        left += 1
    if right > left and text[right - 1] == "|" and text[right - 2 : right - 1] != "\\":
        right -= 1
    spans = []
    while left <= right:
        match = _CELL.match(text, left, right)
        stop = match.end() if match else left
        spans.append(_stripped(text, left, stop))
        left = stop + 1
    return spans


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
