"""The one door for numbers: Vietnamese figures, dates, legal document numbers, found and compared.

Vietnamese writes a comma before decimals and dots between thousands; nghìn, triệu and tỷ
multiply. A figure's `key` is the same for every way of writing the same value. Every digit of a
text is part of some figure, so that nothing written with digits escapes a check.
What a figure says in its sentence (operator, unit, rank) is read by `ingest.quantities`.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.number_words import (
    BILLION,
    COUNTED,
    GAP,
    MAGNITUDE,
    MAGNITUDES,
    SpokenNumber,
    find_month_words,
    find_number_words,
)
from ingest.text import LEGAL_NUMBER, fold

FigureKind = Literal[
    "number", "percent", "fraction", "range", "date", "month", "year", "legal", "code"
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text: offsets, as written, and a key that is equal for equal values.

    A `legal` figure is the whole number of a document (57-NQ/TW); a `code` is digits that are part
    of a name: 5G, Covid-19, and a document's short name (Nghị quyết 57), which has a legal key.

    `values` are its value, with nghìn, triệu and tỷ multiplied out: one of a number or percentage,
    low and high of a range, top and bottom of a fraction; none of a date, a name or a number of a
    section (1.2.3) or of more than 24 digits.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    key: str
    values: tuple[Decimal, ...] = ()


_TAKEN = "\ufffc"
_MOST_DIGITS = 24
_BLANK = r"[^\S\n]?"
_DIGITS = (
    r"(?:\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,6}+(?!\d)"
    r"|[1-9]\d{0,2}(?:[ ]\d{3}){2,6}(?=\s(?:đồng|VNĐ|VND|USD)\b)|\d++(?:[.,]\d++)*+)"
)
_GROUPED = re.compile(r"[\u00a0\u202f\u2009 ]")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_PERCENT = rf"%|phần{GAP}trăm(?!\w)|phan{GAP}tram(?!\w)|per\s?cent(?!\w)"
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DASH = rf"(?:{_BLANK}[-–—~]{_BLANK}|[-–—~]\n)"
_TO = rf"{GAP}(?:đến|tới|den|toi|to){GAP}"
_AND = rf"{GAP}(?:và|va|and){GAP}|,\s"

# Contexts, searched in the few characters before a figure.
_CONTEXT = 24
_DAY_BEFORE = re.compile(
    r"(?<!\w)(?:(?:ngày|ngay|sáng|trưa|chiều|tối|đêm|hôm|hạn|mùng|mồng|dịp|lễ|quốc khánh)\s+"
    r"|(?:hôm|sáng|trưa|chiều|tối|ngày)\s(?:nay|qua|mai|thứ\s\w+|chủ nhật)\s?[(,]\s?)$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(r"(?<!\w)(?:tháng|thang)\s+$", re.IGNORECASE)
_QUARTER_BEFORE = re.compile(r"(?<!\w)(?:quý|quí|quy)\s+$", re.IGNORECASE)
_LEVEL_BEFORE = re.compile(
    r"(?<!\w)(?:mức độ|cấp độ|khoản|điều|tháng|quý|muc do|cap do)\s+$", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:năm|nam|đến|den|tới|từ|giai đoạn|trước|sau|hết|cuối|đầu|giữa|trong|vào|và|so với"
    r"|tháng|quý|kỳ|kì|khóa|khoá|học|mùa|vụ|in|by|since|until|of)\s*$|[-–—/,;(&]\s*$",
    re.IGNORECASE,
)
# Things that come one by one: 12,345 of them are thousands, and 2000 of them are no year.
_COUNTED = re.compile(
    rf"{GAP}(?:người|lao động|cán bộ|công chức|viên chức|học sinh|sinh viên|giáo viên|đại biểu|hộ"
    r"|doanh nghiệp|hợp tác xã|đơn vị|cơ sở|cơ quan|tổ chức|trạm|máy|thiết bị|camera|hồ sơ|lượt"
    r"|tài khoản|giao dịch|trường hợp|văn bản|thủ tục|chữ ký|dự án|sản phẩm|tin|bài|cuộc|nhiệm vụ"
    r"|đồng|VNĐ|VND|USD|people|users|accounts|records|enterprises|businesses|households|dong)(?!\w)",
    re.IGNORECASE,
)


def find_figures(text: str, *, written_out: bool = False) -> list[Figure]:
    """Return the figures of NFC text in order; with `written_out` also numbers in words.

    Days of one span ("5-6/11/2023") are figures of their own, each with its month and year.
    Takes time linear in the length of the text.
    """
    months = find_month_words(text) if written_out else []
    figures = [_spoken(text, item) for item in months]
    rest = _without(text, figures)
    for pattern, read in _RULES:
        found = [item for match in pattern.finditer(rest) for item in read(text, match)]
        rest = _without(rest, found)
        figures += found
    if written_out:
        spoken = find_number_words(text)
        figures += [
            _spoken(text, item) for item in spoken if _TAKEN not in rest[item.start : item.end]
        ]
    return sorted(figures, key=lambda figure: figure.start)


def figure_keys(text: str) -> set[str]:
    """Return the keys of all figures of a text, also of those in words.

    A range also gives its ends, and a legal document number the keys of its short forms: 57-NQ/TW
    is Nghị quyết 57, 13/2023/NĐ-CP also Nghị định 13/2023.
    """
    keys: set[str] = set()
    for figure in find_figures(unicodedata.normalize("NFC", text), written_out=True):
        keys.add(figure.key)
        if figure.kind == "range":
            kind, ends = figure.key.split(":", 1)
            keys.update(f"{kind[1:]}:{end}" for end in ends.split("–"))
        if figure.kind == "legal":
            keys |= short_legal_keys(figure.key)
    return keys


def parse_number(written: str) -> Decimal:
    """Return the value of digits as Vietnamese writes them: 12,8 and 5.212.287 and 5,212,287.

    1,000 is a thousand, as no decimal ends in three noughts; any other single comma stands before
    decimals: 1,250 is one and a quarter. A dot before three digits divides thousands: 1.250.
    """
    written = _GROUPED.sub("", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written) and not written.startswith("0."):
        return Decimal(written.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)|[1-9]\d{0,2},000", written):
        return Decimal(written.replace(",", ""))
    if re.fullmatch(r"\d+[.,]\d+", written):
        return Decimal(written.replace(",", "."))
    return Decimal(re.sub(r"[.,]", "", written))


def legal_key(number: str) -> str:
    """Return the key of a legal document number: spaces, case, marks and first noughts are nothing.

    57/NQ-TW is the number 57-NQ/TW: documents of the Party have the stroke before their issuer.
    """
    bare = fold(re.sub(r"\s", "", number)).casefold().replace("–", "-").lstrip("0")
    return "l:" + re.sub(r"^(\d+[a-d]?)/([a-z]+)-(tw|tu)$", r"\1-\2/\3", bare)


def short_legal_key(key: str) -> str | None:
    """Return the key of "Nghị quyết 57" for that of 57-NQ/TW; None where the number has no kind."""
    match = _KEY_WITH_KIND.match(key)
    return _short_key(match["kind"], match["serial"]) if match else None


def short_legal_keys(key: str) -> set[str]:
    """Return the keys of the short names for that of a full number, with and without its year."""
    match = _KEY_WITH_KIND.match(key)
    if not match:
        return set()
    short = _short_key(match["kind"], match["serial"])
    return {short, f"{short}/{match['year']}"} if match["year"] else {short}


def legal_kind(text: str) -> str | None:
    """Return the letters of the last kind of legal document that a folded text names: "nq"."""
    last = list(_KIND_NAMED.finditer(text))
    return _KINDS_FOLDED[" ".join(last[-1].group().split())] if last else None


def names_same_legal(asked: str, keys: Collection[str]) -> bool:
    """Tell whether the key of a legal document as a question names it is among those of a text.

    "Nghị quyết 20 năm 2012" is also 20-NQ/TW, whose number has no year.
    """
    if asked in keys or not re.fullmatch(r"l:[a-z]+:[\w.]+/(?:19|20)\d\d", asked):
        return asked in keys
    base = asked.rpartition("/")[0]
    return base in keys and not any(key.startswith(f"{base}/") for key in keys)


# --- Numbers -------------------------------------------------------------------------------------

# 1.2.3 is the number of a section: it has no value and is compared as written.
_ONE_VALUE = re.compile(r"\d+[.,]\d+|\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)|\d+")
_SINGLE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")


def _plain(value: Decimal) -> str:
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _value(written: str, *, counted: bool = False) -> Decimal | None:
    """Return the value, None of a section number; before things counted a comma is English."""
    bare = _GROUPED.sub("", written)
    if len(bare) > _MOST_DIGITS or not _ONE_VALUE.fullmatch(bare):
        return None
    if counted and _SINGLE_COMMA.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return parse_number(bare)


def _factor(*words: str | None) -> int:
    product = 1
    for word in words:
        product *= MAGNITUDES[word.casefold()] if word else 1
    return product


_MAGNITUDE_TAIL = (
    rf"(?:{GAP}?(?P<mag>(?-i:nghìn|ngàn)(?!\w)|{MAGNITUDE}|tr(?=\.?\s?đ)|(?<=\d)tr(?!\w))"
    rf"(?:{GAP}(?P<mag2>{BILLION}))?)"
)
# The number of a note between a figure and its unit, as in "45²%".
_NOTE_MARK = r"[⁰¹²³⁴-⁹⁽⁾]{0,5}+"
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<sign>(?<=[^\W\d][ (])-(?=\d++(?:,\d++|\s?%))|−)?(?P<value>{_DIGITS})"
    rf"(?:{_NOTE_MARK}(?:{GAP}?(?P<percent>{_PERCENT})"
    rf"|{_MAGNITUDE_TAIL}(?:{GAP}(?P<rest>\d{{1,3}}){GAP}(?P<restmag>{MAGNITUDE}))?"
    rf"(?P<half>{GAP}rưỡi(?!\w))?))?",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(_YEAR)


def _number(text: str, match: re.Match[str]) -> list[Figure]:
    written, before = match["value"], text[max(0, match.start() - _CONTEXT) : match.start()]
    levels = _LEVEL_BEFORE.search(before) and re.fullmatch(r"\d,\d", match.group())
    if levels or ("," in written and "." not in written and not _ONE_VALUE.fullmatch(written)):
        return _listed(text, match)
    if _BARE_YEAR.fullmatch(written) and _is_year(text, match, before):
        return [_made(text, match.span("value"), "year", f"y:{written}")]
    if label := _part_of_year(text, match, before):
        return [label]
    if match["rest"] and _factor(match["restmag"]) >= _factor(match["mag"], match["mag2"]):
        return _two_amounts(text, match)
    return [_amount(text, match)]


def _listed(text: str, match: re.Match[str]) -> list[Figure]:
    """Return the members of a list without blanks, as in "mức độ 3,4"."""
    start, found = match.start("value"), []
    for part in re.finditer(r"\d+", match["value"]):
        value = Decimal(part.group())
        span = (start + part.start(), start + part.end())
        found.append(_made(text, span, "number", f"n:{_plain(value)}", (value,)))
    return found


def _is_year(text: str, match: re.Match[str], before: str) -> bool:
    if match["percent"]:
        return False
    if match["mag"]:
        return bool(re.search(r"(?:năm|nam)\s+$", before, re.IGNORECASE))
    return bool(_YEAR_BEFORE.search(before)) or not _COUNTED.match(text, match.end())


def _part_of_year(text: str, match: re.Match[str], before: str) -> Figure | None:
    """Return "9" of "tháng 9" and "2" of "quý 2"."""
    if match["percent"] or match["mag"] or not match["value"].isdecimal():
        return None
    value = int(match["value"][:3])
    if _MONTH_BEFORE.search(before) and value <= 12:
        return _made(text, match.span("value"), "month", f"m:-{value:02d}")
    if _QUARTER_BEFORE.search(before) and value <= 4:
        return _made(text, match.span("value"), "month", f"q:-{value:02d}")
    return None


def _amount(text: str, match: re.Match[str]) -> Figure:
    counted = bool(match["mag"] is None and _COUNTED.match(text, match.end()))
    value = _value(match["value"], counted=counted)
    span = match.span()
    prefix: FigureKind = "percent" if match["percent"] else "number"
    if value is None:
        return _made(text, span, prefix, f"{prefix[0]}:{match['value']}")
    factor = _factor(match["mag"], match["mag2"])
    value *= factor
    if match["half"]:
        value += Decimal(factor) / 2
    if match["rest"]:
        value += int(match["rest"]) * _factor(match["restmag"])
    if match["sign"]:
        value = -value
    return _made(text, span, prefix, f"{prefix[0]}:{_plain(value)}", (value,))


def _two_amounts(text: str, match: re.Match[str]) -> list[Figure]:
    """Read "1 triệu 500 triệu": only the smaller adds up, as in "1 tỷ 500 triệu"."""
    border = match.start("rest")
    halves = (_NUMBER.match(text, match.start(), border), _NUMBER.match(text, border, match.end()))
    return [_amount(text, half) for half in halves if half]


# --- Ranges and fractions ------------------------------------------------------------------------

_RANGE = re.compile(
    rf"(?<![\d/.,-])(?P<low>{_DIGITS})(?:{_BLANK}(?P<lowpercent>{_PERCENT})"
    rf"|{GAP}(?P<lowmag>{MAGNITUDE}))?"
    rf"(?:{_DASH}|{_TO}|{GAP}(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+)?)(?:{_DASH}|{_TO}))"
    rf"(?P<high>{_DIGITS})(?![\d/]|-\d)"
    rf"(?(unit){GAP}(?P=unit)(?!\w)|(?:{_BLANK}(?P<percent>{_PERCENT})|{_MAGNITUDE_TAIL})?)",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?<![\d/.,-])(?P<low>{_YEAR})(?:{_DASH}|{_TO}(?:hết{GAP})?)(?:năm{GAP}|nam{GAP})?"
    rf"(?P<high>{_YEAR})(?![\d/]|-\d|[.,]\d)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<![\d/.,])(?P<top>\d++(?:\.\d{{3}})*+){_BLANK}/{_BLANK}(?P<bottom>\d++(?:\.\d{{3}})*+)"
    r"(?!\d|\s?/\s?\d|[.,]\d)"
)


def _range(text: str, match: re.Match[str]) -> list[Figure]:
    """Read 2 - 3, 50% - 60%, từ 50 đến 60%, 500 triệu đến 1 tỷ, 5 năm đến 10 năm."""
    low, high = _value(match["low"]), _value(match["high"])
    leading = len(match["low"]) > 2 and match["low"].isdecimal() and match["low"][0] == "0"
    if low is None or high is None or leading or (match["lowpercent"] and not match["percent"]):
        return []
    if bool(_BARE_YEAR.fullmatch(match["low"])) != bool(_BARE_YEAR.fullmatch(match["high"])):
        return []
    factor = _factor(match["mag"], match["mag2"])
    shared = match["lowmag"] is None and low < high
    low *= factor if shared else _factor(match["lowmag"])
    high *= factor
    if low >= high:
        return []
    prefix = "rp" if match["percent"] else "rn"
    end = match.end("high") if match["unit"] else match.end()
    key = f"{prefix}:{_plain(low)}–{_plain(high)}"
    return [_made(text, (match.start(), end), "range", key, (low, high))]


def _years(text: str, match: re.Match[str]) -> list[Figure]:
    if match["low"] >= match["high"]:
        return []
    return [_made(text, match.span(), "range", f"ry:{match['low']}–{match['high']}")]


def _fraction(text: str, match: re.Match[str]) -> list[Figure]:
    top, bottom = _value(match["top"]), _value(match["bottom"])
    if top is None or bottom is None:
        return []
    if _has_day_before(text, match.start()) and 1 <= top <= 31 and 1 <= bottom <= 12:
        key = _date_key("", match["bottom"], match["top"])
        return [_made(text, match.span(), "date", key)]
    key = f"f:{_plain(top)}/{_plain(bottom)}"
    return [_made(text, match.span(), "fraction", key, (top, bottom))]


# --- Dates ---------------------------------------------------------------------------------------

_ISO = re.compile(
    rf"(?<![\w/.-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?"
    r"(?![\w-]|[.,/]\d)"
)
_YEAR_JOINT = rf"(?:\s?,?{GAP}n[ăa]m{GAP}|\s?[-/]\s?)"
_DAY_SPAN = re.compile(
    rf"(?<![\d/.,-])(?P<day1>{_DAY})(?:[-/.](?P<month1>{_MONTH})(?:[-/.](?P<year1>{_YEAR}))?)?"
    rf"(?P<joint>{_DASH}|(?:{_TO}|{_AND})(?:(?:hết{GAP})?(?:ngày|ngay){GAP})?)"
    rf"(?P<rest>(?P<day>{_DAY})(?:[/.-](?P<month>{_MONTH})(?:[/.-](?P<year>{_YEAR}))?(?!\d|[/.-]\d)"
    rf"|{GAP}th[áa]ng{GAP}(?P<lmonth>{_MONTH})(?!\d)(?:{_YEAR_JOINT}(?P<lyear>{_YEAR})(?!\d))?))",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?<![\d/.-])(?P<day>{_DAY})(?:(?P<a>\s?[-/.]\s?)(?P<month>{_MONTH})(?P<b>\s?[-/.]\s?)"
    rf"|\s(?P<month2>{_MONTH})/)(?P<year>{_YEAR})(?!\d|[.,/-]\d)"
)
_LONG_DATE = re.compile(
    rf"(?<!\d)(?P<day>{_DAY}){GAP}th[áa]ng{GAP}(?P<month>{_MONTH})"
    rf"(?:{_YEAR_JOINT}(?P<year>{_YEAR})(?!\d)|(?!\d|[.,/-]\d))",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    rf"(?<![\d/.,-])(?P<day>{_DAY})(?:[.-](?P<month>{_MONTH})|/(?P<m>{_MONTH})/(?P<yy>\d\d))"
    rf"(?!\d|\s?[/%]|[.,-]\d)(?!{GAP}th[áa]ng\s\d)",
    re.IGNORECASE,
)
_ENGLISH_DATE = re.compile(
    rf"(?<![\w.,/-])(?:(?P<day>{_DAY})(?:st|nd|rd|th)?\s)?(?P<name>{'|'.join(_MONTH_NAMES)})"
    rf"(?:\s(?P<day2>{_DAY})(?:st|nd|rd|th)?)?,?\s(?P<year>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_PART = rf"(?:{_MONTH}|IV|I{{1,3}})"
_MONTH_SPAN = re.compile(
    rf"(?<![\d/.,-])(?<!\w)(?P<part1>{_PART})(?:[/.-](?P<year1>{_YEAR}))?"
    rf"(?P<joint>{_DASH}|(?:{_TO}|{_AND})(?:(?:hết{GAP})?(?:tháng|thang|quý|quí|quy){GAP})?)"
    rf"(?P<part>{_PART})(?:\s?[/.-]\s?|{GAP}n[ăa]m{GAP})(?P<year>{_YEAR})(?![\d/-]\d?)",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = re.compile(
    rf"(?<![\d/.,-])(?:(?<!\w)|(?<=(?<!\w)T))(?P<part>{_PART})"
    rf"(?:(?P<joint>\s?[-/.]\s?)|{GAP}(?:n[ăa]m{GAP})?)(?P<year>{_YEAR})(?![\d/-]\d?)",
    re.IGNORECASE,
)
_ROMAN_QUARTER = re.compile(r"(?<=(?i:qu[ýíy])\s)(?P<part>IV|I{1,3})(?!\w)")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_CENTURY_PIVOT = 50


def _has_day_before(text: str, start: int) -> bool:
    return bool(_DAY_BEFORE.search(text[max(0, start - _CONTEXT) : start]))


def _date_key(year: str | None, month: str, day: str) -> str:
    return f"d:{year or ''}-{int(month):02d}-{int(day):02d}"


def _iso(text: str, match: re.Match[str]) -> list[Figure]:
    if match["day"]:
        key = _date_key(match["year"], match["month"], match["day"])
        return [_made(text, match.span(), "date", key)] if 1 <= int(match["day"]) <= 31 else []
    return [_made(text, match.span(), "month", f"m:{match['year']}-{match['month']}")]


def _day_span(text: str, match: re.Match[str]) -> list[Figure]:
    """Read both days of 5-6/11/2023, 12/9-15/9/2023, từ ngày 1/1 đến 30/6, ngày 5 và 6 tháng 11."""
    month, year = match["month"] or match["lmonth"], match["year"] or match["lyear"]
    month1, year1 = match["month1"] or month, match["year1"] or year
    first, last = (int(month1), int(match["day1"])), (int(month), int(match["day"]))
    ascending = (year1 or "", *first) < (year or "", *last)
    dashed = not match["joint"].strip(" ,").isalpha() and "," not in match["joint"]
    sure = _has_day_before(text, match.start()) or "ngày" in match["joint"].casefold()
    sure = sure or bool(year and (dashed or match["month1"]))
    sure = sure or bool(match["month1"] and month1 != month and "," not in match["joint"])
    of_month = _MONTH_BEFORE.search(text[max(0, match.start() - _CONTEXT) : match.start()])
    if not ascending or not sure or of_month:
        return []
    start_span = (match.start(), match.start("joint"))
    return [
        _made(text, start_span, "date", _date_key(year1, month1, match["day1"])),
        _made(text, match.span("rest"), "date", _date_key(year, month, match["day"])),
    ]


def _date(text: str, match: re.Match[str]) -> list[Figure]:
    """Read 6-9-2021; where the signs differ as in 6-9/2021, only after a word for a day."""
    mixed = match["a"] and match["a"].strip() == "-" and match["b"].strip() != "-"
    if mixed and not _has_day_before(text, match.start()):
        return []
    key = _date_key(match["year"], match["month"] or match["month2"], match["day"])
    return [_made(text, match.span(), "date", key)]


def _long_date(text: str, match: re.Match[str]) -> list[Figure]:
    if not match["year"] and not _has_day_before(text, match.start()):
        return []
    key = _date_key(match["year"], match["month"], match["day"])
    return [_made(text, match.span(), "date", key)]


def _short_date(text: str, match: re.Match[str]) -> list[Figure]:
    """Read "ngày 2-11", "ngày 25.9" and "ngày 15/5/24"."""
    if not _has_day_before(text, match.start()):
        return []
    year = ""
    if match["yy"]:
        year = ("20" if int(match["yy"]) < _CENTURY_PIVOT else "19") + match["yy"]
    key = _date_key(year, match["month"] or match["m"], match["day"])
    return [_made(text, match.span(), "date", key)]


def _english_date(text: str, match: re.Match[str]) -> list[Figure]:
    month = _MONTH_NAMES.index(match["name"].casefold()) + 1
    day = match["day"] or match["day2"]
    if day:
        return [_made(text, match.span(), "date", _date_key(match["year"], str(month), day))]
    return [_made(text, match.span(), "month", f"m:{match['year']}-{month:02d}")]


def _part_number(written: str) -> int:
    return _ROMAN.get(written.upper()) or int(written)


def _part_key(text: str, start: int, part: str, year: str) -> str | None:
    """Return the key of a month or quarter; None of a Roman number that is no quarter."""
    before = text[max(0, start - _CONTEXT) : start]
    number = _part_number(part)
    if _QUARTER_BEFORE.search(before):
        return f"q:{year}-{number:02d}" if number <= 4 else None
    return None if part.upper() in _ROMAN else f"m:{year}-{number:02d}"


def _month_span(text: str, match: re.Match[str]) -> list[Figure]:
    """Read tháng 9-10/2023, quý I và II năm 2023, tháng 9/2023 đến tháng 3/2024."""
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    named = bool(_MONTH_BEFORE.search(before) or _QUARTER_BEFORE.search(before))
    dashed = not match["joint"].strip(" ,").isalpha() and "," not in match["joint"]
    year1 = match["year1"] or match["year"]
    first, last = _part_number(match["part1"]), _part_number(match["part"])
    if not (named or (dashed and "/" in match.group())) or (year1, first) >= (match["year"], last):
        return []
    keys = [
        _part_key(text, match.start(), match["part1"], year1),
        _part_key(text, match.start(), match["part"], match["year"]),
    ]
    start_end = match.end("year1") if match["year1"] else match.end("part1")
    spans = [(match.start(), start_end), (match.start("part"), match.end())]
    return [_made(text, span, "month", key) for span, key in zip(spans, keys, strict=True) if key]


def _month_of_year(text: str, match: re.Match[str]) -> list[Figure]:
    """Read 9/2024 and, after tháng or quý, 9 năm 2024 and 9.2024; "5 năm 2021-2025" is no month."""
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    named = bool(_MONTH_BEFORE.search(before) or _QUARTER_BEFORE.search(before))
    if not named and (match["joint"] is None or "." in match["joint"]):
        return []
    key = _part_key(text, match.start(), match["part"], match["year"])
    return [_made(text, match.span(), "month", key)] if key else []


def _roman_quarter(text: str, match: re.Match[str]) -> list[Figure]:
    return [_made(text, match.span(), "month", f"q:-{_ROMAN[match['part']]:02d}")]


# --- Legal documents and codes -------------------------------------------------------------------

_LEGAL_KINDS = {
    "nghị quyết": "nq", "quyết định": "qd", "kế hoạch": "kh", "nghị định": "nd", "thông tư": "tt",
    "chỉ thị": "ct", "kết luận": "kl", "công văn": "cv", "chương trình": "ctr", "đề án": "da",
    "hướng dẫn": "hd", "thông báo": "tb", "tờ trình": "ttr", "công điện": "cd", "báo cáo": "bc",
    "nq": "nq", "qđ": "qd", "kh": "kh", "nđ": "nd", "tt": "tt", "ct": "ct",
    "kl": "kl", "ctr": "ctr", "đa": "da",
}  # fmt: skip
_KINDS_FOLDED = {fold(kind): letters for kind, letters in _LEGAL_KINDS.items()}
_KINDS_OF_RULES = frozenset({"nq", "qd", "nd", "tt", "ct"})
_KIND_WORDS = "|".join(
    re.escape(word).replace("\\ ", r"\s")
    for word in sorted({*_LEGAL_KINDS, *_KINDS_FOLDED}, key=len, reverse=True)
)
_KIND_NAMED = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(_KINDS_FOLDED, key=len, reverse=True)) + r")(?!\w)"
)
_SHORT_LEGAL = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND_WORDS})(?:{GAP}(?P<so>số|so)\s?:?)?{GAP}"
    r"(?P<serial>\d{1,5}(?:(?<=\d\d)\.\d{1,2})?[a-d]?)(?!\w|[.,/–-]\d|\s?[/%–-]\s?[\dA-ZĐ])",
    re.IGNORECASE,
)
# What follows "nghị quyết 57"; before other words, as in "kế hoạch 30 ngày", it counts them.
_AFTER_SHORT = re.compile(
    r"\s*(?:$|[.,;:!?)\]”\"»]|\n|[-–]\s|\s(?:của|đã|là|về|và|có|do|trên|tại|ngày\s\d+|đến|được|trong|với|theo"
    r"|ở|để|này|nêu|đặt|đề|giao|ban hành|cũng|thì|mà|hay|hoặc|cho|từ|khi|sau|nói|ghi|yêu cầu|xác"
    r"|phê|thuộc|gồm|cua|da|la|ve|va|co|tai|duoc|noi|ban hanh|thi|giao)\b|\s[A-ZĐÀ-Ỹ])"
)
_FEWEST_DIGITS_WITHOUT_SO = 2
# "Nghị định 13/2023", "nghị định 13 năm 2023"; "kế hoạch 5 năm 2021-2025" counts years.
_YEARED_LEGAL = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND_WORDS})(?:{GAP}(?:số|so)\s?:?)?{GAP}"
    rf"(?P<serial>\d{{1,5}}(?:\.\d{{1,3}})?[a-d]?)(?:\s?/\s?|{GAP}(?:năm|nam){GAP}(?=[^\n]))"
    rf"(?P<year>{_YEAR})(?!\w|\s?[/–-]\s?[\dA-ZĐ])",
    re.IGNORECASE,
)
_KEY_WITH_KIND = re.compile(
    r"l:(?P<serial>\d+(?:\.\d+)?[a-d]?)(?:/(?P<year>\d{4}))?[-/](?P<kind>[a-z]+)(?=[-/]|$)"
)
_CODE = re.compile(
    r"(?<![\w-])(?:[A-ZĐ]\w{0,15}[-‑]\d{1,4}(?![\w%,/]|\.\d|-\d|\s?%)|[A-Za-zĐđ]{1,30}\d+\w*)"
    r"|(?<![\w.,])\d[GDgd](?!\w)"
    rf"|(?<![\w.,/-])\d\.0(?![\w,/%]|\.\d|-\d|{GAP}?(?:%|phần|per|{MAGNITUDE}))",
)
_GLUED = re.compile(r"(?:nam|thang|ngay|quy|so|den|hon|gan|tren|la|co|va|den|dat)\d", re.IGNORECASE)


def _short_key(kind: str, serial: str) -> str:
    return f"l:{kind}:{serial.lstrip('0')}"


def _legal(text: str, match: re.Match[str]) -> list[Figure]:
    if _BARE_YEAR.fullmatch(match.group()):
        return []
    return [_made(text, match.span(), "legal", legal_key(match.group()))]


def _short_legal(text: str, match: re.Match[str]) -> list[Figure]:
    """Read "Quyết định số 06", "QĐ 06" and "Nghị quyết 57 của", not "kế hoạch 5 năm"."""
    serial = match["serial"]
    if not match["so"] and (
        len(serial) < _FEWEST_DIGITS_WITHOUT_SO
        or _BARE_YEAR.fullmatch(serial)
        or not _ends_short_name(text, match)
    ):
        return []
    kind = _KINDS_FOLDED[fold(" ".join(match["kind"].split())).casefold()]
    return [_made(text, match.span(), "code", _short_key(kind, serial.casefold()))]


def _yeared_legal(text: str, match: re.Match[str]) -> list[Figure]:
    """Read "Nghị định 13/2023", not the month of "báo cáo 6/2024"."""
    kind = _KINDS_FOLDED[fold(" ".join(match["kind"].split())).casefold()]
    spoken = "/" not in match.group()
    if kind not in _KINDS_OF_RULES and (spoken or re.fullmatch(_MONTH, match["serial"])):
        return []
    key = f"{_short_key(kind, match['serial'].casefold())}/{match['year']}"
    return [_made(text, match.span(), "code", key)]


def _ends_short_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number ends a name, as the words of grammar or a capital before it show."""
    if _AFTER_SHORT.match(text, match.end()):
        return True
    counts = COUNTED.match(text, match.end()) or _COUNTED.match(text, match.end())
    return match["kind"][0].isupper() and not counts


