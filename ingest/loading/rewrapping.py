"""Lines that a layout broke -> paragraphs: a soft line end becomes one space, no offset changes."""

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]*\n?")
# What begins a line of its own: list marks, numbers and letters of items, parts of a law, tables.
STARTS_ITEM = re.compile(
    r"\s*(?:[-–—+*•▪●○◦■□✓§#>|]|\[\d|https?://|www\.|[-–]?\s*\d{1,4}\s*[-–]?\s*$|[“\"]?(?:"
    r"\(?\d{1,3}(?:\.\d{1,3})*[.)](?!\d)|\(?[a-zđA-ZĐ]\)|[a-zđ]\.\s|\(?[ivxIVX]{1,5}[.)]"
    r"|(?:Phần|Chương|Mục|Điều|Khoản|Điểm|Phụ lục|Bảng|Hình|Nơi nhận|Kính gửi)"
    r"\s*(?:[\dIVXLC:.]|thứ\b)))"
)
# What may also stand inside a sentence: "(từ / Điều 26", "kinh tế / - xã hội".
_INSIDE = re.compile(
    r"\s*(?:[-–]\s+(?P<word>\w)|(?:Phần|Chương|Mục|Điều|Khoản|Điểm|Phụ lục|Bảng|Hình)\s+"
    r"(?:\d+|[IVX]+)[a-z]?(?![\w:]|\.\s*\S))"
)
_TABLE_LIKE = re.compile(r"\t|\||\S {3,}\S|\.{5,}|_{5,}|…{2,}")
_ENDS = re.compile(r"[.;:!?…][\"'”’»)\]]*$")
# A full stop after one of these ends no sentence, so the line end behind it may be soft.
_ABBREVIATED = re.compile(r"(?<!\w)(?:TP|Tp|TX|TT|Q|P|ThS|TS|PGS|GS|BS|KS|Ths|Mr|Mrs|Dr|St)\.$")
_MAX_WRAPPED = 130
_MAX_LONG_SHARE = 0.05
_MIN_SOFT_ENDS = 3
_MIN_SOFT_SHARE = 0.15
_MIN_WIDTH = 45
# Shares of a full line's usual length from which on a line may end softly.
_NEARLY_FULL = 0.6


def begins_item(line: str, follows: str) -> bool:
    """Tell whether a line begins an item, a heading or the like, rather than go on with one."""
    if not STARTS_ITEM.match(follows):
        return False
    inside = _INSIDE.match(follows)
    if not inside or (inside["word"] and not inside["word"].islower()):
        return True
    return bool(_ENDS.search(line.rstrip()))


@dataclass(frozen=True, slots=True)
class _Width:
    """How long the lines of a wrapped text are, in characters: the usual full one, a short one."""

    usual: int
    least: int


def join_soft_breaks(text: str, start: int = 0) -> str:
    """Return the text with soft line ends made spaces, as long as before; `start` is kept as is.

    Only a text whose lines are as a whole cut at some width is touched: hardly any line is longer
    than 130 characters, and at least 15% of the lines go on in small letters on the next one.
    Then a line end is soft where the line is about full, ends no sentence or list item, and the
    next line begins none. A text of one paragraph a line comes back unchanged.
    """
    lines = [match.group() for match in _LINE.finditer(text, start) if match.group()]
    width = _wrapped_width(lines)
    if width is None:
        return text
    joined = [
        line[:-1] + " "
        if follows and line.endswith("\n") and _is_soft(line, follows, width)
        else line
        for line, follows in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return text[:start] + "".join(joined)


def _wrapped_width(lines: list[str]) -> _Width | None:
    filled = [line.strip() for line in lines if line.strip()]
    long = sum(len(line) > _MAX_WRAPPED for line in filled)
    if not filled or long > _MAX_LONG_SHARE * len(filled):
        return None
    certain = sorted(
        len(line.strip()) for line, follows in pairwise(lines) if _goes_on(line, follows)
    )
    if len(certain) < max(_MIN_SOFT_ENDS, _MIN_SOFT_SHARE * len(filled)):
        return None
    width = _Width(certain[len(certain) // 2], certain[len(certain) // 10])
    return width if width.usual >= _MIN_WIDTH else None


def _goes_on(line: str, follows: str) -> bool:
    """Tell whether the next line goes on in small letters after a line that ends nothing."""
    return (
        _may_join(line, follows)
        and len(line.strip()) >= _MIN_WIDTH * _NEARLY_FULL
        and follows.lstrip()[0].islower()
        and not _ENDS.search(line.rstrip())
    )


def _may_join(line: str, follows: str) -> bool:
    return (
        bool(line.strip())
        and bool(follows.strip())
        and not begins_item(line, follows)
        and not _TABLE_LIKE.search(line.strip())
        and not _TABLE_LIKE.search(follows.strip())
        # A line that is set in is the first of its paragraph, in typed text as in print.
        and not (follows[0] in " \u00a0\t" and line[0] not in " \u00a0\t")
    )


def _is_soft(line: str, follows: str, width: _Width) -> bool:
    if not _may_join(line, follows):
        return False
    words = line.strip()
    if words.isupper() or (words.startswith("#") and STARTS_ITEM.match(words)):
        return False
    ends = bool(_ENDS.search(words)) and not _ABBREVIATED.search(words)
    if follows.lstrip()[0].islower():
        return len(words) >= (width.least if ends else _NEARLY_FULL * width.usual)
    first_word = follows.split()[0]
    is_full = len(words) >= width.least and len(words) + 1 + len(first_word) > width.usual
    return is_full and not ends
