"""Facts -> the facts that a question asks for: each weighed by the words that it is bound to."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.asked import Asked, Part
from app.concepts import is_expressed
from app.facts import Fact
from app.support import Support
from app.topic import CHANGE, DENIAL, INCREMENT, PART, Topic, around
from ingest.documents import Target
from ingest.figures import find_figures, legal_kind, short_legal_keys
from ingest.quantities import begins_change
from ingest.text import folded_tokens

# How much a concept counts by where it is expressed: in the figure's own clause, elsewhere in its
# sentence, or only around the sentence.
_OWN, _SENTENCE, _AROUND = 1.0, 0.6, 0.25
_NOUN_WEIGHT = 0.35
_AIM_WEIGHT = 0.25
_TOPIC_WEIGHT = 0.5
_FIRST_KIND = 0.15
_DENIAL_WEIGHT = 0.3
_ROW_WEIGHT = 0.4
# Another noun may still be another word for the thing.
_OTHER_NOUN = -0.4
_WHOLE_WEIGHT = 0.2
_BASELINE_WEIGHT = 0.7
# Nouns that stand for any thing counted.
_ANY_NOUN_WORDS = "cai noi cho con chiec thu viec muc so nguoi don lan em"
_ANY_NOUN = frozenset(_ANY_NOUN_WORDS.split())
_ANY_PAIR = frozenset(
    {("don", "vi"), ("to", "chuc"), ("co", "quan"), ("co", "so"), ("truong", "hop")}
)
# No "trăm": without marks it is "trạm" (a station) as well.
_MONEY_WORDS = "tien dong ty trieu nghin ngan chuc usd"
_MONEY = frozenset(_MONEY_WORDS.split())
# "Bớt bao nhiêu tiền" is answered by a share as well.
_LESS = frozenset({"bot", "giam"})
_MAGNITUDES = frozenset({"ty", "trieu", "nghin", "ngan"})
_MONEY_PAIR = frozenset({(a, b) for a in ("ty", "trieu", "nghin", "ngan") for b in ("dong", "usd")})
# What happens to a text or a work: a date or number of one says nothing of another.
_EVENTS = frozenset(
    {"hieu luc", "co hieu luc", "het hieu luc", "thay the", "bai bo", "sua doi", "khoi cong"}
    | {"khanh thanh", "khai truong", "ra mat", "het han", "ket thuc", "thi hanh"}
)
_INDEX = re.compile(r"\b(?:chi so|bang xep hang)\b(?= )")
_CHANGED_BY = re.compile(
    r"(?<!\w)(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)"
    r"(?: (?:thêm|khoảng|gần|hơn|trên|được|tới|ít nhất|tối thiểu|bình quân|trung bình))*\s*$",
    re.IGNORECASE,
)
# What "mấy ngày" and "mấy tháng" are not answered by.
_OTHER_TIMES = {
    "ngay": re.compile(r"năm|tháng"),
    "thang": re.compile(r"ngày|giờ|phút"),
    "gio": re.compile(r"năm|tháng|ngày"),
}
_UNTIL = re.compile(r"(?<!\w)(?:đến|tới|trước)(?: hết)?(?: ngày)?\s*$", re.IGNORECASE)
_ISSUED = re.compile(r"[\s,(]*(?:được )?(?:ban hành |ký )?(?:vào )?(?:ngày )?", re.IGNORECASE)
_TIME_WORDS = "lau thoi gian ngay thang gio"
_TIME = frozenset(_TIME_WORDS.split())
_SIZE_WORDS = "hecta hec ta ha km met m2 vuong kilomet tan mw"
_SIZE = frozenset(_SIZE_WORDS.split())
_MONEY_UNIT = re.compile(r"đồng|USD|VNĐ|VND|euro", re.IGNORECASE)
_SIZE_UNIT = re.compile(r"ha$|héc|km|mét|m2|m²|tấn|MW", re.IGNORECASE)
_TIME_UNIT = re.compile(r"ngày|tháng|năm|giờ|phút|tuần|quý", re.IGNORECASE)
_TOTAL = re.compile(r"(?<!\w)(?:tổng|lũy kế|tất cả|toàn bộ)(?!\w)", re.IGNORECASE)
_KINDS: dict[str, tuple[str, ...]] = {
    "percent": ("percent", "points"),
    "points": ("points", "percent"),
    "rank": ("rank",),
    "count": ("count", "percent", "points", "rank"),
    "date": ("date",),
    "legal": ("legal",),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A fact weighed for one part of a question; `share` tells how far it is about the topic."""

    fact: Fact
    score: float
    own: float
    share: float
    missing: float
    noun: float

    @property
    def support(self) -> Support:
        """Return how far the figure is about what is asked."""
        item = self.fact.evidence
        return Support(self.share, self.missing, self.noun, item.cosine, item.topic, of_figure=True)


def alike(one: Fact, other: Fact) -> float:
    """Return from 0 to 1 how far two figures are of one indicator: words of both, and the unit."""
    a, b = _plain_words(one), _plain_words(other)
    shared = len(a & b) / max(1, min(len(a), len(b)))
    return shared if one.kind == other.kind and unit_of(one) == unit_of(other) else shared / 2


