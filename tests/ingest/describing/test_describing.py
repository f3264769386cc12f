from pathlib import Path

import pytest

from ingest.cleaning import find_clutter
from ingest.describing import Described, describe
from ingest.documents import Description, LegalReference
from ingest.loading.loaded import LoadedFile, Stated
from ingest.splitting import find_headings
from tests.ingest.cleaning.pages import MORE, PAGES, PROSE, unmarked

LONG = "Thành phố dành nguồn lực cho hạ tầng dữ liệu và kỹ năng số của người dân mọi phường. " * 2


def described_whole(text: str, body_start: int = 0, stated: Stated | None = None) -> Described:
    loaded = LoadedFile(text, stated or Stated(), body_start)
    dropped = find_clutter(loaded)
    return describe("thu-muc/a.txt", loaded, find_headings(loaded, dropped), dropped)


def described(text: str, body_start: int = 0, stated: Stated | None = None) -> Description:
    return described_whole(text, body_start, stated).description


def page(name: str) -> Description:
    return described(unmarked(PAGES[name])[0])


def legal(*lines: str, number: str = "Số: 8/QĐ-UBND", kind: str = "QUYẾT ĐỊNH") -> Description:
    head = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    place = "Lai Châu, ngày 04 tháng 3 năm 2024"
    subject = "Về việc mở lớp kỹ năng số"
    return described("\n".join([head, number, place, "", kind, subject, "", *lines, PROSE]))


# Titles


def test_a_heading_that_opens_the_text_is_its_title() -> None:
    found = described(f"Kế hoạch dữ liệu mở\n{LONG}")
    assert found.id == "thu-muc/a.txt"
    assert found.title == "Kế hoạch dữ liệu mở"
    assert found.title_basis == "inferred"


def test_a_markdown_title_is_read_without_its_marks() -> None:
    assert described(f"\n\n# Dữ liệu mở #\n\n{LONG}").title == "Dữ liệu mở"


def test_without_a_heading_the_first_sentence_is_the_title() -> None:
    text = f"Sở đã mở cổng dữ liệu. {LONG}\n\n## Phần sau\n\n{LONG}"
    assert described(text).title == "Sở đã mở cổng dữ liệu."


def test_a_dateline_is_no_part_of_the_title() -> None:
    assert described(f"(TTXVN) - Sở đã mở cổng dữ liệu. {LONG}").title == "Sở đã mở cổng dữ liệu."


def test_a_long_first_sentence_is_shortened_between_words() -> None:
    words = "dữ liệu " * 60
    title = described(f"{words.strip()}.").title
    assert title.endswith("liệu…") or title.endswith("dữ…")
    assert len(title) <= 161
    assert words.startswith(title[:-1])


def test_a_long_first_word_is_shortened_too() -> None:
    assert len(described("x" * 500).title) <= 161


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("agency", "Tổ công nghệ số về từng ngõ xóm"),
        ("daily", "Lớp học điện thoại của những người trên bảy mươi"),
        ("radio", "Tổ công nghệ số đến từng nhà giúp bà con nộp hồ sơ"),
        ("portal", "Kết quả ba tháng thí điểm một cửa lưu động"),
        ("plan", "Kế hoạch phát triển tổ công nghệ số trên địa bàn tỉnh năm 2024"),
    ],
)
def test_the_title_stands_below_the_furniture(name: str, title: str) -> None:
    assert page(name).title == title


def test_a_legal_title_in_capitals_stays_in_capitals() -> None:
    text = f"LUẬT\nTÀI SẢN SỐ\nVÀ DỮ LIỆU\n\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\n{PROSE}"
    assert described(text).title == "LUẬT TÀI SẢN SỐ VÀ DỮ LIỆU"


