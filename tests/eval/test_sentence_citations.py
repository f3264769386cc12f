from typing import Any

import pytest

from eval.generated import StoredDocument
from eval.sentence_citations import SentenceCounts, count_sentences
from tests.eval.test_scoring import DOCUMENTS, QUOTE, TEXT, answer, case

EVIDENCE = "Huế đạt 30% vào năm 2025."


def counts(citations: list[dict[str, Any]], *evidence: str) -> SentenceCounts:
    return count_sentences(
        case(evidence=list(evidence)),
        answer(citations=citations),
        {"huế/a.txt": DOCUMENTS["huế/a.txt"]},
    )


def quote(start: int, end: int) -> dict[str, Any]:
    return QUOTE | {"start": start, "end": end, "quote": TEXT[start:end]}


def test_a_cited_sentence_of_the_evidence_is_right_and_found() -> None:
    assert counts([QUOTE], EVIDENCE) == SentenceCounts(1, 1, 1, 1)


def test_another_sentence_of_the_document_is_neither() -> None:
    assert counts([quote(0, 7)], EVIDENCE) == SentenceCounts(1, 0, 1, 0)


def test_evidence_of_two_sentences_is_counted_by_the_sentence() -> None:
    assert counts([QUOTE], TEXT) == SentenceCounts(1, 1, 2, 1)
    assert counts([QUOTE, quote(0, 7)], TEXT) == SentenceCounts(2, 2, 2, 2)


@pytest.mark.parametrize(("end", "right"), [(20, 1), (9, 1)])
def test_a_part_of_the_sentence_is_the_same_evidence(end: int, right: int) -> None:
    assert counts([quote(8, end)], EVIDENCE).right == right


def test_a_quote_that_only_touches_the_sentence_is_not() -> None:
    assert counts([quote(0, 10)], EVIDENCE).right == 0


def test_the_same_offsets_of_another_document_are_not() -> None:
    assert counts([QUOTE | {"document": "b.txt"}], EVIDENCE).right == 0


def test_white_space_runs_are_read_as_one_space() -> None:
    assert counts([QUOTE], "Huế  đạt 30%\u00a0vào năm 2025.").found == 1


def test_evidence_that_no_document_holds_is_wanted_and_not_found() -> None:
    assert counts([QUOTE], "Vinh đạt 20%.") == SentenceCounts(1, 0, 1, 0)


def test_evidence_told_by_a_digest_in_other_words_is_not_counted() -> None:
    digest = {"digest.md": StoredDocument(text="Khác.", source_file="raw/a.txt")}
    counted = count_sentences(case(evidence=[EVIDENCE]), answer(), digest)
    assert counted == SentenceCounts()


def test_a_case_without_evidence_counts_nothing() -> None:
    assert counts([QUOTE]) == SentenceCounts()
