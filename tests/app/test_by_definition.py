"""Questions for what something is: answered by the sentence that defines it, or not at all."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_definition import decide_definition
from app.inquiry import Decision
from ingest.text import fold
from tests.factories import make_inquiry

MOORING = "Bến mây là nơi thuyền giấy đỗ qua đêm."
GARDEN = "2. Vườn trăng được hiểu là khu trồng cây ban đêm."
BRIDGE = "b) Cầu vồng gỗ bao gồm ba nhịp và hai lan can."
KILN = "Lò gạch xanh (loại nhỏ), nghĩa là lò nung bằng nắng."
OTHERS = ("Năm 2031 có 45 bến mây mới.", "Ở vườn trăng có nhiều cầu vồng gỗ.", "Chợ hoa rất đông.")


def decided(question: str, *texts: str) -> Decision | None:
    return decide_definition(make_inquiry(question, *texts, *OTHERS))


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Bến mây là gì?", MOORING),
        ("Bến mây là cái gì vậy?", MOORING),
        ("Bến mây là sao?", MOORING),
        ("Thế nào là bến mây?", MOORING),
        ("Thế nào được gọi là bến mây?", MOORING),
        ("Bến mây nghĩa là gì?", MOORING),
        ("Bến mây có nghĩa là gì?", MOORING),
        ("Bến mây được hiểu như thế nào?", MOORING),
        ("Bến mây được hiểu ra sao?", MOORING),
        ("Khái niệm bến mây", MOORING),
        ("Định nghĩa về bến mây?", MOORING),
        ("“Bến mây” là gì?", MOORING),
        ("Cho tôi hỏi bến mây là gì ạ?", MOORING),
        ("Dạ cho em hỏi bến mây là gì ạ?", MOORING),
        ("Anh chị cho hỏi bến mây là gì thế?", MOORING),
        ("Xin cho biết bến mây là gì.", MOORING),
        ("Bến mây là gì nhỉ?", MOORING),
        ("Vườn trăng là gì?", GARDEN),
        ("Vườn trăng được định nghĩa như thế nào?", GARDEN),
        ("Cầu vồng gỗ là gì?", BRIDGE),
        ("Lò gạch xanh là gì?", KILN),
    ],
)
def test_the_sentence_that_says_what_a_thing_is_is_quoted(
    question: str, quote: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), quote)
    assert decision is not None
    assert decision.outcome is Outcome.ANSWERED
    assert decision.short is None
    assert [item.quote for item in decision.evidence] == [quote]


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question",
    [
        "QHS là gì?",
        "QHS nghĩa là gì?",
        "QHS là viết tắt của từ gì?",
        "QHS viết tắt của từ gì?",
        "QHS là tổ chức gì?",
        "Cho mình hỏi QHS là gì vậy?",
    ],
)
@pytest.mark.parametrize(
    ("quote", "short"),
    [
        ("Chợ nổi có QHS, tức quầy hoa sen, mở cả tuần.", "quầy hoa sen"),
        ("Chợ nổi có QHS (quầy hoa sen) mở cả tuần.", "quầy hoa sen"),
        ("Chợ nổi mở QHS, tức là quầy hoa sen.", "quầy hoa sen"),
    ],
)
def test_letters_are_written_out_as_a_sentence_does(
    question: str, quote: str, short: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), quote)
    assert decision is not None
    assert decision.short == short
    assert [item.quote for item in decision.evidence] == [quote]
    ((start, end),) = decision.chosen[0].spans
    assert quote[start:end] == short


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question",
    [
        "Đồi gió là gì?",
        "Mây là gì?",
        "Bến mây ở đâu?",
        "Bến mây có bao nhiêu chỗ?",
        "Mục tiêu của bến mây là gì?",
        "Lý do mở bến mây là gì?",
        "Bến là gì?",
        "QHT là gì?",
    ],
)
def test_what_no_sentence_defines_is_not_decided(
    question: str, write: Callable[[str], str]
) -> None:
    assert decided(write(question), MOORING, "Chợ nổi có QHS, tức quầy hoa sen.") is None


def test_a_word_of_one_syllable_is_too_little_to_define() -> None:
    assert decided("Mây là gì?", "Mây là nơi chim đỗ qua đêm.") is None


@pytest.mark.parametrize(
    "quote",
    [
        "Năm nay bến mây là niềm vui của làng.",
        "Bến mây có 45 chỗ.",
        "Những bến mây lớn là nơi đỗ thuyền.",
    ],
)
def test_a_sentence_that_only_speaks_of_a_thing_defines_nothing(quote: str) -> None:
    assert decided("Bến mây là gì?", quote) is None


@pytest.mark.parametrize("question", ["Dạ bến mây là gì ạ?", "Dạ, thế nào là bến mây?"])
def test_a_bare_polite_word_opens_a_question(question: str) -> None:
    assert decided(question, MOORING) is not None


@pytest.mark.parametrize("thing", ["Minh bạch dữ liệu", "Hội chợ đêm", "Đa dạng mùa vụ"])
def test_the_first_word_of_a_thing_is_no_polite_opening(thing: str) -> None:
    quote = f"{thing} là điều mọi làng đều cần."
    decision = decided(f"{thing} là gì?", quote)
    assert decision is not None
    assert [item.quote for item in decision.evidence] == [quote]


def test_what_stands_in_brackets_behind_more_than_letters_is_no_writing_out() -> None:
    decision = decided("Bến mây là gì?", "Chợ nổi có bến mây (số 5 ở bờ tây) mở cả tuần.", MOORING)
    assert decision is not None
    assert decision.short is None
    assert [item.quote for item in decision.evidence] == [MOORING]
