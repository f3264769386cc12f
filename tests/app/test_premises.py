"""What a question takes for granted, and what the documents say instead."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.inquiry import Chosen, Decision, Inquiry
from app.premises import contradicted, missing_names, with_other_name
from app.settings import DecidingSettings
from ingest.documents import SourceDocument
from ingest.text import fold
from tests.factories import make_bulletin, make_inquiry

LIMITS = DecidingSettings()
FIBRE = "Huế phấn đấu tỷ lệ hộ có cáp quang đạt 90% vào năm 2025."
RANK = "Năm 2021, Huế xếp thứ 7/63 về chỉ số DTI."
SOCKETS = "Huế có 52 trạm sạc ở các chợ."
PLAN = make_bulletin("Hà Nội ban hành Kế hoạch số 777/KH-UBND về chợ.", locality="Hà Nội")
FACTORY = make_bulletin(
    "Nhà máy Bluestar tại Đà Nẵng dùng robot để hàn khung xe.", locality="Đà Nẵng"
)
SPEECH = "Ở hội thảo số hóa, ông Lê Văn Bình kêu gọi các trường dùng học bạ số."


def correction(question: str, document: SourceDocument | str) -> Decision | None:
    return contradicted(make_inquiry(question, document), LIMITS)


@pytest.mark.parametrize(
    ("question", "document", "short"),
    [
        ("Vì sao Huế đặt mục tiêu 95% hộ có cáp quang năm 2025?", FIBRE, "90%"),
        ("Huế đặt mục tiêu 95 phần trăm hộ có cáp quang, đúng không?", FIBRE, "90%"),
        ("Huế xếp thứ 3 về chỉ số DTI phải không?", RANK, "xếp thứ 7/63"),
        ("Tại sao Huế có 80 trạm sạc?", SOCKETS, "52 trạm sạc"),
        ("Có phải Huế có 80 trạm sạc không?", SOCKETS, "52 trạm sạc"),
    ],
)
def test_a_figure_that_the_documents_contradict_is_corrected_by_theirs(
    question: str, document: str, short: str
) -> None:
    decision = correction(question, document)
    assert decision is not None
    assert decision.outcome is Outcome.PREMISE_CORRECTED
    assert decision.short == short
    assert [item.quote for item in decision.evidence] == [document]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Vì sao Huế đặt mục tiêu 90% hộ có cáp quang năm 2025?", FIBRE),
        ("Huế đặt mục tiêu 90 phần trăm hộ có cáp quang phải không?", FIBRE),
        ("Huế xếp thứ 7 về chỉ số DTI phải không?", RANK),
        ("Huế xếp thứ 7 trong 63 tỉnh về chỉ số DTI phải không?", RANK),
        ("Tại sao Huế có 52 trạm sạc?", SOCKETS),
        ("Vì sao Huế đặt mục tiêu cáp quang?", FIBRE),
        ("Mạng 5G của Huế ra sao?", SOCKETS),
    ],
)
def test_what_the_documents_state_too_is_no_wrong_premise(question: str, document: str) -> None:
    assert correction(question, document) is None


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao Lào Cai đặt mục tiêu 95% hộ có cáp quang?",
        "Vì sao Huế đặt mục tiêu 95% hộ có cáp quang năm 2045?",
        "Vì sao Huế có 95 trường dạy hát?",
    ],
)
def test_a_figure_of_another_place_year_or_thing_corrects_nothing(question: str) -> None:
    assert correction(question, make_bulletin(FIBRE, locality="Huế")) is None


def test_a_count_of_one_thing_does_not_correct_that_of_another() -> None:
    assert correction("Vì sao Huế có 95 trường dạy hát?", SOCKETS) is None


def test_a_figure_far_from_the_question_corrects_nothing() -> None:
    question = "Vì sao Huế đặt mục tiêu 95% hộ có cáp quang năm 2025?"
    far = make_inquiry(question, "Năm 2025 Huế có 40% vườn hoa đẹp.", cosine=0.7)
    assert contradicted(far, LIMITS) is None


def test_a_legal_document_given_to_the_wrong_place_is_corrected() -> None:
    decision = correction("Kế hoạch 777/KH-UBND của Hải Phòng nói về việc gì?", PLAN)
    assert decision is not None
    assert decision.outcome is Outcome.PREMISE_CORRECTED
    assert [item.passage.document.locality for item in decision.evidence] == ["Hà Nội"]
    assert correction("Kế hoạch 777/KH-UBND của Hà Nội nói về việc gì?", PLAN) is None


def test_a_named_thing_given_to_the_wrong_place_is_corrected() -> None:
    decision = correction("Vì sao nhà máy Bluestar ở Hải Phòng dùng robot?", FACTORY)
    assert decision is not None
    assert decision.outcome is Outcome.PREMISE_CORRECTED
    assert correction("Vì sao nhà máy Bluestar ở Đà Nẵng dùng robot?", FACTORY) is None
    assert correction("Vì sao nhà máy Redmoon ở Hải Phòng dùng robot?", FACTORY) is None


def answered(inquiry: Inquiry) -> Decision:
    return Decision(Outcome.ANSWERED, (Chosen(inquiry.ranked[0]),), "ngắn")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Vì sao ông Phạm Hữu Tài kêu gọi các trường dùng học bạ số?", SPEECH),
        (
            "Kế hoạch do Công ty Sao Biển lập có mấy trạm sạc?",
            "Kế hoạch do Công ty Núi Cao lập có 52 trạm sạc.",
        ),
    ],
)
def test_the_same_told_of_another_person_or_body_is_a_correction_without_short_answer(
    question: str, text: str
) -> None:
    inquiry = make_inquiry(question, text)
    decision = with_other_name(inquiry, answered(inquiry))
    assert decision is not None
    assert (decision.outcome, decision.short) == (Outcome.PREMISE_CORRECTED, None)
    assert [item.quote for item in decision.evidence] == [text]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Vì sao ông Lê Văn Bình kêu gọi các trường dùng học bạ số?", SPEECH),
        ("Vì sao ông Phạm Hữu Tài mở chợ hoa ở bến sông?", SPEECH),
        (
            "Vì sao ông Phạm Hữu Tài kêu gọi các trường dùng học bạ số?",
            "Các trường được kêu gọi dùng học bạ số.",
        ),
    ],
)
def test_the_same_name_another_matter_or_no_other_name_is_no_correction(
    question: str, text: str
) -> None:
    inquiry = make_inquiry(question, text)
    assert with_other_name(inquiry, answered(inquiry)) is None


def test_names_that_a_passage_does_not_have_are_told() -> None:
    inquiry = make_inquiry("Vì sao ông Phạm Hữu Tài dùng học bạ số?", SPEECH)
    assert missing_names(inquiry, inquiry.ranked[0]) == ["Phạm Hữu Tài"]
    same = make_inquiry("Vì sao ông Lê Văn Bình dùng học bạ số?", SPEECH)
    assert missing_names(same, same.ranked[0]) == []


def test_of_a_question_typed_without_marks_no_name_is_missed() -> None:
    inquiry = make_inquiry("vi sao ong pham huu tai dung hoc ba so?", SPEECH)
    assert missing_names(inquiry, inquiry.ranked[0]) == []


# --- First places ------------------------------------------------------------------------------

THIRD = "Năm 2031, bến trăng xếp thứ 3 về chỉ số DTI."
FIRST = "Năm 2031, bến trăng giữ ngôi đầu về chỉ số DTI."


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao bến trăng về nhất về chỉ số DTI?",
        "Vì sao bến trăng xếp thứ nhất về chỉ số DTI?",
        "Bến trăng giữ ngôi số 1 về chỉ số DTI phải không?",
        "Vì sao bến trăng giữ ngôi số một về chỉ số DTI?",
        "Bến trăng giữ ngôi vương về chỉ số DTI, đúng không?",
        "Bến trăng ở vị trí số một về chỉ số DTI, đúng không?",
        "Bến trăng đứng đầu cả nước về chỉ số DTI, đúng không?",
    ],
)
def test_a_first_place_that_another_rank_contradicts_is_corrected(question: str) -> None:
    decision = correction(question, THIRD)
    assert decision is not None
    assert decision.short == "xếp thứ 3"
    assert correction(question, FIRST) is None


@pytest.mark.parametrize("write", [str, fold])
def test_another_rank_that_a_first_place_contradicts_is_corrected(
    write: Callable[[str], str],
) -> None:
    question = write("Vì sao bến trăng xếp thứ 3 về chỉ số DTI?")
    decision = correction(question, FIRST)
    assert decision is not None
    assert decision.short == "ngôi đầu"
    assert correction(question, THIRD) is None


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question",
    [
        "Ai đứng thứ 5 về chỉ số DTI?",
        "Bến nào xếp thứ 5 về chỉ số DTI?",
        "Tỉnh nào đứng ở vị trí thứ 5 về chỉ số DTI?",
    ],
)
def test_a_rank_whose_holder_is_asked_for_is_no_premise(
    question: str, write: Callable[[str], str]
) -> None:
    assert correction(write(question), THIRD) is None


# --- All of so many ----------------------------------------------------------------------------

FITTED = "Cả 30 quận lắp trạm sạc bằng tiền của đội thuyền buồm trong năm nào?"


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        (FITTED, "Có 19/30 quận lắp trạm sạc ở chợ.", "19/30 quận lắp"),
        (FITTED.replace("Cả", "Tất cả"), "Có 19/30 quận lắp trạm sạc ở chợ.", "19/30 quận lắp"),
        (FITTED.replace("Cả", "Toàn bộ"), "Có 19/30 quận lắp trạm sạc ở chợ.", "19/30 quận lắp"),
        (FITTED, "Có 30/30 quận lắp trạm sạc ở chợ.", None),
        (FITTED, "Có 19/24 quận lắp trạm sạc ở chợ.", None),
        (FITTED.replace("Cả", "Có"), "Có 19/30 quận lắp trạm sạc ở chợ.", None),
        ("Cả 30 quận lắp trạm sạc khi nào?", "Có 30/30 quận lắp trạm sạc.", None),
    ],
)
def test_all_of_so_many_is_corrected_by_some_of_as_many(
    question: str, text: str, short: str | None, write: Callable[[str], str]
) -> None:
    decision = correction(write(question), text)
    assert (decision and decision.short) == short


# --- Who issued --------------------------------------------------------------------------------

ISSUED = "Sở Tài chính ban hành Quyết định 4321/QĐ-STC về thuyền giấy."
OF_ISSUER = "Quyết định 4321/QĐ-STC của Sở Tài chính nói về thuyền giấy."


@pytest.mark.parametrize("text", [ISSUED, OF_ISSUER])
@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 4321/QĐ-STC do Sở Xây dựng ban hành nói gì?",
        "Sở Xây dựng ban hành Quyết định 4321/QĐ-STC về việc gì?",
        "Quyết định 4321/QĐ-STC của Sở Xây dựng nói gì?",
    ],
)
def test_a_document_that_is_given_another_issuer_is_corrected(question: str, text: str) -> None:
    decision = correction(question, text)
    assert decision is not None
    assert decision.outcome is Outcome.PREMISE_CORRECTED
    assert [item.quote for item in decision.evidence] == [text]


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 4321/QĐ-STC do Sở Tài chính ban hành nói gì?",
        "Quyết định 4321/QĐ-STC của Sở Tài chính tỉnh nói gì?",
        "Theo Quyết định 4321/QĐ-STC, Sở Xây dựng làm gì?",
        "Quyết định 4322/QĐ-STC của Sở Xây dựng nói gì?",
        "Sở Xây dựng ban hành gì về thuyền giấy?",
    ],
)
def test_its_own_issuer_one_who_only_acts_and_another_document_are_no_wrong_premise(
    question: str,
) -> None:
    assert correction(question, ISSUED) is None


# --- Stated figures ----------------------------------------------------------------------------


@pytest.mark.parametrize("write", [str, fold])
def test_a_figure_of_another_thing_that_agrees_does_not_prevent_a_correction(
    write: Callable[[str], str],
) -> None:
    question = write("Vì sao bến trăng có 95% hộ có cáp quang?")
    told, other = "Bến trăng có 61% hộ có cáp quang.", "Lối núi có 95% thuyền đỏ."
    decision = contradicted(make_inquiry(question, told, other, cosine=0.9), LIMITS)
    assert decision is not None
    assert decision.short == "61%"
    agreeing = "Bến trăng có 95% hộ có cáp quang."
    assert contradicted(make_inquiry(question, told, agreeing, cosine=0.9), LIMITS) is None


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Ai đặt 72 chỉ tiêu của bến trăng?", "18 chỉ tiêu"),
        ("72 chỉ tiêu của bến trăng có gì?", "18 chỉ tiêu"),
        ("72 chỉ tiêu của bến trăng do ai đặt?", "18 chỉ tiêu"),
        ("Ai đặt 18 chỉ tiêu của bến trăng?", None),
        ("Ai lắp 72 trạm sạc?", None),
        ("Ai đặt bảy mươi hai chỉ tiêu của bến trăng?", None),
    ],
)
def test_a_figure_that_a_question_rests_on_is_corrected_by_that_of_the_same_thing(
    question: str, short: str | None, write: Callable[[str], str]
) -> None:
    decision = correction(write(question), "Bến trăng có 18 chỉ tiêu.")
    assert (decision and decision.short) == short
