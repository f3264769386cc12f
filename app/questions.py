"""Raw question and history -> Question: the stand-alone text and the slots that it fills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from app.answers import Language, Turn
from app.asked import NOTHING_ASKED, AnswerKind, Asked, read_asked
from app.short_forms import english_terms, expansions
from ingest.figures import Figure, find_figures
from ingest.places import find_places
from ingest.syllables import SyllableStatistics
from ingest.text import fold, has_marks, normalise, words

SmallTalk = Literal["greeting", "thanks", "about"]

_GREETING = re.compile(
    r"^(?:xin )?(?:chao|hello|hi|alo|hey)(?: (?:ban|anh|chi|em|bot|ad|admin|ca nha))?[\s!.,]*$"
)
_THANKS = re.compile(
    r"^(?:(?:xin |rat )?cam on|thanks?|thank you|tks|cam on ban)(?: \w+){0,4}[\s!.,]*$"
)
_ABOUT = re.compile(
    r"^(?:ban|may|em|ad|bot) (?:la (?:ai|gi)|ten (?:la )?gi|lam duoc (?:nhung )?gi"
    r"|giup (?:duoc )?(?:toi )?(?:nhung )?gi)"
    r"|^who are you|^what can you do|^what are you"
)
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
# Between a question and what follows up on it: the last one says what is asked for.
_JOINT = "; "


@dataclass(frozen=True)
class Question:
    """A question as understood: stand-alone text, how it was typed, and what it asks for."""

    raw: str
    text: str
    language: Language = "vi"
    restored: bool = False
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    asked: Asked = NOTHING_ASKED
    small_talk: SmallTalk | None = None
    added: str = ""

    @property
    def kind(self) -> AnswerKind:
        """Return the kind of answer that the question as a whole asks for."""
        return self.asked.kind

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures that the question itself holds."""
        return tuple(find_figures(self.text))

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """Return each place and year to be set side by side; "" and 0 where none is named.

        The years of a span ("2021-2025") are one time, told by no year alone.
        """
        spans = any(figure.kind == "range" and _YEAR.search(figure.text) for figure in self.figures)
        years = (0,) if spans else self.years or (0,)
        return tuple((place, year) for place in self.places or ("",) for year in years)

    @property
    def search_text(self) -> str:
        """Return the words to search with: the question and what its short forms stand for."""
        return f"{self.text} {self.added}".strip()


def understand(raw: str, history: Sequence[Turn], statistics: SyllableStatistics) -> Question:
    """Return the question with marks restored, earlier turns drawn in, and its slots read."""
    typed = normalise(raw).strip()
    small_talk = _small_talk(typed)
    completed = typed if small_talk else _completed(typed, history)
    language = _language(typed if has_marks(typed) else completed)
    restored = language == "vi" and not has_marks(typed) and _is_vietnamese(typed, statistics)
    text = statistics.restore(completed) if restored else completed
    question = Question(raw, text, language, restored, small_talk=small_talk)
    return _with_slots(question, completed)


def _with_slots(question: Question, typed: str) -> Question:
    return replace(
        question,
        places=tuple(dict.fromkeys(place.name for place in find_places(typed))),
        years=years_named(typed),
        asked=read_asked(typed.rpartition(_JOINT)[2]),
        added=_expansions(typed, question.language),
    )


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


def _small_talk(text: str) -> SmallTalk | None:
    plain = _plain(text)
    if _GREETING.search(plain):
        return "greeting"
    if _THANKS.search(plain):
        return "thanks"
    return "about" if _ABOUT.search(plain) else None


def _completed(typed: str, history: Sequence[Turn]) -> str:
    """Return a follow-up as a question of its own, drawing in the questions before it in turn."""
    earlier = ""
    for turn in history:
        asked = normalise(turn.content).strip() if turn.role == "user" else ""
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
    return f"{earlier.rstrip('?!. ')}{_JOINT}{typed}"


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
        return with_place(earlier, names[0])
    first = mentioned[0]
    return earlier[: first.start] + names[0] + earlier[first.end :]


def with_place(text: str, place: str) -> str:
    """Return a question asked of a place."""
    return f"{text.rstrip('?!. ')} ở {place}?"


def _expansions(text: str, language: Language) -> str:
    """Return what the question's short forms (or English terms) stand for, as added words."""
    if language == "en":
        return " ".join(english_terms(text))
    return " ".join(expansions(_without_places(text)))
