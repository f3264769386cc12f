"""The shortest piece of a quote that answers."""

import pytest
from app.short_answers import short_answer

from app.questions import understand
from ingest.syllables import SyllableStatistics
from tests.factories import make_evidence

SENTENCE = "Hà Nội phấn đấu kinh tế số chiếm 30% GRDP vào năm 2025."


def shortened(question: str, quote: str, *others: str) -> str | None:
    understood = understand(question, (), SyllableStatistics.count([quote]))
    return short_answer(understood, [make_evidence(text) for text in (quote, *others)])


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        ("Hà Nội đặt mục tiêu kinh tế số bao nhiêu phần trăm?", SENTENCE, "30%"),
        (
            "Tỷ lệ hộ có cáp quang là mấy phần trăm?",
            "Có 1.200 thôn với 85,5% hộ có cáp quang trong năm 2022.",
            "85,5%",
        ),
        (
            "Tỷ lệ hồ sơ số là bao nhiêu?",
            "Hồ sơ số đạt ba mươi phần trăm vào cuối năm.",
            "ba mươi phần trăm",
        ),
        (
            "Huế xếp thứ mấy về chỉ số DTI?",
            "Năm 2021, Huế xếp thứ 7/63 về chỉ số DTI.",
            "xếp thứ 7/63",
        ),
        (
            "Thành phố đứng thứ mấy về an toàn thông tin?",
            "Thành phố đứng đầu cả nước về an toàn thông tin.",
            "đứng đầu",
        ),
        (
            "Có bao nhiêu hồ sơ được số hóa?",
            "Năm 2022, tỉnh số hóa 1.734 hồ sơ tại 9 huyện.",
            "1.734 hồ sơ",
        ),
        (
            "Có mấy huyện?",
            "Năm 2022, tỉnh số hóa 1.734 hồ sơ tại 9 huyện.",
            "9 huyện",
        ),
        (
            "Kế hoạch được ban hành ngày nào?",
            "Thành phố ban hành kế hoạch ngày 14/3/2022 để làm 5 việc.",
            "14/3/2022",
        ),
        (
            "Đề án được duyệt theo quyết định nào?",
            "Đề án được duyệt theo Quyết định 3711/QĐ-UBND ngày 8/9/2021.",
            "3711/QĐ-UBND",
        ),
        (
            "Ai chủ trì hội thảo số hóa?",
            "Chủ trì hội thảo số hóa là bà Trần Thu Mai cùng đại diện các sở.",
            "Trần Thu Mai",
        ),
    ],
)
def test_the_piece_that_answers_is_taken_from_the_quote(
    question: str, quote: str, expected: str
) -> None:
    found = shortened(question, quote)
    assert found == expected
    assert found in quote


@pytest.mark.parametrize(
    ("place", "expected"), [("Hà Nội", "30%"), ("Hải Phòng", "25%"), ("Huế", "20%")]
)
def test_of_several_figures_the_one_in_the_clause_of_the_place_is_taken(
    place: str, expected: str
) -> None:
    quote = "Kinh tế số của Hà Nội đạt 30%, của Hải Phòng đạt 25%, của Huế đạt 20%."
    assert shortened(f"Kinh tế số của {place} đạt bao nhiêu phần trăm?", quote) == expected


@pytest.mark.parametrize(("place", "expected"), [("Hà Nội", "30%"), ("Huế", "25%")])
def test_a_clause_without_a_place_is_about_the_place_named_before_it(
    place: str, expected: str
) -> None:
    quote = "Tại Hà Nội, kinh tế số đạt 30%; tại Huế, kinh tế số mới đạt 25%."
    assert shortened(f"Kinh tế số của {place} đạt bao nhiêu phần trăm?", quote) == expected


@pytest.mark.parametrize(("year", "expected"), [("2020", "7%"), ("2022", "9%")])
def test_of_several_figures_the_one_in_the_clause_of_the_year_is_taken(
    year: str, expected: str
) -> None:
    quote = "Kinh tế số năm 2020 đạt 7%, năm 2022 đạt 9%."
    assert shortened(f"Kinh tế số năm {year} đạt bao nhiêu phần trăm?", quote) == expected


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Hà Nội đạt bao nhiêu phần trăm?", "Hà Nội đang vươn lên, Hải Phòng đã đạt 25%."),
        ("Năm 2025 đạt bao nhiêu phần trăm?", "Năm 2025 là hạn chót, năm 2030 phải đạt 40%."),
    ],
)
def test_a_figure_of_another_place_or_year_is_never_given(question: str, quote: str) -> None:
    assert shortened(question, quote) is None


