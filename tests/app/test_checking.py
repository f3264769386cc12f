"""The figure gate: no figure passes that nothing cited holds up, none that means another thing."""

import unicodedata

import pytest

from app.answers import Answer, Citation, Computed, Outcome
from app.checking import check_answer, check_sentence
from app.claims import read_claims
from app.held import held_by
from ingest.documents import LegalReference
from tests.factories import make_answer, make_citation
from tests.timing import seconds_for


def unsupported_figures(answer: Answer) -> list[str]:
    return [item.figure for item in check_answer(answer)]


QUOTE = (
    "Theo Kế hoạch 511/KH-UBND ngày 27/9/2023, đến năm 2025 kinh tế số chiếm 30% GRDP với "
    "12,8 tỷ USD, 1.250 trạm phát sóng, xếp thứ 24/63 và thu hút hai trăm doanh nghiệp."
)


def cited(quote: str = QUOTE, number: int = 1, **changes: object) -> Citation:
    return make_citation(quote, number, **changes)


@pytest.mark.parametrize(
    "planted",
    [
        "13%",
        "3%",
        "30",
        "30,5%",
        "300%",
        "-30 điểm và 31%",
        "2030",
        "2015",
        "năm 2026",
        "512/KH-UBND",
        "511/KH-HĐND",
        "511/2023/KH-UBND",
        "28/9/2023",
        "ngày 27 tháng 10 năm 2023",
        "tháng 8/2023",
        "12,8 triệu USD",
        "12,8 nghìn tỷ USD",
        "128 tỷ USD",
        "1,250 tỷ",
        "1.25",
        "12.500",
        "1.250.000",
        "24/64",
        "24",
        "63",
        "201 doanh nghiệp",
        "2 - 3",
        "30 - 40%",
        "5G và 99",
    ],
)
def test_a_planted_figure_is_caught(planted: str) -> None:
    answer = make_answer(f"Tài liệu ghi {planted} như vậy [1].", cited())
    assert unsupported_figures(answer) != []


@pytest.mark.parametrize(
    "equal",
    [
        "30%",
        "30 %",
        "30 phần trăm",
        "30,0%",
        "2025",
        "511/KH-UBND",
        "511 /KH-UBND",
        "27/9/2023",
        "27/09/2023",
        "27-9-2023",
        "27 tháng 9 năm 2023",
        "12,8 tỷ",
        "12,80 tỷ",
        "12.800 triệu",
        "12.800.000.000",
        "1.250",
        "1250",
        "1,25 nghìn",
        "24/63",
        "24 / 63",
        "200",
    ],
)
def test_the_same_value_in_other_writing_passes(equal: str) -> None:
    answer = make_answer(f"Tài liệu ghi {equal} như vậy [1].", cited())
    assert unsupported_figures(answer) == []


def test_the_planted_figures_are_returned_as_written() -> None:
    answer = make_answer("Đạt 31% năm 2025 và 1.251 trạm [1].", cited())
    assert unsupported_figures(answer) == ["31%", "1.251"]


def test_the_quote_itself_passes() -> None:
    assert unsupported_figures(make_answer(f"Tài liệu ghi: “{QUOTE}” [1]", cited())) == []


# --- Which citation holds a figure -------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội đạt 25% [1].\nHải Phòng đạt 30% [2].",
        "Hà Nội đạt 25% [1]. Hải Phòng đạt 30% [2].",
        "Hà Nội đạt 25%. [1] Hải Phòng đạt 30%. [2]",
        "Hà Nội đạt 25% [1]; Hải Phòng đạt 30% [2].",
    ],
)
def test_a_figure_of_another_sentences_citation_is_caught(text: str) -> None:
    first = cited("Hà Nội phấn đấu đạt 30%.", 1)
    second = cited("Hải Phòng phấn đấu đạt 25%.", 2, document_id="b.txt")
    assert unsupported_figures(make_answer(text, first, second)) == ["25%", "30%"]


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội đạt 30% [1].\nHải Phòng đạt 25% [2].",
        "Hà Nội đạt 30% [1]. Hải Phòng đạt 25% [2].",
        "Hà Nội đạt 30%. [1] Hải Phòng đạt 25%. [2]",
        "Hà Nội và Hải Phòng đạt 30% và 25% [1] [2].",
        "Hà Nội đạt 30% [1], Hải Phòng đạt 25% [2].",
    ],
)
def test_a_figure_of_its_own_sentences_citation_passes(text: str) -> None:
    first = cited("Hà Nội phấn đấu đạt 30%.", 1)
    second = cited("Hải Phòng phấn đấu đạt 25%.", 2, document_id="b.txt")
    assert unsupported_figures(make_answer(text, first, second)) == []


