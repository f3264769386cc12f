"""Answers as JSON: exactly the keys of the contract, and the rule of `as_of`."""

import json

import pytest

from app.answers import Answer, Citation, Computed, Outcome
from ingest.documents import Passage, Sentence
from tests.factories import make_answer, make_citation, make_description

ANSWER_KEYS = [
    "question", "understood", "language", "outcome", "answer", "short_answer", "choices",
    "suggestions", "notice", "citations", "related", "computed", "as_of", "library_version",
    "composer", "took_ms",
]  # fmt: skip
CITATION_KEYS = [
    "number", "document", "kind", "title", "publisher", "date", "date_basis", "heading", "page",
    "as_of", "quote", "context", "start", "end", "also_in",
]  # fmt: skip


def timed(*times: str | None) -> Answer:
    """Return an answer whose citations describe the times."""
    plain = [make_citation(number=number) for number in range(1, len(times) + 1)]
    cited = [
        Citation(item.number, item.passage, item.sentence, as_of=as_of)
        for item, as_of in zip(plain, times, strict=True)
    ]
    return make_answer("Có.", *cited)


def test_an_answer_has_exactly_the_keys_of_the_contract() -> None:
    assert sorted(make_answer("Có.").to_json()) == sorted(ANSWER_KEYS)


def test_a_citation_has_exactly_the_keys_of_the_contract() -> None:
    answer = make_answer("Có [1].", make_citation(), related=(make_citation(),)).to_json()
    assert sorted(answer["citations"][0]) == sorted(CITATION_KEYS)
    assert sorted(answer["related"][0]) == sorted(CITATION_KEYS)


def test_a_computed_figure_has_exactly_the_keys_of_the_contract() -> None:
    answer = make_answer("Có.", computed=(Computed("2 điểm", "difference", (1, 2)),))
    assert answer.to_json()["computed"] == [
        {"text": "2 điểm", "operation": "difference", "citations": [1, 2]}
    ]


def test_every_value_of_an_answer_stands_under_its_key() -> None:
    answer = make_answer(
        "Có [1].",
        make_citation(),
        question="Hỏi gì?",
        outcome=Outcome.PREMISE_CORRECTED,
        short_answer="30%",
        choices=("a",),
        suggestions=("b",),
        notice="c",
        library_version="v1",
        took_ms=7,
    )
    shown = {key: value for key, value in answer.to_json().items() if key != "citations"}
    assert shown == {
        "question": "Hỏi gì?",
        "understood": "Hỏi gì?",
        "language": "vi",
        "outcome": "premise_corrected",
        "answer": "Có [1].",
        "short_answer": "30%",
        "choices": ["a"],
        "suggestions": ["b"],
        "notice": "c",
        "related": [],
        "computed": [],
        "as_of": None,
        "library_version": "v1",
        "composer": "quotes",
        "took_ms": 7,
    }


def test_every_value_of_a_citation_stands_under_its_key() -> None:
    description = make_description(
        "thu-muc/a.txt",
        kind="digest",
        title="Số hóa",
        publisher="Báo Ví dụ",
        date="2023-09",
        date_basis="inferred",
    )
    passage = Passage(
        description, 3, "Mở đầu. Đạt 30%.", 100, (Sentence(108, 116, page=4),), ("Chương I",)
    )
    citation = Citation(2, passage, passage.sentences[0], as_of="2025", also_in=("b.txt",))
    assert citation.to_json() == {
        "number": 2,
        "document": "thu-muc/a.txt",
        "kind": "digest",
        "title": "Số hóa",
        "publisher": "Báo Ví dụ",
        "date": "2023-09",
        "date_basis": "inferred",
        "heading": ["Chương I"],
        "page": 4,
        "as_of": "2025",
        "quote": "Đạt 30%.",
        "context": None,
        "start": 108,
        "end": 116,
        "also_in": ["b.txt"],
    }


def test_a_quote_is_the_documents_text_between_its_offsets() -> None:
    text = "Mở đầu rất dài. Kinh tế số đạt 30%. Kết thúc."
    citation = make_citation(text, sentence=1)
    shown = citation.to_json()
    assert text[shown["start"] : shown["end"]] == shown["quote"] == "Kinh tế số đạt 30%."


def test_an_answer_survives_the_way_through_json() -> None:
    answer = make_answer("Có “30%” [1].", make_citation()).to_json()
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


@pytest.mark.parametrize(
    ("times", "as_of"),
    [
        (("2025",), "2025"),
        (("2025", "2025"), "2025"),
        (("2025", "2030"), None),
        (("2025", None), None),
        ((None,), None),
        ((), None),
    ],
)
def test_as_of_of_an_answer_is_that_of_all_its_citations_or_none(
    times: tuple[str | None, ...], as_of: str | None
) -> None:
    answer = timed(*times)
    assert answer.as_of == as_of
    assert answer.to_json()["as_of"] == as_of


def test_related_quotes_have_no_part_in_as_of() -> None:
    related = timed("2025").citations
    assert make_answer("Không có.", related=related).as_of is None


def test_the_outcomes_are_those_of_the_contract() -> None:
    assert [outcome.value for outcome in Outcome] == [
        "answered",
        "premise_corrected",
        "not_in_documents",
        "out_of_scope",
        "needs_clarification",
        "failed",
    ]
