"""What pointing words point at in earlier questions and answers."""

import pytest

from app.antecedents import find_antecedent, find_pointer, is_named, points_back


@pytest.mark.parametrize(
    ("text", "noun", "sort"),
    [
        ("Ai ký văn bản này?", "văn bản", "legal"),
        ("ai ky van ban nay", "van ban", "legal"),
        ("Ông ấy là ai?", "ông", "person"),
        ("hội nghị đó có gì?", "hội nghị", "event"),
        ("con so do la bao nhieu", "con so", "topic"),
    ],
)
def test_noun_and_pointing_word_are_found(text: str, noun: str, sort: str) -> None:
    pointer = find_pointer(text)
    assert pointer is not None
    assert (pointer.noun, pointer.sort) == (noun, sort)


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị do ai lập?",
        "don vi do ai lap",
        "nam nay co gi",
        "so do to chuc",
        "Sau đó có gì?",
        "",
    ],
)
def test_other_words_point_at_nothing(text: str) -> None:
    assert find_pointer(text) is None
    assert not points_back(text)


SAID = (
    "Bà Lê Thị Hoa ký Kế hoạch số 12/KH-UBND tại hội nghị về dữ liệu mở, sau Nghị quyết 57-NQ/TW."
)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Bà ấy là ai?", "bà Lê Thị Hoa"),
        ("Kế hoạch này có gì?", "kế hoạch 12/KH-UBND"),
        ("Nghị quyết đó có gì?", "nghị quyết 57-NQ/TW"),
        ("Hội nghị ấy có gì?", "hội nghị về dữ liệu mở"),
        ("Văn bản này có gì?", None),
        ("Dự án đó có gì?", None),
    ],
)
def test_an_answer_supplies_the_one_thing_that_it_names(asked: str, named: str | None) -> None:
    pointer = find_pointer(asked)
    assert pointer is not None
    assert find_antecedent(pointer, SAID) == named


@pytest.mark.parametrize(
    ("asked", "earlier", "named"),
    [
        ("Kế hoạch này có gì?", "Kế hoạch chuyển đổi số ra ngày nào?", True),
        ("Kế hoạch này có gì?", "Kế hoạch nào nêu mục tiêu?", False),
        ("Ông ấy là ai?", "Ai ký kế hoạch?", False),
        ("Con số đó là gì?", "Có mấy trạm?", True),
    ],
)
def test_an_earlier_question_names_it_by_more_than_the_noun(
    asked: str, earlier: str, named: bool
) -> None:
    pointer = find_pointer(asked)
    assert pointer is not None
    assert is_named(pointer, earlier) is named