def test_lines_of_capitals_are_one_title() -> None:
    text = f"LÀNG NGHỀ LÊN MẠNG\nCHUYỆN Ở MỘT XÃ VEN SÔNG\nNguyễn Thị Lan\n{PROSE}\n{MORE}"
    assert described(text).title == "LÀNG NGHỀ LÊN MẠNG CHUYỆN Ở MỘT XÃ VEN SÔNG"


# Publisher and author


@pytest.mark.parametrize(
    ("name", "publisher", "author"),
    [
        ("agency", "Thông tấn xã Việt Nam", "Minh Khôi"),
        ("daily", "Báo Dân trí", "Trần Hoài An"),
        ("radio", "Đài Tiếng nói Việt Nam", "Bùi Lan"),
        ("portal", None, None),
        ("journal", "Tạp chí Nông thôn", "PGS., TS. Đinh Quang Huy"),
        ("plan", "UBND tỉnh Sóc Trăng", None),
    ],
)
def test_who_published_and_who_wrote(name: str, publisher: str | None, author: str | None) -> None:
    assert (page(name).publisher, page(name).author) == (publisher, author)


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("CHÍNH PHỦ\n{head}\nSố: 3/2024/NĐ-CP", "Chính phủ"),
        ("BỘ TÀI CHÍNH\t{head}\nSố: 3/2024/TT-BTC", "Bộ Tài chính"),
        ("UBND TỈNH CÀ MAU\nSỞ NỘI VỤ\n{head}\nSố: 3/KH-SNV", "Sở nội vụ"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN CÁI NƯỚC\n{head}\nSố: 3/KH-UBND", "UBND huyện Cái Nước"),
        ("{head}\nSố: 3/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("{head}", None),
    ],
)
def test_the_issuing_body_of_a_legal_document(head: str, publisher: str | None) -> None:
    state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    text = f"{head.format(head=state)}\n\nKẾ HOẠCH\nMở lớp kỹ năng số\n\n{PROSE}"
    assert described(text).publisher == publisher


# Dates


@pytest.mark.parametrize(
    ("name", "date", "basis"),
    [
        ("agency", "2025-03-18", "stated"),
        ("daily", "2024-11-21", "stated"),
        ("radio", None, None),
        ("portal", "2023-06-05", "stated"),
        ("journal", "2024-04", "stated"),
        ("plan", "2024-02-09", "stated"),
    ],
)
def test_the_date_that_a_page_states(name: str, date: str | None, basis: str | None) -> None:
    assert (page(name).date, page(name).date_basis) == (date, basis)


@pytest.mark.parametrize(
    ("sentences", "date"),
    [
        ("Tính đến tháng 8/2023, xã có 12 tổ.", "2023-08"),
        ("Ngày 5-6-2024, xã khai trương lớp học. Tháng 2/2024, xã đã mua máy.", "2024-06"),
        ("Lớp học được tổ chức ngày 3/9/2022 vừa qua.", "2022-09"),
        ("Ngày 5/6/2024, xã ban hành Kế hoạch số 4/KH-UBND.", "2024-06"),
        # Goals, deadlines and what a law says of its own force are not past.
        ("Phấn đấu đến ngày 30/6/2026 xong việc.", None),
        ("Xã sẽ khai trương vào ngày 1/9/2027.", None),
        ("Luật có hiệu lực từ ngày 1/7/2026.", None),
        ("Mục tiêu năm 2025: mọi nhà có mạng.", None),
        # The day of a cited document alone says only that the text is younger.
        ("Theo Quyết định số 5/QĐ-TTg ngày 3/2/2021, xã mở lớp.", None),
        # A later year is told: the article is younger than its newest day.
        ("Ngày 5/6/2021, xã mở lớp. Năm 2023, xã đã mở thêm lớp.", None),
        ("Kết quả thật đáng mừng.", None),
    ],
)
def test_the_date_is_inferred_from_what_is_told_as_past(sentences: str, date: str | None) -> None:
    found = described(f"Chuyện ở một xã\n{MORE} {sentences}\n{MORE}")
    assert (found.date, found.date_basis) == (date, "inferred" if date else None)


