"""Which figures two nearly equal texts do not share: what an operator must know of the two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.figures import find_figures
from ingest.splitting import sentence_spans

# Words of a changed run that are compared in order: of a longer one only the figures are.
_MOST_WORDS = 500
# How many words are shown before a figure, and behind it.
_BEFORE, _AFTER = 5, 2
_WORD = re.compile(r"\S+")
# How many differences a note names.
_MOST_NAMED = 4
_EDGES = " \t.,;:()[]“”\"'"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in its words as one text has it, and the other's figure: empty where it has none."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a figure: what it is compared by, its sentence, where it stands in that."""

    key: str
    is_figure: bool
    sentence: str
    start: int
    end: int


def differing_figures(here: str, there: str) -> tuple[Difference, ...]:
    """Return the figures in which two texts differ, in the order of the first.

    Sentences that stand in both are left out, wherever they stand; between those that stand in
    the same order in both, the words of the others are compared in order.
    """
    ours, theirs = _sentences(here), _sentences(there)
    only_ours, only_theirs = set(ours) - set(theirs), set(theirs) - set(ours)
    found: dict[Difference, None] = {}
    for tag, start, end, other_start, other_end in SequenceMatcher(
        None, ours, theirs
    ).get_opcodes():
        if tag != "equal":
            left = [item for item in ours[start:end] if item in only_ours]
            right = [item for item in theirs[other_start:other_end] if item in only_theirs]
            found |= dict.fromkeys(_between(_tokens(left), _tokens(right)))
    return tuple(found)


def _between(left: Sequence[_Token], right: Sequence[_Token]) -> Iterator[Difference]:
    """Yield the figures in which two runs of sentences differ."""
    is_long = max(len(left), len(right)) > _MOST_WORDS
    if is_long:
        left, right = ([t for t in tokens if t.is_figure] for tokens in (left, right))
    keys, other_keys = ([token.key for token in tokens] for tokens in (left, right))
    matcher = SequenceMatcher(None, keys, other_keys, autojunk=is_long)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag != "equal":
            yield from _changed(left[start:end], right[other_start:other_end])


def told(differences: Sequence[Difference]) -> str:
    """Return what an operator is told of the figures in which two texts differ."""
    if not differences:
        return "no figure differs"
    named = "; ".join(map(_told, differences[:_MOST_NAMED]))
    more = len(differences) - _MOST_NAMED
    return f"figures differ: {named}{f'; and {more} more' if more > 0 else ''}"


def _told(difference: Difference) -> str:
    if not difference.here:
        return f"only there “{difference.there}”"
    there = f"there “{difference.there}”" if difference.there else "not there"
    return f"here “{difference.here}”, {there}"


def _changed(left: Sequence[_Token], right: Sequence[_Token]) -> Iterator[Difference]:
    """Yield the figures of a changed run: as many of both in order, the rest of either alone."""
    ours = [token for token in left if token.is_figure]
    theirs = [token for token in right if token.is_figure]
    for one, other in zip(ours, theirs, strict=False):
        if _written(one) == _written(other):  # 1990 is a year before some words only
            continue
        yield Difference(_in_words(one), _in_words(other) if len(ours) > 1 else _written(other))
    yield from (Difference(_in_words(token), "") for token in ours[len(theirs) :])
    yield from (Difference("", _in_words(token)) for token in theirs[len(ours) :])


def _sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]


def _tokens(sentences: Sequence[str]) -> list[_Token]:
    return [token for sentence in sentences for token in _tokens_of(sentence)]


def _tokens_of(sentence: str) -> Iterator[_Token]:
    """Yield a sentence's figures, and the words between them in small letters, in order."""
    position = 0
    for figure in find_figures(sentence):
        yield from _words(sentence, position, figure.start)
        yield _Token(figure.key, True, sentence, figure.start, figure.end)
        position = figure.end
    yield from _words(sentence, position, len(sentence))


def _words(sentence: str, start: int, end: int) -> Iterator[_Token]:
    for match in _WORD.finditer(sentence, start, end):
        if word := match[0].strip(_EDGES).casefold():
            yield _Token(word, False, sentence, match.start(), match.end())


def _written(token: _Token) -> str:
    return token.sentence[token.start : token.end]


def _in_words(token: _Token) -> str:
    """Return a figure with a few words before and behind it."""
    before = token.sentence[: token.start].split(" ")[-_BEFORE - 1 :]
    after = token.sentence[token.end :].split(" ")[: _AFTER + 1]
    return f"{' '.join(before)}{_written(token)}{' '.join(after)}".strip(_EDGES)
