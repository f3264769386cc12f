"""The year of a figure: in its clause, else before it in the sentence, else around the sentence.

Years in the names of documents and programmes, of comparisons ("so với năm 2021"), of issue and
publication, and where a span begins ("từ năm 2011 đến nay") are no figure's year. "Hiện nay" and
"đến nay" end what a year before them covers: they mean the time of writing, no stated year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.figures import Figure, find_figures
from ingest.targets.clauses import MEASURED, Clause, brackets
from ingest.targets.genres import AIM_HEADING

_NAMES = re.compile(r"[“\"«][^“”\"«»]{4,300}[”\"»]")
# "... đến năm 2026, tầm nhìn đến năm 2035": two years of one name.
_OUTLOOK = re.compile(
    r"(?:đến|giai đoạn|từ)\s+(?:hết\s+)?(?:năm\s+)?\d{4}(?:\s?[-–]\s?(?:năm\s+)?\d{4})?\s*[,và]*\s*"
    r"(?:và\s+)?(?:định hướng|tầm nhìn|có tính đến|hướng (?:tới|đến))\s+(?:đến\s+"
    r"|tới\s+)?(?:năm\s+)?\d{4}",
    re.IGNORECASE,
)
_ISSUE = r"ban hành|công bố|phê duyệt|thông qua|ký|khai trương|ra mắt|thành lập|tổ chức|đăng tải"
_COMPARED_BEFORE = re.compile(
    r"(?:so với|gấp \S+ lần|(?:so|hơn|với|bằng) cùng kỳ|(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|tốt) hơn"
    r"|bằng (?:với )?mức"
    r"|vượt (?:mức )?(?:chỉ tiêu|mục tiêu|kế hoạch)|vượt mức)"
    r"(?:\s+(?:của|cùng kỳ|mức|trung bình|thời điểm|giai đoạn|cuối|đầu|kế hoạch|chỉ tiêu|mục tiêu"
    r"|giao"
    r"|được|được giao|đề ra|đặt ra|đến|hết|cả|các|những|tháng|quý|trong|vào|kỳ))*\s*(?:ngày|tháng"
    r"|quý|năm)?\s*$",
    re.IGNORECASE,
)
_PUBLISHED_BEFORE = re.compile(
    rf"(?:{_ISSUE})(?:\s+(?:vào|trong|từ|tại|lần đầu|chính thức|hồi|cuối|đầu|giữa))*"
    r"\s+(?:ngày|tháng|quý|năm)?\s*$",
    re.IGNORECASE,
)
_PUBLISHED_AFTER = re.compile(
    r",?\s[^.;:“”]{0,90}?(?:đã\s+)?(?:ban hành|ký ban hành|phê duyệt|thông qua"
    r"|(?<!chữ )ký(?! số))\s",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(
    r"(?<!\w)(?:từ|kể từ|tính từ|bắt đầu từ|sau|giữa)\s+(?:đầu\s+|cuối\s+|giữa\s+)?(?:ngày|tháng"
    r"|quý|năm)?\s*$",
    re.IGNORECASE,
)
_TERM_BEFORE = re.compile(r"(?:nhiệm kỳ|khóa|khoá|niên khóa)\s+\S*\s*$", re.IGNORECASE)
_LEGAL_BEFORE = re.compile(r"^[\s,(]*(?:(?:ban hành|ký)\s+)?(?:ngày|tháng|năm)?\s*$", re.IGNORECASE)
_OF_ISSUER = re.compile(
    r"^[\s,(]*(?:của|do)\s[^,;.()“”\"\d]{2,70},?\s*(?:ngày|tháng|năm)\s*$", re.IGNORECASE
)
_NOW = re.compile(
    r"(?<!\w)(?:hiện nay|hiện tại|đến nay|tới nay|cho đến nay|đến thời điểm (?:này|hiện tại"
    r"|hiện nay)"
    r"|thời gian (?:qua|gần đây)|(?:những|các|nhiều) năm (?:qua|gần đây)"
    r"|(?<!thực )(?<!thể )(?<!phát )"
    r"(?<!xuất )(?<!biểu )hiện(?=,|\s(?:đạt|có|đang|đã|là)))(?!\w)",
    re.IGNORECASE,
)
# "2.1. Đến năm 2025": below a heading of aims.
_ONLY_TIME = re.compile(
    r"[\W\d.IVXa-d]{0,8}\s?(?:đến|hết|trong|giai đoạn|năm|cuối)(?:\s(?:cuối|hết|năm))*\s\d{4}"
    r"(?:\s?[-–]\s?(?:năm )?\d{4})?\W*",
    re.IGNORECASE,
)
# "35% năm 2022".
_NEXT = re.compile(r"(?:\s[^\W\d_]+){0,2}?\s(?:năm|quý|tháng)\s")
# "Bắc Ninh, ngày 20/11/2024 - ...": where and when a report was written.
_BEFORE_BRACKETS = re.compile(r"năm (?P<year>(?:19|20)\d\d)\s*\(\s*$", re.IGNORECASE)
_DATELINE = re.compile(r"\W*(?:[^\W\d_]+[\s.]*){1,6},?\s*\(?(?:ngày\s)?\s*\S{6,10}\)?\s*[-–—:]\s")
# "(cùng kỳ là 65%)": another year, which is not stated.
_YEAR_AGO = re.compile(
    r"(?<!với )(?<!so )(?<!hơn )(?<!bằng )(?<!\w)(?:cùng kỳ(?! năm \d| \d)|năm trước(?! đó)"
    r"|năm ngoái)(?!\w)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"[^,;()]{0,40}?(?:(?:vào|trong|đến|tới|của|trước|tính đến)\s+)(?:(?:cuối|hết|đầu|giữa|quý"
    r"|tháng)\s+)?"
    r"(?:\S+\s+)?(?:năm\s+)?$",
    re.IGNORECASE,
)
_GLUED_END = re.compile(
    r"(?<![,;:])\s(?:vào|trong|đến|tới|trước)\s(?:(?:cuối|hết|đầu|giữa)\s)?(?:năm\s)?$",
    re.IGNORECASE,
)
_YEAR_IN_KEY = re.compile(r"(?:19|20)\d\d")
_YEARLY = re.compile(
    r"(?:kế hoạch|chương trình|báo cáo|nghị quyết"
    r"|kết quả)(?!\w).*?(?<!đến )(?<!hết )năm\s\d{4}\W*(?:của\s.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_REACH = 40
_OPENING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A year that a sentence may give to its figures; None: "now", the time of writing."""

    start: int
    end: int
    year: int | None


