"""The span of a sentence that holds up a row: its value, what names it and, where it stands near,
its year. A quote is cut out of the text as it is.
"""

from ingest.targets.clauses import Clause
from ingest.targets.indicators import Named
from ingest.targets.measures import Measure
from ingest.targets.years import Mention

Span = tuple[int, int]

LONGEST_QUOTE = 420
_BRACKET_REACH = 80
_ENDS = " \n\t\u00a0,;:.…"


def quote_span(
    text: str, measure: Measure, clause: Clause, name: Named, own: Mention | None
) -> Span:
    """Return the offsets of a row's quote in its sentence.

    `name` is what names the indicator, `own` the year of the clause: what would make the quote too
    long is left out, the year first.
    """
    spans = [(clause.start, clause.end), (measure.start, measure.end)]
    named = [*spans, (name.start, name.end)]
    dated = [*named, (own.start, own.end)] if own else named
    for parts in (dated, named, spans):
        start, end = min(part[0] for part in parts), max(part[1] for part in parts)
        if end - start <= LONGEST_QUOTE:
            return _tidy(text, start, end, measure.end)
    return _tidy(text, *_near(text, measure, clause), measure.end)


def _near(text: str, measure: Measure, clause: Clause) -> Span:
    """Return the clause cut at spaces to the longest quote, the figure inside."""
    start = max(clause.start, measure.end - LONGEST_QUOTE * 2 // 3)
    if start > clause.start:
        start = text.find(" ", start) + 1
    end = min(clause.end, start + LONGEST_QUOTE)
    if end < clause.end:
        end = max(measure.end, text.rfind(" ", start, end))
    return min(start, measure.start), end


def _tidy(text: str, start: int, end: int, value_end: int) -> Span:
    """Close a bracket that opens in the span, and leave out the marks at its ends."""
    if text.count("(", start, end) > text.count(")", start, end):
        close = text.find(")", end, end + _BRACKET_REACH)
        end = close + 1 if close >= 0 else end
    while end > value_end and text[end - 1] in _ENDS:
        end -= 1
    while text[start] in _ENDS:
        start += 1
    return start, end
