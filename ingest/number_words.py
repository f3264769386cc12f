"""Vietnamese numbers in words: hai mươi phần trăm, ba phần tư, hai triệu rưỡi, nhóm năm xã.

Read by rules of the language: năm is five only before a noun that is counted (otherwise a year),
Ba Đình and Hai Bà Trưng are names, "Hai là" opens a point of a list. Text without any marks is
read only where nothing else is spelt alike, as "hai muoi phan tram".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.text import fold, has_marks

MAGNITUDES = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "nghin": 1_000,
    "ngan": 1_000,
    "thousand": 1_000,
    "triệu": 1_000_000,
    "trieu": 1_000_000,
    "tr": 1_000_000,
    "million": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
    "ty": 1_000_000_000,
    "billion": 1_000_000_000,
}

# A gap between words of one figure: blanks, and at most one line end, as bad extraction leaves it.
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]{0,3})"
# tỷ lệ, tỷ trọng, triệu tập and the district Triệu Sơn are other words than the multipliers;
# without marks "ty trong" is taken for tỷ trọng, but "tỷ trong năm", "triệu gia đình" are amounts.
BILLION = (
    rf"(?:t[ỷỉ](?!\w|{GAP}(?:lệ|trọng|số|suất|giá|phần|phú)\b)"
    rf"|ty(?!\w|{GAP}(?:le|trong|so|suat|gia|phan)\b))"
)
MILLION = (
    rf"(?:(?!(?-i:Triệu{GAP}[A-ZĐÀ-Ỹ]))triệu(?!\w|{GAP}(?:tập|hồi|phú)\b)"
    rf"|trieu(?!\w|{GAP}(?:tap|hoi|phu)\b))"
)
MAGNITUDE = rf"(?:(?:nghìn|ngàn|nghin|ngan|thousand|million|billion)(?!\w)|{MILLION}|{BILLION})"
_HALF_MORE = rf"(?:{GAP}rưỡi(?!\w))"

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_DIGIT = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_LAST = r"(?:một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
# After mươi and mười, năm is "years".
_TENS = (
    rf"(?:(?:{_DIGIT}{GAP}mươi|mười)(?:{GAP}{_LAST}(?!\w))?|{_DIGIT}{GAP}chục|hai{GAP}lăm(?!\w))"
)
_TAIL = rf"(?:{GAP}(?:linh|lẻ){GAP}{_DIGIT}|{GAP}{_TENS})"
_HUNDREDS = rf"{_DIGIT}{GAP}trăm{_TAIL}?"
_DECIMALS = rf"(?:{GAP}phẩy{GAP}(?:{_TENS}|(?:không|{_LAST}|năm)(?:{GAP}(?:không|{_LAST})){{0,3}}))"
_SPOKEN = re.compile(
    rf"(?<!\w)(?P<spoken>(?:{_HUNDREDS}|{_TENS}|{_DIGIT})(?!\w)(?:{_DECIMALS}(?!\w))?"
    rf"(?:{GAP}{MAGNITUDE}(?:{GAP}(?:không{GAP}trăm{_TAIL}|{_HUNDREDS}|{_TENS})(?!\w))?){{0,4}}"
    rf"{_HALF_MORE}?)(?:{GAP}(?P<percent>phần{GAP}trăm))?(?!\w)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<!\w)(?:(?P<half>một{GAP}nửa)|(?P<top>{_DIGIT}){GAP}phần{GAP}"
    rf"(?P<bottom>hai|ba|tư|bốn|năm(?!{GAP}?\d)|sáu|bảy|tám|chín|mười))(?!\w)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?<!\w)(?P<before>tháng{GAP})(?P<month>hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:{GAP}(?:một|hai))?)"
    rf"(?:{GAP}năm{GAP}(?P<year>(?:19|20)\d\d)(?!\d)|(?=\s?(?:[.,;:)/]|$)))",
    re.IGNORECASE | re.MULTILINE,
)
_BARE_DIGIT = re.compile(_DIGIT, re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_WORDS_BEFORE = re.compile(r"([^\W_]+)\W{1,3}$|[.,;:(\n]\s*$")

# Nouns that are counted: before one of them "năm" may be five.
COUNTED = re.compile(
    rf"{GAP}(?:\(0?5\)|(?:địa phương"
    r"|tỉnh|thành phố|quận|huyện|xã|phường|đơn vị|cơ quan|sở|bộ|ban|ngành"
    r"|lĩnh vực|nhóm|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|trụ cột|nội dung|nguyên tắc|quan điểm"
    r"|yêu cầu|vấn đề|đột phá|trọng tâm|kết quả|bài học|bước|cấp|loại|hình thức|phần|chương|điều"
    r"|khoản|điểm|mức|tiêu chí|chỉ số|nền tảng|hệ thống|dịch vụ|thủ tục|hồ sơ|văn bản|nghị quyết"
    r"|dự án|đề án|chương trình|công trình|khu|vùng|trung tâm|trường|bệnh viện|doanh nghiệp|tổ"
    r"|đội|hộ|người|thành viên|đồng chí|đại biểu|quốc gia|nước|lần|lượt|trường hợp|ngày|tháng|tuần"
    r"|năm|giờ|phút)(?!\w))",
    re.IGNORECASE,
)
# What makes a following "năm" a year: hằng năm, trong năm, 5 năm, hai năm.
_OF_YEARS = (
    "hằng hàng mỗi từng trong đầu cuối giữa cả suốt các những mấy nhiều vài qua sang tròn nửa "
    "trước sau theo một hai ba bốn năm sáu bảy tám chín mười mươi trăm mốt lăm"
)
_YEAR_WORDS = frozenset(_OF_YEARS.split())
# Weekdays, and the third party ("bên thứ ba").
_WEEKDAY_BEFORE = re.compile(
    r"(?:(?:sáng|trưa|chiều|tối|ngày|vào|từ|đến|và|hằng|mỗi|các|bên|người)\s+thứ|,\s*thứ)\s+$",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(r"\bthứ\s+$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(
    r"\s*(?:,?\s*(?:ngày\s|\(|\d)|(?:hằng|hàng|mỗi)?\s*tuần\b|(?:đến|tới)\s+thứ\b)", re.IGNORECASE
)
# Words that open with a numeral and count nothing, and names of places that do.
_NO_NUMERAL = re.compile(
    r"(?:hai\s+lúa|ba\s+(?:lô|mẹ|má|gác|gai|hoa|phải|rọi|trợn|đình|vì|bể|chẽ|tơ|tri|đồn|lan|tư|sao)"
    r"|hai\s+bà\s+trưng|năm\s+căn|bảy\s+(?:núi|hiền)|chín\s+(?:muồi|chắn|muộn)|tám\s+chuyện)(?!\w)",
    re.IGNORECASE,
)
_LIST_HEAD = re.compile(r"\s+là\b")

# Of unmarked words only those that have one reading: nam and sau are years and "after" too, tram
# a station.
_PLAIN_DIGIT = r"(?:mot|hai|ba|bon|bay|tam|chin)"
_PLAIN_LAST = r"(?:mot|hai|ba|bon|tu|lam|nham|sau|bay|tam|chin)"
_PLAIN_TENS = rf"(?:{_PLAIN_DIGIT}|nam|sau){GAP}muoi(?:{GAP}{_PLAIN_LAST}(?!\w))?"
_PLAIN = re.compile(
    rf"(?<!\w)(?:(?P<share>(?:{_PLAIN_TENS}|muoi(?:{GAP}{_PLAIN_LAST})?|{_PLAIN_DIGIT}|nam|sau)"
    rf"|mot{GAP}tram)(?P<percent>{GAP}phan{GAP}tram)"
    rf"|(?P<amount>(?:{_PLAIN_DIGIT}|nam){GAP}muoi(?:{GAP}{_PLAIN_LAST}(?!\w))?"
    rf"(?:{GAP}{MAGNITUDE}){{0,2}}|(?:{_PLAIN_DIGIT}|muoi)(?:{GAP}{MAGNITUDE}){{1,2}})"
    rf"|(?:nhom|top){GAP}(?P<five>nam)(?={GAP}(?:dia phuong|tinh|thanh pho|don vi|quoc gia)\b))"
    r"(?!\w)",
    re.IGNORECASE,
)
_MARKED = {fold(word): word for word in (*_DIGITS, "mười", "mươi", "trăm")} | {
    "muoi": "mươi", "nam": "năm", "lam": "lăm", "tram": "trăm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number in words: offsets, what it is, and its values (of a fraction top and bottom).

    Of a `month` the values are the month, and the year where one follows.
    """

    start: int
    end: int
    kind: Literal["number", "percent", "fraction", "month"]
    values: tuple[Decimal, ...]


