"""Evidence -> an answer made of verbatim quotes and one lead-in: the default composer."""

import re
from collections.abc import Sequence

from app.answers import Answer, Citation, Language, Outcome
from app.asked import asks_reason
from app.cutting import clauses_in, fragments
from app.facts import names_of_places
from app.inquiry import Chosen, Decision
from app.questions import Question, years_named
from app.replies import has_reply, reply
from app.topic import Topic
from ingest.documents import Description
from ingest.figures import find_figures

# Of an item of a long list the first clauses are told, of about so many words.
_ITEM_WORDS = 8
# A sentence that gives a reason is shown whole: the reason may stand in any clause.
_REASON_WORDS = 80
_ITEM_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+")


def compose(question: Question, decision: Decision, topic: Topic, contact: str | None) -> Answer:
    """Return the answer that the decision allows; it holds no figure that is not quoted."""
    if decision.outcome in (Outcome.ANSWERED, Outcome.PREMISE_CORRECTED):
        return _quoted(question, decision, topic)
    return _refused(question, decision, contact)


def _quoted(question: Question, decision: Decision, topic: Topic) -> Answer:
    citations = _cite(question, decision.chosen)
    return Answer(
        question=question.raw,
        understood=question.shown,
        language=question.language,
        outcome=decision.outcome,
        text=_answer_text(question, decision, citations, topic),
        short_answer=decision.short,
        citations=citations,
        computed=decision.computed,
        notice=_notice(question, citations),
    )


def _notice(question: Question, citations: Sequence[Citation]) -> str | None:
    """Return the word of warning that a cited document has been replaced by another."""
    replaced = any(citation.passage.document.replaced_by for citation in citations)
    return reply(question.language, "replaced") if replaced else None


def _answer_text(
    question: Question, decision: Decision, citations: Sequence[Citation], topic: Topic
) -> str:
    lead = _lead(question, decision, citations)
    lines = [
        _side(question, item, citation)
        + _quote_line(question, item, citation, topic)
        + _also(decision.chosen, place)
        for place, (item, citation) in enumerate(zip(decision.chosen, citations, strict=False))
    ]
    body = (
        f"{lead} {lines[0]}"
        if len(lines) == 1
        else "\n".join([lead, *(f"- {line}" for line in lines)])
    )
    head = _head(question, decision)
    return f"{head}\n{body}" if head else body


def _lead(question: Question, decision: Decision, citations: Sequence[Citation]) -> str:
    if decision.outcome is Outcome.PREMISE_CORRECTED:
        return reply(question.language, "corrected")
    if len({citation.passage.document.id for citation in citations}) > 1:
        return reply(question.language, "lead_many")
    return lead_in(question.language, citations[0].passage.document)


def _head(question: Question, decision: Decision) -> str | None:
    """Return the line that the answer begins with: the fact asked for, and what it is."""
    if decision.short is None or decision.outcome is Outcome.PREMISE_CORRECTED:
        return None
    computed = next((item for item in decision.computed if item.text == decision.short), None)
    cited = dict.fromkeys(computed.citations if computed else (1,))
    marks = "".join(f"[{n}]" for n in cited)
    text = decision.short[:1].upper() + decision.short[1:]
    if computed:
        least = "_least" if question.asked.wants_least else ""
        name = f"head_{computed.operation}{least if computed.operation == 'rank' else ''}"
        return reply(question.language, name, text=decision.short, marks=marks)
    label = _label(question, decision)
    return f"{label}: {decision.short} {marks}." if label else f"{text} {marks}."


def _label(question: Question, decision: Decision) -> str | None:
    """Return whether the fact is a target or a result, and of which year, where that is known."""
    facts = decision.chosen[0].facts
    row = facts[0].row if facts else None
    if row is None:
        return None
    spans = [one for one in find_figures(facts[0].bound) if one.kind == "range"]
    # What is told of a whole span of years is not told of its last one.
    dated = row.year is not None and not any(years_named(one.text) for one in spans)
    name = f"head_{row.kind}" + ("_year" if dated else "")
    return reply(question.language, name, year=str(row.year or ""))


def _side(question: Question, item: Chosen, citation: Citation) -> str:
    """Return whose quote a line holds, where the question names several places or years.

    A place that the question does not name is told as well.
    """
    if len(question.places) < 2 and len(question.sides) > 1:
        year = next((str(y) for fact in item.facts for y in fact.years if y in question.years), "")
        return f"{year}: " if year else ""
    locality = citation.passage.document.locality
    places = [place for fact in item.facts for place in fact.places if place in question.places]
    place = places[0] if places else locality
    other = bool(question.places and locality and locality not in question.places)
    return f"{place}: " if place and (len(question.places) > 1 or other) else ""


