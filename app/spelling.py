"""How Vietnamese syllables are written, and how they are mistyped."""

import re
import unicodedata
from collections.abc import Iterator

from ingest.text import fold

_LETTERS = "abcdeghiklmnopqrstuvxy"
_ONSET = "(?:b|ch?|d|gh?|gi|h|kh?|l|m|ng?h?|p|ph|r|s|th?|tr|v|x)?"
_CODA = "(?:ch|c|m|ng|nh|n|p|t)"
_OPEN_RHYMES = (
    "ai|ao|au|ay|eo|eu|ia|ieu|iu|oai|oay|oao|oeo|oi|oa|oe|uya|uyu|uay|uoi|uou|ua|ue|ui|uo|uu|uy"
    "|uech|uenh|a|e|i|o|u|y"
)
_CLOSED_VOWELS = "(?:ie|oo|oa|oe|uye|ua|uo|uy|a|e|i|o|u|y)"
_AFTER_Q = "(?:ua|ue|uy|uye|uo|ui|uai|uay|uao|ueo|uau|uoi|uyu)"
_SYLLABLE = re.compile(
    rf"{_ONSET}(?:{_OPEN_RHYMES}|{_CLOSED_VOWELS}{_CODA})|q{_AFTER_Q}{_CODA}?|ye(?:u|{_CODA})"
)
# Beginnings and ends that sound alike somewhere, and i and y.
_BEGINNINGS = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("d", "gi"), ("gi", "d"), ("r", "gi"),
    ("gi", "r"), ("d", "r"), ("r", "d"), ("d", "v"), ("v", "d"), ("l", "n"), ("n", "l"),
    ("ng", "ngh"), ("ngh", "ng"), ("g", "gh"), ("gh", "g"), ("c", "k"), ("k", "c"),
)  # fmt: skip
_ENDS = (("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t"), ("y", "i"), ("i", "y"))
_VOWELS = "aeiouy"
_DROPPED = {"g": "ng", "h": "nh"}
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_SHAPES = (("uow", "uo", "\u031b"), ("aa", "a", "\u0302"), ("ee", "e", "\u0302"),
           ("oo", "o", "\u0302"), ("aw", "a", "\u0306"), ("ow", "o", "\u031b"),
           ("uw", "u", "\u031b"), ("dd", "d", "đ"))  # fmt: skip


def is_syllable(bare: str) -> bool:
    """Tell whether a word without marks is built as a Vietnamese syllable is."""
    return _SYLLABLE.fullmatch(bare) is not None


def marks_of(word: str) -> frozenset[str]:
    """Return the marks of a word, each once; đ counts as one."""
    decomposed = unicodedata.normalize("NFD", word)
    marks = {letter for letter in decomposed if unicodedata.combining(letter)}
    return frozenset(marks | ({"đ"} if "đ" in word else set()))


def sound_alikes(bare: str) -> tuple[str, ...]:
    """Return a word without marks, and those that sound like it to many."""
    begun = [new + bare[len(old) :] for old, new in _BEGINNINGS if bare.startswith(old)]
    ended = [bare[: -len(old)] + new for old, new in _ENDS if bare.endswith(old)]
    return tuple(dict.fromkeys([bare, *(word for word in (*begun, *ended) if is_syllable(word))]))


def edits(bare: str) -> Iterator[str]:
    """Yield the syllables one letter away: left out, put in, changed, or two exchanged."""
    halves = [(bare[:at], bare[at:]) for at in range(len(bare) + 1)]
    for left, right in halves:
        tries = [left + letter + right for letter in _LETTERS]
        if right:
            tries += [left + right[1:], *(left + letter + right[1:] for letter in _LETTERS)]
        if len(right) > 1:
            tries.append(left + right[1] + right[0] + right[2:])
        yield from (word for word in dict.fromkeys(tries) if is_syllable(word))


def restored_end(bare: str) -> str | None:
    """Return a word whose last letters ng or nh lost their n, with it."""
    if len(bare) > 1 and bare[-1] in _DROPPED and bare[-2] in _VOWELS:
        return bare[:-1] + _DROPPED[bare[-1]]
    return None


def telex(word: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a word with Telex keys left in it may be: its letters, and its marks."""
    marks, bare = set(marks_of(word)), fold(word)
    keys = 0
    for typed, letters, mark in _SHAPES:
        if typed in bare:
            bare, keys = bare.replace(typed, letters, 1), keys + 1
            marks.add(mark)
    if keys and is_syllable(bare):
        yield bare, frozenset(marks)
    for at in range(len(bare) - 1, 0, -1):
        tone = _TONES.get(bare[at])
        rest = bare[:at] + bare[at + 1 :]
        if tone and any(vowel in bare[:at] for vowel in _VOWELS) and is_syllable(rest):
            yield rest, frozenset({*marks, tone})
