"""Raw question and history -> Question: the stand-alone text and the slots that it fills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.answers import Language, Turn
from app.privacy import mask, unmasked
from app.short_forms import english_terms, expansions
from app.small_talk import SmallTalk, small_talk
from ingest.figures import find_figures
from ingest.places import find_places
from ingest.syllables import SyllableStatistics
from ingest.text import fold, has_marks, normalise, words

AnswerKind = Literal[
    "percent", "rank", "count", "date", "legal", "who", "list", "comparison", "yes_no", "text"
]

# Patterns are matched against the folded, lower-case question, so that marks do not matter. Of
# kinds asked for at the same place the first listed wins.
_KIND_PATTERNS: dict[AnswerKind, tuple[str, ...]] = {
    "comparison": (
        r"\bso sanh\b|\bso (?:giup|voi)\b|\bkhac nhau\b|\bchenh lech\b|\bmoi noi\b|\bcao hon\b",
        r"\bthap hon\b|\b(?:ben|noi) nao\b|\bcompare\b|\bdiffer",
    ),
    "list": (
        r"\bliet ke\b|\bke ten\b|\bnhung .{2,60} nao\b|\bgom (?:nhung )?(?:gi|nao)\b|\bnhung gi\b",
        r"\bcac .{2,60} (?:nao|gi)\b|\b\d{1,2} \w+( \w+){0,4} (?:nao|gi)\b|\blist\b",
    ),
    "percent": (
        r"(?:bao nhieu|may|nhieu|bn|bnhiu)\s*(?:%|phan tram)|\bty le\b|\bty trong\b|\bpercent",
        r"(?:may|bao nhieu) diem phan tram|\bwhat (?:share|percent|proportion)",
    ),
    "rank": (r"\b(?:thu|hang|vi tri) (?:may|bao nhieu)\b|\bxep (?:hang|thu)\b|\brank",),
    "legal": (
        r"\b(?:quyet dinh|nghi quyet|ke hoach|van ban|nghi dinh|chi thi|thong tu)"
        r" (?:so )?(?:nao|may|gi)\b",
        r"\bwhich (?:decision|resolution|plan|document)",
    ),
    "date": (
        r"\b(?:ngay|thang|nam) (?:nao|may|bao nhieu)\b|\b(?:khi|hoi|bao) (?:nao|gio)\b|\bwhen\b",
    ),
    "count": (r"\bbao nhieu\b|\bmay\b|\bhow (?:many|much)\b|\bso luong\b|\bbao lau\b",),
    "who": (
        r"\bai\b|\bong nao\b|\bba nao\b|\bnguoi nao\b|\bco quan nao\b|\bdon vi nao\b|\bwho\b",
        r"\bwhich (?:agency|company|city)",
    ),
    "yes_no": (
        r"\bco .{2,80} (?:khong|chua)(?= *(?:[?!.,;]|$|(?:a|vay|nhi|the|roi)\b))",
        r"\bphai khong\b|\bdung khong\b|^(?:is|are|does|did|has|have)\b",
        r"^(?:do|can) (?:the|we|they|you|people|citizens|officials)\b",
    ),
}
_KINDS = {kind: re.compile("|".join(patterns)) for kind, patterns in _KIND_PATTERNS.items()}
# Words that lean on an earlier question. Without their marks they look like others, so a question
# typed with marks is matched with them, one typed without is rid of the look-alikes first.
_FOLLOW_UP = re.compile(
    r"^(?:thế |vậy |rồi |à |còn |tức là |trong (?:số )?đó|sau đó|ngoài ra)(?!giới|hệ|mạnh)"
    r"|\bthì sao\b|\b(?:đó|ấy|kia|này) (?:là|thì|có|được|nữa)\b"
    r"|\b(?:số|cái|hội nghị|cuộc họp|kế hoạch|chương trình|văn bản|đơn vị|người|ông|bà) (?:đó|ấy)\b"
)
_FOLLOW_UP_UNMARKED = re.compile(fold(_FOLLOW_UP.pattern))
_FOLLOW_UP_ENGLISH = re.compile(r"^(?:what about|how about|and)\b")
_NO_FOLLOW_UP = re.compile(
    r"\b(?:thu do|(?:muc|toc|trinh|che|cap) do|(?:hien|ngay|den) nay|con (?:so|nguoi|duong)|the che"
    r"|the (?:can cuoc|bao hiem|nha)|do thi (?=thong|so|hoa|moi|ve|van)"
    r"|(?:khu|cac|quan ly) do thi)\b"
)
# Words that only look like "mấy" and "ai", the words of questions.
_NO_QUESTION_WORD = re.compile(r"\b(?:AI|[Mm]áy|[Mm]ây|[Dd]am may|[Mm]ay (?:tinh|chu|moc))\b")
_ENGLISH = re.compile(
    r"\b(?:the|what|how|which|who|when|where|is|are|does|did|of|many|much|and|for|by|in|about|with"
    r"|compare|list|tell|has|have|will)\b",
    re.IGNORECASE,
)
# A year or a span of years that stands alone; those of dates and document numbers are not meant.
_YEAR = re.compile(r"(?<![\d.,/-])((?:20\d\d\s?[-–]\s?)?20\d\d)(?![.,]?\d|[/-])")
# What a follow-up may hold beside its place or time without asking anything new.
_FILLERS = re.compile(
    r"\b(?:the|vay|con|thi|sao|nam|den|vao|o|tai|voi|cua|a|ha|nhe|roi"
    r"|what|about|and|in|for|how|by)\b|[\W_]"
)
_COMPARED = re.compile(
    r"\b(?:over|than|compared (?:with|to)|against)\s+(?:in\s+)?(?:19|20)\d\d\b"
    r"|\bso (?:với|voi)\s+(?:cùng kỳ\s+)?(?:(?:cuối|đầu)\s+)?(?:(?:năm|nam)\s+)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_SHORT_FOLLOW_UP_WORDS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood: stand-alone text, how it was typed, and what it asks for."""

    raw: str
    text: str
    language: Language = "vi"
    restored: bool = False
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kind: AnswerKind = "text"
    small_talk: SmallTalk | None = None
    added: str = ""

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """Return each place and year to be set side by side; "" and 0 where none is named."""
        return tuple((place, year) for place in self.places or ("",) for year in self.years or (0,))

    @property
    def search_text(self) -> str:
        """Return the words to search with: the question and what its short forms stand for."""
        return unmasked(f"{self.text} {self.added}").strip()


