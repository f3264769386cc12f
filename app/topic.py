"""What a question is about: its concepts, each with how much it tells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from app.asked import asking
from app.concepts import Concept, concepts, expressed
from app.evidence import Evidence
from app.questions import Question
from ingest.figures import find_figures
from ingest.text import folded_tokens

Rarity = Callable[[str], float]

_BESIDE = 0.4
# A word that the library does not know, often a slip, tells no more than a rare one.
_MOST_RARITY = 9.0
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
    r"|khác nhau|khác gì|khac nhau|chỗ nào|cho nao|so với|so voi|so sánh|so sanh|cao nhất"
    r"|thấp nhất|cao hơn|thấp hơn|nơi nào|bên nào|mỗi nơi|thay đổi|giữa|mốc|còn thiếu|chênh lệch"
    r"|kể tên|ke ten|liệt kê|liet ke|danh sách|danh sach|giúp|bằng số|nào|gồm|những|các"
    r"|bằng|sau|khi|thấy|thay|đi|di|cả|ca|thì|rồi|cỡ|vậy|nhé|ạ|đó|này)(?!\w)",
    re.IGNORECASE,
)
# "... không?", "... chưa ạ?" only asks.
CLOSING_DENIAL = re.compile(
    r"(?:không|chưa|khong|chua)(?:\s+(?:ạ|vậy|nhỉ|thế|a|vay|nhi|the))?\s*[?.!]*\s*$", re.IGNORECASE
)
_OF_CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|tang|giam)(?: thêm| them| được| duoc)?"
    r" (?:bao nhiêu|mấy|bao nhieu|may)(?!\w)",
    re.IGNORECASE,
)
_OF_START = re.compile(
    r"(?<!\w)(?:trước khi|trước đó|trước đây|ban đầu|lúc đầu|từ (?:mấy|bao nhiêu)|truoc do"
    r"|truoc khi|truoc day|ban dau"
    r"|tu (?:may|bao nhieu)|before|originally)(?!\w)",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|bớt|cắt giảm|chênh|nhảy|tụt|cải thiện|cao hơn|thấp hơn|tang|giam|bot"
    r"|chenh|cao hon|thap hon|grow\w*|ris\w+|increas\w+|decreas\w+|drop\w*)(?!\w)",
    re.IGNORECASE,
)
# Of a figure behind "trong số", and of one for each of several things, the whole is another.
PART = re.compile(
    r"(?<!\w)(?:trong số|trong đó|từng|riêng|mỗi(?! (?:năm|tháng|quý|ngày))|trong so|trong do|tung"
    r"|rieng|moi (?:nganh|linh vuc|don vi|nguoi|xa|huyen|quan))(?!\w)",
    re.IGNORECASE,
)
# A question for what is not done yet, and the words by which a text says so of what is left.
_ASKS_PENDING = re.compile(r"(?<!\w)(?:chưa|chua|còn lại|con lai)(?!\w)", re.IGNORECASE)
PENDING = re.compile(
    r"(?<!\w)(?:chưa|còn lại|còn|đang (?:được )?(?:tiếp tục|thực hiện|triển khai))(?!\w)",
    re.IGNORECASE,
)
# What is not done yet is told by other words than what is done.
_DONE = frozenset({"xong", "lam xong", "hoan thanh", "dat", "dat duoc"})
# A total asked for is no rise, whatever is new in it.
_OF_TOTAL = re.compile(
    r"(?<!\w)(?:tổng cộng|tổng số|tất cả|cả thảy|tính cả|tong cong|tong so|tat ca)(?!\w)",
    re.IGNORECASE,
)
_LEGAL_WORDS = re.compile(
    r"(?<!\w)(?:nghị quyết|quyết định|kế hoạch|nghị định|thông tư|chỉ thị|kết luận|công văn|luật"
    r"|nghi quyet|quyet dinh|ke hoach|nghi dinh|thong tu|chi thi|ket luan|cong van|luat)(?:\s+số)?"
    r"(?=\s{2,})",
    re.IGNORECASE,
)
INCREMENT = re.compile(
    r"(?<!\w)(?:thêm|mới(?! (?:chỉ |chỉ có |được )?(?:đạt|có|là|đến|khoảng|gần|hơn))|tăng thêm"
    r"|bổ sung|them|moi|tang them|bo sung)(?!\w)",
    re.IGNORECASE,
)
DENIAL = re.compile(
    r"(?<!\w)(?:chưa|không|chẳng|chả|chua|khong|chang)(?!\w)(?!\s+(?:gian|khí|chỉ|tính))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about: its concepts, each with how much it tells."""

    concepts: tuple[Concept, ...]
    weights: tuple[float, ...]
    of_increment: bool = False
    of_denial: bool = False
    of_pending: bool = False
    of_part: bool = False
    of_start: bool = False
    of_change: bool = False

    def expressed(self, text: str) -> tuple[bool, ...]:
        """Return for each concept whether the text expresses it."""
        return expressed(self.concepts, text)

    def concept_of(self, words: Sequence[str]) -> Concept | None:
        """Return the concept that begins with the first of the folded words."""
        return next(
            (
                concept
                for concept in self.concepts
                if words and words[0] in folded_tokens(concept.words)[:1]
            ),
            None,
        )

    def within(self, text: str) -> "Topic":
        """Return the concepts that a part of the question expresses."""
        return self.keeping(self.expressed(text))

    def keeping(self, wanted: Sequence[bool]) -> "Topic":
        """Return the topic with those of its concepts, in their order, that are wanted."""
        return replace(
            self,
            concepts=tuple(compress(self.concepts, wanted)),
            weights=tuple(compress(self.weights, wanted)),
        )

    def without(self, figure: str) -> "Topic":
        """Return the other concepts than a figure that the question states."""
        return self.keeping([one.words != figure for one in self.concepts])

    def coverage(self, item: Evidence) -> float:
        """Return the share of the topic in a sentence; what is only around it counts less."""
        sentence = self.expressed(f"{item.quote} {item.sentence.context}")
        beside = self.expressed(around(item))
        pairs = zip(sentence, beside, strict=True)
        return self.share([1.0 if own else _BESIDE if near else 0.0 for own, near in pairs])

    def missing(self, item: Evidence) -> float:
        """Return the share of the concepts that neither a sentence nor what is around it has."""
        said = self.expressed(f"{item.quote} {item.sentence.context} {around(item)}")
        return said.count(False) / len(said) if said else 0.0

    def share(self, marks: Sequence[float]) -> float:
        """Return the weighed mean of marks from 0 to 1; 1 where the question has no topic."""
        total = sum(self.weights)
        if not total:
            return 1.0
        return sum(w * m for w, m in zip(self.weights, marks, strict=True)) / total


