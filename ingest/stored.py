"""Documents, passages and targets as the library's vector store holds them, and back."""

import json
from dataclasses import asdict, astuple
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


def searched_text(passage: Passage) -> str:
    """Return a passage with the words that it is read with: what is embedded and indexed."""
    contexts = (sentence.context for sentence in passage.sentences)
    above = dict.fromkeys([passage.document.title, *passage.heading, *filter(None, contexts)])
    return "\n".join([*above, passage.text])


def passage_key(document_id: str, ordinal: int) -> str:
    """Return the id of a passage."""
    return f"{document_id}#{ordinal:05d}"


def pack_document(document: SourceDocument) -> Metadata:
    """Return what is stored beside a document's text."""
    return {
        "description": json.dumps(asdict(document.description), ensure_ascii=False),
        "pages": json.dumps(document.pages),
        "dropped": json.dumps([astuple(item) for item in document.dropped], ensure_ascii=False),
    }


def unpack_description(stored: Metadata) -> Description:
    """Return the description of a stored document."""
    fields = json.loads(stored["description"])
    legal = tuple(LegalReference(**item) for item in fields.pop("legal_documents"))
    for key in ("replaces", "replaced_by", "also_in"):
        fields[key] = tuple(fields[key])
    return Description(**fields, legal_documents=legal)


def unpack_dropped(stored: Metadata) -> tuple[Dropped, ...]:
    """Return the spans of a stored document that were left out."""
    return tuple(Dropped(*item) for item in json.loads(stored["dropped"]))


def renamed_document(stored: Metadata, document_id: str) -> Metadata:
    """Return what is stored beside a document's text, for the same text under another id."""
    description = json.loads(stored["description"]) | {"id": document_id}
    return stored | {"description": json.dumps(description, ensure_ascii=False)}


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
    fields = json.loads(stored["row"]) | {"document": stored["document"]}
    if isinstance(fields["number"], list):
        fields["number"] = tuple(fields["number"])
    return Target(**fields | {"heading": tuple(fields["heading"])})
