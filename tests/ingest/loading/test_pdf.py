import random
import textwrap
from pathlib import Path

import pytest

from ingest.loading import ocr, pdf
from tests.ingest.loading.support import (
    LEGACY,
    LETTER,
    Picture,
    Rule,
    Words,
    check_layout,
    lines,
    loaded_from,
    refusal,
    set_paragraph,
    table,
    typed,
    write_pdf,
)

FIRST = (
    "Ủy ban nhân dân thị xã giao Phòng Văn hóa rà soát các thủ tục của Trung tâm Phục vụ hành "
    "chính công, công khai kết quả trước ngày 15 hằng tháng và báo cáo Thường trực thị ủy."
)
SECOND = (
    "Các xã, phường bố trí máy tính cho bộ phận một cửa; mỗi tổ công nghệ số cộng đồng có ít nhất "
    "năm thành viên biết hướng dẫn người cao tuổi."
)


def test_lines_of_print_become_paragraphs(tmp_path: Path) -> None:
    marks = [*set_paragraph(FIRST, 60), *set_paragraph(SECOND, 160)]
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [marks]))
    assert lines(loaded) == [FIRST, SECOND]
    assert loaded.pages == (0,)
    assert loaded.headings is None


def test_paragraphs_that_follow_without_a_gap_are_told_by_their_indent(tmp_path: Path) -> None:
    above = set_paragraph(FIRST, 60)
    marks = [*above, *set_paragraph(SECOND, above[-1].top + 16.8)]
    assert lines(loaded_from(write_pdf(tmp_path / "a.pdf", [marks]))) == [FIRST, SECOND]


def test_headings_and_list_items_stay_lines_of_their_own(tmp_path: Path) -> None:
    texts = ["I. MỤC TIÊU", "Đến năm sau:", "- Có mạng ở mọi thôn", "- Có loa thông minh", "a) Một"]
    marks = [Words(text, 40, 60 + 17 * index) for index, text in enumerate(texts)]
    marks += set_paragraph(FIRST, 200)
    assert lines(loaded_from(write_pdf(tmp_path / "a.pdf", [marks]))) == [*texts, FIRST]


def test_a_dash_or_an_article_inside_a_sentence_does_not_cut_it(tmp_path: Path) -> None:
    text = (
        "Phòng Kinh tế hạ tầng theo dõi việc phát triển thương mại của ngành kinh tế - xã hội "
        "theo quy định mới nêu tại khoản 3 của Điều 12 văn bản này và các phụ lục đi cùng."
    )
    for shift in range(0, 60, 6):
        marks = set_paragraph(text, 60, right=330.0 + shift)
        assert lines(loaded_from(write_pdf(tmp_path / "a.pdf", [marks]))) == [text]


def test_a_sentence_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    marks = set_paragraph(FIRST, 60)
    pages = []
    for number, part in enumerate((marks[:3], marks[3:]), 1):
        moved = [Words(item.text, item.left, 80 + 17 * i) for i, item in enumerate(part)]
        pages.append([Words("Công báo thị xã", 40, 30), *moved, Words(str(number), 200, 580)])
    pages.append(
        [Words("Công báo thị xã", 40, 30), *set_paragraph(SECOND, 80), Words("3", 200, 580)]
    )
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", pages))
    assert FIRST in lines(loaded)
    assert SECOND in lines(loaded)
    assert [line for line in lines(loaded) if line not in (FIRST, SECOND)] == [
        "Công báo thị xã", "1", "Công báo thị xã", "2", "Công báo thị xã", "3",
    ]  # fmt: skip
    second = loaded.pages[1]
    assert loaded.text[second:].startswith(" ".join(marks[3].text.split()))
    assert loaded.text[second - 1] == " "


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = set_paragraph(FIRST, 60, left=30, right=190, indent=12, size=10)
    right = set_paragraph(SECOND, 60, left=210, right=370, indent=12, size=10)
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [[*left, *right]]))
    assert lines(loaded) == [FIRST, SECOND]


def ragged(text: str, top: float, left: float) -> list[Words]:
    """Return a text set in lines of at most 25 letters, none of them filled up."""
    return [
        Words(line, left, top + 14 * number, size=10)
        for number, line in enumerate(textwrap.wrap(text, 25))
    ]