def test_a_mark_of_two_digits_closes_its_sentence_too() -> None:
    first = cited("Hà Nội phấn đấu đạt 30%.", 11)
    second = cited("Hải Phòng phấn đấu đạt 25%.", 12, document_id="b.txt")
    text = "Hà Nội đạt 25%. [11] Hải Phòng đạt 30%. [12]"
    assert unsupported_figures(make_answer(text, first, second)) == ["25%", "30%"]


def test_a_figure_without_any_mark_is_caught_though_a_citation_has_it() -> None:
    answer = make_answer("Khoảng 30% thì phải.\nTài liệu nói về việc ấy [1].", cited())
    assert unsupported_figures(answer) == ["30%"]


def test_a_mark_that_nothing_stands_behind_holds_nothing() -> None:
    assert unsupported_figures(make_answer("Đạt 30% [7].", cited())) == ["30%"]


# --- What else may hold a figure ---------------------------------------------------------------


def test_a_figure_of_the_question_may_be_repeated() -> None:
    answer = make_answer("Không thấy số liệu năm 2045.", question="Năm 2045 đạt bao nhiêu?")
    assert unsupported_figures(answer) == []


def test_a_figure_of_a_question_typed_in_decomposed_letters_may_be_repeated() -> None:
    question = unicodedata.normalize("NFD", "Quyết định 4098/QĐ-UBND nói gì?")
    answer = make_answer("Không thấy Quyết định 4098/QĐ-UBND.", question=question)
    assert unsupported_figures(answer) == []


@pytest.mark.parametrize(
    ("stated", "supported"),
    [
        ("Chương trình 2040", True),
        ("ngày 25/9/2031", True),
        ("tháng 9/2031", True),
        ("năm 2031", True),
        ("899/QĐ-TTg", False),  # a document that the cited one names is not the cited one
        ("25", False),
        ("9", False),
        ("26/9/2031", False),
        ("898/QĐ-TTg", False),
    ],
)
def test_the_cited_documents_title_and_date_hold_figures(stated: str, supported: bool) -> None:
    citation = cited(
        "Thành phố phấn đấu hoàn thành.",
        title="Chương trình 2040",
        date="2031-09-25",
        legal_documents=(LegalReference("899/QĐ-TTg"),),
    )
    found = unsupported_figures(make_answer(f"Văn bản ghi {stated} [1].", citation))
    assert (found == []) is supported


def test_the_time_that_a_quote_describes_holds_its_year() -> None:
    plain = cited("Thành phố phấn đấu hoàn thành.")
    timed = Citation(1, plain.passage, plain.sentence, as_of="2024")
    text = "Số liệu của năm 2024 [1]."
    assert unsupported_figures(make_answer(text, plain)) == ["2024"]
    assert unsupported_figures(make_answer(text, timed)) == []


def test_a_computed_figure_passes_and_another_does_not() -> None:
    computed = (Computed("5 điểm phần trăm", "difference", (1, 2)),)
    answer = make_answer("Hơn kém 5 điểm, không phải 6 điểm.", computed=computed)
    assert unsupported_figures(answer) == ["6"]


# --- Marks and list numbers --------------------------------------------------------------------


def test_marks_and_list_numbers_are_no_figures() -> None:
    text = "1. Việc thứ nhất [1]\n2) Việc khác [12]\n  3. Việc nữa [1] [12]"
    first = cited("Việc thứ nhất rất cần.", 1)
    second = cited("Việc khác cũng cần.", 12)
    assert unsupported_figures(make_answer(text, first, second)) == []


