from pathlib import Path

import pytest

from tests.ingest.loading.support import lines, loaded_from, refusal, table


def written(folder: Path, text: str, name: str = "a.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_delimiter_and_mark_is_told(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Chỉ tiêu", "Kết quả", "Nơi làm"], ['"Hồ sơ, giấy tờ; sổ | thẻ"', '"45,5"', "Xã"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    loaded = loaded_from(written(tmp_path, text, encoding=encoding))
    assert table(loaded) == [
        [("Hồ sơ, giấy tờ; sổ | thẻ", "Chỉ tiêu"), ("45,5", "Kết quả"), ("Xã", "Nơi làm")]
    ]
    assert loaded.headings == ()
    assert loaded.notes == ()


def test_decimal_commas_do_not_part_cells(tmp_path: Path) -> None:
    text = "Tên;Năm 2023;Năm 2025\nA;1,5;2,5\nB;3,25;4\nC;7;8,125\n"
    assert table(loaded_from(written(tmp_path, text)))[1] == [
        ("B", "Tên"),
        ("3,25", "Năm 2023"),
        ("4", "Năm 2025"),
    ]


def test_the_delimiter_that_a_file_declares_is_used(tmp_path: Path) -> None:
    loaded = loaded_from(written(tmp_path, "sep=|\nTên, họ|Số\nA, B|1\n"))
    assert lines(loaded) == ["Tên, họ\tSố", "A, B\t1"]


def test_a_quoted_cell_may_hold_line_ends(tmp_path: Path) -> None:
    text = 'Tên;Việc;Số\nXã;"họp\nvà ghi sổ";2\n'
    assert table(loaded_from(written(tmp_path, text)))[0][1] == ("họp và ghi sổ", "Việc")


def test_a_tsv_file_and_a_title_above(tmp_path: Path) -> None:
    loaded = loaded_from(written(tmp_path, "Biểu 2\n\nTT\tTên\tSố\n1\tAn\t5\n", "a.tsv"))
    assert lines(loaded)[0] == "Biểu 2"
    assert table(loaded) == [[("1", "TT"), ("An", "Tên"), ("5", "Số")]]


def test_one_column_is_lines(tmp_path: Path) -> None:
    assert lines(loaded_from(written(tmp_path, "Một việc\nHai việc\n"))) == ["Một việc", "Hai việc"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "empty"),
        (";;;\n;;\n", "no filled cell"),
        ("a\0b", "binary"),
        ('a;"' + "x" * 200_000, "row"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, text: str, named: str) -> None:
    assert named in refusal(written(tmp_path, text))


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    text = 'Xã,"Số hộ\nAn,5\nBình,7\n'
    loaded = loaded_from(written(tmp_path, text))
    assert [[cell for cell, _ in row] for row in table(loaded)] == [["An", "5"], ["Bình", "7"]]
    assert [note.startswith("A quotation mark is never closed") for note in loaded.notes] == [True]
    closed = loaded_from(written(tmp_path, text.replace("Số hộ", 'Số\nhộ"')))
    assert table(closed)[0][1] == ("5", "Số hộ")
    assert closed.notes == ()
