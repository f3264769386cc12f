import pytest

from ingest.documents import Cell, Description, Passage, SourceDocument, TableRow
from ingest.loading.loaded import LoadedFile
from ingest.settings import SplittingSettings
from ingest.splitting import find_headings, split
from ingest.splitting.contexts import (
    CONTEXT_CHARACTERS,
    ListContext,
    enumerated,
    row_context,
    shortened,
)

GOALS = "Mục tiêu đến năm 2025:"
SENTENCE = "Xã đặt các mục tiêu sau, giao tổ công nghệ số theo dõi hằng tháng:"


def make_source(text: str, rows: tuple[TableRow, ...] = ()) -> SourceDocument:
    headings = find_headings(LoadedFile(text, rows=rows), ())
    return SourceDocument(Description("a.txt", "Tên"), text, 0, headings, rows=rows)


def contexts(text: str) -> dict[str, str]:
    """Return the context of each sentence of a text, by the sentence's words."""
    passages: list[Passage] = split(make_source(text), SplittingSettings())
    return {
        " ".join(passage.quote(sentence).split()): sentence.context
        for passage in passages
        for sentence in passage.sentences
    }


# Each line: what stands in the text, and after "«" the context that it is to have.
@pytest.mark.parametrize(
    "lines",
    [
        [f"{SENTENCE}", f"- 80% hồ sơ nộp qua mạng.«{SENTENCE}", f"- 50% hộ có mã số.«{SENTENCE}"],
        [f"{SENTENCE}", f"+ một việc;«{SENTENCE}", f"+ hai việc.«{SENTENCE}", "Sau đó xã họp."],
        [f"{SENTENCE}", f"• một việc;«{SENTENCE}", f"• hai việc.«{SENTENCE}"],
        [f"{SENTENCE}", f"a) một việc;«{SENTENCE}", f"b) hai việc.«{SENTENCE}"],
        [f"{SENTENCE}", f"1. Một việc cần làm.«{SENTENCE}", f"2. Hai việc cần làm.«{SENTENCE}"],
        [f"{SENTENCE}", f"(1) một việc;«{SENTENCE}", f"(2) hai việc.«{SENTENCE}"],
        [f"{SENTENCE}", f"* Một việc.«{SENTENCE}", f"* Hai việc.«{SENTENCE}"],
        [f"{SENTENCE}", f"-Một việc.«{SENTENCE}", f"-Hai việc.«{SENTENCE}"],
        # items without a mark
        [f"{SENTENCE}", f"80% hồ sơ nộp qua mạng;«{SENTENCE}", f"50% hộ có mã.«{SENTENCE}", "Hết."],
        [f"{SENTENCE}", f"80% hồ sơ nộp qua mạng.«{SENTENCE}", "Hôm qua xã đã họp bàn."],
        # nested lists
        [
            "1. Xã làm các việc sau đây:",
            "a) Với người dân thì lo:«1. Xã làm các việc sau đây:",
            "- mở lớp;«1. Xã làm các việc sau đây: a) Với người dân thì lo:",
            "- phát máy.«1. Xã làm các việc sau đây: a) Với người dân thì lo:",
            "b) Với hộ nghèo.«1. Xã làm các việc sau đây:",
            "2. Thôn giúp xã trong mọi việc.",
        ],
        [
            f"{SENTENCE}",
            f"- Về hạ tầng của xã.«{SENTENCE}",
            f"+ 100% thôn có cáp quang.«{SENTENCE} Về hạ tầng của xã.",
            f"+ 90% hộ có mạng.«{SENTENCE} Về hạ tầng của xã.",
            f"- Về con người.«{SENTENCE}",
        ],
        [
            f"{SENTENCE}",
            f"* Hạ tầng:«{SENTENCE}",
            f"  * có cáp;«{SENTENCE} Hạ tầng:",
            f"  * có trạm.«{SENTENCE} Hạ tầng:",
            f"* Con người.«{SENTENCE}",
        ],
        [
            "b) Về con người",
            "- 90% cán bộ học xong.«b) Về con người",
        ],
        # a paragraph within a list, and after it
        [
            f"{SENTENCE}",
            f"a) một việc;«{SENTENCE}",
            "Việc này do thôn làm.",
            f"b) hai việc.«{SENTENCE}",
        ],
        [f"{SENTENCE}", f"- một việc.«{SENTENCE}", "Xã đã họp.", "- Việc khác hẳn."],
        # a higher mark closes the list under it
        ["1. Xã có hai việc:", "a) một;«1. Xã có hai việc:", "2. Thôn thì không có việc gì."],
        ["Xã đã họp.", "i) một việc.", "Thôn cũng họp.", "2. Thôn có việc riêng."],
        # headings that end with a colon open lists; others stand in the path only
        [
            f"1. {GOALS}",
            f"- 80% hồ sơ nộp qua mạng.«1. {GOALS}",
            "2. Nhiệm vụ:",
            "- Mở lớp.«2. Nhiệm vụ:",
        ],
        ["I. MỤC TIÊU", "- 80% hồ sơ nộp qua mạng.", "II. NHIỆM VỤ", "- Mở lớp kỹ năng số."],
        # more sentences in an item
        [f"{SENTENCE}", f"- Mở lớp.«{SENTENCE}", f"- Phát máy.«{SENTENCE}"],
        ["Trước hết xã làm. Có hai việc sau:", "- mở lớp.«Có hai việc sau:"],
        # lists within one line
        ["Cán bộ xem hồ sơ:", "+ Nếu đủ thì nhận.«Cán bộ xem hồ sơ:"],
    ],
)
def test_an_item_is_read_under_the_line_that_opens_its_list(lines: list[str]) -> None:
    written = [line.partition("«") for line in lines]
    found = contexts("\n".join(line for line, _, _ in written))
    for line, _, context in written:
        for sentence, seen in found.items():
            if line.strip().endswith(sentence) and sentence in line:
                assert seen == context, line
        assert line.split()[-1] in " ".join(found)


