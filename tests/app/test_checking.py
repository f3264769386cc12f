"""The figure gate: no figure passes that nothing cited holds up."""

import unicodedata

import pytest

from app.answers import Citation, Computed, Outcome
from app.checking import check_answer
from ingest.documents import LegalReference
from tests.factories import make_answer, make_citation



def unsupported_figures(answer):
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
