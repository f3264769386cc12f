import unicodedata

from eval.robustness import VariantAnswer, robustness, variants, with_typos
from eval.scoring import score_case
from tests.eval.test_scoring import DOCUMENTS, answer, case

QUESTION = "Thành phố đặt mục tiêu kinh tế bao nhiêu phần trăm?"


def test_a_question_is_typed_in_four_other_ways() -> None:
    typed = {name: one.question for name, one in variants(case(question=QUESTION)).items()}
    assert typed["no_marks"] == "Thanh pho dat muc tieu kinh te bao nhieu phan tram?"
    assert typed["nfd"] == unicodedata.normalize("NFD", QUESTION) != QUESTION
    assert typed["capitals"] == QUESTION.upper()
    assert typed["typos"] == with_typos(QUESTION, "a")


def test_a_way_of_typing_that_changes_nothing_is_left_out() -> None:
    assert variants(case(question="BTS?")).keys() == set()
    assert variants(case(question="HOW MANY PEOPLE")).keys() == {"typos"}


def test_typos_are_seeded_and_stand_in_two_words_without_figures() -> None:
    typed = {with_typos(QUESTION, str(seed)) for seed in range(20)}
    assert len(typed) > 10
    for text in typed:
        pairs = zip(text.split(), QUESTION.split(), strict=True)
        changed = [(one, other) for one, other in pairs if one != other]
        assert 1 <= len(changed) <= 2
        assert all(len(other) >= 4 for _, other in changed)
    assert with_typos(QUESTION, "7") == with_typos(QUESTION, "7")
    assert with_typos("Năm 2025 có 12345?", "1") == "Năm 2025 có 12345?"


def test_outcomes_and_facts_are_set_against_those_of_the_plain_question() -> None:
    cases = [case(id="a"), case(id="b"), case(id="c", answerable=False, gold=[], docs=[])]
    refused = {"outcome": "not_in_documents", "answer": "Không có.", "citations": []}
    plain = {"a": answer(), "b": answer(**refused), "c": answer(**refused)}
    scores = [score_case(one, plain[one.id], DOCUMENTS) for one in cases]
    typed = {"a": refused, "b": refused, "c": {}}
    lines = [
        VariantAnswer(variant="nfd", **(answer(**fields).model_dump() | {"id": name}))
        for name, fields in typed.items()
    ]
    (kept,) = robustness(cases, scores, lines, DOCUMENTS).values()
    assert kept.to_json() == {
        "outcome": 0.3333,
        "facts": 0.5,
        "correct": 0.0,
        "counts": {"outcome": [1, 3], "facts": [1, 2], "correct": [0, 3]},
    }