def understand(raw: str, history: Sequence[Turn], statistics: SyllableStatistics) -> Question:
    """Return the question with marks restored, earlier turns drawn in, and its slots read."""
    raw = mask(raw)
    typed = normalise(raw).strip()
    talk = small_talk(typed)
    completed = typed if talk else _completed(typed, history)
    spoken = unmasked(typed)
    language = _language(typed if has_marks(spoken) else completed)
    restored = language == "vi" and not has_marks(spoken) and _is_vietnamese(spoken, statistics)
    text = statistics.restore(completed) if restored else completed
    question = Question(raw, text, language, restored, small_talk=talk)
    return _with_slots(question, completed)


def _with_slots(question: Question, typed: str) -> Question:
    return replace(
        question,
        places=tuple(dict.fromkeys(place.name for place in find_places(typed))),
        years=years_named(typed),
        kind=_kind(_plain(_NO_QUESTION_WORD.sub(" ", typed))),
        added=_expansions(typed, question.language),
    )


def _kind(folded: str) -> AnswerKind:
    """Return what is asked for: whole-question kinds first, then whichever is asked first."""
    found = {
        kind: match.start() for kind, pattern in _KINDS.items() if (match := pattern.search(folded))
    }
    for kind in ("comparison", "list"):
        if kind in found:
            return kind
    return min(found, key=lambda kind: found[kind], default="text")


