"""The one door for numbers: Vietnamese figures, dates, legal document numbers, found and compared.

Vietnamese writes a comma before decimals and dots between thousands; nghìn, triệu and tỷ
multiply. A figure's `key` is the same for every way of writing the same value.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.text import LEGAL_NUMBER, fold

FigureKind = Literal[
    "number", "percent", "fraction", "range", "date", "month", "year", "legal", "code"
]

MAGNITUDES = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "nghin": 1_000,
    "ngan": 1_000,
    "thousand": 1_000,
    "triệu": 1_000_000,
    "trieu": 1_000_000,
    "million": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
    "ty": 1_000_000_000,
    "billion": 1_000_000_000,
}
_DIGITS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "một": 1, "mốt": 1, "tư": 4,
}  # fmt: skip

_NUMBER = r"\d+(?:[.,]\d+)*"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_FULL_YEAR = r"(?:19|20)\d\d"
_PERCENT = r"%|phần\s+trăm|phan\s+tram|per\s?cent"
# tỷ lệ, tỷ trọng, triệu tập are other words than the multipliers; without marks "ty trong" is
# taken for tỷ trọng, but "tỷ trong năm" and "triệu gia đình" are amounts.
_BILLION = (
    r"(?:t[ỷỉ](?!\w|\s+(?:lệ|trọng|số|suất|giá|phần|phú)\b)|ty(?!\w|\s+(?:le|trong|so|suat|gia)\b))"
)
_MILLION = r"(?:triệu(?!\w|\s+(?:tập|hồi|phú)\b)|trieu(?!\w|\s+(?:tap|hoi|phu)\b))"
_MAGNITUDE = rf"(?:(?:nghìn|ngàn|nghin|ngan|thousand|million|billion)(?!\w)|{_MILLION}|{_BILLION})"
_PATTERN = re.compile(
    rf"""
    (?P<date>(?<![\d/.-])(?P<day>{_DAY})\s?[-/.\s]\s?(?P<mon>{_MONTH})\s?[-/.]\s?(?P<yr>{_FULL_YEAR})
      (?!\d|[.,/-]\d))
  | (?P<longdate>(?<!\d)(?P<lday>{_DAY})\s+th[áa]ng\s+(?P<lmon>{_MONTH})
      (?:\s*,?\s*n[ăa]m\s+|\s*[-/]\s*)(?P<lyr>{_FULL_YEAR})(?!\d))
  | (?P<shortdate>(?<=ng[àa]y\s)(?P<sday>{_DAY})\s+th[áa]ng\s+(?P<smon>{_MONTH})(?!\d|[.,/-]\d))
  | (?P<iso>(?<![\w/.-])(?P<iyr>{_FULL_YEAR})-(?P<imon>0[1-9]|1[0-2])(?:-(?P<iday>[0-3]\d))?
      (?![\w-]|[.,/]\d))
  | (?P<month>(?<![\d/-])(?P<mmon>{_MONTH})(?:\s?[-/]\s?|\s+n[ăa]m\s+)(?P<myr>{_FULL_YEAR})
      (?![\d/-]\d?))
  | (?P<fraction>(?<![\d/.,-])(?P<top>\d+(?:\.\d{{3}})*)\s?/\s?(?P<bottom>\d+(?:\.\d{{3}})*)
      (?![\d/]|[.,-]\d))
  | (?P<range>(?<![\d/.,-])(?P<low>{_NUMBER})\s?[-–]\s?(?P<high>{_NUMBER})(?![\d/]|-\d)
      (?:\s?(?P<rpercent>{_PERCENT})|\s+(?P<rmag>{_MAGNITUDE}))?)
  | (?P<code>(?<!\w)[^\W\d_]+\d+\w*|(?<![\w.,])\d[GD](?!\w))
  | (?P<number>(?<![\d.,])(?P<value>{_NUMBER})
      (?:\s?(?P<percent>{_PERCENT})
       |\s+(?P<mag>{_MAGNITUDE})(?:\s+(?P<mag2>{_BILLION}))?)?)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Numbers in words. After mươi and mười, năm is "years"; một and năm alone are mostly other words.
