"""Whether a figure is given as something aimed at or as something reached, by the words for it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.answers import Citation
from ingest.documents import TargetKind
from ingest.quantities import find_quantities
from ingest.splitting import sentence_spans
from ingest.targets.clauses import clauses_of
from ingest.targets.kinds import Surroundings, decide, kind_of_context
from ingest.targets.measures import Measure
from ingest.text import has_marks

Kinds = Mapping[str, set[TargetKind]]

_KEPT = 256
_ENGLISH_TARGET = re.compile(
    r"\b(?:aim\w*|targets?|goals?|plan(?:s|ned)?|will|should|must|(?:is|are) to|expect\w*|striv\w+"
    r"|intend\w*|seek\w*)\b",
    re.IGNORECASE,
)
_ENGLISH_RESULT = re.compile(
    r"\b(?:ha(?:s|ve|d) (?:already |now )?(?:reached|achieved|attained|met)|reached|achieved"
    r"|attained|already)\b",
    re.IGNORECASE,
)


def aims_of(text: str) -> Kinds:
    """Return by key the figures of a text that its own words call a target or a result."""
    found: dict[str, set[TargetKind]] = defaultdict(set)
    for start, end in sentence_spans(text):
        for key, kind in _of_sentence(text[start:end]):
            if kind:
                found[key].add(kind)
    return found


@lru_cache(maxsize=_KEPT)
def aims_held(citation: Citation) -> Kinds:
    """Return by key what a citation's figures are, told by its words or by what it stands under."""
    passage, found = citation.passage, defaultdict(set)
    around = kind_of_context(" ".join([*passage.heading, citation.sentence.context]))
    quote = citation.quote
    for start, end in sentence_spans(quote):
        for key, kind in _of_sentence(quote[start:end]):
            if known := kind or around:
                found[key].add(known)
    return found


def _of_sentence(text: str) -> Iterator[tuple[str, TargetKind | None]]:
    """Yield the figures of a sentence and what its words surely call them, None where they do not.

    An English sentence is read as a whole.
    """
    measures = [Measure(item) for item in find_quantities(text) if item.role in ("amount", "rank")]
    if not measures:
        return
    for measure, clause in zip(measures, clauses_of(text, measures), strict=True):
        if has_marks(text):
            decision = decide(text, 0, measure, clause, None, Surroundings("report"))
            kind = decision.kind if decision.sure else None
        else:
            kind = _in_english(text)
        yield measure.quantity.figure.key, kind


def _in_english(text: str) -> TargetKind | None:
    if _ENGLISH_TARGET.search(text):
        return "target"
    return "result" if _ENGLISH_RESULT.search(text) else None
