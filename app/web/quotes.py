"""The panel of quotes as HTML: each quote marked in its paragraph, under its document's name."""

from markupsafe import Markup

from app.answers import Citation
from app.web.addresses import quote_address
from app.web.conversation import Conversation, Exchange
from app.web.markup import in_language, join, optional
from app.web.sources import as_of_label, copy_text, place_label, source_label
from app.web.strings import Strings
from ingest.documents import Passage, Sentence

# A longer question is cut short where the page repeats it.
QUESTION_SHOWN = 600


def render_evidence(conversation: Conversation, strings: Strings) -> Markup:
    """Return the panel of quotes: one group for each answer, that of the latest one shown."""
    settled = [exchange for exchange in conversation if exchange.settled]
    groups = join(
        _evidence_group(exchange, strings, hidden=exchange is not settled[-1])
        for exchange in settled
    )
    return Markup(
        '<section class="evidence{state}" aria-labelledby="evidence-title">'
        '<h2 id="evidence-title">{title}</h2><p class="evidence-empty"{empty_hidden}>{empty}</p>'
        '<div class="evidence-groups" data-copied="{copied}">{groups}</div></section>'
    ).format(
        state="" if settled else " is-empty",
        title=strings.evidence.title,
        empty_hidden=Markup(" hidden") if settled else "",
        empty=strings.evidence.empty,
        copied=strings.evidence.copied,
        groups=groups,
    )


def render_citation(
    citation: Citation,
    identifier: str,
    strings: Strings,
    *,
    opened: bool = False,
    numbered: bool = True,
) -> Markup:
    """Return a quote in its paragraph, under a summary that names the document.

    What no answer cites has no number, and says so itself: the title above it may be out of sight.
    """
    document = citation.passage.document
    return Markup(
        '<details class="citation{near}" id="{identifier}"{opened}><summary>'
        '{number}<span class="citation-head">{no_answer}'
        '<span class="citation-title">{title}</span> <span class="citation-source">{source}</span> '
        '<span class="citation-snippet"{vietnamese}>{snippet}</span></span></summary>'
        '<div class="citation-body">{place}{context}'
        '<blockquote class="passage" aria-label="{passage_label}"{vietnamese}>{passage}'
        "</blockquote>"
        '{facts}<p class="citation-actions"><a class="read" href="{address}" target="_blank"'
        ' rel="noopener">{read}<span class="visually-hidden"> {new_tab}</span></a>'
        '<button type="button" class="copy" data-copy="{copy_text}">{copy}</button></p>'
        "</div></details>"
    ).format(
        near="" if numbered else " is-near",
        identifier=identifier,
        opened=Markup(" open") if opened else "",
        number=_number(citation) if numbered else "",
        no_answer="" if numbered else _no_answer(strings),
        vietnamese=in_language("vi", strings),
        title=document.title,
        source=source_label(document, strings),
        snippet=citation.quote,
        place=optional("citation-place", place_label(citation, strings)),
        context=optional("citation-context", citation.sentence.context or None),
        passage_label=strings.evidence.passage,
        passage=render_passage(citation.passage, citation.sentence),
        facts=_citation_facts(citation, strings),
        address=quote_address(
            document.id, citation.sentence.start, citation.sentence.end, citation.quote
        ),
        read=strings.evidence.read,
        new_tab=strings.evidence.new_tab,
        copy_text=copy_text(citation, strings),
        copy=strings.evidence.copy_quote,
    )


def render_passage(passage: Passage, sentence: Sentence) -> Markup:
    """Return the passage's exact text with the quoted sentence marked."""
    start, end = sentence.start - passage.start, sentence.end - passage.start
    return Markup("{}<mark>{}</mark>{}").format(
        passage.text[:start], passage.text[start:end], passage.text[end:]
    )


def citation_id(exchange: int, citation: int) -> str:
    """Return the id under which a citation of an exchange is opened."""
    return f"citation-{exchange}-{citation}"


def related_id(exchange: int, place: int) -> str:
    """Return the id of a passage that is near a refused question."""
    return f"related-{exchange}-{place}"


def shown_question(exchange: Exchange, strings: Strings) -> str:
    """Return the question as the page repeats it: one that is far too long is cut short."""
    question = exchange.question.strip() or strings.chat.empty_question
    if len(question) <= QUESTION_SHOWN:
        return question
    return f"{question[:QUESTION_SHOWN].rstrip()}…"


def _evidence_group(exchange: Exchange, strings: Strings, *, hidden: bool) -> Markup:
    answer = exchange.answer
    citations = answer.citations if answer else ()
    related = answer.related if answer else ()
    return Markup(
        '<div class="evidence-group" id="evidence-{number}"{hidden}>'
        '<p class="evidence-question">{label} <q>{question}</q></p>{citations}{related}{none}'
        '<p class="back"><a href="#answer-{number}">{back}</a></p></div>'
    ).format(
        number=exchange.number,
        hidden=Markup(" hidden") if hidden else "",
        label=strings.evidence.for_question,
        question=shown_question(exchange, strings),
        citations=join(
            render_citation(
                citation, citation_id(exchange.number, citation.number), strings, opened=not place
            )
            for place, citation in enumerate(citations)
        ),
        related=_related(related, exchange.number, strings),
        none="" if citations or related else optional("none", strings.evidence.none),
        back=strings.evidence.back,
    )


def _related(related: tuple[Citation, ...], number: int, strings: Strings) -> Markup:
    if not related:
        return Markup("")
    return Markup('<h3 class="related-title">{}</h3>{}').format(
        strings.evidence.related,
        join(
            render_citation(citation, related_id(number, place), strings, numbered=False)
            for place, citation in enumerate(related, start=1)
        ),
    )


def _number(citation: Citation) -> Markup:
    return Markup('<span class="citation-number" aria-hidden="true">{}</span>').format(
        citation.number
    )


def _no_answer(strings: Strings) -> Markup:
    return Markup('<span class="no-answer">{}</span> ').format(strings.evidence.no_answer)


def _citation_facts(citation: Citation, strings: Strings) -> Markup:
    also_in = (
        strings.evidence.also_in.format(documents=", ".join(citation.also_in))
        if citation.also_in
        else None
    )
    return optional("citation-as-of", as_of_label(citation, strings)) + optional(
        "citation-also", also_in
    )