def find_mentions(text: str) -> list[Mention]:
    """Return the years of a sentence that may be a figure's, and its words for now, in order."""
    figures = find_figures(text, written_out=True)
    names = [item for item in _NAMES.finditer(text) if not MEASURED.search(item.group())]
    hidden = [match.span() for match in (*names, *_OUTLOOK.finditer(text))]
    found = [
        Mention(figure.start, figure.end, year)
        for place, figure in enumerate(figures)
        if (year := _year(figure)) is not None
        and not any(start <= figure.start < end for start, end in hidden)
        and not _is_other(text, figure, figures[:place])
    ]
    undated = [*_NOW.finditer(text), *_YEAR_AGO.finditer(text)]
    found += [Mention(*match.span(), None) for match in undated]
    return sorted(found, key=lambda item: item.start)


def _year(figure: Figure) -> int | None:
    """Return the year of a date, month, quarter or year, the last of a span."""
    timed = figure.kind in ("date", "month", "year") or figure.key.startswith("ry:")
    years = _YEAR_IN_KEY.findall(figure.key) if timed else []
    return int(years[-1]) if years else None


def _is_other(text: str, figure: Figure, earlier: Sequence[Figure]) -> bool:
    """Tell whether a time is no figure's: of comparison, of issue, of a beginning, of a name."""
    before = text[max(0, figure.start - 2 * _REACH) : figure.start]
    rules = (_COMPARED_BEFORE, _PUBLISHED_BEFORE, _TERM_BEFORE)
    if any(rule.search(before) for rule in rules):
        return True
    if not figure.key.startswith("ry:") and _FROM_BEFORE.search(before):
        return True
    if figure.kind in ("date", "month") and _PUBLISHED_AFTER.match(text, figure.end):
        return True
    dateline = _DATELINE.match(text) if figure.kind == "date" else None
    if dateline and figure.end <= dateline.end():
        return True
    return _dates_document(text, figure, earlier)