def test_a_day_without_a_year_gets_the_first_year_after_all_events() -> None:
    text = f"{{}} xã mở lớp. Việc này theo Quyết định số 5/QĐ-TTg ngày 3/12/2021. {MORE}"
    spring = described_whole(f"Chuyện ở xã\n{text.format('Sáng 20/3,')}")
    assert (spring.description.date, spring.description.date_basis) == ("2022-03-20", "inferred")
    assert any("2022-03-20" in note for note in spring.notes)
    winter = described(f"Chuyện ở xã\n{text.format('Chiều 15/12,')}")
    assert winter.date == "2021-12-15"
    assert described(f"Chuyện ở xã\nSáng 20/3, xã mở lớp. {MORE}").date is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Lai Châu, ngày 4 tháng 3 năm 2024", "2024-03-04"),
        ("Lai Châu, ngày     tháng 3 năm 2024", "2024-03"),
        ("Lai Châu, ngày    tháng    năm 2024", "2024"),
    ],
)
def test_blanks_in_a_letterhead_shorten_its_date(line: str, date: str) -> None:
    text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{line}\nKẾ HOẠCH\nMở lớp\n\n{PROSE}"
    assert described(text).date == date


# Legal documents: number, force, what they replace


def test_a_legal_document_states_its_number_and_force() -> None:
    found = legal("Điều 1. Quyết định này có hiệu lực kể từ ngày 15 tháng 4 năm 2024.")
    assert found.title == "Quyết định về việc mở lớp kỹ năng số"
    assert (found.number, found.date) == ("8/QĐ-UBND", "2024-03-04")
    assert (found.effective_date, found.locality) == ("2024-04-15", "Lai Châu")
    assert legal("Quyết định này có hiệu lực kể từ ngày ký.").effective_date == "2024-03-04"


def test_the_force_of_another_document_is_not_its_own() -> None:
    assert legal("Thông tư này có hiệu lực từ ngày 01/01/2020.").effective_date is None
    assert legal("Nghị định 5/2019/NĐ-CP có hiệu lực từ 01/01/2020.").effective_date is None


@pytest.mark.parametrize(
    ("sentence", "replaces"),
    [
        ("Quyết định này thay thế Quyết định số 2/QĐ-UBND ngày 3/2/2020.", ("2/QĐ-UBND",)),
        ("2. Bãi bỏ Quyết định số 2/QĐ-UBND.", ("2/QĐ-UBND",)),
        (
            "Quyết định số 2/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
            ("2/QĐ-UBND",),
        ),
        (
            "Các văn bản sau đây hết hiệu lực thi hành:\na) Quyết định số 2/QĐ-UBND;\n"
            "b) Kế hoạch số 3/KH-UBND;",
            ("2/QĐ-UBND", "3/KH-UBND"),
        ),
        ("Quyết định này thay thế Điều 3 Quyết định số 2/QĐ-UBND.", ()),
        ("Bãi bỏ khoản 2 Điều 1 Quyết định số 2/QĐ-UBND.", ()),
        ("Luật số 20/2023/QH15 được sửa đổi, bổ sung, thay thế thì theo luật mới.", ()),
        ("Nghị định này thay thế Nghị định số 9/2019/NĐ-CP.", ()),
        ("Thực hiện Quyết định số 2/QĐ-UBND.", ()),
    ],
)
def test_what_a_legal_document_replaces(sentence: str, replaces: tuple[str, ...]) -> None:
    assert legal(sentence).replaces == replaces


def test_what_has_replaced_a_legal_document() -> None:
    sentence = "Quyết định này được thay thế bởi Quyết định số 9/QĐ-UBND ngày 1/1/2025."
    assert legal(sentence).replaced_by == ("9/QĐ-UBND",)
    assert legal(sentence).replaces == ()


