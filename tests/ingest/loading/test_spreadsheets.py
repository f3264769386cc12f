import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.ingest.loading.support import lines, loaded_from, refusal, table


def saved(path: Path, fill: Any) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    book.save(path)
    return path


def put(sheet: Any, rows: list[list[Any]], top: int = 1) -> None:
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)


def target_sheet(book: Any) -> None:
    sheet = book.active
    sheet.title = "Chỉ tiêu xã"
    put(sheet, [["BIỂU GIAO CHỈ TIÊU"], [], ["STT", "Chỉ tiêu", "Trụ cột", "Kết quả", None, "Hạn"]])
    put(sheet, [[None, None, None, 2023, 2025]], 4)
    put(sheet, [["I. Chính quyền số"]], 5)
    put(sheet, [[1, "Hồ sơ qua mạng", "Chính quyền", 0.455, 0.8, datetime.date(2025, 12, 31)]], 6)
    put(sheet, [[2, "Báo cáo\nsố", None, 1, 12.5]], 7)
    for area in ("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "A5:F5", "C6:C7"):
        sheet.merge_cells(area)
    for row in sheet["D6:E7"]:
        for cell in row:
            cell.number_format = "0.0%"
    sheet["F6"].number_format = "dd/mm/yyyy"


def test_a_sheet_is_read_as_it_shows(tmp_path: Path) -> None:
    loaded = loaded_from(saved(tmp_path / "a.xlsx", target_sheet))
    assert lines(loaded) == [
        "Chỉ tiêu xã",
        "BIỂU GIAO CHỈ TIÊU",
        "STT\tChỉ tiêu\tTrụ cột\tKết quả\tHạn",
        "2023\t2025",
        "I. Chính quyền số",
        "1\tHồ sơ qua mạng\tChính quyền\t45,5%\t80,0%\t31/12/2025",
        "2\tBáo cáo số\tChính quyền\t100,0%\t1250,0%",
    ]
    assert table(loaded)[1] == [
        ("1", "STT"),
        ("Hồ sơ qua mạng", "I. Chính quyền số, Chỉ tiêu"),
        ("Chính quyền", "Trụ cột"),
        ("45,5%", "Kết quả, 2023"),
        ("80,0%", "Kết quả, 2025"),
        ("31/12/2025", "Hạn"),
    ]
    assert [heading.text for heading in loaded.headings or ()] == ["Chỉ tiêu xã"]


def test_words_merged_over_a_table_are_the_title(tmp_path: Path) -> None:
    loaded = loaded_from(saved(tmp_path / "a.xlsx", target_sheet))
    assert loaded.stated.title == "BIỂU GIAO CHỈ TIÊU"
    rows = [["Xã", 2023, 2025], ["An", 1, 2]]
    plain = loaded_from(saved(tmp_path / "b.xlsx", lambda book: put(book.active, rows)))
    assert plain.stated.title is None


def test_each_of_several_sheets_has_its_name_as_heading(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["Tên", "Số"], ["An", 1]])
        put(book.create_sheet("Kinh phí"), [["Tên", "Số"], ["Hạ", 2]])
        book.create_sheet("Trống")

    loaded = loaded_from(saved(tmp_path / "a.xlsx", fill))
    assert [heading.text for heading in loaded.headings or ()] == ["Sheet", "Kinh phí"]
    assert [row[0] for row in table(loaded)] == [("An", "Tên"), ("Hạ", "Tên")]


def test_one_sheet_with_the_programs_own_name_has_no_heading(tmp_path: Path) -> None:
    loaded = loaded_from(
        saved(tmp_path / "a.xlsx", lambda book: put(book.active, [["Tên"], ["An"]]))
    )
    assert loaded.headings == ()
    assert lines(loaded) == ["Tên", "An"]


def test_what_is_hidden_is_left_out_and_noted(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, [["Tên", "Nháp", "Số"], ["An", "x", 1], ["Ẩn", "x", 2], ["Hạ", "x", 3]])
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        put(book.create_sheet("Nháp"), [["bí mật"]])
        book["Nháp"].sheet_state = "hidden"

    loaded = loaded_from(saved(tmp_path / "a.xlsx", fill))
    assert lines(loaded) == ["Tên\tSố", "An\t1", "Hạ\t3"]
    assert loaded.notes == (
        "Hidden sheets were left out: 1.",
        "Hidden rows and columns of sheet 'Sheet' were left out: 2.",
    )