def _dates_document(text: str, figure: Figure, earlier: Sequence[Figure]) -> bool:
    legal = [item for item in earlier if item.kind == "legal" or item.key.startswith("l:")]
    if not legal or figure.kind != "date":
        return False
    between = text[legal[-1].end : figure.start]
    return bool(_LEGAL_BEFORE.match(between) or _OF_ISSUER.match(between))


def own_mention(
    text: str, mentions: Sequence[Mention], clause: Clause, start: int, end: int
) -> Mention | None:
    """Return the mention in the clause of the figure between two offsets.

    One right after the figure ("25% vào năm 2025") comes before the last one ahead of it, that
    before any later one. Of other brackets than its own only those right behind it count.
    """
    inside = [item for item in mentions if clause.start <= item.start < clause.end]
    if not clause.bracketed:
        inside = [item for item in inside if _reachable(text, item, end)]
    after = [item for item in inside if item.start >= end]
    before = [item for item in inside if item.end <= start]
    glued = after and any(rule.fullmatch(text, end, after[0].start) for rule in (_GLUED, _NEXT))
    if glued and after[0].year is not None:
        return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _reachable(text: str, item: Mention, end: int) -> bool:
    """Tell whether a mention stands in no brackets, or in those that follow the figure."""
    for start, stop in brackets(text):
        if start < item.start < stop:
            held = text[start + 1 : stop - 1]
            return start >= end and len(text[end:start].strip()) <= _REACH and not _measured(held)
    return True


def _measured(text: str) -> bool:
    return MEASURED.search(text) is not None


def year_before_brackets(text: str, clause: Clause) -> int | None:
    """Return the year right before a figure's brackets: "vượt mục tiêu đến năm 2025 (25%)"."""
    found = _BEFORE_BRACKETS.search(text, 0, clause.start)
    return int(found["year"]) if found else None


def earlier_mention(
    text: str, mentions: Sequence[Mention], clause: Clause, *, aside_from: float
) -> Mention | None:
    """Return the last mention before the clause in the sentence.

    Those in brackets count from the year `aside_from` on: of an aim "(năm 2025 đạt 30%)" goes on,
    of a result, and where it is past, it is an aside.
    """
    spans = brackets(text)
    for item in reversed(mentions):
        if item.end > clause.start and not (clause.bracketed and item.end <= clause.start):
            continue
        aside = any(start < item.start < stop for start, stop in spans)
        if clause.bracketed or not aside or (item.year or 0) >= aside_from:
            return item
    return None


def closing_mention(text: str, mentions: Sequence[Mention], clause: Clause) -> Mention | None:
    """Return the one year that a sentence of several aims ends with: "A đạt 5 và B đạt 6 vào 2030".

    A year that opens a later clause ("..., đến năm 2030 đạt 80%") is that clause's alone.
    """
    later = [item for item in mentions if item.start >= clause.end]
    if len({item.year for item in mentions}) != 1 or not later or ";" in text[clause.end :]:
        return None
    ends = not MEASURED.search(text, later[0].end) and not re.search(r"\d", text[later[0].end :])
    before = _GLUED_END.search(text, clause.end, later[0].start)
    return later[0] if ends and before else None


def opening_mention(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that a sentence opens with: it covers the sentences that follow too."""
    for item in mentions:
        opening = text[: item.start]
        if len(opening.split()) <= _OPENING_WORDS and not re.search(r"[;:.]", opening):
            return item
        break
    return None


def heading_year(headings: Sequence[str], *, aims: bool) -> int | None:
    """Return the year of the deepest heading that gives one; `aims`: that speaks of aims."""
    above = any(AIM_HEADING.search(words) for words in headings)
    for words in reversed(headings):
        year = only_year(words)
        named = AIM_HEADING.search(words) or (above and _ONLY_TIME.fullmatch(words))
        if year is not None and (not aims or named):
            return year
    return None


def title_year(title: str) -> int | None:
    """Return the year of a yearly plan or report, "Kế hoạch chuyển đổi số năm 2024"; else None."""
    return only_year(title) if _YEARLY.match(title) else None


def only_year(text: str) -> int | None:
    """Return the year that a heading or title gives, None where it gives none or several."""
    years = {item.year for item in find_mentions(text) if item.year is not None}
    return years.pop() if len(years) == 1 else None


def last_year(text: str) -> int | None:
    """Return the last year that the lines above a list give."""
    years = [item.year for item in find_mentions(text)]
    return years[-1] if years else None
