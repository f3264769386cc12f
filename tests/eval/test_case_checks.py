from typing import Any

import pytest

from eval.case_checks import check_cases, copied_runs
from eval.cases import Case

DOCUMENTS = {
    "vinh.md": "Vinh có 12 trạm.\nĐến năm 2025, Vinh đạt\n31% GRDP.",
    "huế.md": "Huế có 40 trạm.",
}
EVIDENCE = ["Đến năm 2025, Vinh đạt 31% GRDP."]


def case(**fields: Any) -> Case:
    given = {
        "id": "a",
        "category": "target",
        "question": "Vinh phải đạt bao nhiêu?",
        "answerable": True,
        "docs": ["vinh.md"],
        "gold": [["31 phần trăm", "31%"]],
        "evidence": EVIDENCE,
    }
    return Case.model_validate(given | fields)


def unanswerable(**fields: Any) -> Case:
    given = {"answerable": False, "docs": [], "gold": [], "evidence": []}
    return case(**given | fields)


def test_good_cases_have_no_fault() -> None:
    pair = [[["Vinh"], ["31%"]]]
    good = case(together=pair, must_not=["1%"], short_gold=[["31%"]])
    assert check_cases([good, unanswerable(id="b")], DOCUMENTS) == []


def test_an_answer_may_rest_on_several_documents() -> None:
    both = case(
        docs=["vinh.md", "huế.md"],
        gold=[["12"], ["40"]],
        evidence=["Vinh có 12 trạm.", "Huế có 40 trạm."],
    )
    assert check_cases([both], DOCUMENTS) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"category": "facts"}, "the category 'facts' is unknown."),
        ({"question": " "}, "the question is empty."),
        ({"expected_outcomes": ["out_of_scope"]}, "the expected outcomes do not fit `answerable`."),
        ({"docs": ["none.md"]}, "there is no document 'none.md'."),
        ({"docs": ["vinh.md", "huế.md"]}, "no evidence stands in 'huế.md'."),
        ({"gold": []}, "it has an answer, but no gold or no document."),
        ({"gold": [["1%", "3"]]}, "the gold '1%' does not stand in the evidence."),
        (
            {"together": [[["Huế"], ["31%"]]]},
            "no sentence of the evidence holds 'Huế' and '31%'.",
        ),
        ({"must_not": ["2025"]}, "'2025' must not be said, but stands in the evidence."),
    ],
)
def test_each_fault_is_named(fields: dict[str, Any], fault: str) -> None:
    assert f"a: {fault}" in check_cases([case(**fields)], DOCUMENTS)


def test_evidence_of_another_document_or_wording_is_a_fault() -> None:
    (fault,) = check_cases([case(evidence=[*EVIDENCE, "Huế có 40 trạm."])], DOCUMENTS)
    assert fault == "a: the evidence 'Huế có 40 trạm.' does not stand in vinh.md."
    assert check_cases([case(evidence=["Đến 2025, Vinh đạt 31% GRDP."])], DOCUMENTS)


def test_a_pair_must_stand_in_one_sentence() -> None:
    parted = case(
        docs=["vinh.md", "huế.md"],
        gold=[["40"]],
        evidence=["Vinh có 12 trạm.", "Huế có 40 trạm."],
        together=[[["Vinh"], ["40"]]],
    )
    assert check_cases([parted], DOCUMENTS) == [
        "a: no sentence of the evidence holds 'Vinh' and '40'."
    ]


def test_a_case_without_an_answer_has_no_gold() -> None:
    (fault,) = check_cases([unanswerable(gold=[["31%"]])], DOCUMENTS)
    assert fault == "a: it has no answer, but gold or evidence."


def test_a_repeated_id_is_named_once() -> None:
    assert check_cases([case(), case(), case(id="b")], DOCUMENTS) == [
        "a: the id is used more than once."
    ]


def test_eight_words_in_a_row_are_copied_whatever_their_case_and_marks() -> None:
    original = "Một hai ba, bốn năm sáu bảy tám chín."
    assert copied_runs(["HAI ba bốn năm - sáu bảy tám chín"], [original]) == [
        "hai ba bốn năm sáu bảy tám chín"
    ]
    assert copied_runs(["hai ba bốn năm sáu bảy tám mười"], [original]) == []
    assert copied_runs(["hai ba bốn năm", "sáu bảy tám chín"], [original]) == []
