"""Texts of our own with the rows that a reader expects of them, and how they are compared."""

import csv
import io
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import openpyxl

from ingest.documents import Description, SourceDocument, Target
from ingest.loading.loaded import LoadedFile
from ingest.reading import build_document, read_document
from ingest.settings import SplittingSettings
from ingest.splitting import split
from ingest.targets import extract_targets
from ingest.text import folded_tokens

_FOLDER = Path(__file__).parent
_DESCRIBED = {"title": "Tin của tỉnh", "date": "2024-05", "locality": "Nghệ An"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row must say; `words` must all stand in the indicator, `but` must not."""

    kind: str
    operator: str
    number: float | tuple[float, float]
    out_of: float | None
    unit: str
    year: int | None
    words: frozenset[str]
    but: frozenset[str]
    locality: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A text, or a table to write to a file, with its description and the rows expected."""

    name: str
    fields: dict[str, Any]
    rows: tuple[Expected, ...]


def read_cases(name: str) -> list[Case]:
    """Return the cases of a file of this folder."""
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    return [Case(item["name"], item, tuple(_expected(item))) for item in data["case"]]


def _expected(item: dict[str, Any]) -> Iterator[Expected]:
    owner = item.get("locality", _DESCRIBED["locality"])
    for kind, operator, number, unit, year, words, *locality in item["rows"]:
        top, _, bottom = str(number).partition("/")
        values = tuple(map(float, number)) if isinstance(number, list) else float(top)
        named = words.split()
        yield Expected(
            kind,
            operator,
            values,  # type: ignore[arg-type]
            float(bottom) if bottom else None,
            unit,
            year or None,
            frozenset(folded_tokens(" ".join(w for w in named if w[0] != "!"))),
            frozenset(folded_tokens(" ".join(w[1:] for w in named if w[0] == "!"))),
            (locality[0] if locality else owner) or None,
        )


def rows_of(case: Case, folder: Path) -> tuple[SourceDocument, list[Target]]:
    """Return the case's document and the rows pulled out of it."""
    fields = case.fields
    if "format" in fields:
        path = folder / f"a.{fields['format']}"
        _write(path, fields)
        document = read_document(path, path.name)
    else:
        document = build_document("a.txt", LoadedFile(fields["text"]))
    described = {k: fields.get(k, v) or None for k, v in _DESCRIBED.items()}
    number = fields.get("number", document.description.number)
    description = Description(document.id, **described, number=number)  # type: ignore[arg-type]
    document = replace(document, description=description)
    return document, list(extract_targets(document, split(document, SplittingSettings())))


def _write(path: Path, fields: dict[str, Any]) -> None:
    table: Sequence[Sequence[str]] = fields.get("table", ())
    if path.suffix == ".docx":
        _write_word(path, fields["title"], table)
    elif path.suffix == ".xlsx":
        _write_sheet(path, table, fields.get("merge", ()))
    elif table:
        output = io.StringIO()
        csv.writer(output).writerows(table)
        path.write_text(output.getvalue(), "utf-8")
    else:
        path.write_text(fields["text"], "utf-8")


def _write_word(path: Path, title: str, table: Sequence[Sequence[str]]) -> None:
    word = docx.Document()
    word.add_heading(title, 0)
    grid = word.add_table(rows=0, cols=len(table[0]), style="Table Grid")
    for line in table:
        for cell, words in zip(grid.add_row().cells, line, strict=True):
            cell.text = words
    word.save(str(path))


def _write_sheet(path: Path, table: Sequence[Sequence[str]], merged: Sequence[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in table:
        sheet.append([_number(words) for words in line])
    for span in merged:
        sheet.merge_cells(span)
    book.save(path)


def _number(words: str) -> float | str | None:
    """Return a plain number as a sheet holds it."""
    plain = words.replace(",", ".") if words.count(".") == 0 else ""
    return float(plain) if plain.replace(".", "", 1).isdecimal() else words or None


def differences(want: Expected, row: Target) -> list[str]:
    """Return which fields of a row are wrong, beside those that it was found by."""
    words = set(folded_tokens(row.indicator))
    wrong = {
        "operator": row.operator != want.operator,
        "out_of": row.out_of != want.out_of,
        "unit": not _alike(want.unit, row.unit or ""),
        "locality": row.locality != want.locality,
        "indicator": not want.words <= words or bool(want.but & words),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _alike(want: str, unit: str) -> bool:
    one, other = want.casefold(), unit.casefold()
    return bool(one) == bool(other) and (one in other or other in one)


def paired(
    case: Case, rows: Sequence[Target]
) -> tuple[list[tuple[Expected, Target]], list[Expected], list[Target]]:
    """Return the rows that are as expected by kind, number and year; the missing; the surplus."""
    left, pairs, missing = list(rows), [], []
    for want in case.rows:
        same = [
            row
            for row in left
            if (row.kind, row.number, row.year) == (want.kind, want.number, want.year)
        ]
        if same:
            best = min(same, key=lambda row: len(differences(want, row)))
            left.remove(best)
            pairs.append((want, best))
        else:
            missing.append(want)
    return pairs, missing, left
