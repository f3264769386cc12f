"""The cases that were all seen while rules were made: they measure nothing new, and guard much."""

from pathlib import Path

from eval.case_checks import check_cases
from eval.cases import Case, load_cases
from tests.eval.conftest import one_spaced

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "eval" / "cases_seen"


def test_those_over_the_digests_keep_to_all_that_a_case_must() -> None:
    documents = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "corpus").glob("*.md")
    }
    cases = load_cases(FOLDER / "digests.jsonl")
    assert len(cases) == 150
    assert check_cases(cases, documents) == []


def test_no_case_has_the_id_of_another() -> None:
    folders = ("cases", "cases_more", "cases_seen")
    paths = [path for name in folders for path in (ROOT / "eval" / name).glob("*.jsonl")]
    ids = [case.id for path in paths for case in load_cases(path)]
    assert len(ids) == len(set(ids))


def test_what_the_national_ones_claim_stands_in_the_texts(texts: dict[str, str]) -> None:
    cases = load_cases(FOLDER / "national.jsonl")
    assert len(cases) == 130
    assert [fault for case in cases for fault in _faults(case, texts)] == []


def _faults(case: Case, texts: dict[str, str]) -> list[str]:
    there = " ".join(texts[name] for name in case.docs)
    lacking = [text for text in case.evidence if one_spaced(text) not in there]
    lacking += [
        fact[0]
        for fact in case.gold
        if not any(one_spaced(one).casefold() in there.casefold() for one in fact)
    ]
    return [f"{case.id}: {text}" for text in lacking]
