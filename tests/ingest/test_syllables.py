import random
import unicodedata
from pathlib import Path

import pytest

from ingest.syllables import SyllableStatistics
from ingest.text import fold

TEXTS = [
    "Đề án chuyển đổi số của tỉnh nêu rõ ba trụ cột.",
    "Chuyển đổi số lấy người dân làm trung tâm.\nKinh tế số chiếm 30% GRDP.",
    "Xã hội số và kinh tế số phát triển; hạ tầng số đi trước một bước theo số 12/KH-UBND.",
    "Chuyện cổ tích kể về đôi sổ tay.",
]


@pytest.fixture(scope="module")
def statistics() -> SyllableStatistics:
    return SyllableStatistics.count(TEXTS)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("chuyen doi so", "chuyển đổi số"),
        ("kinh te so", "kinh tế số"),
        ("xa hoi so", "xã hội số"),
        ("nguoi dan", "người dân"),
        ("doi so tay", "đôi sổ tay"),
        ("CHUYEN DOI SO", "chuyển đổi số"),
        ("ha tang so la gi?", "hạ tầng số là gì?"),
        ("nam nao", "năm nào"),
    ],
)
def test_marks_are_put_back_as_the_texts_and_common_questions_have_them(
    statistics: SyllableStatistics, typed: str, restored: str
) -> None:
    assert statistics.restore(typed) == restored


def test_the_neighbour_decides_between_two_forms_of_a_syllable(
    statistics: SyllableStatistics,
) -> None:
    assert statistics.restore("chuyen co tich") == "chuyện cổ tích"
    assert statistics.restore("chuyen doi") == "chuyển đổi"


@pytest.mark.parametrize(
    "kept",
    ["2025", "30%", "12,8", "5.212.287", "6-9-2021", "24/63", "xyz", "Blockchain", "?!", "  ", "("],
)
def test_figures_unknown_words_and_punctuation_stay(
    statistics: SyllableStatistics, kept: str
) -> None:
    restored = statistics.restore(f"chuyen doi so: {kept} kinh te so?")
    assert restored == f"chuyển đổi số: {kept} kinh tế số?"


def test_words_that_carry_marks_already_are_left_alone(statistics: SyllableStatistics) -> None:
    assert statistics.restore("Chuyễn doi so") == "Chuyễn đổi số"


@pytest.mark.parametrize("text", ["", " ", "?!", "\n"])
def test_text_without_words_stays(statistics: SyllableStatistics, text: str) -> None:
    assert statistics.restore(text) == text


def test_restored_text_is_what_was_typed_but_for_case_and_marks(
    statistics: SyllableStatistics,
) -> None:
    pick = random.Random(7)
    words = [*fold(" ".join(TEXTS)).split(), "abc", "2025,", "(GRDP)"]
    for _ in range(50):
        typed = "  ".join(pick.choice(words) for _ in range(12))
        assert fold(statistics.restore(typed)).casefold() == typed.casefold()


def test_decomposed_text_is_restored_too(statistics: SyllableStatistics) -> None:
    typed = unicodedata.normalize("NFD", "đề an chuyen doi so")
    assert statistics.restore(typed) == "đề án chuyển đổi số"


def test_statistics_know_their_syllables_with_and_without_marks(
    statistics: SyllableStatistics,
) -> None:
    for syllable in ("chuyển", "chuyen", "Chuyển", "GRDP", "số"):
        assert statistics.knows(syllable)
    for syllable in ("blockchain", "xyz", ""):
        assert not statistics.knows(syllable)


def test_rare_syllables_tell_more_than_common_ones(statistics: SyllableStatistics) -> None:
    assert statistics.rarity("xyz") > statistics.rarity("tich") > statistics.rarity("so") > 0


def test_common_question_words_are_known_without_any_text() -> None:
    nothing = SyllableStatistics.count([])
    assert nothing.restore("la bao nhieu") == "là bao nhiêu"
    assert nothing.restore("kinh te so") != "kinh tế số"


def test_neighbours_do_not_reach_over_a_line_end() -> None:
    apart = SyllableStatistics.count(["a b\nc d", "ç d", "ç d"])
    joined = SyllableStatistics.count(["a b c d", "ç d", "ç d"])
    assert joined.restore("b c") == "b c"
    assert apart.restore("b c") == "b ç"


def test_saved_statistics_are_equal_when_loaded(
    statistics: SyllableStatistics, tmp_path: Path
) -> None:
    statistics.save(tmp_path / "syllables.npz")
    loaded = SyllableStatistics.load(tmp_path / "syllables.npz")
    for text in TEXTS:
        assert loaded.restore(fold(text)) == statistics.restore(fold(text))
    for word in fold(" ".join(TEXTS)).casefold().split():
        assert loaded.rarity(word) == statistics.rarity(word)
        assert loaded.knows(word) == statistics.knows(word)


def test_a_long_question_over_many_forms_is_restored_in_linear_time() -> None:
    marks = "aàáảãạăằắẳẵặâầấẩẫậ"
    statistics = SyllableStatistics.count([" ".join(f"{a} {b}" for a in marks for b in marks)])
    assert len(statistics.restore("a " * 2000).split()) == 2000


def test_forms_and_how_often_they_are_seen_alone_and_together_are_told() -> None:
    statistics = SyllableStatistics.count(["số liệu", "số liệu", "sợ hãi"])
    assert statistics.forms("so")[0] == "số"
    assert "sợ" in statistics.forms("so")
    assert statistics.forms("zzz") == ()
    assert statistics.seen("liệu") == 2
    assert statistics.seen_together("số", "liệu") == 2
    assert statistics.seen_together("liệu", "số") == 0
