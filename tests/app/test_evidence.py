"""Hits become sentences, ranked by what the question is about."""

from dataclasses import replace

import pytest

from app.evidence import Evidence, EvidenceRanker, content_tokens, subjects
from app.retrieval import Hit
from ingest.documents import Passage
from ingest.syllables import SyllableStatistics
from tests.doubles import HashingEmbedder
from tests.factories import make_passage, make_question

FIBRE = "Hải Phòng kéo cáp quang tới từng thôn. Trường học nào cũng có thư viện điện tử. Hết."
CLINIC = "Bệnh viện dùng bệnh án điện tử. Người dân đặt lịch khám qua mạng."


class CountingEmbedder(HashingEmbedder):
    """Counts the texts that it embeds as passages."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_passages(self, texts):  # type: ignore[no-untyped-def]
        self.embedded.extend(texts)
        return super().embed_passages(texts)


def ranked(question_text: str, *passages: Passage, **slots: object) -> tuple[Evidence, ...]:
    hits = [Hit(passage, 1.0, 0.9) for passage in passages]
    statistics = SyllableStatistics.count([passage.text for passage in passages])
    question = make_question(question_text, **slots)
    return EvidenceRanker(HashingEmbedder()).rank(question, hits, statistics)


def test_the_sentence_that_shares_the_questions_words_comes_first() -> None:
    passages = [make_passage(FIBRE), make_passage(CLINIC, document_id="b.txt")]
    found = ranked("Thư viện điện tử ở trường học ra sao?", *passages)
    assert found[0].quote == "Trường học nào cũng có thư viện điện tử."
    assert [item.topic for item in found] == sorted((i.topic for i in found), reverse=True)
    assert found[0].topic == pytest.approx(1.0)


def test_sentences_of_a_few_letters_are_no_evidence() -> None:
    quotes = [item.quote for item in ranked("Cáp quang?", make_passage(FIBRE))]
    assert "Hết." not in quotes
    assert len(quotes) == 2


def test_headings_on_their_own_are_no_evidence_and_take_no_place_of_a_passage() -> None:
    heading = "Cáp quang của thành phố"
    bare = [replace(make_passage(heading), ordinal=at, heading=(heading,)) for at in range(9)]
    quotes = [item.quote for item in ranked("Cáp quang?", *bare, make_passage(FIBRE))]
    assert heading not in quotes
    assert "Hải Phòng kéo cáp quang tới từng thôn." in quotes


def ranked_hits(question_text: str, *hits: Hit, **slots: object) -> list[str]:
    statistics = SyllableStatistics.count([hit.passage.text for hit in hits])
    question = make_question(question_text, **slots)
    found = EvidenceRanker(HashingEmbedder()).rank(question, hits, statistics)
    return [item.passage.document.id for item in found]


def many(count: int, **changes: object) -> list[Hit]:
    return [
        Hit(make_passage(FIBRE, document_id=f"{n}.txt"), 1.0, 0.9, **changes)  # type: ignore[arg-type]
        for n in range(count)
    ]


def test_sentences_that_only_a_row_found_are_read_behind_the_others_and_crowd_none_out() -> None:
    row = Hit(make_passage(CLINIC, document_id="row.txt"), 0.0, 0.0, by_row=True)
    alone = ranked_hits("Bệnh án điện tử?", row)
    assert set(alone) == {"row.txt"}
    plain = set(ranked_hits("Cáp quang?", *many(12)))
    assert set(ranked_hits("Cáp quang?", *many(12), row)) == plain | {"row.txt"}


def test_places_set_side_by_side_have_more_passages_read() -> None:
    one = set(ranked_hits("Cáp quang?", *many(12)))
    two = set(ranked_hits("Cáp quang?", *many(12), places=("Huế", "Hà Nội")))
    assert one < two


def test_no_hits_give_no_evidence() -> None:
    assert ranked("Cáp quang?") == ()


def test_coverage_counts_the_words_that_the_sentence_has() -> None:
    found = ranked("cáp quang", make_passage(FIBRE))
    coverage = {item.quote: item.coverage for item in found}
    assert coverage["Hải Phòng kéo cáp quang tới từng thôn."] == pytest.approx(1.0)
    # The words stand elsewhere in the passage: that counts for less, but it counts.
    assert coverage["Trường học nào cũng có thư viện điện tử."] == pytest.approx(0.4)


def test_the_better_passage_decides_between_equal_sentences() -> None:
    text = "Bệnh viện dùng bệnh án điện tử."
    worse, better = make_passage(text), make_passage(text, document_id="b.txt")
    statistics = SyllableStatistics.count([text])
    found = EvidenceRanker(HashingEmbedder()).rank(
        make_question("Bệnh án điện tử?"), [Hit(worse, 0.1, 0.9), Hit(better, 2.0, 0.9)], statistics
    )
    assert found[0].passage is better


def test_a_sentence_is_embedded_once_for_many_questions() -> None:
    embedder = CountingEmbedder()
    ranker = EvidenceRanker(embedder)
    hits = [Hit(make_passage(CLINIC), 1.0, 0.9)]
    statistics = SyllableStatistics.count([CLINIC])
    for text in ("Bệnh án điện tử?", "Đặt lịch khám?"):
        ranker.rank(make_question(text), hits, statistics)
    assert sorted(embedder.embedded) == sorted(set(embedder.embedded))


def test_before_is_the_sentences_own_paragraph_up_to_it() -> None:
    passage = make_passage("Đoạn đầu nói về Huế.\nHà Nội mở trung tâm. Trung tâm có 5 phòng.")
    item = Evidence(passage, passage.sentences[2], 1.0, 1.0, 0.9)
    assert item.quote == "Trung tâm có 5 phòng."
    assert item.before == "Hà Nội mở trung tâm. "


def test_the_words_of_asking_and_years_are_no_subject() -> None:
    assert content_tokens("Năm 2025 có bao nhiêu trạm phát sóng?") == ["tram", "phat", "song"]


def test_a_place_is_a_slot_and_no_subject() -> None:
    question = make_question("Hải Phòng có mấy trạm phát sóng?", places=("Hải Phòng",))
    assert subjects(question) == [["tram", "phat", "song"]]


def test_of_an_english_question_the_added_words_are_the_subject() -> None:
    question = make_question("What is the digital economy?", language="en", added="kinh tế số")
    # "so" is a word of asking as well.
    assert subjects(question) == [["kinh", "te"]]
