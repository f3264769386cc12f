"""Questions for a statement, or for yes or no."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_text import decide_text, decide_yes_no, nearest, takes_denied
from app.inquiry import Decision, Inquiry
from ingest.text import fold
from tests.factories import make_bulletin, make_inquiry

LIBRARY = "Huế có thư viện số ở trung tâm thành phố."


def quotes(question: str, *texts: str) -> list[str]:
    return [item.quote for item in decide_text(make_inquiry(question, *texts)).evidence]


def verdict(question: str, *texts: str) -> str | None:
    return decide_yes_no(make_inquiry(question, *texts)).short


def test_the_sentence_that_says_it_is_quoted() -> None:
    text = "Chính quyền số là cách làm việc bằng dữ liệu. Huế có ba chợ hoa."
    assert quotes("Chính quyền số là gì?", text) == [
        "Chính quyền số là cách làm việc bằng dữ liệu."
    ]


def test_a_second_sentence_is_quoted_only_where_it_is_as_near_and_never_a_third() -> None:
    alike = [f"Vì sao thư viện số mở cửa: lý do loại {letter}." for letter in "ABCD"]
    assert len(quotes("Vì sao thư viện số mở cửa?", *alike)) == 2
    assert len(quotes("Vì sao thư viện số mở cửa?", alike[0], "Huế có ba chợ hoa.")) == 1


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Huế có thư viện số không?", LIBRARY, "Có"),
        ("hue co thu vien so khong?", LIBRARY, "Có"),
        ("Does Hue have a digital library?", LIBRARY, "Yes"),
        ("Huế có thư viện số không?", "Huế chưa có thư viện số.", None),
        ("Huế có thư viện số không?", "Huế không có thư viện số.", None),
        ("Huế có bảo tàng robot dưới nước không?", LIBRARY, None),
        ("Huế chưa có thư viện số phải không?", LIBRARY, None),
        ("Có phải Huế không có thư viện số không?", LIBRARY, None),
        ("Huế chưa có thư viện số phải không?", "Huế chưa có thư viện số.", None),
        ("Does Hue not yet have a digital library?", LIBRARY, None),
    ],
)
def test_a_verdict_is_given_only_where_it_is_sure(
    question: str, text: str, expected: str | None
) -> None:
    assert verdict(question, text) == expected


def test_a_verdict_never_stands_without_its_quote() -> None:
    decision = decide_yes_no(make_inquiry("Huế có thư viện số không?", LIBRARY))
    assert [item.quote for item in decision.evidence] == [LIBRARY]
    assert decision.support is not None


@pytest.mark.parametrize("decide", [decide_text, decide_yes_no])
@pytest.mark.parametrize(
    ("question", "missing", "lacking"),
    [
        ("Đà Nẵng có thư viện số không?", "place", ("Đà Nẵng",)),
        ("Năm 2045 có thư viện số không?", "year", ("2045",)),
        ("Theo Nghị quyết 22/NQ-HĐND có thư viện số không?", "legal", ()),
    ],
)
def test_a_slot_that_nothing_fills_is_refused(
    decide: object, question: str, missing: str, lacking: tuple[str, ...]
) -> None:
    decision = decide(make_inquiry(question, LIBRARY))  # type: ignore[operator]
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking, decision.short) == (missing, lacking, None)


def test_the_nearest_comes_first_among_what_fills_the_slots() -> None:
    inquiry = make_inquiry(
        "Thư viện số của Huế mở cửa thế nào?",
        make_bulletin("Huế có ba chợ hoa. Thư viện số của Huế mở cửa cả tuần.", locality="Huế"),
        make_bulletin("Thư viện số của Lào Cai mở cửa cả tuần.", "b.txt", locality="Lào Cai"),
    )
    filled, refusal = nearest(inquiry)
    assert refusal is None
    assert [item.quote for item in filled] == [
        "Thư viện số của Huế mở cửa cả tuần.",
        "Huế có ba chợ hoa.",
    ]


ALLOWED = "Người dân có quyền từ chối đặt chỗ qua mạng."
FORBIDDEN = "Người dân không được từ chối đặt chỗ qua mạng."


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize("decide", [decide_text, decide_yes_no])
@pytest.mark.parametrize(
    ("question", "text", "outcome"),
    [
        (f"Vì sao {FORBIDDEN}?", ALLOWED, Outcome.PREMISE_CORRECTED),
        (f"{FORBIDDEN[:-1]}, đúng không?", ALLOWED, Outcome.PREMISE_CORRECTED),
        (f"Tại sao {FORBIDDEN}?", FORBIDDEN, Outcome.ANSWERED),
        (f"Tại sao {FORBIDDEN}?", "Người dân phải đóng phí chợ hoa.", Outcome.ANSWERED),
        (f"Tại sao {FORBIDDEN}?", "Người dân từ chối đặt chỗ qua mạng.", Outcome.ANSWERED),
        ("Vì sao người dân được từ chối đặt chỗ qua mạng?", ALLOWED, Outcome.ANSWERED),
        (f"{FORBIDDEN[:-1]} khi nào?", ALLOWED, Outcome.ANSWERED),
        ("Người dân có được từ chối đặt chỗ qua mạng không?", ALLOWED, Outcome.ANSWERED),
    ],
)
def test_what_is_taken_as_denied_is_corrected_where_it_is_allowed(
    decide: Callable[[Inquiry], Decision],
    question: str,
    text: str,
    outcome: Outcome,
    write: Callable[[str], str],
) -> None:
    inquiry = make_inquiry(write(question.replace(".?", "?")), text)
    decision = decide(inquiry)
    assert decision.outcome is outcome
    assert [item.quote for item in decision.evidence] == [text]
    assert takes_denied(inquiry, inquiry.ranked[0]) is (outcome is Outcome.PREMISE_CORRECTED)
