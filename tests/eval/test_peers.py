from collections.abc import Sequence
from typing import Any

import pytest

from app.answers import Answer, Citation, Outcome, Turn
from app.retrieval import Hit
from eval.cases import Case
from eval.errors import EvalError
from eval.peer_tables import peers_json, peers_table
from eval.peers import (
    ANSWERS,
    PASSAGES,
    Contestant,
    PeerScore,
    answers_of,
    chunks_of,
    passages_of,
    score_peers,
)
from eval.tutorial import SHOWN
from ingest.documents import Description, Passage, Sentence
from tests.eval.test_scoring import case

FIRST = "Huế đạt 30%  vào năm 2025."
SECOND = "Vinh đạt 40%."


def asked(**fields: Any) -> Case:
    return case(**({"evidence": ["Huế đạt 30% vào năm 2025."]} | fields))


def chunks(*texts: str) -> Contestant:
    return chunks_of(lambda _: list(texts))


def score(case_: Case, contestant: Contestant) -> PeerScore:
    (result,) = score_peers([case_], {"peer": contestant})
    return result


def test_evidence_must_stand_whole_in_one_of_the_texts_shown() -> None:
    found = score(asked(), chunks(SECOND, f"Trước. {FIRST} Sau."))
    assert (found.evidence_first, found.evidence) == (False, True)
    assert not score(asked(), chunks("Huế đạt 30%", "vào năm 2025.")).evidence
    assert score(asked(), chunks(FIRST)).evidence_first


def test_all_sentences_of_the_evidence_are_wanted_in_any_of_the_texts() -> None:
    both = asked(evidence=["Huế đạt 30% vào năm 2025.", SECOND])
    assert score(both, chunks(FIRST, SECOND)).evidence
    assert not score(both, chunks(FIRST)).evidence


def test_evidence_after_the_texts_shown_does_not_count() -> None:
    others = [f"{SECOND} {number}" for number in range(SHOWN)]
    assert score(asked(), chunks(*others[1:], FIRST)).evidence
    assert not score(asked(), chunks(*others, FIRST)).evidence


def test_facts_are_wanted_in_the_first_text_and_in_all() -> None:
    both = asked(gold=[["30%"], ["40%"]])
    found = score(both, chunks(FIRST, SECOND))
    assert (found.facts_first, found.facts) == (False, True)
    assert (found.words_first, found.words) == (6, 9)


def test_a_contestant_that_finds_nothing_scores_nothing() -> None:
    found = score(asked(), chunks())
    assert (found.evidence, found.facts, found.refused) == (False, False, False)


def test_a_case_of_a_conversation_is_left_out() -> None:
    history = [{"role": "user", "content": "Trước."}]
    assert [
        one.case for one in score_peers([asked(), asked(id="b", history=history)], {"p": chunks()})
    ] == ["a"]
    with pytest.raises(EvalError, match="cases that stand by themselves"):
        score_peers([asked(history=history)], {"p": chunks()})


PASSAGE = Passage(Description("a.txt", "A"), 0, "Huế đạt 30% vào năm 2025.", 0, (Sentence(0, 25),))


def test_our_passages_are_scored_as_the_chunks_of_others() -> None:
    class OneHit:
        def search(self, question: str, limit: int) -> tuple[Hit, ...]:
            return (Hit(PASSAGE, 1.0, 1.0),)[:limit]

    assert score(asked(), passages_of(OneHit())).evidence_first


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.NOT_IN_DOCUMENTS])
def test_our_answer_is_scored_by_its_quotes_and_its_words(outcome: Outcome) -> None:
    class OneQuote:
        def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
            cited = (Citation(1, PASSAGE, PASSAGE.sentences[0]),)
            return Answer(question, question, "vi", outcome, "Là 30 [1].", citations=cited)

    found = score(asked(gold=[["30"]]), answers_of(OneQuote()))
    assert (found.evidence_first, found.facts_first) == (True, True)
    assert not score(asked(gold=[["1"]]), answers_of(OneQuote())).facts
    assert found.refused == (outcome is Outcome.NOT_IN_DOCUMENTS)


def test_contestants_are_set_side_by_side_in_pairs() -> None:
    cases = [*(asked(id=f"c{number}") for number in range(6))]
    cases.append(asked(id="u", answerable=False, gold=[], docs=[], evidence=[]))
    contestants = {
        "tutorial": chunks(SECOND),
        PASSAGES: chunks(SECOND, FIRST),
        ANSWERS: chunks(FIRST),
    }
    scores = score_peers(cases, contestants)
    measured = peers_json(scores)
    assert measured["tutorial"]["evidence@4"] == 0
    assert measured[PASSAGES]["counts"]["evidence@4"] == [6, 6]
    assert measured["tutorial"]["questions"] == 6
    assert measured["tutorial"]["refused_unanswerable"] == [0, 1]
    assert measured["tutorial"]["p"][PASSAGES]["evidence@4"] == 0.0312
    assert measured["tutorial"]["p"][PASSAGES]["evidence@1"] == 1
    lines = peers_table(measured).splitlines()
    assert [line.split("  ")[0] for line in lines] == ["contestant", *contestants]