def test_each_sentence_of_an_item_is_read_under_the_opener() -> None:
    found = contexts(f"{SENTENCE}\n- Mở lớp ở thôn. Mỗi lớp có ba buổi.\nXã lo phần còn lại.")
    assert found["Mỗi lớp có ba buổi."] == SENTENCE
    assert found["Xã lo phần còn lại."] == ""


def test_items_within_a_line_are_read_under_its_colon_and_what_follows_is_not() -> None:
    text = "Cán bộ xem hồ sơ: + Nếu đủ thì nhận. + Nếu thiếu thì trả lại. Việc này làm trong ngày."
    assert contexts(text) == {
        "Cán bộ xem hồ sơ:": "",
        "+ Nếu đủ thì nhận.": "Cán bộ xem hồ sơ:",
        "+ Nếu thiếu thì trả lại.": "Cán bộ xem hồ sơ:",
        "Việc này làm trong ngày.": "",
    }


ITEMS = [
    "Đến năm 2025, xã phấn đấu đạt các chỉ tiêu về chính quyền số sau đây: "
    "tỷ lệ hồ sơ được giải quyết trên môi trường mạng đạt 80%;",
    "tỷ lệ người dân có tài khoản định danh điện tử đạt 90%;",
    "tỷ lệ hộ gia đình được phủ mạng cáp quang băng rộng đạt 95%;",
    "tỷ lệ cán bộ được bồi dưỡng kỹ năng số cơ bản hằng năm đạt 100%.",
]


def test_a_long_enumeration_of_targets_is_taken_apart_under_its_opening_words() -> None:
    found = contexts(" ".join(ITEMS))
    opening = ITEMS[0].split(":")[0] + ":"
    assert list(found) == ITEMS
    assert list(found.values()) == ["", opening, opening, opening]


@pytest.mark.parametrize(
    "text",
    [
        # short; without opening words; an item without a figure; an item of a figure alone
        "Xã đạt: hồ sơ số 80%; định danh 90%; cáp quang 95%.",
        " ".join(ITEMS).replace("sau đây: ", "sau đây là "),
        " ".join(ITEMS).replace("đạt 95%", "đạt mức cao"),
        " ".join(ITEMS).replace(ITEMS[2], "và 95%;").ljust(301, "."),
    ],
)
def test_another_enumeration_stays_one_sentence(text: str) -> None:
    assert [span for span, _ in enumerated(text, 0, len(text))] == [(0, len(text))]


