"""Questions for who, which or where: the name that stands by the thing asked about."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_name import decide_name
from app.inquiry import Decision
from ingest.text import fold
from tests.factories import make_inquiry


def decided(question: str, *texts: str) -> Decision:
    return decide_name(make_inquiry(question, *texts))


TWO = "Ông Lê Văn Bình phát biểu khai mạc hội thảo, bà Trần Thu Mai điều hành phần thảo luận."
BODIES = "Sở Tài nguyên và Môi trường chủ trì nền tảng bản đồ, Sở Tài chính bố trí kinh phí."


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        (
            "Ai chủ trì hội thảo số hóa?",
            "Chủ trì hội thảo số hóa là bà Trần Thu Mai cùng đại diện các sở.",
            "Trần Thu Mai",
        ),
        ("Ai phát biểu khai mạc hội thảo?", TWO, "Lê Văn Bình"),
        ("Ai điều hành phần thảo luận?", TWO, "Trần Thu Mai"),
        (
            "Ai được Trần Thu Mai giới thiệu?",
            "Theo Trần Thu Mai, người điều hành hội thảo là Lê Văn Bình.",
            "Lê Văn Bình",
        ),
        ("Cơ quan nào chủ trì nền tảng bản đồ?", BODIES, "Sở Tài nguyên và Môi trường"),
        (
            "Ông Lê Văn Bình giữ chức nào?",
            "Hội thảo có ông Lê Văn Bình, Phó Chủ tịch UBND tỉnh, phát biểu khai mạc.",
            "Phó Chủ tịch UBND tỉnh",
        ),
        (
            "Trung tâm dữ liệu đặt ở đâu?",
            "Trung tâm dữ liệu được đặt tại khu công nghiệp phía bắc, với 12 phòng máy.",
            "khu công nghiệp phía bắc",
        ),
    ],
)
def test_the_name_that_answers_is_taken_from_the_quote(
    question: str, quote: str, expected: str
) -> None:
    decision = decided(question, quote)
    assert decision.outcome is Outcome.ANSWERED
    assert decision.short == expected
    start, end = decision.chosen[0].spans[0]
    assert decision.chosen[0].evidence.quote[start:end] == expected


def test_of_two_bodies_the_one_that_acts_as_asked_is_named() -> None:
    assert decided("Cơ quan nào bố trí kinh phí?", BODIES).short == "Sở Tài chính"


def test_a_thing_of_a_kind_is_named_with_its_noun() -> None:
    quote = "Nhà máy Sao Biển, ở cảng, dùng robot hàn; xưởng Núi Cao vẫn hàn tay."
    short = decided("Nhà máy nào dùng robot hàn?", quote).short
    assert short is not None
    assert short.startswith("Nhà máy Sao Biển")
    assert short in quote


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Nhà máy nào dùng robot hàn?", "Nhiều nơi dùng robot hàn khung xe."),
        ("Người nào ký văn bản?", "Văn bản do lãnh đạo tỉnh ký."),
    ],
)
def test_a_quote_without_the_name_asked_for_has_no_short_answer(question: str, quote: str) -> None:
    decision = decided(question, quote)
    assert decision.short is None
    assert [item.quote for item in decision.evidence] == [quote]


def test_a_firm_asked_for_is_no_office_that_has_to_do_with_it() -> None:
    question = "Công ty nào làm ứng dụng đọc sách?"
    office = decided(question, "Sở Văn hóa giới thiệu ứng dụng đọc sách.")
    assert office.missing == "kind"
    firm = decided(question, "Công ty Sao Biển làm ứng dụng đọc sách cho Sở Văn hóa.")
    assert firm.short == "Công ty Sao Biển"


def test_where_is_answered_by_a_place_alone() -> None:
    decision = decided("Máy chủ đặt ở đâu?", "Máy chủ của tỉnh rất mạnh.")
    assert decision.missing == "kind"
    assert decided("Máy chủ đặt ở đâu?", "Máy chủ đặt tại Sở Nội vụ.").short


def test_a_name_speaks_for_a_sentence_and_its_lack_against_it() -> None:
    named = decided("Ai chủ trì hội thảo?", "Bà Trần Thu Mai chủ trì hội thảo.").support
    unnamed = decided("Người nào chủ trì hội thảo?", "Hội thảo được chủ trì rất tốt.").support
    assert named is not None
    assert unnamed is not None
    assert named.noun > unnamed.noun


def test_a_sentence_with_a_name_is_taken_before_one_as_near_without() -> None:
    texts = (
        "Hội thảo được chủ trì rất tốt.",
        "Chủ trì hội thảo là bà Trần Thu Mai.",
        "Chợ hoa ở bến sông mở cửa suốt cả tuần.",
    )
    assert decided("Người nào chủ trì hội thảo?", *texts).short == "Trần Thu Mai"


def test_both_names_of_a_question_for_two_are_marked_in_the_quote() -> None:
    quote = "Bà Trần Thu Mai chủ trì hội thảo tại nhà văn hóa, với nhiều khách."
    decision = decided("Ai chủ trì hội thảo và hội thảo diễn ra ở đâu?", quote)
    assert [quote[start:end] for start, end in decision.chosen[0].spans] == [
        "Trần Thu Mai",
        "nhà văn hóa",
    ]


@pytest.mark.xfail(reason="what stands before a passive verb is taken for who acts")
def test_what_something_is_done_to_is_not_who_does_it() -> None:
    assert decided("Ai chủ trì hội thảo?", "Hội thảo được chủ trì rất tốt.").short is None


@pytest.mark.parametrize(
    ("question", "missing"),
    [("Ai chủ trì hội thảo ở Đà Nẵng?", "place"), ("Ai chủ trì hội thảo năm 2045?", "year")],
)
def test_a_name_of_another_place_or_year_is_never_given(question: str, missing: str) -> None:
    decision = decided(question, "Năm 2022, ở Huế, bà Trần Thu Mai chủ trì hội thảo.")
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == missing


# --- Holders of a rank -------------------------------------------------------------------------

SECOND = "Bà Trần Thu Mai đứng thứ 2 cuộc đua thuyền giấy."
FIFTH = "Ông Lê Văn Bình đứng thứ 5 cuộc đua thuyền giấy."


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Ai đứng thứ 2 cuộc đua thuyền giấy?", "Trần Thu Mai"),
        ("Ai đứng thứ 5 cuộc đua thuyền giấy?", "Lê Văn Bình"),
    ],
)
def test_of_the_holders_of_ranks_the_one_asked_for_is_named(
    question: str, short: str, write: Callable[[str], str]
) -> None:
    assert decided(write(question), SECOND, FIFTH).short == short


@pytest.mark.parametrize(
    "question",
    [
        "Ai đứng thứ 5 cuộc đua thuyền giấy?",
        "Ai về nhất cuộc đua thuyền giấy?",
        "Ai đứng đầu cả nước về đua thuyền giấy?",
    ],
)
def test_the_holder_of_another_rank_is_not_named(question: str) -> None:
    decision = decided(question, SECOND)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.chosen) == ("kind", ())


def test_a_question_without_a_rank_is_answered_by_any() -> None:
    assert decided("Ai dự cuộc đua thuyền giấy?", SECOND).short == "Trần Thu Mai"


# --- Only persons sign, or hold an office ------------------------------------------------------


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("Ai ký kế hoạch thả diều?", "Kế hoạch thả diều do UBND tỉnh ký.", None),
        ("Người nào ký kế hoạch thả diều?", "Kế hoạch thả diều do UBND tỉnh ký.", None),
        (
            "Ai ký kế hoạch thả diều?",
            "Kế hoạch thả diều do ông Lê Văn Bình thay mặt UBND tỉnh ký.",
            "Lê Văn Bình",
        ),
        (
            "Ai đang làm giám đốc bến mây?",
            "Giám đốc bến mây làm việc cùng Sở Tài chính.",
            None,
        ),
        (
            "Ai đang làm giám đốc bến mây?",
            "Giám đốc bến mây, bà Trần Thu Mai, làm việc cùng Sở Tài chính.",
            "Trần Thu Mai",
        ),
        ("Cơ quan nào ký kế hoạch thả diều?", "Kế hoạch thả diều do UBND tỉnh ký.", "UBND tỉnh"),
        ("Đơn vị nào lo bến mây?", "Bến mây do Sở Tài chính lo.", "Sở Tài chính"),
    ],
)
def test_only_a_person_signs_or_holds_an_office(
    question: str, text: str, short: str | None, write: Callable[[str], str]
) -> None:
    assert decided(write(question), text).short == short


# --- Foreign names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("Công ty nào lắp cần cẩu?", "Cần cẩu do Bluestar Techno lắp.", "Bluestar Techno"),
        ("Phần mềm nào quản lý bến mây?", "Bến mây dùng WeBoat để quản lý.", "WeBoat"),
        (
            "Phần mềm nào quản lý bến mây?",
            "Bến mây dùng WeBoat và SailPro để quản lý.",
            None,
        ),
        ("Công ty nào lắp cần cẩu?", "Cần cẩu do thợ làng lắp.", None),
        ("Công ty nào cùng Bluestar lắp cần cẩu?", "Cần cẩu do Bluestar lắp.", None),
    ],
)
def test_the_only_foreign_name_is_that_of_what_is_asked_for(
    question: str, text: str, short: str | None
) -> None:
    assert decided(question, text).short == short


@pytest.mark.parametrize("write", [str, fold])
def test_a_word_of_a_place_is_no_thing_of_its_kind(write: Callable[[str], str]) -> None:
    question = write("Bình nào đựng nước?")
    assert decided(question, "Thái Bình đựng nước mưa.").short is None
    assert decided(question, "Làng dùng bình gốm lớn đựng nước.").short == "bình gốm lớn đựng nước"


@pytest.mark.parametrize("write", [str, fold])
def test_a_place_is_not_who_acts(write: Callable[[str], str]) -> None:
    question = write("Ai chủ trì hội chợ thuyền?")
    assert decided(question, "Hải Phòng chủ trì hội chợ thuyền.").short is None
    assert decided(question, "Đội Sao Mai chủ trì hội chợ thuyền.").short == "Đội Sao Mai"
