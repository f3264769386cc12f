"""Whether a question leans on what was said before: by its first words, a pronoun, or shortness."""

import re
import tomllib
from enum import Enum, auto
from functools import cache
from importlib.resources import files

from app.alternatives import find_alternatives, without_alternatives
from app.antecedents import points_back, points_back_in_english
from app.concepts import Concept, concepts
from app.language import language_of, without_places
from app.short_forms import english_terms
from app.spelling import is_syllable
from app.times import years_named
from ingest.figures import find_figures
from ingest.places import find_places
from ingest.text import fold, has_marks, words

_SHORT_WORDS = 4
_RELATIONAL_WORDS = 9
_FULL_CONCEPTS = 4
_PLACED_CONCEPTS = 2
_ENGLISH_POINTING_WORDS = 9

# Without their marks these look like others, so a question typed with marks is matched with them,
# one typed without is rid of the look-alikes first.
_OPENING = re.compile(
    r"^(?:(?:dạ|ừ|ừm|ờ|ok|vâng|à|ồ)[\s,]+)*(?:thế |vậy |rồi |à |còn |tức là|trong (?:số )?đó|sau đó"
    r"|ngoài ra|và )(?!giới|hệ|mạnh|nào|kỷ|vận)|\bthì sao\b"
)
_BARE_OPENING = re.compile(fold(_OPENING.pattern))
_NO_OPENING = re.compile(
    r"\b(?:thu do|(?:muc|toc|trinh|che|cap) do|(?:hien|ngay|den) nay|con (?:so|nguoi|duong)|the che"
    r"|the (?:can cuoc|bao hiem|nha)|do thi (?=thong|so|hoa|moi|ve|van)"
    r"|(?:khu|cac|quan ly) do thi)\b"
)
_ENGLISH_OPENING = re.compile(r"^(?:(?:ok|so|well)[\s,]+)*(?:what about|how about|and)\b")
_DEFINED = re.compile(
    r"\b(?:la (?:gi|ai|cai gi)|nghia la gi|the nao la|means?)\b|^what (?:is|are) \w"
)
_COMPARES = re.compile(
    r"\bso (?:voi|sanh)\b|\b(?:cao|thap|nhieu|it|lon|nho|tot|kem|nhanh|cham) hon\b"
    r"|\bhon hay kem\b|\bcompare|\bthan\b|\bversus\b"
)
_BARE_LOOK_ALIKES = frozenset({"con", "the"})
MEASURE = re.compile(
    r"^(?:ty le|ti le|ty trong|ti trong|so luong|tong so|so (?!voi|sanh|do|hoa)|doanh thu"
    r"|nang suat|toc do|muc do|thu nhap|chi so)\s*\w"
)
_NOTHING_BEFORE = re.compile(r"(?:(?:ở|của|với|trong|tại|o|cua|voi|tai)\s+)?")
_ASKS = re.compile(
    r"\b(?:bao nhieu|may|nao|gi|ai|sao|dau|bao gio|khong|chua|bao lau|phan tram|bn|bnhiu|j)\b|\?"
)


class Leaning(Enum):
    """How a question leans on earlier ones."""

    NOT = auto()
    SHORT = auto()
    OPENS = auto()


def leaning(typed: str, *, after_english: bool = False) -> Leaning:
    """Return how a question leans on what was said before it.

    A few plain words after an English question are English: "Why?".
    """
    english = language_of(typed) == "en" or (after_english and not has_marks(typed))
    if english or _ENGLISH_OPENING.search(typed.casefold()):
        return _leaning_in_english(typed)
    if points_back(typed):
        return Leaning.OPENS
    own = own_concepts(typed)
    if opens(typed):
        return Leaning.NOT if _is_full(typed, own) else Leaning.OPENS
    return Leaning.SHORT if _is_short_of(typed, own) else Leaning.NOT


def own_concepts(text: str) -> tuple[Concept, ...]:
    """Return what a question names for itself besides places and times."""
    return concepts(text)


