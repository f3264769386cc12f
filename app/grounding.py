"""Whether a model's sentence speaks of what it cites: beside figures, the other ways to mislead."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from app.aims import aims_held, aims_of
from app.answers import Citation
from app.language import without_places
from app.wording import is_filler, wording
from ingest.figures import figure_keys
from ingest.places import find_places
from ingest.text import fold, folded_tokens, has_marks, words

Fault = Literal["quote", "foreign", "name", "aim", "denial"]

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»]|‘([^‘’]+)’(?!\w)")
_ADDRESS = re.compile(r"https?:|www\.|@|\w\.(?:com|net|org|vn|info|io|xyz|gov)\b", re.IGNORECASE)
# Amounts in words that are read as no figure: they stand in a quote word by word, or not at all.
_SPELLED = re.compile(
    r"(?<!\w)(?:nửa|rưỡi|chục|tá|hàng (?:trăm|nghìn|ngàn|vạn|triệu|tỷ)|trăm phần trăm|đa số"
    r"|phần lớn|toàn bộ|tất cả|gấp đôi|gấp ba|most|majority|half|twice|thrice|doubl\w+|tripl\w+"
    r"|dozens?|quarters?|thirds?|zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?"
    r"|(?<!\d )(?:thousand|million|billion)s?)"
    r"(?!\w)",
    re.IGNORECASE,
)
# "Không quá 2 triệu" denies nothing: it is a limit, and the figure gate's.
_DENIES = re.compile(
    r"(?<!\w)(?:(?:không|chưa|chẳng|chả)(?! (?:quá|dưới|tới|đến|đầy|hơn|kém|ít|gian|khí|chỉ|ngừng"
    r"|thu)(?!\w))|(?:not|no)(?! (?:more|less|fewer|later|only|under|over)\b)|never|without"
    r"|\w+n['’]t)(?!\w)",
    re.IGNORECASE,
)
# A tag is of the prompt, a question states nothing.
_NO_STATEMENT = re.compile(r"</?[a-z_]+[^<>]*>|\?[\s”\"]*$", re.IGNORECASE)
_MARK = re.compile(r"\[\d{1,2}\]")
_FEWEST_QUOTED = 3
# Of 197 right rewordings written by hand three have fewer words of their quote.
_SHARE = 0.3


def fault_of(sentence: str, cited: Sequence[Citation]) -> Fault | None:
    """Return what is wrong with a sentence beside its figures, None where nothing is."""
    quotes = " ".join(" ".join(citation.quote.split()) for citation in cited)
    for match in _QUOTED.finditer(sentence):
        quoted = " ".join((match.group(1) or match.group(2)).split())
        if len(quoted.split()) >= _FEWEST_QUOTED and quoted.strip(" .,;…") not in quotes:
            return "quote"
    held = " ".join(map(_told, cited))
    if any(match.group() not in held for match in _ADDRESS.finditer(sentence)):
        return "foreign"
    if any(
        match.group().casefold() not in held.casefold() for match in _SPELLED.finditer(sentence)
    ):
        return "foreign"
    if any(_is_odd_number(character) and character not in held for character in sentence):
        return "foreign"
    told = _MARK.sub("", sentence)
    if _NO_STATEMENT.search(told) or not _speaks_of(told, held):
        return "foreign"
    if _names_another(sentence, held):
        return "name"
    if _DENIES.search(sentence) and not _DENIES.search(held):
        return "denial"
    return "aim" if _is_other_aim(sentence, cited) else None


def _told(citation: Citation) -> str:
    """Return all that a citation says: its quote, and what it stands under."""
    document = citation.passage.document
    parts = [citation.quote, citation.sentence.context, *citation.passage.heading, document.title]
    return " ".join([*parts, document.locality or "", document.publisher or ""])


def _names_another(sentence: str, held: str) -> bool:
    """Tell whether a sentence names a place, or someone, that its citations do not.

    An English sentence translates names.
    """
    if {place.name for place in find_places(sentence)} - {
        place.name for place in find_places(held)
    }:
        return True
    if not has_marks(sentence):
        return False
    known = set(folded_tokens(held))
    return any(
        before[0].isupper() and word.istitle() and fold(word).casefold() not in known
        for before, word in pairwise(words(without_places(sentence)))
    )


def _is_other_aim(sentence: str, cited: Sequence[Citation]) -> bool:
    """Tell whether a sentence calls a figure reached that its citations call an aim, or so."""
    held = [aims_held(citation) for citation in cited]
    return any(
        known and not kinds & known
        for key, kinds in aims_of(sentence).items()
        for known in [set().union(*(item.get(key, ()) for item in held))]
    )


def _is_odd_number(character: str) -> bool:
    """Tell whether a character is a number that is no digit: ½, ①, Ⅻ, ²."""
    return unicodedata.category(character) in ("Nl", "No")


def _speaks_of(sentence: str, held: str) -> bool:
    """Tell whether enough words of a sentence are those of its quotes.

    A sentence in English shares no words with a quote in Vietnamese: there a figure, a name or a
    term of the field is enough.
    """
    own = [token for token in dict.fromkeys(folded_tokens(sentence)) if not is_filler(token)]
    shared = set(own) & set(folded_tokens(held))
    if has_marks(sentence) or not has_marks(held):
        return len(shared) >= _SHARE * len(own)
    forms = {form for _, form in wording(sentence).spoken if form.strip()}
    known = {form for _, form in wording(held).spoken if form.strip()}
    return bool(shared or figure_keys(sentence) & figure_keys(held) or forms & known)
