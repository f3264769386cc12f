"""What is offered to be asked is what rows of the registry answer."""

import numpy as np
import pytest

from app.answers import Outcome
from app.lookup import Registry
from app.suggestions import OFFERED, Suggestions, suggest
from ingest.documents import Target
from tests.app.test_lookup import row
from tests.factories import make_answer, make_citation, make_question

SHARE = "tỷ lệ trường học có thư viện số"
LIGHTS = "số đèn đường tự điều chỉnh"
ROWS = [
    row(SHARE, number=40.0, value="40%", year=2027, start=0, end=20),
    row(SHARE, number=60.0, value="60%", year=2030, start=30, end=50),
    row(SHARE, number=45.0, value="45%", year=2027, locality="Huế", start=60, end=80),
    row(LIGHTS, number=900.0, value="900 đèn", unit="đèn", year=2027, start=90, end=99),
]
OF_2027, OF_2030, OF_HUE, OF_LIGHTS = (
    "Đến năm 2027, Hà Nội đặt mục tiêu tỷ lệ trường học có thư viện số là bao nhiêu phần trăm?",
    "Đến năm 2030, Hà Nội đặt mục tiêu tỷ lệ trường học có thư viện số là bao nhiêu phần trăm?",
    "Đến năm 2027, Huế đặt mục tiêu tỷ lệ trường học có thư viện số là bao nhiêu phần trăm?",
    "Đến năm 2027, Hà Nội đặt mục tiêu có bao nhiêu đèn đường tự điều chỉnh?",
)


def registry_of(rows: list[Target]) -> Registry:
    return Registry(rows, np.zeros((len(rows), 4), dtype=np.float32))


def test_examples_are_of_as_many_things_and_places_as_there_are() -> None:
    examples = Suggestions(ROWS, "vi").examples()
    assert set(examples) == {OF_2027, OF_2030, OF_HUE, OF_LIGHTS}
    assert set(Suggestions(ROWS, "vi").examples(2)) == {OF_2030, OF_LIGHTS}


def test_what_documents_tell_differently_is_not_offered() -> None:
    rival = row(SHARE, number=41.0, value="41%", year=2027, document="khac.txt")
    assert OF_2027 not in Suggestions([*ROWS, rival], "vi").examples()


def test_after_an_answer_the_same_of_others_and_other_things_of_the_place_are_offered() -> None:
    citation = make_citation("Đến năm 2027 có 40% trường.", document_id=ROWS[0].document)
    answer = make_answer("40% [1]", citation, short_answer="40%")
    cited = [one for one in ROWS if one.start < citation.sentence.end]
    assert cited == [ROWS[0]]
    assert suggest(answer, make_question(), registry_of(ROWS)) == (OF_HUE, OF_2030, OF_LIGHTS)[:3]


def test_an_answer_without_a_row_is_followed_by_what_is_like_the_question() -> None:
    citation = make_citation("Thư viện mở cửa cả tuần.", document_id="không có hàng.txt")
    answer = make_answer("Mở cửa cả tuần [1]", citation)
    question = make_question("Đèn đường tự điều chỉnh ở Hà Nội?", places=("Hà Nội",))
    assert suggest(answer, question, registry_of(ROWS))[0] == OF_LIGHTS


def test_instead_of_a_refused_question_like_ones_are_offered_but_never_itself() -> None:
    refused = make_answer("Chưa có.", outcome=Outcome.NOT_IN_DOCUMENTS)
    question = make_question("Trường học có thư viện số ở Huế năm 2040?", places=("Huế",))
    offered = suggest(refused, question, registry_of(ROWS))
    assert offered[0] == OF_HUE
    assert len(offered) == OFFERED
    same = make_question(OF_HUE, places=("Huế",))
    assert suggest(refused, same, registry_of(ROWS))[0] != OF_HUE


@pytest.mark.parametrize("outcome", [Outcome.NEEDS_CLARIFICATION, Outcome.FAILED])
def test_beside_choices_and_failures_nothing_else_is_offered(outcome: Outcome) -> None:
    answer = make_answer("Ý nào?", outcome=outcome)
    assert suggest(answer, make_question(), registry_of(ROWS)) == ()


def test_an_empty_registry_offers_nothing() -> None:
    refused = make_answer("Chưa có.", outcome=Outcome.OUT_OF_SCOPE)
    assert suggest(refused, make_question(), registry_of([])) == ()
    assert Suggestions([], "en").examples() == ()
