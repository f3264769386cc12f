"""Evidence -> an answer made of verbatim quotes and one lead-in: the default composer."""

import re
from collections.abc import Sequence

from app.answers import Answer, Citation, Language, Outcome
from app.deciding import Decision
from app.evidence import Evidence
from app.questions import Question, years_named
from app.replies import has_reply, reply
from app.short_answers import short_answer
from ingest.documents import Description
from ingest.figures import find_figures


def compose(question: Question, decision: Decision, contact: str | None) -> Answer:
    """Return the answer that the decision allows; it holds no figure that is not quoted."""
    if decision.outcome in (Outcome.ANSWERED, Outcome.PREMISE_CORRECTED):
        return _quoted(question, decision)
    return _refused(question, decision, contact)


def _quoted(question: Question, decision: Decision) -> Answer:
    citations = _cite(question, decision.evidence)
    return Answer(
        question=question.raw,
        understood=question.text,
        language=question.language,
        outcome=decision.outcome,
        text=_answer_text(question, decision, citations),
        short_answer=short_answer(question, decision.evidence),
        citations=citations,
    )


def _answer_text(question: Question, decision: Decision, citations: Sequence[Citation]) -> str:
    sides = len(question.places) > 1
    if decision.outcome is Outcome.PREMISE_CORRECTED:
        lead = reply(question.language, "corrected")
    elif len({citation.passage.document.id for citation in citations}) > 1:
        lead = reply(question.language, "lead_many")
    else:
        lead = lead_in(question.language, citations[0].passage.document)
    lines = [
        _quote_line(citation, named=sides or _is_other(question, citation))
        for citation in citations
    ]
    if len(lines) == 1:
        return f"{lead} {lines[0]}"
    return "\n".join([lead, *(f"- {line}" for line in lines)])


def _is_other(question: Question, citation: Citation) -> bool:
    """Tell whether the cited document is of a place that the question does not name."""
    locality = citation.passage.document.locality
    return bool(question.places and locality and locality not in question.places)


def _quote_line(citation: Citation, *, named: bool) -> str:
    locality = citation.passage.document.locality
    place = f"{locality}: " if named and locality else ""
    return f"{place}“{_inner(citation.quote)}” [{citation.number}]"


def _inner(quote: str) -> str:
    """Return a quote for one line: white-space runs as one space."""
    return re.sub(r"\s+", " ", quote)


def lead_in(language: Language, document: Description) -> str:
    """Return the words that say whose document speaks; a digest never speaks as its publisher."""
    digest = "_digest" if document.kind == "digest" else ""
    if document.publisher and not find_figures(document.publisher):
        return reply(language, f"lead{digest or '_original'}", publisher=document.publisher)
    if find_figures(document.title):
        return reply(language, "lead_many")
    return reply(language, f"lead{digest}_title", title=document.title)


def _cite(question: Question, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            number,
            item.passage,
            item.sentence,
            as_of=_as_of(question, item),
            also_in=item.passage.document.also_in,
        )
        for number, item in enumerate(evidence, start=1)
    )


def _as_of(question: Question, item: Evidence) -> str | None:
    """Return the time that a quote describes: the asked year, its only one, or the document's.

    A quote that names several years, none of them asked for, does not say which is its figure's.
    """
    for text in (item.quote, item.before):
        years = years_named(text)
        asked = tuple(year for year in years if year in question.years)
        if asked or len(years) == 1:
            return str((asked or years)[0])
        if years:
            break
    return item.passage.document.date


def _refused(question: Question, decision: Decision, contact: str | None) -> Answer:
    language = question.language
    related = (
        _cite(question, decision.related) if decision.outcome is Outcome.NOT_IN_DOCUMENTS else ()
    )
    # Beside the answer, not in it: a telephone number is no figure of the documents.
    notice = reply(language, "contact", contact=contact) if contact else None
    return Answer(
        question=question.raw,
        understood=question.text,
        language=language,
        outcome=decision.outcome,
        text=_refusal(question, decision),
        notice=None if question.small_talk else notice,
        related=related,
    )


def _refusal(question: Question, decision: Decision) -> str:
    language = question.language
    if question.small_talk:
        return reply(language, question.small_talk)
    if decision.outcome is Outcome.OUT_OF_SCOPE:
        return reply(language, "out_of_scope")
    if decision.missing == "place":
        return reply(language, "missing_place", places=", ".join(decision.lacking))
    if decision.missing == "year":
        return reply(language, "missing_year", years=", ".join(decision.lacking))
    if decision.missing == "legal":
        legal = [item.text for item in find_figures(question.text) if item.kind == "legal"]
        return reply(language, "missing_legal", numbers=", ".join(legal))
    name = f"missing_{decision.missing}_{question.kind}"
    return reply(language, name if has_reply(language, name) else "not_in_documents")
