import pytest

from ingest.loading.layout import TextBuilder
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.tables import GridCell, holds_figures, is_figure, write_table
from tests.ingest.loading.support import check_layout, lines, table


def written(rows: list[list[GridCell]]) -> LoadedFile:
    builder = TextBuilder()
    write_table(builder, rows)
    loaded = builder.build(Stated(), ())
    check_layout(loaded)
    return loaded


def plain(rows: list[list[str]], *, bold: int = 0) -> list[list[GridCell]]:
    return [
        [GridCell(text, column, is_header=index < bold) for column, text in enumerate(row)]
        for index, row in enumerate(rows)
    ]


DATA = [["1", "Hồ sơ nộp qua mạng", "45,5%", "80%"], ["2", "Thôn có mạng", "", "100%"]]
HEADER = ["STT", "Chỉ tiêu", "Năm 2023", "Năm 2025"]
EXPECTED = [
    [("1", "STT"), ("Hồ sơ nộp qua mạng", "Chỉ tiêu"), ("45,5%", "Năm 2023"), ("80%", "Năm 2025")],
    [("2", "STT"), ("Thôn có mạng", "Chỉ tiêu"), ("100%", "Năm 2025")],
]


def test_rows_know_their_columns_headers_and_leave_out_empty_cells() -> None:
    loaded = written(plain([HEADER, *DATA]))
    assert table(loaded) == EXPECTED
    assert lines(loaded) == ["\t".join(filter(None, row)) for row in [HEADER, *DATA]]


def test_a_title_above_the_header_is_a_line() -> None:
    loaded = written(plain([["Biểu 1. Chỉ tiêu của xã"], ["", "Kèm theo kế hoạch"], HEADER, *DATA]))
    assert lines(loaded)[:2] == ["Biểu 1. Chỉ tiêu của xã", "Kèm theo kế hoạch"]
    assert table(loaded) == EXPECTED


@pytest.mark.parametrize(
    "numbers",
    [
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "2", "3", "4"],
        ["A", "B", "1", "2"],
        ["A", "B", "1", "2=1+1"],
        ["(1)", "(2)", "(3)", "(4)=(3)*2"],
    ],
)
def test_the_numbers_of_columns_are_no_row(numbers: list[str]) -> None:
    loaded = written(plain([HEADER, numbers, *DATA]))
    assert table(loaded) == EXPECTED
    assert "\t".join(numbers) in lines(loaded)


def test_a_row_of_small_figures_is_a_row() -> None:
    loaded = written(plain([["TT", "Xã A", "Xã B"], ["1", "2", "3"], ["2", "5", "4"]]))
    assert len(loaded.rows) == 2


def test_a_header_of_two_merged_lines() -> None:
    head = [
        [
            GridCell("STT", 0, rows=2),
            GridCell("Chỉ tiêu", 1, rows=2),
            GridCell("Kết quả", 2, columns=2),
        ],
        [GridCell("2023", 2), GridCell("2025", 3)],
    ]
    assert table(written([*head, *plain(DATA)]))[0][2:] == [
        ("45,5%", "Kết quả, 2023"),
        ("80%", "Kết quả, 2025"),
    ]


def test_a_header_typed_over_two_lines_without_merging() -> None:
    rows = [["STT", "Chỉ tiêu", "Kết quả", "", "Nơi làm"], ["", "", "2023", "2025", ""]]
    data = [["1", "Hồ sơ", "45,5%", "80%", "Xã"], ["2", "Mạng", "7", "9", "Thôn"]]
    loaded = written(plain([*rows, *data]))
    assert table(loaded)[0] == [
        ("1", "STT"),
        ("Hồ sơ", "Chỉ tiêu"),
        ("45,5%", "Kết quả, 2023"),
        ("80%", "Kết quả, 2025"),
        ("Xã", "Nơi làm"),
    ]
    assert len(loaded.rows) == 2


def test_words_merged_downwards_stand_in_each_row_and_figures_do_not() -> None:
    rows = [
        [GridCell("Trụ cột", 0), GridCell("Việc", 1), GridCell("Kinh phí", 2)],
        [GridCell("Hạ tầng", 0, rows=2), GridCell("Mạng", 1), GridCell("500", 2, rows=2)],
        [GridCell("Loa", 1)],
    ]
    assert table(written(rows)) == [
        [("Hạ tầng", "Trụ cột"), ("Mạng", "Việc"), ("500", "Kinh phí")],
        [("Hạ tầng", "Trụ cột"), ("Loa", "Việc")],
    ]


def test_a_part_of_the_table_is_named_in_the_rows_below_it() -> None:
    part = [GridCell("I. Chính quyền số", 0, columns=4)]
    loaded = written([*plain([HEADER]), part, *plain(DATA), *plain([["II", "Xã hội số"], DATA[1]])])
    assert table(loaded)[0] == [("I. Chính quyền số", "")]
    assert table(loaded)[1][1] == ("Hồ sơ nộp qua mạng", "I. Chính quyền số, Chỉ tiêu")
    assert table(loaded)[-1][1] == ("Thôn có mạng", "II Xã hội số, Chỉ tiêu")


