"""The whole site in a real browser, with a small assistant and a small library behind it."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.app.web.doubles import build_small_application

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass
class Watched:
    """A page with the requests that it made and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def see(self, request: Request) -> None:
        self.requests.append(request.url)

    def attend(self) -> None:
        """Write down from now on what the page asks for and complains of."""
        self.page.on("request", self.see)
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def ask(self, question: str) -> None:
        answered = self.page.locator(".answer").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.locator(".answer").nth(answered).wait_for()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    application = build_small_application(tmp_path_factory.mktemp("site") / "library")
    server = uvicorn.Server(
        uvicorn.Config(application, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "chromium is not installed: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        # An English browser: the page must speak Vietnamese of its own accord.
        yield running.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
        running.close()


@pytest.fixture
def watched(browser: BrowserContext, address: str) -> Iterator[Watched]:
    """Open the chat in a new page."""
    watched = Watched(browser.new_page())
    watched.attend()
    watched.page.goto(address)
    watched.page.wait_for_selector("#question textarea")
    yield watched
    watched.page.close()
