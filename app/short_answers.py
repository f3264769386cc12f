"""The shortest piece of a quote that answers: a figure with its unit, a date, a name."""

import re
from collections.abc import Collection, Sequence

from app.evidence import Evidence, content_tokens
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
_COUNTED = re.compile(r"\b(?:bao nhieu|may)\s+([a-z]+)")
# Above all that words can add: a figure of another place or year comes last.
_STRAY_WEIGHT = 100.0
_WORD_AFTER = re.compile(r"\s+[^\W\d_]+")
_CLAUSE = re.compile(r"[,;:()]|\s(?:và|trong đó|nhưng)\s")
# Words that follow a figure and are no unit.
_AFTER_UNIT = (
    "và của trong so với là được có đã tại ở trên đến vào theo cho như hoặc đang sử đầu tiên "
    "triển hoạt mới"
)
_NO_UNIT = frozenset(_AFTER_UNIT.split())


def short_answer(question: Question, evidence: Sequence[Evidence]) -> str | None:
    """Return the piece of the first quote that answers a question for a figure, date or name."""
    if not evidence or question.kind in ("list", "comparison", "yes_no", "text"):
        return None
    quote = evidence[0].quote
    if question.kind == "rank" and (rank := _RANK.search(quote)):
        return rank.group()
    if question.kind == "who":
        return _nearest_name(question, quote)
    figures = find_figures(quote, written_out=True)
    figures = [item for item in figures if _fits(question, quote, item)]
    if not figures:
        return None
    best = max(figures, key=lambda figure: _nearness(question, quote, figure.start, figure.end))
    return _with_unit(quote, best)


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
    """Return how well a piece fits: asked noun after it, words in its clause, no other place."""
    left, right = _clause(quote, start, end)
    wanted = set(content_tokens(question.search_text)) | {str(year) for year in question.years}
    own = wanted & set(folded_tokens(quote[left:right]))
    near = wanted & set(folded_tokens(quote[max(0, start - 40) : end + 30]))
    following = folded_tokens(quote[end : end + 30])[:2]
    noun = _asked_noun(question)
    follows = bool(noun and following[: len(noun)] == noun)
    strays = _is_of_another(question, quote[left:right], quote[:left])
    return len(own) + 0.5 * len(near) + 2.0 * follows - _STRAY_WEIGHT * strays


def _asked_noun(question: Question) -> list[str]:
    """Return the word that the question counts: "mấy dự án" -> ["du"]; none for a percentage."""
    match = _COUNTED.search(fold(question.text).casefold())
    return [match.group(1)] if match else []


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
    """Return the figure with the one or two words after it that say what it counts."""
    end = figure.end
    if figure.kind in ("number", "range"):
        for word in list(_WORD_AFTER.finditer(quote, end))[:2]:
            if word.start() != end or word.group().strip().casefold() in _NO_UNIT:
                break
            end = word.end()
    return quote[figure.start : end]


def _nearest_name(question: Question, quote: str) -> str | None:
    asked = set(folded_tokens(question.search_text))
    names = [
        name for name in _NAME.finditer(quote) if not set(folded_tokens(name.group())) <= asked
    ]
    if not names:
        return None
    best = max(names, key=lambda name: _nearness(question, quote, name.start(), name.end()))
    return best.group()
