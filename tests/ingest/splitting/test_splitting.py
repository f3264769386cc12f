import random
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.cleaning import find_clutter
from ingest.documents import Description, Dropped, Heading, Passage, SourceDocument
from ingest.loading.loaded import LoadedFile
from ingest.settings import SplittingSettings
from ingest.splitting import find_headings, is_bare_heading, sentence_spans, split
from ingest.splitting.contexts import CONTEXT_CHARACTERS
from ingest.text import normalise

# No line end in it: many of these make one long line.
LONG_LINE = (
    "Phường mở thêm điểm hỗ trợ kỹ năng số cho người cao tuổi. Tỷ lệ hồ sơ trực tuyến đạt 80,5%; "
    "Sở báo cáo theo số 15/KH-UBND, ngày 6-9-2021. "
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def make_source(
    text: str, *dropped: Dropped, pages: tuple[int, ...] = (), body_start: int = 0
) -> SourceDocument:
    loaded = LoadedFile(text, body_start=body_start, pages=pages)
    headings = find_headings(loaded, dropped)
    return SourceDocument(
        Description("a.txt", "Tên"), text, body_start, headings, pages, dropped=dropped
    )


def passages(text: str, passage: int = 900, sentence: int = 900) -> list[Passage]:
    settings = SplittingSettings(passage_characters=passage, sentence_characters=sentence)
    return split(make_source(text), settings)


def quotes(found: list[Passage]) -> list[str]:
    return [passage.quote(sentence) for passage in found for sentence in passage.sentences]


def bare(text: str) -> str:
    return "".join(text.split())


def words(text: str) -> str:
    """Return the letters and digits of a text: what no step may lose."""
    return "".join(filter(str.isalnum, text))


def kept_words(document: SourceDocument) -> str:
    pieces, position = [], document.body_start
    for item in document.dropped:
        pieces.append(document.text[position : item.start])
        position = max(position, item.end)
    return words("".join([*pieces, document.text[position:]]))


def check(document: SourceDocument, found: list[Passage], passage: int, sentence: int) -> None:
    """Check what holds of every split: nothing lost, nothing dropped shown, all verbatim."""
    assert words("".join(quotes(found))) == kept_words(document)
    position = document.body_start
    for item in found:
        assert item.text == document.text[item.start : item.end]
        assert item.start == item.sentences[0].start >= position
        assert item.end == item.sentences[-1].end
        assert len(item.text) <= passage
        assert not any(one.start < item.end and item.start < one.end for one in document.dropped)
        for one in item.sentences:
            assert position <= one.start < one.end
            assert one.end - one.start <= sentence
            assert item.quote(one) == item.quote(one).strip()
            assert len(one.context) <= CONTEXT_CHARACTERS
            position = one.end


def test_quotes_of_passages_are_the_documents_own_text() -> None:
    text = f"Kế hoạch dữ liệu\n{LONG_LINE * 20}\nĐoạn sau ngắn thôi.\n"
    found = passages(text)
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


def test_splitting_is_the_same_every_time() -> None:
    text = f"# Tên\n\n{LONG_LINE * 30}\n\n## Mục\n\n{BODY}"
    assert passages(text) == passages(text)


def headed(text: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the heading path and the sentences of each passage."""
    return [(item.heading, list(map(item.quote, item.sentences))) for item in passages(text)]


SHORT = BODY[:88]


def test_a_passage_stands_under_its_heading_path_and_begins_with_its_headings() -> None:
    lines = ["# Đề án", "## Hạ tầng ##", BODY, "### Mạng", BODY, "## Dữ liệu", BODY]
    assert headed("\n\n".join(lines)) == [
        (("Đề án", "Hạ tầng"), ["Đề án", "Hạ tầng", SHORT, SHORT]),
        (("Đề án", "Hạ tầng", "Mạng"), ["Mạng", SHORT, SHORT]),
        (("Đề án", "Dữ liệu"), ["Dữ liệu", SHORT, SHORT]),
    ]


def test_only_the_bare_headings_of_a_passage_are_said_to_be_so() -> None:
    text = (
        f"# Đề án\n\nI. MỤC TIÊU ĐẾN NĂM 2025:\n{BODY}\nII. VỐN: 30 tỷ đồng của xã\n"
        f"III. VIỆC\n{BODY}\nIV. LÀM THEO NGHỊ QUYẾT 12-NQ/TU\n{BODY}"
    )
    found = passages(text)
    bare_ones = [
        item.quote(one) for item in found for one in item.sentences if is_bare_heading(item, one)
    ]
    assert bare_ones == ["Đề án", "I. MỤC TIÊU ĐẾN NĂM 2025:", "III. VIỆC"]
    assert "II. VỐN: 30 tỷ đồng của xã" in quotes(found)


@pytest.mark.parametrize(
    "text",
    [
        "# Một\n\n## Hai\n",
        f"I. TÊN\n{BODY}\nII. MỤC TIÊU: đến năm 2025 đạt 80%",
        f"I. TÊN\n{BODY}\nII. TRỐNG\nIII. TÊN KHÁC\n{BODY}",
        f"Điều 1. Phạm vi\n{BODY}\nĐiều 2. (Được bãi bỏ)",
        f"Chương I\nCHUNG\nĐiều 1. Phạm vi\n{BODY}\nChương II\nRIÊNG",
        f"{BODY}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Bình",
    ],
)
def test_the_words_of_every_heading_are_in_a_sentence(text: str) -> None:
    document = make_source(text)
    check(document, split(document, SplittingSettings()), 900, 900)


@pytest.mark.parametrize(
    "provision",
    [
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Giao Sở cùng các phường, các trường, " + "theo dõi và báo cáo " * 8 + "hằng năm.",
    ],
)
def test_a_provision_is_quoted_with_the_number_in_its_line(provision: str) -> None:
    text = f"Điều 2. Đối tượng\n{BODY}\nĐiều 3. {provision}\nĐiều 4. Tổ chức\n{BODY}"
    assert headed(text) == [
        (("Điều 2. Đối tượng",), ["Điều 2. Đối tượng", SHORT, SHORT]),
        (("Điều 3",), [f"Điều 3. {provision}"]),
        (("Điều 4. Tổ chức",), ["Điều 4. Tổ chức", SHORT, SHORT]),
    ]


def test_a_title_in_the_line_of_its_provision_is_a_sentence_of_its_own() -> None:
    text = "Điều 2. Nguyên tắc chung 1. Tuân thủ luật. 2. Bảo đảm quyền của dân."
    assert quotes(passages(text)) == [
        "Điều 2. Nguyên tắc chung",
        "1. Tuân thủ luật.",
        "2. Bảo đảm quyền của dân.",
    ]


def test_a_part_that_a_sentence_opens_ends_with_the_last_of_its_kind() -> None:
    text = (
        f"# Bài\n\n{BODY}\nMột là, lo thể chế. {BODY}\n{BODY}\nHai là, lo vốn. {BODY}\n"
        f"- mở quỹ;\n- góp vốn.\n{BODY}"
    )
    found = passages(text, passage=300)
    paths = {item.quote(one): item.heading for item in found for one in item.sentences}
    assert paths["Một là, lo thể chế."] == ("Bài", "Một là, lo thể chế")
    assert paths["Hai là, lo vốn."] == ("Bài", "Hai là, lo vốn")
    assert paths["- góp vốn."] == ("Bài", "Hai là, lo vốn")
    assert [item.heading[1:] for item in found] == [
        (),
        ("Một là, lo thể chế",),
        ("Một là, lo thể chế",),
        ("Hai là, lo vốn",),
        (),
    ]


def test_small_sections_under_one_parent_make_one_passage_of_that_parent() -> None:
    small = "## Nơi nộp\n\nTại xã.\n\n## Giờ nộp\n\nCả ngày."
    text = f"# Sổ tay\n\n{BODY}\n\n{small}\n\n## Lưu ý\n\n{BODY}"
    assert headed(text) == [
        (("Sổ tay",), ["Sổ tay", SHORT, SHORT]),
        (("Sổ tay",), ["Nơi nộp", "Tại xã.", "Giờ nộp", "Cả ngày."]),
        (("Sổ tay", "Lưu ý"), ["Lưu ý", SHORT, SHORT]),
    ]


def test_sections_under_other_parents_do_not_mix() -> None:
    text = "# Một\n\n## Nơi\n\nTại xã.\n\n# Hai\n\n## Giờ\n\nCả ngày."
    assert headed(text) == [
        (("Một", "Nơi"), ["Một", "Nơi", "Tại xã."]),
        (("Hai", "Giờ"), ["Hai", "Giờ", "Cả ngày."]),
    ]


def test_a_heading_is_not_parted_from_a_paragraph_that_nearly_fills_a_passage() -> None:
    paragraph = " ".join([SHORT] * 2) + " Câu cuối ngắn."
    found = passages(f"# {'Tên của mục này ' * 3}\n\n{paragraph}", passage=200, sentence=200)
    assert [len(item.sentences) for item in found] == [2, 2]


def test_what_stands_before_the_body_is_in_no_passage() -> None:
    front = "---\ntitle: Tên\n---\n"
    document = make_source(front + LONG_LINE, body_start=len(front))
    assert quotes(split(document, SplittingSettings())) == sentences(LONG_LINE)


def test_lines_without_words_make_no_sentence() -> None:
    assert quotes(passages("Một câu.\n---\n* * *\n|---|\n...\nHai câu.")) == [
        "Một câu.",
        "Hai câu.",
    ]


def drop(text: str, *parts: str) -> SourceDocument:
    starts = [text.index(part) for part in parts]
    spans = [Dropped(at, at + len(part), "clutter") for at, part in zip(starts, parts, strict=True)]
    return make_source(text, *spans)


@pytest.mark.parametrize(
    ("text", "dropped", "expected"),
    [
        ("Một câu.\nChia sẻ bài\nHai câu.", ["Chia sẻ bài"], [["Một câu."], ["Hai câu."]]),
        ("BÁO XÃ - Một câu. Hai câu.", ["BÁO XÃ - "], [["Một câu.", "Hai câu."]]),
        ("Một câu. Hai câu ./.", [" ./."], [["Một câu.", "Hai câu"]]),
        ("Một câu (Ảnh: T.A) dở dang.", ["(Ảnh: T.A)"], [["Một câu"], ["dở dang."]]),
        ("Chia sẻ\nMột câu.", ["Chia sẻ\n"], [["Một câu."]]),
        ("Một câu.\nIn trang", ["In trang"], [["Một câu."]]),
    ],
)
def test_dropped_text_is_in_no_sentence_and_in_no_passage(
    text: str, dropped: list[str], expected: list[list[str]]
) -> None:
    document = drop(text, *dropped)
    found = split(document, SplittingSettings())
    assert [list(map(item.quote, item.sentences)) for item in found] == expected
    check(document, found, 900, 900)


def test_a_document_of_which_all_is_dropped_has_no_passage() -> None:
    assert split(make_source("Chia sẻ", Dropped(0, 7, "button")), SplittingSettings()) == []


def test_a_sentence_knows_the_page_that_it_begins_on() -> None:
    text = "Câu một. Câu hai\nqua trang. Câu ba.\nCâu bốn."
    pages = (0, text.index("qua"), text.index("Câu bốn"))
    (passage,) = split(make_source(text, pages=pages), SplittingSettings())
    assert [(passage.quote(one), one.page) for one in passage.sentences] == [
        ("Câu một.", 1),
        ("Câu hai", 1),
        ("qua trang.", 2),
        ("Câu ba.", 2),
        ("Câu bốn.", 3),
    ]
    assert [one.page for one in passages("Một câu.")[0].sentences] == [None]


def test_headings_that_a_format_marks_make_the_path_too() -> None:
    text = "Mở đầu\nMột câu.\nPhần sau\nHai câu."
    marked = (Heading(0, 6, 1, "Mở đầu"), Heading(16, 24, 1, "Phần sau"))
    document = SourceDocument(Description("a.docx", "Tên"), text, 0, marked)
    found = split(document, SplittingSettings())
    assert "".join(bare(quote) for quote in quotes(found)) == bare(text)
    assert quotes(found) == ["Mở đầu", "Một câu.", "Phần sau", "Hai câu."]


@pytest.mark.parametrize("seed", range(30))
def test_any_mixture_of_marks_and_dropped_spans_is_covered_without_loss(seed: int) -> None:
    pick = random.Random(seed)
    pieces = [
        *["Điều 5. ", "TP. ", "v.v. ", "... ", "1. ", "a) ", "\n", "\n\n", "# Mục\n", "Chương I\n"],
        *["12,8 tỷ", "“", "”", "; ", ", ", ": ", ". ", "! ", "? ", " ", "\t", "– ", "(", ")", "…"],
        *["Kinh tế số ", "đạt ", "Hà Nội ", "x" * 300, "\u00a0", "- ", "IV. ", "|", "80. "],
        *["\nI. TÊN\n", "\nII. TÊN\n", "\nMột là, ", "\nHai là, ", "\nKẾ HOẠCH\n", "\n**Đậm**\n"],
    ]
    text = normalise("Mở đầu. " + "".join(pick.choice(pieces) for _ in range(600)))
    edges = sorted(pick.sample(range(len(text)), 20))
    spans = [Dropped(*pair, "clutter") for pair in zip(edges[::2], edges[1::2], strict=True)]
    for document in (make_source(text), make_source(text, *spans)):
        settings = SplittingSettings(passage_characters=300, sentence_characters=250)
        check(document, split(document, settings), 300, 250)


def test_ten_megabytes_in_one_line_are_split_whole() -> None:
    text = LONG_LINE * (10_000_000 // len(LONG_LINE))
    assert "\n" not in text
    assert len(text) > 9_900_000
    document = make_source(text)
    check(document, split(document, SplittingSettings()), 900, 900)


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
        "(" * 500_000 + ". A" * 200_000,
        "- X: - Y; " * 50_000,
        "a) việc:\n" * 30_000,
        "Điều 1\n" * 30_000,
        "Một là, x.\nHai là, y.\n" * 10_000,
        "I. TÊN\nchữ\n" * 20_000,
        "#" * 2_000_000,
        "\n" * 1_000_000 + "x",
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    document = make_source(text)
    check(document, split(document, SplittingSettings()), 900, 900)


@pytest.mark.parametrize("cleaned", [False, True])
def test_real_documents_are_covered_without_loss(shared: Path, cleaned: bool) -> None:
    paths = sorted([*shared.glob("corpus/*.txt"), *shared.glob("corpus_more/*.txt")])
    paths += sorted(shared.glob("legacy_encoding/*.truth.txt"))
    assert paths
    for path in paths:
        text = normalise(path.read_text(encoding="utf-8"))
        loaded = LoadedFile(text)
        document = make_source(text, *(find_clutter(loaded) if cleaned else ()))
        check(document, split(document, SplittingSettings()), 900, 900)
