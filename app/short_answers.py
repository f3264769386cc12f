"""The shortest piece of a quote that answers: a figure with its unit, a date, a name."""

import re
from collections.abc import Collection, Sequence

from app.evidence import Evidence, subjects
from app.questions import Question, years_named
from ingest.figures import Figure, FigureKind, find_figures
from ingest.places import find_places
from ingest.text import fold, folded_tokens

_WANTED: dict[str, tuple[FigureKind, ...]] = {
    "percent": ("percent",),
    "rank": ("fraction",),
    "count": ("number", "fraction", "range", "percent"),
    "date": ("date", "month", "year"),
    "legal": ("legal",),
}
_RANK = re.compile(
    r"(?:đứng|xếp|dẫn)\s+(?:đầu|thứ\s+(?:nhất|hai|ba|tư|năm|\d+(?:/\d+)?)|hạng\s+\d+)|thứ\s+\d+(?:/\d+)?",
    re.IGNORECASE,
)
_NAME_WORD = r"[A-ZĐÀ-Ỹ][a-zđà-ỹ]+"
# Words that open a sentence, a form of address or the name of an office begin no person's name.
_NO_NAME = "Theo|Ông|Bà|Anh|Chị|Do|Tại|Trong|Khi|Với|Sở|Bộ|Ban|Cục|Vụ|Viện|Phòng"
_NAME = re.compile(rf"(?<![\w.])(?!(?:{_NO_NAME})\s){_NAME_WORD}(?:\s+{_NAME_WORD}){{1,3}}")
_COUNTED = re.compile(r"\b(?:bao nhieu|may)\s+([a-z]+(?:\s+[a-z]+){0,4})")
# Above all that words can add: a figure of another place or year comes last.
_STRAY_WEIGHT = 100.0
_OPERATOR = re.compile(
    r"\b(?:trên|hơn|gần|khoảng|tối thiểu|ít nhất|tối đa|dưới|từ|đạt trên)\s$", re.IGNORECASE
)
_UPWARD = re.compile(r"\s+trở (?:lên|xuống)")
_IN_GROUP = re.compile(r"\b(?:nhóm|top|trong số)\b", re.IGNORECASE)
_GROUP_CHARACTERS = 60
_OFFICE = re.compile(
    r"\b(?:Phó|Chủ|Bí|Thư|Thành|Tỉnh|Đảng|Ủy|Ban|Hội|Bộ|Sở|Nghị|Đại|Quốc|Trung|Tổng|Chính|Kế|Đề)\b"
)
_WORD_AFTER = re.compile(r"\s+[^\W\d_]+")
_CLAUSE = re.compile(r"[,;:()]|\s(?:và|trong đó|nhưng)\s")
# Words that follow a figure and are no unit.
_AFTER_UNIT = (
    "và của trong so với là được có đã tại ở trên đến vào theo cho như hoặc đang sử đầu tiên "
    "triển hoạt mới"
)
_NO_UNIT = frozenset(_AFTER_UNIT.split())


def short_answer(question: Question, evidence: Sequence[Evidence]) -> str | None:
    """Return the piece of the first quote that answers a question for a figure, date or name.

    None where two pieces fit equally well: the quote itself says which is which.
    """
    if not evidence or question.kind in ("list", "comparison", "yes_no", "text"):
        return None
    quote = evidence[0].quote
    if question.kind == "rank" and (rank := _RANK.search(quote)):
        return _rank(question, quote, rank)
    if question.kind == "who":
        return _nearest_name(question, quote)
    figures = find_figures(quote, written_out=True)
    figures = [item for item in figures if _fits(question, quote, item)]
    best = _clear_best(
        [(_nearness(question, quote, item.start, item.end), item) for item in figures]
    )
    return _with_unit(quote, best) if best else None


def _clear_best(scored: Sequence[tuple[float, Figure]]) -> Figure | None:
    """Return the figure that scores above every other value, None where two values tie."""
    if not scored:
        return None
    top, best = max(scored, key=lambda pair: pair[0])
    rivals = [item for score, item in scored if score >= top and item.key != best.key]
    return None if rivals else best


