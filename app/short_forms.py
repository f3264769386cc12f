"""Short forms and English terms in a question, and what they stand for in Vietnamese."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.text import LEGAL_NUMBER, fold

_WORD = re.compile(r"(?<![\w&])[^\W_]+(?:[&-][^\W_]+)*(?![\w&])")
_NUMBER = "#"
_SHORTEST_IN_SMALL = 3
_ANY_ENDING = "*"


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form typed in a text: offsets, and what it stands for there."""

    start: int
    end: int
    means: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a short form may stand for, and the neighbours that tell so (none: it always does)."""

    short: str
    means: str
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def fits(self, typed: str, before: str, after: str) -> bool:
        """Tell whether a typed word is this short form; `before` is empty for the first word."""
        if typed.casefold() not in (self.short.casefold(), fold(self.short).casefold()):
            return False
        if self.before or self.after:
            return before in self.before or after in self.after
        if len(self.short) >= _SHORTEST_IN_SMALL:
            return True
        return typed.isupper() if self.short.isupper() else typed.islower() or not before


def find_short_forms(text: str) -> list[ShortForm]:
    """Return the short forms of a text; those in the number of a legal document are none."""
    taken = [match.span() for match in LEGAL_NUMBER.finditer(text)]
    typed = list(_WORD.finditer(text))
    folded = [_neighbour(match.group()) for match in typed]
    found = []
    for index, match in enumerate(typed):
        if any(start <= match.start() < end for start, end in taken):
            continue
        before = folded[index - 1] if index else ""
        after = folded[index + 1] if index + 1 < len(typed) else ""
        for reading in _readings().get(fold(match.group()).casefold(), ()):
            if reading.fits(match.group(), before, after):
                found.append(ShortForm(match.start(), match.end(), reading.means))
                break
    return found


def written_out(text: str) -> str:
    """Return the text with what its short forms stand for in their place."""
    for short in reversed(find_short_forms(text)):
        means = _not_said_before(text[: short.start], short.means)
        text = text[: short.start] + means + text[short.end :]
    return text


def _not_said_before(before: str, means: str) -> str:
    """Return what a short form adds to the words before it: "chỉ số DTI" says "chỉ số" once."""
    said, long = before.casefold().split(), means.split()
    for length in range(len(long) - 1, 0, -1):
        if fold(" ".join(said[-length:])) == fold(" ".join(long[:length]).casefold()):
            return " ".join(long[length:])
    return means


def expansions(text: str) -> tuple[str, ...]:
    """Return what the short forms of a text stand for, each once."""
    return tuple(dict.fromkeys(short.means for short in find_short_forms(text)))


def english_terms(text: str) -> tuple[str, ...]:
    """Return what the English terms of a text are in Vietnamese, longest terms first read."""
    pattern, table = _english()
    return tuple(dict.fromkeys(table[match.lastgroup or ""] for match in pattern.finditer(text)))


def english_name(text: str, untold: frozenset[str]) -> str | None:
    """Return the English term that says what a Vietnamese phrase does, but for its untold words."""
    terms: dict[str, str] = {
        term: means for term, means in _data()["en"].items() if _ANY_ENDING not in term
    }
    for term, means in sorted(terms.items(), key=lambda item: -len(item[1])):
        before, found, after = text.partition(means)
        if found and untold.issuperset((before + after).split()):
            return term
    return None


def _neighbour(word: str) -> str:
    return _NUMBER if word[0].isdigit() else fold(word).casefold()


@cache
def _readings() -> dict[str, tuple[_Reading, ...]]:
    """Return the readings of each short form by its folded letters; those by context come first."""
    table: dict[str, tuple[_Reading, ...]] = {}
    for reading in _listed():
        key = fold(reading.short).casefold()
        table[key] = (*table.get(key, ()), reading)
    return table


def _listed() -> Iterator[_Reading]:
    data = _data()
    for entry in data["context"]:
        before, after = (frozenset(entry.get(side, "").split()) for side in ("before", "after"))
        yield _Reading(entry["short"], entry["means"], before, after)
    yield from (_Reading(short, means) for short, means in data["vi"].items())


@cache
def _english() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all terms, the longest first, and what each named group stands for."""
    terms = _data()["en"]
    ordered = sorted(terms, key=len, reverse=True)
    names = {f"t{number}": terms[term] for number, term in enumerate(ordered)}
    choices = [f"(?P<{name}>{_ended(term)})" for name, term in zip(names, ordered, strict=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)", re.IGNORECASE), names


def _ended(term: str) -> str:
    loose = re.escape(term.rstrip(_ANY_ENDING)).replace(r"\ ", r"[\s-]+")
    return loose + (r"\w*" if term.endswith(_ANY_ENDING) else "(?:e?s)?")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("data/abbreviations.toml").read_text("utf-8"))