def test_a_portal_table_describes_the_document_under_it() -> None:
    table = (
        "| Số hiệu | 5/2024/NĐ-CP |\n| Cơ quan ban hành | Chính phủ |\n"
        "| Ngày ban hành | 02 tháng 3 năm 2024 |\n| Ngày hiệu lực | 15/4/2024 |\n"
        "| Trạng thái | Đang cập nhật |"
    )
    text = f"{table}\n\nNGHỊ ĐỊNH\nVề kỹ năng số\n\nCăn cứ Luật số 1/2020/QH14;\nĐiều 1. {PROSE}"
    found = described(text)
    assert (found.number, found.publisher) == ("5/2024/NĐ-CP", "Chính phủ")
    assert (found.date, found.effective_date) == ("2024-03-02", "2024-04-15")


# Locality


@pytest.mark.parametrize(
    ("text", "locality"),
    [
        ("Cà Mau mở cổng dữ liệu. Cà Mau có 5 trạm. Huế cũng vậy.", "Cà Mau"),
        ("Cà Mau mở cổng dữ liệu. Huế cũng vậy.", None),
        ("Cả nước mở cổng dữ liệu.", None),
        ("Bac Lieu va Bac Lieu", "Bạc Liêu"),
        (f"Chuyện chung\n{PROSE} Có đoàn từ Huế về thăm.", None),
    ],
)
def test_the_locality_is_the_one_that_most_mentions_name(text: str, locality: str | None) -> None:
    assert described(text).locality == locality


def test_a_decree_is_for_the_whole_country() -> None:
    text = (
        "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/2024/NĐ-CP\n"
        f"NGHỊ ĐỊNH\nVề kỹ năng số\n\nHà Nội và Hà Nội làm trước. {PROSE}"
    )
    assert described(text).locality is None


# What is stated


def test_the_body_alone_is_described() -> None:
    front = "---\nnoi: Huế Huế Huế Huế\n---\n"
    text = f"{front}Cà Mau mở cổng dữ liệu. {LONG}"
    found = described(text, len(front))
    assert found.title == "Cà Mau mở cổng dữ liệu."
    assert found.locality == "Cà Mau"


def test_what_the_text_does_not_show_stays_unknown() -> None:
    found = described("Sở đã mở cổng dữ liệu.")
    assert (found.publisher, found.date, found.date_basis, found.source_file) == (None,) * 4
    assert (found.number, found.author, found.effective_date) == (None,) * 3
    assert found.kind == "original"
    assert (found.legal_documents, found.replaces, found.replaced_by) == ((), (), ())


def test_what_is_stated_goes_before_what_the_text_shows() -> None:
    stated = Stated(
        title="Tên khác",
        publisher="Báo X",
        author="An",
        date="2020",
        locality="Huế",
        replaces=("1/KH",),
    )
    found = described(unmarked(PAGES["agency"])[0], stated=stated)
    assert (found.title, found.title_basis, found.publisher) == ("Tên khác", "stated", "Báo X")
    assert (found.author, found.date, found.date_basis) == ("An", "2020", "stated")
    assert (found.locality, found.replaces) == ("Huế", ("1/KH",))


def test_a_stated_citation_gets_its_place_and_the_text_adds_others() -> None:
    text = f"Theo Kế hoạch số 5/KH-UBND và Quyết định số 7/QĐ-TTg, xã mở lớp. {PROSE}"
    stated = Stated(legal_documents=(LegalReference("5/KH-UBND", date="2024-01-02"),))
    first, second = described(text, stated=stated).legal_documents
    assert (first.number, first.kind, first.date) == ("5/KH-UBND", "Kế hoạch", "2024-01-02")
    assert first.start is not None
    assert text[first.start : first.end] == "5/KH-UBND"
    assert second.number == "7/QĐ-TTg"


