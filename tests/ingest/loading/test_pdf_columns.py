from pathlib import Path

import pytest

from ingest.loading.loaded import LoadedFile
from tests.ingest.loading.support import Words, lines, loaded_from, set_paragraph, table, write_pdf

PROSE = (
    "Xã cử cán bộ đến từng nhà hướng dẫn bà con cài ứng dụng, ghi lại số hộ đã cài vào sổ theo dõi "
    "và báo cáo huyện trước ngày 25 hằng tháng."
)
LEFTS = (30, 200, 300)
HEAD = ["Chỉ tiêu", "2025", "2030"]
NOTE = "Columns of figures were read as plain lines"


def grid(
    rows: list[list[str]], top: float = 150, lefts: tuple[int, ...] = LEFTS, step: float = 18
) -> list[Words]:
    """Return cells set in columns; an empty one is left out."""
    return [
        Words(text, left, top + step * number)
        for number, row in enumerate(rows)
        for text, left in zip(row, lefts, strict=False)
        if text
    ]


def loaded_page(tmp_path: Path, *marks: list[Words]) -> LoadedFile:
    page = [mark for part in marks for mark in part]
    return loaded_from(write_pdf(tmp_path / "a.pdf", [page]))


def test_columns_of_figures_become_rows_with_their_headers(tmp_path: Path) -> None:
    rows = [HEAD, ["Hồ sơ số", "80%", "90%"], ["Lớp học", "120", "240"], ["Trạm", "1.250", "2,5"]]
    above, below = set_paragraph(PROSE, 40), set_paragraph(PROSE, 300)
    loaded = loaded_page(tmp_path, above, grid(rows), below)
    assert lines(loaded) == [PROSE, *("\t".join(row) for row in rows), PROSE]
    assert table(loaded) == [list(zip(row, HEAD, strict=True)) for row in rows[1:]]
    assert loaded.notes == ()


def test_figures_set_to_the_right_stand_under_their_header(tmp_path: Path) -> None:
    rows = [["Hồ sơ", "80%"], ["Lớp học", "120"], ["Trạm", "1.250"]]
    marks = grid([["Chỉ tiêu", "", "Kết quả"]]) + [
        Words(text, 30 if place == 0 else 340 - 6 * len(text), 170 + 18 * number)
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
    ]
    assert table(loaded_page(tmp_path, marks)) == [
        list(zip(row, ["Chỉ tiêu", "Kết quả"], strict=True)) for row in rows
    ]


def test_a_cell_over_several_lines_is_one(tmp_path: Path) -> None:
    rows = [
        ["STT", "Chỉ tiêu", "Kết quả"],
        ["1", "Tỷ lệ hồ sơ", "80%"],
        ["", "của Ủy ban"],
        ["", "nhân dân xã"],
        ["2", "Số lớp học", "120"],
        ["3", "Số trạm", "45"],
        ["", "Viễn thông"],
    ]
    loaded = loaded_page(tmp_path, grid(rows, lefts=(30, 80, 300)), set_paragraph(PROSE, 300))
    assert [[text for text, _ in row] for row in table(loaded)] == [
        ["1", "Tỷ lệ hồ sơ của Ủy ban nhân dân xã", "80%"],
        ["2", "Số lớp học", "120"],
        ["3", "Số trạm Viễn thông", "45"],
    ]
    assert lines(loaded)[-1] == PROSE


def test_a_header_over_two_lines_is_one_header(tmp_path: Path) -> None:
    rows = [
        ["Chỉ tiêu", "Thực hiện", "Kế hoạch"],
        ["", "năm trước", "năm nay"],
        ["Hồ sơ", "80%", "90%"],
        ["Lớp", "12", "24"],
    ]
    [first, _] = table(loaded_page(tmp_path, grid(rows)))
    assert first == [
        ("Hồ sơ", "Chỉ tiêu"),
        ("80%", "Thực hiện năm trước"),
        ("90%", "Kế hoạch năm nay"),
    ]


