"""What a question narrows the thing counted to: "học sinh trung học", "trong số dự án đó, mấy cái".

A figure of the thing at large is no answer to it; the restriction has to be told with the figure.
"""

import re
from collections.abc import Sequence

from app.another import is_of_another
from app.asked import Part, asking, plain
from app.binding import is_any_noun
from app.concepts import Concept, is_expressed
from app.facts import Fact
from app.inquiry import Inquiry
from ingest.text import folded_tokens

# "Trong số dự án đó, bao nhiêu ...", "52 dự án đang chạy thì mấy ...": what follows is a part.
_WHOLE = re.compile(
    r"(?:^|[.;:]\s)\W*(?:(?:trong|trong so) (?:so|tong so|cac|nhung|may|hon|gan|khoang|\d)"
    r"|(?!(?:19|20)\d\d\b)\d+(?! (?:thang|nam|ngay|quy)\b))[^,;:?]*?"
    r"(?:,|\bthi\b)(?P<part>.*)$"
)
_TOLD_OF_PART = 0.5
# Words that may stand between what is counted and what narrows it.
_JOINTS = frozenset({"cua", "thuoc", "ve", "trong", "nganh", "cap", "loai", "la"})
_MOST_JOINTS = 2
_MOST_UNIT = 3
_FEWEST_SYLLABLES = 2


def counts_another(inquiry: Inquiry, part: Part, fact: Fact) -> bool:
    """Tell whether what a part counts is named nowhere with a figure: no posts are its deputies."""
    if part.kind != "count" or fact.kind != "count" or len(part.noun) < _FEWEST_SYLLABLES:
        return False
    if is_any_noun(part.noun):
        return False
    noun = next(
        (
            concept
            for concept in inquiry.topic.concepts
            if tuple(folded_tokens(concept.words)) == part.noun[: len(concept.words.split())]
            and len(concept.words.split()) >= _FEWEST_SYLLABLES
        ),
        None,
    )
    return noun is not None and not is_expressed(noun, fact.told)


def is_narrower(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question asks for a narrower thing than a figure is told of."""
    asked = folded_tokens(asking(inquiry.question.text))
    told = fact.told
    groups = [one for one in inquiry.topic.concepts if one.narrows]
    narrowing = [*groups, *_restrictions(inquiry, fact, asked), *_beneficiaries(inquiry, asked)]
    if any(not is_expressed(concept, told) for concept in narrowing):
        return True
    return _is_whole(inquiry, fact) or is_of_another(inquiry, fact)


def _is_whole(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question asks for a part of a whole, and a figure is not told of that part."""
    match = _WHOLE.search(plain(inquiry.question.text.replace("thị", "_").replace("Thị", "_")))
    if not match:
        return False
    part = inquiry.topic.within(match["part"])
    told = part.expressed(f"{fact.evidence.quote} {fact.evidence.sentence.context}")
    return part.share(list(map(float, told))) < _TOLD_OF_PART


def _restrictions(inquiry: Inquiry, fact: Fact, asked: Sequence[str]) -> list[Concept]:
    """Return the concepts that stand right behind what the figure counts, in the question.

    A rank counts nothing: it is narrowed by what stands behind "chỉ số".
    """
    counted = folded_tokens(fact.evidence.quote[fact.figure.end :])[:_MOST_UNIT]
    counted = ["chi", "so"] if fact.kind == "rank" else [one for one in counted if one != "%"]
    for size in range(len(counted), 1 if fact.kind == "rank" else 0, -1):
        starts = [n for n in range(len(asked)) if list(asked[n : n + size]) == counted[:size]]
        if starts:
            return [one for start in starts for one in _behind(inquiry, asked, start + size)]
    return []


def _beneficiaries(inquiry: Inquiry, asked: Sequence[str]) -> list[Concept]:
    """Return what a question says last that something is for: "dành mấy phần trăm cho y tế"."""
    places = [place for place, word in enumerate(asked[:-1]) if word == "cho"]
    found = _behind(inquiry, asked, places[-1] + 1) if places else []
    return [one for one in found if folded_tokens(one.words)[-1] == asked[-1]]


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
