"""Questions for a statement, or for yes or no: the sentences nearest to the topic."""

import re

from app.answers import Outcome
from app.evidence import Evidence
from app.inquiry import Chosen, Decision, Inquiry
from app.settings import DecidingSettings
from app.slots import checks, passing, refused

_SHARES = {"legal": 0.0, "place": 0.45, "year": 0.6}
_EXTRA_SHARE = 0.92
_MOST = 2
_DENIES = re.compile(
    r"(?<!\w)(?:chưa|không (?:có|được|phải|thực hiện)|chưa có)(?!\w)", re.IGNORECASE
)


def decide_text(inquiry: Inquiry, limits: DecidingSettings) -> Decision:
    """Return the decision for a question whose answer is what a sentence says."""
    filled, decision = nearest(inquiry, limits)
    if decision:
        return decision
    chosen = [
        item for item in filled if worth(inquiry, item) >= _EXTRA_SHARE * worth(inquiry, filled[0])
    ]
    return Decision(Outcome.ANSWERED, tuple(map(Chosen, chosen[:_MOST])))


def decide_yes_no(inquiry: Inquiry, limits: DecidingSettings) -> Decision:
    """Return the decision for a question that yes or no answers; a verdict only where it is sure."""
    filled, decision = nearest(inquiry, limits)
    if decision:
        return decision
    best = filled[0]
    sure = inquiry.coverage(best) >= limits.verdict_share
    asked_denied = bool(_DENIES.search(inquiry.question.text.rsplit(" ", 1)[0]))
    denied = bool(_DENIES.search(best.quote)) and not asked_denied
    english = inquiry.question.language == "en"
    short = ("Yes" if english else "Có") if sure and not denied else None
    return Decision(Outcome.ANSWERED, (Chosen(best),), short)


def nearest(inquiry: Inquiry, limits: DecidingSettings) -> tuple[list[Evidence], Decision | None]:
    """Return the sentences that fill all slots, best first, or the refusal."""
    question = inquiry.question
    wanted = checks(question, question.places, question.years)
    filled, missing = passing(inquiry.ranked, wanted, _SHARES)
    if missing:
        return [], refused(inquiry, missing, question.places, question.years)
    filled = sorted(filled, key=lambda item: -worth(inquiry, item))
    if inquiry.coverage(filled[0]) < limits.text_share:
        return [], refused(inquiry, "topic")
    return filled, None


def worth(inquiry: Inquiry, item: Evidence) -> float:
    """Return how near a sentence is to what is asked: its words and its meaning."""
    return inquiry.coverage(item) + item.topic
