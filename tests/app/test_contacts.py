"""Questions for an address, a number to call, a page or a mail address."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.contacts import asks_contact, tells_contact
from app.deciding import decide
from app.settings import DecidingSettings
from ingest.text import fold
from tests.factories import make_evidence, make_inquiry

CALL = "Số điện thoại của bến mây là gì?"
MAIL = "Email của bến mây là gì?"
PAGE = "Trang web của bến mây là gì?"
ADDRESS = "Địa chỉ của bến mây là gì?"


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (CALL, "Gọi 0900 123 456 để đặt chỗ.", True),
        (CALL, "Gọi 0900.123.456 để đặt chỗ.", True),
        (CALL, "Bến mây có 45 chỗ từ năm 2031.", False),
        (CALL, "Gửi thư tới hoi@benmay.vn.", False),
        ("Hotline của bến mây?", "Gọi 19001234.", True),
        ("Đường dây nóng của bến mây?", "Gọi 1800599.", True),
        ("Muốn đặt chỗ thì gọi số nào?", "Bến mây mở cả tuần.", False),
        (MAIL, "Gửi thư tới hoi@benmay.vn.", True),
        (MAIL, "Xem www.benmay.vn.", False),
        ("Thư điện tử của bến mây?", "Gửi thư tới bến mây.", False),
        (PAGE, "Xem www.benmay.vn.", True),
        (PAGE, "Xem https://benmay.example/cho.", True),
        (PAGE, "Xem benmay.vn.", True),
        (PAGE, "Gửi thư tới hoi@benmay.vn.", False),
        (PAGE, "Bến mây có trang web riêng.", False),
        (ADDRESS, "Ở số 12 phố Hoa Sen.", True),
        (ADDRESS, "Ở đường Hoa Sen.", True),
        (ADDRESS, "Ở tầng 4 nhà thuyền.", True),
        (ADDRESS, "Bến mây ở bờ tây.", False),
        (ADDRESS, "Địa chỉ được công khai.", False),
        ("Bến mây ở đường nào?", "Bến mây ở bờ tây.", False),
        ("Địa chỉ và email của bến mây?", "Ở số 12 phố Hoa Sen.", False),
        ("Địa chỉ và email của bến mây?", "Ở số 12 phố Hoa Sen, hoi@benmay.vn.", True),
    ],
)
def test_a_contact_that_is_asked_for_is_told_by_a_sentence_that_has_one(
    question: str, text: str, told: bool, write: Callable[[str], str]
) -> None:
    assert asks_contact(write(question))
    assert tells_contact(write(question), make_evidence(text)) is told


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question",
    [
        "Số hồ sơ là bao nhiêu?",
        "Bến mây ở đâu?",
        "Máy chủ có mấy địa chỉ IP?",
        "Bao nhiêu đường dây được kéo?",
        "Điện thoại có dùng được ở bến mây không?",
    ],
)
def test_other_questions_ask_for_no_contact(question: str, write: Callable[[str], str]) -> None:
    assert not asks_contact(write(question))
    assert tells_contact(write(question), make_evidence("Bến mây."))


def test_a_sentence_with_the_contact_is_quoted_and_one_without_is_not() -> None:
    question = "Bến mây có địa chỉ ra sao?"
    without, told = "Địa chỉ của bến mây được công khai.", "Bến mây ở số 12 phố Hoa Sen."
    limits = DecidingSettings(scope_likeness=-1)
    answered = decide(make_inquiry(question, without, told), limits)
    assert answered.outcome is Outcome.ANSWERED
    assert [item.quote for item in answered.evidence] == [told]
    refused = decide(make_inquiry(question, without), limits)
    assert refused.outcome is Outcome.NOT_IN_DOCUMENTS
    assert refused.missing == "kind"
