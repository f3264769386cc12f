"""Facts -> the facts that a question asks for: each weighed by the words that it is bound to."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.asked import Asked, Part
from app.concepts import Concept, concepts, expressed
from app.evidence import Evidence
from app.facts import Fact
from app.questions import Question
from ingest.text import folded_tokens

Rarity = Callable[[str], float]

# How much a concept counts by where it is expressed: in the figure's own clause, elsewhere in its
# sentence, or only around the sentence.
_OWN, _SENTENCE, _AROUND = 1.0, 0.6, 0.25
# A word that the library does not know, often a slip, tells no more than a rare one.
_MOST_RARITY = 9.0
_BESIDE = 0.4
_NOUN_WEIGHT = 0.35
_AIM_WEIGHT = 0.25
_TOPIC_WEIGHT = 0.5
_FIRST_KIND = 0.15
_DENIAL_WEIGHT = 0.3
_WHOLE_WEIGHT = 0.2
# Nouns that stand for any thing counted.
_ANY_NOUN = frozenset(
    [
        "cai",
        "noi",
        "cho",
        "con",
        "chiec",
        "thu",
        "viec",
        "muc",
        "so",
        "v",
        "z",
        "vay",
        "nguoi",
        "don",
        "lan",
    ]
)
_MONEY = frozenset(["tien", "dong", "chi", "phi", "kinh", "von", "usd", "gia"])
_TIME = frozenset(["lau", "thoi", "gian", "ngay", "thang", "nam", "gio"])
_MONEY_UNIT = re.compile(r"đồng|USD|VNĐ|VND|euro|%", re.IGNORECASE)
_TIME_UNIT = re.compile(r"ngày|tháng|năm|giờ|phút|tuần|quý", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"(?:không (?:tính|kể|bao gồm|gồm)|trừ|ngoại trừ|chứ không phải|khong (?:tinh|ke|bao gom))"
    r"[^,.;?!]*",
    re.IGNORECASE,
)
# What a question says of the kind of answer and of its size is not what it is about.
_NO_TOPIC = re.compile(
    r"(?<!\w)(?:phần trăm|phan tram|mục tiêu|muc tieu|chỉ tiêu|chi tieu|phấn đấu|phan dau|ít nhất"
    r"|it nhat|tối thiểu|toi thieu|tối đa|toi da|yêu cầu|yeu cau|đặt ra|dat ra|dự kiến|du kien"
    r"|tính đến|tinh den|cho tới|hết|het|cỡ|khoảng|khoang|cụ thể|cu the|tổng cộng|tong cong"
    r"|cho biết|cho biet|cho hỏi|cho hoi|tỷ lệ|ty le|tỉ lệ|ti le|con số|con so|số lượng|so luong"
    r"|bằng|sau|khi|thấy|thay|đi|di|cả|ca|thì|rồi|cỡ|vậy|nhé|ạ|đó|này)(?!\w)",
    re.IGNORECASE,
)
_INCREMENT = re.compile(
    r"(?<!\w)(?:thêm|mới|tăng thêm|bổ sung|them|moi|tang them|bo sung)(?!\w)", re.IGNORECASE
)
_DENIAL = re.compile(
    r"(?<!\w)(?:chưa|không|chua|khong)(?!\w)(?!\s+(?:gian|khí|chỉ|tính))", re.IGNORECASE
)
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
class Topic:
    """What a question is about: its concepts, each with how much it tells."""

    concepts: tuple[Concept, ...]
    weights: tuple[float, ...]
    of_increment: bool = False
    of_denial: bool = False

    def expressed(self, text: str) -> tuple[bool, ...]:
        """Return for each concept whether the text expresses it."""
        return expressed(self.concepts, text)

    def coverage(self, item: Evidence) -> float:
        """Return the share of the topic in a sentence; what is only around it counts less."""
        sentence = self.expressed(f"{item.quote} {item.sentence.context}")
        beside = self.expressed(around(item))
        pairs = zip(sentence, beside, strict=True)
        return self.share([1.0 if own else _BESIDE if near else 0.0 for own, near in pairs])

    def share(self, marks: Sequence[float]) -> float:
        """Return the weighed mean of marks from 0 to 1; 1 where the question has no topic."""
        total = sum(self.weights)
        if not total:
            return 1.0
        return sum(w * m for w, m in zip(self.weights, marks, strict=True)) / total


def topic_of(question: Question, rarity: Rarity) -> Topic:
    """Return the concepts of a question; what it leaves out ("không tính ...") is none."""
    text = _NO_TOPIC.sub(" ", _LEFT_OUT.sub(" ", question.text))
    found = concepts(text, question.language, guessed=question.restored)
    weights = [_weight(concept, rarity) for concept in found]
    return Topic(found, tuple(weights), bool(_INCREMENT.search(text)), bool(_DENIAL.search(text)))


def _weight(concept: Concept, rarity: Rarity) -> float:
    """Return how much a concept tells: the rarity of its commonest form in the library."""
    rarest = [max(rarity(token) for token in form) for form in concept.forms]
    return min(_MOST_RARITY, *rarest)


@dataclass(frozen=True, slots=True)
class Bound:
    """A fact weighed for one part of a question; `share` tells how far it is about the topic."""

    fact: Fact
    score: float
    own: float
    share: float
    noun: float


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


def around(item: Evidence) -> str:
    """Return the words around a sentence that say what it is about."""
    document = item.passage.document
    return " ".join([item.passage.text, document.title, *item.passage.heading])


def weigh(topic: Topic, part: Part, asked: Asked, facts: Iterable[Fact]) -> list[Bound]:
    """Return the facts of the kind asked for, the best bound first."""
    wanted = _KINDS.get(part.kind, ())
    found = [
        _weighed(topic, part, asked, fact)
        for fact in facts
        if fact.kind in wanted and not _is_structural(part, fact)
    ]
    return sorted(found, key=lambda bound: -bound.score)


def _is_structural(part: Part, fact: Fact) -> bool:
    """Tell whether a figure only counts parts of a text ("27 chỉ tiêu") that nobody asked for."""
    if fact.quantity is None or not fact.quantity.structural:
        return False
    return not set(part.noun) & set(folded_tokens(fact.quantity.unit or ""))


def _weighed(topic: Topic, part: Part, asked: Asked, fact: Fact) -> Bound:
    item = fact.evidence
    own = topic.expressed(fact.bound)
    sentence = topic.expressed(f"{item.quote} {item.sentence.context}")
    beside = topic.expressed(around(item))
    marks = [
        _OWN if a else _SENTENCE if b else _AROUND if c else 0.0
        for a, b, c in zip(own, sentence, beside, strict=True)
    ]
    share = topic.share(marks)
    noun = _noun_fit(part, fact)
    score = (
        share
        + _NOUN_WEIGHT * noun
        + _AIM_WEIGHT * _aim_fit(asked, fact)
        + _TOPIC_WEIGHT * item.topic
        + _FIRST_KIND * (_KINDS[part.kind][0] == fact.kind)
        + _WHOLE_WEIGHT * _whole_fit(topic, fact)
        - _DENIAL_WEIGHT * (_denies(fact) and not topic.of_denial)
    )
    return Bound(fact, score, topic.share([float(one) for one in own]), share, noun)


def _noun_fit(part: Part, fact: Fact) -> float:
    """Return 1 where the figure counts the noun asked for, -1 where another, 0 where none is."""
    if part.measured:
        return _measured_fit(part, fact)
    noun = [word for word in part.noun if word not in _ANY_NOUN]
    if part.kind != "count" or not part.noun or fact.quantity is None:
        return 0.0
    unit = fact.quantity.unit or ""
    if part.noun[0] in _MONEY:
        return 1.0 if _MONEY_UNIT.search(unit) else -1.0
    if part.noun[0] in _TIME:
        return 1.0 if _TIME_UNIT.search(unit) else -1.0
    if not noun:
        return 0.0
    after = folded_tokens(fact.evidence.quote[fact.start : fact.clause[1]])
    named = folded_tokens(fact.row.indicator) if fact.row else []
    first = noun[0]
    if first in after[:8]:
        return 1.0
    return 0.3 if first in named else -1.0


def _measured_fit(part: Part, fact: Fact) -> float:
    """Return 1 where the words measured stand together by the figure, -1 where neither does."""
    bound = folded_tokens(fact.bound)
    if any(tuple(bound[n : n + len(part.measured)]) == part.measured for n in range(len(bound))):
        return 1.0
    return 0.0 if set(bound) & set(part.measured) else -1.0


def _denies(fact: Fact) -> bool:
    """Tell whether what stands behind the figure in its clause is denied."""
    return bool(_DENIAL.search(fact.evidence.quote[fact.start : fact.clause[1]]))


def _whole_fit(topic: Topic, fact: Fact) -> float:
    """Return -1 for what came on top, 1 for a total, as far as the question does not ask for it."""
    if topic.of_increment or fact.kind not in ("count", "percent"):
        return 0.0
    start, end = fact.clause
    near = fact.evidence.quote[max(start, fact.start - 14) : min(end, fact.end + 14)]
    if _INCREMENT.search(near):
        return -1.0
    return 1.0 if _TOTAL.search(fact.bound) else 0.0


def _aim_fit(asked: Asked, fact: Fact) -> float:
    if asked.aim is None or fact.aim is None:
        return 0.0
    return 1.0 if asked.aim == fact.aim else -1.0