def test_a_formula_without_its_value_is_noted(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["Tên", "Số"], ["An", 1], ["Cộng", "=B2*2"]])

    loaded = loaded_from(saved(tmp_path / "a.xlsx", fill))
    assert lines(loaded)[-1] == "Cộng"
    assert "(1)" in loaded.notes[0]
    assert "save it" in loaded.notes[0]


def test_a_formula_shows_its_stored_value(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        lambda book: put(book.active, [["Tên", "Số"], ["An", 1], ["Cộng", "=B2*2"]]),
    )
    replaced = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(replaced, "w") as new:
        for entry in old.infolist():
            data = old.read(entry).replace(b"<f>B2*2</f><v />", b"<f>B2*2</f><v>2</v>")
            data = data.replace(b"<f>B2*2</f><v></v>", b"<f>B2*2</f><v>2</v>")
            new.writestr(entry, data)
    path.write_bytes(replaced.getvalue())
    loaded = loaded_from(path)
    assert lines(loaded)[-1] == "Cộng\t2"
    assert loaded.notes == ()


def test_two_tables_with_a_gap_have_headers_of_their_own(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["TT", "Xã", "Hồ sơ"], [1, "An", 12]])
        put(book.active, [["Phụ biểu"], ["TT", "Thôn", "Loa"], [1, "Hạ", 3]], top=9)

    loaded = loaded_from(saved(tmp_path / "a.xlsx", fill))
    assert table(loaded)[1] == [("1", "TT"), ("Hạ", "Thôn"), ("3", "Loa")]
    assert "Phụ biểu" in lines(loaded)


def test_a_cell_in_the_last_corner_is_no_burden(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["Tên", "Số"], ["An", 1]])
        book.active["XFD1048576"] = "xa"

    assert lines(loaded_from(saved(tmp_path / "a.xlsx", fill)))[-1] == "xa"


def test_cells_of_legacy_fonts_are_read_as_they_show(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["Tªn x·", "Số"], ["Hoµ B×nh", 1]])
        for place in ("A1", "A2"):
            book.active[place].font = Font(name=".VnTime")

    assert table(loaded_from(saved(tmp_path / "a.xlsx", fill))) == [
        [("Hoà Bình", "Tên xã"), ("1", "Số")]
    ]


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(210):
                part.write(bytes(1 << 20))


def encrypted(path: Path) -> None:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"%PDF-1.7 ..."), "its content is PDF"),
        (lambda path: path.write_bytes(b"Ten,So\n1,2\n"), "no XLSX file"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
            "old Office",
        ),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(100)), "damaged"),
        (encrypted, "password"),
        (bomb, "200 MiB"),
        (lambda path: saved(path, lambda book: None), "no filled cell"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, make: Any, named: str) -> None:
    path = tmp_path / "a.xlsx"
    make(path)
    assert named in refusal(path)


def test_a_cell_of_several_fonts_keeps_its_figure(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
        book.active.append(["Chỉ tiêu", "Kết quả", "Diện tích"])
        book.active.append(["Hồ sơ"])
        book.active["B2"] = CellRichText("80", TextBlock(raised, "1"), "%")
        book.active["C2"] = CellRichText(TextBlock(struck, "7"), "12 km", TextBlock(raised, "2"))

    [row] = table(loaded_from(saved(tmp_path / "a.xlsx", fill)))
    assert [text for text, _ in row] == ["Hồ sơ", "80¹%", "12 km2"]


def test_a_cell_that_is_struck_out_is_left_out_and_noted(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["Chỉ tiêu", "Cũ", "Mới"], ["Hồ sơ", 70, 85]])
        book.active["B2"].font = Font(strike=True)

    loaded = loaded_from(saved(tmp_path / "a.xlsx", fill))
    assert table(loaded) == [[("Hồ sơ", "Chỉ tiêu"), ("85", "Mới")]]
    assert loaded.notes == ("Cells that are struck out were left out: 1.",)