def test_a_column_with_ragged_lines_is_joined_up_to_its_longest_one(tmp_path: Path) -> None:
    texts = [f"Bài {n}. {FIRST}" for n in range(3)]
    left, right = [], []
    for number, text in enumerate(texts):
        left += ragged(text, 60 + 150 * number, 40)
        right += ragged(text.upper(), 60 + 150 * number, 220)
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [[*left, *right]]))
    assert lines(loaded) == [*texts, *(text.upper() for text in texts)]


def test_a_footnote_does_not_cut_the_sentence_above_it(tmp_path: Path) -> None:
    marks = set_paragraph(f"{FIRST} {SECOND}", 60)
    note = "1 Theo sổ theo dõi của phòng."
    pages = [
        [*marks[:5], Words(note, 40, 500, 8)],
        [Words(item.text, item.left, 60 + 17 * i) for i, item in enumerate(marks[5:])],
    ]
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", pages))
    assert lines(loaded) == [f"{FIRST} {SECOND}", note]


def test_a_raised_number_behind_a_figure_is_no_digit_of_it(tmp_path: Path) -> None:
    text = "Thị xã đạt 45"
    width = len(text) * LETTER * 12
    marks = [Words(text, 40, 60), Words("2", 40 + width, 56, 7)]
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [[*marks, *set_paragraph(FIRST, 100)]]))
    assert lines(loaded)[0] == "Thị xã đạt 45²"


def test_a_raised_number_of_two_digits_or_behind_a_word(tmp_path: Path) -> None:
    text, more = "Thị xã đạt 45", "Thôn bản"
    marks = [
        Words(text, 40, 60), Words("12", 40 + len(text) * LETTER * 12, 56, 7),
        Words(more, 40, 90), Words("(3)", 40 + len(more) * LETTER * 12, 86, 7),
    ]  # fmt: skip
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [[*marks, *set_paragraph(FIRST, 140)]]))
    assert lines(loaded)[:2] == ["Thị xã đạt 45¹²", "Thôn bản⁽³⁾"]


def ruled(cells: list[list[str]], top: float) -> list[Words | Rule]:
    height, edges = 24.0, [40.0, 80.0, 250.0, 310.0, 370.0]
    foot = top + height * len(cells)
    marks: list[Words | Rule] = [Rule(x, top, x, foot) for x in edges]
    for index in range(len(cells) + 1):
        marks.append(Rule(edges[0], top + height * index, edges[-1], top + height * index))
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            if text:
                marks.append(Words(text, edges[column] + 3, top + height * row + 14, 9))
    return marks


HEADER = ["STT", "Chỉ tiêu", "Năm 2023", "Năm 2025"]


def test_a_ruled_table_becomes_rows_with_headers(tmp_path: Path) -> None:
    cells = [HEADER, ["1", "Hồ sơ nộp qua mạng", "45,5%", "80%"], ["2", "Thôn có mạng", "", "100%"]]
    marks = [*set_paragraph(FIRST, 60), *ruled(cells, 200), *set_paragraph(SECOND, 320)]
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [marks]))
    assert table(loaded) == [
        [
            ("1", "STT"),
            ("Hồ sơ nộp qua mạng", "Chỉ tiêu"),
            ("45,5%", "Năm 2023"),
            ("80%", "Năm 2025"),
        ],
        [("2", "STT"), ("Thôn có mạng", "Chỉ tiêu"), ("100%", "Năm 2025")],
    ]
    assert lines(loaded)[0] == FIRST
    assert lines(loaded)[-1] == SECOND


def test_a_table_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    first = ruled(
        [HEADER, ["1", "Hồ sơ nộp", "45,5%", "80%"], ["2", "Tài khoản của", "7%", "9%"]], 400
    )
    second = ruled([HEADER, ["", "người lớn", "", ""], ["3", "Thôn có mạng", "90%", "100%"]], 60)
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [first, second]))
    assert [[text for text, _ in row] for row in table(loaded)] == [
        ["1", "Hồ sơ nộp", "45,5%", "80%"],
        ["2", "Tài khoản của người lớn", "7%", "9%"],
        ["3", "Thôn có mạng", "90%", "100%"],
    ]
    assert table(loaded)[2][3] == ("100%", "Năm 2025")
    assert loaded.pages[1] <= loaded.rows[2].start