def find_number_words(text: str) -> list[SpokenNumber]:
    """Return the numbers of NFC text that are written in words, in order; months are not read."""
    if not has_marks(text):
        return _unmarked(text)
    found = [_fraction(match) for match in _FRACTION.finditer(text)]
    taken = {position for item in found for position in range(item.start, item.end)}
    found += [
        _number(match)
        for match in _SPOKEN.finditer(text)
        if taken.isdisjoint(range(match.start(), match.end())) and _is_numeral(text, match)
    ]
    return sorted(found, key=lambda item: item.start)


def find_month_words(text: str) -> list[SpokenNumber]:
    """Return the months that are written in words, as in "tháng ba năm 2024", in order."""
    return [_month(match) for match in _MONTH.finditer(text)]


def value_of_words(spoken: Sequence[str]) -> Decimal:
    """Return the value of lower-case numeral words.

    "hai nghìn tỷ" multiplies on, "hai triệu ba trăm nghìn" adds up, "hai triệu rưỡi" adds half of
    the last magnitude, "hai phẩy bảy lăm" has decimals.
    """
    if "rưỡi" in spoken:
        whole = list(spoken[: spoken.index("rưỡi")])
        return value_of_words(whole) + Decimal(_last_unit(whole)) / 2
    if "phẩy" in spoken:
        return _with_decimals(spoken)
    parts, hundreds, digit = [0], 0, 0
    for word in spoken:
        if word in MAGNITUDES:
            if hundreds + digit:
                parts.append(hundreds + digit)
            parts[-1] *= MAGNITUDES[word]
            hundreds, digit = 0, 0
        elif word == "mười":
            hundreds += 10
        elif word in ("mươi", "chục", "trăm"):
            hundreds, digit = hundreds + digit * (100 if word == "trăm" else 10), 0
        elif word == "lăm" and digit:
            hundreds, digit = hundreds + digit * 10, 5
        else:
            digit = _DIGITS.get(word, 0)
    return Decimal(sum(parts) + hundreds + digit)


