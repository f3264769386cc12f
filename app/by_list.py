"""Questions for a list: rows of the registry, the items under the line that opens them, or a
sentence that holds the list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.answers import Outcome
from app.by_figure import gathered
from app.concepts import is_expressed
from app.evidence import Evidence
from app.filling import checks, passing, refused
from app.inquiry import Chosen, Decision, Inquiry, Slot
from ingest.quantities import find_quantities
from ingest.splitting import is_bare_heading
from ingest.text import fold, folded_tokens

ITEMS = 8

_OF_TARGETS = re.compile(r"\b(?:muc tieu|chi tieu|con so|so lieu|ket qua|thanh tich)\b")
_OPENS_LIST = re.compile(r":\s*$|(?:gồm|bao gồm|như sau|sau đây|là|cụ thể)\s*:")
_ENUMERATES = re.compile(r"[,;]")
_ORDINAL = re.compile(
    r"^\W*(?:(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là\b|Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy"
    r"|tám|chín|mười)\b|\d{1,2}[.)]\s|[a-zđ][)]\s|[-–•+]\s)",
    re.IGNORECASE,
)
_SHARES: dict[Slot, float] = {"place": 0.45, "year": 0.6}
_NEAR = 0.7
_ON_TOPIC = 0.5
# A sentence with so many commas is a list itself.
_ENUMERATION = 3
_FEW = 3
_FEWEST_BORDERS = 3
_BORDERS = re.compile(r"[,;]|\svà\s")
_NAMES_ALL = re.compile(r":|(?<!\w)(?:gồm|là|như)(?!\w)")
_PLURALS = frozenset({"nhung", "cac", "may"})
_MOST_WORDS = 90
_NEAR_ITEMS = 4


def decide_list(inquiry: Inquiry) -> Decision:
    """Return the decision for a question that wants several things named."""
    question = inquiry.question
    wanted = checks(question, question.places, question.years)
    filled, missing = passing(inquiry.ranked, wanted, _SHARES)
    if missing:
        return refused(inquiry, missing, question.places, question.years)
    if _OF_TARGETS.search(fold(question.text).casefold()) and (rows := _of_registry(inquiry)):
        return Decision(Outcome.ANSWERED, rows)
    best = max(filled, key=lambda item: _worth(inquiry, item))
    items = _with_siblings(inquiry, best, filled)
    if all(_only_counts(inquiry, item) for item in items):
        return refused(inquiry, "kind")
    brief = len(items) > _FEW and all(_ORDINAL.match(item.quote) for item in items)
    chosen = tuple(Chosen(item, brief=brief) for item in items)
    likest = max(filled, key=lambda item: (item.passage.id == best.passage.id, item.cosine))
    return Decision(Outcome.ANSWERED, chosen, support=inquiry.support(likest))


def _worth(inquiry: Inquiry, item: Evidence) -> float:
    """Return how well a sentence may hold or open a list about the topic."""
    commas = len(_ENUMERATES.findall(item.quote))
    enumerates = min(commas, 4) / 4
    is_item = bool(_ORDINAL.match(item.quote))
    headed = inquiry.topic.share(
        [float(one) for one in inquiry.topic.expressed(" ".join(item.passage.heading))]
    )
    return (
        inquiry.coverage(item)
        + 0.5 * item.topic
        + 0.3 * enumerates
        + 0.3 * headed
        + 0.1 * is_item
        + 0.2 * bool(_OPENS_LIST.search(item.quote))
    )


def _only_counts(inquiry: Inquiry, item: Evidence) -> bool:
    """Tell whether a sentence says how many of the asked things there are, and names none."""
    nouns = [_head(part.noun) for part in inquiry.question.asked.parts if part.noun]
    counted = [
        one
        for one in find_quantities(item.quote)
        if one.role == "amount" and folded_tokens(one.unit or "")[:1] in nouns
    ]
    if not counted or _ORDINAL.match(item.quote) or _OPENS_LIST.search(item.quote):
        return False
    behind = item.quote[counted[0].end :]
    return not _NAMES_ALL.search(behind) and len(_BORDERS.findall(behind)) < _FEWEST_BORDERS


def _head(noun: Sequence[str]) -> list[str]:
    """Return the first word of a noun: without "những", "các", "mấy"."""
    return [word for word in noun if word not in _PLURALS][:1]


def _with_siblings(inquiry: Inquiry, best: Evidence, filled: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentence with the other items of its list, in the order of the document."""
    document = _sentences_of(inquiry, best)
    if _OPENS_LIST.search(best.quote):
        items = [item for item in document if best.quote in item.sentence.context]
        if items:
            return [best, *items][: ITEMS + 1]
    items = _of_context(best, document) or _of_section(inquiry, best, document)
    if len(items) > 1 and len(_ENUMERATES.findall(best.quote)) < _ENUMERATION:
        return items[:ITEMS]
    least = _NEAR * _worth(inquiry, best)
    near = [item for item in filled if _worth(inquiry, item) >= least]
    near = [item for item in near if item.passage.id == best.passage.id and item != best]
    return _in_order(_within_words([best, *near[:_NEAR_ITEMS]]))


