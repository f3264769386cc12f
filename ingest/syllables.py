"""Statistics of the library's own syllables: they put marks back on text typed without."""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from itertools import pairwise
from math import log
from pathlib import Path

from ingest.text import fold, words

# Weights of the neighbour pair and of the single syllable, as measured for Vietnamese text.
_PAIR_WEIGHT = 0.9
_SINGLE_WEIGHT = 0.1
_CANDIDATES = 20
_START = ""


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
        for syllable in sorted(singles, key=lambda item: -singles[item]):
            self._forms[fold(syllable)].append(syllable)

    @classmethod
    def count(cls, texts: Iterable[str]) -> "SyllableStatistics":
        """Return the statistics of the texts."""
        singles: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            for line in text.splitlines():
                syllables = [word.casefold() for word in words(line)]
                singles.update(syllables)
                pairs.update(pairwise([_START, *syllables]))
        for phrase in _question_phrases():
            syllables = phrase.split()
            singles.update(syllables)
            pairs.update(pairwise([_START, *syllables]))
        return cls(dict(singles), dict(pairs))

    def knows(self, syllable: str) -> bool:
        """Tell whether the library has the syllable, with or without marks."""
        return fold(syllable.casefold()) in self._forms

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
