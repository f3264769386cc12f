"""Figures that stand near each other and say different things: the one that is asked for, or none.

A rise is no level, a section's place is not its neighbour's, a year's cell not another year's.
"""

import pytest

from app.asked import read_asked
from app.by_figure import decide_figures
from app.by_text import decide_yes_no
from app.inquiry import Decision
from ingest.documents import SourceDocument
from ingest.places import find_places, section_place
from tests.factories import make_bulletin, make_document, make_inquiry

TWO_PLACES = (
    "# Hai tỉnh làm thư viện số\n\n## Nghệ An: bắt đầu từ làng\n\n"
    "Toàn tỉnh có 142 trạm đọc sách.\n\n## Cần Thơ: bắt đầu từ chợ\n\n"
    "Toàn thành phố có 296 trạm đọc sách.\n"
)
LEVELS = "Tỷ lệ hồ sơ số đạt 96% tại cấp tỉnh, 81% tại cấp huyện và 64% tại cấp xã vào năm 2031."
SCORE = "Năm 2031, chỉ số thư viện số của tỉnh đạt 0,71 điểm, tăng 0,09 điểm so với năm 2030."
FELL = "Số làng chưa có sóng giảm từ 84 làng xuống còn 17 làng."
FEES = "Lệ phí cấp thẻ đọc là 12.000 đồng; thẻ đọc có hạn không quá 10 năm."


def short(question: str, *documents: SourceDocument | str) -> str | None:
    return decide_figures(make_inquiry(question, *documents)).short


def decided(question: str, *documents: SourceDocument | str) -> Decision:
    return decide_figures(make_inquiry(question, *documents))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Tỷ lệ hồ sơ số cấp huyện là bao nhiêu phần trăm?", LEVELS, "81%"),
        ("Tỷ lệ hồ sơ số cấp xã là bao nhiêu phần trăm?", LEVELS, "64%"),
        ("Tỷ lệ hồ sơ số cấp tỉnh là bao nhiêu phần trăm?", LEVELS, "đạt 96%"),
        (
            "Tỉnh từ chối mấy hồ sơ?",
            "Tỉnh tiếp nhận 64 hồ sơ, cấp phép 58 hồ sơ, từ chối 6 hồ sơ.",
            "6 hồ sơ",
        ),
        ("Điểm chỉ số thư viện số của tỉnh năm 2031 là bao nhiêu?", SCORE, "0,71 điểm"),
        ("Còn bao nhiêu làng chưa có sóng?", FELL, "17 làng"),
        ("Trước đây bao nhiêu làng chưa có sóng?", FELL, "84 làng"),
        ("Lệ phí cấp thẻ đọc là bao nhiêu?", FEES, "12.000 đồng"),
        ("Thẻ đọc có thời hạn bao lâu?", FEES, "không quá 10 năm"),
    ],
)
def test_the_figure_asked_for_is_told_from_those_beside_it(
    question: str, text: str, expected: str
) -> None:
    found = short(question, text)
    assert found is not None
    assert expected.removeprefix("đạt ") in found


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Tỉnh có bao nhiêu trạm đọc sách?", "Tỉnh lắp thêm 21 trạm đọc sách."),
        ("Tỷ lệ hộ dùng ví số là bao nhiêu?", "Tỷ lệ hộ dùng ví số tăng 6% so với năm trước."),
        ("Số trạm đọc sách tăng bao nhiêu so với năm trước?", "Tỉnh có 21 trạm đọc sách."),
        ("Kinh phí làm thư viện số là bao nhiêu?", "Thư viện số đạt 0,71 điểm."),
        ("Thời hạn cấp thẻ đọc là mấy ngày?", "Thẻ đọc có thời hạn không quá 10 năm."),
        ("Quận Bến Mây có bao nhiêu trạm đọc sách?", "Toàn thành phố có 296 trạm đọc sách."),
        (
            "Huyện Suối Cát có bao nhiêu trạm đọc sách?",
            "Có 43 trạm đọc sách tại các huyện Suối Cát, Đồi Chè và Bến Mây.",
        ),
        ("Thẩm định thư viện nhóm D mất mấy ngày?", "Thẩm định thư viện nhóm A mất 40 ngày."),
        ("Kho sách số 1 tốn bao nhiêu tiền?", "Kho sách số 2 tốn 98 tỷ đồng."),
        ("Nhóm A có bao nhiêu tủ sách?", "Có 31 tủ sách thuộc nhóm B."),
        ("Quận 7 có bao nhiêu tủ sách?", "Quận 3 có 31 tủ sách."),
        (
            "Bao nhiêu phần trăm doanh nghiệp lớn dùng ví?",
            "Có 47% doanh nghiệp nhỏ và vừa dùng ví.",
        ),
        ("Có bao nhiêu nữ cán bộ học lớp đọc?", "Có 31 cán bộ học lớp đọc."),
        ("Có bao nhiêu bệnh viện tư nhân mở thư viện?", "Có 9 bệnh viện công lập mở thư viện."),
        ("Cảng Suối Cát có bao nhiêu tủ sách?", "Cảng Bến Mây có 12 tủ sách."),
        ("Thị trấn Suối Cát có mấy tủ sách?", "Có 12 tủ sách ở Bến Mây và Suối Cát."),
    ],
)
def test_a_figure_of_something_else_is_no_answer(question: str, text: str) -> None:
    assert short(question, text) is None


