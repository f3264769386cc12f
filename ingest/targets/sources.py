"""Which document sets a target, and who is to reach it: only where the text says so."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.documents import Description
from ingest.figures import Figure, find_figures, legal_key, short_legal_key
from ingest.splitting.numbering import UPPER
from ingest.targets.genres import Genre
from ingest.text import fold

_PLAN_KINDS = r"kế hoạch|nghị quyết|chương trình|đề án|quyết định|chiến lược|chỉ thị|kết luận"
_SETS_BEFORE = re.compile(
    rf"(?<!\w)(?:theo|tại|trong|của|thực hiện|triển khai|mục tiêu)(?:\s+(?:nội dung|dự thảo"
    rf"|mục tiêu))?\s+"
    rf"(?:{_PLAN_KINDS})\s+(?:số\s*:?\s*)?$|(?:{_PLAN_KINDS})\s+(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
# "Kế hoạch đặt ra", "theo kế hoạch": the plan that was named before.
_ANAPHOR = re.compile(
    rf"(?<!\w)(?:theo\s+(?P<by>{_PLAN_KINDS})(?:\s+(?:này|trên|nêu trên))?(?=\s*[,:])"
    rf"|(?P<sets>{_PLAN_KINDS})(?:\s+(?:này|trên|nêu trên|cũng))*\s+(?:đặt|đề|xác định|chỉ rõ|nêu"
    rf"|phấn đấu|yêu cầu|giao))",
    re.IGNORECASE,
)
_KIND_SYMBOL = {
    "kế hoạch": "kh", "nghị quyết": "nq", "chương trình": "ctr", "đề án": "da", "quyết định": "qd",
    "chiến lược": "cl", "chỉ thị": "ct", "kết luận": "kl",
}  # fmt: skip
_DOES = r"(?:chủ trì|thực hiện|phụ trách|tham mưu|chịu trách nhiệm|triển khai|phối hợp|báo cáo)"
_BODY = (
    r"(?:(?:Sở|Bộ|Ban|Cục|Vụ|Chi cục|Văn phòng|Công an|Trung tâm|Viện|Tổng cục|Hội|Liên đoàn"
    r"|Ngân hàng Nhà nước"
    r"|Bảo hiểm xã hội|[ỦU][yỷ] ban nhân dân|UBND|Bưu điện|Thanh tra|Kho bạc|Cơ quan)"
    rf"(?:,?\s(?:và\s)?[{UPPER}][\w&]*(?:\s(?!{_DOES}|(?:và|là|có|đã"
    rf"|sẽ)\b)[^\W\dA-ZĐ_][^\W\d_]*){{0,3}}){{0,5}}"
    r"(?:\s(?:thành phố|tỉnh|các (?:quận|huyện|xã|địa phương)|cấp (?:huyện|xã|tỉnh)))?)"
)
_RESPONSIBLE = re.compile(
    rf"(?:(?:do|giao(?: cho)?)\s+(?P<one>{_BODY})\s+(?:chủ trì|thực hiện|phụ trách|tham mưu"
    rf"|chịu trách nhiệm|triển khai)"
    rf"|(?:cơ quan|đơn vị|đầu mối)\s+(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm)\s*(?:là"
    rf"|:)\s*(?P<two>{_BODY})"
    rf"|\(\s*(?P<three>{_BODY})\s*(?:chủ trì|phụ trách)?\s*\))"
)


@dataclass(slots=True)
class Sources:
    """Follows the sentences of a document and knows which plan each speaks of."""

    description: Description
    genre: Genre
    _full: Mapping[str, str] = field(init=False)
    _named: dict[str, str] = field(default_factory=dict)
    _paragraph: int = -1
    _current: str | None = None

    def __post_init__(self) -> None:
        numbers = [ref.canonical or ref.number for ref in self.description.legal_documents]
        if self.description.number:
            numbers.append(self.description.number)
        self._full = _by_short_key(numbers)

    def read(self, text: str, paragraph: int, before: int) -> str | None:
        """Return the number of the document that the sentence ties its figures to.

        One that sets what the paragraph goes on to list holds to its end; `before` is where the
        sentence's first figure begins. The document's own number where it is a plan itself.
        """
        if paragraph != self._paragraph:
            self._paragraph, self._current = paragraph, None
        for figure in find_figures(text):
            number = self._number(figure)
            if number is None:
                continue
            self._remember(figure, number)
            if figure.end <= before and _SETS_BEFORE.search(_before(text, figure)):
                self._current = number
        for match in _ANAPHOR.finditer(text, 0, before):
            kind = _KIND_SYMBOL[(match["by"] or match["sets"]).casefold()]
            self._current = self._named.get(kind, self._current)
        return self._current or own_number(self.description, self.genre)

    def _number(self, figure: Figure) -> str | None:
        if figure.kind == "legal":
            return self._full.get(figure.key, figure.text)
        if not figure.key.startswith("l:"):
            return None
        return self._full.get(figure.key, _capitalised(figure.text))

    def _remember(self, figure: Figure, number: str) -> None:
        key = short_legal_key(legal_key(number)) or figure.key
        parts = key.split(":")
        if len(parts) > 2:
            self._named[parts[1]] = number


def own_number(description: Description, genre: Genre) -> str | None:
    """Return the document's own number where it is a plan itself."""
    return description.number if genre == "plan" else None


def responsible_for(text: str) -> str | None:
    """Return the body that a sentence makes responsible, None where it names none."""
    match = _RESPONSIBLE.search(text)
    if not match:
        return None
    return " ".join((match["one"] or match["two"] or match["three"]).split())


def _before(text: str, figure: Figure) -> str:
    """Return the words before a number; the kind that "kế hoạch 239" is written with is part of "
    "it."""
    words = text[max(0, figure.start - 60) : figure.start]
    spelled = re.match(rf"(?:{_PLAN_KINDS})\s+(?:số\s*:?\s*)?", figure.text, re.IGNORECASE)
    return words + (spelled.group() if spelled else "")


def _capitalised(text: str) -> str:
    line = " ".join(text.split())
    return line[0].upper() + line[1:]


def _by_short_key(numbers: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in numbers:
        key = legal_key(number)
        found.setdefault(key, number)
        if short := short_legal_key(key):
            found.setdefault(short, number)
    return {key: number for key, number in found.items() if fold(number)}