def _plain(text: str) -> str:
    return " ".join(fold(text).casefold().split())


def years_named(text: str) -> tuple[int, ...]:
    """Return the years that stand alone or end a date, not those of document numbers.

    A year that another one is only compared with ("so với năm 2021") is not named for itself.
    """
    found = []
    for figure in find_figures(_COMPARED.sub(" ", text)):
        if figure.kind in ("year", "range", "month", "date"):
            found += re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", figure.text)
    return tuple(dict.fromkeys(map(int, found)))


def _language(text: str) -> Language:
    """Return English where most words are plain and two are different words of English."""
    if len({word.casefold() for word in _ENGLISH.findall(text)}) < 2:
        return "vi"
    spoken = _without_places(text).split()
    marked = sum(has_marks(word) for word in spoken)
    return "en" if marked * 4 < len(spoken) else "vi"


def _is_vietnamese(text: str, statistics: SyllableStatistics) -> bool:
    spoken = [word for word in words(text) if word.isalpha()]
    known = sum(statistics.knows(word) for word in spoken)
    return bool(spoken) and known * 2 >= len(spoken)


def _completed(typed: str, history: Sequence[Turn]) -> str:
    """Return a follow-up as a question of its own, drawing in the questions before it in turn."""
    earlier = ""
    for turn in history:
        asked = normalise(mask(turn.content)).strip() if turn.role == "user" else ""
        if asked:
            earlier = _joined(earlier, asked)
    return _joined(earlier, typed)


def _joined(earlier: str, typed: str) -> str:
    """Return the typed question with what it leans on from the one before."""
    if not earlier or not _leans_on_earlier(typed):
        return typed
    places, years = find_places(typed), _YEAR.findall(typed)
    if (places or years) and _adds_only_slots(typed):
        return _with_places(_with_years(earlier, years), [place.name for place in places])
    return f"{earlier.rstrip('?!. ')}; {typed}"


def _leans_on_earlier(typed: str) -> bool:
    return len(words(typed)) <= _SHORT_FOLLOW_UP_WORDS or _opens_or_points_back(typed)


def _opens_or_points_back(typed: str) -> bool:
    """Tell whether words such as "còn", "thế", "... đó thì" lean on what was said before."""
    if _FOLLOW_UP_ENGLISH.search(_plain(typed)):
        return True
    if has_marks(typed):
        return bool(_FOLLOW_UP.search(" ".join(typed.casefold().split())))
    if _language(typed) == "en":
        return False
    return bool(_FOLLOW_UP_UNMARKED.search(_NO_FOLLOW_UP.sub("_", _plain(typed))))


def _adds_only_slots(typed: str) -> bool:
    """Tell whether a follow-up names nothing but a place or a time."""
    rest = _plain(_YEAR.sub(" ", _without_places(typed)))
    return not _FILLERS.sub("", rest)


def _without_places(text: str) -> str:
    for place in reversed(find_places(text)):
        text = text[: place.start] + text[place.end :]
    return text


def _with_years(earlier: str, years: Sequence[str]) -> str:
    if not years:
        return earlier
    if _YEAR.search(earlier):
        return _YEAR.sub(years[0], earlier)
    return f"{earlier.rstrip('?!. ')} năm {years[0]}?"


def _with_places(earlier: str, names: Sequence[str]) -> str:
    if not names:
        return earlier
    mentioned = find_places(earlier)
    if not mentioned:
        return f"{earlier.rstrip('?!. ')} ở {names[0]}?"
    first = mentioned[0]
    return earlier[: first.start] + names[0] + earlier[first.end :]


def _expansions(text: str, language: Language) -> str:
    """Return what the question's short forms (or English terms) stand for, as added words."""
    if language == "en":
        return " ".join(english_terms(text))
    return " ".join(expansions(_without_places(text)))
