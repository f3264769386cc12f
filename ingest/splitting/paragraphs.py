"""Text -> paragraphs: the lines that a loader kept apart, and wrapped lines put together again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.documents import Dropped
from ingest.splitting.numbering import UPPER, read_mark

Span = tuple[int, int]

_ENDED = re.compile(r"[.!?…:;|][\"'”’»)\]*_]*$")
_LOWER_START = re.compile(rf"(?![{UPPER}])[^\W\d_]")
_NO_CONTINUATION = re.compile(r"[|#>]|[-=_*]{3}")
_WORD_CHARACTER = re.compile(r"[^\W_]")
# A shorter line that stops without a full stop is a name, a cell or a verse: it is not wrapped.
_WRAPPED_CHARACTERS = 40
_WRAPPED_LINES = 5
_WRAPPED_SHARE = 0.85
_TAIL = 8


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    after_blank: bool


def paragraph_spans(
    text: str, start: int = 0, end: int | None = None, width: float | None = None
) -> list[Span]:
    """Return (start, end) of each paragraph between two offsets, white space left out.

    A line is a paragraph of its own unless it is wrapped: a long line without an end mark, over
    a line that goes on in small letters; or, in a text wrapped to a `width`, a line about as long
    as that, whatever follows.
    """
    lines = list(_lines(text, start, len(text) if end is None else end))
    spans: list[Span] = []
    for index, line in enumerate(lines):
        if index and _continues(text, lines[index - 1], line, width):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return spans


def fills_line(length: int, width: float | None) -> bool:
    """Tell whether a line is as long as the lines of a text wrapped to a width."""
    return width is not None and _WRAPPED_SHARE * width <= length <= width / _WRAPPED_SHARE


def kept_spans(start: int, end: int, dropped: Sequence[Dropped]) -> Iterator[Span]:
    """Yield what lies between two offsets and in no dropped span."""
    for item in dropped:
        if item.start > start:
            yield start, min(item.start, end)
        start = max(start, item.end)
        if start >= end:
            return
    if start < end:
        yield start, end


def stripped(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def has_word(text: str, start: int, end: int) -> bool:
    """Tell whether a letter or a digit stands between two offsets."""
    return _WORD_CHARACTER.search(text, start, end) is not None


def cut_spans(spans: Iterable[Span], cuts: Sequence[int]) -> Iterator[Span]:
    """Yield the spans cut at each of the offsets, which are in order."""
    index = 0
    for start, end in spans:
        while index < len(cuts) and cuts[index] <= start:
            index += 1
        while index < len(cuts) and cuts[index] < end:
            yield start, cuts[index]
            start = cuts[index]
            index += 1
        yield start, end


def _lines(text: str, start: int, stop: int) -> Iterator[_Line]:
    after_blank = False
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        left, right = stripped(text, start, end)
        if left < right:
            yield _Line(left, right, after_blank)
        after_blank = left == right
        start = end + 1


def wrapped_width(text: str, start: int = 0) -> float | None:
    """Return how many characters the lines of a wrapped text have, None where it is not wrapped."""
    lines = list(_lines(text, start, len(text)))
    lengths = [
        line.end - line.start
        for line, following in pairwise(lines)
        if _may_continue(text, line, following) and _LOWER_START.match(text, following.start)
    ]
    return median(lengths) if len(lengths) >= _WRAPPED_LINES else None


def _continues(text: str, line: _Line, following: _Line, width: float | None) -> bool:
    if not _may_continue(text, line, following):
        return False
    if _LOWER_START.match(text, following.start):
        return True
    length = line.end - line.start
    return fills_line(length, width) and not text[line.start : line.end].isupper()


def _may_continue(text: str, line: _Line, following: _Line) -> bool:
    if following.after_blank or line.end - line.start < _WRAPPED_CHARACTERS:
        return False
    if _ENDED.search(text, max(line.start, line.end - _TAIL), line.end):
        return False
    if _NO_CONTINUATION.match(text, line.start) or _NO_CONTINUATION.match(text, following.start):
        return False
    return read_mark(text[following.start : min(following.end, following.start + 80)]) is None
