import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.lexical import LexicalIndex, extend_lexical_index
from ingest.text import fold

TEXTS = {
    "a#0": "Thành phố phấn đấu kinh tế số đạt 30% GRDP vào năm 2025.",
    "b#0": "Tỉnh cấp chữ ký số miễn phí cho người dân theo số 4098/QĐ-UBND.",
    "c#0": "Xã hoà mạng cáp quang, mở lớp kỹ năng số cho người cao tuổi.",
    "d#0": "Bệnh viện lập hồ sơ sức khỏe điện tử; hóa đơn điện tử đã phổ biến.",
}


def save(folder: Path, texts: dict[str, str]) -> LexicalIndex:
    """Index the texts in a new folder and open it."""
    extend_lexical_index(None, folder, list(texts), texts)
    return LexicalIndex.open(folder)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return save(tmp_path_factory.mktemp("library") / "lexical", TEXTS)


def best(index: LexicalIndex, text: str) -> str:
    scores = index.scores(text)
    assert scores.max() > 0
    assert np.count_nonzero(scores == scores.max()) == 1
    return index.ids[int(scores.argmax())]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("kinh tế số đạt bao nhiêu GRDP", "a#0"),
        ("cấp chữ ký số cho ai", "b#0"),
        ("quyết định 4098/QĐ-UBND", "b#0"),
        ("hòa mạng cáp quang", "c#0"),
        ("hoá đơn điện tử", "d#0"),
        ("hồ sơ sức khoẻ", "d#0"),
        ("năm 2025", "a#0"),
    ],
)
def test_the_right_text_is_ranked_first_with_marks_and_without(
    index: LexicalIndex, question: str, passage: str
) -> None:
    assert best(index, question) == passage
    assert best(index, fold(question)) == passage
    assert np.array_equal(index.scores(question), index.scores(fold(question)))


def test_neighbouring_words_count_for_more_than_the_same_words_apart(tmp_path: Path) -> None:
    texts = {
        "a": "kinh tế số của xã này",
        "b": "số tế của kinh xã này",
        "c": "không có gì giống vậy cả",
    }
    scores = save(tmp_path / "x", texts).scores("kinh tế số")
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_rare_word_counts_for_more_than_a_common_one(index: LexicalIndex) -> None:
    assert index.scores("quang").max() > index.scores("số").max() > 0


@pytest.mark.parametrize("text", ["blockchain wifi", "", "?!"])
def test_unknown_words_score_nothing(index: LexicalIndex, text: str) -> None:
    scores = index.scores(text)
    assert scores.shape == (4,)
    assert not scores.any()


def test_unknown_words_do_not_disturb_the_known_ones(index: LexicalIndex) -> None:
    assert best(index, "blockchain cáp quang wifi") == "c#0"


def test_scores_stand_in_the_order_of_the_ids(index: LexicalIndex) -> None:
    assert index.ids == tuple(TEXTS)
    assert index.scores("mở lớp").nonzero()[0].tolist() == [2]


def test_an_index_opened_again_gives_the_same_scores(tmp_path: Path, index: LexicalIndex) -> None:
    save(tmp_path / "again", TEXTS)
    again = LexicalIndex.open(tmp_path / "again")
    for text in TEXTS.values():
        assert np.array_equal(again.scores(text), index.scores(text))
    assert again.syllables.restore("ky nang so") == "kỹ năng số"


def test_the_ids_are_kept_as_they_are(tmp_path: Path) -> None:
    ids = ["thư mục/kế hoạch số 1.md#00000", 'lạ "tên"\n.txt#00000']
    texts = dict(zip(ids, ["một câu", "hai câu"], strict=True))
    assert save(tmp_path / "x", texts).ids == tuple(ids)


def test_an_empty_index_is_saved_and_opened(tmp_path: Path) -> None:
    index = save(tmp_path / "x", {})
    assert index.ids == ()
    assert index.scores("kinh tế số").shape == (0,)


def test_texts_without_any_word_are_indexed_and_score_nothing(tmp_path: Path) -> None:
    index = save(tmp_path / "x", {"a": "***", "b": "– … –"})
    assert index.scores("kinh tế số").tolist() == [0, 0]


def test_a_text_without_words_beside_others_scores_nothing(tmp_path: Path) -> None:
    scores = save(tmp_path / "x", {"a": "***", "b": "kinh tế số"}).scores("kinh tế")
    assert scores[0] == 0 < scores[1]


def test_an_index_that_lost_a_part_is_not_opened_as_if_it_were_whole(tmp_path: Path) -> None:
    save(tmp_path / "x", {"a": "kinh tế số"})
    shutil.rmtree(tmp_path / "x" / "bm25")
    with pytest.raises(OSError, match="bm25"):
        LexicalIndex.open(tmp_path / "x")
