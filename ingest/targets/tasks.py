"""Rows of tables that hold sentences: tasks and products, each with its deadline and its body.

Every cell is read as a sentence of its own; what its neighbours say of the whole row goes with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.documents import Cell, TableRow, TargetKind
from ingest.targets.columns import (
    AIM,
    BODY_HEADER,
    COUNTER,
    DEADLINE,
    REACHED,
    SKIPPED,
    UNIT,
    deadline_of,
    is_task_column,
    line,
    responsible_of,
)
from ingest.targets.years import last_year

_WORDS = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A cell that holds a sentence, and what its row and column say of its figures."""

    cell: Cell
    kind: TargetKind | None
    year: int | None
    responsible: str | None


def tasks_of(text: str, row: TableRow) -> Iterator[Task]:
    """Yield the cells of a row that hold sentences, in the order of the text."""
    words = {cell: line(text[cell.start : cell.end]) for cell in row.cells}
    headers = {cell: line(cell.header) for cell in row.cells}
    year = deadline_of(words, headers)
    planned = any(DEADLINE.search(header) for header in headers.values())
    responsible = responsible_of(words, headers)
    for cell in row.cells:
        header = headers[cell]
        if _tells(header, words[cell]):
            own = last_year(header) if header else None
            yield Task(cell, _kind(header, planned), year if own is None else own, responsible)


def _tells(header: str, words: str) -> bool:
    if len(_WORDS.findall(words)) < _FEWEST_WORDS or COUNTER.fullmatch(header):
        return False
    return not (SKIPPED.search(header) or UNIT.match(header) or BODY_HEADER.search(header))


def _kind(header: str, planned: bool) -> TargetKind | None:
    """Return what a column of sentences speaks of: what has a deadline is still to be done."""
    aim, reached = AIM.search(header), REACHED.search(header)
    if planned and is_task_column(header):
        return "target"
    if bool(aim) != bool(reached):
        return "target" if aim else "result"
    return None
