"""The scorer's own reading of figures.

Written apart from `ingest.figures`, which the app's gate uses, on purpose: a fault in the one
must not hide in the other.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ingest.text import fold

Unit = Literal["number", "percent", "points"]

_TAKEN = "\ufffc"
_DIGITS = r"(?:(?<!\d)\d{1,3}(?:[\u00a0\u202f]\d{3}(?!\d))+|\d+(?:[.,]\d+)*)"
_FREE = r"(?<![\w.,/-])"
_PERCENT = r"%|phần\s+trăm|phan\s+tram|per\s?cent(?!\w)"
_POINTS = rf"điểm\s+(?:{_PERCENT})|percentage\s+points?"
_THOUSANDS = {"nghìn", "ngàn", "nghin", "ngan", "thousand"}
_MILLIONS = {"triệu", "trieu", "million"}
_BILLIONS = {"tỷ", "tỉ", "ty", "billion"}
# "2025 tỷ trọng", "100 tỷ lệ": tỷ also opens words that name a ratio.
_BILLION = r"t[ỷỉy](?!\s+(?:l[ệe]|tr[ọo]ng|su[ấa]t|s[ốo]|gi[áa]|ph[ầa]n)(?!\w))|billion"
_MAGNITUDE = rf"(?:{'|'.join(sorted(_THOUSANDS | _MILLIONS))}|{_BILLION})(?!\w)"
_UNIT = rf"\s?(?:(?P<points>{_POINTS})|(?P<percent>{_PERCENT}))"
_TAIL = rf"(?:{_UNIT}|\s(?P<first>{_MAGNITUDE})(?:\s(?P<second>{_BILLION})(?!\w))?)?"
_YEAR = r"(?:19|20)\d\d"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NAME = rf"(?P<name>{'|'.join(_MONTHS)})"
_DOCUMENT_WORD = re.compile(
    r"(?:\bsố|\bso|nghị quyết|quyết định|kế hoạch|nghị định|thông tư|chỉ thị|kết luận|công văn"
    r"|chương trình|đề án|\bluật|\b(?:nq|qđ|kh|nđ|tt|ct)|resolution|decision|plan|decree|circular"
    r"|directive|\bno\.?)\s*$",
    re.IGNORECASE,
)
_THOUSANDS_BY_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_THOUSANDS_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, what a support must hold for it, and what it supports itself.

    It is supported when one of `needs` is held whole; `values` are its readings as a number.
    """

    start: int
    text: str
    needs: tuple[frozenset[str], ...]
    gives: frozenset[str]
    unit: Unit = "number"
    values: tuple[Decimal, ...] = field(default=())

    def is_supported_by(self, held: Collection[str]) -> bool:
        """Tell whether the keys that a support holds cover this figure."""
        return any(keys <= set(held) for keys in self.needs)


def find_figures(text: str) -> list[Figure]:
    """Return every figure of the text that is written with digits, in order."""
    text = unicodedata.normalize("NFC", text)
    figures = []
    rest = text
    for pattern, read in _RULES:
        for match in pattern.finditer(rest):
            if figure := read(match):
                figures.append(figure)
                rest = rest[: match.start()] + _TAKEN * len(match.group()) + rest[match.end() :]
    return sorted(figures, key=lambda figure: figure.start)


def held_keys(texts: Iterable[str]) -> set[str]:
    """Return the keys that the figures of the texts give."""
    return {key for text in texts for figure in find_figures(text) for key in figure.gives}


def readings(written: str) -> tuple[Decimal, ...]:
    """Return the values of written digits: 5.212.287 is one, 1,234 is 1.234 or 1234."""
    written = re.sub(r"[\u00a0\u202f]", "", written)
    values = []
    if _THOUSANDS_BY_DOT.fullmatch(written):
        values.append(Decimal(written.replace(".", "").replace(",", ".")))
    if _THOUSANDS_BY_COMMA.fullmatch(written):
        values.append(Decimal(written.replace(",", "")))
    if not values or re.fullmatch(r"\d+,\d{3}", written):
        values += _decimal(written)
    return tuple(values)


