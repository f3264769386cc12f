"""A LangChain chat model within limits; the only module that knows providers."""

import os
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from app.errors import AppError, ChatModelError, SlowChatModelError
from app.settings import Settings

Speaker = Literal["system", "user", "model"]
Message = tuple[Speaker, str]

_MESSAGES: dict[Speaker, type[BaseMessage]] = {
    "system": SystemMessage,
    "user": HumanMessage,
    "model": AIMessage,
}
# Vietnamese costs the usual models a token for two to four characters.
_CHARACTERS_PER_TOKEN = 3
_THOUGHTS = ("<think>", "</think>")
_FIRST_PAUSE = 0.5
_WRONG_REQUEST = range(400, 500)
_PASSING = (408, 409, 425, 429)


@dataclass(frozen=True, slots=True)
class _Provider:
    """A provider's package and extra, where its key stands, and its names for our limits."""

    package: str
    extra: str
    key: str | None
    limits: dict[str, str]

    def options(self, settings: Settings) -> dict[str, Any]:
        """Return what its model is made with; waiting and trying again are done here, not there."""
        values = {"timeout": settings.llm_timeout, "tokens": settings.llm_tokens, "retries": 0}
        options: dict[str, Any] = {name: values[limit] for limit, name in self.limits.items()}
        if self.package == "langchain_ollama":
            options["client_kwargs"] = {"timeout": settings.llm_timeout}
        return options


_USUAL = {"timeout": "timeout", "tokens": "max_tokens", "retries": "max_retries"}
_PROVIDERS = {
    "openai": _Provider("langchain_openai", "openai", "OPENAI_API_KEY", _USUAL),
    "anthropic": _Provider("langchain_anthropic", "anthropic", "ANTHROPIC_API_KEY", _USUAL),
    "google_genai": _Provider("langchain_google_genai", "google", "GOOGLE_API_KEY", _USUAL),
    "ollama": _Provider("langchain_ollama", "ollama", None, {"tokens": "num_predict"}),
}


class Allowance:
    """The time and the characters that one answer has left, over all its calls of the model.

    Only waiting for the model costs time, not what is done with what it says.
    """

    def __init__(self, seconds: float, characters: float, whole: "Allowance | None" = None) -> None:
        self._seconds = seconds
        self._characters = characters
        self._whole = whole

    @property
    def seconds(self) -> float:
        """Return the seconds left, none where they are over."""
        return max(0.0, self._seconds)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Take the time that passes meanwhile."""
        started = time.monotonic()
        try:
            with self._whole.waiting() if self._whole else nullcontext():
                yield
        finally:
            self._seconds -= time.monotonic() - started

    def spend(self, text: str) -> None:
        """Take what a text costs; raise ChatModelError where no more is left."""
        self._characters -= len(text)
        if self._characters < 0:
            raise ChatModelError("The answer has used up its tokens: raise llm_tokens.")
        if self._whole:
            self._whole.spend(text)

    def part(self, share: float) -> "Allowance":
        """Return a share of what is left, for one step; what it spends is spent of the whole."""
        return Allowance(self.seconds * share, self._characters * share, self)


class ChatModel:
    """Streams text of a chat model, within an answer's allowance, with another try where it fails.

    Raises ChatModelError where nothing comes; what the model or its provider says is never in it.
    """

    def __init__(self, model: BaseChatModel, settings: Settings) -> None:
        self._model = model
        self._settings = settings

    def allowance(self) -> Allowance:
        """Return what one answer may use."""
        limits = self._settings
        return Allowance(limits.llm_timeout, limits.llm_tokens * _CHARACTERS_PER_TOKEN)

    def stream(self, messages: Sequence[Message], allowance: Allowance) -> Generator[str]:
        """Yield the model's text as it comes; closing the iterator ends the request."""
        allowance.spend("".join(content for _, content in messages))
        prompt = [_MESSAGES[speaker](content) for speaker, content in messages]
        for attempt in range(self._settings.llm_retries + 1):
            begun = False
            try:
                for text in _said(self._once(prompt, allowance)):
                    begun = True
                    yield text
                return
            except _RequestFailed as failure:
                pause = _FIRST_PAUSE * 2**attempt
                last = attempt == self._settings.llm_retries or pause >= allowance.seconds
                if begun or last or not failure.passing:
                    raise ChatModelError(f"The language model failed: {failure}.") from None
            with allowance.waiting():
                time.sleep(pause)

    def _once(self, prompt: list[BaseMessage], allowance: Allowance) -> Generator[str]:
        """Yield the text of one request, read in a thread of its own.

        Some providers wait longer than they were told to: an answer waits for none of them.
        """
        if not allowance.seconds:
            raise SlowChatModelError("No time is left to ask the language model.")
        pieces: SimpleQueue[str | BaseException | None] = SimpleQueue()
        stopped = threading.Event()
        reader = threading.Thread(
            target=_read, args=(self._model, prompt, pieces, stopped), daemon=True
        )
        reader.start()
        try:
            while (piece := _next(pieces, allowance)) is not None:
                if isinstance(piece, BaseException):
                    raise _RequestFailed(piece)
                allowance.spend(piece)
                yield piece
        finally:
            stopped.set()


