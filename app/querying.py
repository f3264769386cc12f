"""What a look-up asks for: its words of substance, places, year, kind; how a row answers them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from app.comparing import NATION
from app.sameness import indicator_key, plain
from ingest.documents import Target, TargetKind
from ingest.figures import find_figures
from ingest.places import find_places
from ingest.text import fold, with_pairs

# Words that a question is put with, folded.
_ASKING = re.compile(
    r"\b(?:(?:la |dat |co |chiem |duoc |tang |giam )*(?:bao nhieu|bao nhiu|may)(?: phan tram)?"
    r"|phan tram|nhu the nao|the nao|ra sao|la gi|gi|khong nhi|khong a|nhi|vay|the"
    r"|cho (?:toi |em |minh )?(?:biet|hoi)|xin(?: hoi)?|toi muon (?:biet|hoi|tim)|hay|liet ke|tim"
    r"|tra cuu|cua toi|so sanh|giua|hien nay|hien tai|hien|den nay|tinh den|nam nao|khi nao"
    r"|o dau|nhung|nao|chua|da|dang|se|phai|can|dat duoc|den|nam|vao|thi|la|dia phuong"
    r"|con so)\b"
)
_AIMS = re.compile(
    r"\b(?:(?:dat |de )?(?:ra )?muc tieu|chi tieu|ke hoach(?: la| dat| giao| de ra)?|phan dau"
    r"|dat ra|de ra|huong toi|se dat|du kien|quyet tam|lo trinh)\b"
)
_REACHED = re.compile(
    r"\b(?:da dat|dat duoc|hien nay|hien tai|hien dat|hien co|hien|den nay|ket qua|thuc te|da co"
    r"|thuc hien duoc|hoan thanh)\b"
)
# "Đứng thứ mấy" asks for a rank.
_RANK = re.compile(r"\b(?:xep |dung )(?:thu |hang )*(?:may|bao nhieu)|thu may|hang may|xep hang\b")
_NATION = re.compile(r"\b(?:ca nuoc|toan quoc|viet nam|nuoc ta)\b")
_IN_COUNTRY = re.compile(
    r"\b(?:nhat|dau|hang dau|cao|thap|so voi|binh quan) (?:ca nuoc|toan quoc)\b"
)
# Of a word that only the quote or the heading holds, of surplus words of the indicator, and of a
# rank or growth where a level is asked for, or a level where these are.
_QUOTE_SHARE, _HEADING_SHARE, _SURPLUS_SHARE, _OTHER_MEASURE = 0.5, 0.4, 0.15, 0.15
_RELATIVE = {
    "rank": re.compile(r"\b(?:thu hang|vi tri|top|dung dau|dan dau)\b"),
    "steps": re.compile(r"\b(?:bac|lan|diem phan tram|tang|giam)\b"),
    "growth": re.compile(r"\b(?:tang|tang truong)\b"),
    "fall": re.compile(r"\bgiam\b"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for; `terms`: syllables and pairs without marks.

    `measures`: the kinds of measure that are no level of a thing and that it asks for.
    """

    terms: frozenset[str]
    localities: frozenset[str]
    measures: frozenset[str] = frozenset()
    year: int | None = None
    kind: TargetKind | None = None


def read_query(text: str) -> Query:
    """Return the places, year and kind that a text asks for, and its remaining words."""
    found = find_places(text)
    years = [item for item in find_figures(text) if item.kind == "year"]
    rest = text
    spans = [(place.start, place.end) for place in found]
    spans += [(figure.start, figure.end) for figure in years]
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    asked = plain(rest)
    localities = {place.name for place in found}
    if not found and _NATION.search(asked) and not _IN_COUNTRY.search(asked):
        localities, asked = {NATION}, _NATION.sub(" ", asked)
    aims, reached = _AIMS.search(fold(rest.casefold())), _REACHED.search(fold(rest.casefold()))
    kind: TargetKind | None = None
    if bool(aims) != bool(reached):
        kind = "target" if aims else "result"
    ranked = _RANK.sub(" thu hang ", asked)
    return Query(
        frozenset(_terms(_substance(ranked))),
        frozenset(localities),
        frozenset(name for name, rule in _RELATIVE.items() if rule.search(ranked)),
        int(years[-1].key.split(":")[1][:4]) if years else None,
        kind,
    )


def _substance(asked: str) -> str:
    """Return what is left of a question without the words that it is put with."""
    bare = " ".join(_ASKING.sub(" ", _AIMS.sub(" ", asked)).split())
    return bare or " ".join(asked.split())


def _terms(words: str) -> list[str]:
    """Return syllables and pairs of neighbours: pairs tell "y tế" from "kinh tế"."""
    return with_pairs(words.split())


class RowWords:
    """The words of each row's indicator, quote and heading, and how much each word tells."""

    def __init__(self, rows: Sequence[Target]) -> None:
        self._named = [frozenset(_terms(plain(row.indicator))) for row in rows]
        self._quoted = [frozenset(_terms(plain(row.quote))) for row in rows]
        self._above = [frozenset(_terms(plain(" ".join(row.heading[-1:])))) for row in rows]
        self._measures = [indicator_key(row.indicator)[0] for row in rows]
        counts = Counter(term for terms in self._named for term in terms)
        self._weights = {term: log(1 + len(rows) / count) for term, count in counts.items()}
        weights = sorted(self._weights.values())
        self._unknown = weights[len(weights) // 2] if weights else 1.0

    def share(self, asked: Query, index: int) -> float:
        """Return how much of what is asked for a row says, less a little for what else it says."""
        named, wanted = self._named[index], asked.terms
        only_quoted = (wanted - named) & self._quoted[index]
        only_above = (wanted - named - only_quoted) & self._above[index]
        said = self._sum(wanted & named)
        said += _QUOTE_SHARE * self._sum(only_quoted) + _HEADING_SHARE * self._sum(only_above)
        surplus = self._sum(named - wanted) / (self._sum(named) or 1.0)
        other = self._is_other(asked, self._measures[index])
        return (
            said
            / (self._sum(wanted) or 1.0)
            * (1 - _SURPLUS_SHARE * surplus - _OTHER_MEASURE * other)
        )

    def _is_other(self, asked: Query, measure: str) -> bool:
        if asked.measures:
            return measure not in asked.measures
        return measure in _RELATIVE

    def _sum(self, terms: frozenset[str]) -> float:
        return sum(self._weights.get(term, self._unknown) for term in terms)
