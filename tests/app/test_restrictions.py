"""What a question narrows the thing counted to has to be told with the figure."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_figure import decide_figures
from app.inquiry import Decision
from ingest.text import fold
from tests.factories import make_inquiry

WALLETS = "Bao nhiêu phần trăm {} dùng ví điện tử?"
PUPILS = "Có bao nhiêu học sinh trung học phổ thông được cấp thẻ thư viện?"
CHARGERS = "Có bao nhiêu trạm sạc của doanh nghiệp?"
OF_WHOLE = "Trong số các dự án đang chạy ở bến cảng, bao nhiêu dự án của tư nhân?"
OF_FIFTY = "52 dự án ở bến cảng thì mấy dự án của doanh nghiệp?"
FINISHED = "Trong hơn 52 dự án ở bến cảng, có mấy dự án hoàn thành?"
OFFICIALS = "Bến cảng có bao nhiêu cán bộ?"
DIGITAL = "Bến cảng dành mấy phần trăm ngân sách cho chuyển đổi số?"
INDEX = "Bến cảng xếp thứ mấy về chỉ số kinh tế số?"


def decided(question: str, *texts: str) -> Decision:
    return decide_figures(make_inquiry(question, *texts))


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text"),
    [
        (WALLETS.format("người cao tuổi"), "Có 82% người dân dùng ví điện tử."),
        (WALLETS.format("phụ nữ"), "Có 82% người dân dùng ví điện tử."),
        (WALLETS.format("nông dân"), "Có 82% người dân dùng ví điện tử."),
        (WALLETS.format("phụ nữ"), "Có 82% thanh niên dùng ví điện tử."),
        (WALLETS.format("hộ dân ở nông thôn"), "Có 82% hộ dân dùng ví điện tử."),
        (WALLETS.format("hộ dân miền núi"), "Có 82% hộ dân dùng ví điện tử."),
        (WALLETS.format("hộ dân ngoại thành"), "Ở nội thành có 82% hộ dân dùng ví điện tử."),
        ("Bao nhiêu trẻ em được cấp thẻ?", "Có 31 người được cấp thẻ."),
        (PUPILS, "Cả làng có 640 học sinh được cấp thẻ thư viện."),
        (CHARGERS, "Có 31 trạm sạc trên bến."),
        (OF_WHOLE, "Bến cảng có 48 dự án đang chạy, vốn 4 tỷ đồng."),
        (OF_FIFTY, "Bến cảng có 48 dự án đang chạy."),
        (FINISHED, "Bến cảng có 48 dự án đang chạy."),
        (OFFICIALS, "Bến cảng có 17 vị trí công việc."),
        (DIGITAL, "Bến cảng dành 1,5% ngân sách mỗi năm."),
        (INDEX, "Năm 2031, bến cảng xếp thứ 7/63 về chỉ số thuyền giấy."),
        (INDEX, "Về chỉ số thuyền giấy, bến cảng xếp thứ 7/63."),
    ],
)
def test_a_figure_of_the_thing_at_large_answers_for_no_narrower_one(
    question: str, text: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), text)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == "topic"
    assert decision.chosen == ()


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        (WALLETS.format("người cao tuổi"), "Có 12% người cao tuổi dùng ví điện tử.", "12%"),
        (WALLETS.format("người già"), "Có 12% người cao tuổi dùng ví điện tử.", "12%"),
        (WALLETS.format("người dân"), "Có 82% người dân dùng ví điện tử.", "82%"),
        (
            WALLETS.format("hộ dân ở nông thôn"),
            "Ở khu vực nông thôn có 12% hộ dân dùng ví điện tử.",
            "12%",
        ),
        (
            PUPILS,
            "Cả làng có 640 học sinh trung học phổ thông được cấp thẻ thư viện.",
            "640 học sinh",
        ),
        (
            "Có bao nhiêu học sinh được cấp thẻ thư viện?",
            "Cả làng có 640 học sinh được cấp thẻ thư viện.",
            "640 học sinh",
        ),
        (CHARGERS, "Có 31 trạm sạc của doanh nghiệp.", "31 trạm sạc"),
        (
            OF_WHOLE,
            "Trong số dự án đang chạy ở bến cảng có 9 dự án của tư nhân.",
            "9 dự án",
        ),
        (OF_FIFTY, "Bến cảng có 9 dự án của doanh nghiệp.", "9 dự án"),
        (FINISHED, "Bến cảng có 48 dự án hoàn thành.", "48 dự án"),
        (
            "Trong năm 2031, bến cảng có bao nhiêu dự án?",
            "Năm 2031, bến cảng có 48 dự án đang chạy.",
            "48 dự án",
        ),
        (OFFICIALS, "Cán bộ của bến cảng có 17 vị trí.", "17 vị trí"),
        ("Bến cảng có bao nhiêu đơn vị?", "Bến cảng có 17 vị trí công việc.", "17 vị trí"),
        (DIGITAL, "Bến cảng dành 1,5% ngân sách cho chuyển đổi số.", "1,5%"),
        (
            INDEX,
            "Năm 2031, bến cảng xếp thứ 7/63 về chỉ số kinh tế số.",
            "xếp thứ 7/63",
        ),
    ],
)
def test_a_figure_that_is_told_of_the_narrower_thing_answers(
    question: str, text: str, short: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), text)
    assert decision.outcome is Outcome.ANSWERED
    assert decision.short == short


def test_of_two_figures_that_of_the_narrower_thing_is_taken() -> None:
    texts = ("Có 82% người dân dùng ví điện tử.", "Có 12% người cao tuổi dùng ví điện tử.")
    assert decided(WALLETS.format("người cao tuổi"), *texts).short == "12%"
    assert decided(WALLETS.format("người dân"), *texts).short == "82%"


def test_a_heading_may_tell_what_its_figures_are_of() -> None:
    text = "I. Ví điện tử của người cao tuổi\n\nCó 12% dùng ví điện tử mỗi ngày."
    assert decided(WALLETS.format("người cao tuổi"), text).short == "12%"
