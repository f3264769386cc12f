"""Markdown files: YAML front matter describes the document, the rest is its text."""

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from ingest.documents import Basis, LegalReference
from ingest.errors import DocumentError
from ingest.loading.encodings import read_text
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.pipe_tables import table_rows
from ingest.loading.rewrapping import join_soft_breaks

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(.*?)\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = frozenset(item.name for item in fields(Stated))
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter's values (unknown keys are left alone) and where the body begins."""

    values: dict[str, Any]
    body_start: int


def load_markdown(path: Path) -> LoadedFile:
    """Return a Markdown file; raise DocumentError where its front matter or its text is broken."""
    decoded = read_text(path)
    text = decoded.text
    front = read_front_matter(text)
    if not text[front.body_start :].strip():
        raise DocumentError("The file holds front matter only: there is no text to ingest.")
    return LoadedFile(
        text=join_soft_breaks(text, front.body_start),
        stated=stated_in(front.values),
        body_start=front.body_start,
        rows=table_rows(text, front.body_start),
        notes=decoded.notes,
    )


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter of Markdown text; raise DocumentError where it is broken.

    A block between two '---' lines is front matter only where a line of it begins with a known
    key: a text that opens with a horizontal rule loses nothing.
    """
    match = _FRONT_MATTER.match(text)
    if not match or not _states_something(match.group(1) or ""):
        return FrontMatter({}, 0)
    try:
        values = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: 2025-13-45
        raise DocumentError(
            "The front matter is not valid YAML: mend the lines between '---'."
        ) from error
    if not isinstance(values, dict):
        raise DocumentError("The front matter is no list of 'key: value' lines: mend it.")
    return FrontMatter(values, match.end())


def _states_something(block: str) -> bool:
    keys = (line.partition(":") for line in block.splitlines())
    return any(colon and key.strip(" \t'\"") in _KEYS for key, colon, _ in keys)


def stated_in(values: dict[str, Any]) -> Stated:
    """Return what the front matter states; raise DocumentError where a value has a wrong form."""
    date = _date(values, "date")
    basis: Basis = "inferred" if values.get("date_basis") == "inferred" else "stated"
    return Stated(
        title=_text(values, "title"),
        kind="digest" if values.get("kind") == "digest" else "original",
        source_file=_text(values, "source_file"),
        number=_text(values, "number"),
        publisher=_text(values, "publisher"),
        author=_text(values, "author"),
        date=date,
        date_basis=basis if date else None,
        effective_date=_date(values, "effective_date"),
        locality=_text(values, "locality"),
        legal_documents=_legal_documents(values),
        replaces=_texts(values, "replaces"),
        replaced_by=_texts(values, "replaced_by"),
    )


def _texts(values: dict[str, Any], key: str) -> tuple[str, ...]:
    """Return a value that may be one text or a list of them."""
    value = values.get(key) or []
    listed = value if isinstance(value, list) else [value]
    return tuple(str(item).strip() for item in listed if str(item).strip())


def _text(values: dict[str, Any], key: str) -> str | None:
    value = values.get(key)
    return str(value).strip() or None if value is not None else None


def _date(values: dict[str, Any], key: str) -> str | None:
    date = _text(values, key)
    if date and not _DATE.fullmatch(date):
        raise DocumentError(
            f"The front matter's {key} {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD: mend it."
        )
    return date


def _legal_documents(values: dict[str, Any]) -> tuple[LegalReference, ...]:
    listed = values.get("legal_documents") or []
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise DocumentError("The front matter's legal_documents is no list of 'number: ...' items.")
    return tuple(
        LegalReference(
            number=str(item.get("number", "")),
            kind=_text(item, "kind"),
            date=_text(item, "date"),
            issuer=_text(item, "issuer"),
        )
        for item in listed
    )
