from itertools import pairwise
from pathlib import Path

import pytest

from ingest.cleaning import find_clutter
from ingest.describing import describe
from ingest.documents import Dropped, Heading, TableRow
from ingest.loading.loaded import LoadedFile
from tests.ingest.cleaning.pages import MORE, PAGES, PROSE, unmarked
from tests.timing import seconds_for


def dropped(text: str, **layout: object) -> list[tuple[str, str]]:
    found = find_clutter(LoadedFile(text, **layout))
    return [(span.reason, text[span.start : span.end]) for span in found]


def reasons(text: str, found: tuple[Dropped, ...]) -> dict[int, str]:
    """Return the reason of each dropped character, white space left out."""
    return {
        offset: span.reason
        for span in found
        for offset in range(span.start, span.end)
        if not text[offset].isspace()
    }


def shown(text: str, marks: dict[int, str]) -> list[tuple[str, str]]:
    lines = text.split("\n")
    start, found = 0, []
    for line in lines:
        inside = [i for i in range(start, start + len(line)) if i in marks]
        if inside:
            found.append((marks[inside[0]], text[inside[0] : inside[-1] + 1]))
        start += len(line) + 1
    return found


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_what_stands_around_a_text_is_dropped_and_nothing_else(page: str) -> None:
    text, expected = unmarked(page)
    found = reasons(text, find_clutter(LoadedFile(text)))
    assert shown(text, found) == shown(text, expected)
    assert found == expected


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_spans_are_in_order_and_apart(page: str) -> None:
    text, _ = unmarked(page)
    spans = find_clutter(LoadedFile(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


# One line between two paragraphs, or above or below them: whether it goes, and why.
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Lễ phát động tại trường tiểu học Ea Kar_Ảnh: Y Bliu", "caption"),
        ("Bà con xem bản đồ số. (Nguồn: baodaklak.vn)", "caption"),
        ("Ảnh minh họa: Internet", "caption"),
        ("Cán bộ hướng dẫn người dân (Ảnh: CTV).", "caption"),
        ("Ảnh do Phòng Văn hóa huyện cung cấp", "caption"),
        ("Toàn cảnh phiên họp thường kỳ tháng 5.", "caption"),
        ("Chia sẻ qua Zalo", "share"),
        ("Facebook Zalo Copy link", "share"),
        ("Trang chủ / Tin tức / Chuyển đổi số", "menu"),
        ("Vui lòng đăng nhập để xem toàn văn.", "menu"),
        ("Đọc thêm: Bản làng lên mạng bán măng", "related"),
        ("TÓM TẮT", "label"),
        ("----------", "ornament"),
        ("000482910038471120009934", "identifier"),
        # These are the document's.
        ("Hồ sơ phải kèm ảnh minh họa và bản vẽ mặt bằng.", None),
        ("Kinh tế số đạt 12,3% GRDP (Nguồn: Cục Thống kê).", None),
        ("Số liệu theo Sở Tài chính: 40 tỷ đồng.", None),
        ("Kết quả bước đầu", None),
        ("Giải pháp trong thời gian tới", None),
        ("Toàn cảnh chuyển đổi số cấp xã", None),
        ("Email", None),
        ("Tin tức", None),
        ("Hồ Thị Kỷ là tên một trong những xã đầu tiên của tỉnh.", None),
        ("Nguyễn Trãi và Lê Lợi", None),
        ("- Cấp giấy phép hoạt động cho 12 cơ sở y tế tư nhân.", None),
        ("Ngày 12/5/2024, xã khai trương điểm truy cập miễn phí.", None),
        ("Người dân gọi tổng đài 0292 3456789 để được giúp.", None),
    ],
)
def test_a_line_between_paragraphs(line: str, reason: str | None) -> None:
    expected = [(reason, line)] if reason else []
    assert dropped(f"Chuyện ở một xã\n{PROSE}\n{line}\n{MORE}") == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Hoàng Minh", "byline"),
        ("HM (tổng hợp)", "byline"),
        ("ThS. Vũ Thị Mây", "byline"),
        ("Tác giả: Ngọc Linh", "byline"),
        ("Hotline: 0909 123 456", "contact"),
        ("[email protected]", "contact"),
        ("Tổng biên tập: Lê Văn Sáng", "copyright"),
        ("Theo VnExpress", "source"),
        ("Từ khóa: xã, số", "tags"),
        ("Hà Nội", None),
        ("Xã sẽ tổng kết vào cuối năm.", None),
    ],
)
def test_a_line_below_the_last_paragraph(line: str, reason: str | None) -> None:
    expected = [(reason, line)] if reason else []
    assert dropped(f"Chuyện ở một xã\n{PROSE}\n{MORE}\n{line}") == expected


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("(Chinhphu.vn) – Sáng nay", "(Chinhphu.vn) – "),
        ("SGGPO - Chiều qua", "SGGPO - "),
        ("Baohatinh.vn- Hôm nay", "Baohatinh.vn- "),
        ("(XYZĐ) - Tuần này", "(XYZĐ) - "),
        ("Huế (VNA) – Đầu năm", "Huế (VNA) – "),
        ("TP.HCM - Thành phố", None),
        ("(GRDP) của tỉnh", None),
        ("Hà Nội - Hải Phòng là tuyến", None),
        ("Tiền Phong - Thanh Niên, hai phong trào", None),
        ("DTI - chỉ số chuyển đổi số", None),
    ],
)
def test_the_dateline_of_the_first_paragraph(opening: str, dateline: str | None) -> None:
    text = f"Chuyện ở một xã\n{opening} {PROSE}\n{MORE}"
    assert dropped(text) == ([("dateline", dateline)] if dateline else [])


