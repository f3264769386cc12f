"""Typing errors in a Vietnamese question, put right from the library's own syllables.

Only a word that the library does not have is looked at, and only a syllable that the library has
beside one of its neighbours (or that a dropped letter or Telex typing makes plain) replaces it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.spelling import edits, is_syllable, marks_of, restored_end, sound_alikes, telex
from app.typed_words import TypedWord, typed_words
from ingest.syllables import SyllableStatistics
from ingest.text import fold, has_marks, index_form, words

_SHORTEST_EDITED = 3
# Of two readings the better must be this much likelier.
_CLEARLY = 1.5
# A word built as a syllable is may be right: what replaces it must usually stand there.
_USUALLY = 0.25
_OFTEN = 2
# A text with more of them is none about what the library holds, or no Vietnamese.
_MOST_UNKNOWN = 12
_NEIGHBOURS = 20


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question with its typing errors put right, and the words that were typed instead."""

    text: str
    typed: tuple[str, ...] = ()


def correct(text: str, statistics: SyllableStatistics) -> Corrected:
    """Return the text with what are surely typing errors put right, all else as it is.

    A text typed without marks stays without them.
    """
    text = unicodedata.normalize("NFC", text)
    typed = [word.casefold() for word in words(text) if word.isalpha()]
    if not 0 < sum(_is_unknown(word, statistics) for word in typed) <= _MOST_UNKNOWN:
        return Corrected(text)
    marked = has_marks(text)
    found = typed_words(text)
    by_telex = {
        index: form
        for index, word in enumerate(found)
        if not word.kept and (form := _from_telex(word.low, statistics))
    }
    changed: dict[int, str] = {}
    for index, word in enumerate(found):
        if word.kept or not _is_unknown(word.low, statistics):
            continue
        before = _neighbour(found, by_telex, changed, index - 1)
        after = _neighbour(found, by_telex, changed, index + 1)
        beside = _Beside(before, after, statistics)
        if index in by_telex and (len(by_telex) > 1 or beside.count(by_telex[index])):
            changed[index] = by_telex[index]
        elif form := _best(word.low, beside):
            changed[index] = form
    for index in sorted(changed, reverse=True):
        word, form = found[index], changed[index] if marked else fold(changed[index])
        text = text[: word.start] + _cased(form, word.text) + text[word.end :]
    return Corrected(text, tuple(found[index].text for index in changed))


@dataclass(frozen=True, slots=True)
class _Beside:
    """The words before and after one, and how often the library has a form between them."""

    before: str
    after: str
    statistics: SyllableStatistics

    def count(self, form: str) -> int:
        together = self.statistics.seen_together
        return sum(together(other, form) for other in self._forms(self.before)) + sum(
            together(form, other) for other in self._forms(self.after)
        )

    def is_usual(self, form: str) -> bool:
        """Tell whether a neighbour of the library often has the form beside it."""
        together = self.statistics.seen_together
        counted = [(together(other, form), other) for other in self._forms(self.before)]
        counted += [(together(form, other), other) for other in self._forms(self.after)]
        return any(
            count >= max(_OFTEN, _USUALLY * self.statistics.seen(other)) for count, other in counted
        )

    def _forms(self, word: str) -> Sequence[str]:
        """Return the word itself, or all that it may be where it is typed without marks."""
        if not word:
            return ()
        bare = fold(word) == word
        return self.statistics.forms(word)[:_NEIGHBOURS] if bare else (word,)


def _best(word: str, beside: _Beside) -> str | None:
    """Return the syllable that a word was meant to be, None where none is clearly likeliest."""
    statistics = beside.statistics
    near = dict.fromkeys(_spelled(word, sound_alikes(fold(word)), statistics))
    if len(word) >= _SHORTEST_EDITED:
        edited = _spelled(word, edits(fold(word)), statistics)
        built = is_syllable(fold(word))
        near |= {form: None for form in edited if not built or beside.is_usual(form)}
    counted = sorted(((beside.count(form), form) for form in near), reverse=True)
    if counted and counted[0][0]:
        first, second = counted[0][0], counted[1][0] if len(counted) > 1 else 0
        return counted[0][1] if first >= _CLEARLY * second else None
    ended = [
        form
        for form in statistics.forms(restored_end(fold(word)) or "")
        if marks_of(word) == marks_of(form)
    ]
    return ended[0] if len(ended) == 1 else None


def _spelled(word: str, others: Iterable[str], statistics: SyllableStatistics) -> Iterator[str]:
    """Yield the library's forms of the syllables that a word may be; typed marks are kept."""
    typed, bare = marks_of(word), fold(word)
    for other in others:
        for form in statistics.forms(other):
            if typed <= marks_of(form) or (other == bare and _differ_in_tone(typed, form)):
                yield form


def _differ_in_tone(typed: frozenset[str], form: str) -> bool:
    """Tell whether the marks differ only as hỏi and ngã do, which sound alike to many."""
    tones = frozenset("\u0309\u0303")
    own = marks_of(form)
    return typed - tones == own - tones and bool(typed & tones) and bool(own & tones)


def _is_unknown(word: str, statistics: SyllableStatistics) -> bool:
    """Tell whether the library lacks a word: as it is, or typed without marks in any form."""
    if fold(word) == word:
        return not statistics.knows(word)
    if statistics.seen(word):
        return False
    forms = statistics.forms(fold(word))
    return not any(index_form(form) == index_form(word) for form in forms)


def _from_telex(word: str, statistics: SyllableStatistics) -> str | None:
    """Return the syllable whose Telex keys were left as typed."""
    if not _is_unknown(word, statistics):
        return None
    for bare, marks in telex(word):
        fitting = [form for form in statistics.forms(bare) if marks_of(form) == marks]
        if fitting:
            return fitting[0]
    return None


def _neighbour(
    found: Sequence[TypedWord], by_telex: dict[int, str], changed: dict[int, str], index: int
) -> str:
    if not 0 <= index < len(found):
        return ""
    return changed.get(index) or by_telex.get(index) or found[index].low


def _cased(form: str, typed: str) -> str:
    return form.capitalize() if typed[0].isupper() else form
