"""The words of the page: one data file per language, checked in full when it is loaded."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.answers import Language, Operation, Outcome
from ingest.documents import Operator, TargetKind

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
    no_tracking: str
    contact: str
    skip: str
    skip_to_content: str
    note: str
    tabs: str
    opening: str
    needs_script: str
    connection_lost: str
    other_language: str


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
    stop: str
    stopped: str
    clear: str
    copy_link: str
    link_copied: str
    library_changed: str
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
    worked_out: str
    choices: str
    suggestions: str
    instead: str
    see_related: str
    operations: dict[Operation, str]


class EvidenceStrings(_Frozen):
    """The panel of quotes."""

    title: str
    empty: str
    none: str
    for_question: str
    related: str
    no_answer: str
    back: str
    passage: str
    also_in: str
    as_of: str
    as_of_later: str
    page: str
    copy_quote: str
    copied: str
    read: str
    new_tab: str
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


class NameStrings(_Frozen):
    """What the filters and columns of the registry are called."""

    indicator: str
    value: str
    year: str
    locality: str
    kind: str
    date: str
    pillar: str
    unit: str
    document: str
    sort: str


class TargetStrings(_Frozen):
    """The registry's tab."""

    tab: str
    intro: str
    automatic: str
    search: str
    search_hint: str
    any: str
    apply: str
    reset: str
    count: str
    count_of: str
    none: str
    empty: str
    invalid: str
    export_csv: str
    export_xlsx: str
    file_name: str
    table: str
    open_quote: str
    not_stated: str
    from_context: str
    by_document: str
    responsible: str
    boundary_63: str
    boundary_34: str
    differs: str
    ascending: str
    descending: str
    in_documents: str
    by_meaning: str
    by_likeness: str
    pages: str
    previous: str
    next: str
    page_of: str
    names: NameStrings
    kinds: dict[TargetKind, str]
    operators: dict[Operator, str]


class ComparisonStrings(_Frozen):
    """What is compared below the registry's table."""

    on_this_page: str
    progress: str
    progress_count: str
    progress_note: str
    target: str
    result: str
    no_year: str
    missing: str
    below: str
    above: str
    reached: str
    equal: str
    lower: str
    higher: str
    about: str
    mixed_boundaries: str
    conflicts: str
    conflicts_count: str
    conflicts_note: str
    charts: str
    charts_count: str
    charts_note: str
    unit: str
    scale: str
    ranks_note: str
    ranks_note_unknown: str
    more: str
    place: str
    bar: str
    no_locality: str


class ReadingStrings(_Frozen):
    """The page on which a document is read."""

    number: str
    effective: str
    author: str
    replaced_by: str
    replaces: str
    also_in: str
    to_quote: str
    page: str
    dropped: str
    targets: str
    moved: str
    automatic: str


class DocumentsStrings(_Frozen):
    """The list of the documents."""

    tab: str
    intro: str
    search: str
    search_hint: str
    apply: str
    reset: str
    count: str
    none: str
    empty: str
    passages: str
    targets: str


class AboutStrings(_Frozen):
    """What this is; `scores` holds the measured scores that are told, in their order."""

    tab: str
    what_title: str
    what: tuple[str, ...]
    how_title: str
    how: tuple[str, ...]
    limits_title: str
    limits: tuple[str, ...]
    library_title: str
    version: str
    updated: str
    documents: str
    passages: str
    targets: str
    accuracy_title: str
    not_measured: str
    measured: str
    measured_on: str
    measured_samples: str
    unknown: str
    accuracy_note: str
    scores: dict[str, str]
    privacy_title: str
    privacy: tuple[str, ...]
    contact_title: str
    contact: str
    no_contact: str


class MissingStrings(_Frozen):
    """What is said where there is no page."""

    title: str
    text: str
    broken_title: str
    broken_text: str


class Strings(_Frozen):
    """All strings of the page in one language."""

    language: Language
    page: PageStrings
    chat: ChatStrings
    answer: AnswerStrings
    outcome: dict[Outcome, str]
    evidence: EvidenceStrings
    source: SourceStrings
    date: DateStrings
    targets: TargetStrings
    comparison: ComparisonStrings
    reading: ReadingStrings
    documents: DocumentsStrings
    about: AboutStrings
    missing: MissingStrings


def load_strings(language: Language = "vi") -> Strings:
    """Return the strings of the page in a language."""
    text = (PROMPTS / f"page.{language}.toml").read_text("utf-8")
    return Strings.model_validate({"language": language, **tomllib.loads(text)})
