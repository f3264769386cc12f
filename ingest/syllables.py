"""Statistics of the library's own syllables: they put marks back on text typed without."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.resources import files
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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


class Pairs:
    """How often a syllable follows another, by their numbers: read as they are asked for.

    The followers of syllable n are `seconds[starts[n] : starts[n + 1]]`, as often as `counts` says.
    """

    def __init__(
        self, starts: NDArray[np.int64], seconds: NDArray[np.int32], counts: NDArray[np.int32]
    ) -> None:
        self.starts, self.seconds, self.counts = starts, seconds, counts
        self._read: dict[int, dict[int, int]] = {}

    @classmethod
    def of(cls, codes: NDArray[np.int64], size: int) -> "Pairs":
        """Return the pairs written as first * size + second, one code for each time they occur."""
        pairs, counts = np.unique(codes, return_counts=True)
        firsts, seconds = np.divmod(pairs, max(1, size))
        starts = np.searchsorted(firsts, np.arange(size + 1))
        return cls(starts, seconds.astype(np.int32), counts.astype(np.int32))

    def count(self, first: int, second: int) -> int:
        """Return how often the second syllable follows the first."""
        followers = self._read.get(first)
        if followers is None:
            part = slice(int(self.starts[first]), int(self.starts[first + 1]))
            seconds, counts = self.seconds[part].tolist(), self.counts[part].tolist()
            followers = self._read[first] = dict(zip(seconds, counts, strict=True))
        return followers.get(second, 0)


class SyllableStatistics:
    """Counts of marked syllables and of neighbouring pairs in the indexed passages."""

    def __init__(self, names: Sequence[str], counts: Sequence[int], pairs: Pairs) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._counts = counts
        self._pairs = pairs
        self._singles = dict(zip(names, counts, strict=True))
        self._singles.pop(_START, None)
        self._total = sum(self._singles.values()) or 1

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """Return the marked forms of each folded syllable, the most frequent first."""
        forms: dict[str, list[str]] = defaultdict(list)
        for syllable in sorted(self._singles, key=lambda item: (-self._singles[item], item)):
            forms[fold(syllable)].append(syllable)
        return forms

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
        return cls(names, counts, Pairs.of(codes, len(names)))

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
        numbers = self._numbers.get(first), self._numbers.get(second)
        if numbers[0] is None or numbers[1] is None:
            return 0
        return self._pairs.count(numbers[0], numbers[1])

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
        first, second = self._numbers.get(previous), self._numbers.get(form)
        known = first is not None and second is not None
        pair = self._pairs.count(first, second) / before if known else 0.0  # type: ignore[arg-type]
        return log(_PAIR_WEIGHT * pair + _SINGLE_WEIGHT * single + 1e-12)

    def save(self, path: Path) -> None:
        """Write the statistics; a path that ends in .npz."""
        names = np.frombuffer(json.dumps(list(self._numbers)).encode(), np.uint8)
        pairs = self._pairs
        np.savez(
            path,
            names=names,
            singles=np.array(self._counts, np.int64),
            starts=pairs.starts,
            seconds=pairs.seconds,
            counts=pairs.counts,
        )

    @classmethod
    def load(cls, path: Path) -> "SyllableStatistics":
        """Return the statistics saved at the path."""
        with path.open("rb") as file, np.load(file) as saved:
            names = json.loads(saved["names"].tobytes())
            pairs = Pairs(saved["starts"], saved["seconds"], saved["counts"])
            return cls(names, saved["singles"].tolist(), pairs)


def _rewritten(text: str, typed: list[str], restored: list[str]) -> str:
    """Return the text with each typed word replaced, all between the words kept."""
    pieces, position = [], 0
    for word, form in zip(typed, restored, strict=True):
        start = text.index(word, position)
        pieces += [text[position:start], form]
        position = start + len(word)
    return "".join([*pieces, text[position:]])
