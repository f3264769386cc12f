"""What a question takes for granted, and the evidence that contradicts it."""

import re
from dataclasses import replace

from app.answers import Outcome
from app.asked import Part
from app.binding import Bound, weigh
from app.by_figure import gathered
from app.evidence import Evidence
from app.facts import Fact, names_of_places
from app.filling import fits_place, fits_year, is_about_place
from app.inquiry import Chosen, Decision, Inquiry
from app.names import organisations, persons, proper_names
from app.questions import Question
from app.settings import DecidingSettings
from app.support import believable
from app.times import years_named
from ingest.figures import figure_keys
from ingest.quantities import Quantity, find_quantities
from ingest.text import folded_tokens

_PERCENT = ("%", "điểm phần trăm")
_SUPPOSES = re.compile(
    r"(?<!\w)(?:vì sao|tại sao|sao|do đâu|vì lý do gì|lý do|nhờ|đúng không|phải không|đúng k"
    r"|có đúng|đúng chưa|nhỉ|chứ|vi sao|tai sao|dung khong|phai khong|why|right|correct"
    r"|is it true)(?!\w)",
    re.IGNORECASE,
)
# What stands before the name of a person.
_TITLED = re.compile(
    r"(?:ông|bà|đồng chí|chủ tịch|bí thư|giám đốc|bộ trưởng|thứ trưởng|cục trưởng)"
    r"(?:\s[^\s,;]+){0,4}\s$",
    re.IGNORECASE,
)
_NAMED_SHARE = 0.55
_ISSUES = re.compile(
    r"\s*(?:đã |vừa |mới )?(?:ban hành|ra|ký|công bố|phê duyệt)(?!\w)", re.IGNORECASE
)
_OF = re.compile(r"(?:của|do)\s$", re.IGNORECASE)
# "Cả 30 quận": all of them, where the evidence may say how many.
_ALL = re.compile(
    r"(?<!\w)(?:cả|tất cả|toàn bộ|đủ|hết|ca|tat ca|toan bo|du|het|all)\s$", re.IGNORECASE
)
# So much of the topic in a figure's own words makes it one of the same thing.
_SAME_THING = 0.7


def contradicted(inquiry: Inquiry, limits: DecidingSettings) -> Decision | None:
    """Return the correction of a question that states what the evidence contradicts."""
    if other := _other_place(inquiry) or _place_of_name(inquiry) or _other_issuer(inquiry):
        return Decision(Outcome.PREMISE_CORRECTED, (Chosen(other),))
    for stated in _stated(inquiry):
        if found := _other_value(inquiry, stated, limits):
            chosen = gathered([found.fact])
            return Decision(Outcome.PREMISE_CORRECTED, chosen, found.fact.text)
    return None


def missing_names(inquiry: Inquiry, item: Evidence) -> list[str]:
    """Return the proper names of the question that neither a sentence nor its passage has."""
    document = item.passage.document
    around = " ".join(
        [item.passage.text, item.sentence.context, document.title, *item.passage.heading]
    )
    return [name for name in _names(inquiry) if not _has(around, name)]


def with_other_name(inquiry: Inquiry, decision: Decision) -> Decision | None:
    """Return the correction where the sentence tells the same of another person or body."""
    item = decision.chosen[0].evidence
    missing = missing_names(inquiry, item)
    if not missing or inquiry.coverage(item) < _NAMED_SHARE:
        return None
    text = inquiry.question.text
    people = [name for name in missing if _TITLED.search(text[: text.find(name)])]
    bodies = [name for name in missing if name.isupper() or list(organisations(name))]
    others = list(persons(item.quote)) if people else list(organisations(item.quote))
    if not others or not (people or bodies):
        return None
    return replace(decision, outcome=Outcome.PREMISE_CORRECTED, short=None)


def _names(inquiry: Inquiry) -> list[str]:
    question = inquiry.question
    if question.restored or question.language == "en":
        return []
    return proper_names(question.text)


def _has(text: str, name: str) -> bool:
    if name.isupper():
        return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    wanted, tokens = folded_tokens(name), folded_tokens(text)
    size = len(wanted)
    return any(tokens[n : n + size] == wanted for n in range(len(tokens) - size + 1))


def _other_place(inquiry: Inquiry) -> Evidence | None:
    """A legal document that the question gives to one place, the evidence to another."""
    question = inquiry.question
    legal = question.legal_keys
    if not legal or not question.places:
        return None
    naming = [item for item in inquiry.ranked if legal & figure_keys(item.quote)]
    if not naming or any(
        is_about_place(item, place) for item in naming for place in question.places
    ):
        return None
    return naming[0]


def _place_of_name(inquiry: Inquiry) -> Evidence | None:
    """A named thing that the question puts into one place, the evidence into another."""
    places = inquiry.question.places
    if len(places) != 1 or inquiry.question.kind == "rank":
        return None
    for name in _names(inquiry):
        naming = [item for item in inquiry.ranked if _has(item.quote, name)]
        if naming and not any(_may_be_of(item, places[0]) for item in naming):
            return naming[0]
    return None


