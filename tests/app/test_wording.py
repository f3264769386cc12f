"""The words that tell figures apart."""

import pytest

from app.wording import weight_of, wording


def forms(text: str) -> frozenset[str]:
    return wording(text).between(0, len(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chuyển đổi số", "CĐS"),
        ("Dịch vụ công trực tuyến", "DVCTT"),
        ("khỏe hoà", "khoẻ hòa"),
        ("digital transformation", "chuyển đổi số"),
        ("households", "hộ gia đình"),
    ],
)
def test_two_ways_to_say_one_thing_are_the_same_words(one: str, other: str) -> None:
    assert forms(one) == forms(other) != frozenset()


def test_fillers_and_figures_are_no_words() -> None:
    assert forms("đạt 30% và hơn 2,5 tỷ đồng trong năm 2025") == frozenset()


def test_the_name_5g_is_a_word() -> None:
    assert "5g" in forms("phủ sóng 5G")


def test_pairs_do_not_reach_over_signs_or_fillers() -> None:
    assert "kho mo" not in forms("kho, mo")
    assert "kho mo" not in forms("kho của mo")
    assert "kho mo" in forms("kho mo")


def test_hidden_spans_are_left_out() -> None:
    text = "kho Lào Cai mo"
    assert wording(text, [(4, 11)]).between(0, len(text)) == {"kho", "mo"}


def test_words_are_taken_from_between_two_offsets() -> None:
    text = "kho mo nha"
    assert wording(text).between(4, 6) == {"mo"}


def test_the_words_right_after_end_at_a_sign() -> None:
    text = "64 kho của mo, nha"
    assert wording(text).right_after(2) == ("kho", "mo")
    assert wording("64%; kho mo").right_after(3) == ()


def test_a_short_form_tells_as_much_as_its_words() -> None:
    (short,) = forms("cơ sở dữ liệu")
    assert weight_of(short) > weight_of("kho")