def test_links_to_other_pages_are_no_citations() -> None:
    text = f"Chuyện ở xã\n{PROSE}\n{MORE}\nTin liên quan\nToàn văn Nghị quyết số 8/NQ-CP"
    assert described(text).legal_documents == ()


@pytest.mark.parametrize("section", ["Lao động", "Đầu tư", "Giao thông"])
def test_a_section_is_no_publisher(section: str) -> None:
    text = f"{section}\nTổ công nghệ số đến từng nhà\n{PROSE}\n{MORE}"
    assert described(text).publisher is None
    assert described(text.replace(section, f"Báo {section}")).publisher is not None


def test_descriptions_of_real_documents_have_all_of_a_law(shared: Path) -> None:
    path = next((shared / "corpus_more").glob("224-*.txt"))
    found = described(path.read_text("utf-8"))
    assert found.number == path.name.split("-")[0] + "/2026/NĐ-CP"
    assert found.publisher == "Chính phủ"
    assert found.title.startswith("Nghị định")
    assert found.effective_date is not None
    assert len(found.replaces) > 1


# Two columns of a letterhead in one line, as a PDF has them


def one_line_head(*lines: str) -> Description:
    return described("\n".join([*lines, "QUYẾT ĐỊNH", "Về việc mở lớp kỹ năng số", "", PROSE]))


def test_the_columns_of_a_letterhead_may_be_one_space_apart() -> None:
    found = one_line_head(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH LAI CHÂU Độc lập - Tự do - Hạnh phúc",
        "Số: 8/QĐ-UBND Lai Châu, ngày 04 tháng 3 năm 2024",
    )
    assert (found.number, found.date) == ("8/QĐ-UBND", "2024-03-04")
    assert (found.publisher, found.locality) == ("UBND tỉnh Lai Châu", "Lai Châu")
    assert found.legal_documents == ()


def test_a_year_may_stand_below_its_month() -> None:
    found = one_line_head(
        "BỘ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 8/QĐ-BNV Hà Nội, ngày 04 tháng 3 năm",
        "2024",
    )
    assert (found.number, found.date) == ("8/QĐ-BNV", "2024-03-04")


def test_an_issuer_in_small_letters_beside_the_states_name() -> None:
    found = one_line_head(
        "Bộ nội vụ cộng hoà xã hội chủ nghĩa việt nam",
        "Số: 8/QĐ-BNV --------------------",
        "Hà Nội, ngày 04 tháng 3 năm 2024",
    )
    assert (found.number, found.publisher) == ("8/QĐ-BNV", "Bộ Nội vụ")


def test_the_states_name_in_a_title_is_no_letterhead() -> None:
    text = f"BỘ LUẬT CỦA NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n{PROSE}"
    assert find_clutter(LoadedFile(text, Stated())) == ()


def test_a_department_without_the_states_name_above_it() -> None:
    found = described(
        "UBND TỈNH LAI CHÂU\nSỞ NỘI VỤ\nSố: 8/BC-SNV\nLai Châu, ngày 04 tháng 3 năm 2024\n\n"
        f"BÁO CÁO\nKết quả mở lớp kỹ năng số\n\n{PROSE}"
    )
    assert found.publisher == "Sở nội vụ"
    assert found.locality == "Lai Châu"


def test_the_minister_below_a_subject_is_no_part_of_the_title() -> None:
    found = described(
        "BỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/QĐ-BNV\n\nQUYẾT ĐỊNH\n"
        f"Về việc mở lớp kỹ năng số\nbộ trưởng bộ nội vụ\nCăn cứ Luật Giao dịch;\n\n{PROSE}"
    )
    assert found.title == "Quyết định về việc mở lớp kỹ năng số"


def test_a_title_of_cells_is_written_as_a_list() -> None:
    loaded = LoadedFile("Xã\tNăm 2023\tNăm 2025\nAn\t12\t45%", Stated(), headings=())
    assert describe("a.csv", loaded, (), ()).description.title == "Xã, Năm 2023, Năm 2025"
