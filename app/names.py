"""Names in a sentence: of persons, of organisations, and of things of one kind."""

import re
from collections.abc import Iterator

from app.short_forms import expansions
from app.spelling import is_syllable
from ingest.places import find_places
from ingest.splitting.numbering import UPPER
from ingest.text import fold

Span = tuple[int, int]

CAPITAL = f"[{UPPER}]"
_SYLLABLE = rf"{CAPITAL}[a-zđà-ỹ]+"
# Words that open a sentence, a form of address or the name of an office begin no person's name.
_NO_PERSON = (
    "Theo|Ông|Bà|Anh|Chị|Do|Tại|Trong|Khi|Với|Sở|Bộ|Ban|Cục|Vụ|Viện|Phòng|Hội|Công|Tập|Tổng|Đảng"
    "|Thành|Tỉnh|Ủy|Chủ|Phó|Bí|Thư|Giám|Nghị|Quyết|Kế|Đề|Luật|Khu|Cảng|Quận|Huyện|Phường|Xã|Trung"
    "|Chính|Quốc|Đại|Việt|Hiện|Đến|Năm|Ngày|Các|Những|Mục|Nền|Hệ|Cổng|Trang|Báo|Tạp"
)
_PERSON = re.compile(rf"(?<![\w.])(?!(?:{_NO_PERSON})\s){_SYLLABLE}(?:\s{_SYLLABLE}){{1,3}}(?!\w)")
_BODY = (
    "Sở|Bộ|Ban|Cục|Tổng cục|Chi cục|Vụ|Viện|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Thành ủy|Tỉnh ủy"
    "|Đảng ủy|Huyện ủy|Quận ủy|Tập đoàn|Tổng công ty|Tổng Công ty|Công ty|Trung tâm|Văn phòng|Hội|"
    "Hiệp hội|Liên minh|Đoàn|Chính phủ|Thủ tướng|Quốc hội|Công an|Ngân hàng|Trường|Đại học|Học viện"
    "|Quỹ|Mặt trận|Thanh tra|Kho bạc|Bảo hiểm|Cơ quan|Tổ công tác|Phòng"
)
# Where the name of a body ends: verbs and words of grammar that are written small.
_ENDS_NAME = re.compile(
    r"\s(?:đã|sẽ|đang|là|trình|ban|chủ|phối|tổ|triển|thực|phê|cho|có|được|tại|trong|về|theo|để|khi"
    r"|thành(?= lập)|làm"
    r"|tham|hướng|phải|cũng|vừa|cùng|với|và (?=[a-zđà-ỹ]+\s)|xây|giao|tiếp|đề|ký|công|yêu|kiểm"
    r"|chịu|thống|hỗ|bố|lập|lắp|lo|mở|soạn|nhằm|do|từ|ở|đến|vào|mà|nên|cần|trực|trả|xem|nêu|cam"
    r"|đưa)(?=\W|$)"
    r"|[,;:()“”\"/]|(?<!TP)(?<!Tp)\."
)
_ORGANISATION = re.compile(rf"(?<![\w/-])(?:{_BODY})(?=\s|,|;|\.|$)")
_TITLE = re.compile(
    r"(?<!\w)(?:Phó |Quyền )?(?:Chủ tịch|Bí thư|Giám đốc|Tổng Giám đốc|Cục trưởng|Vụ trưởng"
    r"|Bộ trưởng"
    r"|Thứ trưởng|Thủ tướng|Chánh Văn phòng|Trưởng ban|Viện trưởng|Hiệu trưởng|Chủ nhiệm)[^,;:()]*",
    re.IGNORECASE,
)
# Two capitalised syllables or more, or one word of Latin letters as foreign names have ("Siemens").
_PROPER = re.compile(
    rf"(?<=[^\W\d_]\s)(?:{_SYLLABLE}(?:\s{_SYLLABLE})+"
    r"|[A-Z][a-z]*[aeiouy][bcdfghjklmnpqrstvwxz]+[aeiouy][a-z]*\b|[A-Z]{3,}\b)|^[A-Z]{3,}\b"
)
# A country of one syllable: "bên Nhật", "sang Mỹ".
_COUNTRY = re.compile(
    r"(?:(?<=\bbên )|(?<=\bnước )|(?<=\bsang )|(?<=\bqua )(?<!thông qua ))"
    rf"{_SYLLABLE}(?!\w|\s{CAPITAL})"
)
_FOREIGN_WORD = r"(?:[A-Za-z][A-Za-z0-9-]{3,}|[A-Z]\w*[A-Z]\w*)"
_FOREIGN = re.compile(rf"(?<![\w-]){_FOREIGN_WORD}(?:\s(?=[A-Z]){_FOREIGN_WORD})*(?![\w-])")
_MOST_WORDS = 12
_ENDS_PHRASE = re.compile(
    r"[,;()“”\"]|[.:](?=\s|$)|\s(?:và|đã|sẽ|đang|được|để|khi|nhằm|mà|vì|do|thì|có|cho|trong đó|theo"
    r"|với|tại|chịu|phải)(?=\s)"
)


def persons(text: str) -> Iterator[Span]:
    """Yield the spans of what may be names of persons."""
    return (
        match.span()
        for match in _PERSON.finditer(text)
        if all(word[0].isupper() for word in match.group().split())
    )


def titles(text: str) -> Iterator[Span]:
    """Yield the spans of what may be the titles of persons: Phó Chủ tịch UBND ..."""
    for match in _TITLE.finditer(text):
        yield match.start(), _limited(text, match.start(), match.end())


def organisations(text: str) -> Iterator[Span]:
    """Yield the spans of the names of bodies: offices, companies, associations."""
    end = 0
    places = [(place.start, place.end) for place in find_places(text)]
    for match in _ORGANISATION.finditer(text):
        if match.start() < end or any(low < match.start() < high for low, high in places):
            continue
        stop = _ENDS_NAME.search(text, match.end())
        end = _limited(text, match.start(), stop.start() if stop else len(text))
        yield match.start(), end


def proper_names(text: str) -> list[str]:
    """Return the names in a text that is written with capitals: not what opens a sentence."""
    places = [(place.start, place.end) for place in find_places(text)]
    return [
        match.group()
        for pattern in (_PROPER, _COUNTRY)
        for match in pattern.finditer(text)
        if pattern is _PROPER or not re.fullmatch(_NO_PERSON, match.group())
        if not any(start < match.end() and match.start() < end for start, end in places)
        and not expansions(match.group())
    ]


def foreign_names(text: str) -> Iterator[Span]:
    """Yield the spans of what is in words of no Vietnamese syllables: WeGO, Nissan Techno."""
    end = -1
    for match in _FOREIGN.finditer(text):
        names = [word for word in match.group().split() if not is_syllable(fold(word).casefold())]
        if names and match.start() > end and not expansions(match.group()):
            end = match.end()
            yield match.span()


def phrase_from(text: str, start: int, end: int) -> Span:
    """Return the span of a phrase that begins with the words at start..end."""
    stop = _ENDS_PHRASE.search(text, end)
    return start, _limited(text, start, stop.start() if stop else len(text))


def _limited(text: str, start: int, end: int) -> int:
    words = list(re.finditer(r"\S+", text[start:end]))[:_MOST_WORDS]
    return start + words[-1].end() if words else start
