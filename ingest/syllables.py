"""Statistics of the library's own syllables: they put marks back on text typed without."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from math import log
from pathlib import Path

import numpy as np

from ingest.text import fold, words
from ingest.tokens import TokenTable

# Weights of the neighbour pair and of the single syllable, as measured for Vietnamese text.
_PAIR_WEIGHT = 0.9
_SINGLE_WEIGHT = 0.1
_CANDIDATES = 20
_START = ""
_PHRASE = "\0phrase "


def written_syllables(text: str) -> list[str]:
    """Return the words of a text in small letters, each line opened by the sign of a start."""
    return [
        syllable
        for line in text.splitlines()
        for syllable in (_START, *(word.casefold() for word in words(line)))
    ]


def _question_phrases() -> list[str]:
    """Return phrases that people ask with: documents seldom hold them."""
    return files("ingest").joinpath("data/question_phrases.txt").read_text("utf-8").splitlines()


class SyllableStatistics:
    """Counts of marked syllables and of neighbouring pairs in the indexed passages."""

    def __init__(self, singles: dict[str, int], pairs: dict[tuple[str, str], int]) -> None:
        self._singles = singles
        self._pairs = pairs
        self._total = sum(singles.values()) or 1
        self._forms: dict[str, list[str]] = defaultdict(list)
        for syllable in sorted(singles, key=lambda item: (-singles[item], item)):
            self._forms[fold(syllable)].append(syllable)

    @classmethod
    def count(cls, texts: Iterable[str]) -> "SyllableStatistics":
        """Return the statistics of the texts."""
        table = TokenTable()
        for number, text in enumerate(texts):
            table.add(str(number), written_syllables(text))
        return cls.of(table)

    @classmethod
    def of(cls, table: TokenTable) -> "SyllableStatistics":
        """Return the statistics of written syllables; the phrases people ask with are added."""
        for number, phrase in enumerate(_question_phrases()):
            table.add(f"{_PHRASE}{number}", written_syllables(phrase))
        names = list(table.vocabulary)
        flat = table.flat().astype(np.int64)
        counts = np.bincount(flat, minlength=len(names)).tolist()
        start = table.vocabulary.get(_START, -1)
        codes = (flat[:-1] * len(names) + flat[1:])[flat[1:] != start]
        pairs, pair_counts = np.unique(codes, return_counts=True)
        firsts, seconds = np.divmod(pairs, max(1, len(names)))
        return cls(
            {name: count for name, count in zip(names, counts, strict=True) if name != _START},
            {
                (names[first], names[second]): count
                for first, second, count in zip(
                    firsts.tolist(), seconds.tolist(), pair_counts.tolist(), strict=True
                )
            },
        )

    def knows(self, syllable: str) -> bool:
        """Tell whether the library has the syllable, with or without marks."""
        return fold(syllable.casefold()) in self._forms

    def forms(self, folded: str) -> Sequence[str]:
        """Return the marked forms of a folded syllable in the library, the commonest first."""
        return self._forms.get(folded, ())

    def seen(self, syllable: str) -> int:
        """Return how often the library has a syllable in small letters, marks as given."""
        return self._singles.get(syllable, 0)

    def seen_together(self, first: str, second: str) -> int:
        """Return how often the library has two syllables in small letters next to each other."""
        return self._pairs.get((first, second), 0)

    def rarity(self, folded: str) -> float:
        """Return how much a folded syllable tells: -log of its share of all syllables."""
        count = sum(self._singles[form] for form in self._forms.get(folded, ()))
        return log((self._total + 1) / (count + 0.5))

    def restore(self, text: str) -> str:
        """Return text typed without marks with the likeliest ones put back (Viterbi 1967)."""
        text = unicodedata.normalize("NFC", text)
        typed = words(text)
        scores = {_START: 0.0}
        steps: list[dict[str, str]] = []
        for word in typed:
            best = {
                form: max((score + self._score(last, form), last) for last, score in scores.items())
                for form in self._candidates(word)
            }
            scores = {form: score for form, (score, _) in best.items()}
            steps.append({form: last for form, (_, last) in best.items()})
        form = max(scores, key=lambda item: (scores[item], item))
        path = []
        for step in reversed(steps):
            path.append(form)
            form = step[form]
        return _rewritten(text, typed, path[::-1])

    def _candidates(self, word: str) -> list[str]:
        return self._forms.get(word.casefold(), [])[:_CANDIDATES] or [word]

    def _score(self, previous: str, form: str) -> float:
        single = self._singles.get(form, 0) / self._total
        before = self._singles.get(previous, 0) or self._total
        pair = self._pairs.get((previous, form), 0) / before
        return log(_PAIR_WEIGHT * pair + _SINGLE_WEIGHT * single + 1e-12)

    def save(self, path: Path) -> None:
        """Write the statistics as JSON."""
        pairs: dict[str, dict[str, int]] = defaultdict(dict)
        for (first, second), count in self._pairs.items():
            pairs[first][second] = count
        data = {"singles": self._singles, "pairs": pairs}
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "SyllableStatistics":
        """Return the statistics saved at the path."""
        data = json.loads(path.read_text(encoding="utf-8"))
        pairs = {
            (first, second): count
            for first, followers in data["pairs"].items()
            for second, count in followers.items()
        }
        return cls(data["singles"], pairs)


def _rewritten(text: str, typed: list[str], restored: list[str]) -> str:
    """Return the text with each typed word replaced, all between the words kept."""
    pieces, position = [], 0
    for word, form in zip(typed, restored, strict=True):
        start = text.index(word, position)
        pieces += [text[position:start], form]
        position = start + len(word)
    return "".join([*pieces, text[position:]])