def test_a_section_is_of_the_place_that_its_heading_names() -> None:
    document = make_document(TWO_PLACES, title="Hai tỉnh làm thư viện số", locality=None)
    assert short("Nghệ An có bao nhiêu trạm đọc sách?", document) == "142 trạm đọc sách"
    assert short("Cần Thơ có bao nhiêu trạm đọc sách?", document) == "296 trạm đọc sách"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "Bao nhiêu phần trăm doanh nghiệp vừa dùng ví?",
            "Có 47% doanh nghiệp nhỏ và vừa dùng ví.",
            "47%",
        ),
        ("Có bao nhiêu nữ cán bộ học lớp đọc?", "Có 17 cán bộ nữ học lớp đọc.", "17 cán bộ"),
        ("Cảng Suối Cát có bao nhiêu tủ sách?", "Cảng Suối Cát có 12 tủ sách.", "12 tủ sách"),
        ("Thành phố đứng thứ mấy?", "Thành phố đứng đầu cả nước về tủ sách.", "đứng đầu"),
        ("Bao nhiêu doanh nghiệp vừa được cấp thẻ?", "Có 31 doanh nghiệp được cấp thẻ.", "31"),
        (
            "Huyện Suối Cát có bao nhiêu tủ sách?",
            "Huyện Bến Mây có 3 tủ sách. Huyện Suối Cát có 5 tủ sách.",
            "5 tủ sách",
        ),
        ("52 thị xã có bao nhiêu tủ sách?", "Cả 52 thị xã có 31 tủ sách.", "31 tủ sách"),
        (
            "3 tháng đầu năm, doanh thu bán sách là bao nhiêu?",
            "Doanh thu bán sách đạt 4 tỷ đồng trong 3 tháng đầu năm.",
            "4 tỷ đồng",
        ),
    ],
)
def test_a_figure_of_the_kind_that_is_asked_for_is_an_answer(
    question: str, text: str, expected: str
) -> None:
    found = short(question, text)
    assert found is not None
    assert expected in found


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        (("Hai tỉnh: Nghệ An và Cần Thơ", "Nghệ An: từ làng"), "Nghệ An"),
        (("Nghệ An", "Kết quả"), "Nghệ An"),
        (("Nghệ An và Cần Thơ",), None),
        (("Kết quả",), None),
    ],
)
def test_the_deepest_heading_with_one_place_tells_whose_a_section_is(
    heading: tuple[str, ...], place: str | None
) -> None:
    assert section_place(heading) == place


def test_a_year_behind_nam_is_no_place_in_unmarked_text() -> None:
    assert find_places("cap quang nam 2031") == []
    assert [place.name for place in find_places("so tram o quang nam la bao nhieu")] == [
        "Quảng Nam"
    ]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Luật này có áp dụng cho chợ nổi không?", "Luật này không áp dụng cho chợ nổi."),
        ("Có được bán thẻ đọc không?", "## Các hành vi bị nghiêm cấm\n\nBán thẻ đọc."),
        ("Sách có thuộc về bên cho thuê không?", "Sách thuộc về bên thuê."),
        ("Có phải trả sách trong tháng không?", "Trả sách trong tháng, trừ trường hợp đi xa."),
    ],
)
def test_no_bare_yes_stands_beside_what_may_deny_it(question: str, text: str) -> None:
    assert decide_yes_no(make_inquiry(question, make_bulletin(text))).short is None


def test_a_plain_yes_is_still_told() -> None:
    text = "Huế có thư viện số không gian mở."
    assert decide_yes_no(make_inquiry("Huế có thư viện số không?", text)).short == "Có"


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Vì sao chợ hoa mấy năm rồi chưa bán vé số?", ["text"]),
        ("tai sao cho hoa may nam roi chua ban ve", ["text"]),
        ("Chương trình may mắn mở từ đầu năm", ["text"]),
        ("Đầu mối của chợ hoa là ai?", ["who"]),
        ("Ví điện tử nào được dùng?", ["which"]),
    ],
)
def test_words_that_only_look_like_asking_ones_ask_nothing(question: str, kinds: list[str]) -> None:
    assert [part.kind for part in read_asked(question).parts] == kinds


@pytest.mark.parametrize(
    ("question", "dimension"),
    [
        ("Kinh phí làm thư viện là bao nhiêu?", "money"),
        ("chi bao nhieu ngan sach", "money"),
        ("Thời hạn trả sách là bao nhiêu?", "time"),
        ("Điểm DTI của tỉnh là bao nhiêu?", "score"),
        ("Có bao nhiêu thư viện?", None),
        ("Số lượng trạm đọc của tỉnh là bao nhiêu?", None),
        ("Số điểm phát sóng công cộng là bao nhiêu?", None),
        ("Điểm phục vụ đọc sách là bao nhiêu?", None),
        ("Trong thời gian 2031-2035 số hộ dùng ví là bao nhiêu?", None),
        ("Chất lượng mạng đạt bao nhiêu?", None),
        ("Thời điểm cuối năm là bao nhiêu?", None),
        ("Đất phi nông nghiệp là bao nhiêu?", None),
        ("Vốn của doanh nghiệp đọc sách là bao nhiêu?", "money"),
    ],
)
def test_what_a_figure_is_measured_in_is_read_from_what_is_asked(
    question: str, dimension: str | None
) -> None:
    part = read_asked(question).parts[-1]
    assert part.dimension == dimension
