"""The figures of cited quotes, and what stands around a quote: what its sentence leaves open."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.answers import Citation
from app.claims import Claim, read_claims
from app.wording import wording
from ingest.figures import find_figures
from ingest.places import find_places
from ingest.splitting import sentence_spans
from ingest.targets.owners import document_owner

_KEPT = 256
_OPENING = 12
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of a quote: what its sentence says of it, and the citation that shows it."""

    claim: Claim
    sentence: str
    citation: Citation


@lru_cache(maxsize=_KEPT)
def held_by(citation: Citation) -> tuple[Held, ...]:
    """Return the figures of a citation's quote."""
    quote = citation.quote
    return tuple(
        Held(claim, quote[start:end], citation)
        for start, end in sentence_spans(quote)
        for claim in read_claims(quote[start:end])
    )


def surroundings(citation: Citation) -> list[str]:
    """Return the texts around a quote: its context, headings, title, and paragraph up to it."""
    passage = citation.passage
    return [
        citation.sentence.context,
        *passage.heading,
        passage.document.title,
        passage.text[: citation.sentence.start - passage.start].rsplit("\n", 1)[-1],
    ]


@lru_cache(maxsize=_KEPT)
def places_around(citation: Citation) -> frozenset[str]:
    """Return the places that a quote may be about, which names none itself.

    Of a document that has a locality, its paragraph speaks of another place only where that place
    opens the sentence before.
    """
    owner = document_owner(citation.passage.document)
    *above, title, before = surroundings(citation)
    texts = above if owner else [*above, title, before]
    named = [place.name for text in texts for place in find_places(text)]
    spans = sentence_spans(before) if owner else []
    for start, end in spans[-1:]:
        first = find_places(before[start:end])[:1]
        named += [place.name for place in first if place.start <= _OPENING]
    return frozenset([*named, owner] if owner else named)


@lru_cache(maxsize=_KEPT)
def years_around(citation: Citation) -> frozenset[int]:
    """Return the years that a quote may be of, which names none itself."""
    dates = [citation.as_of or "", citation.passage.document.date or ""]
    return frozenset(
        int(year)
        for text in [*surroundings(citation), *dates]
        for figure in find_figures(text)
        if figure.kind in ("year", "month", "date") or figure.key.startswith("ry:")
        for year in _YEAR.findall(figure.key)
    )


@lru_cache(maxsize=_KEPT)
def words_around(citation: Citation) -> frozenset[str]:
    """Return the words of a quote and of what stands around it."""
    texts = [citation.quote, *surroundings(citation)]
    return frozenset().union(*(wording(text).between(0, len(text)) for text in texts))
