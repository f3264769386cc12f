"""The words of a sentence that tell its figures apart, with where they stand."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise, takewhile
from typing import Any

from ingest.text import fold, has_marks, index_form

# Words that are in any sentence with a figure and so tell none from another.
_FILLER_WORDS = (
    "đạt là có được đến tới vào trong tại ở của và với về cho từ theo thì mà này đó đã sẽ đang "
    "năm tháng ngày quý mức số trên dưới hơn gần khoảng chiếm lên xuống tăng giảm tỉnh các những "
    "một người ghi nêu đồng usd vnd tỷ tỉ lệ the of in at by to and a an is are was were for on "
    "that this has have with from reach reached reaches about over than more percent million "
    "billion thousand"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_FOLDED_FILLERS = frozenset(map(fold, _FILLERS))
_FILLER_PHRASES = (
    "tối thiểu, ít nhất, thành phố, mục tiêu, kết quả, phấn đấu, hiện nay, tài liệu, như vậy"
    ", con số"
)
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_SPACE = re.compile(r"[\s-]*")
# 4G and 5G are words though they hold a digit.
_FIGURE = re.compile(r"(?!\d[gd]$).*\d")
_SHORT_FORM = 3.0
# What parts one run of words from the next, and what stands for a filler.
_BREAK, _FILLER = "", " "
_REACH = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text in order, as (offset, form); what has a short form is one word."""

    spoken: tuple[tuple[int, str], ...]

    def between(self, start: int, end: int) -> frozenset[str]:
        """Return the words that begin between two offsets, and their pairs."""
        forms = [form.strip() for offset, form in self.spoken if start <= offset < end]
        pairs = (f"{one} {two}" for one, two in pairwise(forms) if one and two)
        return frozenset([*filter(None, forms), *pairs])

    def right_after(self, offset: int) -> tuple[str, ...]:
        """Return the words that come next after an offset, up to a sign."""
        behind = (form for start, form in self.spoken if start >= offset)
        run = takewhile(lambda form: form != _BREAK, behind)
        return tuple(islice((form for form in run if form != _FILLER), _REACH))


def wording(text: str, hidden: Sequence[tuple[int, int]] = ()) -> Wording:
    """Return the words of a text without figures, fillers and what stands in the hidden spans.

    An English term of the field is the Vietnamese one.
    """
    return _wording(_words(text, hidden), english=not has_marks(text))


def _wording(words: Sequence[tuple[int, str]], *, english: bool) -> Wording:
    found: list[tuple[int, str]] = []
    position = 0
    while position < len(words):
        offset, word = words[position]
        taken, forms = _term_at(words, position, english=english)
        if not taken:
            taken, forms = 1, (_FILLER if word in _FILLERS else index_form(word),)
        found += [(offset, form) for form in forms]
        position += taken
    return Wording(tuple(found))


def is_filler(token: str) -> bool:
    """Tell whether a folded token is in any sentence with a figure and so tells none apart."""
    return token in _FOLDED_FILLERS


def weight_of(word: str) -> float:
    """Return how much a word tells: a short form as much as the words that it stands for."""
    return _SHORT_FORM if word in _short_forms() else 1.0


def _words(text: str, hidden: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """Return the words in small letters; signs, figures and what is hidden as breaks."""
    found: list[tuple[int, str]] = []
    end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        if not _SPACE.fullmatch(text, end, start):
            found.append((start, _BREAK))
        end = match.end()
        word = match.group().casefold()
        unseen = any(left <= start < right for left, right in hidden)
        found.append((start, _BREAK if unseen or _FIGURE.match(word) else word))
    return found


def _term_at(
    words: Sequence[tuple[int, str]], position: int, *, english: bool
) -> tuple[int, tuple[str, ...]]:
    """Return how many words a term of the field takes at a position, and what stands for it."""
    spoken = words[position][1]
    if english:
        for term, forms in _english_terms():
            here = [word for _, word in words[position : position + len(term)]]
            if here[:-1] == list(term[:-1]) and here[-1].startswith(term[-1]):
                return len(term), forms
    for phrase, short in _phrases().get(spoken, ()):
        if tuple(word for _, word in words[position : position + len(phrase)]) == phrase:
            return len(phrase), (short,)
    return 0, ()


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return by their first word the phrases that have a short form, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for filler in _FILLER_PHRASES.split(", "):
        phrase = tuple(filler.split())
        found.setdefault(phrase[0], []).append((phrase, _FILLER))
    for short, meaning in _abbreviations()["vi"].items():
        phrase = tuple(meaning.casefold().split())
        if len(phrase) > 1:
            found.setdefault(phrase[0], []).append((phrase, index_form(short)))
    return {
        first: tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
        for first, pairs in found.items()
    }


@cache
def _english_terms() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the English terms as words, with the forms of what they mean, the longest first."""
    found = []
    for term, meaning in _abbreviations()["en"].items():
        split = tuple(match.group() for match in _WORD.finditer(term.casefold()))
        meant = _wording(_words(meaning, ()), english=False)
        found.append((split, tuple(form for _, form in meant.spoken)))
    return tuple(sorted(found, key=lambda pair: -len(" ".join(pair[0]))))


@cache
def _short_forms() -> frozenset[str]:
    return frozenset(short for pairs in _phrases().values() for _, short in pairs if short.strip())


@cache
def _abbreviations() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("data/abbreviations.toml").read_text("utf-8"))