def _plain_words(fact: Fact) -> set[str]:
    words = fact.row.indicator if fact.row else fact.bound
    return {token for token in folded_tokens(words) if not token[0].isdigit()}


def unit_of(fact: Fact) -> str | None:
    """Return the unit of a figure, None where it has none."""
    return fact.quantity.unit if fact.quantity else None


def weigh(
    topic: Topic,
    part: Part,
    asked: Asked,
    facts: Iterable[Fact],
    rank_of_row: Callable[[Target | None], int | None] = lambda _: None,
) -> list[Bound]:
    """Return the facts of the kind asked for, the best bound first.

    `rank_of_row` tells where a row of the registry stands among those that the question finds.
    """
    wanted = _KINDS.get(part.kind, ())
    found = [
        _weighed(topic, part, asked, fact, rank_of_row(fact.row))
        for fact in facts
        if fact.kind in wanted and _is_of_kind(topic, asked, part, fact)
    ]
    return sorted(found, key=lambda bound: -bound.score)


def _is_of_kind(topic: Topic, asked: Asked, part: Part, fact: Fact) -> bool:
    """Tell whether a figure can be what a part asks for, whatever it is about.

    Money is no number of things, a share is no count of a thing that is named, and parts of a text
    ("27 chỉ tiêu") are counted only where they are asked for.
    """
    if part.kind in ("date", "legal") and not _tells_event(topic, fact):
        return False
    if part.kind == "legal" and not _is_of_genre(part, fact):
        return False
    if part.kind == "rank" and not _is_in_index(topic, fact):
        return False
    if part.kind == "date":
        return _is_as_fine(part, fact)
    if part.kind != "count" or fact.quantity is None:
        return True
    unit = fact.quantity.unit or ""
    if part.dimension == "money" and not _MONEY_UNIT.search(unit):
        return False
    if part.dimension == "score" and unit != "điểm":
        return False
    if part.dimension == "time" and not _TIME_UNIT.search(unit):
        return False
    other = _OTHER_TIMES.get(part.noun[0]) if part.noun else None
    if other and other.search(unit):
        return False
    if fact.quantity.structural:
        return bool(set(part.noun) & set(folded_tokens(unit)))
    if not part.noun or is_any_noun(part.noun):
        return True
    if part.noun[0] in ("tien", "dong") or part.noun[:2] in _MONEY_PAIR:
        return bool(_MONEY_UNIT.search(unit)) or (unit == "%" and bool(_LESS & set(part.measured)))
    if part.noun[0] in _MAGNITUDES:
        return fact.kind == "count" and part.noun[0] in folded_tokens(fact.text)
    for nouns, units in ((_TIME, _TIME_UNIT), (_SIZE, _SIZE_UNIT)):
        if part.noun[0] in nouns:
            return bool(units.search(unit))
    # An aim for "bao nhiêu hồ sơ" is mostly set as a share of them.
    if asked.aim == "target" and fact.kind == "percent":
        return True
    return fact.kind == "count" and not _MONEY_UNIT.search(unit)


def _tells_event(topic: Topic, fact: Fact) -> bool:
    """Tell whether a sentence speaks of what the question wants the date or number of.

    The date right behind the number of a legal document is that of its issue, and of nothing else.
    """
    said = f"{fact.evidence.quote} {fact.evidence.sentence.context}"
    events = [one for one in topic.concepts if " ".join(folded_tokens(one.words)) in _EVENTS]
    if events and fact.kind == "date" and _is_of_issue(fact):
        return False
    return all(is_expressed(event, said) for event in events)


def _is_in_index(topic: Topic, fact: Fact) -> bool:
    """Tell whether a rank is one in the index that the question names, if it names any."""
    indices = [one for one in topic.concepts if _INDEX.search(" ".join(map(" ".join, one.forms)))]
    return all(is_expressed(index, fact.told) for index in indices)


def _is_of_genre(part: Part, fact: Fact) -> bool:
    """Tell whether a number is of the kind of text asked for: a decree's is no decision's."""
    wanted = legal_kind(" ".join(part.noun))
    if wanted is None:
        return True
    own = {key.split(":")[1] for key in short_legal_keys(fact.key)}
    before = legal_kind(" ".join(folded_tokens(fact.evidence.quote[: fact.figure.start])[-4:]))
    return wanted in own or wanted == before or not (own or before)


def _is_of_issue(fact: Fact) -> bool:
    quote = fact.evidence.quote
    numbers = [one.end for one in find_figures(quote) if one.key.startswith("l:")]
    return any(_ISSUED.fullmatch(quote[end : fact.figure.start]) for end in numbers)


def _is_as_fine(part: Part, fact: Fact) -> bool:
    """Tell whether a date says the day or month where that is asked, and none that something ends.

    "Từ ngày nào" is not answered by "đến hết ngày 30 tháng 6".
    """
    if part.beginning and _UNTIL.search(fact.evidence.quote[: fact.figure.start]):
        return False
    if "ngay" in part.noun:
        return fact.figure.kind == "date"
    return fact.figure.kind != "year" if "thang" in part.noun else True


