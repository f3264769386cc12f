"""The page as a whole: its tabs, and how it is served."""

import gradio

from app.catalogue import Catalogue
from app.settings import Settings
from app.starting import StartingAssistant
from app.web.chat import Answering, build_chat
from app.web.server import build_application, run
from app.web.strings import load_strings

WAITING_QUESTIONS = 128
# Gradio looks for new questions a thousand times a second, which keeps an idle computer busy.
IDLE_SECONDS = 0.01


def build_page(assistant: Answering) -> gradio.Blocks:
    """Return Gradio's part of the page: the chat; the server renders the other tabs."""
    strings = load_strings()
    page = gradio.Blocks(title=strings.page.title, analytics_enabled=False, fill_width=True)
    with page:
        build_chat(assistant, strings)
    page.queue(max_size=WAITING_QUESTIONS)
    page._queue.sleep_when_free = IDLE_SECONDS
    return page


def serve(
    starting: StartingAssistant, catalogue: Catalogue, settings: Settings, host: str, port: int
) -> None:
    """Serve the page until it is interrupted; the assistant is made while it is open already."""
    page = build_page(starting)
    application = build_application(page, catalogue, load_strings(), settings.contact)
    run(application, host, port, starting)
