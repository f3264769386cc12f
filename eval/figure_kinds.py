"""What kind of figure a fact of the gold is: told from its spellings and the words around it."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from eval.cases import Case
from eval.figures import Figure, find_figures
from eval.matching import comparable, holds_any, occurrence

FigureKind = Literal["percent", "count", "rank", "date", "legal_number", "money"]
KINDS: tuple[FigureKind, ...] = get_args(FigureKind)

_NEAR = 24
_SCALE = r"(?:\s*(?:nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion))*"
_MONEY = re.compile(rf"{_SCALE}\s*(?:đồng|vnd|vnđ|usd|đô la|dollars?|euro?)(?!\w)|\s*[$€₫]")
_PERCENT = re.compile(r"\s*(?:điểm\s+)?(?:%|phần trăm|per\s?cent)")
_RANK = re.compile(r"(?:thứ|hạng|vị trí|top|rank(?:ed)?|lần thứ)\s*$")
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)(?!\w)")
_LEGAL = re.compile(
    r"(?:nghị quyết|quyết định|kế hoạch|nghị định|thông tư|chỉ thị|kết luận|công văn|luật"
    r"|resolution|decision|plan|decree|circular|directive)\s*(?:số\s*|no\.?\s*)?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def told_kinds(case: Case, text: str) -> tuple[tuple[FigureKind, ...], tuple[FigureKind, ...]]:
    """Return the kinds of the figures that the gold holds, and of those that the text tells."""
    facts = [(kind_of(fact, case.evidence), fact) for fact in case.gold]
    wanted = [(kind, fact) for kind, fact in facts if kind]
    told = [kind for kind, fact in wanted if holds_any(text, fact)]
    return tuple(kind for kind, _ in wanted), tuple(told)


def kind_of(fact: Sequence[str], evidence: Iterable[str]) -> FigureKind | None:
    """Return the kind of figure that the spellings of a fact name, None where they name none."""
    figures = [figure for spelling in fact for figure in find_figures(spelling)[:1]]
    if not figures or all(_has(figure, "code") for figure in figures):
        return None
    for prefix, kind in _BY_KEY:
        if any(_has(figure, prefix) for figure in figures):
            return kind
    contexts = [*((spelling, spelling) for spelling in fact)]
    contexts += [(text, spelling) for text in evidence for spelling in fact]
    kinds = {_kind_in(comparable(text), spelling) for text, spelling in contexts}
    return next((kind for kind in _BY_WORDS if kind in kinds), "count")


_BY_KEY: tuple[tuple[str, FigureKind], ...] = (
    ("day", "date"),
    ("month", "date"),
    ("percent", "percent"),
    ("points", "percent"),
)
_BY_WORDS: tuple[FigureKind, ...] = ("legal_number", "money", "percent", "rank", "date")


def _has(figure: Figure, prefix: str) -> bool:
    return any(key.startswith(f"{prefix}:") for keys in figure.needs for key in keys)


def _kind_in(text: str, spelling: str) -> FigureKind | None:
    """Return the kind that the words around the spelling's first figure in the text tell."""
    place = occurrence(text, spelling)
    figures = find_figures(text[place.start() : place.end()]) if place else []
    if not place or not figures:
        return None
    start = place.start() + figures[0].start
    end = start + len(figures[0].text)
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _has(figures[0], "document") or _LEGAL.search(before):
        return "legal_number"
    if _MONEY.match(after) or re.search(r"[$€]$|usd\s?$", before):
        return "money"
    if _PERCENT.match(after):
        return "percent"
    if _RANK.search(before) or _ORDINAL.match(after):
        return "rank"
    return "date" if _YEAR.fullmatch(figures[0].text) else None
