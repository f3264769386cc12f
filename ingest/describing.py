"""What a document's own text says of it: title and locality."""

from collections import Counter

from ingest.documents import Description, Heading
from ingest.places import find_places
from ingest.splitting import sentence_spans

_TITLE_CHARACTERS = 160
_OPENING_CHARACTERS = 1000
_LOCALITY_SHARE = 0.5


def infer_description(
    document_id: str, text: str, body_start: int, headings: tuple[Heading, ...]
) -> Description:
    """Return what the text shows; what it does not show stays None."""
    return Description(
        id=document_id,
        title=_title(text, body_start, headings),
        locality=_locality(text[body_start:]),
    )


def _title(text: str, body_start: int, headings: tuple[Heading, ...]) -> str:
    """Return the heading that opens the text, or else its first sentence, shortened."""
    body = text[body_start:].lstrip()
    if headings and headings[0].start <= len(text) - len(body):
        return headings[0].text
    start, end = sentence_spans(body[:_OPENING_CHARACTERS])[0]
    sentence = body[start:end]
    if len(sentence) <= _TITLE_CHARACTERS:
        return sentence
    return sentence[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def _locality(text: str) -> str | None:
    """Return the locality that most mentions name, None where no one has the majority."""
    counts = Counter(place.name for place in find_places(text))
    if not counts:
        return None
    name, mentions = counts.most_common(1)[0]
    return name if mentions > _LOCALITY_SHARE * counts.total() else None
