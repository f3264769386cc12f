"""What a question is about -> concepts, each with the forms that express it in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.answers import Language
from app.short_forms import english_terms, written_out
from app.thesaurus import Entry, Found, Spelling, cover, is_left_out, segments
from app.tokenview import Form, TokenView
from ingest.places import find_places
from ingest.text import folded_tokens, has_marks

# Times are slots of their own: a year alone, a month with its year, a date.
_TIME = re.compile(r"(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d")
_KIND_BEFORE_PLACE = re.compile(r"(?:thành phố|tỉnh|thanh pho|tinh|tp\.?)\s*$", re.IGNORECASE)
_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a question is about: its words there, and all spellings that express it.

    A compound is also expressed by all its `parts`, which need not stand together. `narrows`: it
    is a group of people or places.
    """

    words: str
    spellings: tuple[Spelling, ...]
    parts: tuple["Concept", ...] = ()
    narrows: bool = False

    @property
    def forms(self) -> frozenset[Form]:
        """Return the folded token sequences that express the concept."""
        return frozenset(spelling.folded for spelling in self.spellings)


@lru_cache(maxsize=1 << 10)
def concepts(text: str, language: Language = "vi", *, guessed: bool = False) -> tuple[Concept, ...]:
    """Return what a question is about, without places, times and words that only ask or bind.

    `guessed` says that the text was typed without marks and has been given likely ones. An English
    question is about what its terms stand for in Vietnamese.
    """
    if language == "en":
        found = [concept for term in english_terms(text) for concept in _of_term(term)]
    else:
        marked = has_marks(text) and not guessed
        pieces = _between_places(text)
        found = [
            concept for piece in pieces for concept in _of_text(written_out(piece), marked=marked)
        ]
    return tuple({concept.spellings: concept for concept in reversed(found)}.values())[::-1]


def is_expressed(concept: Concept, text: str) -> bool:
    """Tell whether a text has any form of the concept as neighbouring tokens."""
    view, around = TokenView.of(text), cover(text)
    own = tuple(folded_tokens(concept.words))
    for spelling in concept.spellings:
        for start in view.at.get(spelling.folded[0], ()):
            if not spelling.stands_at(view, start):
                continue
            whole = around.get(start)
            if whole is None or not _is_other_word(concept, spelling, start, own, whole):
                return True
    return bool(concept.parts) and all(is_expressed(part, text) for part in concept.parts)


def expressed(found: Sequence[Concept], text: str) -> tuple[bool, ...]:
    """Tell for each concept whether a text expresses it."""
    return tuple(is_expressed(concept, text) for concept in found)


def _between_places(text: str) -> list[str]:
    """Return the pieces of a text between the places that it names."""
    pieces, end = [], 0
    for place in find_places(text):
        pieces.append(_KIND_BEFORE_PLACE.sub("", text[end : place.start]))
        end = place.end
    return [*pieces, text[end:]]


def _of_term(term: str) -> Iterator[Concept]:
    return _of_text(term, marked=True)


def _of_text(text: str, *, marked: bool) -> Iterator[Concept]:
    """Yield the phrases of the thesaurus in a text, and each other word that names something."""
    view = TokenView.of(text, guessed=not marked)
    starts = {found.start: found for found in segments(view)}
    position = 0
    while position < len(view.folded):
        found = starts.get(position)
        if found is None:
            yield from _of_word(view, position)
            position = _next_word(view, position)
            continue
        if not found.entry.left_out and view.folded[position] != _PERCENT:
            yield _of_entry(found.entry, " ".join(_typed(view, found.start, found.end)))
        position = found.end


def _typed(view: TokenView, start: int, end: int) -> Sequence[str]:
    return view.words[view.owners[start] : view.owners[end - 1] + 1]


def _of_entry(entry: Entry, words: str) -> Concept:
    parts = [concept for part in entry.parts for concept in _of_text(part, marked=True)]
    return Concept(words, entry.spellings, tuple(parts), entry.narrows)


def _of_word(view: TokenView, position: int) -> Iterator[Concept]:
    """Yield a word as a concept with itself as its only form, if it names anything."""
    word, folded = view.marked[position], view.folded[position]
    if is_left_out(word, folded, marks_known=view.marks_known):
        return
    if folded == _PERCENT or _TIME.fullmatch(folded):
        return
    written = (word,) if view.marks_known else None
    yield Concept(view.words[view.owners[position]], (Spelling((folded,), written),))


def _next_word(view: TokenView, position: int) -> int:
    owner = view.owners[position]
    while position < len(view.owners) and view.owners[position] == owner:
        position += 1
    return position


def _is_other_word(
    concept: Concept, spelling: Spelling, start: int, own: Form, whole: Found
) -> bool:
    """Tell whether a spelling stands in the text only as a part of a longer word.

    Another word for the thing, or one syllable, must stand by itself. The question's own words may
    be part of a longer one that they do not begin: a compound begins with the word it narrows.
    """
    if len(concept.spellings) == 1 and len(own) == 1:
        return False
    if whole.start < start and whole.end < start + len(spelling.folded):
        return True
    if whole.entry.parts or whole.end - whole.start <= len(spelling.folded):
        return False
    if any(other in concept.spellings for other in whole.entry.spellings):
        return False
    return whole.start == start or len(own) == 1 or spelling.folded != own