def test_a_header_over_two_columns_counts_for_both(tmp_path: Path) -> None:
    rows = [["", *HEAD[1:]], ["Hồ sơ", "80%", "90%"], ["Lớp", "12", "24"]]
    over = [Words("Chỉ tiêu", 30, 132), Words("Các mức phấn đấu", 210, 132)]
    [first, _] = table(loaded_page(tmp_path, over, grid(rows)))
    assert first == [
        ("Hồ sơ", "Chỉ tiêu"),
        ("80%", "Các mức phấn đấu, 2025"),
        ("90%", "Các mức phấn đấu, 2030"),
    ]


def test_the_name_of_a_part_is_a_row_of_its_own(tmp_path: Path) -> None:
    rows = [HEAD, ["Hồ sơ", "80%", "90%"], ["II. Kinh tế số"], ["Lớp", "12", "24"]]
    rows.append(["Trạm", "5", "7"])
    found = table(loaded_page(tmp_path, grid(rows)))
    assert found[1] == [("II. Kinh tế số", "")]
    assert found[2][0] == ("Lớp", "II. Kinh tế số, Chỉ tiêu")


def test_a_table_that_goes_on_over_the_end_of_a_page_keeps_its_header(tmp_path: Path) -> None:
    rows = [["Thôn", "Số hộ dùng mạng"], *([f"Thôn {n}", str(n * 37)] for n in range(1, 9))]
    first = grid(rows[:6], lefts=(30, 200), top=480)
    second = grid(rows[6:], lefts=(30, 214), top=60)
    path = write_pdf(tmp_path / "a.pdf", [[*set_paragraph(PROSE, 40), *first], second])
    found = table(loaded_from(path))
    assert found == [list(zip(row, rows[0], strict=True)) for row in rows[1:]]


@pytest.mark.parametrize(
    "rows",
    [
        # The figures are set in the middle of two or three lines of words.
        [
            HEAD,
            ["Tỷ lệ hồ sơ"],
            ["", "80%", "90%"],
            ["của xã"],
            ["Lớp", "12", "24"],
            ["A", "1", "2"],
        ],
        [
            HEAD,
            ["Tỷ lệ"],
            ["hồ sơ", "80%", "90%"],
            ["của xã"],
            ["Lớp", "12", "24"],
            ["A", "1", "2"],
        ],
        # A row without words, which may be the second line of figures.
        [HEAD, ["Hồ sơ", "80%", "90%"], ["", "12", "24"], ["Lớp", "5", "7"]],
    ],
)
def test_where_rows_are_doubtful_each_line_stays_and_the_page_is_noted(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    loaded = loaded_page(tmp_path, grid(rows))
    assert loaded.rows == ()
    assert lines(loaded) == [" ".join(filter(None, row)) for row in rows]
    assert [note[: len(NOTE)] for note in loaded.notes] == [NOTE]


@pytest.mark.parametrize(
    "marks",
    [
        set_paragraph(PROSE * 4, 60),
        # Two columns of text, words beside words, a letterhead, and one figure at a line's end.
        [
            *set_paragraph(PROSE, 60, left=30, right=190, size=10),
            *set_paragraph(PROSE, 60, left=210, right=370, size=10),
        ],
        grid([["Nơi nhận:", "CHỦ TỊCH"], ["- Như trên;", "Đã ký"], ["- Lưu: VT.", "Lê An"]]),
        grid([["Số: 12/KH-UBND", "Huế, ngày 5/3/2024"], ["UBND", "CỘNG HÒA"], ["XÃ", "Độc lập"]]),
        grid([["Bảng", "Số"], ["Lớp học", "12"], ["Trạm", "không rõ"]]),
    ],
)
def test_what_is_no_table_is_left_alone_and_not_noted(tmp_path: Path, marks: list[Words]) -> None:
    loaded = loaded_page(tmp_path, marks)
    assert (loaded.rows, loaded.notes) == ((), ())
