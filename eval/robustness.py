"""The same questions typed otherwise: how often the outcome and the facts stay as they were."""

import random
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.aggregates import Proportion, rounded
from eval.cases import Case
from eval.generated import GeneratedAnswer, StoredDocument
from eval.scoring import CaseScore, score_case
from ingest.text import fold

_TYPOS = 2
_TYPO_LETTERS = 4


class VariantAnswer(GeneratedAnswer):
    """The answer to a case's question as one of the variants has it."""

    variant: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Of the cases that a variant changes: how many kept what they had, how many are right."""

    outcome: Proportion
    facts: Proportion
    correct: Proportion

    def to_json(self) -> dict[str, Any]:
        """Return the shares, and what they were counted from."""
        named = {"outcome": self.outcome, "facts": self.facts, "correct": self.correct}
        return {
            **{name: rounded(one.rate) for name, one in named.items()},
            "counts": {name: [one.successes, one.total] for name, one in named.items()},
        }


def variants(case: Case) -> dict[str, Case]:
    """Return the case with its question typed in other ways, by name; those that change nothing
    are left out.
    """
    typed = {name: write(case.question, case.id) for name, write in _VARIANTS.items()}
    return {
        name: case.model_copy(update={"question": question})
        for name, question in typed.items()
        if question != case.question
    }


def robustness(
    cases: Iterable[Case],
    scores: Iterable[CaseScore],
    answers: Sequence[VariantAnswer],
    documents: Mapping[str, StoredDocument],
) -> dict[str, Unchanged]:
    """Compare the variants' answers with those to the questions as they stand."""
    by_id = {case.id: case for case in cases}
    plain = {score.id: score for score in scores}
    pairs: dict[str, list[tuple[CaseScore, CaseScore]]] = {}
    for answer in answers:
        score = score_case(by_id[answer.id], answer, documents)
        pairs.setdefault(answer.variant, []).append((plain[answer.id], score))
    return {name: _unchanged(found, by_id) for name, found in pairs.items()}


def with_typos(text: str, seed: str) -> str:
    """Return the text with two seeded slips of the finger, each in a word of its own."""
    choose = random.Random(seed)
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= _TYPO_LETTERS and word.isalpha()]
    for at in choose.sample(long, min(_TYPOS, len(long))):
        place = choose.randrange(1, len(words[at]) - 1)
        words[at] = choose.choice(_SLIPS)(words[at], place)
    return " ".join(words)


def _dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


_SLIPS = (_dropped, _doubled, _swapped)
_VARIANTS: dict[str, Callable[[str, str], str]] = {
    "no_marks": lambda text, _: fold(text),
    "nfd": lambda text, _: unicodedata.normalize("NFD", text),
    "capitals": lambda text, _: text.upper(),
    "typos": with_typos,
}


def _unchanged(
    pairs: Sequence[tuple[CaseScore, CaseScore]], cases: Mapping[str, Case]
) -> Unchanged:
    with_facts = [pair for pair in pairs if cases[pair[0].id].gold]
    return Unchanged(
        outcome=_share(pairs, lambda plain, other: plain.outcome is other.outcome),
        facts=_share(with_facts, lambda plain, other: plain.missing == other.missing),
        correct=_share(pairs, lambda _, other: other.correct),
    )


def _share(
    pairs: Sequence[tuple[CaseScore, CaseScore]], test: Callable[[CaseScore, CaseScore], bool]
) -> Proportion:
    return Proportion(sum(test(*pair) for pair in pairs), len(pairs))
