"""What a question narrows the thing counted to: "học sinh trung học", "dự án của nước ngoài".

A figure of the thing at large is no answer to it; the restriction has to be told with the figure.
"""

from collections.abc import Sequence

from app.asked import asking
from app.concepts import Concept, is_expressed
from app.facts import Fact
from app.inquiry import Inquiry
from ingest.text import folded_tokens

# Words that may stand between what is counted and what narrows it.
_JOINTS = frozenset({"cua", "thuoc", "ve", "trong", "nganh", "cap", "loai", "la"})
_MOST_JOINTS = 2
_MOST_UNIT = 3
_FEWEST_SYLLABLES = 2


def unmet_restriction(inquiry: Inquiry, fact: Fact) -> Concept | None:
    """Return the restriction of what a figure counts that nothing with the figure tells."""
    asked = folded_tokens(asking(inquiry.question.text))
    evidence = fact.evidence
    told = " ".join([evidence.quote, evidence.sentence.context, *evidence.passage.heading])
    for concept in _restrictions(inquiry, fact, asked):
        if not is_expressed(concept, told):
            return concept
    return None


def _restrictions(inquiry: Inquiry, fact: Fact, asked: Sequence[str]) -> list[Concept]:
    """Return the concepts that stand right behind what the figure counts, in the question.

    A rank counts nothing: it is narrowed by what stands behind "chỉ số".
    """
    counted = folded_tokens(fact.evidence.quote[fact.figure.end :])[:_MOST_UNIT]
    counted = ["chi", "so"] if fact.kind == "rank" else [one for one in counted if one != "%"]
    for size in range(len(counted), 1 if fact.kind == "rank" else 0, -1):
        for start in range(len(asked) - size + 1):
            if list(asked[start : start + size]) == counted[:size]:
                return _behind(inquiry, asked, start + size)
    return []


def _behind(inquiry: Inquiry, asked: Sequence[str], start: int) -> list[Concept]:
    for skipped in range(_MOST_JOINTS + 1):
        at = start + skipped
        for concept in inquiry.topic.concepts:
            own = folded_tokens(concept.words)
            if len(own) >= _FEWEST_SYLLABLES and list(asked[at : at + len(own)]) == own:
                return [concept]
        if at >= len(asked) or asked[at] not in _JOINTS:
            break
    return []
