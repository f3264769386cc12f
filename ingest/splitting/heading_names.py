"""The words of headings: what can be a name, what is a letterhead, how a long one is shortened."""

import re
from collections.abc import Sequence

from ingest.figures import find_figures
from ingest.splitting.numbering import UPPER, read_mark
from ingest.splitting.sentences import spans_between

NAME_CHARACTERS = 200
_PLAIN_CHARACTERS = 90
_PLAIN_WORDS = 18
_SHORT_NAME_CHARACTERS = 90
_TARGETS = ("percent", "number", "fraction", "range")

_EMPHASIS = re.compile(r"^[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}$")
MATTER = re.compile(
    r"(?:tóm tắt|mở đầu|lời (?:nói|mở) đầu|đặt vấn đề|kết luận(?: và kiến nghị)?|từ khóa|từ khoá"
    r"|tài liệu tham khảo|abstract|keywords|references|introduction|conclusions?)\s*:?",
    re.IGNORECASE,
)
# What opens a document of the State or the Party, alone in its line and in capitals
# (Nghị định 30/2020/NĐ-CP, điều 7 and phụ lục III; Quy định 66-QĐ/TW).
_KIND = (
    "BỘ LUẬT|LUẬT|PHÁP LỆNH|LỆNH|NGHỊ QUYẾT LIÊN TỊCH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH"
    "|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|CHỈ THỊ|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH"
    "|CHIẾN LƯỢC|BÁO CÁO|TỜ TRÌNH|KẾT LUẬN|HƯỚNG DẪN|QUY ĐỊNH|QUY CHẾ|QUY CHUẨN|THÔNG BÁO"
    "|THÔNG CÁO|CÔNG ĐIỆN|DỰ ÁN|PHƯƠNG ÁN|ĐIỀU LỆ|THÔNG TRI|TUYÊN BỐ|PHỤ LỤC|DANH MỤC"
)
KIND_ALONE = re.compile(rf"(?:DỰ THẢO\s+)?(?:{_KIND})(?:\s+(?:SỐ\s+)?[IVX\d]{{1,4}})?")
KIND_NAMED = re.compile(rf"(?:DỰ THẢO\s+)?(?:{_KIND})\s+[{UPPER}]")
# The head of an official document and its foot name nothing under them.
LETTERHEAD = re.compile(
    r"cộng hòa xã hội|cộng hoà xã hội|đảng cộng sản việt nam|độc lập\s*[-–]\s*tự do"
    r"|(?:luật\s+)?số\s*:?\s*[\d.]*\s*[/-]\S*$|[^\W\d_]+(?:\s[^\W\d_]+){0,3},\s*ngày"
    r"|\(?đã ký|tm\.|t/m|kt\.|tl\.|tuq\.|kính gửi|nơi nhận",
    re.IGNORECASE,
)
NAME_STOP = re.compile(
    r"căn cứ|kính gửi|thực hiện|theo đề nghị|xét|\(?kèm theo|\(?ban hành kèm|[-_=*]{3}",
    re.IGNORECASE,
)
_CITED_PART = re.compile(r"(?:điều|khoản|điểm|chương|mục|phần|phụ lục)\s+[\dIVX]", re.IGNORECASE)
# These name a thing by its number; it is no amount.
_LABEL_NUMBER = re.compile(
    r"\b(?:khoản|điều|chương|mục|giai đoạn|lần thứ|số|cấp độ|mức độ|đề án|phụ lục|mẫu|bước)\s+\d+",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:ảnh|hình|bảng|biểu|biểu đồ|sơ đồ|nguồn|ghi chú|đơn vị|video|clip|tin|bài|theo|tag)\b"
    r"(?:\s*[\d:.,&+]|\s+\d)|.*(?:\||\t|@|_|https?:|www\.|ảnh:|nguồn:)",
    re.IGNORECASE,
)
ENDED = tuple('.,;:!?…”")’»')
_SHORT_NAME_END = re.compile(r"[.:;(–]|,\s|\s-\s")


def without_emphasis(line: str) -> str:
    """Return a line without the Markdown signs of emphasis around it."""
    return _EMPHASIS.sub("", line)


def names_target(line: str) -> bool:
    """Tell whether a line holds a figure that may be a target: a percentage, an amount, a rank."""
    figures = find_figures(_LABEL_NUMBER.sub("", line))
    return any(figure.kind in _TARGETS for figure in figures)


def is_plain_name(line: str) -> bool:
    """Tell whether a line without a mark may be a heading: short, open-ended, no caption."""
    if not line or len(line) > _PLAIN_CHARACTERS or line[-1] in ENDED:
        return False
    words = line.split()
    if len(words) > _PLAIN_WORDS or not (line[0].isupper() or line[0].isdigit()):
        return False
    if len(words) < 2 and not MATTER.fullmatch(line):
        return False
    return not (
        CAPTION.match(line)
        or _CITED_PART.match(line)
        or LETTERHEAD.match(line)
        or _is_person(words)
        or names_target(line)
        or any(figure.kind in ("date", "month", "fraction") for figure in find_figures(line))
    )


def _is_person(words: Sequence[str]) -> bool:
    """Tell whether each syllable is capitalised, as in the name of an author under a title."""
    return 2 <= len(words) <= 5 and all(word[0].isupper() and not word.isupper() for word in words)


def bare_name(text: str) -> str:
    """Return a heading's words on one line, without the signs of its format."""
    line = " ".join(text.split())
    line = re.sub(r"^(?:#{1,6}\s+|[-–+*•]\s+|[*_]{1,3}(?=\S))+", "", line)
    return re.sub(r"(?:\s+#+|[*_]{1,3}|\s*:)+$", "", line).strip()


def short_name_length(line: str) -> int:
    """Return how much of a numbered sentence names it: its first clause, up to any figure."""
    window = line[:NAME_CHARACTERS]
    opened = mark_end(window)
    first_end = next(spans_between(window, 0, len(window)), (0, len(window)))[1]
    targets = [item.start for item in find_figures(window) if item.kind in _TARGETS]
    colon = window.find(":", opened, first_end)
    limit = min([first_end, *(stop for stop in [*targets, colon] if stop > opened)])
    if limit <= _SHORT_NAME_CHARACTERS:
        return limit
    stops = [match.start() for match in _SHORT_NAME_END.finditer(window, opened, limit)]
    near = [stop for stop in stops if opened < stop <= _SHORT_NAME_CHARACTERS]
    if near:
        return near[-1]
    space = window.rfind(" ", opened, _SHORT_NAME_CHARACTERS)
    return space if space > opened else opened


def mark_end(line: str) -> int:
    """Return where the name begins after the mark that opens a line; 0 where there is none."""
    mark = read_mark(line)
    return mark.end if mark else 0