def _sentences_of(inquiry: Inquiry, best: Evidence) -> list[Evidence]:
    """Return all sentences of the document, as far as they are at hand."""
    passages = inquiry.passages(best.passage.document.id) or [best.passage]
    return [
        replace(best, passage=passage, sentence=sentence)
        for passage in passages
        for sentence in passage.sentences
        if not is_bare_heading(passage, sentence)
    ]


def _of_context(best: Evidence, document: Sequence[Evidence]) -> list[Evidence]:
    """Return the items under the line that opens the list of a sentence."""
    context = best.sentence.context
    return [item for item in document if context and item.sentence.context == context]


def _of_section(inquiry: Inquiry, best: Evidence, document: Sequence[Evidence]) -> list[Evidence]:
    """Return the numbered items ("Một là", "1.") of the section whose heading names the topic."""
    section = next((n for n, one in enumerate(best.passage.heading) if _names(inquiry, one)), None)
    if section is None:
        return []
    path = best.passage.heading[: section + 1]
    return [
        item
        for item in document
        if item.passage.heading[: section + 1] == path and _ORDINAL.match(item.quote)
    ]


def _names(inquiry: Inquiry, heading: str) -> bool:
    """Tell whether a heading names what is to be listed."""
    noun = next((part.noun for part in inquiry.question.asked.parts if part.noun), ())
    concept = inquiry.topic.concept_of(noun[-2:]) or inquiry.topic.concept_of(noun)
    return concept is not None and is_expressed(concept, heading)


def _within_words(items: Sequence[Evidence]) -> list[Evidence]:
    """Return the first sentence, and those after it as long as all are not too long to read."""
    kept = [items[0]]
    for item in items[1:]:
        if sum(len(one.quote.split()) for one in [*kept, item]) <= _MOST_WORDS:
            kept.append(item)
    return kept


def _in_order(items: Iterable[Evidence]) -> list[Evidence]:
    return sorted(items, key=lambda item: item.sentence.start)


def _of_registry(inquiry: Inquiry) -> tuple[Chosen, ...]:
    """Return the sentences of the rows for the place, year and aim that are asked for."""
    question = inquiry.question
    rows = [
        fact
        for fact in inquiry.facts
        if fact.row is not None
        and inquiry.topic.share(list(map(float, inquiry.topic.expressed(fact.bound)))) >= _ON_TOPIC
        and (not question.places or fact.row.locality in question.places)
        and (not question.years or fact.row.year in question.years)
        and (question.asked.aim is None or fact.row.kind == question.asked.aim)
    ]
    chosen = gathered(sorted(rows, key=lambda fact: (fact.evidence.sentence.start, fact.start)))
    return chosen[:ITEMS]