def _rank(question: Question, quote: str, rank: re.Match[str]) -> str | None:
    """Return a rank as written; none of a group's ("nhóm 3 ... đứng đầu") or of another year."""
    if _IN_GROUP.search(quote, max(0, rank.start() - _GROUP_CHARACTERS), rank.start()):
        return None
    left, right = _clause(quote, rank.start(), rank.end())
    return None if _is_of_another(question, quote[left:right], quote[:left]) else rank.group()


def _fits(question: Question, quote: str, figure: Figure) -> bool:
    asked = {item.key for item in find_figures(question.text)}
    if figure.kind not in _WANTED[question.kind] or figure.key in asked:
        return False
    left, right = _clause(quote, figure.start, figure.end)
    return not _is_of_another(question, quote[left:right])


def _is_of_another(question: Question, clause: str, before: str = "") -> bool:
    """Tell whether a clause (or else what is before it) names only a place or year not asked."""
    places = [place.name for place in find_places(clause) or find_places(before)[-1:]]
    years = years_named(clause) or years_named(before)[-1:]
    if question.kind == "date":
        years = ()
    return _strays(places, question.places) or _strays(years, question.years)


def _strays(named: Collection[object], asked: Collection[object]) -> bool:
    return bool(named) and bool(asked) and not any(item in named for item in asked)


def _nearness(question: Question, quote: str, start: int, end: int) -> float:
    """Return how well a piece fits: the noun counted after it, words and year in its clause."""
    left, right = _clause(quote, start, end)
    clause = quote[left:right]
    # A place is told by `_is_of_another`: here its name would favour the figure beside it.
    wanted = {token for tokens in subjects(question) for token in tokens}
    own = wanted & set(folded_tokens(clause))
    near = wanted & set(folded_tokens(quote[max(0, start - 40) : end + 30]))
    counted = _shared_start(_asked_noun(question), folded_tokens(quote[end : end + 40]))
    dated = bool(set(question.years) & set(years_named(clause)))
    strays = _is_of_another(question, clause, quote[:left])
    return len(own) + 0.5 * len(near) + 2.0 * (counted + dated) - _STRAY_WEIGHT * strays


def _asked_noun(question: Question) -> list[str]:
    """Return the words that the question counts: "mấy dự án đang" -> du, an, dang."""
    match = _COUNTED.search(fold(question.text).casefold())
    return match.group(1).split() if match else []


def _shared_start(asked: Sequence[str], following: Sequence[str]) -> int:
    """Return how many words from the first on are the same."""
    count = 0
    for one, other in zip(asked, following, strict=False):
        if one != other:
            break
        count += 1
    return count


def _clause(quote: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the clause around a figure."""
    left, right = 0, len(quote)
    for border in _CLAUSE.finditer(quote):
        if border.end() <= start:
            left = border.end()
        elif border.start() >= end:
            right = border.start()
            break
    return left, right


def _with_unit(quote: str, figure: Figure) -> str:
    """Return the figure with "trên", "tối thiểu" ... before it and the words that it counts."""
    start, end = figure.start, figure.end
    if operator := _OPERATOR.search(quote, max(0, start - 12), start):
        start = operator.start()
    if upward := _UPWARD.match(quote, end):
        return quote[start : upward.end()]
    if figure.kind in ("number", "range"):
        for word in list(_WORD_AFTER.finditer(quote, end))[:2]:
            if word.start() != end or word.group().strip().casefold() in _NO_UNIT:
                break
            end = word.end()
    return quote[start:end]


def _nearest_name(question: Question, quote: str) -> str | None:
    """Return the name nearest to the question's words; places and offices are no names."""
    asked = set(folded_tokens(question.search_text))
    places = [(place.start, place.end) for place in find_places(quote)]
    names = [
        name
        for name in _NAME.finditer(quote)
        if not set(folded_tokens(name.group())) <= asked
        and not _OFFICE.search(name.group())
        and not any(start < name.end() and name.start() < end for start, end in places)
    ]
    if not names:
        return None
    best = max(names, key=lambda name: _nearness(question, quote, name.start(), name.end()))
    return best.group()
