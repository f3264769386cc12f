"""What a question asks for, read from questions of many kinds, with marks and without."""

import pytest

from app.asked import AnswerKind, read_asked
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