def test_a_figure_behind_a_list_number_is_checked() -> None:
    assert unsupported_figures(make_answer("1. Đạt 31% [1]", cited())) == ["31%"]


# --- Refusals ----------------------------------------------------------------------------------


def test_a_refusal_states_no_figure_of_its_own() -> None:
    refusal = make_answer("Không có, nhưng có lẽ là 31%.", outcome=Outcome.NOT_IN_DOCUMENTS)
    assert unsupported_figures(refusal) == ["31%"]


@pytest.mark.parametrize(("figure", "unsupported"), [("30%", []), ("31%", ["31%"])])
def test_a_refusal_may_state_the_figures_of_its_related_quotes(
    figure: str, unsupported: list[str]
) -> None:
    refusal = make_answer(
        f"Không có; gần nhất là {figure} [1].",
        outcome=Outcome.NOT_IN_DOCUMENTS,
        related=(cited(),),
    )
    assert unsupported_figures(refusal) == unsupported


# --- What a figure means: tables of right and wrong sentences ------------------------------------

GROWTH = "Từ 41% năm 2019, tỷ lệ chợ nhận mã QR của Quảng Nam lên 79% năm 2023."
TWO_SHARES = (
    "Tỷ lệ hộ nông thôn có cáp quang đạt 64%; tỷ lệ trạm y tế dùng bệnh án điện tử đạt 28%."
)
BUDGET = "Tỉnh chi 85 tỷ đồng cho trung tâm dữ liệu và 30 tỷ đồng cho phần mềm."
RANKS = "Cà Mau xếp thứ 18/63, Kiên Giang xếp thứ 27/63 về cải cách hành chính năm 2022."
COUNTS = "Có 2.750 lớp tập huấn cho 96.000 nông dân, 410 hợp tác xã và 1,3 triệu lượt truy cập."
DATES = (
    "Ngày 9/5/2024, tỉnh ban hành Quyết định số 733/QĐ-UBND về dữ liệu mở; "
    "ngày 21/8/2024 ban hành Kế hoạch số 155/KH-UBND về thi đua."
)
BOUNDS = "Trên 70% giáo viên dùng học bạ số, dưới 5% hồ sơ trễ hạn, gần 300 thôn chưa có sóng."
PLAN = "Đến năm 2026, ít nhất 55% hộ kinh doanh dùng hóa đơn điện tử; đến năm 2030 là 90%."
WORDS_ONLY = "Hai mươi phần trăm văn bản được ký bằng điện thoại, ba trăm cán bộ dùng trợ lý ảo."
MONEY = "Xuất khẩu phần mềm đạt 4,7 tỷ USD, thuê ngoài 900 triệu USD, đầu tư 5 - 7 nghìn tỷ đồng."
REGION = "Hà Nội có 310 doanh nghiệp số, Đà Nẵng có 145 và Thành phố Hồ Chí Minh có 520."
LEVELS = "Điều 7 nêu 4 cấp độ; 12 dịch vụ đạt mức độ 3 được giải quyết trong 5 ngày làm việc."

