"""Right answers for the figure gate: verbatim quotes, statements of target rows, rewordings."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from app.answers import Citation
from eval.cases import Case
from eval.jsonl import read_jsonl
from ingest.documents import Description, Passage, Sentence, SourceDocument, Target
from ingest.errors import IngestError
from ingest.reading import read_document
from ingest.settings import SplittingSettings
from ingest.splitting import sentence_spans, split
from ingest.targets import extract_targets

Wording = Literal["verbatim", "template", "reworded"]
# What a row says, in the ways that a composer words it; a part in brackets is left out with its
# slot empty.
_TEMPLATES = (
    "{indicator}[ của {place}][ năm {year}] là {value} [1].",
    "[Năm {year}, ]{indicator}[ ở {place}] đạt {value} [1].",
    "[{place}: ]{indicator} {value}[ (năm {year})] [1].",
    "[Tại {place}, ]{indicator}[ đến năm {year}] là {value} [1].",
    "[Đến năm {year}, ][{place} có ]{indicator} ở mức {value} [1].",
    "Theo tài liệu, {indicator}[ của {place}] là {value}[ vào năm {year}] [1].",
)
_OPERATORS = {">": "hơn ", ">=": "tối thiểu ", "<": "dưới ", "<=": "", "≈": "khoảng ", "=": ""}
_COUNTRY = "Cả nước"
_SUFFIXES = {".md", ".txt"}


class Rewording(BaseModel):
    """A hand-written case: a text of one paragraph, and a sentence that rewords part of it."""

    id: str
    text: str
    sentence: str
    cites: int = 0
    title: str = "Báo cáo kết quả"
    locality: str | None = None
    date: str | None = None
    heading: list[str] = []
    context: str = ""
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """A sentence that its citation holds up.

    A statement has its row, and as `owners` all the places that it is true of.
    """

    id: str
    wording: Wording
    text: str
    citation: Citation
    row: Target | None = None
    owners: frozenset[str] = frozenset()

    @property
    def half(self) -> str:
        """Return which half it is of: "tuned" or "held", by a digest of its text."""
        return "tuned" if hashlib.sha256(self.text.encode()).digest()[0] % 2 else "held"


def corpus_answers(folder: Path, cases: Sequence[Case] = ()) -> Iterator[RightAnswer]:
    """Yield the right answers about the documents of a folder, in order.

    Of cases that name one of them also the evidence, quoted word by word.
    """
    for path in sorted(item for item in folder.rglob("*") if item.suffix in _SUFFIXES):
        name = path.relative_to(folder).as_posix()
        try:
            document = read_document(path, name)
        except IngestError:
            continue
        passages = split(document, SplittingSettings())
        yield from _row_answers(document, passages)
        for case in cases:
            if name in case.docs:
                yield from _evidence_answers(case, passages)


def reworded_answers(path: Path) -> Iterator[RightAnswer]:
    """Yield the hand-written answers of a file; raise EvalError that names the first bad line."""
    for case in read_jsonl(path, Rewording):
        description = Description(
            id=f"{case.id}.txt", title=case.title, locality=case.locality, date=case.date
        )
        spans = sentence_spans(case.text)
        sentences = tuple(Sentence(*span, context=case.context) for span in spans)
        passage = Passage(description, 0, case.text, 0, sentences, tuple(case.heading))
        citation = Citation(1, passage, sentences[case.cites], as_of=case.as_of or case.date)
        yield RightAnswer(case.id, "reworded", case.sentence, citation)


def _evidence_answers(case: Case, passages: Sequence[Passage]) -> Iterator[RightAnswer]:
    for number, evidence in enumerate(case.evidence):
        for passage in passages:
            for sentence in passage.sentences:
                if evidence in passage.quote(sentence):
                    as_of = passage.document.date
                    citation = Citation(1, passage, sentence, as_of=as_of)
                    text = f"“{' '.join(evidence.split())}” [1]"
                    yield RightAnswer(f"{case.id}e{number}", "verbatim", text, citation)


def _row_answers(document: SourceDocument, passages: Sequence[Passage]) -> Iterator[RightAnswer]:
    quoted: set[int] = set()
    rows = extract_targets(document, passages)
    for number, row in enumerate(rows):
        if (found := _sentence_of(passages, row)) is None:
            continue
        passage, sentence = found
        as_of = str(row.year) if row.year else document.description.date
        citation = Citation(1, passage, sentence, as_of=as_of)
        if sentence.start not in quoted:
            quoted.add(sentence.start)
            quote = " ".join(citation.quote.split())
            yield RightAnswer(f"{row.document}#{number}v", "verbatim", f"“{quote}” [1]", citation)
        text = statement(row, value_of(row))
        yield RightAnswer(
            f"{row.document}#{number}t", "template", text, citation, row, _owners(rows, row)
        )


def _owners(rows: Sequence[Target], row: Target) -> frozenset[str]:
    same = (one for one in rows if one.start == row.start and one.value == row.value)
    return frozenset(one.locality for one in same if one.locality)


def _sentence_of(passages: Sequence[Passage], row: Target) -> tuple[Passage, Sentence] | None:
    """Return the sentence that holds a row's quote; None where it stands in several."""
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.start <= row.start and row.end <= sentence.end:
                return passage, sentence
    return None


def value_of(row: Target) -> str:
    """Return a row's value with its operator, as a sentence states it."""
    written = row.value.casefold()
    operator = _OPERATORS[row.operator]
    return row.value if written.startswith(operator.strip() or "?") else operator + row.value


def statement(row: Target, value: str, year: int | None = None, place: str | None = None) -> str:
    """Return a row as a sentence, by one of the templates; `year`, `place`: instead of its own."""
    digest = hashlib.sha256(f"{row.document}{row.start}{row.value}".encode()).digest()
    text = _TEMPLATES[digest[1] % len(_TEMPLATES)]
    locality = place or row.locality
    slots = {
        "indicator": row.indicator,
        "place": "cả nước" if locality == _COUNTRY else locality,
        "year": str(year or row.year or ""),
        "value": value,
    }
    sentence = _filled(text, slots)
    return sentence[0].upper() + sentence[1:]


def _filled(template: str, slots: dict[str, str | None]) -> str:
    pieces = template.replace("[1]", "\0").replace("]", "[").split("[")
    kept = []
    for place, piece in enumerate(pieces):
        if place % 2 and not all(slots[name] for name in slots if f"{{{name}}}" in piece):
            continue
        kept.append(piece.format(**{name: value or "" for name, value in slots.items()}))
    return "".join(kept).replace("\0", "[1]")
