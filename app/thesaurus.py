"""The thesaurus: which phrases say one thing, found in the tokens of a text, longest first.

The longest phrase wins, as in Vietnamese a compound begins with the word that it narrows: the
"kinh tế" of "kinh tế số" is no mention of "kinh tế".
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from app.tokenview import Form, TokenView
from ingest.text import folded_tokens, tokens

# An abbreviation of fewer letters is read only in capitals: "ai" is a word, "AI" a technology.
_SHORTEST_IN_SMALL = 3
_JOINT = "+"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a thing; `written` is None where only unmarked letters are known."""

    folded: Form
    written: Form | None = None
    capitals: bool = False

    @classmethod
    def of(cls, phrase: str) -> "Spelling":
        """Return the spelling of a phrase typed with its marks."""
        written = tuple(tokens(phrase))
        short = len(written) == 1 and phrase.isupper() and len(phrase) < _SHORTEST_IN_SMALL
        return cls(tuple(folded_tokens(phrase)), written, short)

    def stands_at(self, view: TokenView, start: int) -> bool:
        """Tell whether the text has this spelling at a token; unmarked letters fit any mark."""
        end = start + len(self.folded)
        if view.folded[start:end] != self.folded or view.is_part(start):
            return False
        if self.capitals and not view.in_capitals(start):
            return False
        if self.written is None or not view.marks_known:
            return True
        pairs = zip(self.written, view.marked[start:end], self.folded, strict=True)
        # A syllable alone must have its marks; in a phrase one may have been left out.
        lenient = len(self.folded) > 1
        return all(own == other or (lenient and other == bare) for own, other, bare in pairs)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase of the thesaurus says: all its spellings; `parts` are those of a compound.

    `narrows`: it names a group of people or places, of which something may hold and not of others.
    """

    spellings: tuple[Spelling, ...]
    parts: tuple[str, ...] = ()
    left_out: bool = False
    narrows: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the thesaurus in a text: offsets in its tokens."""

    start: int
    end: int
    entry: Entry


def segments(view: TokenView) -> tuple[Found, ...]:
    """Return the phrases of a text from left to right, at each place the longest."""
    found = []
    position = 0
    while position < len(view.folded):
        longest = _longest(view, position)
        if longest:
            found.append(longest)
        position = longest.end if longest else position + 1
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def cover(text: str) -> dict[int, Found]:
    """Return for each token of a text the phrase of several tokens that it is part of."""
    return {
        position: found
        for found in segments(TokenView.of(text))
        if found.end - found.start > 1 and not found.entry.left_out
        for position in range(found.start, found.end)
    }


def is_left_out(word: str, folded: str, *, marks_known: bool) -> bool:
    """Tell whether a word only asks, points or binds, and names no subject."""
    written, bare = _function_words()
    return word in written if marks_known else folded in bare


def _longest(view: TokenView, start: int) -> Found | None:
    """Return the longest phrase at a token; of those alike but for marks the one so written."""
    fitting = [
        (len(spelling.folded), spelling.written == view.marked[start:][: len(spelling.folded)], at)
        for at, (spelling, _) in enumerate(_phrases().get(view.folded[start], ()))
        if _is_meant(spelling, view, start)
    ]
    if not fitting:
        return None
    length, _, at = max(fitting, key=lambda item: (item[0], item[1], -item[2]))
    return Found(start, start + length, _phrases()[view.folded[start]][at][1])


def _is_meant(spelling: Spelling, view: TokenView, start: int) -> bool:
    """Tell whether a spelling stands at a token; without marks one syllable may be any word."""
    if not spelling.stands_at(view, start):
        return False
    exact = view.marked[start : start + 1] == spelling.written
    return len(spelling.folded) > 1 or view.marks_known or exact


@cache
def _phrases() -> dict[str, tuple[tuple[Spelling, Entry], ...]]:
    """Return each spelling and what it says by its first folded token."""
    table: dict[str, tuple[tuple[Spelling, Entry], ...]] = {}
    for entry in _entries():
        for spelling in entry.spellings:
            first = spelling.folded[0]
            table[first] = (*table.get(first, ()), (spelling, entry))
    return table


def _entries() -> Iterator[Entry]:
    """Yield what the data files list: groups, phrases, what is left out."""
    data = _data("thesaurus")
    groups = [line.split(" | ") for theme in data["same"].values() for line in theme]
    themes = (data["same"]["groups_of_people"], data["same"]["groups_of_places"])
    narrowing = {line.split(" | ")[0] for theme in themes for line in theme}
    for group in _with_abbreviations(groups):
        phrases = [phrase.replace(f" {_JOINT} ", " ") for phrase in group]
        compound = next((phrase for phrase in group if f" {_JOINT} " in phrase), "")
        parts = tuple(compound.split(f" {_JOINT} ")) if compound else ()
        yield Entry(tuple(map(Spelling.of, phrases)), parts, narrows=phrases[0] in narrowing)
    yield from (Entry((Spelling.of(phrase),)) for phrase in data["compounds"]["phrases"])
    for phrase in data["left_out"]["phrases"]:
        yield Entry((Spelling.of(phrase),), left_out=True)


def _with_abbreviations(groups: Sequence[list[str]]) -> list[list[str]]:
    """Return the groups with the abbreviations in capitals of what they say, and new ones."""
    joined = [list(group) for group in groups]
    own = {phrase.replace(f" {_JOINT} ", " "): group for group in joined for phrase in group}
    for short, long in _data("abbreviations")["vi"].items():
        if len(short) < _SHORTEST_IN_SMALL or not short.isupper() or short in own:
            continue
        if long not in own:
            own[long] = [long]
            joined.append(own[long])
        own[long].append(short)
        own[short] = own[long]
    return joined


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    listed = _data("thesaurus")["left_out"]["words"]
    return frozenset(tokens(listed)), frozenset(folded_tokens(listed))


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath(f"data/{name}.toml").read_text("utf-8"))