RIGHT = [
    # Percentages
    (GROWTH, "Năm 2023, 79% chợ ở Quảng Nam nhận mã QR [1]."),
    (GROWTH, "Quảng Nam có 41% chợ nhận mã QR vào năm 2019 [1]."),
    (GROWTH, "Tỷ lệ này tăng từ 41% lên 79% [1]."),
    (GROWTH, "79 phần trăm chợ nhận mã QR vào năm 2023 [1]."),
    (GROWTH, "Bảy mươi chín phần trăm chợ nhận mã QR [1]."),
    (GROWTH, "79,0% chợ nhận mã QR [1]."),
    (TWO_SHARES, "Ở nông thôn, 64% số hộ có cáp quang [1]."),
    (TWO_SHARES, "28% trạm y tế đã dùng bệnh án điện tử [1]."),
    (TWO_SHARES, "Bệnh án điện tử mới có ở 28% trạm y tế, còn cáp quang ở 64% hộ nông thôn [1]."),
    (TWO_SHARES, "1. Hộ nông thôn có cáp quang: 64% [1]"),
    # Counts and magnitudes
    (COUNTS, "2.750 lớp tập huấn đã được mở [1]."),
    (COUNTS, "Số nông dân dự tập huấn là 96 nghìn người [1]."),
    (COUNTS, "96.000 nông dân được tập huấn [1]."),
    (COUNTS, "Chín mươi sáu nghìn nông dân được tập huấn [1]."),
    (COUNTS, "Có 1.300.000 lượt truy cập [1]."),
    (COUNTS, "Số lượt truy cập là 1,3 triệu [1]."),
    (COUNTS, "410 hợp tác xã tham gia [1]."),
    (COUNTS, "There were 410 cooperatives [1]."),
    (COUNTS, "Some 1.3 million visits were made [1]."),
    (COUNTS, "2,750 classes were held [1]."),
    # Money
    (BUDGET, "Phần mềm được chi 30 tỷ đồng [1]."),
    (BUDGET, "Trung tâm dữ liệu được 85 tỷ đồng, phần mềm được 30 tỷ đồng [1]."),
    (BUDGET, "85.000 triệu đồng là tiền dành cho trung tâm dữ liệu [1]."),
    (MONEY, "Xuất khẩu phần mềm thu về 4,7 tỷ USD [1]."),
    (MONEY, "Software exports reached 4.7 billion USD [1]."),
    (MONEY, "Software exports reached $4.7 billion [1]."),
    (MONEY, "Thuê ngoài đạt 0,9 tỷ USD [1]."),
    (MONEY, "Vốn đầu tư từ 5 đến 7 nghìn tỷ đồng [1]."),
    (MONEY, "Vốn đầu tư khoảng 5-7 nghìn tỷ đồng [1]."),
    # Ranks and fractions
    (RANKS, "Kiên Giang đứng thứ 27/63 về cải cách hành chính [1]."),
    (RANKS, "Năm 2022, Cà Mau xếp hạng 18/63 [1]."),
    (RANKS, "Cà Mau xếp thứ 18 trên 63 về cải cách hành chính [1]."),
    (RANKS, "Cà Mau: 18 / 63 [1]"),
    # Dates and legal numbers
    (DATES, "Quyết định 733/QĐ-UBND được ban hành ngày 9 tháng 5 năm 2024 [1]."),
    (DATES, "Kế hoạch số 155/KH-UBND ra ngày 21-8-2024 [1]."),
    (DATES, "Kế hoạch 155/KH-UBND ban hành tháng 8/2024 [1]."),
    (DATES, "Văn bản về dữ liệu mở ra đời ngày 09/05/2024 [1]."),
    (DATES, "Decision 733/QĐ-UBND was issued on 9 May 2024 [1]."),
    (DATES, "Các văn bản đều ban hành năm 2024 [1]."),
    (DATES, "Quyết định 733 nói về dữ liệu mở [1]."),
    # Operators
    (BOUNDS, "Hơn 70% giáo viên dùng học bạ số [1]."),
    (BOUNDS, "Over 70% of teachers use it [1]."),
    (BOUNDS, "70% giáo viên dùng học bạ số [1]."),
    (BOUNDS, "Chưa đến 5% hồ sơ trễ hạn [1]."),
    (BOUNDS, "Khoảng 300 thôn chưa có sóng [1]."),
    (BOUNDS, "Gần 300 thôn chưa có sóng [1]."),
    (PLAN, "Tối thiểu 55% hộ kinh doanh dùng hóa đơn điện tử vào năm 2026 [1]."),
    (PLAN, "Từ 55% trở lên là mốc của năm 2026 [1]."),
    (PLAN, "Năm 2030, tỷ lệ là 90% [1]."),
    (PLAN, "By 2026 at least 55 percent of business households must do so [1]."),
    # Numbers in words
    (WORDS_ONLY, "20% văn bản được ký bằng điện thoại [1]."),
    (WORDS_ONLY, "300 cán bộ dùng trợ lý ảo [1]."),
    (WORDS_ONLY, "Twenty per cent of papers, 20%, are signed by telephone [1]."),
    # Places
    (REGION, "Đà Nẵng có 145 doanh nghiệp số [1]."),
    (REGION, "Thủ đô có 310 doanh nghiệp số [1]."),
    (REGION, "Ở TP.HCM có 520 doanh nghiệp số [1]."),
    (REGION, "Sài Gòn có 520 doanh nghiệp số [1]."),
    (REGION, "Hanoi has 310 digital enterprises [1]."),
    (REGION, "Ho Chi Minh City has 520 digital enterprises [1]."),
    (REGION, "Hà Nội và Đà Nẵng lần lượt có 310 và 145 doanh nghiệp số [1]."),
    # Labels
    (LEVELS, "Có 12 dịch vụ đạt mức độ 3 [1]."),
    (LEVELS, "Thời hạn là 5 ngày làm việc theo Điều 7 [1]."),
    # What is no figure
    (TWO_SHARES, "1. Cáp quang ở nông thôn đã phủ khá rộng [1]"),
    (TWO_SHARES, "Tài liệu có nói về cáp quang [1] [1]."),
    (TWO_SHARES, f"Tài liệu ghi: “{TWO_SHARES}” [1]"),
    (TWO_SHARES, "Tài liệu ghi: “tỷ lệ trạm y tế dùng bệnh án điện tử đạt 28%” [1]"),
    (TWO_SHARES, "Tài liệu ghi: “Tỷ lệ hộ nông thôn có cáp quang … điện tử đạt 28%” [1]"),
]


