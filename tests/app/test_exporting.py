"""What a program or a spreadsheet gets of the registry's rows."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl

from app.exporting import FIELDS, as_csv, as_json, as_table, write_xlsx
from tests.app.test_lookup import ROWS, row

HOSTILE = row(indicator='=HYPERLINK("http://x")', quote="dòng một\ndòng hai; “trích”, 30%")


def test_json_has_the_fields_of_the_contract_in_order() -> None:
    first, *_, last = json.loads(as_json(ROWS))
    assert tuple(first) == FIELDS
    assert first["number"] == 30.0
    assert first["locality"] == "Hà Nội"
    assert last["number"] == [2.0, 3.0]
    assert json.loads(as_json([])) == []


def test_csv_comes_back_whole_and_runs_nothing() -> None:
    text = as_csv([HOSTILE, *ROWS])
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(ROWS) + 1
    assert rows[0]["indicator"] == "'" + HOSTILE.indicator
    assert rows[0]["quote"] == HOSTILE.quote
    assert rows[0]["operator"] == "="
    assert rows[-1]["number"] == "2 - 3"


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "chi-tieu.xlsx"
    write_xlsx([HOSTILE, replace(ROWS[0], quote="có \x0b dấu lạ"), ROWS[4]], path)
    sheet = openpyxl.load_workbook(path).active
    head, hostile, strange, span = sheet.iter_rows(values_only=True)
    assert head == FIELDS
    assert dict(zip(head, hostile, strict=True))["indicator"] == HOSTILE.indicator
    assert sheet.cell(2, FIELDS.index("indicator") + 1).data_type == "s"
    assert sheet.cell(2, FIELDS.index("operator") + 1).data_type == "s"
    assert dict(zip(head, strange, strict=True))["quote"] == "có  dấu lạ"
    assert dict(zip(head, strange, strict=True))["number"] == 30
    assert dict(zip(head, span, strict=True))["number"] == "2 - 3"


def test_the_table_shows_operators_and_shortens_long_names() -> None:
    text = as_table([row(operator=">=", indicator="tỷ lệ " * 40)])
    head, line, count = text.splitlines()
    assert head.startswith("kind")
    assert ">= 30%" in line
    assert "…" in line
    assert count == "1 rows"