def test_the_parts_of_an_over_long_sentence_are_read_under_its_beginning() -> None:
    text = "Xã làm những việc này " + "; ".join(f"việc thứ {n} của xã" for n in range(80)) + "."
    passages = split(
        make_source(text),
        SplittingSettings(passage_characters=300, sentence_characters=300),
    )
    first, *rest = [sentence for passage in passages for sentence in passage.sentences]
    assert first.context == ""
    assert len(rest) > 2
    assert all(part.context.startswith("Xã làm những việc này") for part in rest)
    assert all(part.context.endswith("…") for part in rest)


def row(text: str, *headers: str) -> TableRow:
    cells, position = [], 0
    for words, header in zip(text.split("\t"), headers, strict=True):
        cells.append(Cell(position, position + len(words), header))
        position += len(words) + 1
    return TableRow(0, len(text), tuple(cells))


@pytest.mark.parametrize(
    ("text", "headers", "context"),
    [
        (
            "Hồ sơ số\t%\t80",
            ("Chỉ tiêu", "Đơn vị", "Năm 2025"),
            "Chỉ tiêu: Hồ sơ số; Đơn vị: %; Năm 2025: 80",
        ),
        ("Hồ sơ số\t80", ("", "Năm 2025:"), "Hồ sơ số; Năm 2025: 80"),
        ("Hồ sơ\n số\t80", ("Chỉ tiêu", "Năm\n2025"), "Chỉ tiêu: Hồ sơ số; Năm 2025: 80"),
        ("Chỉ tiêu\tNăm 2025", ("Chỉ tiêu", "Năm 2025"), ""),
        ("Hồ sơ số\t80", ("", ""), ""),
    ],
)
def test_a_table_row_is_written_out_with_its_headers(
    text: str, headers: tuple[str, ...], context: str
) -> None:
    assert row_context(text, row(text, *headers)) == context


def test_a_table_row_is_one_sentence_read_under_its_headers_and_opener() -> None:
    text = f"{SENTENCE}\nHồ sơ số\t80\nMã số hộ\t50\nXã đã họp."
    first, second = text.index("Hồ sơ"), text.index("Mã số")
    rows = tuple(
        TableRow(
            start,
            start + 11,
            (Cell(start, start + 8, "Chỉ tiêu"), Cell(start + 9, start + 11, "2025")),
        )
        for start in (first, second)
    )
    (passage,) = split(make_source(text, rows), SplittingSettings())
    assert [(passage.quote(one), one.context) for one in passage.sentences] == [
        (SENTENCE, ""),
        ("Hồ sơ số\t80", f"{SENTENCE} Chỉ tiêu: Hồ sơ số; 2025: 80"),
        ("Mã số hộ\t50", f"{SENTENCE} Chỉ tiêu: Mã số hộ; 2025: 50"),
        ("Xã đã họp.", ""),
    ]


def test_contexts_stay_short() -> None:
    lists = ListContext()
    marks = ["", "1. ", "a) ", "- ", "+ ", "• "]
    opener = "một việc rất dài của xã " * 20
    for mark in marks:
        context = lists.read(f"{mark}{opener.strip()}:", first=True)
        assert len(context) <= CONTEXT_CHARACTERS
    assert context.count("…") == len(marks) - 1


@pytest.mark.parametrize("limit", [4, 10, 20, 40, 300])
def test_a_shortened_line_keeps_whole_words_of_its_beginning_and_its_end(limit: int) -> None:
    line = "mở  đầu của\nmột dòng rất dài và đoạn giữa không cần đến năm 2025:"
    found = shortened(line, limit)
    assert len(found) <= limit
    assert set(found.split()) <= {*line.split(), "…"}
    if limit >= 20:
        assert found.startswith("mở đầu")
        assert found.endswith("2025:")
