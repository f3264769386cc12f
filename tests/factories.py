"""Values with sane defaults: a test states only what matters to it."""

from dataclasses import replace

from app.answers import Answer, Citation, Outcome
from app.asked import AnswerKind, Asked, Part
from app.evidence import Evidence, EvidenceRanker
from app.inquiry import Inquiry
from app.questions import Question, understand
from app.retrieval import Hit
from app.topic import topic_of
from ingest.documents import Description, Passage, Sentence, SourceDocument
from ingest.loading.loaded import LoadedFile
from ingest.settings import SplittingSettings
from ingest.splitting import find_headings, sentence_spans, split
from ingest.syllables import SyllableStatistics
from ingest.targets.extracting import extract_targets
from tests.doubles import HashingEmbedder

TEXT = "Hà Nội phấn đấu kinh tế số đạt 30% GRDP vào năm 2025. Năm 2022, chỉ số DTI xếp thứ 24/63."


def make_description(document_id: str = "ke-hoach.txt", **changes: object) -> Description:
    """Return a description; keyword arguments override its fields."""
    fields: dict[str, object] = {"title": "Kế hoạch chuyển đổi số", "locality": "Hà Nội"}
    return Description(id=document_id, **(fields | changes))  # type: ignore[arg-type]


def make_document(
    text: str = TEXT, document_id: str = "a.txt", **changes: object
) -> SourceDocument:
    """Return a source document of the text."""
    description = make_description(document_id, **changes)
    return SourceDocument(description, text, 0, find_headings(LoadedFile(text), ()))


def make_bulletin(text: str, document_id: str = "a.txt", **changes: object) -> SourceDocument:
    """Return a document whose title and locality do not tell it from others."""
    return make_document(text, document_id, **({"title": "Bản tin", "locality": None} | changes))


def make_passage(text: str = TEXT, **changes: object) -> Passage:
    """Return one passage that holds the whole text."""
    spans = tuple(Sentence(*span) for span in sentence_spans(text))
    return Passage(make_description(**changes), 0, text, 0, spans)


def make_evidence(
    text: str = TEXT, sentence: int = 0, topic: float = 1.0, **changes: object
) -> Evidence:
    """Return one sentence of a passage as evidence."""
    passage = make_passage(text, **changes)
    return Evidence(passage, passage.sentences[sentence], topic, coverage=1.0, cosine=0.95)


def make_question(
    text: str = "Hà Nội đặt mục tiêu kinh tế số bao nhiêu phần trăm?", **changes: object
) -> Question:
    """Return a question with the given slots, none read from its text."""
    return Question(raw=text, text=text, **changes)  # type: ignore[arg-type]


def make_asked(kind: AnswerKind, *noun: str) -> Asked:
    """Return what a question asks for: one kind of answer, and the folded words of what."""
    return Asked((Part(kind, 0, noun),))


def make_inquiry(text: str, *documents: SourceDocument | str, cosine: float = 0.95) -> Inquiry:
    """Return a question with all sentences of the documents as evidence, and their target rows.

    A document given as its text has no title, place or date that tells anything.
    """
    sources = [_as_document(one, number) for number, one in enumerate(documents)]
    passages = {one.description.id: split(one, SplittingSettings()) for one in sources}
    rows = {
        one.description.id: extract_targets(one, passages[one.description.id]) for one in sources
    }
    statistics = SyllableStatistics.count([one.text for one in sources])
    question = understand(text, (), statistics)
    hits = [Hit(passage, 1.0, cosine) for found in passages.values() for passage in found]
    ranked = EvidenceRanker(HashingEmbedder()).rank(question, hits, statistics)
    return Inquiry(
        question,
        topic_of(question, statistics.rarity),
        tuple(replace(item, cosine=cosine) for item in ranked),
        lambda document_id: rows[document_id],
        lambda document_id: passages[document_id],
    )


def _as_document(document: SourceDocument | str, number: int) -> SourceDocument:
    if isinstance(document, SourceDocument):
        return document
    return make_bulletin(document, f"{number}.txt")


def make_citation(
    text: str = TEXT, number: int = 1, sentence: int = 0, **changes: object
) -> Citation:
    """Return a citation of one sentence of the text."""
    passage = make_passage(text, **changes)
    return Citation(number, passage, passage.sentences[sentence])


def make_answer(
    text: str, *citations: Citation, question: str = "Câu hỏi?", **changes: object
) -> Answer:
    """Return an answer that cites the citations."""
    fields: dict[str, object] = {"language": "vi", "outcome": Outcome.ANSWERED}
    return Answer(
        question=question, understood=question, text=text, citations=citations, **(fields | changes)
    )  # type: ignore[arg-type]