@pytest.mark.parametrize(("quote", "sentence"), RIGHT)
def test_a_reworded_sentence_that_says_what_the_quote_says_passes(
    quote: str, sentence: str
) -> None:
    assert check_sentence(sentence, [cited(quote, locality=None)]) == []


WRONG = [
    # A figure of nowhere
    (GROWTH, "Năm 2023, 78% chợ ở Quảng Nam nhận mã QR [1].", "foreign"),
    (GROWTH, "Năm 2024, 79% chợ ở Quảng Nam nhận mã QR [1].", "foreign"),
    (COUNTS, "2.751 lớp tập huấn đã được mở [1].", "foreign"),
    (COUNTS, "1,3 tỷ lượt truy cập [1].", "foreign"),
    (COUNTS, "96 triệu nông dân được tập huấn [1].", "foreign"),
    (COUNTS, "Chín mươi tám nghìn nông dân được tập huấn [1].", "foreign"),
    (BUDGET, "Phần mềm được chi 30 triệu đồng [1].", "foreign"),
    (BUDGET, "Trung tâm dữ liệu được 8,5 tỷ đồng [1].", "foreign"),
    (MONEY, "Software exports reached 47 billion USD [1].", "foreign"),
    (MONEY, "Vốn đầu tư từ 5 đến 8 nghìn tỷ đồng [1].", "foreign"),
    (RANKS, "Kiên Giang đứng thứ 28/63 [1].", "foreign"),
    (RANKS, "Kiên Giang đứng thứ 27/34 [1].", "foreign"),
    (DATES, "Quyết định 737/QĐ-UBND nói về dữ liệu mở [1].", "foreign"),
    (DATES, "Quyết định 733/QĐ-TTg nói về dữ liệu mở [1].", "foreign"),
    (DATES, "Kế hoạch 155/KH-UBND ban hành ngày 21/9/2024 [1].", "foreign"),
    (DATES, "Kế hoạch 155/KH-UBND ban hành tháng 9/2024 [1].", "foreign"),
    (DATES, "Kế hoạch 155/KH-UBND ban hành năm 2023 [1].", "foreign"),
    (DATES, "Hai văn bản đều ban hành năm 2024 [1].", "foreign"),
    (WORDS_ONLY, "30% văn bản được ký bằng điện thoại [1].", "foreign"),
    (WORDS_ONLY, "Bốn trăm cán bộ dùng trợ lý ảo [1].", "foreign"),
    (TWO_SHARES, "1. Hộ nông thôn có cáp quang: 65% [1]", "foreign"),
    (TWO_SHARES, "Ở nông thôn, 64% số hộ có cáp quang.", "foreign"),
    (TWO_SHARES, "Ở nông thôn, 64% số hộ có cáp quang [2].", "foreign"),
    # Another unit
    (GROWTH, "79 chợ của Quảng Nam nhận mã QR năm 2023 [1].", "other_unit"),
    (GROWTH, "Tăng 79 điểm phần trăm [1].", "other_unit"),
    (COUNTS, "410 doanh nghiệp tham gia [1].", "other_unit"),
    (COUNTS, "410 companies took part [1].", "other_unit"),
    (COUNTS, "2.750 trường học đã mở lớp [1].", "other_unit"),
    (COUNTS, "Chi phí là 2.750 đồng [1].", "other_unit"),
    (BUDGET, "Phần mềm được chi 30 tỷ USD [1].", "other_unit"),
    (MONEY, "Xuất khẩu phần mềm đạt 4,7 tỷ đồng [1].", "other_unit"),
    (MONEY, "Software exports reached 4.7 billion dong [1].", "other_unit"),
    (REGION, "Đà Nẵng có 310 hộ gia đình [1].", "other_unit"),
    (LEVELS, "Thời hạn là 5 tháng [1].", "other_unit"),
    (LEVELS, "Có 7 dịch vụ được giải quyết [1].", "other_unit"),
    # Another direction
    (BOUNDS, "Dưới 70% giáo viên dùng học bạ số [1].", "other_operator"),
    (BOUNDS, "Gần 70% giáo viên dùng học bạ số [1].", "other_operator"),
    (BOUNDS, "Under 70% of teachers use it [1].", "other_operator"),
    (BOUNDS, "Trên 5% hồ sơ trễ hạn [1].", "other_operator"),
    (BOUNDS, "Hơn 300 thôn chưa có sóng [1].", "other_operator"),
    (PLAN, "Năm 2026, tối đa 55% hộ kinh doanh dùng hóa đơn điện tử [1].", "other_operator"),
    (TWO_SHARES, "Hơn 64% hộ nông thôn có cáp quang [1].", "other_operator"),
    (TWO_SHARES, "Dưới 28% trạm y tế dùng bệnh án điện tử [1].", "other_operator"),
    # Another thing of the same quote
    (TWO_SHARES, "Ở nông thôn, tỷ lệ hộ có cáp quang là 28% [1].", "other_indicator"),
    (TWO_SHARES, "64% trạm y tế dùng bệnh án điện tử [1].", "other_indicator"),
    (TWO_SHARES, "Bệnh án điện tử đã có ở 64% nơi [1].", "other_indicator"),
    (TWO_SHARES, "“tỷ lệ trạm y tế dùng bệnh án điện tử đạt 64%” [1]", "other_indicator"),
    (BUDGET, "Phần mềm được chi 85 tỷ đồng [1].", "other_indicator"),
    (BUDGET, "Trung tâm dữ liệu được chi 30 tỷ đồng [1].", "other_indicator"),
    (BUDGET, "Tỉnh chi 30 tỷ đồng cho trung tâm dữ liệu và 85 tỷ đồng cho phần mềm [1].",
     "other_indicator"),
    (MONEY, "Xuất khẩu phần mềm đạt 900 triệu USD [1].", "other_indicator"),
    (MONEY, "Thuê ngoài đạt 4,7 tỷ USD [1].", "other_indicator"),
    (DATES, "Kế hoạch số 155/KH-UBND về dữ liệu mở [1].", "other_indicator"),
    (DATES, "Văn bản về thi đua ban hành ngày 9/5/2024 [1].", "other_indicator"),
    (BOUNDS, "Dưới 5% giáo viên dùng học bạ số [1].", "other_unit"),
    (PLAN, "Ít nhất 90% hộ kinh doanh vào năm 2026 [1].", "other_operator"),
    # Another place
    (GROWTH, "Năm 2023, 79% chợ ở Quảng Ngãi nhận mã QR [1].", "other_place"),
    (RANKS, "Cà Mau xếp thứ 27/63 về cải cách hành chính [1].", "other_place"),
    (RANKS, "Kiên Giang xếp hạng 18/63 [1].", "other_place"),
    (REGION, "Đà Nẵng có 310 doanh nghiệp số [1].", "other_place"),
    (REGION, "Thủ đô có 520 doanh nghiệp số [1].", "other_place"),
    (REGION, "Sài Gòn có 145 doanh nghiệp số [1].", "other_place"),
    (REGION, "Hanoi has 145 digital enterprises [1].", "other_place"),
    (REGION, "Hải Phòng có 145 doanh nghiệp số [1].", "other_place"),
    (REGION, "Đà Nẵng: 520 doanh nghiệp số [1]", "other_place"),
    # Another year
    (GROWTH, "Năm 2019, 79% chợ ở Quảng Nam nhận mã QR [1].", "other_year"),
    (GROWTH, "Quảng Nam có 41% chợ nhận mã QR vào năm 2023 [1].", "other_year"),
    (GROWTH, "In 2019, 79 percent of the markets did so [1].", "other_year"),
    (PLAN, "Đến năm 2030, ít nhất 55% các hộ kinh doanh dùng hóa đơn điện tử [1].", "other_year"),
    (PLAN, "Năm 2026, tỷ lệ là 90% [1].", "other_year"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "sentence", "reason"), WRONG)