def _other_issuer(inquiry: Inquiry) -> Evidence | None:
    """A legal document that the question says one body issued, the evidence another."""
    question = inquiry.question
    asked = _issuers(question.text)
    if not question.legal_keys or not asked:
        return None
    told = [
        (item, issuer)
        for item in inquiry.ranked
        if inquiry.names_legal(item)
        for issuer in _issuers(item.quote)
    ]
    if any(_same_body(issuer, other) for _, issuer in told for other in asked):
        return None
    return told[0][0] if told else None


def _issuers(text: str) -> list[str]:
    """Return the bodies that a text says to issue a document: "X ban hành ...", "... của X"."""
    found = []
    for start, end in organisations(text):
        before, after = text[max(0, start - 40) : start], text[end : end + 20]
        if _ISSUES.match(after) or (_OF.search(before) and figure_keys(before)):
            found.append(text[start:end])
    return found


def _same_body(one: str, other: str) -> bool:
    a, b = set(folded_tokens(one)), set(folded_tokens(other))
    return a <= b or b <= a


def _may_be_of(item: Evidence, place: str) -> bool:
    named = names_of_places(f"{item.quote} {item.passage.text}")
    return place in named or item.passage.document.locality in (None, place)


def _stated(inquiry: Inquiry) -> list[Quantity]:
    """Return the quantities that the question states; those that only name a thing are none."""
    return [
        one
        for one in find_quantities(inquiry.question.text)
        if one.role in ("amount", "rank")
        and not (one.role == "rank" and inquiry.question.kind in ("who", "which", "where"))
        and one.figure.kind != "code"
        and (one.role == "rank" or any(sign.isdigit() for sign in one.figure.text))
    ]


def _other_value(inquiry: Inquiry, stated: Quantity, limits: DecidingSettings) -> Bound | None:
    """Return the figure that stands where the question has another, if none agrees with it."""
    question = inquiry.question
    english = question.language == "en"
    part = _part_of(stated)
    years = _years_of(inquiry, stated)
    facts = [
        fact
        for fact in inquiry.facts
        if (fact.places or not question.places)
        and fits_place(fact, question.places)
        and fits_year(fact, years)
    ]
    topic = inquiry.topic.without(stated.figure.text)
    bound = weigh(topic, part, question.asked, facts, inquiry.rank_of_row)
    best = next((one for one in bound if _same_kind(one.fact, stated)), None)
    if best and any(
        _agrees(one.fact, stated)
        and (one.share >= best.share or believable(one.support, limits, english=english))
        for one in bound
    ):
        return None
    if best is None or best.noun < 0 or not _takes_for_granted(question, stated, best):
        return None
    return best if believable(best.support, limits, english=english) else None


def _takes_for_granted(question: Question, stated: Quantity, best: Bound) -> bool:
    """Tell whether a question rests on the figure that it states, as that of the same thing."""
    if question.kind in ("yes_no", "text") or _SUPPOSES.search(question.text):
        return True
    if stated.unit in _PERCENT or stated.role == "rank":
        return True
    return best.noun == 1.0 and (best.own >= _SAME_THING or _is_some_of(question, stated, best))


def _is_some_of(question: Question, stated: Quantity, best: Bound) -> bool:
    """Tell whether a question speaks of all, and the evidence says of how many of so many."""
    top, *bottom = best.fact.figure.values or (0,)
    of_all = bool(_ALL.search(question.text[: stated.start]))
    return of_all and [*bottom] == [*stated.figure.values] and top < bottom[0]


def _years_of(inquiry: Inquiry, stated: Quantity) -> tuple[int, ...]:
    """Return the year that a stated figure is of: the last one named before it, else all asked."""
    question = inquiry.question
    before = years_named(question.text[: stated.start])
    return before[-1:] or question.years


def _agrees(fact: Fact, stated: Quantity) -> bool:
    """Tell whether a figure is the stated one; the rank 7 is also "7/63", all 30 "30/30"."""
    if stated.role == "rank" and fact.kind == "rank" and fact.quantity is not None:
        return fact.quantity.number == stated.number
    values = fact.figure.values
    of_all = len(values) > 1 and set(values) == set(stated.figure.values)
    return fact.key == stated.figure.key or (of_all and fact.kind == "count")


def _part_of(stated: Quantity) -> Part:
    if stated.role == "rank":
        return Part("rank", 0)
    if stated.unit in _PERCENT:
        return Part("percent", 0)
    return Part("count", 0, tuple(folded_tokens(stated.unit or ""))[:2])


def _same_kind(fact: Fact, stated: Quantity) -> bool:
    if fact.quantity is None:
        return False
    return fact.quantity.role == stated.role and (
        (fact.quantity.unit in _PERCENT) == (stated.unit in _PERCENT)
    )
