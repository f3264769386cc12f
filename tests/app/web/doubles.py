"""A small assistant of real values, and documents whose words are full of markup."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import fastapi

from app.answers import Answer, Citation, Computed, Outcome, Turn
from app.catalogue import Catalogue
from ingest.documents import Description, Dropped, Passage, Sentence, SourceDocument
from ingest.library import LibrarySource
from ingest.pipeline import ingest_documents
from ingest.settings import IngestSettings
from tests.doubles import HashingEmbedder
from tests.factories import make_document

SLOW_SECONDS = 3
EVIL = (
    "<script>document.title='run'</script>"
    """<img src=x onerror="document.title='run'">"&'{{1}}${1}"""
)

DIGEST = Description(
    id="ha-noi.md",
    title="Kinh tế số Hà Nội",
    kind="digest",
    publisher="Tạp chí Cộng sản",
    date="2023",
    date_basis="inferred",
)
ORIGINAL = Description(
    id="hai-phong.txt",
    title="Chuyển đổi số Hải Phòng",
    publisher="Báo Hải Phòng",
    date="2021-09-06",
    date_basis="stated",
)


def passage_of(
    document: Description,
    *sentences: str,
    heading: tuple[str, ...] = (),
    page: int | None = None,
    start: int = 40,
) -> Passage:
    """Return a passage of these sentences; like a real one it starts inside its document."""
    spans = []
    text = ""
    for sentence in sentences:
        text = f"{text} " if text else ""
        spans.append(Sentence(start + len(text), start + len(text) + len(sentence), page=page))
        text += sentence
    return Passage(document, 1, text, start, tuple(spans), heading)


HA_NOI = passage_of(
    DIGEST,
    "Hà Nội đặt mục tiêu kinh tế số chiếm 30% GRDP vào năm 2025.",
    "Từng ngành đạt tối thiểu 10%.",
    heading=(DIGEST.title, "Mục tiêu"),
)
HAI_PHONG = passage_of(
    ORIGINAL,
    "Thành phố đặt nhiều chỉ tiêu.",
    "Hải Phòng phấn đấu kinh tế số chiếm 25% GRDP vào năm 2025.",
    page=3,
)
MARKUP = passage_of(
    Description(id=EVIL, title=EVIL, publisher=EVIL, date=EVIL),
    f"Trước {EVIL} câu.",
    f"Trích {EVIL} này.",
    f"Sau {EVIL}.",
    heading=(EVIL,),
)


def citation_of(
    passage: Passage, number: int = 1, sentence: int = 0, as_of: str | None = None
) -> Citation:
    """Return a citation of one sentence of the passage."""
    return Citation(number, passage, passage.sentences[sentence], as_of)


def answer_of(
    text: str, *citations: Citation, question: str = "Câu hỏi?", **fields: object
) -> Answer:
    """Return an answer with sane defaults."""
    values: dict[str, object] = {
        "question": question,
        "understood": question,
        "language": "vi",
        "outcome": Outcome.ANSWERED,
        "text": text,
        "citations": citations,
    }
    return Answer(**(values | fields))  # type: ignore[arg-type]


