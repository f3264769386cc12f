from pathlib import Path

import pytest

from ingest.documents import LegalReference
from ingest.errors import DocumentError
from ingest.loading.loaded import Stated
from ingest.loading.markdown import read_front_matter, stated_in
from ingest.loading.pipe_tables import table_rows
from tests.ingest.loading.support import loaded_from, table


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        stated_in(read_front_matter(text).values)
    message = str(caught.value)
    assert "\n" not in message
    assert "front matter" in message
    return message


def test_front_matter_is_read_and_the_body_begins_behind_it() -> None:
    text = "---\ntitle: Tên\nlạ: 1\n---\n\n# Đề án\nThân bài"
    front = read_front_matter(text)
    assert front.values == {"title": "Tên", "lạ": 1}
    assert text[front.body_start :] == "\n# Đề án\nThân bài"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("--- \ntitle: a\n---\t\nThân", "Thân"),
        ("---\ntitle: a\n---", ""),
        ("---\ntitle: a\n---\nThân\n---\nsau", "Thân\n---\nsau"),
        ("---\n'locality': Huế\n---\nThân", "Thân"),
    ],
)
def test_the_body_begins_behind_the_front_matter(text: str, body: str) -> None:
    assert text[read_front_matter(text).body_start :] == body


@pytest.mark.parametrize(
    "text",
    [
        "# Đề án\nThân",
        "Thân\n---\ntitle: a\n---\n",
        "---\ntitle: a\nThân bài không có dòng đóng",
        "----\ntitle: a\n----\n",
        "---\n---\nThân",
        "---\n\n---\nThân",
        "---\nMột đoạn mở đầu giữa hai đường kẻ.\n---\nThân",
        "---\nGhi chú: nộp trước ngày 5.\n---\nThân",
        "---\n- một\n- hai\n---\nThân",
    ],
)
def test_a_text_that_states_nothing_loses_nothing(text: str) -> None:
    front = read_front_matter(text)
    assert front.body_start == 0
    assert front.values == {}


def test_all_that_the_front_matter_states_is_taken() -> None:
    text = """---
kind: digest
source_file: goc.txt
title: Kế hoạch dữ liệu
number: 3/KH-UBND
publisher: Báo Xã
author: An
date: 2024-05-06
date_basis: inferred
effective_date: 2024-06
locality: Cà Mau
legal_documents:
  - number: 12/KH-UBND
    kind: Kế hoạch
    date: 2024-05-01
    issuer: UBND tỉnh
  - number: 57-NQ/TW
replaces: 1/KH-UBND
replaced_by: [4/KH-UBND, 5/KH-UBND]
---
Thân
"""
    assert stated_in(read_front_matter(text).values) == Stated(
        title="Kế hoạch dữ liệu",
        kind="digest",
        source_file="goc.txt",
        number="3/KH-UBND",
        publisher="Báo Xã",
        author="An",
        date="2024-05-06",
        date_basis="inferred",
        effective_date="2024-06",
        locality="Cà Mau",
        legal_documents=(
            LegalReference("12/KH-UBND", "Kế hoạch", "2024-05-01", "UBND tỉnh"),
            LegalReference("57-NQ/TW"),
        ),
        replaces=("1/KH-UBND",),
        replaced_by=("4/KH-UBND", "5/KH-UBND"),
    )


def test_what_the_front_matter_leaves_out_is_not_stated() -> None:
    assert stated_in({}) == Stated()
    assert stated_in({"title": "  ", "date": None, "legal_documents": []}) == Stated()


def test_a_stated_date_is_stated_unless_it_says_otherwise() -> None:
    assert stated_in({"date": "2024-05"}).date_basis == "stated"
    assert stated_in({"date": "2024-05", "date_basis": "x"}).date_basis == "stated"


@pytest.mark.parametrize("date", ["2024", "2024-05", "2024-05-06"])
def test_a_date_may_be_shortened(date: str) -> None:
    assert stated_in(read_front_matter(f"---\ndate: {date}\n---\nThân").values).date == date


@pytest.mark.parametrize("kind", ["original", "khác", None])
def test_only_a_digest_is_a_digest(kind: str | None) -> None:
    assert stated_in({"kind": kind}).kind == "original"


@pytest.mark.parametrize(
    ("front", "named"),
    [
        ("title: [a", "YAML"),
        ("title: 'a", "YAML"),
        ("\ttitle: a", "YAML"),
        ("title: b: c", "YAML"),
        ("date: 2024-13-45", "YAML"),
        ("title: !!python/object:os.system x", "YAML"),
        ("title: " + "[" * 1000, "YAML"),
        ("- một\ntitle:", "YAML"),
        ("date: 6/5/2024", "'6/5/2024'"),
        ("date: 2024-5-6", "'2024-5-6'"),
        ("legal_documents: 12/KH-UBND", "legal_documents"),
        ("legal_documents: [12/KH-UBND]", "legal_documents"),
        ("legal_documents: {number: 12/KH-UBND}", "legal_documents"),
    ],
)
def test_broken_front_matter_is_refused_in_one_sentence(front: str, named: str) -> None:
    assert named in refusal(f"---\n{front}\n---\nThân")


TABLE = """Bảng chỉ tiêu:

| STT | Chỉ tiêu   | Năm 2025 |
|-----|:----------:|---------:|
| 1   | Hồ sơ mạng | 80%      |
| 2   |            | a \\| b  |

Sau bảng.
"""


def test_rows_of_a_pipe_table_keep_their_line_and_know_their_headers(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TABLE, encoding="utf-8")
    loaded = loaded_from(path)
    assert loaded.text == TABLE
    assert table(loaded) == [
        [("1", "STT"), ("Hồ sơ mạng", "Chỉ tiêu"), ("80%", "Năm 2025")],
        [("2", "STT"), ("a \\| b", "Năm 2025")],
    ]
    assert [loaded.text[row.start : row.end] for row in loaded.rows] == TABLE.split("\n")[4:6]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a | b\n--|--\n1 | 2", [["1", "2"]]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n|---|---|\n| 3 | 4 |", [["1", "2"], ["3", "4"]]),
        ("| a |\n|---|\n| 1 |\nxong", [["1"]]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", [["1", "2", "3"]]),
        ("một | hai\nba | bốn", []),
        ("Tiêu đề\n---\nThân | bài", []),
        ("|---|---|\n| 1 | 2 |", []),
        ("", []),
    ],
)
def test_what_is_a_pipe_table(text: str, rows: list[list[str]]) -> None:
    found = table_rows(text)
    assert [[text[cell.start : cell.end] for cell in row.cells] for row in found] == rows


def test_soft_line_ends_of_markdown_are_joined(tmp_path: Path) -> None:
    text = (
        "# Tiêu đề\n\nPhòng đã phối hợp với các xã để rà soát từng bộ thủ tục, sau đó gửi phiếu\n"
        "hỏi đến những người vừa nộp hồ sơ nhằm biết họ chờ bao lâu và còn vướng ở\n"
        "bước nào, rồi tổng hợp vào báo cáo của quý để lãnh đạo thị xã xem xét, giao\n"
        "việc cho từng phòng.\n\n- Một việc\n- hai việc\n"
    )
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    loaded = loaded_from(path)
    assert len(loaded.text) == len(text)
    assert [line for line in loaded.text.split("\n") if line][1].count(". ") == 0
    assert [line for line in loaded.text.split("\n") if line][2:] == ["- Một việc", "- hai việc"]
