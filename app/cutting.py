"""A long sentence -> the clauses that matter, each verbatim."""

import itertools
import re
from collections.abc import Callable, Sequence

Span = tuple[int, int]

# A sentence of so many words is shown whole; of a longer one about so many are kept.
WHOLE_WORDS = 38
_KEPT_WORDS = 45
_MOST_WORDS = 70
_SMALL_GAP_WORDS = 5
_BORDER = re.compile(r"[;,]\s+|\s+(?=\()")
_BRACKETED = re.compile(r"\([^()]*\)|“[^”]*”")


def fragments(
    quote: str, spans: Sequence[Span], tells: Callable[[str], Sequence[bool]]
) -> list[Span]:
    """Return the spans of a quote to show, in order: all of a short one, else the clauses needed.

    Needed are the clauses that hold `spans`, and those that say what no needed clause says yet:
    `tells` returns for each thing that matters whether a text says it.
    """
    if len(quote.split()) <= WHOLE_WORDS:
        return [(0, len(quote))]
    clauses = clauses_in(quote)
    needed = {n for n, clause in enumerate(clauses) if any(_meet(clause, span) for span in spans)}
    needed |= _telling(quote, clauses, needed, tells)
    if not spans:
        needed = _whole_between(quote, clauses, needed)
    if not needed:
        return [(0, len(quote))]
    return _joined(quote, clauses, sorted(needed))


def _whole_between(quote: str, clauses: Sequence[Span], needed: set[int]) -> set[int]:
    """Return the needed clauses with all between them, where that is not too long.

    Where no piece of the sentence is the answer, the whole of it is: scraps would not say it.
    """
    if not needed:
        return needed
    between = set(range(min(needed), max(needed) + 1))
    while sum(_words(quote, clauses[n]) for n in between) < _KEPT_WORDS // 2:
        following = max(between) + 1
        if following == len(clauses):
            break
        between.add(following)
    words = sum(_words(quote, clauses[n]) for n in between)
    return between if words <= _MOST_WORDS else needed


def clauses_in(quote: str) -> list[Span]:
    """Return the spans between commas and semicolons, those in brackets and quotes left whole."""
    whole = [match.span() for match in _BRACKETED.finditer(quote)]
    borders = [
        match
        for match in _BORDER.finditer(quote)
        if not any(start < match.start() < end for start, end in whole)
    ]
    starts = [0, *(match.end() for match in borders)]
    ends = [*(match.start() for match in borders), len(quote)]
    return [span for span in zip(starts, ends, strict=True) if span[0] < span[1]]


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _telling(
    quote: str, clauses: Sequence[Span], needed: set[int], tells: Callable[[str], Sequence[bool]]
) -> set[int]:
    """Return clauses that add what the needed ones do not say, the most telling first."""
    said = [
        any(column)
        for column in zip(*(tells(_text(quote, clauses[n])) for n in needed), strict=True)
    ]
    says = [tells(_text(quote, clause)) for clause in clauses]
    said = said or [False] * (len(says[0]) if says else 0)
    added: set[int] = set()
    words = sum(_words(quote, clauses[n]) for n in needed)
    while True:
        gains = {
            n: sum(new and not old for new, old in zip(says[n], said, strict=True))
            for n in range(len(clauses))
            if n not in needed and n not in added
        }
        best = max(gains, key=lambda n: (gains[n], -_away(n, needed)), default=None)
        if best is None or not gains[best]:
            return added
        words += _words(quote, clauses[best])
        if words > _KEPT_WORDS and (needed or added):
            return added
        added.add(best)
        said = [old or new for old, new in zip(said, says[best], strict=True)]


def _away(n: int, needed: set[int]) -> int:
    return min((abs(n - other) for other in needed), default=n)


def _text(quote: str, span: Span) -> str:
    return quote[span[0] : span[1]]


def _words(quote: str, span: Span) -> int:
    return len(_text(quote, span).split())


def _joined(quote: str, clauses: Sequence[Span], needed: Sequence[int]) -> list[Span]:
    """Return the needed clauses as spans; neighbours and those hardly apart are one."""
    spans = [clauses[needed[0]]]
    for before, after in itertools.pairwise(needed):
        gap = sum(_words(quote, clauses[n]) for n in range(before + 1, after))
        if gap <= _SMALL_GAP_WORDS:
            spans[-1] = (spans[-1][0], clauses[after][1])
        else:
            spans.append(clauses[after])
    start, _end = spans[-1]
    if needed[-1] == len(clauses) - 1:
        spans[-1] = (start, len(quote))
    return spans