class ScriptedAssistant:
    """Answers by what the question holds, and keeps the history that it was given."""

    def __init__(self) -> None:
        self.histories: list[tuple[Turn, ...]] = []

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield one finished answer."""
        self.histories.append(tuple(history))
        if "hỏng" in question:
            raise RuntimeError("the library is gone")
        if "chậm" in question:
            time.sleep(SLOW_SECONDS)
        yield self._answer(question)

    def _answer(self, question: str) -> Answer:
        if not question.strip():
            return answer_of("Hãy nhập câu hỏi.", question=question, outcome=Outcome.FAILED)
        if "mã độc" in question:
            return answer_of(
                f"Trả lời {EVIL} [1].",
                citation_of(MARKUP, sentence=1),
                question=question,
                short_answer=EVIL,
                notice=EVIL,
                suggestions=(EVIL,),
            )
        if "Cần Thơ" in question:
            return answer_of(
                "Tài liệu không nêu.",
                question=question,
                outcome=Outcome.NOT_IN_DOCUMENTS,
                suggestions=("Hà Nội đặt mục tiêu bao nhiêu?",),
                related=(citation_of(HAI_PHONG, sentence=1),),
            )
        if "địa phương" in question:
            return answer_of(
                "Bạn muốn hỏi về địa phương nào: Hà Nội, Hải Phòng?",
                question=question,
                outcome=Outcome.NEEDS_CLARIFICATION,
                choices=("Mục tiêu ở Hà Nội?", "Mục tiêu ở Hải Phòng?"),
            )
        if "kế hoạch" in question:
            return answer_of(
                "Chênh lệch: 10 điểm phần trăm [1][2].",
                citation_of(PLANNED),
                citation_of(PLANNED_LATER, number=2),
                question=question,
                short_answer="10 điểm phần trăm",
                computed=(Computed("10 điểm phần trăm", "difference", (1, 2)),),
                notice="Số liệu trước khi sáp nhập.",
                suggestions=("Mục tiêu ở Hải Phòng?",),
                library_version="phiên bản này",
            )
        return answer_of(
            "Hà Nội: 30% [1]. Hải Phòng: 25% [2].",
            citation_of(HA_NOI),
            citation_of(HAI_PHONG, number=2, sentence=1),
            question=question,
            short_answer="30%",
        )


PLAN = make_document(
    "Kế hoạch chuyển đổi số\n\n"
    "Đến năm 2025, Hà Nội phấn đấu kinh tế số chiếm 30% GRDP.\n"
    "Đến năm 2025, tỷ lệ hộ gia đình ở Hà Nội có internet băng rộng đạt 80%.\n"
    "Đến năm 2030, Hà Nội phấn đấu kinh tế số chiếm ít nhất 40% GRDP.\n"
    "Ảnh: Người viết\n",
    "kế hoạch/Hà Nội #1 & 50%.txt",
    title="Kế hoạch của Hà Nội",
    publisher="UBND thành phố Hà Nội",
    date="2021-09-06",
    date_basis="stated",
)
# Quotes that stand in the small library, so that their document can be opened at them.
PLANNED, PLANNED_LATER = (
    passage_of(PLAN.description, sentence, start=PLAN.text.index(sentence))
    for sentence in (
        "Đến năm 2025, Hà Nội phấn đấu kinh tế số chiếm 30% GRDP.",
        "Đến năm 2030, Hà Nội phấn đấu kinh tế số chiếm ít nhất 40% GRDP.",
    )
)
REPORT = make_document(
    "Năm 2023, tỷ lệ hộ gia đình ở Hà Nội có internet băng rộng đạt 78%.\n"
    "Đến năm 2025, Hải Phòng phấn đấu kinh tế số chiếm 25% GRDP.\n"
    "Đến năm 2025, Hà Nội phấn đấu kinh tế số chiếm 35% GRDP.\n",
    "bao-cao.txt",
    title="Báo cáo năm",
    date="2024",
    date_basis="inferred",
    locality=None,
)
HOSTILE = make_document(
    f"Đến năm 2027, Huế phấn đấu {EVIL} kinh tế số chiếm 17% GRDP {EVIL}.\n",
    "<b>&\"'.txt",
    title=EVIL,
    publisher=EVIL,
    author=EVIL,
    number=EVIL,
    also_in=(EVIL,),
    replaces=(EVIL,),
    locality="Huế",
)


def dropping(document: SourceDocument, line: str) -> SourceDocument:
    """Return the document with a line that is none of it."""
    start = document.text.index(line)
    return replace(document, dropped=(Dropped(start, start + len(line), "caption"),))


def publish(folder: Path, *documents: SourceDocument) -> None:
    """Ingest the documents into a library, without a model."""
    settings = IngestSettings()
    ingest_documents(folder, documents, settings, open_embedder=lambda _: HashingEmbedder())


def build_catalogue(folder: Path) -> Catalogue:
    """Return a catalogue over a small library that is made in the folder."""
    publish(folder, dropping(PLAN, "Ảnh: Người viết"), REPORT, HOSTILE)
    return Catalogue(LibrarySource(folder, HashingEmbedder.identity))


def build_small_application(folder: Path) -> fastapi.FastAPI:
    """Return the whole application around a small assistant and a small library."""
    from app.web.page import build_pages
    from app.web.server import build_application

    catalogue = build_catalogue(folder)

    async def build() -> fastapi.FastAPI:
        return build_application(build_pages(ScriptedAssistant(), catalogue), catalogue)

    # Outside a running loop Gradio would open several of its own and close none; the thread of a
    # browser test has one already.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(build())).result()
