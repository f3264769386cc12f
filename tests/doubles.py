"""Stand-ins for heavy parts: real in behaviour, light in weight."""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from numpy.typing import NDArray
from pydantic import Field

from ingest.text import folded_tokens


class HashingEmbedder:
    """Embeds hashed folded words: texts that share words are alike, so ranking is assertable."""

    identity = "hashing"
    dtype = "float32"
    dimension = 64

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (texts, dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a text, shape (dimension,)."""
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for token in folded_tokens(text):
            digest = hashlib.sha256(token.encode()).digest()
            vector[digest[0] % self.dimension] += 1.0
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class ScriptedChatModel(BaseChatModel):
    """Says what stands in its queue, word by word, whatever it is asked; an error is raised.

    `history` holds what it was asked, `closed` is set when a reply was not read to its end.
    `held`, where given, is waited for before each word but the first `free` ones.
    """

    queue: list[str | Exception] = Field(default_factory=list)
    history: list[list[BaseMessage]] = Field(default_factory=list)
    closed: Any = Field(default_factory=threading.Event)
    held: Any = None
    free: int = 0

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(str(chunk.message.content) for chunk in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.history.append(messages)
        reply = self.queue.pop(0)
        if isinstance(reply, Exception):
            raise reply
        try:
            for number, word in enumerate(reply.replace(" ", " \0").split("\0")):
                if self.held is not None and number >= self.free:
                    self.held.wait()
                yield ChatGenerationChunk(message=AIMessageChunk(content=word))
        except GeneratorExit:
            self.closed.set()
            raise
