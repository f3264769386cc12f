"""The language that a question is asked in."""

import re

from app.answers import Language
from ingest.places import find_places
from ingest.text import has_marks

_ENGLISH = re.compile(
    r"\b(?:the|what|how|which|who|when|where|is|are|does|did|of|many|much|and|for|by|in|about|with"
    r"|compare|list|tell|has|have|will|was|were|it|its|why|that|this|their|they)\b",
    re.IGNORECASE,
)


def language_of(text: str) -> Language:
    """Return English where most words are plain and two are different words of English."""
    if len({word.casefold() for word in _ENGLISH.findall(text)}) < 2:
        return "vi"
    spoken = without_places(text).split()
    marked = sum(has_marks(word) for word in spoken)
    return "en" if marked * 4 < len(spoken) else "vi"


def without_places(text: str) -> str:
    """Return the text without the places that it names."""
    for place in reversed(find_places(text)):
        text = text[: place.start] + text[place.end :]
    return text