def test_the_date_asked_for_may_lie_in_another_year_than_the_one_named() -> None:
    quote = "Kế hoạch cho năm 2023 được ban hành ngày 26/12/2022, sau một kỳ họp."
    assert shortened("Kế hoạch năm 2023 ra ngày nào?", quote) == "26/12/2022"


def test_a_figure_that_the_question_states_itself_is_not_given_back() -> None:
    quote = "Trong 40% hộ dùng ví điện tử có 15% hộ ở nông thôn."
    question = "Trong 40% hộ dùng ví điện tử có bao nhiêu phần trăm ở nông thôn?"
    assert shortened(question, quote) == "15%"


def test_a_name_that_the_question_states_itself_is_not_given_back() -> None:
    quote = "Theo Trần Thu Mai, người điều hành hội thảo là Lê Văn Bình."
    assert shortened("Ai được Trần Thu Mai giới thiệu?", quote) == "Lê Văn Bình"


@pytest.mark.parametrize(
    "question",
    [
        "Liệt kê các chỉ tiêu kinh tế số.",
        "So sánh kinh tế số của Hà Nội với Huế.",
        "Hà Nội có phát triển kinh tế số không?",
        "Vì sao Hà Nội phát triển kinh tế số?",
    ],
)
def test_a_question_for_no_single_thing_has_no_short_answer(question: str) -> None:
    assert shortened(question, SENTENCE) is None


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Đạt bao nhiêu phần trăm?", "Hà Nội có 30 khu công nghệ số."),
        ("Theo quyết định nào?", SENTENCE),
        ("Ai ký văn bản?", "kế hoạch do lãnh đạo thành phố ký."),
        ("Cơ quan nào chủ trì?", "Việc này do Sở Thông tin và Truyền thông chủ trì."),
    ],
)
def test_a_quote_without_the_piece_asked_for_has_no_short_answer(question: str, quote: str) -> None:
    assert shortened(question, quote) is None


def test_no_evidence_has_no_short_answer() -> None:
    statistics = SyllableStatistics.count([SENTENCE])
    assert short_answer(understand("Đạt mấy phần trăm?", (), statistics), []) is None


def test_only_the_first_quote_is_read() -> None:
    assert shortened("Đạt bao nhiêu phần trăm?", "Kinh tế số tăng nhanh.", SENTENCE) is None


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        (
            "Tỉnh đặt chỉ tiêu hộ có internet bao nhiêu phần trăm?",
            "Tỉnh đặt chỉ tiêu trên 70% hộ có internet.",
            "trên 70%",
        ),
        (
            "Tỷ lệ hồ sơ nộp qua mạng là bao nhiêu phần trăm?",
            "Tỷ lệ hồ sơ nộp qua mạng đạt từ 65% trở lên.",
            "từ 65% trở lên",
        ),
    ],
)
def test_the_words_that_bound_a_figure_stay_with_it(
    question: str, quote: str, expected: str
) -> None:
    assert shortened(question, quote) == expected


def test_of_figures_that_fit_equally_well_none_is_given() -> None:
    quote = "Kế hoạch nêu 12 việc về hạ tầng, 15 việc về hạ tầng."
    assert shortened("Có bao nhiêu việc về hạ tầng?", quote) is None


def test_a_group_that_leads_is_no_rank() -> None:
    quote = "Tỉnh phấn đấu vào nhóm 10 địa phương dẫn đầu về hạ tầng số."
    assert shortened("Tỉnh xếp thứ mấy về hạ tầng số?", quote) is None


def test_the_name_of_the_place_does_not_choose_between_two_figures_of_one_thing() -> None:
    quote = "Vĩnh Long lắp thêm 52 trụ sạc ở chợ, nhờ vậy toàn tỉnh có 1.308 trụ sạc."
    assert shortened("Vĩnh Long có bao nhiêu trụ sạc?", quote) is None