class _RequestFailed(Exception):  # noqa: N818  # Never leaves this module.
    """One request failed; `passing` where another one may not."""

    def __init__(self, error: BaseException) -> None:
        status = getattr(error, "status_code", None)
        # The error's own text may repeat the question.
        super().__init__(type(error).__name__ + (f", status {status}" if status else ""))
        self.passing = status not in _WRONG_REQUEST or status in _PASSING


def _said(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a model's text without the thoughts that some put before it, between tags."""
    begins = ""
    rest = iter(pieces)
    for piece in rest:
        begins = (begins + piece).lstrip()
        if begins.startswith(_THOUGHTS[0]):
            _, ended, begins = begins.partition(_THOUGHTS[1])
            if not ended:
                begins = _THOUGHTS[0] + begins
                continue
        elif _THOUGHTS[0].startswith(begins):
            continue
        yield begins
        break
    yield from rest


def _read(
    model: BaseChatModel,
    prompt: list[BaseMessage],
    pieces: "SimpleQueue[str | BaseException | None]",
    stopped: threading.Event,
) -> None:
    try:
        stream = model.stream(prompt)
        for chunk in stream:
            if stopped.is_set():
                stream.close()  # type: ignore[attr-defined]  # Every chat model streams by yield.
                return
            if chunk.text:
                pieces.put(str(chunk.text))
        pieces.put(None)
    except BaseException as error:
        pieces.put(error)


def _next(
    pieces: "SimpleQueue[str | BaseException | None]", allowance: Allowance
) -> str | BaseException | None:
    try:
        with allowance.waiting():
            return pieces.get(timeout=allowance.seconds)
    except Empty:
        raise SlowChatModelError("The language model did not answer in time.") from None


def create_chat_model(settings: Settings) -> ChatModel | None:
    """Return the model of the settings, None where none is set; raise AppError where it is unfit.

    No request is made here.
    """
    if settings.llm is None:
        return None
    name, _, model = settings.llm.partition(":")
    provider = _known_provider(name)
    options = provider.options(settings)
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if provider.key and not os.environ.get(provider.key):
        if not settings.llm_base_url:
            raise AppError(f"llm = {settings.llm!r} needs a key: set {provider.key}.")
        # A server of one's own asks for none, its client does.
        options["api_key"] = "none"
    from langchain.chat_models import init_chat_model

    return ChatModel(init_chat_model(model, model_provider=name, **options), settings)


def _known_provider(name: str) -> _Provider:
    if name not in _PROVIDERS:
        raise AppError(
            f"llm: the provider {name!r} is not known: give one of {', '.join(_PROVIDERS)}, as in "
            "'openai:MODEL'; a server that speaks as OpenAI's is 'openai' with llm_base_url."
        )
    provider = _PROVIDERS[name]
    if find_spec(provider.package) is None:
        raise AppError(
            f"llm: the provider {name!r} needs a package that is not installed: run "
            f"pip install -e '.[{provider.extra}]'"
        )
    return provider