def opens(typed: str) -> bool:
    """Tell whether a question begins with a word that leans on what was said."""
    plain = " ".join(typed.casefold().split())
    if _ENGLISH_OPENING.search(plain):
        return True
    if has_marks(typed):
        return bool(_OPENING.search(plain))
    match = _BARE_OPENING.search(_NO_OPENING.sub("_", fold(plain)))
    if match and match.group().strip() in _BARE_LOOK_ALIKES:
        return len(words(typed)) <= _SHORT_WORDS or _is_set_against(typed)
    return bool(match)


def _is_set_against(typed: str) -> bool:
    """Tell whether an unmarked question sets something against what was spoken of before.

    "con" and "the" are also a child, and an English article.
    """
    plain = fold(typed).casefold()
    if "thi sao" in plain or MEASURE.match(plain.split(maxsplit=1)[-1]):
        return True
    return bool(find_places(typed) or find_alternatives(typed) or years_named(typed))


def asks(text: str) -> bool:
    """Tell whether a text has a word that asks."""
    return bool(_ASKS.search(fold(text).casefold()))


def compares(text: str) -> bool:
    """Tell whether a question sets something beside what was spoken of, not in its place."""
    return bool(_COMPARES.search(fold(text).casefold()))


def is_relational(concept: Concept) -> bool:
    """Tell whether a concept says something only of a topic spoken of before."""
    return fold(concept.words).casefold() in _relational()


def _is_full(typed: str, own: tuple[Concept, ...]) -> bool:
    """Tell whether a question that begins like a follow-up says all it asks."""
    if "thi sao" in fold(typed).casefold() or not asks(typed):
        return False
    placed = bool(find_places(typed)) or _has_legal_number(typed)
    telling = [concept for concept in own if not is_relational(concept)]
    return len(telling) >= (_PLACED_CONCEPTS if placed else _FULL_CONCEPTS)


def _is_short_of(typed: str, own: tuple[Concept, ...]) -> bool:
    """Tell whether a question names too little to be asked alone."""
    count = len(words(typed))
    defined = _DEFINED.search(fold(typed).casefold())
    if not count or _has_legal_number(typed):
        return False
    if _begins_with_alternative(typed):
        return not defined
    telling = [concept for concept in own if not is_relational(concept)]
    if not telling:
        return not own or count <= _RELATIONAL_WORDS
    if count > _SHORT_WORDS:
        return False
    return not (find_places(typed) or defined or _names_someone(typed))


def _names_someone(typed: str) -> bool:
    """Tell whether a question has a name of its own: a capital that its place does not give."""
    titled = [word for word in words(typed) if word.istitle() and len(word) > 1]
    return any(word != words(typed)[0] or not is_syllable(fold(word).casefold()) for word in titled)


def _begins_with_alternative(typed: str) -> bool:
    """Tell whether a question only sets one thing of a kind before a word that asks."""
    found = find_alternatives(typed)
    if not found or find_places(typed) or own_concepts(without_alternatives(typed)):
        return False
    return bool(_NOTHING_BEFORE.fullmatch(typed[: found[0].start].casefold()))


def _leaning_in_english(typed: str) -> Leaning:
    count = len(words(typed))
    if _ENGLISH_OPENING.search(typed.casefold()):
        return Leaning.OPENS
    if count <= _ENGLISH_POINTING_WORDS and points_back_in_english(typed):
        return Leaning.OPENS
    named = find_places(typed) and english_terms(without_places(typed))
    short = count <= _SHORT_WORDS and not named
    return Leaning.SHORT if short and not _DEFINED.search(typed.casefold()) else Leaning.NOT


def _has_legal_number(text: str) -> bool:
    return any(figure.kind == "legal" for figure in find_figures(text))


@cache
def _relational() -> frozenset[str]:
    data = tomllib.loads(files("ingest").joinpath("data/followups.toml").read_text("utf-8"))
    return frozenset(fold(word) for word in data["relational"])
