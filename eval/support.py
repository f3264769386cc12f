"""Whether every figure of an answer is held up by what its own sentence cites."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from eval.figures import Figure, find_figures, held_keys
from eval.generated import CitedQuote, ComputedFigure, GeneratedAnswer
from eval.matching import MARK
from ingest.splitting import sentence_spans

_LIST_NUMBER = re.compile(r"^(\s*(?:[-*•+]\s*)?\(?)(\d{1,2})(?=[.)]\s)", re.MULTILINE)
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _AnswerSentence:
    """A sentence of an answer with its marks and list numbers blanked, and what it cites."""

    text: str
    cited: frozenset[int]


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """How many figures an answer states, and those that nothing holds up, as written."""

    figures: int
    unsupported: tuple[str, ...]


def check_figures(answer: GeneratedAnswer) -> FigureCheck:
    """Check each figure of the answer against the quotes that its sentence cites.

    A figure may also repeat the question, or stand in the title, the date or the `as_of` of a
    document cited there, or in a computed figure that comes out the same when worked out again.
    """
    asked = held_keys([answer.question, answer.understood])
    citations = {item.number: item for item in (*answer.related, *answer.citations)}
    computed = [item for item in answer.computed if is_recomputed(item, answer.citations)]
    figures, unsupported = 0, []
    for sentence in _sentences(answer.answer, citations.values()):
        held = asked | _held(sentence.cited, citations) | _computed_keys(sentence.cited, computed)
        for figure in find_figures(sentence.text):
            figures += 1
            if not figure.is_supported_by(held):
                unsupported.append(figure.text)
    return FigureCheck(figures, tuple(unsupported))


def _held(cited: frozenset[int], citations: dict[int, CitedQuote]) -> set[str]:
    """Return the keys of the cited quotes; a line without marks may name any cited document."""
    shown = [citations[number] for number in cited] or list(citations.values())
    named = held_keys(text or "" for item in shown for text in (item.title, item.date, item.as_of))
    return named | held_keys(citations[number].quote for number in cited)


def _computed_keys(cited: frozenset[int], computed: Sequence[ComputedFigure]) -> set[str]:
    return held_keys(item.text for item in computed if not cited or cited & set(item.citations))


def _sentences(text: str, citations: Iterable[CitedQuote]) -> list[_AnswerSentence]:
    """Split the answer; a mark behind a sentence's full stop belongs to that sentence."""
    numbers = {item.number for item in citations}
    marks = [match for match in MARK.finditer(text) if _numbers(match) <= numbers]
    bare = _blanked(text, [match.span() for match in marks], " ")
    bare = _blanked(bare, [match.span(2) for match in _LIST_NUMBER.finditer(bare)], " ")
    spans = _without_cuts(sentence_spans(bare), bare, [item.quote for item in citations])
    cited: list[set[int]] = [set() for _ in spans]
    for match in marks if spans else []:
        cited[_sentence_of(match.start(), spans, text)] |= _numbers(match)
    # A mark must not join what stands on its two sides into one figure.
    shown = _blanked(bare, [match.span() for match in marks], "\ufffc")
    return [
        _AnswerSentence(shown[start:end], frozenset(found))
        for (start, end), found in zip(spans, cited, strict=True)
    ]


def _numbers(mark: re.Match[str]) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", mark.group())}


def _blanked(text: str, spans: Iterable[tuple[int, int]], filler: str) -> str:
    for start, end in spans:
        text = text[:start] + filler * (end - start) + text[end:]
    return text


def _without_cuts(
    spans: Sequence[tuple[int, int]], text: str, quotes: Iterable[str]
) -> list[tuple[int, int]]:
    """Join sentences that a verbatim quote holds together."""
    whole = [match.span() for quote in quotes for match in _as_printed(quote).finditer(text)]
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if any(left < start < right for left, right in whole):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _as_printed(quote: str) -> re.Pattern[str]:
    """Return a pattern for the quote as an answer prints it: white-space runs as one space."""
    return re.compile(r"\s+".join(re.escape(word) for word in quote.split()) or r"(?!)")


def _sentence_of(position: int, spans: Sequence[tuple[int, int]], text: str) -> int:
    """Return the sentence that a mark closes: the last that begins before it on its line."""
    line = text.rfind("\n", 0, position) + 1
    before = [index for index, (start, _) in enumerate(spans) if line <= start < position]
    after = [index for index, (start, _) in enumerate(spans) if start >= position]
    return before[-1] if before else after[0] if after else len(spans) - 1


def is_recomputed(item: ComputedFigure, citations: Sequence[CitedQuote]) -> bool:
    """Tell whether a computed figure comes out the same from the quotes that it cites.

    One figure of its text must be the result, every other one must stand in those quotes.
    """
    by_number = {one.number: one.quote for one in citations}
    numbers = list(dict.fromkeys(item.citations))
    if not numbers or not by_number.keys() >= set(numbers):
        return False
    quotes = [by_number[number] for number in numbers]
    held = held_keys(quotes)
    figures = find_figures(item.text)
    results = [figure for figure in figures if _is_result(item, figure, quotes)]
    others = [figure for figure in figures if figure not in results[:1]]
    return bool(results) and all(figure.is_supported_by(held) for figure in others)


def _is_result(item: ComputedFigure, figure: Figure, quotes: Sequence[str]) -> bool:
    if item.operation == "count":
        return figure.values == (Decimal(len(quotes)),)
    if item.operation == "rank":
        return _is_rank(figure, quotes)
    return _is_difference(item.text, figure, quotes)


def _is_difference(text: str, figure: Figure, quotes: Sequence[str]) -> bool:
    """Tell whether two figures of one unit, of two quotes or of the only one, differ by it."""
    as_points = figure.unit != "number" or re.search(r"điểm|point", text, re.IGNORECASE)
    unit = "percent" if as_points else "number"
    sides = [_operands(quote, unit) for quote in quotes]
    if len(sides) == 1:
        pairs = list(combinations(sides[0], 2))
    else:
        pairs = [(a, b) for one, other in combinations(sides, 2) for a in one for b in other]
    return any(abs(a - b) in figure.values for a, b in pairs)


def _is_rank(figure: Figure, quotes: Sequence[str]) -> bool:
    """Tell whether the first quote's figure has this place among those of all quotes."""
    sides = [_operands(quote, "percent") or _operands(quote, "number") for quote in quotes]
    if not all(sides):
        return False
    higher = 1 + sum(max(side) > max(sides[0]) for side in sides[1:])
    lower = 1 + sum(min(side) < min(sides[0]) for side in sides[1:])
    return any(value in (higher, lower) for value in figure.values)


def _operands(quote: str, unit: str) -> list[Decimal]:
    """Return the values of the quote's figures of one unit, years left out."""
    return [
        value
        for figure in find_figures(quote)
        if figure.unit == unit
        for value in figure.values
        if not (figure.text.isdigit() and value in _YEARS)
    ]