def test_a_reworded_sentence_that_says_something_else_is_caught(
    quote: str, sentence: str, reason: str
) -> None:
    found = check_sentence(sentence, [cited(quote, locality=None)])
    assert reason in [item.reason for item in found]


# --- What stands around a quote ------------------------------------------------------------------


def around(text: str, sentence: int, **changes: object) -> Citation:
    """Return a citation of one sentence of a paragraph."""
    return make_citation(text, 1, sentence, **changes)


@pytest.mark.parametrize(
    ("place", "reasons"),
    [("Gia Lai", []), ("Đắk Lắk", ["other_place"]), ("Thành phố", []), ("Buôn làng", [])],
)
def test_a_quote_that_names_no_place_is_about_its_documents_own(
    place: str, reasons: list[str]
) -> None:
    citation = cited("Toàn tỉnh có 57 bưu cục cung cấp dịch vụ công.", locality="Gia Lai")
    found = check_sentence(f"{place} có 57 bưu cục cung cấp dịch vụ công [1].", [citation])
    assert [item.reason for item in found] == reasons


@pytest.mark.parametrize(("place", "reasons"), [("Lai Châu", []), ("Sơn La", ["other_place"])])
def test_the_sentence_before_says_whose_figure_it_is(place: str, reasons: list[str]) -> None:
    text = "Lai Châu đã mở kho dữ liệu dùng chung. Kho này nối với 33 hệ thống của các sở."
    citation = around(text, 1, locality="Hà Nội")
    found = check_sentence(f"Kho dữ liệu của {place} nối với 33 hệ thống [1].", [citation])
    assert [item.reason for item in found] == reasons


