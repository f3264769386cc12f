"""What "văn bản này", "hội nghị ấy", "ông ấy" point at: named in an earlier question or answer."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.concepts import concepts
from ingest.text import LEGAL_NUMBER, fold, has_marks

Sort = Literal["legal", "person", "event", "topic"]

_NOUNS: dict[Sort, str] = {
    "legal": "văn bản|kế hoạch|nghị quyết|quyết định|nghị định|chỉ thị|thông tư|luật|công văn",
    "person": "ông|bà|vị|người|đồng chí",
    "event": "hội nghị|cuộc họp|hội thảo|sự kiện|đề án|chương trình|dự án|nền tảng|hệ thống"
    "|ứng dụng|trung tâm|mô hình|chiến lược|phong trào|cuộc thi|cơ quan|đơn vị|tổ chức|công ty"
    "|doanh nghiệp",
    "topic": "con số|số|số liệu|chỉ số|tỷ lệ|tỉ lệ|mục tiêu|chỉ tiêu|kết quả|việc|điều|cái|nội dung"
    "|thành phố|tỉnh|địa phương|nơi|chỗ|nhiệm vụ|giai đoạn|năm|thời điểm|dịch vụ|thủ tục|lĩnh vực",
}
# "đơn vị do ai" without marks is "do" as well: there a word must follow that shows the pronoun.
_POINTER = r"(?:này|đó|ấy|kia|nói trên|vừa nêu|vừa rồi)"
_BARE_POINTER = r"(?:nay|ay|kia|noi tren|vua neu|do(?=\s+(?:la|thi|co|duoc|nua|nam|ra sao)\b|\W*$))"
_BARE_EXCLUDED = re.compile(r"\b(?:so|nam|bang|quan|to|cap) (?:do|nay|ay|kia)\b")
_ALONE = re.compile(r"\bnó\b|\b(?:đó|ấy) (?:là|thì|có|được|nữa)\b|(?:^|\s)(?:ở|tại) (?:đó|đấy)\b")
_NOT_ALONE = re.compile(r"\b(?:trong|sau|do|từ|qua|khi|trước|bên) đó\b")
_ENGLISH_POINTER = re.compile(
    r"\b(?:it|its|they|their|them|he|she|his|her)\b|\b(?:that|this|these|those)\b(?! \w+ of)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\s+([A-ZĐÀ-Ỹ]\w*(?:\s[A-ZĐÀ-Ỹ]\w*){1,4})")
_ENDS = re.compile(
    r"[,.;:“”\"()\[\]\n]|\s(?:do|được|vào|ngày|đã|sẽ|đang|là|có|tại|của|ở|năm|với|đặt|đạt|gồm)\s"
)
_NO_NAME = re.compile(r"\s*(?:nào|gì|mấy|này|đó|ấy|kia|nao|gi|may|nay|do|ay)\b")
_LONGEST_NAME = 12
_OWN_ANTECEDENT = 3


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words that point at something named before: offsets, the noun, and what sort it is."""

    start: int
    end: int
    noun: str
    sort: Sort


def find_pointer(text: str) -> Pointer | None:
    """Return the first words of a Vietnamese question that point at something named before."""
    marked = has_marks(text)
    spoken = text.casefold() if marked else fold(text).casefold()
    if len(spoken) != len(text):
        return None
    for match in _pointers(marked).finditer(spoken):
        if not marked and _BARE_EXCLUDED.fullmatch(match.group()):
            continue
        sort = next(sort for sort, noun in match.groupdict().items() if noun)
        return Pointer(match.start(), match.end(), match.group(sort), sort)  # type: ignore[arg-type]
    return None


def points_back(text: str) -> bool:
    """Tell whether a Vietnamese question points at what was said before, by noun or pronoun.

    What stands in the same question before a pronoun may be what it means.
    """
    starts = []
    if pointer := find_pointer(text):
        starts.append(pointer.start)
    if has_marks(text):
        spoken = _NOT_ALONE.sub(lambda match: "_" * len(match.group()), text.casefold())
        starts += [match.start() for match in _ALONE.finditer(spoken)]
    return bool(starts) and len(concepts(text[: min(starts)])) < _OWN_ANTECEDENT


def points_back_in_english(text: str) -> bool:
    """Tell whether an English question has a pronoun for what was said before."""
    return bool(_ENGLISH_POINTER.search(text))


def is_named(pointer: Pointer, earlier: str) -> bool:
    """Tell whether the earlier question itself names what a follow-up points at."""
    if pointer.sort == "topic":
        return True
    if pointer.sort == "legal" and LEGAL_NUMBER.search(earlier):
        return True
    if pointer.sort == "person":
        return bool(_NAME.search(earlier))
    noun = fold(pointer.noun)
    spoken = fold(earlier).casefold()
    return any(
        spoken[match.end() :].strip(" ?.!") and not _NO_NAME.match(spoken, match.end())
        for match in re.finditer(rf"\b{noun}\b", spoken)
    )


def find_antecedent(pointer: Pointer, said: str) -> str | None:
    """Return what an answer names that the words may mean; None where it names none or several."""
    if pointer.sort == "legal":
        found = _legal(pointer.noun, said)
    elif pointer.sort == "person":
        title = pointer.noun if fold(pointer.noun) in ("ong", "ba") else ""
        found = [f"{title} {name}".strip() for name in _NAME.findall(said)]
    else:
        found = _named(pointer.noun, said)
    distinct = {fold(name).casefold(): name for name in reversed(found)}
    return distinct.popitem()[1] if len(distinct) == 1 else None


def _legal(noun: str, said: str) -> list[str]:
    found = []
    for match in LEGAL_NUMBER.finditer(said):
        before = fold(said[: match.start()]).casefold().rstrip()
        before = before.removesuffix(" so").rstrip()
        kinds = [kind for kind in _NOUNS["legal"].split("|") if before.endswith(fold(kind))]
        if fold(noun) == "van ban" or fold(noun) in map(fold, kinds):
            found.append(" ".join([*(kinds[:1] or ["văn bản"]), match.group()]))
    return found


def _named(noun: str, said: str) -> list[str]:
    """Return the phrases of an answer that begin with the noun and name something by it."""
    found = []
    spoken = fold(said).casefold()
    if len(spoken) != len(said):
        return []
    for match in re.finditer(rf"(?<!\w){re.escape(fold(noun))}(?!\w)", spoken):
        end = _ENDS.search(said, match.end())
        phrase = said[match.start() : end.start() if end else len(said)].split()
        named = len(phrase) > len(noun.split()) and not _NO_NAME.match(spoken, match.end())
        if named and len(phrase) <= _LONGEST_NAME:
            found.append(" ".join(phrase))
    return found


@cache
def _pointers(marked: bool) -> re.Pattern[str]:
    """Return a pattern of noun and pointing word, the noun in the group of its sort."""
    sorts = "|".join(
        f"(?P<{sort}>{nouns if marked else fold(nouns)})" for sort, nouns in _NOUNS.items()
    )
    return re.compile(rf"(?<!\w)(?:{sorts})\s+{_POINTER if marked else _BARE_POINTER}(?!\w)")
