"""What a case must keep to before it may measure anything: pure functions that name each fault."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from eval.cases import Case
from eval.matching import holds, holds_any, holds_together

CATEGORIES = frozenset(
    {
        "fact", "target", "no_diacritics", "noisy", "english", "followup", "compare", "list",
        "false_premise", "unanswerable", "out_of_domain", "ambiguous", "conflict", "injection",
        "privacy",
    }
)  # fmt: skip
COPIED_WORDS = 8

Run = tuple[str, ...]


def check_cases(cases: Sequence[Case], documents: Mapping[str, str]) -> list[str]:
    """Return the faults of the cases over documents by file name, one sentence each."""
    return [*_repeated_ids(cases), *(fault for case in cases for fault in check(case, documents))]


def check(case: Case, documents: Mapping[str, str]) -> list[str]:
    """Return the faults of one case, one sentence each."""
    faults = [*_form_faults(case), *_document_faults(case, documents)]
    if case.answerable:
        faults += _gold_faults(case)
    return [f"{case.id}: {fault}" for fault in faults]


def word_runs(text: str, length: int = COPIED_WORDS) -> set[Run]:
    """Return every run of that many words, case-folded."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def copied_runs(
    texts: Iterable[str], originals: Iterable[str], length: int = COPIED_WORDS
) -> list[str]:
    """Return the runs of words of the texts that stand in an original as well."""
    known = set[Run]().union(*(word_runs(original, length) for original in originals))
    return sorted({" ".join(run) for text in texts for run in word_runs(text, length) & known})


def _repeated_ids(cases: Sequence[Case]) -> list[str]:
    identifiers = [case.id for case in cases]
    repeated = {identifier for identifier in identifiers if identifiers.count(identifier) > 1}
    return [f"{identifier}: the id is used more than once." for identifier in sorted(repeated)]


def _form_faults(case: Case) -> Iterable[str]:
    if case.category not in CATEGORIES:
        yield f"the category {case.category!r} is unknown."
    if not case.question.strip():
        yield "the question is empty."
    if case.answerable == case.must_be_refused:
        yield "the expected outcomes do not fit `answerable`."
    if not case.answerable and (case.gold or case.short_gold or case.together or case.evidence):
        yield "it has no answer, but gold or evidence."


def _document_faults(case: Case, documents: Mapping[str, str]) -> Iterable[str]:
    """Yield what is not there: documents, and evidence in them (white-space runs as one)."""
    missing = [name for name in case.docs if name not in documents]
    yield from (f"there is no document {name!r}." for name in missing)
    texts = [_plain(documents[name]) for name in case.docs if name in documents]
    for quote in case.evidence:
        if not _stands(quote, texts):
            yield f"the evidence {quote!r} does not stand in {', '.join(case.docs)}."
    for name, text in zip(case.docs, texts, strict=False):
        if not missing and not any(_plain(quote) in text for quote in case.evidence):
            yield f"no evidence stands in {name!r}."


def _gold_faults(case: Case) -> Iterable[str]:
    """Yield why an answer that is the evidence, line by line, would not be right and clean."""
    evidence = "\n".join(_plain(quote) for quote in case.evidence)
    if not case.gold or not case.docs:
        yield "it has an answer, but no gold or no document."
    for fact in case.gold:
        if not holds_any(evidence, fact):
            yield f"the gold {fact[0]!r} does not stand in the evidence."
    for first, second in case.together:
        if not holds_together(evidence, first, second):
            yield f"no sentence of the evidence holds {first[0]!r} and {second[0]!r}."
    for wrong in case.must_not:
        if holds(evidence, wrong):
            yield f"{wrong!r} must not be said, but stands in the evidence."


def _stands(quote: str, texts: Collection[str]) -> bool:
    return any(_plain(quote) in text for text in texts)


def _plain(text: str) -> str:
    return " ".join(text.split())
