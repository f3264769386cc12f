"""The conversation of one browser tab: frozen, kept by the page, shared with nobody."""

from dataclasses import dataclass, replace

from app.answers import Answer, Outcome, Turn
from app.privacy import mask

# Older exchanges leave the page, so that one long-open tab cannot grow without bound.
KEPT_EXCHANGES = 40


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it: an answer, an unexpected error, or nothing yet."""

    number: int
    question: str
    answer: Answer | None = None
    failed: bool = False

    @property
    def settled(self) -> bool:
        """Return whether the question has got its answer or its error."""
        return self.answer is not None or self.failed


Conversation = tuple[Exchange, ...]


def begin(conversation: Conversation, question: str) -> Conversation:
    """Return the conversation with a new question, persons' numbers hidden in it.

    A question that never settled is dropped.
    """
    number = conversation[-1].number + 1 if conversation else 1
    settled = tuple(exchange for exchange in conversation if exchange.settled)
    return (*settled, Exchange(number, mask(question)))[-KEPT_EXCHANGES:]


def settle(conversation: Conversation, answer: Answer) -> Conversation:
    """Return the conversation with the answer to its last question."""
    return (*conversation[:-1], replace(conversation[-1], answer=answer))


def fail(conversation: Conversation) -> Conversation:
    """Return the conversation with its last question marked as failed."""
    return (*conversation[:-1], replace(conversation[-1], answer=None, failed=True))


def turns(conversation: Conversation) -> tuple[Turn, ...]:
    """Return what was said so far, as the assistant reads it: refused input is left out."""
    return tuple(
        turn
        for exchange in conversation
        if exchange.answer is not None and exchange.answer.outcome is not Outcome.FAILED
        for turn in (
            Turn("user", exchange.question),
            Turn("assistant", exchange.answer.text),
        )
    )