def _last_unit(spoken: Sequence[str]) -> int:
    """Return what "rưỡi" is half of: the magnitudes that end the words, a hundred, or one."""
    unit = 1
    for word in reversed(spoken):
        if word not in MAGNITUDES:
            return unit * (100 if word == "trăm" else 1)
        unit *= MAGNITUDES[word]
    return unit


def _with_decimals(spoken: Sequence[str]) -> Decimal:
    comma = spoken.index("phẩy")
    rest = spoken[comma + 1 :]
    ends = next((at for at, word in enumerate(rest) if word in MAGNITUDES), len(rest))
    decimals = rest[:ends]
    if "mươi" in decimals or "mười" in decimals:
        digits = str(value_of_words(decimals))
    else:
        digits = "".join(str(_DIGITS[word]) for word in decimals)
    value = Decimal(f"{value_of_words(spoken[:comma])}.{digits}")
    for word in rest[ends:]:
        value *= MAGNITUDES.get(word, 1)
    return value


def _number(match: re.Match[str]) -> SpokenNumber:
    value = value_of_words(match.group("spoken").casefold().split())
    kind: Literal["percent", "number"] = "percent" if match.group("percent") else "number"
    return SpokenNumber(match.start(), match.end(), kind, (value,))


def _fraction(match: re.Match[str]) -> SpokenNumber:
    top, bottom = (1, 2) if match["half"] else (_digit(match["top"]), _digit(match["bottom"]))
    return SpokenNumber(match.start(), match.end(), "fraction", (Decimal(top), Decimal(bottom)))


def _digit(word: str) -> int:
    return 10 if word.casefold() == "mười" else _DIGITS[word.casefold()]


def _month(match: re.Match[str]) -> SpokenNumber:
    values = [value_of_words(match["month"].casefold().split())]
    if match["year"]:
        values.append(Decimal(match["year"]))
    return SpokenNumber(match.start("month"), match.end(), "month", tuple(values))


def _is_numeral(text: str, match: re.Match[str]) -> bool:
    """Tell whether what reads as a number is one, and no year, name, weekday or other word."""
    spoken = match.group()
    if not _BARE_DIGIT.fullmatch(spoken):
        return True
    word = spoken.casefold()
    if (
        word == "một"
        or _NO_NUMERAL.match(text, match.start())
        or _LIST_HEAD.match(text, match.end())
    ):
        return False
    following = _NEXT_WORD.match(text, match.end())
    before = text[max(0, match.start() - 16) : match.start()]
    if _ORDINAL_BEFORE.search(before):
        return not (_WEEKDAY_BEFORE.search(before) or _WEEKDAY_AFTER.match(text, match.end()))
    if spoken[0].isupper() and following and following.group(1)[0].isupper():
        return False
    return word != "năm" or _is_five(text, match.end(), before)


def _is_five(text: str, end: int, before: str) -> bool:
    previous = _WORDS_BEFORE.search(before)
    word = (previous.group(1) or "").casefold() if previous else ""
    of_years = word in _YEAR_WORDS or word.isdigit()
    return not of_years and bool(COUNTED.match(text, end))


def _unmarked(text: str) -> list[SpokenNumber]:
    found = []
    for match in _PLAIN.finditer(text):
        if match["five"]:
            found.append(SpokenNumber(*match.span("five"), "number", (Decimal(5),)))
            continue
        end = match.start("percent") if match["percent"] else match.end()
        spoken = [_MARKED.get(word, word) for word in text[match.start() : end].casefold().split()]
        if spoken[0] == "mươi":
            spoken[0] = "mười"
        kind: Literal["percent", "number"] = "percent" if match["percent"] else "number"
        found.append(SpokenNumber(match.start(), match.end(), kind, (value_of_words(spoken),)))
    return found