@pytest.mark.parametrize("line", ["Đơn vị tính: triệu đồng", "(ĐVT: triệu đồng)"])
def test_the_unit_above_a_table_goes_to_its_bare_figures(line: str) -> None:
    rows = plain(
        [[line], ["STT", "Nguồn", "Năm 2025"], ["1", "Ngân sách", "1.250"], ["2", "Khác", "9%"]]
    )
    assert table(written(rows)) == [
        [("1", "STT"), ("Ngân sách", "Nguồn"), ("1.250", "Năm 2025 (triệu đồng)")],
        [("2", "STT"), ("Khác", "Nguồn"), ("9%", "Năm 2025")],
    ]


def test_a_unit_column_is_stronger_than_the_unit_above() -> None:
    rows = plain([["Đơn vị tính: hồ sơ"], ["Tên", "Đơn vị", "Số"], ["A", "lượt", "12"]])
    assert table(written(rows))[0][2] == ("12", "Số")


def test_an_empty_row_parts_tables_and_the_second_has_its_own_header() -> None:
    rows = [["TT", "Xã", "Hồ sơ"], ["1", "An", "12"], [""], ["TT", "Thôn", "Loa"], ["1", "Hạ", "3"]]
    assert table(written(plain(rows))) == [
        [("1", "TT"), ("An", "Xã"), ("12", "Hồ sơ")],
        [("1", "TT"), ("Hạ", "Thôn"), ("3", "Loa")],
    ]


def test_rows_behind_a_gap_keep_the_header_above() -> None:
    rows = [["TT", "Xã", "Hồ sơ"], ["1", "An", "12"], [""], ["2", "Hạ", "3"]]
    assert table(written(plain(rows)))[1] == [("2", "TT"), ("Hạ", "Xã"), ("3", "Hồ sơ")]


def test_names_and_values_have_no_header() -> None:
    rows = [["Số hiệu", "12/KH-UBND"], ["Người ký", "Chủ tịch xã"]]
    assert table(written(plain(rows)))[0] == [("Số hiệu", ""), ("12/KH-UBND", "")]


def test_a_marked_header_is_one_over_words_alone() -> None:
    rows = [["Thuộc tính", "Nội dung"], ["Số hiệu", "12/KH-UBND"]]
    assert table(written(plain(rows, bold=1))) == [
        [("Số hiệu", "Thuộc tính"), ("12/KH-UBND", "Nội dung")]
    ]


def test_a_cell_of_several_lines_is_one_line() -> None:
    loaded = written(plain([["TT", "Tên"], ["1", "Phòng\nVăn hóa\tThông tin\u00a0 xã"]]))
    assert table(loaded)[0][1] == ("Phòng Văn hóa Thông tin xã", "Tên")


@pytest.mark.parametrize("rows", [[], [[""]], [["", ""], [""]]])
def test_an_empty_table_writes_nothing(rows: list[list[str]]) -> None:
    assert TextBuilder().build(Stated(), ()).text == ""
    builder = TextBuilder()
    write_table(builder, plain(rows))
    assert builder.offset == 0


@pytest.mark.parametrize(
    "text", ["45,5%", "1.234", "24/63", "- 12", "> 80%", "≥ 3", "1.250 tỷ", "(5)", "2 - 3"]
)
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "Xã", "12/KH-UBND", "3 xã", "-", "Năm 2025", "%"])
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_a_second_header_right_below_the_rows_ends_the_first() -> None:
    second = [["STT", "Xã", "Năm 2025", "Năm 2027"], ["1", "An", "21", "25"]]
    loaded = written(plain([HEADER, *DATA, *second]))
    assert table(loaded) == [
        *EXPECTED,
        [("1", "STT"), ("An", "Xã"), ("21", "Năm 2025"), ("25", "Năm 2027")],
    ]


def test_a_table_that_goes_on_may_begin_anew() -> None:
    builder = TextBuilder()
    header = write_table(builder, plain([HEADER, *DATA]))
    write_table(builder, plain([["STT", "Xã", "Năm 2025", "Năm 2027"], DATA[0]]), header)
    rows = table(builder.build(Stated(), ()))
    assert rows[-1][2:] == [("45,5%", "Năm 2025"), ("80%", "Năm 2027")]


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        ([["Xã", "Hộ"], ["An", "12"], ["Hạ", "7"]], True),
        ([["ỦY BAN NHÂN DÂN", "CỘNG HÒA"], ["Số: 12/KH", "An, ngày 1"]], False),
        ([["Nơi nhận", "CHỦ TỊCH"], ["1", "Lê Văn A"], ["2", ""]], False),
    ],
)
def test_columns_of_figures_tell_a_table(rows: list[list[str]], holds: bool) -> None:
    assert holds_figures(rows) is holds