@pytest.mark.parametrize(
    ("place", "reasons"),
    [("Thừa Thiên Huế", []), ("cố đô Huế", []), ("Huế", []), ("Quảng Trị", ["other_place"])],
)
def test_a_place_is_known_by_its_old_names_and_nicknames(place: str, reasons: list[str]) -> None:
    citation = cited("Thành phố Huế có 88 điểm phát wifi.", locality=None)
    found = check_sentence(f"Ở {place} có 88 điểm phát wifi [1].", [citation])
    assert [item.reason for item in found] == reasons


def test_a_figure_of_a_former_province_is_not_that_of_the_one_it_went_into() -> None:
    citation = cited("Bình Dương có 45 khu công nghiệp.", locality=None)
    sentence = "Thành phố Hồ Chí Minh có 45 khu công nghiệp [1]."
    assert [item.reason for item in check_sentence(sentence, [citation])] == ["other_place"]


@pytest.mark.parametrize(
    ("year", "reasons"),
    [("2031", []), ("2033", ["other_year", "foreign"]), ("2027", ["other_year"])],
)
def test_the_time_of_a_quote_without_year_is_that_of_its_citation(
    year: str, reasons: list[str]
) -> None:
    plain = cited("Có 640 xã đạt chuẩn.", locality=None, title="Chương trình 2027", date="2031-04")
    titled = cited("Có 640 xã đạt chuẩn.", locality=None, title="Việc số", date="2031-04")
    citation = plain if year != "2027" else titled
    question = "Năm 2027 có bao nhiêu xã?" if year == "2027" else ""
    found = check_sentence(f"Năm {year} có 640 xã đạt chuẩn [1].", [citation], question)
    assert [item.reason for item in found] == reasons