def test_a_dateline_far_below_is_a_sentence() -> None:
    above = "\n".join(f"{PROSE} Đó là bản thứ {number}." for number in range(11, 15))
    assert dropped(f"{above}\nVOV - {MORE}") == []


@pytest.mark.parametrize(
    ("end", "ending"),
    [("xong./.", "./."), ("xong…/.", "…/."), ("xong .../.", ".../."), ("xong.", None)],
)
def test_the_ending_of_a_paragraph(end: str, ending: str | None) -> None:
    found = dropped(f"{PROSE}\n{MORE} Việc đã {end}")
    assert [(reason, span.strip()) for reason, span in found] == (
        [("ending", ending)] if ending else []
    )


def test_the_star_of_a_heading_goes_and_that_of_a_list_stays() -> None:
    heading = f"{PROSE} Đó là năm 2021.\n* Cách làm mới\n{MORE}"
    text = f"{heading}\n* Mua máy\n* Mở lớp\n* Thăm nhà\n{PROSE} Đó là năm 2023."
    assert dropped(text) == [("ornament", "* ")]


def test_a_title_that_stands_twice_stays_once() -> None:
    title = "Lớp học ban đêm ở bản xa"
    assert dropped(f"{title}\n{title}\n{PROSE}\n{MORE}") == [("doubled", title)]


@pytest.mark.parametrize(
    "line",
    ["Tỷ lệ hồ sơ trực tuyến đạt 91,5%.", "- Nộp tờ khai theo mẫu", "II. TỔ CHỨC THỰC HIỆN"],
)
def test_a_doubled_line_that_may_be_more_stays_once(line: str) -> None:
    assert dropped(f"{PROSE}\n{line}\n{line}\n{MORE}") == [("doubled", line)]


def test_a_picture_text_is_known_by_the_caption_below_it() -> None:
    alt = "Bà con bản Nà tập dùng máy tính bảng"
    text = f"{PROSE}\n{alt}\n{alt}. Ảnh: Sùng Lử\n{MORE}"
    assert dropped(text) == [("doubled", alt), ("caption", f"{alt}. Ảnh: Sùng Lử")]


def test_a_lead_that_a_paragraph_repeats_goes() -> None:
    lead = "Ở bản xa nhất huyện, lớp học ban đêm đã giúp ba mươi hộ tự nộp hồ sơ qua mạng."
    assert dropped(f"{lead}\n{PROSE}\n{lead} {MORE}") == [("lead", lead)]


def test_a_lead_with_a_figure_of_its_own_stays() -> None:
    lead = "Ở bản xa nhất huyện, lớp học ban đêm đã giúp 30 hộ tự nộp hồ sơ qua mạng."
    assert dropped(f"{lead}\n{PROSE}\n{lead.replace('30', '35')} {MORE}") == []


def test_page_numbers_and_running_heads() -> None:
    pages = []
    for number in range(7, 12):
        body = "\n".join(f"{PROSE} Đoạn {number}.{part}" for part in range(8))
        pages.append(f"Báo cáo thường niên của huyện\n{body}\n{number}")
    found = dropped("\n".join(pages))
    assert [span for reason, span in found if reason == "page_number"] == [
        "7",
        "8",
        "9",
        "10",
        "11",
    ]
    assert [reason for reason, _ in found].count("running_head") == 5
    assert len(found) == 10


