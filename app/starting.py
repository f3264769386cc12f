"""An assistant that is still being made: the page opens while the model loads beside it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future

from app.answers import Answer, Turn
from app.assistant import Assistant


class StartingAssistant:
    """Makes an assistant in a thread of its own; a question asked meanwhile waits for it."""

    def __init__(self, build: Callable[[], Assistant]) -> None:
        self._build = build
        self._made: Future[Assistant] = Future()

    def start(self, on_failure: Callable[[], None]) -> None:
        """Begin; `on_failure` is called where no assistant can be made, see `check`."""
        # A daemon: stopping the program does not wait for a model that nobody needs any more.
        threading.Thread(target=self._make, args=(on_failure,), daemon=True).start()

    def _make(self, on_failure: Callable[[], None]) -> None:
        try:
            self._made.set_result(self._build())
        except BaseException as error:
            self._made.set_exception(error)
            on_failure()

    def check(self) -> None:
        """Raise what kept the assistant from being made; nothing where it still is or is done."""
        if self._made.done():
            self._made.result()

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows, as soon as the assistant is there."""
        yield from self._made.result().stream(question, history)
