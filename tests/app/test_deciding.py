"""How a question ends: answered, refused by the slot that is empty, corrected, or foreign."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.deciding import decide, likeness
from app.inquiry import Decision, Inquiry
from app.settings import DecidingSettings
from ingest.documents import SourceDocument
from ingest.text import fold
from tests.factories import make_bulletin, make_document, make_inquiry

# Hashed words say nothing of scope: only its own tests set it.
LIMITS = DecidingSettings(scope_likeness=-1)
HUE = (
    "Huế đặt mục tiêu đến năm 2025 có 90% hộ có cáp quang. Năm 2022, Huế có 52 trạm sạc. "
    "Bà Trần Thu Mai chủ trì hội thảo ở Huế. Huế có thư viện số ở trung tâm thành phố."
)


def decided(question: str, *documents: SourceDocument | str) -> Decision:
    return decide(make_inquiry(question, *(documents or (HUE,))), LIMITS)


# --- Each kind of question ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Huế đặt mục tiêu bao nhiêu phần trăm hộ có cáp quang?", "90%"),
        ("hue dat muc tieu bao nhieu phan tram ho co cap quang?", "90%"),
        ("Huế có bao nhiêu trạm sạc năm 2022?", "52 trạm sạc"),
        ("Ai chủ trì hội thảo ở Huế?", "Trần Thu Mai"),
        ("Huế có thư viện số không?", "Có"),
        ("Liệt kê các mục tiêu về hộ có cáp quang.", None),
        ("Thư viện số của Huế ra sao?", None),
    ],
)
def test_a_question_of_each_kind_is_answered_from_its_sentence(
    question: str, short: str | None
) -> None:
    decision = decided(question)
    assert decision.outcome is Outcome.ANSWERED
    assert decision.short == short
    assert len(decision.evidence) == 1
    assert short in (None, "Có") or short in decision.evidence[0].quote


def test_evidence_that_fills_every_slot_is_quoted_not_the_best_of_all() -> None:
    decision = decided(
        "Năm 2025 Hà Nội có bao nhiêu phần trăm hộ có cáp quang?",
        "Năm 2030 Hà Nội có 95% hộ có cáp quang.",
        "Năm 2025 Huế có 70% hộ có cáp quang.",
        "Năm 2025 ở Hà Nội, 80% hộ có cáp quang.",
    )
    assert decision.short == "80%"


@pytest.mark.parametrize(
    ("question", "missing", "lacking"),
    [
        ("Đà Nẵng có bao nhiêu trạm sạc?", "place", ("Đà Nẵng",)),
        ("Huế có bao nhiêu trạm sạc năm 2045?", "year", ("2045",)),
        ("Huế xếp thứ mấy về cáp quang?", "kind", ()),
        ("Theo quyết định nào Huế có trạm sạc?", "kind", ()),
        ("Liệt kê các chợ của Đà Nẵng.", "place", ("Đà Nẵng",)),
        ("Ai chủ trì hội thảo ở Đà Nẵng?", "place", ("Đà Nẵng",)),
        ("Đà Nẵng có thư viện số không?", "place", ("Đà Nẵng",)),
        ("Huế và Đà Nẵng, nơi nào có nhiều trạm sạc hơn?", "place", ("Đà Nẵng",)),
        ("Nghị quyết 22/NQ-HĐND của Huế nói về việc gì?", "legal", ()),
    ],
)
def test_an_empty_slot_refuses_quotes_nothing_and_shows_the_nearest(
    question: str, missing: str, lacking: tuple[str, ...]
) -> None:
    decision = decided(question)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking) == (missing, lacking)
    assert (decision.chosen, decision.short, decision.computed) == ((), None, ())
    assert 1 <= len(decision.related) <= 2


# --- Is it about what is asked? ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Bao nhiêu phần trăm hộ có internet?", "Vùng núi có 40% vườn cây được tưới."),
        ("Bảo tàng robot dưới nước mở cửa ra sao?", "Chợ hoa bán nhiều loại hoa đẹp."),
    ],
)
def test_evidence_that_is_not_about_the_thing_asked_does_not_answer(
    question: str, text: str
) -> None:
    decision = decide(make_inquiry(question, text, cosine=0.75), LIMITS)
    assert (decision.outcome, decision.missing) == (Outcome.NOT_IN_DOCUMENTS, "topic")
    assert decision.chosen == ()


@pytest.mark.parametrize(("doubt", "outcome"), [(-20, Outcome.ANSWERED), (20, None)])
def test_how_much_must_speak_for_a_figure_is_a_setting(
    doubt: float, outcome: Outcome | None
) -> None:
    limits = DecidingSettings(scope_likeness=-1, figure_doubt=doubt)
    inquiry = make_inquiry("Huế có bao nhiêu trạm sạc?", HUE)
    assert decide(inquiry, limits).outcome is (outcome or Outcome.NOT_IN_DOCUMENTS)


def test_what_the_documents_do_not_name_is_not_answered_from_something_like_it() -> None:
    decision = decided(
        "Trường tiểu học Hoa Sen có bao nhiêu trạm sạc?", "Các trường tiểu học có 5 trạm sạc."
    )
    assert (decision.outcome, decision.missing) == (Outcome.NOT_IN_DOCUMENTS, "topic")


# --- Wrong premises ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Vì sao Huế đặt mục tiêu 95% hộ có cáp quang?", "90%"),
        ("Tại sao năm 2022 Huế có 80 trạm sạc?", "52 trạm sạc"),
        ("Vì sao ông Phạm Hữu Tài kêu gọi các trường dùng học bạ số?", None),
    ],
)
def test_a_wrong_premise_is_corrected_with_a_quote(question: str, short: str | None) -> None:
    speech = "Ở hội thảo số hóa, ông Lê Văn Bình kêu gọi các trường dùng học bạ số."
    decision = decided(question, HUE, speech)
    assert decision.outcome is Outcome.PREMISE_CORRECTED
    assert decision.short == short
    assert len(decision.evidence) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao Huế đặt mục tiêu 90% hộ có cáp quang?",
        "Huế đặt mục tiêu 90% hộ có cáp quang phải không?",
        "Tại sao năm 2022 Huế có 52 trạm sạc?",
    ],
)
def test_a_right_premise_is_no_wrong_one(question: str) -> None:
    assert decided(question).outcome is Outcome.ANSWERED


@pytest.mark.parametrize("ending", ["phải không?", "đúng không?"])
def test_a_rank_that_is_stated_right_is_answered_not_refused(ending: str) -> None:
    decision = decided(f"Huế xếp thứ 7 về hạ tầng số {ending}", "Huế xếp thứ 7/63 về hạ tầng số.")
    assert decision.outcome is Outcome.ANSWERED


def test_another_places_figure_corrects_no_premise() -> None:
    decision = decided(
        "Huế đạt 95% hộ có cáp quang phải không?",
        make_bulletin("Lào Cai đạt 48% hộ có cáp quang.", locality="Lào Cai"),
    )
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS


def test_a_rise_between_two_years_is_never_answered_by_what_was_reached() -> None:
    decision = decided(
        "Tỷ lệ hộ có cáp quang của Huế năm 2022 so với năm 2021 tăng bao nhiêu điểm phần trăm?",
        "Tỷ lệ hộ có cáp quang của Huế năm 2021 đạt 55%, năm 2022 đạt 61%.",
    )
    assert decision.short in (None, "6 điểm phần trăm")


def test_what_is_not_done_yet_is_never_answered_by_what_is_done() -> None:
    decision = decided(
        "Huế còn bao nhiêu mục tiêu của chương trình số hóa chưa hoàn thành?",
        "Huế đã hoàn thành 8/15 mục tiêu của chương trình số hóa.",
    )
    assert decision.short != "8/15 mục tiêu"
    assert decision.outcome is not Outcome.ANSWERED


# --- Out of scope ------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["Xin chào", "Cảm ơn bạn"])
def test_small_talk_is_out_of_scope_whatever_was_found(question: str) -> None:
    assert decided(question).outcome is Outcome.OUT_OF_SCOPE


def test_nothing_found_is_out_of_scope() -> None:
    assert decide(make_inquiry("Huế có mấy chợ?"), LIMITS).outcome is Outcome.OUT_OF_SCOPE


def foreign(limit: float) -> tuple[Inquiry, Decision]:
    inquiry = make_inquiry("Huế có bao nhiêu trạm sạc?", HUE)
    return inquiry, decide(inquiry, DecidingSettings(scope_likeness=limit))


def test_a_question_like_nothing_in_the_documents_is_out_of_scope() -> None:
    inquiry, _ = foreign(-1)
    limit = likeness(inquiry)
    assert foreign(limit - 0.01)[1].outcome is Outcome.ANSWERED
    _, decision = foreign(limit + 0.01)
    assert decision.outcome is Outcome.OUT_OF_SCOPE
    assert (decision.related, decision.evidence, decision.short) == ((), (), None)


def test_likeness_is_that_of_the_nearest_sentence_and_grows_with_the_words_shared() -> None:
    near, _ = foreign(-1)
    far = make_inquiry("Bảo tàng robot dưới nước?", HUE)
    assert 0.95 <= likeness(far) < likeness(near) <= 1.06


# --- Documents, definitions, names: decided before the kinds -----------------------------------

DECREE = make_document(
    "Số: 77/2031/NĐ-CP\n\nHà Nội, ngày 5 tháng 3 năm 2031\n\nBến mây là nơi thuyền giấy đỗ.",
    title="Nghị định về neo đậu thuyền giấy",
    number="77/2031/NĐ-CP",
    date="2031-03-05",
    date_basis="stated",
    locality=None,
)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "outcome", "quote"),
    [
        (
            "Nghị định 77/2031/NĐ-CP được ban hành ngày nào?",
            Outcome.ANSWERED,
            "Hà Nội, ngày 5 tháng 3 năm 2031",
        ),
        (
            "Nghị định 77/2031/NĐ-CP ban hành ngày 9/3/2031 nói về gì?",
            Outcome.PREMISE_CORRECTED,
            "Hà Nội, ngày 5 tháng 3 năm 2031",
        ),
        (
            "Nghị định về neo đậu thuyền giấy số mấy?",
            Outcome.ANSWERED,
            "Số: 77/2031/NĐ-CP",
        ),
        ("Bến mây là gì?", Outcome.ANSWERED, "Bến mây là nơi thuyền giấy đỗ."),
    ],
)
def test_a_document_is_asked_for_itself_and_a_thing_for_its_definition(
    question: str, outcome: Outcome, quote: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), DECREE)
    assert decision.outcome is outcome
    assert [item.quote for item in decision.evidence] == [quote]


def test_the_date_of_another_document_is_refused_for_it() -> None:
    decision = decided("Nghị định 78/2031/NĐ-CP được ban hành ngày nào?", DECREE)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == "legal"


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Vì sao tàu sang Hàn Quốc chở hoa?", Outcome.ANSWERED),
        ("Vì sao tàu sang Mỹ chở hoa?", Outcome.NOT_IN_DOCUMENTS),
    ],
)
def test_a_country_that_is_named_must_be_told(question: str, outcome: Outcome) -> None:
    decision = decided(question, "Tàu sang Hàn Quốc chở hoa vì chợ xuân.")
    assert decision.outcome is outcome


@pytest.mark.parametrize(
    ("question", "foreign"),
    [("How many charging stations in Hue?", False), ("Huế có bao nhiêu trạm sạc?", True)],
)
def test_an_english_question_may_be_less_like_its_evidence(question: str, foreign: bool) -> None:
    inquiry = make_inquiry(question, HUE, cosine=0.8)
    limits = DecidingSettings(scope_likeness=likeness(inquiry) + 0.05, english_allowance=0.1)
    assert (decide(inquiry, limits).outcome is Outcome.OUT_OF_SCOPE) is foreign