def topic_of(question: Question, rarity: Rarity) -> Topic:
    """Return the concepts of a question; what it leaves out ("không tính ...") is none."""
    text = _LEFT_OUT.sub(" ", _without_legal(asking(question.text)))
    found = tuple(
        concept
        for concept in concepts(
            _NO_TOPIC.sub(" ", text), question.language, guessed=question.restored
        )
        if not _NO_TOPIC.fullmatch(concept.words)
    )
    stated = CLOSING_DENIAL.sub("", text)
    pending = bool(_ASKS_PENDING.search(stated))
    if pending:
        found = tuple(one for one in found if " ".join(folded_tokens(one.words)) not in _DONE)
    weights = [_weight(concept, rarity) for concept in found]
    return Topic(
        found,
        tuple(weights),
        of_increment=bool(INCREMENT.search(text) or CHANGE.search(text))
        and not _OF_TOTAL.search(text),
        of_denial=bool(DENIAL.search(stated)),
        of_pending=pending,
        of_part=bool(PART.search(text) or _LEFT_OUT.search(question.text)),
        of_start=bool(_OF_START.search(text)),
        of_change=bool(_OF_CHANGE.search(text)),
    )


def _without_legal(text: str) -> str:
    """Return a text without the names of legal documents: they are a slot of their own."""
    for figure in reversed(find_figures(text)):
        if figure.key.startswith("l:"):
            text = f"{text[: figure.start]} {text[figure.end :]}"
    return _LEGAL_WORDS.sub(" ", text)


def _weight(concept: Concept, rarity: Rarity) -> float:
    """Return how much a concept tells: the rarity of its commonest form in the library."""
    rarest = [max(rarity(token) for token in form) for form in concept.forms]
    return min(_MOST_RARITY, *rarest)


def around(item: Evidence) -> str:
    """Return the words around a sentence that say what it is about."""
    document = item.passage.document
    return " ".join([item.passage.text, document.title, *item.passage.heading])
