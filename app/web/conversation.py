"""The conversation of one browser tab: frozen, kept by the page, shared with nobody."""

from dataclasses import dataclass, replace
from typing import Literal

from app.answers import Answer, Outcome, Turn
from app.privacy import mask

# Older exchanges leave the page, so that one long-open tab cannot grow without bound.
KEPT_EXCHANGES = 40


Ending = Literal["failed", "stopped"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it: an answer, an unexpected error, a stop, or nothing yet.

    `linked_version` is the library version that a link which asks it again was made with.
    """

    number: int
    question: str
    answer: Answer | None = None
    ending: Ending | None = None
    linked_version: str | None = None

    @property
    def settled(self) -> bool:
        """Return whether the question has got its answer, or will get none."""
        return self.answer is not None or self.ending is not None

    @property
    def outdated(self) -> bool:
        """Return whether the library has changed since the link that asks the question."""
        answered = self.answer.library_version if self.answer else None
        return None not in (self.linked_version, answered) and self.linked_version != answered


Conversation = tuple[Exchange, ...]


def begin(
    conversation: Conversation, question: str, linked_version: str | None = None
) -> Conversation:
    """Return the conversation with a new question, persons' numbers hidden in it.

    A question that never settled is dropped.
    """
    number = conversation[-1].number + 1 if conversation else 1
    settled = tuple(exchange for exchange in conversation if exchange.settled)
    exchange = Exchange(number, mask(question), linked_version=linked_version)
    return (*settled, exchange)[-KEPT_EXCHANGES:]


def settle(conversation: Conversation, answer: Answer) -> Conversation:
    """Return the conversation with the answer to its last question."""
    return (*conversation[:-1], replace(conversation[-1], answer=answer))


def fail(conversation: Conversation) -> Conversation:
    """Return the conversation with its last question marked as failed."""
    return (*conversation[:-1], replace(conversation[-1], answer=None, ending="failed"))


def stop(conversation: Conversation) -> Conversation:
    """Return the conversation with its last question, if it waits, marked as stopped."""
    if not conversation or conversation[-1].settled:
        return conversation
    return (*conversation[:-1], replace(conversation[-1], ending="stopped"))


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
