"""How Vietnamese texts mark their parts and the items of their lists: Chương, I., 1.1., a), Một là.

The parts of a legal document stand in the order that the law on issuing such documents gives
(phần, chương, mục, tiểu mục, điều, khoản, điểm); that of plans and reports is I., 1., 1.1., a).
"""

import re
from dataclasses import dataclass

# Capital letters; the range À-Ỹ holds the small ones too.
UPPER = "A-Z" + "".join(filter(str.isupper, map(chr, range(ord("À"), ord("Ỹ") + 1))))
# The alphabet by which điểm are counted: no f, j, w, z; đ after d.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = (
    ("một", "nhất"), ("hai", "nhì"), ("ba",), ("bốn", "tư"), ("năm",), ("sáu",), ("bảy", "bẩy"),
    ("tám",), ("chín",), ("mười",), ("mười một",), ("mười hai",),
)  # fmt: skip
_ORDINAL_VALUES = {word: value for value, words in enumerate(_ORDINALS, start=1) for word in words}
_KEYWORD_RANKS = {
    "phụ lục": 10, "phần": 11, "chương": 20, "mục": 30, "tiểu mục": 31, "điều": 40,
    "khoản": 55, "điểm": 69,
}  # fmt: skip
# Of these, "Điều 5 Luật này" cites another text: only a full stop or colon makes them a mark.
_STOPPED = ("điều", "khoản", "điểm")
# Bộ pháp điển numbers its articles "Điều 3.1.NĐ.2."
_CODE = r"\d{1,3}(?:\.(?:\d{1,4}|[A-ZĐ]{1,4}))*[a-zđ]?(?!\w)"
_KEYWORD = re.compile(
    r"(?i:(?P<kind>phụ lục|phần|chương|tiểu mục|mục|điều|khoản|điểm))\s+"
    rf"(?P<number>[IVXLC]+(?!\w)|{_CODE}|(?i:thứ\s+\w+)|[A-EĐa-eđ](?!\w))"
    rf"(?:\s?(?P<stop>[.:)])|(?=\s*(?:[-–]|$)|\s+[{UPPER}]))\s*"
)
_ORDINAL = re.compile(
    rf"(?i:(?P<number>{'|'.join(words[0] for words in reversed(_ORDINALS))})\s+là|"
    rf"thứ\s+(?P<rank>{'|'.join(reversed([*_ORDINAL_VALUES][1:]))}))(?!\w)"
    # "Thứ sáu, 3/5/2024" and "Thứ hai, ngày 5 ..." are days of the week.
    r"(?:\s*[,:]\s*|\s+)(?!(?:ngày\s+)?\(?\d)"
)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\s?[.)\-–:/]+\s*(?=[^\s\d])")
_CAPITAL = re.compile(rf"(?P<number>[A-GĐ])\s?[.)\-–/]+\s+(?=[{UPPER}“\"])")
_ARABIC = re.compile(
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?:[.)\-–:/]+\s*|\s+(?=[{UPPER}“\"]))(?=[^\s\d.,])"
    r"|(?P<single>\d{1,2})(?P<stop>[.)\-–/])(?:[-–]\s*|\s+)(?=\S)"
)
_STEP = re.compile(r"(?i:bước)\s+(?P<number>\d{1,2})\s*[:.]\s*")
_LETTER = re.compile(r"(?P<number>[a-zđ])(?P<stop>[.)/])\s*(?=\S)")
_BRACKETED = re.compile(r"\((?P<number>\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")
_BULLET = re.compile(rf"(?P<bullet>[-–—+*•●▪◦‣∙·])(?:\s+|(?<![*+])(?=[{UPPER}]))(?=\S)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

ORDINAL_STYLE = "ordinal"
_HEAD = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark that opens a line: parts of one style are siblings; a lower rank stands higher.

    `number` counts within the style (None: not counted), `end` is where the name begins.
    `keyword` is true where a word such as Chương says what the part is, `bullet` where the mark
    only lists.
    """

    style: str
    rank: int
    number: int | None
    end: int
    keyword: bool = False
    stopped: bool = True
    bullet: bool = False


def read_mark(line: str) -> Mark | None:
    """Return the mark that a line, white space stripped, opens with; None where it has none."""
    head = line[:_HEAD]
    return _keyword(head) or _ordinal(head) or _numbered(head) or _listed(head)


def _keyword(line: str) -> Mark | None:
    match = _KEYWORD.match(line)
    if not match:
        return None
    kind = re.sub(r"\s+", " ", match["kind"]).casefold()
    if kind in _STOPPED and not match["stop"] and match.end() < len(line):
        return None
    if match["number"].islower() and kind != "điểm" and len(match["number"]) == 1:
        return None
    stopped = bool(match["stop"]) or match.end() == len(line)
    return Mark(kind, _KEYWORD_RANKS[kind], None, match.end(), keyword=True, stopped=stopped)


def _ordinal(line: str) -> Mark | None:
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    match = _ORDINAL.match(line, start)
    if not match:
        return None
    word = re.sub(r"\s+", " ", match["number"] or match["rank"]).casefold()
    return Mark(ORDINAL_STYLE, 80, _ORDINAL_VALUES[word], match.end())


def _numbered(line: str) -> Mark | None:
    if match := _ROMAN.match(line):
        value = _roman_value(match["number"])
        return Mark("I", 50, value, match.end()) if value else None
    if match := _CAPITAL.match(line):
        return Mark("A", 45, "ABCDĐEFG".index(match["number"]) + 1, match.end())
    if match := _ARABIC.match(line):
        parts = (match["number"] or match["single"]).split(".")
        closed = match["stop"] == ")"
        style = "1)" if closed else ".".join("1" * len(parts)) + "."
        return Mark(style, 67 if closed else 60 + len(parts), int(parts[-1]), match.end())
    return None


def _listed(line: str) -> Mark | None:
    if match := _STEP.match(line):
        return Mark("bước", 68, int(match["number"]), match.end())
    if match := _LETTER.match(line):
        place = _LETTERS.find(match["number"]) + 1
        return Mark("a)", 70, place or None, match.end())
    if match := _BRACKETED.match(line):
        number = match["number"]
        style = "(1)" if number.isdigit() else "(a)"
        return Mark(style, 72, int(number) if number.isdigit() else None, match.end())
    if match := _BULLET.match(line):
        return Mark(match["bullet"], 90, None, match.end(), bullet=True)
    return None


def _roman_value(letters: str) -> int | None:
    """Return the value of a Roman numeral, None where the letters are none."""
    values = [_ROMAN_VALUES[letter] for letter in letters]
    if re.search(r"IIII|XXXX|VV|I[IV]+[VX]|VX", letters):
        return None
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))