def _quote_line(question: Question, item: Chosen, citation: Citation, topic: Topic) -> str:
    quote = citation.quote
    spans = [(0, len(quote))]
    if question.kind == "list":
        spans = [(0, _first_words(quote))] if item.brief else spans
    elif asks_reason(question.text) and len(quote.split()) <= _REASON_WORDS:
        spans = [(0, len(quote))]
    else:
        spans = fragments(quote, _needed(item), lambda text: _tells(question, topic, text))
    # Each piece bears the mark: it may be read as a sentence of its own.
    mark = f"[{citation.number}]"
    return " … ".join(f"“{_inner(_unnumbered(quote[start:end]))}” {mark}" for start, end in spans)


def _unnumbered(text: str) -> str:
    """Return a piece of a quote without the number of its item, which only orders its text."""
    return _ITEM_NUMBER.sub("", text)


def _first_words(quote: str) -> int:
    """Return where the clauses end that say what an item is about."""
    ends = [end for _, end in clauses_in(quote)]
    return next((end for end in ends if len(quote[:end].split()) >= _ITEM_WORDS), len(quote))


def _needed(item: Chosen) -> list[tuple[int, int]]:
    """Return what must be shown of a quote: what answers, as the registry quotes it."""
    spans = list(item.spans)
    offset, length = item.evidence.sentence.start, len(item.evidence.quote)
    for fact in item.facts:
        if fact.row:
            start = max(0, fact.row.start - offset)
            spans.append((start, min(length, fact.row.end - offset)))
    return spans


def _tells(question: Question, topic: Topic, text: str) -> list[bool]:
    """Return for each thing that matters to the question whether a text says it."""
    places, years = names_of_places(text), years_named(text)
    return [
        *topic.expressed(text),
        *(place in places for place in question.places),
        *(year in years for year in question.years),
    ]


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


def _cite(question: Question, chosen: Sequence[Chosen]) -> tuple[Citation, ...]:
    """Return a citation of each sentence quoted, then of those that tell the same elsewhere."""
    quoted = list(chosen)
    quoted += [Chosen(other, facts=item.facts) for item in chosen for other in item.agreeing]
    return tuple(
        Citation(
            number,
            item.evidence.passage,
            item.evidence.sentence,
            as_of=_as_of(question, item),
            also_in=item.evidence.passage.document.also_in,
        )
        for number, item in enumerate(quoted, start=1)
    )


def _also(chosen: Sequence[Chosen], place: int) -> str:
    """Return the marks of the sentences that tell the same as a quoted one."""
    first = len(chosen) + 1 + sum(len(item.agreeing) for item in chosen[:place])
    return "".join(f"[{first + n}]" for n in range(len(chosen[place].agreeing)))


def _as_of(question: Question, item: Chosen) -> str | None:
    """Return the time that a quote describes: its figure's year, the asked one, its only one.

    A quote that names several years, none of them asked for, does not say which is its figure's;
    then it is the document's date.
    """
    rows = [fact.row for fact in item.facts if fact.row and fact.row.year]
    if rows:
        return str(rows[0].year)
    for text in (item.evidence.quote, item.evidence.before):
        years = years_named(text)
        asked = tuple(year for year in years if year in question.years)
        if asked or len(years) == 1:
            return str((asked or years)[0])
        if years:
            break
    return item.evidence.passage.document.date


def _refused(question: Question, decision: Decision, contact: str | None) -> Answer:
    language = question.language
    related = (
        _cite(question, tuple(map(Chosen, decision.related)))
        if decision.outcome is Outcome.NOT_IN_DOCUMENTS
        else ()
    )
    # Beside the answer, not in it: a telephone number is no figure of the documents.
    notice = reply(language, "contact", contact=contact) if contact else None
    return Answer(
        question=question.raw,
        understood=question.shown,
        language=language,
        outcome=decision.outcome,
        text=_refusal(question, decision),
        choices=decision.choices,
        notice=None if question.small_talk else notice,
        related=related,
    )


def _refusal(question: Question, decision: Decision) -> str:
    language = question.language
    if question.small_talk:
        return reply(language, question.small_talk)
    if decision.outcome is Outcome.OUT_OF_SCOPE:
        return reply(language, "out_of_scope")
    if decision.missing == "document":
        return reply(language, "which_document")
    if decision.outcome is Outcome.NEEDS_CLARIFICATION and decision.missing == "topic":
        return reply(language, "which_thing")
    if decision.outcome is Outcome.NEEDS_CLARIFICATION:
        return reply(language, "which_place", places=", ".join(decision.lacking))
    if decision.missing == "place":
        return reply(language, "missing_place", places=", ".join(decision.lacking))
    if decision.missing == "year":
        return reply(language, "missing_year", years=", ".join(decision.lacking))
    if decision.missing == "legal":
        legal = [item.text for item in question.figures if item.key.startswith("l:")]
        return reply(language, "missing_legal", numbers=", ".join(legal))
    detail = question.asked.aim if decision.missing == "aim" else question.kind
    name = f"missing_{decision.missing}_{detail}"
    return reply(language, name if has_reply(language, name) else "not_in_documents")
