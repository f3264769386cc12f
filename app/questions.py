"""Raw question and history -> Question: the stand-alone text and the slots that it fills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.answers import Language, Turn
from app.asked import NOTHING_ASKED, AnswerKind, Asked, asking, plain, read_asked
from app.concepts import Concept, concepts
from app.followups import JOINT, Completed, complete
from app.language import language_of, without_places
from app.privacy import abridged, mask, unabridged, unmasked
from app.short_forms import english_terms, expansions
from app.small_talk import SmallTalk, small_talk
from app.spelling import is_syllable
from app.times import Span, times_named
from app.times import years_named as years_named
from app.typos import Corrected, correct
from ingest.figures import Figure, find_figures
from ingest.places import find_places
from ingest.syllables import SyllableStatistics
from ingest.text import fold, has_marks, normalise, words

_OF_NATION = re.compile(
    r"\b(?:viet nam|nuoc ta|ca nuoc|toan quoc|quoc gia)"
    r" (?:dat|phan dau|huong toi|co muc tieu|se|da|hien)"
    r"|\b(?:muc tieu|chi tieu) (?:chung )?(?:cua )?"
    r"(?:viet nam|nuoc ta|ca nuoc|toan quoc|quoc gia)\b"
    r"|^(?:viet nam|nuoc ta|ca nuoc|toan quoc)\b"
)


_POINTER = re.compile(
    r"(?<!\w)(?:(?:nghị định|nghị quyết|quyết định|thông tư|luật|văn bản|kế hoạch|đề án"
    r"|chương trình|chỉ thị|tài liệu|cái|việc|thủ tục|ông|bà) (?:này|đó|ấy|kia)|nó)(?!\w)"
)
_POINTER_UNMARKED = re.compile(fold(_POINTER.pattern).replace("|no)", ")"))


# A question of so many letters of which so many are capitals was typed with the key locked.
_FEWEST_LETTERS, _IN_CAPITALS = 12, 0.85
_WORD, _FIRST_LETTER = re.compile(r"\w+"), re.compile(r"(?<!\w)[^\W\d_]")


@dataclass(frozen=True)
class Question:
    """A question as understood: stand-alone text, how it was typed, and what it asks for.

    `points_nowhere`: it points at something ("nghị định này") that nothing said before names;
    `of_nation`: it asks of the country as a whole.
    """

    raw: str
    text: str
    language: Language = "vi"
    restored: bool = False
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    asked: Asked = NOTHING_ASKED
    small_talk: SmallTalk | None = None
    added: str = ""
    spans: tuple[Span, ...] = ()
    current: bool = False
    follow_up_unsure: bool = False
    points_nowhere: bool = False
    of_nation: bool = False

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Return what the question is about, without places, times and words that only ask."""
        return concepts(unmasked(self.text), self.language, guessed=self.restored)

    @property
    def kind(self) -> AnswerKind:
        """Return the kind of answer that the question as a whole asks for."""
        return self.asked.kind

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures that the question itself holds."""
        return tuple(find_figures(self.text))

    @cached_property
    def legal_keys(self) -> frozenset[str]:
        """Return the keys of the legal documents that the question names."""
        return frozenset(item.key for item in self.figures if item.key.startswith("l:"))

    @property
    def shown(self) -> str:
        """Return the question as it is shown: with capitals where its marks were restored."""
        return with_capitals(self.text) if self.restored else self.text

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """Return each place and year to be set side by side; "" and 0 where none is named.

        The years of a span ("2021-2025") are one time, told by no year alone.
        """
        years = (0,) if self.spans else self.years or (0,)
        return tuple((place, year) for place in self.places or ("",) for year in years)

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
    typed = _in_small_letters(abridged(normalise(raw)).strip())
    talk = small_talk(typed)
    right = _corrected(typed, statistics) if not talk else Corrected(typed)
    follow_up = complete(right.text, history, today) if not talk else Completed(typed)
    marked = has_marks(right.text)
    language = language_of(right.text if marked else follow_up.text)
    restored = language == "vi" and not marked and _is_vietnamese(right.text, statistics)
    text = statistics.restore(follow_up.text) if restored else follow_up.text
    question = Question(raw, unabridged(text), language, restored, small_talk=talk)
    question = replace(
        question,
        follow_up_unsure=follow_up.unsure,
        points_nowhere=_points_nowhere(right.text, follow_up),
        of_nation=bool(_OF_NATION.search(plain(right.text))),
        added=" ".join(right.typed),
    )
    return _with_slots(question, follow_up.text, today)


def _in_small_letters(text: str) -> str:
    """Return a question typed in capitals in small letters, with its first letter and its places.

    Capitals tell names and short forms from words only where there are small letters as well.
    """
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) < _FEWEST_LETTERS or capitals < _IN_CAPITALS * len(letters):
        return text
    return with_capitals(_WORD.sub(_small_word, text))


def _small_word(match: re.Match[str]) -> str:
    """Return a word in small letters, a short form as it is: no syllable is spelled so."""
    word = match.group()
    short = bool(expansions(word)) and not is_syllable(fold(word).casefold())
    return word if short else word.lower()


def with_capitals(text: str) -> str:
    """Return a text in small letters with capitals at its beginning and in the names of places."""
    for place in find_places(text):
        if not all(
            is_syllable(fold(word).casefold()) for word in words(text[place.start : place.end])
        ):
            continue
        name = _FIRST_LETTER.sub(lambda one: one.group().upper(), text[place.start : place.end])
        text = text[: place.start] + name + text[place.end :]
    return text[:1].upper() + text[1:]


def _corrected(typed: str, statistics: SyllableStatistics) -> Corrected:
    return correct(typed, statistics) if language_of(typed) == "vi" else Corrected(typed)


def _with_slots(question: Question, typed: str, today: date | None) -> Question:
    times = times_named(typed, today)
    added = [*_expansions(typed, question.language), *(f"năm {year}" for year in times.relative)]
    return replace(
        question,
        places=tuple(dict.fromkeys(place.name for place in find_places(typed))),
        years=(*times.years, *times.relative),
        asked=read_asked(asking(typed.rpartition(JOINT)[2])),
        added=" ".join([*added, question.added]).strip(),
        spans=times.spans,
        current=times.current,
    )


def _points_nowhere(typed: str, follow_up: Completed) -> bool:
    if not follow_up.unsure or follow_up.text != typed or find_places(typed):
        return False
    pattern = _POINTER if has_marks(typed) else _POINTER_UNMARKED
    return bool(pattern.search(typed.casefold()))


def _is_vietnamese(text: str, statistics: SyllableStatistics) -> bool:
    spoken = [word for word in words(text) if word.isalpha()]
    known = sum(statistics.knows(word) for word in spoken)
    return bool(spoken) and known * 2 >= len(spoken)


def _expansions(text: str, language: Language) -> tuple[str, ...]:
    """Return what the question's short forms (or English terms) stand for."""
    return english_terms(text) if language == "en" else expansions(without_places(text))


def with_place(text: str, place: str) -> str:
    """Return a question asked of a place."""
    return f"{text.rstrip('?!. ')} ở {place}?"
