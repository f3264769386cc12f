"""The words of a question, and which of them are no Vietnamese syllables to be put right."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.short_forms import find_short_forms
from app.spelling import is_syllable
from app.thesaurus import segments
from app.tokenview import TokenView
from ingest.places import find_places
from ingest.text import fold, has_marks, words

_SHORTEST, _LONGEST = 2, 9
# With fewer letters a word without marks may be anything.
_SHORTEST_BARE = 3


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word as typed: offsets, and whether it is kept whatever it looks like."""

    start: int
    end: int
    text: str
    kept: bool

    @property
    def low(self) -> str:
        """Return the word in small letters."""
        return self.text.casefold()


def typed_words(text: str) -> list[TypedWord]:
    """Return the words of a text; figures, names, short forms and English are to be kept."""
    spans = [(short.start, short.end) for short in find_short_forms(text)]
    spans += [(place.start, place.end) for place in find_places(text)]
    known, marked = _in_thesaurus(text), has_marks(text)
    found: list[TypedWord] = []
    position = 0
    for typed in words(text):
        start = text.index(typed, position)
        position = start + len(typed)
        within = any(first <= start < last for first, last in spans)
        kept = within or typed.casefold() in known or _is_kept(typed, at_start=not found)
        kept = kept or (marked and typed[0].isupper() and fold(typed) == typed)
        found.append(TypedWord(start, position, typed, kept))
    return found


def _in_thesaurus(text: str) -> frozenset[str]:
    view = TokenView.of(text)
    return frozenset(
        view.words[view.owners[position]].casefold()
        for found in segments(view)
        for position in range(found.start, found.end)
    )


def _is_kept(typed: str, *, at_start: bool) -> bool:
    """Tell whether a word is no Vietnamese syllable with an error: a figure, name or English."""
    short = len(typed) < _SHORTEST_BARE and fold(typed) == typed
    if short or not typed.isalpha() or not _SHORTEST <= len(typed) <= _LONGEST:
        return True
    if typed[1:] != typed[1:].lower() or typed.casefold() in _english_words():
        return True
    return typed[0].isupper() and not at_start and is_syllable(fold(typed.casefold()))


@cache
def _english_words() -> frozenset[str]:
    listed = files("ingest").joinpath("data/english_words.txt").read_text("utf-8")
    return frozenset(listed.split())