def _decimal(written: str) -> list[Decimal]:
    whole, *rest = re.split(r"[.,]", written)
    # 1.2.3 is a section number, no value: it is compared as written.
    return [Decimal(".".join([whole, *rest]))] if len(rest) < 2 else []


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _exactly(match: re.Match[str], keys: Iterable[str], also: Iterable[str] = ()) -> Figure:
    needs = frozenset(keys)
    return Figure(
        match.start(), match.group(), tuple(frozenset({key}) for key in needs), needs | set(also)
    )


def _document_number(match: re.Match[str]) -> Figure:
    """Read 4098/QĐ-UBND; "Quyết định 4098" names the same document."""
    number = fold(re.sub(r"\s", "", match.group())).casefold()
    short = f"document:{match['serial'].lstrip('0')}"
    return _exactly(match, [f"document:{number}"], [short])


def _date(match: re.Match[str]) -> Figure | None:
    part = match.groupdict()
    year, day = part.get("year"), part.get("day")
    name = part.get("name")
    month = _MONTHS.index(name.casefold()) + 1 if name else int(match["month"])
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    gives = [f"month:{month}"]
    if year:
        gives += [f"month:{year}-{month}", f"number:{year}"]
    if day:
        gives.append(f"day:{int(day)}-{month}")
    if day and year:
        gives.append(f"day:{year}-{month}-{int(day)}")
    return _exactly(match, [gives[-1] if day or not year else gives[1]], gives)


def _fraction(match: re.Match[str]) -> Figure:
    top, bottom = readings(match["top"]), readings(match["bottom"])
    keys = [f"fraction:{_plain(a)}/{_plain(b)}" for a in top for b in bottom]
    parts = [f"number:{_plain(value)}" for value in (*top, *bottom)]
    exact = _exactly(match, keys, parts)
    return Figure(exact.start, exact.text, exact.needs, exact.gives, values=top)


def _range(match: re.Match[str]) -> Figure | None:
    """Read 2 - 3, 70-80%, 2025 - 2030; the ends of a hyphened range hold only for years."""
    unit, factor = _unit_and_factor(match)
    lows = [value * factor for value in readings(match["low"])]
    highs = [value * factor for value in readings(match["high"])]
    if not lows or not highs or lows[0] >= highs[0]:
        return None
    whole = f"range:{unit}:{_plain(lows[0])}-{_plain(highs[0])}"
    ends = [f"{unit}:{_plain(lows[0])}", f"{unit}:{_plain(highs[0])}"]
    spoken = match["joint"].strip().isalpha()
    years = all(re.fullmatch(_YEAR, match[end]) for end in ("low", "high"))
    needs = [frozenset({whole})] + ([frozenset(ends)] if spoken else [])
    gives = {whole, *(ends if spoken or years else ())}
    return Figure(match.start(), match.group(), tuple(needs), frozenset(gives), unit)


def _code(match: re.Match[str]) -> Figure:
    """Read 5G, QH15, Covid-19: letters make the figure part of a name."""
    return _exactly(match, [f"code:{match.group().casefold()}"])


def _number(match: re.Match[str]) -> Figure:
    unit, factor = _unit_and_factor(match)
    values = tuple(value * factor for value in readings(match["digits"]))
    keys = {f"{unit}:{_plain(value)}" for value in values} or {f"written:{match['digits']}"}
    before = match.string[max(0, match.start() - 16) : match.start()]
    if unit == "number" and factor == 1 and _DOCUMENT_WORD.search(before):
        keys.add(f"document:{match['digits'].lstrip('0')}")
    exact = _exactly(match, keys)
    return Figure(exact.start, exact.text, exact.needs, exact.gives, unit, values)


