"""What a question takes for granted, and the evidence that contradicts it."""

import re
from collections.abc import Sequence

from app.answers import Outcome
from app.asked import Part
from app.binding import Bound, weigh
from app.by_figure import gathered
from app.evidence import Evidence
from app.facts import Fact
from app.inquiry import Chosen, Decision, Inquiry
from app.settings import DecidingSettings
from app.slots import fits_place, fits_year, is_about_place
from ingest.figures import figure_keys, find_figures
from ingest.quantities import Quantity, find_quantities

_PERCENT = ("%", "điểm phần trăm")
_SUPPOSES = re.compile(
    r"(?<!\w)(?:vì sao|tại sao|sao|do đâu|đúng không|phải không|đúng k|có đúng|đúng chưa|nhỉ|chứ"
    r"|vi sao|tai sao|dung khong|phai khong|why|right|correct)(?!\w)",
    re.IGNORECASE,
)


def contradicted(inquiry: Inquiry, limits: DecidingSettings) -> Decision | None:
    """Return the correction of a question that states what the evidence contradicts."""
    if other := _other_place(inquiry):
        return Decision(Outcome.PREMISE_CORRECTED, (Chosen(other),))
    for stated in _stated(inquiry):
        if found := _other_value(inquiry, stated, limits):
            chosen = gathered([found.fact])
            return Decision(Outcome.PREMISE_CORRECTED, chosen, found.fact.text)
    return None


def confirmed(inquiry: Inquiry, item: Evidence) -> bool:
    """Tell whether a sentence holds every figure that the question states."""
    stated = {one.figure.key for one in _stated(inquiry)}
    return stated <= figure_keys(item.quote)


def _other_place(inquiry: Inquiry) -> Evidence | None:
    """A legal document that the question gives to one place, the evidence to another."""
    question = inquiry.question
    legal = {figure.key for figure in question.figures if figure.kind == "legal"}
    if not legal or not question.places:
        return None
    naming = [item for item in inquiry.ranked if legal & figure_keys(item.quote)]
    if not naming or any(
        is_about_place(item, place) for item in naming for place in question.places
    ):
        return None
    return naming[0]


def _stated(inquiry: Inquiry) -> list[Quantity]:
    """Return the quantities that the question states; those that only name a thing are none."""
    return [
        one
        for one in find_quantities(inquiry.question.text)
        if one.role in ("amount", "rank") and one.figure.kind != "code"
    ]


def _other_value(inquiry: Inquiry, stated: Quantity, limits: DecidingSettings) -> Bound | None:
    """Return the figure that stands where the question has another, if none agrees with it."""
    supposes = inquiry.question.kind in ("yes_no", "text") or bool(
        _SUPPOSES.search(inquiry.question.text)
    )
    if not supposes and stated.unit not in _PERCENT:
        return None
    question = inquiry.question
    part = _part_of(stated)
    facts = [
        fact
        for fact in inquiry.facts
        if fits_place(fact, question.places) and fits_year(fact, question.years)
    ]
    if any(fact.key == stated.figure.key for fact in facts):
        return None
    bound = weigh(inquiry.topic, part, question.asked, facts)
    best = next((one for one in bound if _same_kind(one.fact, stated)), None)
    if best is None or best.share < limits.premise_share or best.noun < 0:
        return None
    return best


def _part_of(stated: Quantity) -> Part:
    if stated.role == "rank":
        return Part("rank", 0)
    if stated.unit in _PERCENT:
        return Part("percent", 0)
    from ingest.text import folded_tokens

    return Part("count", 0, tuple(folded_tokens(stated.unit or ""))[:2])


def _same_kind(fact: Fact, stated: Quantity) -> bool:
    if fact.quantity is None:
        return False
    return fact.quantity.role == stated.role and (
        (fact.quantity.unit in _PERCENT) == (stated.unit in _PERCENT)
    )


def legal_numbers(text: str) -> Sequence[str]:
    """Return the numbers of legal documents that a text names."""
    return [figure.text for figure in find_figures(text) if figure.kind == "legal"]
