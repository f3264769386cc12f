"""The words of the page: one data file per language, checked in full when it is loaded."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.answers import Language, Outcome

# Found beside the package `app`, in a checkout and once installed alike.
PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


class _Frozen(BaseModel):
    """A group of strings: every key must be there, and none that is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageStrings(_Frozen):
    """The frame around all tabs."""

    title: str
    tagline: str
    description: str
    automatic: str
    privacy: str
    contact: str
    skip: str
    opening: str
    needs_script: str
    connection_lost: str


class ChatStrings(_Frozen):
    """The conversation."""

    tab: str
    log_label: str
    welcome_title: str
    welcome_text: str
    examples_title: str
    question_label: str
    placeholder: str
    send: str
    clear: str
    you_asked: str
    understood: str
    empty_question: str
    pending: str
    unexpected_error: str


class AnswerStrings(_Frozen):
    """One answer."""

    short_answer: str
    sources: str
    open_citation: str
    computed: str
    choices: str
    suggestions: str
    see_related: str


class EvidenceStrings(_Frozen):
    """The panel of quotes."""

    title: str
    empty: str
    none: str
    for_question: str
    related: str
    back: str
    passage: str
    also_in: str
    as_of: str
    page: str
    copy_quote: str
    copied: str
    copy_format: str


class SourceStrings(_Frozen):
    """How a document's publisher and date are named."""

    digest: str
    digest_unknown: str
    original: str
    original_unknown: str
    inferred: str


class DateStrings(_Frozen):
    """How a date is written, by how much of it is known."""

    day: str
    day_in_sentence: str
    month: str
    year: str


class Strings(_Frozen):
    """All strings of the page in one language."""

    language: Language
    examples: tuple[str, ...]
    page: PageStrings
    chat: ChatStrings
    answer: AnswerStrings
    outcome: dict[Outcome, str]
    evidence: EvidenceStrings
    source: SourceStrings
    date: DateStrings


def load_strings(language: Language = "vi") -> Strings:
    """Return the strings of the page in a language."""
    text = (PROMPTS / f"page.{language}.toml").read_text("utf-8")
    return Strings.model_validate({"language": language, **tomllib.loads(text)})