_DIGIT = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:{_DIGIT}\s+mươi|mười)(?:\s+(?:một|mốt|hai|ba|bốn|tư|lăm|sáu|bảy|bẩy|tám|chín)(?!\w))?"
_TAIL = rf"(?:\s+(?:linh|lẻ)\s+{_DIGIT}|\s+{_TENS})"
_HUNDREDS = rf"{_DIGIT}\s+trăm{_TAIL}?"
_WORDS = re.compile(
    rf"(?<!\w)(?!(?:một|năm)(?!\s+(?:mươi|trăm|{_MAGNITUDE})))"
    rf"(?P<spoken>(?:{_HUNDREDS}|{_TENS}|{_DIGIT})(?!\w)"
    rf"(?:\s+{_MAGNITUDE}(?:\s+(?:không\s+trăm{_TAIL}|{_HUNDREDS}|{_TENS})(?!\w))?)*)"
    rf"(?:\s+(?P<percent>phần\s+trăm))?(?!\w)",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"(?:ngày|ngay|sáng|trưa|chiều|tối|hôm|hạn)\s+$", re.IGNORECASE)
_MONTH_BEFORE = re.compile(r"(?:tháng|thang)\s+$", re.IGNORECASE)
_QUARTER_BEFORE = re.compile(r"(?:quý|quy)\s+$", re.IGNORECASE)
_YEAR = re.compile(_FULL_YEAR)
# 1.2.3 is the number of a section: it has no value and is compared as written.
_ONE_VALUE = re.compile(r"\d+[.,]\d+|\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text: offsets, as written, and a key that is equal for equal values."""

    start: int
    end: int
    text: str
    kind: FigureKind
    key: str


def find_figures(text: str, *, written_out: bool = False) -> list[Figure]:
    """Return the figures of NFC text in order; with `written_out` also numbers in words."""
    figures = [
        Figure(match.start(), match.end(), match.group(), "legal", legal_key(match.group()))
        for match in LEGAL_NUMBER.finditer(text)
        if not _YEAR.fullmatch(match.group())
    ]
    taken = [(figure.start, figure.end) for figure in figures]
    for match in _PATTERN.finditer(_blanked(text, taken)):
        figures.append(_figure(text, match))
    if written_out:
        figures.extend(_written_out(text))
    return sorted(figures, key=lambda figure: figure.start)


def figure_keys(text: str) -> set[str]:
    """Return the keys of all figures of a text; a range also gives its ends."""
    keys: set[str] = set()
    for figure in find_figures(unicodedata.normalize("NFC", text), written_out=True):
        keys.add(figure.key)
        if figure.kind == "range":
            kind, ends = figure.key.split(":", 1)
            keys.update(f"{kind[1:]}:{end}" for end in ends.split("–"))
    return keys


def parse_number(written: str) -> Decimal:
    """Return the value of digits as Vietnamese writes them: 12,8 and 5.212.287 and 5,212,287."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written) and not written.startswith("0."):
        return Decimal(written.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)", written):
        return Decimal(written.replace(",", ""))
    if re.fullmatch(r"\d+[.,]\d+", written):
        return Decimal(written.replace(",", "."))
    return Decimal(re.sub(r"[.,]", "", written))


def legal_key(number: str) -> str:
    """Return the key of a legal document number: spaces, case and marks do not count."""
    return "l:" + fold(re.sub(r"\s", "", number)).casefold()


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the spans as letters, so that offsets stay and no figure is seen."""
    pieces, position = [], 0
    for start, end in spans:
        pieces += [text[position:start], "x" * (end - start)]
        position = end
    return "".join([*pieces, text[position:]])


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _figure(text: str, match: re.Match[str]) -> Figure:
    kind, key = _classify(text, match)
    return Figure(match.start(), match.end(), text[match.start() : match.end()], kind, key)


def _classify(text: str, match: re.Match[str]) -> tuple[FigureKind, str]:
    part = match.groupdict()
    before = text[max(0, match.start() - 8) : match.start()]
    if part["date"]:
        return "date", _date_key(part["yr"], part["mon"], part["day"])
    if part["longdate"]:
        return "date", _date_key(part["lyr"], part["lmon"], part["lday"])
    if part["shortdate"]:
        return "date", _date_key("", part["smon"], part["sday"])
    if part["iso"]:
        if part["iday"]:
            return "date", _date_key(part["iyr"], part["imon"], part["iday"])
        return "month", f"m:{part['iyr']}-{part['imon']}"
    if part["month"]:
        letter = "q" if _QUARTER_BEFORE.search(before) else "m"
        return "month", f"{letter}:{part['myr']}-{int(part['mmon']):02d}"
    if part["fraction"]:
        return _fraction(before, part)
    if part["range"]:
        return _range(part)
    if part["code"]:
        return "code", f"c:{part['code'].casefold()}"
    return _number(before, part)


def _date_key(year: str, month: str, day: str) -> str:
    return f"d:{year}-{int(month):02d}-{int(day):02d}"


def _fraction(before: str, part: dict[str, str]) -> tuple[FigureKind, str]:
    top, bottom = parse_number(part["top"]), parse_number(part["bottom"])
    if _DAY_BEFORE.search(before) and top <= 31 and bottom <= 12:
        return "date", _date_key("", part["bottom"], part["top"])
    return "fraction", f"f:{_plain(top)}/{_plain(bottom)}"


def _range(part: dict[str, str]) -> tuple[FigureKind, str]:
    factor = MAGNITUDES.get((part["rmag"] or "").casefold(), 1)
    low, high = parse_number(part["low"]) * factor, parse_number(part["high"]) * factor
    years = _YEAR.fullmatch(part["low"]) and _YEAR.fullmatch(part["high"])
    kind = "rp" if part["rpercent"] else "ry" if years else "rn"
    return "range", f"{kind}:{_plain(low)}–{_plain(high)}"


def _number(before: str, part: dict[str, str]) -> tuple[FigureKind, str]:
    value = parse_number(part["value"])
    if part["percent"]:
        return "percent", f"p:{_plain(value)}"
    if part["mag"]:
        value *= MAGNITUDES[part["mag"].casefold()]
        value *= MAGNITUDES[part["mag2"].casefold()] if part["mag2"] else 1
        return "number", f"n:{_plain(value)}"
    if _YEAR.fullmatch(part["value"]):
        return "year", f"y:{part['value']}"
    if _MONTH_BEFORE.search(before) and value <= 12:
        return "month", f"m:-{int(value):02d}"
    if _QUARTER_BEFORE.search(before) and value <= 4:
        return "month", f"q:-{int(value):02d}"
    if re.search(r"[.,]", part["value"]) and not _ONE_VALUE.fullmatch(part["value"]):
        return "number", f"n:{part['value']}"
    return "number", f"n:{_plain(value)}"


def _written_out(text: str) -> list[Figure]:
    found = []
    for match in _WORDS.finditer(text):
        value = Decimal(_value_of_words(match.group("spoken").casefold().split()))
        kind: FigureKind = "percent" if match.group("percent") else "number"
        key = f"{'p' if kind == 'percent' else 'n'}:{_plain(value)}"
        found.append(Figure(match.start(), match.end(), match.group(), kind, key))
    return found


def _value_of_words(spoken: list[str]) -> int:
    """Return the value: "hai nghìn tỷ" multiplies on, "hai triệu ba trăm nghìn" adds up."""
    parts, hundreds, digit = [0], 0, 0
    for word in spoken:
        if word in MAGNITUDES:
            if hundreds + digit:
                parts.append(hundreds + digit)
            parts[-1] *= MAGNITUDES[word]
            hundreds, digit = 0, 0
        elif word == "mười":
            hundreds += 10
        elif word in ("mươi", "trăm"):
            hundreds, digit = hundreds + digit * (10 if word == "mươi" else 100), 0
        else:
            digit = _DIGITS.get(word, 0)
    return sum(parts) + hundreds + digit