def _unit_and_factor(match: re.Match[str]) -> tuple[Unit, int]:
    if match["points"]:
        return "points", 1
    if match["percent"]:
        return "percent", 1
    return "number", _factor(match["first"]) * _factor(match["second"])


def _factor(word: str | None) -> int:
    word = (word or "").casefold()
    for words, factor in ((_THOUSANDS, 10**3), (_MILLIONS, 10**6), (_BILLIONS, 10**9)):
        if word in words:
            return factor
    return 1


def _rule(
    pattern: str, read: Callable[[re.Match[str]], Figure | None], flags: int = re.IGNORECASE
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], Figure | None]]:
    return re.compile(pattern, flags), read


_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_FULL_YEAR = rf"(?P<year>{_YEAR})(?![\w]|[.,/-]\d)"
_MONTH_WORD = r"th[áa]ng\s+"
_YEAR_JOINT = r"(?:\s*,?\s*n[ăa]m\s+|\s?[-/.,]\s?|\s+)"
# In order: what an earlier rule has taken, a later one does not see.
_RULES = (
    _rule(
        rf"{_FREE}(?P<serial>\d{{1,5}}(?:\.\d{{1,3}})?)(?:/\d{{4}})?(?:/\s?|\s/|-)"
        r"(?:[A-ZĐ]+[a-zđ]?\d{0,2}(?:[-/][A-ZĐ][A-Za-zĐđ0-9]*)*|[a-zđ]{2,4}[-/][a-zđ]{2,6})(?!\w)",
        _document_number,
        flags=0,
    ),
    _rule(rf"{_FREE}(?P<year>{_YEAR})-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\w-])", _date),
    _rule(rf"{_FREE}{_DAY}\s?[-/.\s]\s?{_MONTH}\s?[-/.]\s?{_FULL_YEAR}", _date),
    _rule(rf"{_FREE}{_DAY}\s+{_MONTH_WORD}{_MONTH}{_YEAR_JOINT}{_FULL_YEAR}", _date),
    _rule(rf"{_FREE}{_DAY}(?:st|nd|rd|th)?\s+{_MONTH_NAME},?\s+{_FULL_YEAR}", _date),
    _rule(rf"\b{_MONTH_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_FULL_YEAR}", _date),
    _rule(rf"\b{_MONTH_NAME}\s+{_FULL_YEAR}", _date),
    _rule(rf"{_MONTH_WORD}{_MONTH}{_YEAR_JOINT}{_FULL_YEAR}", _date),
    _rule(rf"{_FREE}{_MONTH}\s?[-/]\s?{_FULL_YEAR}", _date),
    _rule(rf"{_FREE}{_DAY}\s+{_MONTH_WORD}{_MONTH}(?!\d|[.,/-]\d)", _date),
    _rule(rf"ng[àa]y\s+{_DAY}\s?[-/]\s?{_MONTH}(?!\d|[.,/-]\d)", _date),
    _rule(rf"{_MONTH_WORD}{_MONTH}(?!\d|[.,/-]\d)", _date),
    _rule(rf"{_FREE}(?P<top>{_DIGITS})\s?/\s?(?P<bottom>{_DIGITS})(?!\w|/)", _fraction),
    _rule(
        rf"{_FREE}(?P<low>{_DIGITS})(?:\s?(?:{_PERCENT}))?(?P<joint>\s?[-–—~]\s?|\s(?:đến|tới|den|to)\s)"
        rf"(?P<high>{_DIGITS})(?![\d/]){_TAIL}",
        _range,
    ),
    _rule(r"(?<![\w])[^\W\d_]+-?\d+\w*", _code),
    _rule(r"(?<![\w.,])\d+(?!(?:st|nd|rd|th|đ)(?!\w))[^\W\d_]\w*", _code),
    _rule(rf"(?P<digits>{_DIGITS}){_TAIL}", _number),
)
