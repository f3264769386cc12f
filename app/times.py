"""The times that a question names: years, spans, years told from today, and "now"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from ingest.figures import find_figures
from ingest.text import fold, has_marks

Span = tuple[int, int]

_YEAR = r"(?:19|20)\d\d"
_RELATIVE_TO_OTHER = r"năm\s+(?:ngoái|trước(?: đó)?|liền trước|liền kề|vừa qua)"
# What another time is only compared with is not named for itself.
_COMPARED = re.compile(
    rf"\b(?:over|than|compared (?:with|to)|against)\s+(?:in\s+)?(?:{_YEAR}|last year)\b"
    rf"|\bso\s+(?:với|voi)\s+(?:cùng kỳ\s+|cung ky\s+)?(?:(?:cuối|đầu|cuoi|dau)\s+)?"
    rf"(?:(?:năm|nam)\s+)?{_YEAR}\b"
    rf"|\bso\s+(?:với|voi)\s+(?:cùng kỳ\s+|cung ky\s+)?(?:{_RELATIVE_TO_OTHER}"
    rf"|{fold(_RELATIVE_TO_OTHER)})",
    re.IGNORECASE,
)
# The year of a law is part of its name: "Luật Giao dịch điện tử 2023", "Luật Đất đai năm 2024".
_NO_NAME = (
    r"có|được|quy định|ban hành|thông qua|hiệu lực|hóa|thì|là|về|áp|đến|tới|trong|trước|sau|hết"
    r"|giai đoạn|cuối|đầu|tháng"
)
_LAW = (
    r"(?<!\w)(?<!pháp )(?<!kỷ )(?<!quy )(?<!phạm )luật(?! sư)"
    rf"(?:\s(?!(?:{_NO_NAME})\b)[^\W\d_]+){{1,8}}\s(?:năm\s)?{_YEAR}(?!\w|[/.-]\d)"
)
_LAW_OF_YEAR = re.compile(f"{_LAW}|{fold(_LAW)}", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?<![\d.,/-])({_YEAR})\s?[-–—]\s?({_YEAR})(?![.,/-]?\d)"
    rf"|\b(?:từ|tu|from|between|giai đoạn|giai doan)\s+(?:năm\s+|nam\s+)?({_YEAR})"
    rf"\s+(?:đến|tới|den|toi|to|and|until)\s+(?:hết\s+|het\s+)?(?:năm\s+|nam\s+)?({_YEAR})\b",
    re.IGNORECASE,
)
_MANY_BEFORE = r"(?<!những )(?<!các )(?<!nhiều )(?<!mấy )(?<!vài )(?<!hàng )(?<!hằng )"
_COUNT = r"(\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_COUNTS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# The years from today's, by the words that name it.
_YEARS_FROM_TODAY: dict[int, str] = {
    0: rf"{_MANY_BEFORE}\bnăm (?:nay|này|hiện tại)\b|\bthis year\b",
    -1: rf"{_MANY_BEFORE}\bnăm (?:ngoái|trước|vừa qua|vừa rồi|qua|rồi)\b|\blast year\b",
    -2: r"\bnăm kia\b",
    1: rf"{_MANY_BEFORE}\b(?:năm (?:sau|tới|tiếp theo|kế tiếp)|sang năm)\b|\bnext year\b",
}
_COMING = rf"\b{_COUNT} năm (?:tới|nữa|tiếp theo|sau)\b|\bnext {_COUNT} years\b"
_PAST = (
    rf"\b{_COUNT} năm (?:qua|gần đây|trở lại đây|vừa qua|trước)\b|\b(?:last|past) {_COUNT} years\b"
)
_THIS_MONTH = r"\btháng này\b|\bthis month\b"
_LAST_MONTH = r"\btháng (?:trước|vừa rồi|vừa qua)\b|\blast month\b"
_NOW = (
    r"(?<!thực )(?<!thể )(?<!biểu )(?<!xuất )(?<!phát )\bhiện (?:đang|có)\b"
    r"|\b(?:hiện nay|hiện giờ|hiện tại|hiện thời|bây giờ|lúc này|hôm nay|mới nhất"
    r"|gần (?:đây )?nhất|(?:đến|tới) (?:nay|giờ)|cho đến nay)\b"
    r"|\b(?:currently|current|nowadays|right now|now|at present|latest|most recent|so far|to date"
    r"|as of today|today)\b"
)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a question: `years` as named, `relative` told from today, spans, and now."""

    years: tuple[int, ...] = ()
    relative: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    current: bool = False


def times_named(text: str, today: date | None) -> Times:
    """Return the times that a text names; without a date of today none is told from it."""
    plain = " ".join(_COMPARED.sub(" ", text).casefold().split())
    named = years_named(text)
    relative = tuple(_relative(plain, today)) if today and not named else ()
    spans = [*_spans(text), *(_spans_from(plain, today) if today else ())]
    current = bool(_search(_NOW, plain))
    return Times(named, tuple(dict.fromkeys(relative)), tuple(dict.fromkeys(spans)), current)


def years_named(text: str) -> tuple[int, ...]:
    """Return the years that stand alone or end a date, not those of document numbers or of laws.

    A year that another one is only compared with ("so với năm 2021") is not named for itself.
    """
    found = []
    for figure in find_figures(_LAW_OF_YEAR.sub(" ", _COMPARED.sub(" ", text))):
        if figure.kind in ("year", "range", "month", "date"):
            found += re.findall(rf"(?<!\d){_YEAR}(?!\d)", figure.text)
    return tuple(dict.fromkeys(map(int, found)))


def _spans(text: str) -> Iterator[Span]:
    for match in _SPAN.finditer(_COMPARED.sub(" ", text)):
        first, last = (int(year) for year in match.groups() if year)
        if first < last:
            yield first, last


def _relative(plain: str, today: date) -> Iterator[int]:
    rest = plain
    for counted in (_COMING, _PAST):
        rest = _pattern(counted, has_marks(plain)).sub(" ", rest)
    for distance, phrases in _YEARS_FROM_TODAY.items():
        if _pattern(phrases, has_marks(plain)).search(rest):
            yield today.year + distance
    if _search(_THIS_MONTH, plain):
        yield today.year
    if _search(_LAST_MONTH, plain):
        yield today.year if today.month > 1 else today.year - 1


def _spans_from(plain: str, today: date) -> Iterator[Span]:
    ways: tuple[tuple[str, Callable[[int], Span]], ...] = (
        (_COMING, lambda count: (today.year, today.year + count)),
        (_PAST, lambda count: (today.year - count, today.year)),
    )
    for counted, span in ways:
        if match := _search(counted, plain):
            yield span(_count(next(filter(None, match.groups()))))


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    return [fold(word) for word in _COUNTS].index(fold(written))


def _search(phrases: str, plain: str) -> re.Match[str] | None:
    return _pattern(phrases, has_marks(plain)).search(plain)


@cache
def _pattern(phrases: str, marked: bool) -> re.Pattern[str]:
    """Return the pattern of phrases; for text typed without marks theirs do not count."""
    return re.compile(phrases if marked else fold(phrases))
