"""Question + evidence -> outcome: are all slots filled, is a premise contradicted?

Likeness cannot decide whether the documents hold an answer: on plausible questions without one
it is a coin. What decides is whether the evidence about the thing asked fills each slot of the
question: that place, that time, that kind of answer, bound to that indicator.
"""

from dataclasses import replace

from app.answers import Outcome
from app.asked import FIGURE_KINDS
from app.by_definition import decide_definition
from app.by_document import decide_document, other_date
from app.by_figure import decide_figures, unclear_document
from app.by_list import decide_list
from app.by_name import decide_name
from app.by_side import decide_sides
from app.by_text import decide_text, decide_yes_no
from app.contacts import asks_contact, tells_contact
from app.filling import refused
from app.inquiry import Decision, Inquiry
from app.premises import contradicted, missing_names, with_other_name
from app.settings import DecidingSettings
from app.support import believable

# How much sharing every word counts beside the cosine in telling foreign questions apart.
_COVERAGE_WEIGHT = 0.1


def decide(inquiry: Inquiry, limits: DecidingSettings) -> Decision:
    """Return how the question ends; fixed before anything is worded."""
    question = inquiry.question
    if question.small_talk or not inquiry.ranked:
        return Decision(Outcome.OUT_OF_SCOPE)
    english = question.language == "en"
    if likeness(inquiry) < limits.scope_likeness - limits.english_allowance * english:
        return Decision(Outcome.OUT_OF_SCOPE, missing="topic")
    if question.points_nowhere:
        documents = {item.passage.document.id: item.passage.document for item in inquiry.ranked}
        return unclear_document(question, list(documents.values()))
    if correction := other_date(inquiry) or contradicted(inquiry, limits):
        return correction
    if told := decide_document(inquiry) or decide_definition(inquiry):
        return told
    decision = _by_kind(inquiry)
    if not decision.chosen or decision.support is None:
        return decision
    if other := with_other_name(inquiry, decision):
        return other
    unnamed = missing_names(inquiry, decision.chosen[0].evidence)
    if unnamed or not believable(decision.support, limits, english=english):
        return refused(inquiry, "topic")
    return decision


def _by_kind(inquiry: Inquiry) -> Decision:
    question = inquiry.question
    if question.kind not in FIGURE_KINDS and asks_contact(question.text):
        kept = [item for item in inquiry.ranked if tells_contact(question.text, item)]
        return decide_text(replace(inquiry, ranked=kept)) if kept else refused(inquiry, "kind")
    if question.kind == "list":
        return decide_list(inquiry)
    if question.kind == "comparison" or len(question.sides) > 1:
        return decide_sides(inquiry)
    if question.kind in FIGURE_KINDS:
        return decide_figures(inquiry)
    if question.kind in ("who", "which", "where"):
        return decide_name(inquiry)
    if question.kind == "yes_no":
        return decide_yes_no(inquiry)
    return decide_text(inquiry)


def likeness(inquiry: Inquiry) -> float:
    """Return how near the nearest sentence is: cosine, and a little for the words it shares."""
    return max(item.cosine + _COVERAGE_WEIGHT * item.coverage for item in inquiry.ranked)
