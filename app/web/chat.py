"""The tab Hỏi đáp: a question goes in, the conversation and its quotes come out."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import gradio

from app.answers import Answer, Turn
from app.web.conversation import Conversation, begin, fail, settle, turns
from app.web.quotes import render_evidence
from app.web.rendering import render_transcript
from app.web.strings import Strings

# Gradio's Chatbot would read an answer as Markdown: what a document says would change on the way.
# So the conversation is HTML of our own, and this script reports which question was chosen in it.
_CHOOSE_QUESTION = """
element.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-question]");
  if (chosen) trigger("submit", { question: chosen.dataset.question });
});
"""

CONCURRENT_QUESTIONS = 4

_log = logging.getLogger(__name__)


class Answering(Protocol):
    """What the page needs of an assistant."""

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Return ever fuller answers to a question; the last one is final."""
        ...


def converse(
    assistant: Answering, conversation: Conversation, question: str
) -> Iterator[Conversation]:
    """Return the conversation as it grows: with the question at once, then with its answer."""
    history = turns(conversation)
    conversation = begin(conversation, question)
    yield conversation
    try:
        for answer in assistant.stream(question, history):
            conversation = settle(conversation, answer)
            yield conversation
    except Exception:
        _log.exception("A question could not be answered.")
        yield fail(conversation)


def build_chat(assistant: Answering, strings: Strings) -> None:
    """Lay out the tab inside the page that is being built, and connect it."""
    conversation = gradio.State(())
    with gradio.Row(elem_id="ask", equal_height=False):
        with gradio.Column(elem_id="chat", min_width=280):
            transcript = _html(render_transcript((), strings), js_on_load=_CHOOSE_QUESTION)
            with gradio.Row(elem_id="composer"):
                question = gradio.Textbox(
                    elem_id="question",
                    label=strings.chat.question_label,
                    placeholder=strings.chat.placeholder,
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                )
                send = gradio.Button(strings.chat.send, variant="primary", elem_id="send")
            clear = gradio.Button(strings.chat.clear, size="sm", elem_id="clear")
        with gradio.Column(elem_id="quotes", min_width=280):
            evidence = _html(render_evidence((), strings))

    def respond(
        typed: str | None, earlier: Conversation, event: gradio.EventData
    ) -> Iterator[tuple[Any, ...]]:
        chosen = _chosen_question(event)
        box: Any = gradio.skip() if chosen is not None else ""
        asked = (typed or "") if chosen is None else chosen
        for grown in converse(assistant, earlier, asked):
            yield (
                box,
                grown,
                str(render_transcript(grown, strings)),
                str(render_evidence(grown, strings)),
            )
            box = gradio.skip()

    def forget() -> tuple[Any, ...]:
        return "", (), str(render_transcript((), strings)), str(render_evidence((), strings))

    shown = [question, conversation, transcript, evidence]
    asking = gradio.on(
        [send.click, question.submit, transcript.submit],
        respond,
        inputs=[question, conversation],
        outputs=shown,
        show_progress="hidden",
        concurrency_limit=CONCURRENT_QUESTIONS,
        api_visibility="private",
    )
    clear.click(
        forget,
        outputs=shown,
        cancels=[asking],
        show_progress="hidden",
        api_visibility="private",
    )


def _html(value: str, js_on_load: str | None = None) -> gradio.HTML:
    return gradio.HTML(str(value), apply_default_css=False, js_on_load=js_on_load)


def _chosen_question(event: gradio.EventData) -> str | None:
    """Return the question of the button that was pressed, if one was."""
    data = event._data
    question = data.get("question") if isinstance(data, dict) else None
    return question if isinstance(question, str) else None
