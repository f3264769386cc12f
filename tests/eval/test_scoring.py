from typing import Any

import pytest

from app.answers import Outcome
from eval.aggregates import aggregate, summary
from eval.cases import Case
from eval.generated import GeneratedAnswer, StoredDocument
from eval.scoring import CaseScore, reasons, score_case, score_cases

TEXT = "Mở đầu. Huế đạt 30% vào năm 2025."
QUOTE = {"number": 1, "document": "huế/a.txt", "quote": TEXT[8:], "start": 8, "end": len(TEXT)}
DOCUMENTS = {
    "huế/a.txt": StoredDocument(text=TEXT),
    "digest.md": StoredDocument(text=TEXT, source_file="raw/b.txt"),
}


def case(**fields: Any) -> Case:
    given = {
        "id": "a",
        "category": "fact",
        "question": "Huế đạt bao nhiêu?",
        "answerable": True,
        "docs": ["a.txt"],
        "gold": [["30%", "30 phần trăm"]],
    }
    return Case.model_validate(given | fields)


def answer(**fields: Any) -> GeneratedAnswer:
    given = {
        "id": "a",
        "question": "Huế đạt bao nhiêu?",
        "outcome": "answered",
        "answer": "Tài liệu ghi: “Huế đạt 30% vào năm 2025.” [1]",
        "short_answer": "30%",
        "citations": [QUOTE],
    }
    return GeneratedAnswer.model_validate(given | fields)


def score(case_: Case, answer_: GeneratedAnswer) -> CaseScore:
    return score_case(case_, answer_, DOCUMENTS)


def refusal() -> GeneratedAnswer:
    return answer(outcome="not_in_documents", answer="Không có.", citations=[], short_answer=None)


def test_a_right_answer() -> None:
    result = score(case(short_gold=[["30%"]], must_not=["40%"]), answer())
    assert (result.correct, result.clean, result.short, result.cited) == (True, True, True, True)
    assert result.verbatim
    assert result.figures == 2
    assert result.unsupported == ()
    assert result.words == 9


def test_an_answer_that_lacks_a_fact_is_wrong() -> None:
    result = score(case(gold=[["30%"], ["Vinh", "thành Vinh"]]), answer())
    assert not result.correct
    assert result.missing == ("Vinh",)


def test_an_unexpected_outcome_is_wrong_even_with_all_facts() -> None:
    assert not score(case(expected_outcomes=["premise_corrected"]), answer()).correct


def test_a_citation_mark_is_no_fact() -> None:
    assert not score(case(gold=[["1"]]), answer()).correct


def test_together_needs_both_in_one_sentence() -> None:
    pair = [[["Huế"], ["30%"]]]
    assert score(case(together=pair), answer()).correct
    parted = answer(answer="Huế có số liệu. Tỷ lệ là 30% [1].")
    assert score(case(together=pair), parted).missing == ("Huế + 30%",)


def test_a_forbidden_string_makes_a_correct_answer_unclean() -> None:
    result = score(case(must_not=["năm 2025"]), answer())
    assert result.correct
    assert not result.clean


def test_short_needs_every_fact_and_is_left_out_without_gold() -> None:
    assert score(case(short_gold=[["30%"], ["Huế"]]), answer()).short is False
    assert score(case(short_gold=[["30%"]]), answer(short_answer=None)).short is False
    assert score(case(), answer()).short is None


def test_an_unanswerable_case_is_correct_when_refused() -> None:
    unanswerable = case(answerable=False, gold=[], docs=[])
    assert score(unanswerable, refusal()).correct
    assert not score(unanswerable, answer()).correct
    assert not score(unanswerable, answer(outcome="failed")).correct
    assert score(unanswerable, refusal()).cited is None


@pytest.mark.parametrize(
    ("citation", "cited"),
    [
        ({}, True),
        ({"document": "digest.md"}, False),
        ({"document": "lost.txt"}, False),
        ({"start": 7}, False),
        ({"quote": "Huế đạt 30 % vào năm 2025."}, False),
    ],
)
def test_cited_needs_a_verbatim_quote_of_the_evidence(
    citation: dict[str, Any], cited: bool
) -> None:
    assert score(case(), answer(citations=[QUOTE | citation])).cited is cited


def test_a_digest_counts_as_its_source_file() -> None:
    digest = answer(citations=[QUOTE | {"document": "digest.md"}])
    assert score(case(docs=["b.txt"]), digest).cited


