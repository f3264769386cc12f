"""The conversation as HTML: pure functions; whatever a document or a visitor wrote is escaped."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from app.answers import Answer, Citation, Outcome
from app.web.conversation import Conversation, Exchange
from app.web.markup import in_language, join, optional
from app.web.offers import render_follow_up, render_share
from app.web.quotes import citation_id, related_id, shown_question
from app.web.sources import source_label
from app.web.strings import Strings

_MARK = re.compile(r"\[(\d+)\]")
_LIST_ITEM = re.compile(r"[-•]\s+")
# A longer short answer is set in smaller type.
SHORT_ANSWER_LARGE = 24
NO_BREAK_SPACE = "\u00a0"


def render_transcript(conversation: Conversation, strings: Strings) -> Markup:
    """Return the exchanges.

    The whole of it is set anew with each answer, so that it can be no live region: the page's
    script tells a screen reader what is new.
    """
    return Markup('<section class="transcript" aria-label="{label}">{exchanges}</section>').format(
        label=strings.chat.log_label,
        exchanges=join(render_exchange(exchange, strings) for exchange in conversation),
    )


def render_exchange(exchange: Exchange, strings: Strings) -> Markup:
    """Return one question with its answer, its error, or the note that it is being answered."""
    return Markup(
        '<article class="exchange" id="exchange-{number}" tabindex="-1">'
        '<h2 class="question"><span class="asked">{asked}</span> {question}</h2>{reply}</article>'
    ).format(
        number=exchange.number,
        asked=strings.chat.you_asked,
        question=shown_question(exchange, strings),
        reply=_reply(exchange, strings),
    )


def render_answer(answer: Answer, number: int, strings: Strings) -> Markup:
    """Return an answer: what it comes to first, then its words, its grounds, what to ask next."""
    return Markup(
        '<div class="answer {outcome}" id="answer-{number}" tabindex="-1"{language}>{parts}</div>'
    ).format(
        outcome=answer.outcome.value.replace("_", "-"),
        number=number,
        language=in_language(answer.language, strings),
        parts=join(_answer_parts(answer, number, strings)),
    )


def render_text(answer: Answer, number: int, strings: Strings) -> Markup:
    """Return the answer's paragraphs and lists with its marks as links."""
    titles = {citation.number: citation.passage.document.title for citation in answer.citations}
    lines = [line.strip() for line in answer.text.splitlines() if line.strip()]
    blocks = []
    for listed, group in groupby(lines, key=lambda line: bool(_LIST_ITEM.match(line))):
        template = Markup("<li>{}</li>") if listed else Markup("<p>{}</p>")
        items = join(
            template.format(_linked_marks(_LIST_ITEM.sub("", line, 1), titles, number, strings))
            if listed
            else template.format(_linked_marks(line, titles, number, strings))
            for line in group
        )
        blocks.append(Markup("<ul>{}</ul>").format(items) if listed else items)
    return Markup('<div class="answer-text">{}</div>').format(join(blocks))


def _reply(exchange: Exchange, strings: Strings) -> Markup:
    if exchange.ending:
        words = (
            strings.chat.unexpected_error if exchange.ending == "failed" else strings.chat.stopped
        )
        return Markup(
            '<div class="answer failed" id="answer-{}" tabindex="-1"><p>{}</p></div>'
        ).format(exchange.number, words)
    if exchange.answer is None:
        return Markup('<p class="waiting">{}</p>').format(strings.chat.pending)
    changed = optional(
        "notice changed", strings.chat.library_changed if exchange.outdated else None
    )
    return changed + render_answer(exchange.answer, exchange.number, strings)


def _answer_parts(answer: Answer, number: int, strings: Strings) -> Iterator[Markup]:
    if _bare(answer.understood) != _bare(answer.question):
        yield Markup('<p class="understood">{} <span>{}</span></p>').format(
            strings.chat.understood, answer.understood
        )
    yield optional("outcome", strings.outcome.get(answer.outcome))
    if answer.short_answer:
        yield Markup(
            '<p class="short-answer{size}"><span class="visually-hidden">{label}: </span>'
            "<strong>{short}</strong></p>"
        ).format(
            size=" is-long" if len(answer.short_answer) > SHORT_ANSWER_LARGE else "",
            label=strings.answer.short_answer,
            short=answer.short_answer,
        )
    yield render_text(answer, number, strings)
    yield optional("computed", _worked_out(answer, strings))
    yield optional("notice", answer.notice)
    yield _grounds(answer, number, strings)
    yield render_follow_up(answer.choices, "choices", strings.answer.choices, number, strings)
    title = strings.answer.suggestions if answer.citations else strings.answer.instead
    yield render_follow_up(answer.suggestions, "suggestions", title, number, strings)
    # A greeting or a question about something else is nothing to pass on.
    if answer.outcome not in (Outcome.FAILED, Outcome.OUT_OF_SCOPE):
        yield render_share(answer, number, strings)


def _bare(question: str) -> str:
    """Return a question without what makes no difference to a reader."""
    return " ".join(question.split()).casefold().rstrip("?!. ")


def _linked_marks(line: str, titles: dict[int, str], number: int, strings: Strings) -> Markup:
    pieces = []
    position = 0
    for mark in _MARK.finditer(line):
        cited = int(mark[1])
        if cited not in titles:
            continue
        # A mark never starts a line of its own: the space before it does not break.
        before = line[position : mark.start()]
        pieces.append(escape(before.rstrip() + NO_BREAK_SPACE if before[-1:] == " " else before))
        pieces.append(_mark_link(cited, titles[cited], number, strings))
        position = mark.end()
    pieces.append(escape(line[position:]))
    return join(pieces)


def _mark_link(cited: int, title: str, number: int, strings: Strings) -> Markup:
    label = strings.answer.open_citation.format(number=cited, title=title)
    return Markup('<a class="cite" href="#{}" aria-label="{}">[{}]</a>').format(
        citation_id(number, cited), label, cited
    )


def _worked_out(answer: Answer, strings: Strings) -> str | None:
    """Return what code worked out and from which quotes; the short answer is not said again."""
    if not answer.computed:
        return None
    words = strings.answer
    figures = (
        words.computed.format(name=words.operations[figure.operation], text=figure.text)
        for figure in answer.computed
        if figure.text != answer.short_answer
    )
    marks = sorted({mark for figure in answer.computed for mark in figure.citations})
    told = words.worked_out.format(marks=", ".join(f"[{mark}]" for mark in marks))
    return " ".join((*figures, told))


def _grounds(answer: Answer, number: int, strings: Strings) -> Markup:
    """Return the documents that the answer rests on, each with its marks."""
    if answer.citations:
        cited: dict[str, list[Citation]] = {}
        for citation in answer.citations:
            cited.setdefault(citation.passage.document.id, []).append(citation)
        items = join(
            Markup('<li>{} <span class="ground">{}</span></li>').format(
                Markup(" ").join(
                    _mark_link(citation.number, citation.passage.document.title, number, strings)
                    for citation in together
                ),
                source_label(together[0].passage.document, strings),
            )
            for together in cited.values()
        )
        return Markup('<div class="grounds"><h3>{}</h3><ul>{}</ul></div>').format(
            strings.answer.sources, items
        )
    if answer.related:
        return Markup('<p class="see-related"><a href="#{}">{}</a></p>').format(
            related_id(number, 1), strings.answer.see_related
        )
    return Markup("")
