"""What figures count: groups of things that exclude one another."""

import pytest

from app.counting import is_measure, names_any, unit_groups


def groups(text: str) -> frozenset[str]:
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    return unit_groups(text, digits[0], digits[-1] + 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 hộ", "5 hộ gia đình"),
        ("5 người", "5 học sinh"),
        ("5 doanh nghiệp", "5 companies"),
        ("5 USD", "$5"),
        ("5 ho gia dinh", "5 households"),
        ("5 ngày", "5 ngày làm việc"),
        ("5 xã", "5 đơn vị"),
        ("5 of the households", "5 hộ"),
    ],
)
def test_words_of_one_group_agree(one: str, other: str) -> None:
    assert groups(one) & groups(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 hộ", "5 xã"),
        ("5 USD", "5 đồng"),
        ("5 học sinh", "5 giáo viên"),
        ("5 km", "5 ha"),
        ("5 điểm phần trăm", "5 %"),
        ("5 ngày", "5 tháng"),
    ],
)
def test_words_of_two_groups_do_not(one: str, other: str) -> None:
    assert groups(one)
    assert groups(other)
    assert not groups(one) & groups(other)


@pytest.mark.parametrize("text", ["5 xã hội", "5", "5 (năm 2025)", "5, hộ", "5 chuyện lạ"])
def test_what_the_list_does_not_know_has_no_group(text: str) -> None:
    assert groups(text) == frozenset()


def test_money_and_time_are_measures_and_things_are_none() -> None:
    assert is_measure(groups("5 USD"))
    assert is_measure(groups("5 ngày"))
    assert not is_measure(groups("5 xã"))
    assert not is_measure(frozenset())


def test_a_text_names_a_thing_by_any_word_of_its_group() -> None:
    assert names_any("Số doanh nghiệp mới", groups("5 companies"))
    assert not names_any("Số hộ mới", groups("5 companies"))
