"""Paragraphs -> sentences, as Vietnamese ends them."""

import re
from collections.abc import Iterator

from ingest.splitting.numbering import UPPER
from ingest.splitting.paragraphs import Span, paragraph_spans, stripped, wrapped_width

# A full stop after one of these ends no sentence: titles, and single initials.
_ABBREVIATIONS = (
    "ths|tskh|ts|pgs|gs|ks|cn|bs|ds|ls|ncs|nsưt|nsnd|ngưt|ngnd|ng|đ/c|mr|mrs|ms|dr|st|vs"
    "|inc|ltd|co|nxb|cty"
)
# These stand before what they are short for: nothing ends after them.
_LEADING = re.compile(r"(?<![\w&/])(?i:vd|no|vol|tr|tel|fax|đt)\.$")
_ABBREVIATED = re.compile(rf"(?<![\w&/])(?i:{_ABBREVIATIONS})\.$")
_INITIAL = re.compile(r"(?<![^\W_])[A-ZĐ]\.$")
# "loại A." and "ông Nguyễn Văn A." end a sentence: the letter is a label, no initial.
_LABEL = re.compile(
    r"\b(?:[Vv]ăn|[Tt]hị|loại|hạng|nhóm|mức|lớp|khối|khu|lô|bảng|cấp|mẫu|điểm|mục|phần|phụ lục"
    r"|phương án|vitamin|hepatitis)\s+[A-ZĐ]\.$"
)
_NUMBER = re.compile(r"(?<!\w)\d{1,3}\.$")
_ROMAN = re.compile(r"\s*[IVXLC]+\.$")
# "TP. Hồ Chí Minh" goes on, "của TP. Kinh tế số" does not: after the short form of a kind of
# place a name must follow, two capitalised syllables or one that is a whole name, or a number.
_PLACE_KIND = re.compile(r"(?<!\w)(?i:tp|tx|tt|q|p|h)\.$")
_PLACE_NAME = re.compile(rf"\s*(?:[{UPPER}]\w*\s+[{UPPER}]|(?:Huế|Vinh|Pleiku|Hội|HCM|HN)\b|\d)")
# Words that open a sentence and no name.
_OPENER = re.compile(
    r"\s*(?:Ông|Bà|Anh|Chị|Sở|Ban|Bộ|Ủy|Uỷ|UBND|HĐND|Theo|Tại|Trong|Năm|Ngày|Tháng|Quý|Đây|Đó|Nhiều"
    r"|Các|Những|Một|Mọi|Việc|Để|Đến|Từ|Với|Về|Tuy|Do|Khi|Cùng|Ngoài|Trên|Sau|Trước|Nếu|Hiện|Tính"
    r"|Qua|Đối|Đồng|Bên|Nhằm|Riêng|Kết|Mục|Thành|Tỉnh|Nhờ|Vì|Tổng|Chính|Nay)\b"
)
_LIST_NUMBER = re.compile(r"^\s*(?:\(?[\divxIVX]{1,4}[.)]|\(?[a-zđ][.)]|[-*•+–])\s*$")
# "gồm: 1. Hạ tầng; 2. Dữ liệu": a number that counts the parts of a sentence.
_COUNTS_PARTS = re.compile(r"(?::\s+\(?1|;\s+\(?\d{1,2})$")
# "(xem Điều 5. Phạm vi; Điều 7. Vốn)": a provision cited with its title.
_CITED = re.compile(r"[;(“]\s*(?i:điều|khoản|chương|mục)\s+[\w.]+$")
# Possessive, and no end begins inside another: a long row of dots or spaces takes linear time.
# A colon or semicolon ends a sentence only where the next item of a list begins in the same line;
# a full stop without a space behind it, only after and before what is no name of a site or file.
_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?:\[\d{1,3}\])*+(?=\s)"
    rf"|[:;](?=\s[-–+*•]\s\s?[{UPPER}“\"])"
    rf"|(?<=[\w%][\w%)”])\.(?=[{UPPER}][^\W\d_])"
)
# A capitalised word with a mark: none of the letters of a site's or file's name.
_GLUED = re.compile(rf"(?=[{UPPER}])[^\W\d_]*[^\W\d_A-Za-z][^\W\d_]*(?![\w.@/-])")
_NEXT = re.compile(rf"\s++(?:[\"'“‘«(\[–•+*-]++\s*+)?(?:[{UPPER}0-9]|(?:[ivx]{{1,4}}|[a-zđ])\)\s)")
_CLAUSE = re.compile(r"[;:,](?=\s)|\s")
_HEADING_NUMBER = re.compile(
    r"^\W*(?:Điều|Chương|Mục|Phần|Khoản|Bước|Bảng|Hình|Biểu|Phụ lục|Điểm)?"
    r"\s*\d+(?:\.(?:\d+|[A-ZĐ]{1,4}))*$",
    re.IGNORECASE,
)
_WINDOW = 24
_BRACKET = 120


