"""The cases in eval/cases over the digests in corpus/: what each of them must keep to."""

from itertools import chain
from pathlib import Path

import pytest

from eval.case_checks import CATEGORIES, check_cases, copied_runs
from eval.cases import HALVES, Case, Half, in_half, load_cases
from ingest.text import normalise

ROOT = Path(__file__).parents[2]
DIGESTS = {
    path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.md"))
}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load_cases(ROOT / "eval" / "cases")


def asked(case: Case) -> list[str]:
    return [case.question, *(turn.content for turn in case.history if turn.role == "user")]


def written(case: Case) -> list[str]:
    """Return every text of a case, each by itself."""
    spellings = chain(*case.gold, *case.short_gold, *chain(*case.together))
    history = (turn.content for turn in case.history)
    return [case.question, *history, *spellings, *case.must_not, *case.evidence]


def test_every_case_keeps_to_its_digests(cases: list[Case]) -> None:
    assert check_cases(cases, DIGESTS) == []


def test_there_are_enough_cases_of_every_kind(cases: list[Case]) -> None:
    assert {case.category for case in cases} == CATEGORIES
    assert sum(case.answerable for case in cases) >= 150
    assert sum(not case.answerable for case in cases) >= 110


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_every_category(cases: list[Case], half: Half) -> None:
    assert {case.category for case in in_half(cases, half)} == CATEGORIES


def test_no_question_repeats_its_digest(cases: list[Case]) -> None:
    texts = [text for case in cases for text in asked(case)]
    assert copied_runs(texts, DIGESTS.values()) == []


def test_no_sentence_of_an_original_is_copied(cases: list[Case], shared: Path) -> None:
    """Skipped, with a line that says so, where the originals are absent."""
    files = sorted((shared / "corpus").glob("*.txt"))
    assert files
    originals = [normalise(path.read_text(encoding="utf-8")) for path in files]
    texts = [normalise(text) for case in cases for text in written(case)]
    assert copied_runs(texts, originals) == []
