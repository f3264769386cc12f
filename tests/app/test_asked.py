"""What a question asks for, read from questions of many kinds, with marks and without."""

from collections.abc import Callable

import pytest

from app.asked import AnswerKind, asking, read_asked
from ingest.text import fold

KINDS: list[tuple[str, list[AnswerKind]]] = [
    ("Đồng Tháp đã số hóa bao nhiêu hồ sơ đất đai?", ["count"]),
    ("Mấy xã của Lào Cai đã có cáp quang?", ["count"]),
    ("Cần Thơ có bao nhiêu phần trăm trường học dùng học bạ số?", ["percent"]),
    ("Tỷ lệ hộ dân có internet ở Huế là bao nhiêu?", ["percent"]),
    ("% hồ sơ nộp trực tuyến của Nghệ An là bn?", ["percent"]),
    ("Nghệ An xếp thứ mấy về chỉ số cải cách hành chính?", ["rank"]),
    ("Vĩnh Long xếp hạng mấy?", ["rank"]),
    ("Quảng Ninh ban hành kế hoạch đó vào ngày nào?", ["date"]),
    ("Khi nào dự án hoàn thành?", ["date"]),
    ("Đề án được phê duyệt theo quyết định nào, ngày bao nhiêu?", ["legal", "date"]),
    ("Ai ký văn bản này?", ["who"]),
    ("Cơ quan nào chủ trì xây dựng nền tảng?", ["who"]),
    ("Trường nào dạy thử môn lập trình?", ["which"]),
    ("Người dân nhận kết quả ở đâu?", ["where"]),
    ("Liệt kê các dịch vụ được ưu tiên.", ["list"]),
    ("Hồ sơ gồm những gì?", ["list"]),
    ("Sóc Trăng và Bạc Liêu, tỉnh nào cao hơn?", ["comparison", "which"]),
    ("So sánh tỷ lệ của Huế với Đà Nẵng.", ["comparison"]),
    ("Huế còn thiếu bao nhiêu điểm phần trăm?", ["points"]),
    ("Bình Dương có trung tâm dữ liệu chưa?", ["yes_no"]),
    ("Kế hoạch này do sở lập, đúng không?", ["yes_no"]),
    ("Bao nhiêu cơ sở tham gia và chiếm mấy phần trăm?", ["count", "percent"]),
    ("Chính quyền số nghĩa là thế nào?", ["text"]),
    ("Doanh thu của công ty là bao nhiêu?", ["count"]),
    ("Công ty đạt doanh thu bao nhiêu?", ["count"]),
    ("Vì sao Huế đặt mục tiêu 90% hộ có cáp quang?", ["text"]),
    ("Huế xếp thứ 7 về chỉ số đó phải không?", ["yes_no"]),
    ("How many schools use digital records?", ["count"]),
    ("What percentage of households have fibre?", ["percent"]),
    ("When does the plan end?", ["date"]),
    ("Who signed the decision?", ["who"]),
]


@pytest.mark.parametrize(("question", "kinds"), KINDS)
def test_the_kinds_of_answer_are_read_in_their_order(
    question: str, kinds: list[AnswerKind]
) -> None:
    assert [part.kind for part in read_asked(question).parts] == kinds


@pytest.mark.parametrize(("question", "kinds"), KINDS)
def test_marks_do_not_matter(question: str, kinds: list[AnswerKind]) -> None:
    assert [part.kind for part in read_asked(fold(question)).parts] == kinds


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Có bao nhiêu trạm sạc ở Huế?", ("tram", "sac")),
        ("Mấy doanh nghiệp được vay vốn?", ("doanh", "nghiep", "duoc")),
        ("Bao nhiêu tiền một lượt?", ("tien", "mot", "luot")),
        ("Được bao nhiêu rồi?", ()),
    ],
)
def test_the_noun_that_is_counted_ends_at_a_word_of_grammar(
    question: str, noun: tuple[str, ...]
) -> None:
    found = read_asked(question).parts[0].noun
    assert found[: len(noun)] == noun[: len(found)]
    assert bool(found) == bool(noun)


def test_before_a_bare_bao_nhieu_stands_what_is_measured() -> None:
    assert read_asked("Năm 2023 tổng vốn đầu tư khoảng bao nhiêu?").parts[0].measured == (
        "dau",
        "tu",
    )


@pytest.mark.parametrize(
    ("question", "aim"),
    [
        ("Huế đặt mục tiêu bao nhiêu?", "target"),
        ("Huế phấn đấu đạt bao nhiêu?", "target"),
        ("Hiện nay Huế đã đạt bao nhiêu?", "result"),
        ("Kết quả của Huế là bao nhiêu?", "result"),
        ("Kết quả so với mục tiêu là bao nhiêu?", None),
        ("Huế có bao nhiêu?", None),
    ],
)
def test_targets_and_results_are_told_apart(question: str, aim: str | None) -> None:
    assert read_asked(question).aim == aim


@pytest.mark.parametrize(
    "question",
    ["Máy chủ đặt ở tầng trên", "AI giúp việc soạn thảo", "Điện toán đám mây của thành phố"],
)
def test_words_that_only_look_like_questions_ask_for_nothing(question: str) -> None:
    assert read_asked(question).kind in ("text", "where")


