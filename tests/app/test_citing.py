"""Marks of a model's sentence, and where its sentences end."""

import pytest

from app.citing import plain, read_marks, whole_sentences


@pytest.mark.parametrize(
    ("sentence", "text", "numbers"),
    [
        ("Đạt 30% [1].", "Đạt 30% [1].", (1,)),
        ("Đạt 30%[2][1].", "Đạt 30% [2][1].", (2, 1)),
        ("Đạt 30% [1, 2].", "Đạt 30% [1][2].", (1, 2)),
        ("Đạt 30% [1; 9].", "Đạt 30% [1].", (1,)),
        ("Đạt 30% 【1】.", "Đạt 30% [1].", (1,)),
        ("Đạt 30% [ 1 ].", "Đạt 30% [1].", (1,)),
        ("Đạt 30% [9].", "Đạt 30%.", ()),
        ("Đạt 30% [0].", "Đạt 30%.", ()),
        ("Đạt 30% [111].", "Đạt 30%.", ()),
        ("Đạt 30% (1).", "Đạt 30% (1).", ()),
        ("Đạt 30% [a].", "Đạt 30% [a].", ()),
    ],
)
def test_only_marks_that_stand_for_a_citation_are_kept(
    sentence: str, text: str, numbers: tuple[int, ...]
) -> None:
    cited = read_marks(sentence, {1, 2})
    assert (cited.text, cited.numbers) == (text, numbers)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3\u200b0%", "30%"),
        ("\u202e%03", "%03"),
        ("３０％", "30%"),
        ("٣٠%", "30%"),
        ("**30%** `a` __b__", "30% a b"),
        ("# Đề mục\na", "Đề mục\na"),
        ("Hue\u0302\u0301", "Huế"),
    ],
)
def test_what_a_reader_sees_is_what_the_gate_sees(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_sentences_are_told_apart_with_their_marks_and_the_growing_one_is_kept() -> None:
    text = (
        "TP. Hồ Chí Minh đạt 1.840 tổ [1]. Năm 2025 đạt 30%. [2] Huế cũng đặt mục tiêu như thế [3]"
    )
    assert whole_sentences(text) == (
        ["TP. Hồ Chí Minh đạt 1.840 tổ [1]. ", "Năm 2025 đạt 30%. [2] "],
        "Huế cũng đặt mục tiêu như thế [3]",
    )
    assert whole_sentences(text, ended=True)[0][-1] == "Huế cũng đặt mục tiêu như thế [3]"


def test_a_line_ends_a_sentence() -> None:
    assert whole_sentences("- Một việc [1]\n- Hai") == (["- Một việc [1]"], "- Hai")


def test_a_text_cut_anywhere_gives_the_same_sentences() -> None:
    text = "TP. Hồ Chí Minh có 1.840 tổ (v.v.) [1]. Năm 2025 đạt 30%. [2]\n- Huế cũng thế. Hết."
    whole, _ = whole_sentences(text, ended=True)
    for cut in range(len(text)):
        first, rest = whole_sentences(text[:cut])
        second, _ = whole_sentences(rest + text[cut:], ended=True)
        assert [item.strip() for item in first + second] == [item.strip() for item in whole], cut
