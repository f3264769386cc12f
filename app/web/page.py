"""The page as a whole: its tabs, and how it is served."""

import gradio

from app.answers import Language
from app.catalogue import Catalogue
from app.settings import Settings
from app.starting import StartingAssistant
from app.web.addresses import HOMES
from app.web.chat import Answering, build_chat
from app.web.server import build_application, run
from app.web.strings import load_strings

WAITING_QUESTIONS = 128
# Gradio looks for new questions a thousand times a second, which keeps an idle computer busy.
IDLE_SECONDS = 0.01


def build_pages(assistant: Answering, catalogue: Catalogue) -> dict[Language, gradio.Blocks]:
    """Return Gradio's part of the page in each language: the chat; the server renders the rest."""
    return {language: _build_page(assistant, catalogue, language) for language in HOMES}


def _build_page(assistant: Answering, catalogue: Catalogue, language: Language) -> gradio.Blocks:
    strings = load_strings(language)

    def examples() -> tuple[str, ...]:
        return catalogue.current().examples(language)

    page = gradio.Blocks(title=strings.page.title, analytics_enabled=False, fill_width=True)
    with page:
        build_chat(assistant, strings, examples)
    page.queue(max_size=WAITING_QUESTIONS)
    page._queue.sleep_when_free = IDLE_SECONDS
    return page


def serve(
    starting: StartingAssistant, catalogue: Catalogue, settings: Settings, host: str, port: int
) -> None:
    """Serve the page until it is interrupted; the assistant is made while it is open already."""
    pages = build_pages(starting, catalogue)
    application = build_application(pages, catalogue, settings.contact)
    run(application, host, port, starting)
