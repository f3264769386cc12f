import random
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.documents import Passage, SourceDocument
from ingest.loading.formats import build_document
from ingest.settings import SplittingSettings
from ingest.splitting import find_headings, sentence_spans, split
from ingest.text import normalise

# No line end in it: many of these make one long line.
LONG_LINE = (
    "Phường mở thêm điểm hỗ trợ kỹ năng số cho người cao tuổi. Tỷ lệ hồ sơ trực tuyến đạt 80,5%; "
    "Sở báo cáo theo số 15/KH-UBND, ngày 6-9-2021. "
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def passages(text: str, passage: int = 900, sentence: int = 900) -> list[Passage]:
    settings = SplittingSettings(passage_characters=passage, sentence_characters=sentence)
    return split(build_document("a.txt", text), settings)


def quotes(found: list[Passage]) -> list[str]:
    return [passage.quote(sentence) for passage in found for sentence in passage.sentences]


def bare(text: str) -> str:
    return "".join(text.split())


def bare_body(document: SourceDocument) -> str:
    """Return the body without its heading lines and without white space."""
    pieces, position = [], document.body_start
    for heading in document.headings:
        pieces.append(document.text[position : heading.start])
        position = heading.end
    return bare("".join([*pieces, document.text[position:]]))


# Each "|" stands where one sentence ends and the next begins.
@pytest.mark.parametrize(
    "marked",
    [
        "Sở mở cổng dữ liệu.| Người dân dùng được ngay.",
        "Có nên làm không?| Có!| Làm ngay.",
        "Chương trình đã xong!| 15 xã tham gia.",
        # short forms of titles, names and places
        "UBND TP. Hồ Chí Minh vừa họp.",
        "Đoàn đến TP. Đà Nẵng.| Sau đó về Huế.",
        "Đại biểu TP. HCM phát biểu.",
        "Hội nghị tại TP. Huế có 200 người.",
        "Trạm đặt tại P. Bến Nghé, Q. 1, TP. Thủ Đức.",
        "Thị xã TX. Sơn Tây dẫn đầu.",
        "Đó là kết quả của TP.| Kinh tế số tăng nhanh.",
        "Đó là nỗ lực của TP.| Các đơn vị đều có phần.",
        "...| Trung tâm dữ liệu của TP.| Kinh tế số chiếm một phần ba.",
        "Theo ThS. Trịnh Bình, dữ liệu là tài sản.",
        "Hội thảo có PGS.TS. Lê An và GS.TSKH. Vũ Minh.| Hai người cùng nói.",
        "Theo đ/c Nguyễn An, việc còn chậm.",
        "Bài của Ng. Văn Tám rất hay.",
        "Ông Trần B. Nam phụ trách.",
        "Xem trang No. 5 và tr. 12 của sách.",
        # figures, dates, legal document numbers
        "Theo số 4098/QĐ-UBND, ngày 6-9-2021, vốn là 12,8 tỷ.| Năm sau tăng.",
        "Có 1.000.| Năm nay thêm 200.",
        "Có 1.000 hộ và 2.500 thửa.",
        "Chỉ số đạt 80.| Năm nay phấn đấu 85.",
        "Dịch vụ ở mức độ 4.| Người dân hài lòng.",
        "Xong trong năm 2025.| Đến 2030 mở rộng.",
        "Ký ngày 6.9.2021.| Có hiệu lực ngay.",
        "Họp lúc 8h30.| Mọi người đến đủ.",
        "Đạt 17,17%.| 12 xã vượt.",
        "Căn cứ Luật 20/2023/QH15.| Luật có nhiều điểm mới.",
        "Theo Nghị quyết 57-NQ/TW.| Bộ đã lập kế hoạch.",
        "Truy cập dulieu.gov.vn để tải.| Trang mở cả ngày.",
        # lists and headings
        "Điều 5. Phạm vi áp dụng",
        "1. Thực trạng",
        "1.2. Mục tiêu chung",
        "a. Hạ tầng",
        "a) Hạ tầng.| b) Dữ liệu.",
        "IV. NHIỆM VỤ",
        "Khoản 2. Nội dung chi",
        "Bước 1. Nộp hồ sơ.| Bước 2. Nhận kết quả.",
        "Việc đã xong.| 2. Giải pháp tiếp theo",
        "Gồm ba việc: 1. Hạ tầng; 2. Dữ liệu; 3. Con người.",
        "Theo Điều 5.| Việc này phải công khai.",
        "Việc này xong.| - Việc kia còn chậm.",
        "Việc này xong.| • Việc kia còn chậm.",
        # short forms that go on, or end
        "Có máy tính, điện thoại, v.v. được cấp miễn phí.",
        "Có máy tính, điện thoại, v.v.| Năm sau cấp thêm.",
        "Có máy tính, điện thoại, v.v...| Năm sau cấp thêm.",
        "Có máy tính, điện thoại…| Năm sau cấp thêm.",
        "Kinh tế số bằng 30% GRDP.| Đó là mục tiêu.",
        "Kinh tế số bằng 30% GRDP. đó là mục tiêu",
        # quotes and brackets
        "Ông nói: “Phải làm ngay.”| Mọi người đồng ý.",
        'Ông nói: "Phải làm ngay."| Mọi người đồng ý.',
        "Ông hỏi: “Bao giờ xong?”| Không ai đáp.",
        "Việc đã xong (trước hạn.)| Nay làm tiếp.",
        "Việc đã xong.| (Nguồn: báo cáo của Sở.)",
        "Việc đã xong.| “Dữ liệu là tài sản”, ông nói.",
        "Việc đã xong.| Đường truyền tốt.| Ở xã cũng vậy.",
        "Việc đã xong.|\u00a0Nay làm tiếp.",
        "Không tách.Khi thiếu khoảng trắng",
        "Việc đã xong ...| Nay làm tiếp",
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


@pytest.mark.parametrize("end", ["\n", "\n\n", " \n\t\n "])
def test_a_line_end_always_ends_a_sentence(end: str) -> None:
    assert sentences(f"chưa có dấu chấm{end}dòng sau") == ["chưa có dấu chấm", "dòng sau"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n \t\n"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []
    assert find_headings(text, 0) == ()


def test_spans_are_exact_in_order_and_leave_out_only_white_space() -> None:
    text = f"  Một câu.  Hai câu!\n\n\t{LONG_LINE}\nDòng cuối  "
    spans = sentence_spans(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert "".join(bare(text[start:end]) for start, end in spans) == bare(text)


def test_quotes_of_passages_are_the_documents_own_text() -> None:
    text = f"Kế hoạch dữ liệu\n{LONG_LINE * 20}\nĐoạn sau ngắn thôi.\n"
    document = build_document("a.txt", text)
    found = split(document, SplittingSettings())
    assert len(found) > 2
    for passage in found:
        assert passage.text == text[passage.start : passage.end]
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        for sentence in passage.sentences:
            assert passage.quote(sentence) == text[sentence.start : sentence.end]
            assert passage.quote(sentence) == passage.quote(sentence).strip()


def test_passages_are_numbered_in_order_and_know_their_document() -> None:
    found = passages(LONG_LINE * 40)
    assert [passage.ordinal for passage in found] == list(range(len(found)))
    assert [passage.id for passage in found][:2] == ["a.txt#00000", "a.txt#00001"]
    assert len({passage.id for passage in found}) == len(found)
    assert {passage.document.id for passage in found} == {"a.txt"}


@pytest.mark.parametrize(("passage", "sentence"), [(200, 200), (300, 200), (900, 900), (1500, 900)])
def test_no_sentence_is_cut_or_lost_and_passages_keep_the_limit(
    passage: int, sentence: int
) -> None:
    text = LONG_LINE * 50
    found = passages(text, passage, sentence)
    assert quotes(found) == sentences(text)
    assert all(len(item.text) <= passage for item in found)


def test_passages_are_filled_as_far_as_whole_sentences_go() -> None:
    found = passages(LONG_LINE * 50)
    for item, following in pairwise(found):
        assert following.sentences[0].end - item.start > 900


def test_an_over_long_sentence_is_divided_at_clauses_and_nothing_is_lost() -> None:
    sentence = "; ".join(f"nhiệm vụ thứ {n} giao cho đơn vị chủ trì thực hiện" for n in range(60))
    text = f"Câu đầu. Gồm {sentence}. Câu cuối."
    found = passages(text, 300, 300)
    parts = quotes(found)
    assert bare("".join(parts)) == bare(text)
    assert all(len(part) <= 300 and part in text for part in parts)
    assert all(part.endswith(";") for part in parts[1:-2])
    assert parts[-1] == "Câu cuối."


@pytest.mark.parametrize(
    ("unit", "last"),
    [
        ("một vế khá dài của câu; ", ";"),
        ("một vế khá dài của câu: ", ":"),
        ("một vế khá dài của câu, ", ","),
        ("không dấu nào ", "o"),
    ],
)
def test_a_division_falls_after_the_strongest_mark_that_there_is(unit: str, last: str) -> None:
    parts = quotes(passages(unit * 60, 200, 200))
    assert len(parts) > 3
    assert all(part[-1] == last or part == parts[-1] for part in parts if last != "o")
    assert all(unit.split()[0] == part.split()[0] for part in parts if last != "o")
    assert bare("".join(parts)) == bare(unit * 60)


def test_a_semicolon_is_preferred_to_a_later_comma() -> None:
    text = "a" * 100 + "; " + "b, " * 30 + "c" * 50
    assert quotes(passages(text, 200, 200))[0] == "a" * 100 + ";"


def test_a_word_longer_than_the_limit_is_divided_too() -> None:
    parts = quotes(passages("x" * 1000, 200, 200))
    assert parts == ["x" * 200] * 5


def test_a_decimal_comma_and_a_time_are_never_where_a_sentence_is_divided() -> None:
    text = "chi 12,8 tỷ lúc 8:30 " * 60
    for part in quotes(passages(text, 200, 200)):
        assert not part.startswith(("8 tỷ", "30"))


def test_a_paragraph_that_fits_is_not_torn_apart() -> None:
    paragraph = "Câu thứ nhất nói về hạ tầng số của xã. Câu thứ hai nói về dữ liệu mở của xã."
    text = "\n".join([paragraph] * 10)
    found = passages(text, 200, 200)
    assert len(paragraph) < 200 < 3 * len(paragraph)
    assert all(len(item.sentences) == 4 for item in found)
    assert [item.text for item in found] == [f"{paragraph}\n{paragraph}"] * 5


def test_a_paragraph_over_the_limit_is_torn_between_its_sentences() -> None:
    sentence = "Câu này có đúng chừng ấy chữ để đo được độ dài."
    text = " ".join([sentence] * 9)
    found = passages(text, 200, 200)
    assert len(text) > 2 * 200
    assert quotes(found) == [sentence] * 9


BODY = (
    "Nội dung của phần này được viết dài hơn hẳn dòng tên ở trên để không ai nhầm là tên mục. " * 2
)


def test_markdown_headings_make_the_path_above_a_passage() -> None:
    lines = ["# Đề án", BODY, "## Hạ tầng ##", BODY, "### Mạng", BODY, "## Dữ liệu", BODY]
    text = "\n\n".join(lines)
    assert [item.heading for item in passages(text)] == [
        ("Đề án",),
        ("Đề án", "Hạ tầng"),
        ("Đề án", "Hạ tầng", "Mạng"),
        ("Đề án", "Dữ liệu"),
    ]


def test_legal_headings_make_the_path_above_a_passage() -> None:
    text = "\n".join(
        [
            "Chương I",
            f"Mục 1. QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n{BODY}",
            f"Điều 2. Đối tượng áp dụng\n{BODY}",
            f"Mục 2\nĐiều 3. Giải thích từ ngữ\n{BODY}",
            f"CHƯƠNG II TỔ CHỨC THỰC HIỆN\nĐiều 4. Trách nhiệm\n{BODY}",
        ]
    )
    assert [item.heading for item in passages(text)] == [
        ("Chương I", "Mục 1. QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh"),
        ("Chương I", "Mục 1. QUY ĐỊNH CHUNG", "Điều 2. Đối tượng áp dụng"),
        ("Chương I", "Mục 2", "Điều 3. Giải thích từ ngữ"),
        ("CHƯƠNG II TỔ CHỨC THỰC HIỆN", "Điều 4. Trách nhiệm"),
    ]


@pytest.mark.parametrize(
    "provision",
    [
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Giao Sở chủ trì, phối hợp với các đơn vị, " + "theo dõi và báo cáo " * 8 + "hằng năm.",
    ],
)
def test_a_provision_in_the_line_of_its_number_stays_quotable(provision: str) -> None:
    text = f"Điều 2. Đối tượng\n{BODY}\nĐiều 3. {provision}\nĐiều 4. Tổ chức\n{BODY}"
    found = passages(text)
    assert [item.heading for item in found] == [
        ("Điều 2. Đối tượng",),
        ("Điều 3",),
        ("Điều 4. Tổ chức",),
    ]
    assert found[1].text == provision


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5 của Luật này quy định về dữ liệu mở",
        "Chương trình mục tiêu của thành phố được duyệt",
        "Phần mềm dùng chung đã chạy",
        "i. xây dựng nền tảng dùng chung",
        "Mục tiêu của thành phố rất rõ.",
    ],
)
def test_a_line_of_the_body_is_no_legal_heading(line: str) -> None:
    assert quotes(passages(f"{line}\nKết thúc."))[0] == line


def test_a_short_line_over_prose_is_a_heading_and_a_short_sentence_is_none() -> None:
    text = f"Kế hoạch dữ liệu mở\n{BODY}\nTên mục thứ hai\n{BODY}\nMột câu ngắn.\n{BODY}"
    headings = find_headings(text, 0)
    assert [(item.text, item.level) for item in headings] == [
        ("Kế hoạch dữ liệu mở", 1),
        ("Tên mục thứ hai", 2),
    ]
    assert [text[item.start : item.end] for item in headings] == [item.text for item in headings]


@pytest.mark.parametrize("line", ["- gạch đầu dòng", "| ô | ô", "Danh sách:", "• ô", "chữ " * 30])
def test_list_items_table_rows_and_long_lines_are_no_headings(line: str) -> None:
    assert find_headings(f"{line}\n{BODY}", 0) == ()


def test_headings_are_sought_in_the_body_only() -> None:
    front = "---\n# Không phải\n---\n"
    text = f"{front}# Tên\n\n{BODY}"
    assert [item.text for item in find_headings(text, len(front))] == ["Tên"]


def test_what_stands_before_the_body_is_in_no_passage() -> None:
    front = "---\ntitle: Tên\n---\n"
    document = build_document("a.md", front + LONG_LINE, len(front))
    assert quotes(split(document, SplittingSettings())) == sentences(LONG_LINE)


def test_headings_alone_make_no_passage() -> None:
    assert passages("# Một\n\n## Hai\n") == []


def test_splitting_is_the_same_every_time() -> None:
    text = f"# Tên\n\n{LONG_LINE * 30}\n\n## Mục\n\n{BODY}"
    assert passages(text) == passages(text)


@pytest.mark.parametrize("seed", range(20))
def test_any_mixture_of_marks_is_covered_without_loss(seed: int) -> None:
    pick = random.Random(seed)
    pieces = [
        *["Điều 5. ", "TP. ", "v.v. ", "... ", "1. ", "a) ", "\n", "\n\n", "# Mục\n", "Chương I\n"],
        *["12,8 tỷ", "“", "”", "; ", ", ", ": ", ". ", "! ", "? ", " ", "\t", "– ", "(", ")", "…"],
        *["Kinh tế số ", "đạt ", "Hà Nội ", "x" * 300, "\u00a0", "- ", "IV. ", "|", "80. "],
    ]
    text = normalise("Mở đầu. " + "".join(pick.choice(pieces) for _ in range(600)))
    document = build_document("a.txt", text)
    found = split(document, SplittingSettings(passage_characters=300, sentence_characters=250))
    assert bare("".join(quotes(found))) == bare_body(document)
    assert all(len(item.text) <= 300 for item in found)
    assert all(len(quote) <= 250 for quote in quotes(found))
    for item in found:
        assert item.text == text[item.start : item.end]


def test_ten_megabytes_in_one_line_are_split_whole() -> None:
    text = LONG_LINE * (10_000_000 // len(LONG_LINE))
    assert "\n" not in text
    assert len(text) > 9_900_000
    document = build_document("a.txt", text)
    found = split(document, SplittingSettings())
    assert all(len(item.text) <= 900 for item in found)
    assert "".join(map(bare, quotes(found))) == bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_000,
        "." * 2_000_000,
        "Hết." + " " * 2_000_000 + "y",
        ("Hết." + " " * 500) * 4_000,
        '."' * 1_000_000,
        "A." * 1_000_000,
        "1. " * 200_000,
        "a,b;c:" * 300_000,
        "Điều 1\n" * 50_000,
        "#" * 2_000_000,
        "\n" * 1_000_000 + "x",
    ],
    ids=lambda text: repr(text[:6]),
)
def test_a_monotonous_line_takes_linear_time(text: str) -> None:
    document = SourceDocument(build_document("a.txt", "x").description, text, 0)
    found = split(document, SplittingSettings())
    assert sum(len(bare(quote)) for quote in quotes(found)) == len(bare(text))
    assert len(find_headings(text, 0)) in (0, 50_000)


def test_real_documents_are_covered_without_loss(shared: Path) -> None:
    paths = sorted([*shared.glob("corpus/*.txt"), *shared.glob("corpus_more/*.txt")])
    assert paths
    for path in paths:
        text = normalise(path.read_text(encoding="utf-8"))
        document = build_document(path.name, text)
        found = split(document, SplittingSettings())
        assert bare("".join(quotes(found))) == bare_body(document), path.name
        assert all(len(item.text) <= 900 for item in found), path.name