def _code(text: str, match: re.Match[str]) -> list[Figure]:
    if _GLUED.match(match.group()):
        return []
    return [_made(text, match.span(), "code", f"c:{match.group().casefold().replace('‑', '-')}")]


# --- Putting together ----------------------------------------------------------------------------

# In order: what an earlier rule has read, a later one does not see. The last one reads every digit
# that is left.
_Rule = tuple[re.Pattern[str], Callable[[str, re.Match[str]], list[Figure]]]
_RULES: tuple[_Rule, ...] = (
    (LEGAL_NUMBER, _legal),
    (_YEARED_LEGAL, _yeared_legal),
    (_SHORT_LEGAL, _short_legal),
    (_ISO, _iso),
    (_DAY_SPAN, _day_span),
    (_DATE, _date),
    (_LONG_DATE, _long_date),
    (_SHORT_DATE, _short_date),
    (_ENGLISH_DATE, _english_date),
    (_MONTH_SPAN, _month_span),
    (_MONTH_OF_YEAR, _month_of_year),
    (_ROMAN_QUARTER, _roman_quarter),
    (_YEARS, _years),
    (_FRACTION, _fraction),
    (_RANGE, _range),
    (_CODE, _code),
    (_NUMBER, _number),
)


def _made(
    text: str,
    span: tuple[int, int],
    kind: FigureKind,
    key: str,
    values: Sequence[Decimal] = (),
) -> Figure:
    exact = tuple(Decimal(_plain(value)) for value in values)
    return Figure(span[0], span[1], text[span[0] : span[1]], kind, key, exact)


def _without(text: str, figures: Iterable[Figure]) -> str:
    """Return the text with the figures blotted out: offsets stay and nothing is seen there."""
    pieces, position = [], 0
    for figure in sorted(figures, key=lambda item: item.start):
        pieces += [text[position : figure.start], _TAKEN * (figure.end - figure.start)]
        position = figure.end
    return "".join([*pieces, text[position:]])


def _spoken(text: str, item: SpokenNumber) -> Figure:
    span, values = (item.start, item.end), item.values
    if item.kind == "month":
        year = str(values[1]) if len(values) > 1 else ""
        return _made(text, span, "month", f"m:{year}-{int(values[0]):02d}")
    if item.kind == "fraction":
        return _made(text, span, "fraction", f"f:{values[0]}/{values[1]}", values)
    return _made(text, span, item.kind, f"{item.kind[0]}:{_plain(values[0])}", values)