def sentence_spans(text: str) -> list[Span]:
    """Return (start, end) of each sentence in order, white space left out.

    The end of a paragraph always ends one; lines that are only wrapped are put together.
    """
    paragraphs = paragraph_spans(text, width=wrapped_width(text))
    return [span for left, right in paragraphs for span in spans_between(text, left, right)]


def spans_between(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield (start, end) of each sentence of the one paragraph between two offsets."""
    left = start
    for match in _END.finditer(text, start, end):
        if match.start() >= left and _ends_sentence(text, left, match, end):
            yield left, match.end()
            left, _ = stripped(text, match.end(), end)
    if left < end:
        yield left, end


def divided(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    """Yield a sentence, one over the limit in parts: cut after the last clause mark that fits."""
    while end - start > limit:
        cut = _cut(text, start, start + limit)
        left, right = stripped(text, start, cut)
        if left < right:
            yield left, right
        start, _ = stripped(text, cut, end)
    if start < end:
        yield start, end


def _ends_sentence(text: str, left: int, match: re.Match[str], end: int) -> bool:
    mark = text[match.start()]
    if mark in ":;":
        return True
    if not (_NEXT.match(text, match.end(), end) or _is_glued(text, match, end)):
        return False
    if mark in ".…" and _inside_bracket(text, left, match.start(), end):
        return False
    before = text[max(left, match.start() - _WINDOW) : match.start() + 1]
    if match.group() == "." and (ends := _after_short_form(text, left, match, before)) is not None:
        return ends
    return match.end() - left > _WINDOW or not _LIST_NUMBER.match(text[left : match.end()])


def _is_glued(text: str, match: re.Match[str], end: int) -> bool:
    """Tell whether a full stop ends a sentence though the space behind it is missing."""
    before = text[max(match.start() - 2, 0) : match.start()]
    return (
        text[match.end() : match.end() + 1].isupper()
        and (before[-1:] in "%)”" or (before.isalpha() and before.islower()))
        and (_GLUED.match(text, match.end(), end) or _OPENER.match(text, match.end(), end))
        is not None
    )


def _after_short_form(text: str, left: int, match: re.Match[str], before: str) -> bool | None:
    """Tell whether a full stop after a short form or a number ends; None where there is none."""
    if _PLACE_KIND.search(before):
        opens = _OPENER.match(text, match.end())
        return bool(opens) or not _PLACE_NAME.match(text, match.end())
    if _LEADING.search(before):
        return False
    if _ABBREVIATED.search(before):
        return bool(_OPENER.match(text, match.end()))
    if _INITIAL.search(before):
        return bool(_LABEL.search(before))
    if _NUMBER.search(before):
        # "đạt 80. Năm" ends with a figure; "Điều 5. Phạm vi" and a leading "1." do not end.
        return not _numbers_a_heading(text, left, match.start())
    if _ROMAN.fullmatch(text, left, match.end()):
        return False
    if match.start() - left < _WINDOW and _HEADING_NUMBER.match(text[left : match.start()]):
        return False
    return None


def _numbers_a_heading(text: str, left: int, stop: int) -> bool:
    window = max(left, stop - _WINDOW)
    if _COUNTS_PARTS.search(text, window, stop) or _CITED.search(text, window, stop):
        return True
    return stop - left < _WINDOW and bool(_HEADING_NUMBER.match(text[left:stop]))


def _inside_bracket(text: str, left: int, stop: int, end: int) -> bool:
    """Tell whether a bracket that is open before an offset is closed soon after it."""
    opened = text.rfind("(", max(left, stop - _BRACKET), stop)
    if opened < 0 or text.find(")", opened, stop) >= 0:
        return False
    closed = text.find(")", stop, min(end, stop + _BRACKET))
    again = text.find("(", stop, min(end, stop + _BRACKET))
    # What closes at the end itself is a bracketed sentence: "(Đã ký.) Nay".
    return closed > stop + 1 and (again < 0 or closed < again)


def _cut(text: str, start: int, stop: int) -> int:
    offset = start + (stop - start) // 3
    marks = list(_CLAUSE.finditer(text, offset, stop))
    for kind in (";", ":", ","):
        found = [mark for mark in marks if mark.group() == kind]
        if found:
            return found[-1].end()
    return marks[-1].end() if marks else stop
