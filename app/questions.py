"""Raw question and history -> Question: the stand-alone text and the slots that it fills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.answers import Language, Turn
from app.concepts import Concept, concepts
from app.followups import Completed, complete
from app.language import language_of, without_places
from app.privacy import abridged, mask, unabridged, unmasked
from app.short_forms import english_terms, expansions
from app.small_talk import SmallTalk, small_talk
from app.times import Span, times_named
from app.times import years_named as years_named
from app.typos import Corrected, correct
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
# Words that only look like "mấy" and "ai", the words of questions.
_NO_QUESTION_WORD = re.compile(r"\b(?:AI|[Mm]áy|[Mm]ây|[Dd]am may|[Mm]ay (?:tinh|chu|moc))\b")


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
    spans: tuple[Span, ...] = ()
    current: bool = False
    follow_up_unsure: bool = False

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Return what the question is about, without places, times and words that only ask."""
        return concepts(unmasked(self.text), self.language, guessed=self.restored)

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """Return each place and year to be set side by side; "" and 0 where none is named."""
        return tuple((place, year) for place in self.places or ("",) for year in self.years or (0,))

    @property
    def search_text(self) -> str:
        """Return the words to search with: the question and what its short forms stand for."""
        return unmasked(f"{self.text} {self.added}").strip()


def understand(
    raw: str,
    history: Sequence[Turn],
    statistics: SyllableStatistics,
    *,
    today: date | None = None,
) -> Question:
    """Return the question with marks restored, earlier turns drawn in, and its slots read.

    Years told from today ("năm nay") are read only with its date.
    """
    raw = mask(raw)
    typed = abridged(normalise(raw)).strip()
    talk = small_talk(typed)
    right = _corrected(typed, statistics) if not talk else Corrected(typed)
    follow_up = complete(right.text, history, today) if not talk else Completed(typed)
    marked = has_marks(right.text)
    language = language_of(right.text if marked else follow_up.text)
    restored = language == "vi" and not marked and _is_vietnamese(right.text, statistics)
    text = statistics.restore(follow_up.text) if restored else follow_up.text
    question = Question(raw, unabridged(text), language, restored, small_talk=talk)
    question = replace(question, follow_up_unsure=follow_up.unsure, added=" ".join(right.typed))
    return _with_slots(question, follow_up.text, today)


def _corrected(typed: str, statistics: SyllableStatistics) -> Corrected:
    return correct(typed, statistics) if language_of(typed) == "vi" else Corrected(typed)


def _with_slots(question: Question, typed: str, today: date | None) -> Question:
    times = times_named(typed, today)
    added = [*_expansions(typed, question.language), *(f"năm {year}" for year in times.relative)]
    return replace(
        question,
        places=tuple(dict.fromkeys(place.name for place in find_places(typed))),
        years=(*times.years, *times.relative),
        kind=_kind(_plain(_NO_QUESTION_WORD.sub(" ", typed))),
        added=" ".join([*added, question.added]).strip(),
        spans=times.spans,
        current=times.current,
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


def _is_vietnamese(text: str, statistics: SyllableStatistics) -> bool:
    spoken = [word for word in words(text) if word.isalpha()]
    known = sum(statistics.knows(word) for word in spoken)
    return bool(spoken) and known * 2 >= len(spoken)


def _expansions(text: str, language: Language) -> tuple[str, ...]:
    """Return what the question's short forms (or English terms) stand for."""
    return english_terms(text) if language == "en" else expansions(without_places(text))
