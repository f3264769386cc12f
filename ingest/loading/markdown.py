"""Markdown files: YAML front matter describes the document, the rest is its text."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from ingest.documents import Description, LegalReference
from ingest.errors import DocumentError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(.*?)\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter's values (unknown keys are left alone) and where the body begins."""

    values: dict[str, Any]
    body_start: int


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter of Markdown text; raise DocumentError where it is no mapping."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return FrontMatter({}, 0)
    try:
        values = yaml.safe_load(match.group(1) or "") or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: 2025-13-45
        raise DocumentError(
            "The front matter is not valid YAML: mend the lines between '---'."
        ) from error
    if not isinstance(values, dict):
        raise DocumentError("The front matter is no list of 'key: value' lines: mend it.")
    return FrontMatter(values, match.end())


def describe_from(values: dict[str, Any], inferred: Description) -> Description:
    """Return the description that the front matter states, filled up with what was inferred."""
    title = _text(values, "title")
    date = _date(values)
    return Description(
        id=inferred.id,
        title=title or inferred.title,
        title_basis="stated" if title else inferred.title_basis,
        kind="digest" if values.get("kind") == "digest" else "original",
        source_file=_text(values, "source_file"),
        publisher=_text(values, "publisher") or inferred.publisher,
        date=date or inferred.date,
        date_basis=("inferred" if values.get("date_basis") == "inferred" else "stated")
        if date
        else inferred.date_basis,
        locality=_text(values, "locality") or inferred.locality,
        legal_documents=_legal_documents(values) or inferred.legal_documents,
    )


def _text(values: dict[str, Any], key: str) -> str | None:
    value = values.get(key)
    return str(value).strip() or None if value is not None else None


def _date(values: dict[str, Any]) -> str | None:
    date = _text(values, "date")
    if date and not _DATE.fullmatch(date):
        raise DocumentError(f"The front matter's date {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD.")
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