def test_page_starts_tell_running_heads_too() -> None:
    pages = [
        f"Sổ tay xã Tân Lập\n{PROSE} Đó là bản {n}.\n{MORE} Thôn {n}.\n" for n in range(11, 15)
    ]
    starts = tuple(n * len(pages[0]) for n in range(4))
    found = dropped("".join(pages), pages=starts)
    assert found == [("running_head", "Sổ tay xã Tân Lập")] * 4


def test_a_longer_running_head_is_not_cut_where_a_heading_has_its_first_words() -> None:
    head = "Bản tin xã Ea Kar số 07"
    pages = [f"{head}\n{PROSE}\n{MORE}" for _ in range(2)]
    text = "Bản tin\n" + "\n".join(pages)
    starts = (0, text.index(head), text.rindex(head))
    assert "running_head" not in dict(dropped(text, pages=starts))


CONTENTS = "I. Tình hình\t1\nII. Mục tiêu đến\nnăm 2025 và 2030 ..... 3\nIII. Tổ chức thực hiện 12"


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (f"MỤC LỤC\n{CONTENTS}\nI. Tình hình\n{PROSE}", f"MỤC LỤC\n{CONTENTS}"),
        (f"Mục lục:\n{CONTENTS}", f"Mục lục:\n{CONTENTS}"),
        (
            "Mở đầu ........ 1\nMục tiêu …… 3\nKết luận ____ 9\n" + PROSE,
            "Mở đầu ........ 1\nMục tiêu …… 3\nKết luận ____ 9",
        ),
        # Figures under another name, too few lines, numbers that fall, things counted: no pages.
        (f"Số xã có trạm .... 12\nSố trường có mạng .... 40\nTổng số hộ .... 95\n{PROSE}", None),
        (f"Kết quả\n{CONTENTS.replace('.....', '')}\n{PROSE}", None),
        (f"MỤC LỤC\nI. Tình hình\t1\nII. Mục tiêu\t3\n{PROSE}", None),
        (f"MỤC LỤC\nLớp học\t12\nTrạm\t5\nThôn\t3\n{PROSE}", None),
    ],
)
def test_a_table_of_contents_goes_whole(text: str, contents: str | None) -> None:
    assert dict(dropped(text)).get("contents") == contents


def test_a_heading_with_a_year_below_the_contents_is_no_entry_of_them() -> None:
    entries = "I. Tình hình 1\nII. Mục tiêu đến năm 2025 3\nIII. Kết luận 9"
    text = f"MỤC LỤC\n{entries}\nI. Tình hình\nII. Mục tiêu đến năm 2025\n{PROSE}\nBước 10"
    assert dict(dropped(text))["contents"] == f"MỤC LỤC\n{entries}"


def test_a_table_of_contents_goes_where_a_loader_reads_rows() -> None:
    text = f"MỤC LỤC\nI. Tình hình\t1\nII. Mục tiêu\t3\nIII. Kết luận\t9\n{PROSE}"
    start = text.index("I. T")
    row = TableRow(start, text.index("\nII"), ())
    assert dropped(text, rows=(row,))[0][0] == "contents"


def test_a_column_of_numbers_is_no_row_of_pages() -> None:
    rows = "\n".join(f"{number}\nHộ ông A\nĐạt" for number in range(1, 30))
    assert dropped(f"{PROSE}\n{rows}\n{MORE}") == []


def test_numbered_notes_at_the_end_are_references() -> None:
    notes = "(1) Xem: Lê An, Làng số, Nxb Trẻ, 2021\n(2) Theo: https://lang.example.vn"
    assert dropped(f"{PROSE}\n{MORE}\n--------\n{notes}") == [
        ("ornament", "--------"),
        ("reference", notes),
    ]


def test_an_annex_behind_the_references_stays() -> None:
    text = f"{PROSE}\nTài liệu tham khảo\n[1] Lê An (2021). Làng số.\nPHỤ LỤC 1\n{MORE}"
    assert dropped(text) == [("reference", "Tài liệu tham khảo\n[1] Lê An (2021). Làng số.")]


def test_a_box_of_links_in_the_text_leaves_the_next_heading() -> None:
    text = f"{PROSE}\nTin liên quan\nChợ quê lên mạng\nCách làm của xã\n{MORE}"
    assert dropped(text) == [("related", "Tin liên quan\nChợ quê lên mạng")]


