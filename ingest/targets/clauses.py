"""Which part of a sentence is a figure's own: a sentence with several figures is parted between.

A semicolon parts surely, a comma where a clause begins behind it ("..., tỷ lệ B đạt 90%"), "và"
and "với" right before the next figure. What stands in brackets is a clause of its own. Commas of a
plain list ("y tế, giáo dục") part nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.targets.measures import Measure

Span = tuple[int, int]

_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]{4,300}[”\"»]")
# What someone says, with figures of its own, is read; the name of a document is not.
MEASURED = re.compile(r"\d\s?%|\d\s(?:nghìn|triệu|tỷ)(?!\w)|phần trăm")
_STRONG = re.compile(
    r";|(?<!\w)(?:thì|nhưng|trong khi(?: đó)?|còn)(?=\s+(?:đến |vào |trong |con |năm |tỷ |tỉ |số "
    r"|các |ở |tại |khu ))|(?<![A-ZĐ])(?<!Tp)(?<!tp)\.(?=\s)|:(?=\s+[A-ZĐÀ-Ỹ][a-zà-ỹ])"
)
_HEADS = (
    r"tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tốc độ|mức|chỉ số|năng suất|doanh thu|doanh số|giá trị"
    r"|tổng|số|quy mô|thu nhập|vốn|kim ngạch|sản lượng|diện tích|thời gian|chi phí|thị phần"
    r"|kinh tế|hạ tầng|độ phủ|năng lực"
)
_VERBS = (
    r"xếp|đứng|tăng|giảm|đạt|chiếm|có|thu hút|giúp|nâng|đưa|hoàn thành|cấp|tạo|xử lý|tiếp nhận"
    r"|đào tạo|phấn đấu|duy trì|xây dựng|hình thành|triển khai|phát triển|đã|sẽ|phủ|kết nối|đồng bộ"
    r"|cập nhật|tiết kiệm|phát hành|cắt giảm|bảo đảm|đảm bảo|tổ chức|vượt|bằng|gấp|dự kiến|ước"
    r"|bình quân|tiếp tục|thuộc|nằm|lọt|vào(?= (?:top|nhóm))"
)
_LEADS = r"(?:và |còn |đồng thời |qua đó |góp phần |trong đó,? |riêng |với |tối thiểu |ít nhất )"
_OPENER = re.compile(
    rf"[,:]\s+(?=(?:{_LEADS}){{0,2}}(?:(?:{_HEADS}|{_VERBS}|trong đó|riêng|tối thiểu|ít nhất)(?!\w)"
    r"|(?:đến|tính đến|vào|trong|đầu|cuối|hết)?\s?(?:hết |cuối |đầu )?năm\s\d"
    r"|(?:hiện|đến) nay|hiện|con số))",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\s(?=với\s+(?:tổng|hơn|khoảng|gần|trên|số|mức|tỷ|tỉ|doanh|vốn|giá|\d)|trong đó|và\s+(?:hơn"
    r"|trên"
    r"|khoảng|gần|dưới|tối thiểu|ít nhất|\d|tỷ|tỉ|số)|và\s+(?:"
    rf"{_VERBS}|{_HEADS})(?!\w)|trên tổng số|tương ứng)",
    re.IGNORECASE,
)
_OWN_YEAR = re.compile(
    r"(?:\s+(?!(?:thì|nhưng|còn|và|lên|xuống|đến)\s)[^\W\d_]+){0,2}?\s+(?:(?:vào|trong|đến"
    r"|của)\s+)?(?:(?:cuối|hết|đầu)\s+)?năm\s+\d{4}"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A figure's part of its sentence; `host`: the figure before its brackets, by its place."""

    start: int
    end: int
    bracketed: bool = False
    host: int | None = None


def masked(text: str) -> str:
    """Return the text with names in quotation marks and what is in brackets blotted out."""
    text = _QUOTED.sub(
        lambda match: match.group() if MEASURED.search(match.group()) else blank(match), text
    )
    return _BRACKETS.sub(blank, text)


def blank(match: re.Match[str]) -> str:
    """Return as many signs that mean nothing as a match has characters."""
    return "\ufffc" * len(match.group())


def brackets(text: str) -> list[Span]:
    """Return the spans in brackets, the brackets included."""
    return [match.span() for match in _BRACKETS.finditer(text)]


def clauses_of(text: str, measures: Sequence[Measure], start: int = 0) -> list[Clause]:
    """Return the clause of each measure of a sentence whose words begin at `start`."""
    groups: dict[Span | None, list[int]] = {}
    spans = brackets(text)
    for place, measure in enumerate(measures):
        home = next((s for s in spans if s[0] < measure.start and measure.end <= s[1]), None)
        groups.setdefault(home, []).append(place)
    found: dict[int, Clause] = {}
    for home, places in groups.items():
        low, high = (home[0] + 1, home[1] - 1) if home else (start, len(text))
        seen = text if home else masked(text)
        host = _host(groups.get(None, []), measures, low) if home else None
        own = [measures[place] for place in places]
        for place, (left, right) in zip(places, _parted(seen, own, low, high), strict=True):
            found[place] = Clause(*_trimmed(text, left, right), home is not None, host)
    return [found[place] for place in range(len(measures))]


def _host(places: Sequence[int], measures: Sequence[Measure], before: int) -> int | None:
    earlier = [place for place in places if measures[place].end <= before]
    return earlier[-1] if earlier else None


def _parted(text: str, measures: Sequence[Measure], low: int, high: int) -> list[Span]:
    first_start = _last_strong(text, low, measures[0].start) or low
    starts, ends = [first_start], []
    for one, two in pairwise(measures):
        end, start = _border(text, one, two)
        ends.append(end)
        starts.append(start)
    strong = _STRONG.search(text, measures[-1].end, high)
    ends.append(strong.start() if strong else high)
    return list(zip(starts, ends, strict=True))


def _last_strong(text: str, low: int, high: int) -> int | None:
    found = list(_STRONG.finditer(text, low, high))
    return _after(found[-1]) if found else None


def _after(match: re.Match[str]) -> int:
    return match.end() if match.group() in ";.:" else match.start()


def _border(text: str, one: Measure, two: Measure) -> Span:
    """Return where the clause of one figure ends and that of the next begins."""
    left, right = one.end, two.start
    if own := _OWN_YEAR.match(text, left, right):
        left = own.end()
    strong = list(_STRONG.finditer(text, left, right))
    if strong:
        return strong[0].start(), _after(strong[-1])
    commas = list(_OPENER.finditer(text, left, right))
    if commas:
        return commas[0].start(), commas[-1].end()
    if comma := re.search(r",\s*(?:và\s+)?$", text[left:right]):
        return left + comma.start(), right
    withs = list(_WITH.finditer(text, left, right))
    if withs:
        return withs[-1].start(), withs[-1].end()
    if joint := re.search(r"\s(?:và|hoặc|cùng|với|đến|lên|xuống)\s*$", text[left:right]):
        return left + joint.start(), right
    if (joint_at := text.rfind(" và ", left, right)) >= 0 and one.percent:
        return joint_at, joint_at + 1
    comma_at = text.rfind(", ", left, right)
    if comma_at >= 0:
        return comma_at, comma_at + 1
    return left, left


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",;:–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return start, end