def _weighed(topic: Topic, part: Part, asked: Asked, fact: Fact, rank: int | None) -> Bound:
    item = fact.evidence
    own = topic.expressed(fact.bound)
    sentence = topic.expressed(f"{item.quote} {item.sentence.context}")
    beside = topic.expressed(around(item))
    marks = [
        _OWN if a else _SENTENCE if b else _AROUND if c else 0.0
        for a, b, c in zip(own, sentence, beside, strict=True)
    ]
    share = topic.share(marks)
    noun = _noun_fit(topic, part, fact)
    score = (
        share
        + _NOUN_WEIGHT * noun
        + _AIM_WEIGHT * _aim_fit(asked, fact)
        + _TOPIC_WEIGHT * item.topic
        + _FIRST_KIND * (_KINDS[part.kind][0] == fact.kind)
        + _WHOLE_WEIGHT * _whole_fit(topic, fact)
        + (_ROW_WEIGHT / (1 + rank) if rank is not None else 0.0)
        - _DENIAL_WEIGHT * (_denies(fact) != topic.of_denial)
        + _BASELINE_WEIGHT * is_baseline(fact) * (1 if topic.of_start else -1)
    )
    missing = marks.count(0.0) / len(marks) if marks else 0.0
    return Bound(fact, score, topic.share([float(one) for one in own]), share, missing, noun)


def _noun_fit(topic: Topic, part: Part, fact: Fact) -> float:
    """Return 1 where the figure counts the noun asked for, -1 where another, 0 where none is."""
    if part.measured and (not part.noun or part.noun[0] in _MONEY | _TIME | _SIZE):
        return _measured_fit(part, fact)
    if part.kind not in ("count", "percent") or not part.noun or is_any_noun(part.noun):
        return 0.0
    after = fact.evidence.quote[fact.start : fact.clause[1]]
    named = fact.row.indicator if fact.row else ""
    if part.noun[0] in folded_tokens(after)[:8]:
        return 1.0
    concept = topic.concept_of(part.noun)
    if concept and is_expressed(concept, after):
        return 1.0
    if part.noun[0] in folded_tokens(named) or (concept and is_expressed(concept, named)):
        return 0.3
    return _OTHER_NOUN


def is_any_noun(noun: tuple[str, ...]) -> bool:
    """Tell whether a noun stands for any thing counted: "mấy cái", "mấy đơn vị"."""
    return noun[0] in _ANY_NOUN or noun[:2] in _ANY_PAIR


def _measured_fit(part: Part, fact: Fact) -> float:
    """Return 1 where the words measured stand together by the figure, -1 where neither does."""
    bound = folded_tokens(fact.bound)
    if any(tuple(bound[n : n + len(part.measured)]) == part.measured for n in range(len(bound))):
        return 1.0
    return 0.0 if set(bound) & set(part.measured) else -1.0


def _denies(fact: Fact) -> bool:
    """Tell whether what stands behind the figure in its clause is denied."""
    return bool(DENIAL.search(fact.evidence.quote[fact.start : fact.clause[1]]))


def _whole_fit(topic: Topic, fact: Fact) -> float:
    """Return -1 for what came on top or a part, 1 for a total, if the question does not ask so."""
    if fact.kind not in ("count", "percent"):
        return 0.0
    quote = fact.evidence.quote
    if not topic.of_increment and is_increment(fact):
        return -1.0
    if not topic.of_part and PART.search(quote[: fact.start]):
        return -1.0
    if topic.of_increment:
        return 0.0
    return 1.0 if _TOTAL.search(fact.bound) else 0.0


def is_increment(fact: Fact) -> bool:
    """Tell whether a figure is of a change: "thêm 1.000 cơ sở", "tăng 16 bậc"."""
    start, end = fact.clause
    quote = fact.evidence.quote
    near = quote[max(start, fact.start - 14) : min(end, fact.end + 14)]
    if fact.kind not in ("count", "percent", "points"):
        return False
    changed = _CHANGED_BY.search(quote[max(0, fact.start - 40) : fact.start])
    return bool(changed) or (fact.kind != "points" and bool(INCREMENT.search(near)))


def is_change(fact: Fact) -> bool:
    """Tell whether a figure, or what it is bound to, tells of a rise or a fall."""
    return is_increment(fact) or fact.kind == "points" or bool(CHANGE.search(fact.bound))


def is_baseline(fact: Fact) -> bool:
    """Tell whether a figure is where a change began: 171 of "từ 171 xuống còn 39"."""
    return begins_change(fact.evidence.quote, fact.start, fact.end)


def _aim_fit(asked: Asked, fact: Fact) -> float:
    if asked.aim is None or fact.aim is None:
        return 0.0
    sure = 1.0 if fact.row else 0.5
    return sure if asked.aim == fact.aim else -sure
