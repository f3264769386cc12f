"""What a question is about: concepts, each with how much it tells."""

import pytest

from app.evidence import Evidence
from app.topic import Topic, topic_of
from ingest.syllables import SyllableStatistics
from tests.factories import make_evidence, make_passage, make_question

RARE, COMMON = "cáp quang", "trường học"


def topic(text: str, known: str = "") -> Topic:
    return topic_of(make_question(text), SyllableStatistics.count([known]).rarity)


def said(text: str) -> str:
    return " ".join(concept.words for concept in topic(text).concepts).casefold()


def second(text: str) -> Evidence:
    passage = make_passage(text, title="Bản tin")
    return Evidence(passage, passage.sentences[1], 1.0, 1.0, 0.95)


@pytest.mark.parametrize(
    ("question", "kept", "left"),
    [
        ("Huế có bao nhiêu trạm sạc năm 2025?", "trạm sạc", ("huế", "2025", "bao", "nhiêu")),
        ("Mục tiêu tỷ lệ hộ có cáp quang là gì?", "cáp quang", ("mục", "tiêu", "tỷ", "lệ")),
        ("So sánh trạm sạc của Huế với Lào Cai.", "trạm sạc", ("so", "sánh", "lào", "cai")),
        ("Liệt kê các trạm sạc.", "trạm sạc", ("liệt", "kê", "các")),
        ("Nghị quyết số 21/NQ-HĐND nói gì về cáp quang?", "cáp quang", ("21", "nghị", "quyết")),
        ("Có mấy trạm sạc không tính bến xe?", "trạm sạc", ("bến", "xe")),
    ],
)
def test_slots_and_words_of_asking_are_no_topic(
    question: str, kept: str, left: tuple[str, ...]
) -> None:
    words = said(question).split()
    assert set(kept.split()) <= set(words)
    assert not set(left) & set(words)


@pytest.mark.parametrize(
    ("question", "increment", "denial"),
    [
        ("Lắp thêm bao nhiêu trạm sạc?", True, False),
        ("lap them bao nhieu tram sac", True, False),
        ("Bao nhiêu xã chưa có cáp quang?", False, True),
        ("Có bao nhiêu trạm sạc?", False, False),
        ("Có bao nhiêu khu không gian số?", False, False),
    ],
)
def test_a_topic_knows_what_comes_on_top_and_what_is_denied(
    question: str, increment: bool, denial: bool
) -> None:
    found = topic(question)
    assert (found.of_increment, found.of_denial) == (increment, denial)


def test_what_the_library_says_seldom_tells_more() -> None:
    known = f"{RARE}. " + f"{COMMON}. " * 40
    statistics = SyllableStatistics.count([RARE, *[COMMON] * 40, *["đường phố"] * 40])
    found = topic_of(make_question(f"{RARE} tới {COMMON}"), statistics.rarity)
    weights = dict(zip([one.words for one in found.concepts], found.weights, strict=True))
    assert max(weights[w] for w in weights if w in RARE) > max(
        weights[w] for w in weights if w in COMMON
    )
    assert topic(f"{RARE} qwertz", known).weights[-1] < 100


def test_a_sentence_counts_more_than_what_is_around_it() -> None:
    found = topic("Có bao nhiêu trạm sạc?")
    own = found.coverage(make_evidence("Ở chợ có 5 trạm sạc.", title="Bản tin"))
    beside = found.coverage(second("Tỉnh lắp trạm sạc ở chợ. Số lượng là 5 chiếc."))
    nowhere = found.coverage(second("Tỉnh mở lớp học số. Số lượng là 5 lớp."))
    assert own == pytest.approx(1.0)
    assert 0 == nowhere < beside < own


def test_what_nothing_near_a_sentence_expresses_is_missing() -> None:
    found = topic("Có bao nhiêu trạm sạc?")
    assert found.missing(second("Tỉnh lắp trạm sạc ở chợ. Số lượng là 5 chiếc.")) == 0
    assert found.missing(second("Tỉnh mở lớp học số. Số lượng là 5 lớp.")) == 1


def test_the_title_and_the_headings_speak_of_the_topic_too() -> None:
    item = make_evidence("Số lượng là 5 chiếc.", title="Bản tin về trạm sạc")
    assert topic("Có bao nhiêu trạm sạc?").missing(item) == 0


def test_a_question_without_topic_is_covered_by_anything() -> None:
    empty = Topic((), ())
    item = make_evidence("Huế có chợ.")
    assert (empty.share([]), empty.coverage(item), empty.missing(item)) == (1.0, 1.0, 0.0)


def test_part_of_a_question_holds_only_its_own_concepts() -> None:
    whole = topic("Trạm sạc nhiều hơn hay thư viện nhiều hơn?")
    half = whole.within("thư viện nhiều hơn?")
    assert 0 < len(half.concepts) < len(whole.concepts)
    assert half.share([1.0] * len(half.concepts)) == pytest.approx(1.0)
    assert "thư viện" in " ".join(one.words for one in half.concepts).casefold()


def test_a_concept_is_found_by_the_first_of_its_folded_words() -> None:
    found = topic("Có bao nhiêu thư viện?")
    concept = found.concept_of(("thu", "vien"))
    assert concept is not None
    assert concept.words.casefold().startswith("thư")
    assert found.concept_of(("xe",)) is None
    assert found.concept_of(()) is None