def test_a_menu_glued_before_the_text_of_a_portal() -> None:
    menu = (
        "Cổng Dịch vụ công huyện Giới thiệu Thủ tục hành chính Dịch vụ trực tuyến Tra cứu hồ sơ "
        "Thanh toán phí lệ phí Đánh giá sự hài lòng Hỏi đáp thường gặp Hướng dẫn sử dụng Phản ánh "
        "kiến nghị Văn bản pháp luật Thông báo mới nhất Lịch tiếp dân Chi tiết thủ tục "
    )
    text = f"{menu}Cấp bản sao trích lục khai sinh Bước 1: Công dân nộp tờ khai. {PROSE}"
    assert dropped(text) == [("menu", menu)]


@pytest.mark.parametrize(
    "listed",
    [
        ["Trần Văn Nam", "Lê Thị Hoa", "Đỗ Minh", "Võ Thành", "Bùi Lan Anh", "Phạm Hồng"],
        [f"0{number}/02/2024" for number in range(1, 7)],
        [f"Trạm {number}: điện thoại 0292 38{number}4567" for number in range(1, 7)],
    ],
    ids=["names", "days", "numbers"],
)
def test_a_list_is_the_document(listed: list[str]) -> None:
    lines = "\n".join(listed)
    assert dropped(f"Danh bạ của xã\n{lines}") == []
    assert dropped(f"Danh bạ của xã\n{PROSE}\n{lines}") == []
    assert dropped(f"Danh bạ của xã\n{lines}\n{PROSE}") == []


def test_a_form_of_a_legal_document_keeps_its_fields() -> None:
    form = "Họ và tên: ......\nEmail\nĐiện thoại\n(Ký, ghi rõ họ tên)\n(Ký, ghi rõ họ tên)"
    text = f"QUYẾT ĐỊNH\nSố: 5/QĐ-SNV\nĐiều 1. Ban hành mẫu đơn.\n{PROSE}\nMẪU ĐƠN\n{form}"
    assert dropped(text) == []


def test_articles_and_signatures_of_a_legal_document_stay() -> None:
    text, _ = unmarked(PAGES["plan"])
    gone = "".join(span for _, span in dropped(text))
    assert "Điều" not in gone.replace("Như Điều", "")
    assert "Huỳnh Thị Sao" not in gone
    assert "KT. CHỦ TỊCH" not in gone


def test_table_rows_and_marked_headings_stay() -> None:
    text = f"Bảng chỉ tiêu\nEmail Zalo\nChia sẻ\nChia sẻ\n{PROSE}"
    row = text.index("Chia sẻ")
    rows = (TableRow(row, row + len("Chia sẻ\nChia sẻ"), ()),)
    assert dropped(text, rows=rows) == []
    title = "Nguyễn Thị Minh Khai"
    page = f"{title}\n{PROSE}\n{title}\n{MORE}"
    marked = (Heading(0, len(title), 1, title), Heading(len(title) + len(PROSE) + 2, 0, 2, title))
    assert dropped(page, headings=marked[:1]) == []


def test_front_matter_is_not_looked_at() -> None:
    front = "---\ntitle: Chia sẻ Zalo\n---\n"
    assert dropped(f"{front}{PROSE}", body_start=len(front)) == []


@pytest.mark.parametrize("text", ["", "\n \n", "Một dòng"])
def test_a_text_with_nothing_in_it(text: str) -> None:
    assert find_clutter(LoadedFile(text)) == ()


@pytest.mark.parametrize(
    "piece", [".", " ", "\t", "_", "-", "(", "Ảnh: ", "a ", "1\n", "\n", "/ ", "… ", "A> ", "A B\n"]
)
def test_the_time_is_about_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        loaded = LoadedFile(f"Số: a{piece * (length // len(piece))}b")
        return seconds_for(lambda: describe("a.txt", loaded, (), find_clutter(loaded)))

    assert seconds(40_000) < 20 * max(seconds(10_000), 0.02)


def test_real_documents_lose_no_prose(shared: Path) -> None:
    for path in sorted((shared / "corpus_more").glob("*.txt")):
        text = path.read_text("utf-8")
        for span in find_clutter(LoadedFile(text)):
            if span.reason not in ("reference", "recipients", "menu", "identifier"):
                assert span.end - span.start < 160, (path.name, text[span.start : span.end])
