import unicodedata

import pytest

from eval.matching import holds, holds_together, without_marks


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tăng 7% mỗi năm", "7%"),
        ("đạt 30\u00a0% GRDP", "30 %"),
        ("ở ĐẤT ĐAI", "đất đai"),
        (unicodedata.normalize("NFD", "quản lý đất đai"), "đất đai"),
        ("đã nối 14.", "14"),
        ("gồm 14, 15 và 16", "14"),
        ("xếp thứ 14/63", "thứ 14"),
        ("xếp thứ 14/63", "14"),
        ("đạt 14%", "14"),
        ("có 7 trạm", "có 7"),
    ],
)
def test_text_holds(text: str, wanted: str) -> None:
    assert holds(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tăng 17% mỗi năm", "7%"),
        ("tăng 2,7% mỗi năm", "7%"),
        ("gồm 140.797 hồ sơ", "14"),
        ("gồm 14.837 hồ sơ", "14"),
        ("gồm 14.837 hồ sơ", "837"),
        ("tăng 2,14 lần", "14"),
        ("tăng 14,2 lần", "14"),
        ("năm 2014", "14"),
        ("có 70 trạm", "có 7"),
        ("ngày 14/7/2023", "4/7/2023"),
    ],
)
def test_a_figure_is_never_cut_out_of_a_longer_one(text: str, wanted: str) -> None:
    assert not holds(text, wanted)


def test_together_needs_one_sentence_or_line() -> None:
    text = "So sánh:\n- TP. Hồ Chí Minh: 25% [1]\n- Hà Nội đạt 1.000 điểm. Huế đạt 40%."
    assert holds_together(text, ["HCM", "Hồ Chí Minh"], ["25 %", "25%"])
    assert holds_together(text, ["Hà Nội"], ["1.000"])
    assert not holds_together(text, ["Hà Nội"], ["40%"])
    assert not holds_together(text, ["Hà Nội"], ["25%"])


def test_marks_are_no_figures() -> None:
    assert without_marks("có nối [14].") == "có nối."
    assert without_marks("a [1][2] b [3, 4]") == "a b"
    assert not holds(without_marks("đạt 30% [14]"), "14")
