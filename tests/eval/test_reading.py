from collections.abc import Sequence
from typing import Any

import pytest

from app.answers import Answer, Outcome, Turn
from app.settings import Settings
from eval.beir import BeirText
from eval.reading import (
    ReadingScore,
    f1,
    mean_reading,
    read_questions,
    run_reading,
    score_reading,
)
from eval.reading_sets import ReadingQuestion, ReadingSet
from tests.doubles import HashingEmbedder
from tests.eval.test_scoring import QUOTE, answer

QUESTION = ReadingQuestion("a", "Huế đạt bao nhiêu?", ("30%", "ba mươi phần trăm"))


def read(short: str | None, *right: str, **fields: Any) -> ReadingScore:
    question = ReadingQuestion("a", "Gì?", right or QUESTION.answers)
    return score_reading(question, answer(short_answer=short, **fields))


@pytest.mark.parametrize(
    ("short", "right"),
    [
        ("30%", "30 %"),
        ("Thành phố Huế", "thành phố Huế."),
        ("hoà bình", "hòa bình"),
        ("“Cố đô”", "cố đô"),
        ("1.204 trạm", "1.204 trạm"),
    ],
)
def test_case_punctuation_and_tone_placement_do_not_matter(short: str, right: str) -> None:
    assert read(short, right).exact_match
    assert f1(short, right) == 1


@pytest.mark.parametrize(
    ("short", "right"), [("1.204", "1204"), ("ma", "má"), ("the one", "one"), ("", "Huế")]
)
def test_figures_marks_and_words_do(short: str, right: str) -> None:
    assert not read(short, right).exact_match
    assert f1(short, right) < 1


def test_f1_counts_shared_words_once_each() -> None:
    assert f1("tỉnh Nghệ An", "Nghệ An") == pytest.approx(0.8)
    assert f1("An An", "An") == pytest.approx(2 / 3)
    assert f1("Huế", "Vinh") == 0


def test_the_best_of_the_right_answers_counts() -> None:
    score = read("mươi phần", "30%", "ba mươi phần trăm")
    assert not score.exact_match
    assert score.f1 == pytest.approx(2 * 2 / 6)


def test_a_quote_hits_where_it_holds_a_right_answer_in_whole_words() -> None:
    assert read(None).sentence_hit
    assert not read(None, "30", citations=[QUOTE | {"quote": "Đạt 1.304."}]).sentence_hit
    assert not read("30%", citations=[]).sentence_hit


def test_no_short_answer_is_a_miss() -> None:
    score = read(None)
    assert (score.short, score.exact_match, score.f1) == (False, False, 0)


def test_a_refusal_is_not_answered() -> None:
    assert not read(None, outcome="not_in_documents", citations=[]).answered
    assert read("30%").answered


class EchoAssistant:
    """Gives the question back as its short answer."""

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        return Answer(question, question, "vi", Outcome.ANSWERED, question, short_answer=question)


@pytest.mark.parametrize(("folded", "right"), [(False, "Ở đâu"), (True, "O dau")])
def test_questions_are_asked_as_typed_or_without_marks(folded: bool, right: str) -> None:
    questions = [ReadingQuestion("a", "Ở đâu?", (right,))]
    assert read_questions(EchoAssistant(), questions, folded=folded)[0].exact_match


def test_a_benchmark_is_ingested_and_asked() -> None:
    texts = ("Huế có 1.204 trạm thu phát sóng.", "Vinh có 40 xã.")
    documents = tuple(
        BeirText(_id=f"p{number}", title="Bài", text=text) for number, text in enumerate(texts)
    )
    questions = tuple(ReadingQuestion(name, "Huế có mấy trạm?", ("1.204",)) for name in "ab")
    scores = run_reading(
        ReadingSet(documents, questions), Settings(), open_embedder=lambda _: HashingEmbedder()
    )
    assert [score.id for score in scores] == ["a", "b"]


def test_means_are_shares_of_the_questions() -> None:
    scores = [read("30%"), read(None, outcome="not_in_documents", citations=[])]
    assert mean_reading(scores) == {
        "exact_match": 0.5,
        "f1": 0.5,
        "sentence_hit": 0.5,
        "short": 0.5,
        "answered": 0.5,
        "questions": 2,
    }
