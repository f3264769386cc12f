"""How syllables are written and mistyped."""

import pytest

from app.spelling import edits, is_syllable, marks_of, restored_end, sound_alikes, telex


def test_syllables_are_told() -> None:
    right = "phong hanh quyet nghieng yeu yen giup gia quoc khuyu xoong huenh ngoeo oai ke nghe"
    assert [bare for bare in right.split() if not is_syllable(bare)] == []


def test_what_is_no_syllable_is_told() -> None:
    wrong = "phog hah zalo vyen tuen kl facebook thaanh g quyl bna"
    assert [bare for bare in wrong.split() if is_syllable(bare)] == []


def test_marks_are_taken_apart() -> None:
    assert marks_of("đường") == {"đ", "\u031b", "\u0300"}
    assert marks_of("duong") == frozenset()


def test_sound_alikes_begin_or_end_otherwise() -> None:
    assert {"day", "giay", "ray"} <= set(sound_alikes("day"))
    assert "ki" in sound_alikes("ky")


def test_edits_are_syllables_one_letter_away() -> None:
    near = set(edits("hah"))
    assert {"hanh", "ha", "ham"} <= near
    assert all(is_syllable(word) for word in near)
    assert "hanh" in edits("hahn")


def test_a_dropped_n_is_put_back() -> None:
    assert restored_end("phog") == "phong"
    assert restored_end("hah") == "hanh"
    assert restored_end("ban") is None


@pytest.mark.parametrize(
    ("typed", "bare", "marked"),
    [("phaans", "phan", "phấn"), ("dduowcj", "duoc", "được"), ("soos", "so", "số")],
)
def test_telex_keys_are_read(typed: str, bare: str, marked: str) -> None:
    assert (bare, marks_of(marked)) in set(telex(typed))
