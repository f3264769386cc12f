"""The cases over a developer's optional policy texts: what they claim stands in those texts."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from eval.cases import load_cases
from tests.eval.conftest import one_spaced

FOLDER = Path(__file__).parents[2] / "eval" / "cases_more"
FILES = sorted(FOLDER.glob("*.jsonl"))
CATEGORIES = {
    "fact",
    "target",
    "no_diacritics",
    "noisy",
    "english",
    "followup",
    "compare",
    "list",
    "false_premise",
    "unanswerable",
    "out_of_domain",
    "ambiguous",
    "conflict",
    "injection",
    "privacy",
}
MOST_WORDS = 7


def raw_cases() -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_both_files_load_and_no_id_stands_in_two() -> None:
    ids = Counter(case.id for path in FILES for case in load_cases(path))
    assert [path.stem for path in FILES] == ["answerable", "unanswerable"]
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_category_is_one_of_the_contract() -> None:
    assert {case["category"] for case in raw_cases()} <= CATEGORIES


def test_only_an_answerable_case_has_gold_evidence_and_documents() -> None:
    for path in FILES:
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            assert case["answerable"] == (path.stem == "answerable"), case["id"]
            for field in ("gold", "evidence", "docs"):
                assert bool(case[field]) == case["answerable"], (case["id"], field)


def test_no_piece_of_evidence_is_longer_than_seven_words() -> None:
    evidence = [text for case in raw_cases() for text in case["evidence"]]
    assert [text for text in evidence if len(text.split()) > MOST_WORDS] == []


def test_evidence_stands_in_a_document_that_the_case_names(texts: dict[str, str]) -> None:
    for case in raw_cases():
        assert set(case["docs"]) <= texts.keys(), case["id"]
        for evidence in case["evidence"]:
            held = any(one_spaced(evidence) in texts[name] for name in case["docs"])
            assert held, (case["id"], evidence)


def test_every_fact_of_the_gold_stands_in_a_document_that_the_case_names(
    texts: dict[str, str],
) -> None:
    for case in raw_cases():
        there = one_spaced(" ".join(texts[name] for name in case["docs"])).casefold()
        for fact in case["gold"]:
            held = any(one_spaced(spelling).casefold() in there for spelling in fact)
            assert held, (case["id"], fact[0])
