from typing import Any

import pytest

from app.answers import Outcome
from eval.generated import CitedQuote, GeneratedAnswer
from eval.support import check_figures


def citation(number: int, quote: str, **fields: Any) -> CitedQuote:
    return CitedQuote.model_validate(
        {"number": number, "document": "a.txt", "quote": quote, "start": 0, "end": len(quote)}
        | fields
    )


def answer(text: str, *citations: CitedQuote, **fields: Any) -> GeneratedAnswer:
    return GeneratedAnswer.model_validate(
        {
            "id": "a",
            "question": "Tỷ lệ là bao nhiêu?",
            "outcome": Outcome.ANSWERED,
            "answer": text,
            "citations": citations,
        }
        | fields
    )


def unsupported(text: str, *citations: CitedQuote, **fields: Any) -> list[str]:
    return list(check_figures(answer(text, *citations, **fields)).unsupported)


ONE = citation(1, "Huế đạt 30% vào năm 2025.", title="Kế hoạch 239", date="2023-09-27")
TWO = citation(2, "Huế đạt 45% vào năm 2030.", document="b.txt", as_of="2024")


@pytest.mark.parametrize(
    "text",
    [
        "Huế đạt 30% [1].",
        "Huế đạt 30%. [1]",
        "Huế đạt 30%.[1]",
        "Theo bài: “Huế đạt 30% vào năm 2025.” [1]",
        "Huế đạt 30% [1]. Sau đó đạt 45% [2].",
        "Từ 30% lên 45% [1][2].",
        "Từ 30% lên 45% [1, 2].",
        "Các mức:\n1. Mức đầu 30% [1]\n2) Mức sau 45% [2]",
    ],
)
def test_a_figure_of_a_quote_that_its_sentence_cites(text: str) -> None:
    assert unsupported(text, ONE, TWO) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Huế đạt 31% [1].", ["31%"]),
        ("Huế đạt 30%.", ["30%"]),
        ("Huế đạt 45% [1].", ["45%"]),
        ("Huế đạt 45% trước hạn. Sau đó đạt 30% [1].", ["45%"]),
        ("Huế đạt 30% [1]. Sau đó đạt 45%.", ["45%"]),
        ("Huế đạt 30%.\nNguồn [1]", ["30%"]),
        ("Huế đạt 30% [7].", ["30%", "7"]),
        ("Huế có 14 nơi [1].", ["14"]),
    ],
)
def test_a_figure_that_its_sentence_does_not_cite(text: str, figures: list[str]) -> None:
    assert unsupported(text, ONE, TWO) == figures


def test_a_figure_of_the_question_as_asked_or_understood() -> None:
    assert unsupported("Không có mức 15%.", question="Sao lại là 15%?") == []
    assert unsupported("Không có cho năm 2030.", understood="Mức của năm 2030?") == []


def test_a_figure_of_the_cited_documents_title_date_or_as_of() -> None:
    assert unsupported("Theo kế hoạch 239 ngày 27/9/2023 đạt 30% [1].", ONE, TWO) == []
    assert unsupported("Theo kế hoạch 239:\n“Huế đạt 30% vào năm 2025.” [1]", ONE, TWO) == []
    assert unsupported("Năm 2024 đạt 30% [1].", ONE, TWO) == ["2024"]


def test_a_refusal_may_cite_related_quotes() -> None:
    refused = {"outcome": Outcome.NOT_IN_DOCUMENTS, "related": [ONE]}
    assert unsupported("Gần nhất: “Huế đạt 30% vào năm 2025.” [1]", **refused) == []
    assert unsupported("Gần nhất là 30%.", **refused) == ["30%"]


def test_a_verbatim_quote_counts_as_one_sentence() -> None:
    quote = "Tại điểm 5.\nPhạm vi 30 xã. Áp dụng 12 tháng."
    printed = "Bài ghi: “Tại điểm 5. Phạm vi 30 xã. Áp dụng 12 tháng.” [1]"
    assert unsupported(printed, citation(1, quote)) == []
    assert unsupported("Tại điểm 5. Phạm vi 30 xã. [1]", citation(1, quote)) == ["5"]


def computed(text: str, operation: str, *citations: int) -> dict[str, Any]:
    return {"computed": [{"text": text, "operation": operation, "citations": citations}]}


def test_an_answer_of_nothing_but_a_mark_states_no_figure() -> None:
    assert check_figures(answer("[1]", ONE)).figures == 0
    assert check_figures(answer("")).figures == 0


def test_a_computed_figure_is_worked_out_again() -> None:
    line = "Chênh lệch {} [1][2]."
    right = computed("15 điểm phần trăm", "difference", 1, 2)
    wrong = computed("16 điểm phần trăm", "difference", 1, 2)
    assert unsupported(line.format("15 điểm phần trăm"), ONE, TWO, **right) == []
    assert unsupported(line.format("16 điểm phần trăm"), ONE, TWO, **wrong) == ["16 điểm phần trăm"]


def test_a_difference_of_years_or_of_other_units_is_none() -> None:
    text = "Chênh lệch 5 [1][2]."
    assert unsupported(text, ONE, TWO, **computed("5", "difference", 1, 2)) == ["5"]


def test_a_difference_of_ranks() -> None:
    first, second = citation(1, "Huế xếp thứ 24/63."), citation(2, "Vinh xếp thứ 14/63.")
    right = computed("10 bậc", "difference", 1, 2)
    assert unsupported("Hơn nhau 10 bậc [1][2].", first, second, **right) == []


def test_a_count_is_the_number_of_quotes() -> None:
    assert unsupported("Có 2 mức [1][2].", ONE, TWO, **computed("2 mức", "count", 1, 2)) == []
    assert unsupported("Có 3 mức [1][2].", ONE, TWO, **computed("3 mức", "count", 1, 2)) == ["3"]


def test_a_rank_is_the_place_of_the_first_quote() -> None:
    three = citation(3, "Vinh đạt 40%.")
    right, wrong = computed("hạng 1", "rank", 2, 1, 3), computed("hạng 2", "rank", 2, 1, 3)
    assert unsupported("Đứng hạng 1 [1][2][3].", ONE, TWO, three, **right) == []
    assert unsupported("Đứng hạng 2 [1][2][3].", ONE, TWO, three, **wrong) == ["2"]


def test_a_computed_figure_that_cites_nothing_given_holds_nothing() -> None:
    lost = computed("15 điểm phần trăm", "difference", 1, 9)
    assert unsupported("Chênh 15 điểm phần trăm [1].", ONE, **lost) == ["15 điểm phần trăm"]