def test_a_figure_of_the_question_and_a_computed_one_need_no_quote() -> None:
    computed = [Computed("12 điểm phần trăm", "difference", (1, 2))]
    sentence = "Không phải 91%, chênh nhau 12 điểm phần trăm."
    assert check_sentence(sentence, [], "Có phải là 91% không?", computed) == []
    assert [item.figure for item in check_sentence(sentence, [])] == ["91%", "12"]


def test_a_computed_figure_may_stand_in_a_quote_for_another_thing() -> None:
    quote = "Long An có 72 bưu cục, Tiền Giang có 65 bưu cục và 7 điểm phục vụ."
    sentence = "Long An hơn Tiền Giang 7 bưu cục [1]."
    citation = cited(quote, locality=None)
    computed = [Computed("7 bưu cục", "difference", (1,))]
    assert check_sentence(sentence, [citation], computed=computed) == []
    assert [item.figure for item in check_sentence(sentence, [citation])] == ["7"]


def test_two_citations_of_one_sentence_hold_each_its_own_figures() -> None:
    first = cited("Vĩnh Long có 72 bưu cục.", 1, locality=None)
    second = cited("Trà Vinh có 65 bưu cục.", 2, locality=None, document_id="b.txt")
    right = "Vĩnh Long có 72 bưu cục [1], Trà Vinh có 65 bưu cục [2]."
    assert check_sentence(right, [first, second]) == []
    wrong = "Vĩnh Long có 65 bưu cục [1], Trà Vinh có 72 bưu cục [2]."
    found = check_sentence(wrong, [first, second])
    assert [(item.figure, item.reason) for item in found] == [
        ("65", "other_place"),
        ("72", "other_place"),
    ]


@pytest.mark.parametrize(
    "lead", ["Theo Cổng thông tin:", "Tài liệu ghi:", "According to the portal:", "Đồng Nai:"]
)
def test_a_verbatim_answer_of_the_product_passes(lead: str) -> None:
    for quote in (GROWTH, TWO_SHARES, BUDGET, RANKS, COUNTS, DATES, BOUNDS, PLAN, MONEY, LEVELS):
        text = f"{lead} “{quote}” [1]"
        assert check_answer(make_answer(text, cited(quote, locality=None))) == []


def test_a_verbatim_quote_beside_a_wrong_mark_is_caught() -> None:
    other = cited("Ở đây không có số nào.", 2, document_id="b.txt")
    answer = make_answer(f"“{BUDGET}” [2]", cited(BUDGET), other)
    assert [item.reason for item in check_answer(answer)] == ["foreign", "foreign"]


def test_a_quote_that_is_printed_on_one_line_is_still_verbatim() -> None:
    quote = "Chỉ tiêu là  45 xã có\tđiểm hỗ trợ"
    assert check_answer(make_answer(f"“{' '.join(quote.split())}” [1]", cited(quote))) == []


def test_a_usual_answer_is_checked_in_a_few_milliseconds() -> None:
    answers = [
        make_answer(sentence, cited(quote, locality=None)) for quote, sentence in RIGHT if sentence
    ]

    def work() -> None:
        read_claims.cache_clear()
        held_by.cache_clear()
        for answer in answers:
            check_answer(answer)

    assert seconds_for(work) / len(answers) < 0.02
