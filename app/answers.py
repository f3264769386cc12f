"""What a question ends as: turns of a conversation, citations, the answer and its JSON."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from ingest.documents import Passage, Sentence

Language = Literal["vi", "en"]
Composer = Literal["quotes", "llm"]
Role = Literal["user", "assistant"]
Operation = Literal["difference", "rank", "count"]


class Outcome(StrEnum):
    """How a question ended; each outcome but the first two has a fixed reply."""

    ANSWERED = "answered"
    PREMISE_CORRECTED = "premise_corrected"
    NOT_IN_DOCUMENTS = "not_in_documents"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_CLARIFICATION = "needs_clarification"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered verbatim quote: the sentence, and the passage that it stands in."""

    number: int
    passage: Passage
    sentence: Sentence
    as_of: str | None = None
    also_in: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """Return the quoted text, exactly as it stands in the document."""
        return self.passage.quote(self.sentence)

    def to_json(self) -> dict[str, Any]:
        """Return the citation as the JSON contract has it."""
        document = self.passage.document
        return {
            "number": self.number,
            "document": document.id,
            "kind": document.kind,
            "title": document.title,
            "publisher": document.publisher,
            "date": document.date,
            "date_basis": document.date_basis,
            "heading": list(self.passage.heading),
            "page": self.sentence.page,
            "as_of": self.as_of,
            "quote": self.quote,
            "context": self.sentence.context or None,
            "start": self.sentence.start,
            "end": self.sentence.end,
            "also_in": list(self.also_in),
        }


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that code worked out from cited ones."""

    text: str
    operation: Operation
    citations: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the computed figure as the JSON contract has it."""
        return {
            "text": self.text,
            "operation": self.operation,
            "citations": list(self.citations),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with all that is needed to check it."""

    question: str
    understood: str
    language: Language
    outcome: Outcome
    text: str
    short_answer: str | None = None
    choices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    notice: str | None = None
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    computed: tuple[Computed, ...] = ()
    library_version: str | None = None
    composer: Composer = "quotes"
    took_ms: int = 0

    @property
    def as_of(self) -> str | None:
        """Return the time that all cited figures describe, or None where they differ."""
        times = {citation.as_of for citation in self.citations}
        return times.pop() if len(times) == 1 else None

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the JSON contract has it."""
        return {
            "question": self.question,
            "understood": self.understood,
            "language": self.language,
            "outcome": self.outcome.value,
            "answer": self.text,
            "short_answer": self.short_answer,
            "choices": list(self.choices),
            "suggestions": list(self.suggestions),
            "notice": self.notice,
            "citations": [citation.to_json() for citation in self.citations],
            "related": [citation.to_json() for citation in self.related],
            "computed": [computed.to_json() for computed in self.computed],
            "as_of": self.as_of,
            "library_version": self.library_version,
            "composer": self.composer,
            "took_ms": self.took_ms,
        }
