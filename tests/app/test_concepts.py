"""What a question is about, and whether a text speaks of it."""

import pytest

from app.answers import Language
from app.concepts import concepts, expressed, is_expressed
from tests.factories import make_question


def names(text: str, language: Language = "vi", *, guessed: bool = False) -> list[str]:
    return [concept.words for concept in concepts(text, language, guessed=guessed)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Trường học có thư viện số chưa?", ["Trường học", "thư viện số"]),
        ("Bao nhiêu người dân dùng smartphone?", ["người dân", "dùng", "điện thoại thông minh"]),
        ("Năm 2025 Đà Nẵng có bao nhiêu bệnh viện?", ["bệnh viện"]),
        ("Thành phố Huế có mấy vườn ươm?", ["vườn ươm"]),
        ("Nghị quyết 20/2023/QH15 nói gì?", ["Nghị quyết", "20/2023/QH15"]),
        ("Đến ngày 30/6/2024 có mấy bãi đỗ xe?", ["bãi đỗ xe"]),
        ("Chỉ số DTI là bao nhiêu?", ["Chỉ số chuyển đổi số"]),
        ("TT&TT lo việc gì?", ["thông tin và truyền thông", "lo việc"]),
        ("Có bn % hs nộp onl?", ["hồ sơ", "nộp", "trực tuyến"]),
        ("Ai ký?", ["ký"]),
        ("AI giúp gì?", ["trí tuệ nhân tạo"]),
        ("Bao nhiêu phần trăm?", []),
        ("?!", []),
        ("", []),
    ],
)
def test_the_longest_phrases_and_the_words_between_them_are_the_concepts(
    question: str, found: list[str]
) -> None:
    assert names(question) == found


def test_a_question_without_marks_has_the_concepts_of_one_with_them() -> None:
    marked = concepts("Tỷ lệ hộ gia đình có cáp quang là bao nhiêu?")
    bare = concepts("ty le ho gia dinh co cap quang la bao nhieu?")
    assert [concept.forms for concept in bare] == [concept.forms for concept in marked]


def test_guessed_marks_do_not_hide_a_phrase() -> None:
    assert names("ty lệ hồ gia đinh", guessed=True) == ["ty lệ", "hồ gia đinh"]
    assert names("ty lệ hồ gia đinh") != ["ty lệ", "hồ gia đinh"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many households have fibre in Hanoi?", ["hộ gia đình", "cáp quang"]),
        ("Which companies build smart cities?", ["doanh nghiệp", "thành phố thông minh"]),
        (
            "Are citizens satisfied with online public services?",
            ["người dân", "hài lòng", "dịch vụ công trực tuyến"],
        ),
        ("What is it?", []),
    ],
)
def test_an_english_question_is_about_what_its_terms_stand_for(
    question: str, found: list[str]
) -> None:
    assert names(question, "en") == found


SAME = [
    ("Người dân dùng smartphone", "Công dân sử dụng điện thoại thông minh."),
    ("Nộp hồ sơ qua mạng", "Hồ sơ được nộp trực tuyến."),
    ("Giấy tờ có miễn phí không?", "Bản giấy không thu phí."),
    ("Thành phố đứng đầu về chỉ số DTI", "Chỉ số chuyển đổi số của thành phố xếp thứ nhất."),
    ("Có mấy công ty?", "Toàn tỉnh có 900 doanh nghiệp."),
    ("Dịch vụ công trực tuyến", "Dịch vụ công được cung cấp trên môi trường mạng."),
    ("dịch vụ công trực tuyến", "Đã có 900 DVCTT."),
    ("DVCTT", "Dịch vụ công trực tuyến đạt 90%."),
    ("ty le nguoi dan hai long", "80% công dân hài lòng."),
    ("CĐS", "Kế hoạch chuyển đổi số."),
    ("trí tuệ nhân tạo", "Ứng dụng AI trong giao thông."),
    ("Internet cáp quang", "Hộ có cáp quang."),
    ("sổ đỏ", "Giấy chứng nhận quyền sử dụng đất."),
    ("kẹt xe", "Tình trạng ùn tắc giao thông."),
    ("cong nghe thong tin", "HẠ TẦNG CÔNG NGHỆ THÔNG TIN"),
    ("hoà giải", "Tổ hòa giải."),
    ("Bệnh nhân", "benh nhan duoc kham"),
]


@pytest.mark.parametrize(("question", "text"), SAME)
def test_another_word_for_a_thing_expresses_it(question: str, text: str) -> None:
    found = concepts(question)
    assert found
    assert expressed(found, text) == (True,) * len(found)


OTHER = [
    ("người dân", "Dân số tăng nhanh."),
    ("người dân", "Ủy ban nhân dân tỉnh."),
    ("dân", "Chính sách dẫn đầu; đàn gà; dán nhãn."),
    ("kinh tế tăng", "Kinh tế số giảm."),
    ("doanh nghiệp", "Doanh nghiệp nhỏ và vừa được giúp."),
    ("trí tuệ nhân tạo", "Ai cũng biết."),
    ("phí", "Kinh phí lớn, tránh lãng phí."),
    ("dịch vụ công trực tuyến", "Dịch vụ công tại quầy."),
    ("dịch vụ công trực tuyến", "Họp trực tuyến về dịch vụ bưu chính."),
    ("đúng hạn", "Hồ sơ trễ hạn."),
    ("bệnh viện", "Viện phí và bệnh dịch."),
    ("nghị quyết", "Số 57-NQ/TW"),
    ("tuyển sinh", "Tuyến xe sinh thái."),
    ("cấp xã", "Cung cấp xã hội."),
]


@pytest.mark.parametrize(("question", "text"), OTHER)
def test_what_only_looks_alike_does_not_express_a_thing(question: str, text: str) -> None:
    assert not all(expressed(concepts(question), text))


def test_the_questions_own_word_may_end_a_longer_one_but_not_begin_it() -> None:
    (government,) = concepts("chính quyền")
    assert not is_expressed(government, "Chính quyền điện tử")
    (data,) = concepts("dữ liệu")
    assert is_expressed(data, "Cơ sở dữ liệu")


def test_a_concept_shows_its_forms_without_marks() -> None:
    (phone,) = concepts("smartphone")
    assert ("dien", "thoai", "thong", "minh") in phone.forms
    assert ("smartphone",) in phone.forms


def test_expressed_answers_for_each_concept_in_order() -> None:
    found = concepts("Bệnh viện và trường học")
    assert expressed(found, "Nhà trường mới.") == (False, True)


def test_a_question_whose_marks_are_guessed_is_read_without_them() -> None:
    question = make_question("ty lệ hồ gia đinh", restored=True)
    assert [concept.words for concept in question.concepts] == ["ty lệ", "hồ gia đinh"]


def test_an_english_question_is_read_in_english() -> None:
    question = make_question("How many hospitals?", language="en")
    assert [concept.words for concept in question.concepts] == ["bệnh viện"]
