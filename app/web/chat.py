"""The tab Hỏi đáp: a question goes in, the conversation and its quotes come out."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import gradio

from app.answers import Answer, Turn
from app.web.conversation import Conversation, begin, fail, settle, stop, turns
from app.web.offers import render_welcome
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
# A link carries its question behind "#", which no browser sends to a server: it is asked from here.
_ASK_LINKED = """
function askLinked() {
  const linked = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  const question = linked.get("hoi");
  if (question) trigger("submit", { question, version: linked.get("ban") });
}
window.addEventListener("hashchange", askLinked);
askLinked();
"""

CONCURRENT_QUESTIONS = 4

_log = logging.getLogger(__name__)


class Answering(Protocol):
    """What the page needs of an assistant."""

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Return ever fuller answers to a question; the last one is final."""
        ...


def converse(
    assistant: Answering,
    conversation: Conversation,
    question: str,
    linked_version: str | None = None,
) -> Iterator[Conversation]:
    """Return the conversation as it grows: with the question at once, then with its answer."""
    history = turns(conversation)
    conversation = begin(conversation, question, linked_version)
    yield conversation
    try:
        for answer in assistant.stream(question, history):
            conversation = settle(conversation, answer)
            yield conversation
    except Exception:
        _log.exception("A question could not be answered.")
        yield fail(conversation)


def build_chat(
    assistant: Answering, strings: Strings, examples: Callable[[], Sequence[str]]
) -> None:
    """Lay out the tab inside the page that is being built, and connect it."""

    def greet() -> str:
        return str(render_welcome(_or_none(examples), strings))

    conversation = gradio.State(())
    with gradio.Row(elem_id="ask", equal_height=False):
        with gradio.Column(elem_id="chat", min_width=280):
            # Made anew whenever the page is opened: the library may have changed.
            welcome = _html(greet, js_on_load=_CHOOSE_QUESTION)
            transcript = _html(
                render_transcript((), strings), js_on_load=_CHOOSE_QUESTION + _ASK_LINKED
            )
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
                stop_asking = gradio.Button(strings.chat.stop, elem_id="stop")
            clear = gradio.Button(strings.chat.clear, size="sm", elem_id="clear")
        with gradio.Column(elem_id="quotes", min_width=280):
            evidence = _html(render_evidence((), strings))

    def respond(
        typed: str | None, earlier: Conversation, event: gradio.EventData
    ) -> Iterator[tuple[Any, ...]]:
        chosen, version = _event_text(event, "question"), _event_text(event, "version")
        box: Any = gradio.skip() if chosen is not None else ""
        asked = (typed or "") if chosen is None else chosen
        for grown in converse(assistant, earlier, asked, version):
            yield (box, *render(grown))
            box = gradio.skip()

    def render(grown: Conversation) -> tuple[Any, ...]:
        transcript, evidence = render_transcript(grown, strings), render_evidence(grown, strings)
        return grown, str(transcript), str(evidence)

    def end(waiting: Conversation) -> tuple[Any, ...]:
        return render(stop(waiting))

    def forget() -> tuple[Any, ...]:
        return ("", *render(()))

    shown = [question, conversation, transcript, evidence]
    asking = gradio.on(
        [send.click, question.submit, transcript.submit, welcome.submit],
        respond,
        inputs=[question, conversation],
        outputs=shown,
        show_progress="hidden",
        concurrency_limit=CONCURRENT_QUESTIONS,
        api_visibility="private",
    )
    stop_asking.click(
        end,
        inputs=[conversation],
        outputs=[conversation, transcript, evidence],
        cancels=[asking],
        show_progress="hidden",
        api_visibility="private",
    )
    clear.click(
        forget,
        outputs=shown,
        cancels=[asking],
        show_progress="hidden",
        api_visibility="private",
    )


def _html(value: str | Callable[[], str], js_on_load: str | None = None) -> gradio.HTML:
    shown = value if callable(value) else str(value)
    return gradio.HTML(shown, apply_default_css=False, js_on_load=js_on_load)


def _or_none(examples: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Return the examples; a library that cannot be read has none, and the page opens without."""
    try:
        return examples()
    except Exception:
        _log.exception("No example questions could be made.")
        return ()


def _event_text(event: gradio.EventData, name: str) -> str | None:
    """Return what a button or a link brought under a name, if it did."""
    data = event._data
    text = data.get(name) if isinstance(data, dict) else None
    return text if isinstance(text, str) else None