@pytest.mark.parametrize("question", ["Nơi nào thấp nhất?", "Tỉnh nào ít hơn?", "Which is lowest?"])
def test_the_least_is_asked_for(question: str) -> None:
    assert read_asked(question).wants_least


def test_a_place_is_no_word_of_the_question() -> None:
    assert read_asked("Hà Nội xếp thứ mấy?").kind == "rank"


# --- Several sentences -------------------------------------------------------------------------


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tôi sống ở làng. Chợ hoa mở khi nào?", "Chợ hoa mở khi nào?"),
        ("Chợ có bao nhiêu hàng. Chợ hoa mở khi nào?", "Chợ hoa mở khi nào?"),
        ("Làng có bao nhiêu chợ. Cảm ơn nhiều.", "Làng có bao nhiêu chợ."),
        ("Chợ hoa mở khi nào? Ai lo chợ?", "Chợ hoa mở khi nào? Ai lo chợ?"),
        ("Chợ hoa mở ra sao? Ai lo chợ.", "Chợ hoa mở ra sao?"),
        ("Làng có 5 chợ. Làng có 3 bến.", "Làng có 5 chợ. Làng có 3 bến."),
        ("Tôi viết bài nên muốn hỏi chợ hoa mở khi nào", "chợ hoa mở khi nào"),
        ("Em làm ở sở, chỉ cần biết chợ hoa mở khi nào.", "chợ hoa mở khi nào."),
        ("Xin được hỏi chợ hoa mở khi nào?", "chợ hoa mở khi nào?"),
        ("Tôi muốn hỏi", "Tôi muốn hỏi"),
        ("Chợ hoa là nơi tôi muốn hỏi về giá", "Chợ hoa là nơi tôi muốn hỏi về giá"),
    ],
)
def test_only_what_asks_is_taken_of_a_text(
    text: str, expected: str, write: Callable[[str], str]
) -> None:
    assert asking(write(text)).strip() == write(expected)


# --- Several, shares, money, from when on ------------------------------------------------------


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Mấy bến nào mở cả tuần?", ["list", "which"]),
        ("Mấy bến thuyền nào của làng mở cả tuần?", ["list", "which"]),
        ("Mấy khu đó nằm ở huyện nào?", ["list", "which"]),
        ("Mấy bến thuyền đó do ai lo?", ["who"]),
        ("Mấy bến thuyền ấy mở khi nào?", ["date"]),
        ("Mấy tháng thì xong và ai lo?", ["count", "who"]),
        ("Mấy bến?", ["count"]),
        ("Làng có mấy bến và ai lo?", ["count", "who"]),
        ("Huế hơn Lào Cai bao nhiêu trạm sạc?", ["points"]),
        ("Huế kém so với Lào Cai mấy trạm sạc?", ["points"]),
        ("Huế cách Lào Cai bao nhiêu km?", ["count"]),
        ("Bến nào xếp thứ 5?", ["which"]),
        ("Tỉnh nào đứng ở vị trí thứ 5?", ["which"]),
        ("Bến nào xếp cao hơn?", ["comparison", "which"]),
        ("Số hộ có điện tính theo phần trăm là bao nhiêu?", ["percent"]),
        ("Tính bằng % thì bao nhiêu hộ có điện?", ["percent"]),
        ("Tính ra tỷ lệ thì mấy hộ có điện?", ["percent"]),
        ("Tỷ lệ thấp, bao nhiêu hộ có điện?", ["count"]),
    ],
)
def test_several_is_no_number_and_what_is_asked_in_percent_no_count(
    question: str, kinds: list[AnswerKind], write: Callable[[str], str]
) -> None:
    assert [part.kind for part in read_asked(write(question)).parts] == kinds


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How much money was spent on boats?", ("tien",)),
        ("How much total funding does the village get?", ("tien",)),
        ("How much does it cost?", ("tien",)),
        ("How much is the fee?", ("tien",)),
        ("How much water is used?", ()),
    ],
)
def test_money_is_asked_for_in_english_too(question: str, noun: tuple[str, ...]) -> None:
    (part,) = read_asked(question).parts
    assert (part.kind, part.noun) == ("count", noun)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Chợ mở từ ngày nào?", True),
        ("Từ khi nào chợ mở?", True),
        ("Chợ mở ngày nào?", False),
        ("Chợ mở đến ngày nào?", False),
        ("From when is it open?", True),
        ("When is it open?", False),
    ],
)
def test_from_when_on_is_told_from_when(
    question: str, beginning: bool, write: Callable[[str], str]
) -> None:
    (part,) = read_asked(write(question)).parts
    assert (part.kind, part.beginning) == ("date", beginning)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Quyết định về thuyền giấy số mấy?", ("quyet", "dinh")),
        ("Tờ trình về thuyền giấy là số bao nhiêu?", ("to", "trinh")),
        ("Nghị định nào nói về thuyền giấy?", ("nghi", "dinh")),
    ],
)
def test_the_kind_of_text_whose_number_is_asked_for_is_read(
    question: str, noun: tuple[str, ...], write: Callable[[str], str]
) -> None:
    part = read_asked(write(question)).parts[0]
    assert (part.kind, part.noun) == ("legal", noun)