def test_a_repeated_header_of_two_rows_is_no_row_of_years(tmp_path: Path) -> None:
    header = [["STT", "Chỉ tiêu", "Kết quả", "Mục tiêu"], ["", "", "2023", "2025"]]
    first = ruled(
        [*header, ["1", "Hồ sơ nộp", "45,5%", "80%"], ["2", "Tài khoản", "7%", "9%"]], 400
    )
    second = ruled([*header, ["", "người lớn", "", ""], ["3", "Thôn có mạng", "90%", "95%"]], 60)
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [first, second]))
    rows = [[text for text, _ in row] for row in table(loaded)]
    assert rows[-2:] == [
        ["2", "Tài khoản người lớn", "7%", "9%"],
        ["3", "Thôn có mạng", "90%", "95%"],
    ]
    assert rows.count(["2023", "2025"]) <= 1


@pytest.mark.parametrize(
    ("rotation", "matrix"),
    [
        (90, "0 1 -1 0 600 0"),
        (180, "-1 0 0 -1 400 600"),
        (270, "0 -1 1 0 -200 400"),
        (90, "1 0 0 1 0 0"),
        (0, "0 1 -1 0 600 0"),
    ],
)
def test_turned_pages_are_read_upright(tmp_path: Path, rotation: int, matrix: str) -> None:
    marks = [*set_paragraph(FIRST, 240), *set_paragraph(SECOND, 340)]
    path = write_pdf(tmp_path / "a.pdf", [marks], rotation=rotation, matrix=matrix)
    assert lines(loaded_from(path)) == [FIRST, SECOND]


def test_a_table_on_a_page_that_is_shown_turned(tmp_path: Path) -> None:
    cells = [HEADER, ["1", "Hồ sơ nộp qua mạng", "45,5%", "80%"]]
    path = write_pdf(tmp_path / "a.pdf", [ruled(cells, 260)], rotation=90, matrix="0 1 -1 0 600 0")
    assert table(loaded_from(path))[0][2] == ("45,5%", "Năm 2023")


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    marks = [*set_paragraph(FIRST, 60)]
    frame = [Rule(30, 40, 370, 40), Rule(30, 200, 370, 200), Rule(30, 40, 30, 200)]
    frame.append(Rule(370, 40, 370, 200))
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [[*marks, *frame]]))
    assert lines(loaded) == [FIRST]
    assert loaded.rows == ()


def test_letters_of_a_legacy_font_are_read_as_they_show(tmp_path: Path) -> None:
    marks = set_paragraph(typed(LEGACY, "tcvn3"), 60)
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [marks], font="ABCDEF+.VnTime"))
    assert loaded.text == LEGACY


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "why_not", lambda: ocr.INSTALL)


@pytest.mark.usefixtures("no_ocr")
def test_a_scan_without_ocr_is_refused_with_the_line_that_installs_it(tmp_path: Path) -> None:
    message = refusal(write_pdf(tmp_path / "a.pdf", [[Picture()], [Picture()]]))
    assert message.startswith("The PDF has no text layer: needs OCR")
    assert "pip install -c constraints.txt -e '.[ocr]'" in message
    assert "tesseract-ocr-vie" in message


@pytest.mark.usefixtures("no_ocr")
def test_a_page_without_text_among_others_is_noted(tmp_path: Path) -> None:
    pages = [set_paragraph(FIRST, 60), [Picture()], set_paragraph(SECOND, 60), []]
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", pages))
    assert lines(loaded) == [FIRST, SECOND]
    assert len(loaded.pages) == 4
    assert len(loaded.notes) == 1
    assert "page 2 of 4" in loaded.notes[0]


@pytest.mark.usefixtures("no_ocr")
def test_the_words_of_a_signature_on_a_scan_are_no_text_layer(tmp_path: Path) -> None:
    stamp = [Picture(), Words("Ký bởi: Văn phòng thị xã", 40, 40, 8)]
    assert "needs OCR" in refusal(write_pdf(tmp_path / "a.pdf", [stamp, stamp]))
    loaded = loaded_from(write_pdf(tmp_path / "b.pdf", [stamp, set_paragraph(FIRST, 60)]))
    assert lines(loaded) == ["Ký bởi: Văn phòng thị xã", FIRST]
    assert "page 1 of 2" in loaded.notes[0]


