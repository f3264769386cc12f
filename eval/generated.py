"""Answers as the JSON contract has them, and the documents that they cite: what scoring reads."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.answers import Composer, Outcome


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class CitedQuote(_Frozen):
    """A citation of an answer."""

    number: int
    document: str
    title: str | None = None
    date: str | None = None
    as_of: str | None = None
    quote: str
    start: int
    end: int


class ComputedFigure(_Frozen):
    """A figure that the app says it worked out from cited ones."""

    text: str
    operation: Literal["difference", "rank", "count"]
    citations: tuple[int, ...]


class GeneratedAnswer(_Frozen):
    """One line of generated answers; fields that are not scored are ignored."""

    id: str
    question: str
    understood: str = ""
    outcome: Outcome
    answer: str
    short_answer: str | None = None
    citations: tuple[CitedQuote, ...] = ()
    related: tuple[CitedQuote, ...] = ()
    computed: tuple[ComputedFigure, ...] = ()
    composer: Composer = "quotes"
    notice: str | None = None
    took_ms: int = 0


class StoredDocument(_Frozen):
    """A document of the library: its stored text, and the file that it is a digest of."""

    text: str
    source_file: str | None = None