def test_one_quote_that_is_not_verbatim_spoils_the_citation() -> None:
    second = QUOTE | {"number": 2, "quote": "Bịa"}
    assert not score(case(), answer(citations=[QUOTE, second])).cited
    assert not score(case(), answer(related=[second])).verbatim


def test_a_refused_answerable_case_is_not_cited() -> None:
    assert score(case(), refusal()).cited is False


def test_a_case_without_an_answer_is_a_miss_and_never_left_out() -> None:
    scores = score_cases([case(), case(id="b")], {"a": answer()}, DOCUMENTS)
    assert [item.correct for item in scores] == [True, False]
    assert scores[1].outcome is Outcome.FAILED
    assert aggregate(scores).proportions["cited"].rate == 0.5


def test_refusal_precision_and_recall() -> None:
    unanswerable = {"answerable": False, "gold": [], "docs": []}
    cases = [case(id="a"), case(id="b"), *(case(id=key, **unanswerable) for key in "cde")]
    cases.append(case(id="f", expected_outcomes=["answered", "not_in_documents"]))
    answers = {
        "a": answer(),
        "b": refusal(),
        "c": refusal(),
        "d": answer(),
        "e": answer(outcome="failed"),
        "f": refusal(),
    }
    shares = aggregate(score_cases(cases, answers, DOCUMENTS)).proportions
    assert (shares["refusal_precision"].successes, shares["refusal_precision"].total) == (2, 3)
    assert (shares["refusal_recall"].successes, shares["refusal_recall"].total) == (1, 3)


def test_a_question_back_is_a_right_refusal_where_it_is_expected() -> None:
    ambiguous = case(expected_outcomes=["needs_clarification"], gold=[], docs=[])
    shares = aggregate([score(ambiguous, answer(outcome="needs_clarification"))]).proportions
    assert shares["refusal_precision"].rate == shares["refusal_recall"].rate == 1


def test_figures_counts_answers_that_state_some() -> None:
    loose = answer(answer="Huế đạt 31% [1].")
    scores = [score(case(), answer()), score(case(), loose), score(case(), refusal())]
    assert aggregate(scores).proportions["figures"].rate == 0.5


def test_sentence_citations_are_summed_over_all_cases() -> None:
    evidence = {"evidence": ["Huế đạt 30% vào năm 2025.", "Mở đầu."]}
    scores = [score(case(**evidence), answer()), score(case(**evidence), refusal())]
    shares = aggregate(scores).proportions
    precision, recall = shares["citation_precision"], shares["citation_recall"]
    assert (precision.successes, precision.total) == (1, 1)
    assert (recall.successes, recall.total) == (1, 4)


def test_a_premise_counts_as_corrected_only_with_the_right_facts() -> None:
    premise = {"expected_outcomes": ["premise_corrected"]}
    scores = [
        score(case(**premise), answer(outcome="premise_corrected")),
        score(case(**premise), answer(outcome="premise_corrected", answer="Không đúng.")),
        score(case(**premise), answer()),
        score(case(), answer(outcome="premise_corrected")),
    ]
    shares = aggregate(scores).proportions
    found, precise = shares["premise_recall"], shares["premise_precision"]
    assert (found.successes, found.total) == (1, 3)
    assert (precise.successes, precise.total) == (2, 3)


def test_figures_of_the_gold_are_counted_by_kind() -> None:
    both = case(gold=[["30%"], ["năm 2030"]])
    shares = aggregate([score(both, answer())]).proportions
    counted = {name: (one.successes, one.total) for name, one in shares.items() if one.total}
    assert counted["figure_percent"] == (1, 1)
    assert counted["figure_date"] == (0, 1)
    assert "figure_money" not in counted


def test_a_case_that_is_wholly_right_has_no_reason() -> None:
    assert reasons(score(case(), answer())) == ""
    assert reasons(score(case(), refusal())) == "wrong: lacks 30%; not cited"


def test_the_summary_has_every_score_overall_and_per_category() -> None:
    cases = [case(), case(id="b", category="list")]
    result = summary(score_cases(cases, {"a": answer(), "b": answer(answer="Sai.")}, DOCUMENTS))
    assert result["correct"] == 0.5
    assert result["counts"]["correct"] == [1, 2]
    assert result["intervals"]["correct"] == [0.0945, 0.9055]
    assert result["refusal_precision"] is None
    assert (result["words_median"], result["words_p90"]) == (5.0, 9)
    assert result["categories"]["list"]["correct"] == 0
    assert result["categories"].keys() == {"fact", "list"}