def test_a_failing_ocr_loses_its_page_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(pdf, "why_not", lambda: None)
    monkeypatch.setattr(pdf, "recognise", fail)
    loaded = loaded_from(write_pdf(tmp_path / "a.pdf", [set_paragraph(FIRST, 60), [Picture()]]))
    assert lines(loaded) == [FIRST]
    assert "page 2 of 2" in loaded.notes[0]


def test_a_failing_search_for_tables_keeps_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("xref")

    monkeypatch.setattr(pdf, "find_tables", fail)
    path = write_pdf(tmp_path / "a.pdf", [ruled([HEADER, ["1", "Mạng", "1%", "2%"]], 60)])
    loaded = loaded_from(path)
    assert "Chỉ tiêu" in loaded.text
    assert loaded.notes == ("Tables were read as plain lines: the one page.",)


@pytest.mark.skipif(ocr.why_not() is not None, reason=f"no OCR: {ocr.INSTALL}")
def test_a_scan_is_read_with_page_numbers(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    sheets = []
    for text in ("Thị xã đặt mục tiêu năm 2025", "Mỗi thôn có một tổ công nghệ số"):
        sheet = Image.new("L", (1240, 600), 255)
        try:
            font = ImageFont.truetype("DejaVuSans.ttf", 44)
        except OSError:
            pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core")
        ImageDraw.Draw(sheet).text((100, 150), text, font=font, fill=0)
        sheets.append(sheet)
    path = tmp_path / "a.pdf"
    sheets[0].save(path, save_all=True, append_images=sheets[1:], resolution=150)
    loaded = loaded_from(path)
    assert "2025" in loaded.text[: loaded.pages[1]]
    assert "tổ công nghệ số" in loaded.text[loaded.pages[1] :]
    assert loaded.notes[0].startswith("OCR read all 2 pages")
    assert len(loaded.notes) == 1


def test_columns_of_figures_on_a_scan_are_noted(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("L", (1240, 700), 255)
    try:
        font = ImageFont.truetype("DejaVuSans.ttf", 40)
    except OSError:
        pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core")
    rows = [("Nội dung", "Năm 2024"), ("Lớp học", "125"), ("Trạm", "340"), ("Thôn", "56")]
    for number, row in enumerate(rows):
        for text, left in zip(row, (100, 700), strict=True):
            ImageDraw.Draw(sheet).text((left, 100 + 100 * number), text, font=font, fill=0)
    sheet.save(tmp_path / "a.pdf", resolution=150)
    notes = loaded_from(tmp_path / "a.pdf").notes
    assert any(note.startswith("Columns of figures were read as plain lines") for note in notes)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 zip", "no PDF"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    ],
)
def test_a_file_that_is_no_pdf_gets_one_sentence(tmp_path: Path, data: bytes, named: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert named in refusal(path)


def test_a_protected_pdf_is_named_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    def refuse(_: bytes) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    assert "password" in refusal(write_pdf(tmp_path / "a.pdf", [set_paragraph(FIRST, 60)]))


def test_an_empty_pdf_is_refused(tmp_path: Path) -> None:
    assert "no text" in refusal(write_pdf(tmp_path / "a.pdf", [[]]))


def test_damage_is_refused_or_read_and_never_breaks(tmp_path: Path) -> None:
    from ingest.errors import DocumentError
    from ingest.loading.formats import load

    cells = [HEADER, ["1", "Hồ sơ nộp qua mạng", "45,5%", "80%"]]
    whole = write_pdf(tmp_path / "a.pdf", [[*set_paragraph(FIRST, 60), *ruled(cells, 200)]])
    data = whole.read_bytes()
    chance = random.Random(7)
    outcomes = set()
    for _ in range(40):
        damaged = bytearray(data[: chance.randrange(len(data) // 2, len(data))])
        for _ in range(chance.choice((0, 1, 20))):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        path = tmp_path / "b.pdf"
        path.write_bytes(bytes(damaged))
        try:
            check_layout(load(path))
            outcomes.add("read")
        except DocumentError:
            outcomes.add("refused")
    assert "refused" in outcomes
