"""Documents, passages and targets as the library's vector store holds them, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, fields
from pathlib import Path
from typing import Any

from ingest.documents import (
    Description,
    Dropped,
    LegalReference,
    Passage,
    Sentence,
    SourceDocument,
    Target,
)

Metadata = dict[str, Any]

_DESCRIPTIONS = "descriptions.json"


def searched_text(passage: Passage) -> str:
    """Return a passage with the words that it is read with: what is embedded and indexed."""
    contexts = (sentence.context for sentence in passage.sentences)
    above = dict.fromkeys([passage.document.title, *passage.heading, *filter(None, contexts)])
    return "\n".join([*above, passage.text])


def passage_key(document_id: str, ordinal: int) -> str:
    """Return the id of a passage."""
    return f"{document_id}#{ordinal:05d}"


def save_descriptions(folder: Path, descriptions: Mapping[str, Description]) -> None:
    """Write the descriptions of all documents into a version's folder.

    They are no rows of the vector store, which reads the whole text beside each.
    """
    rows = {key: _packed_description(item) for key, item in descriptions.items()}
    (folder / _DESCRIPTIONS).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def load_descriptions(folder: Path) -> dict[str, Description]:
    """Return the descriptions of a version's documents, by id."""
    rows = json.loads((folder / _DESCRIPTIONS).read_text(encoding="utf-8"))
    return {key: _description(key, row) for key, row in rows.items()}


def _packed_description(description: Description) -> Metadata:
    # asdict() copies all that is inside: too slow for many documents.
    row = {item.name: getattr(description, item.name) for item in fields(description)}
    return row | {"legal_documents": [astuple(item) for item in description.legal_documents]}


def _description(document_id: str, row: Metadata) -> Description:
    legal = tuple(LegalReference(*item) for item in row.pop("legal_documents"))
    for key in ("replaces", "replaced_by", "also_in"):
        row[key] = tuple(row[key])
    return Description(**row | {"id": document_id, "legal_documents": legal})


def pack_document(document: SourceDocument) -> Metadata:
    """Return what is stored beside a document's text."""
    return {
        "pages": json.dumps(document.pages),
        "dropped": json.dumps([astuple(item) for item in document.dropped], ensure_ascii=False),
    }


def unpack_dropped(stored: Metadata) -> tuple[Dropped, ...]:
    """Return the spans of a stored document that were left out."""
    return tuple(Dropped(*item) for item in json.loads(stored["dropped"]))


def pack_passage(passage: Passage) -> Metadata:
    """Return what is stored beside a passage's text."""
    spans = [astuple(sentence) for sentence in passage.sentences]
    return {
        "document": passage.document.id,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "sentences": json.dumps(spans, ensure_ascii=False),
        "heading": json.dumps(list(passage.heading), ensure_ascii=False),
    }


def unpack_passage(document: Description, text: str, stored: Metadata) -> Passage:
    """Return a stored passage."""
    return Passage(
        document=document,
        ordinal=stored["ordinal"],
        text=text,
        start=stored["start"],
        sentences=tuple(Sentence(*item) for item in json.loads(stored["sentences"])),
        heading=tuple(json.loads(stored["heading"])),
    )


def target_key(document_id: str, ordinal: int) -> str:
    """Return the id of a row of the target registry."""
    return f"{document_id}#t{ordinal:05d}"


def searched_target(target: Target) -> str:
    """Return what a row says, in words: what is embedded and searched."""
    place = f" của {target.locality}" if target.locality else ""
    year = f" năm {target.year}" if target.year else ""
    return f"{target.indicator}{place}{year}"


def pack_target(target: Target) -> Metadata:
    """Return what is stored beside a row's quote."""
    return {
        "document": target.document,
        "row": json.dumps(asdict(target), ensure_ascii=False),
    }


def unpack_target(stored: Metadata) -> Target:
    """Return a stored row of the registry, under the id of the document it is stored with."""
    row = json.loads(stored["row"]) | {"document": stored["document"]}
    if isinstance(row["number"], list):
        row["number"] = tuple(row["number"])
    return Target(**row | {"heading": tuple(row["heading"])})
