"""The chain: question -> hits -> evidence -> decision -> answer, one step a line."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda

from app.answers import Answer, Outcome, Turn
from app.chat_model import Allowance
from app.checking import check_answer
from app.deciding import decide
from app.evidence import Evidence, EvidenceRanker
from app.generation import Writer
from app.inquiry import Decision, Inquiry
from app.lookup import Registry
from app.privacy import mask
from app.questions import Question, understand
from app.quoting import compose
from app.replies import reply
from app.retrieval import Hit, Retriever
from app.rewriting import Rewriter
from app.settings import Settings
from app.suggestions import suggest
from app.topic import topic_of
from ingest.documents import Target
from ingest.embedding import Embedder
from ingest.library import Library, LibrarySource
from ingest.text import readable

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What comes in: a question and the conversation before it."""

    question: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What the steps hand on; each fills in its own part."""

    library: Library
    question: Question
    allowance: Allowance | None = None
    hits: tuple[Hit, ...] = ()
    rows: tuple[Target, ...] = ()
    ranked: tuple[Evidence, ...] = ()
    inquiry: Inquiry | None = None
    decision: Decision | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """What a language model does: it settles unsure follow-ups and words answers.

    `allowance` returns what both together may use for one answer.
    """

    rewriter: Rewriter
    writer: Writer
    allowance: Callable[[], Allowance]


class Assistant:
    """Answers questions from one library; holds no conversation of its own."""

    def __init__(
        self,
        source: LibrarySource,
        embedder: Embedder,
        retriever: Retriever,
        settings: Settings,
        today: Callable[[], date] | None = None,
        model: LanguageModel | None = None,
    ) -> None:
        self._source = source
        self._today = today
        self._model = model
        self._retriever = retriever
        self._ranker = EvidenceRanker(embedder)
        self._settings = settings
        self._rows: tuple[str, Registry] | None = None
        self.chain: Runnable[Request, Answer] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._rank)
            | RunnableLambda(self._decide)
            | RunnableLambda(self._compose)
            | RunnableLambda(self._check)
            | RunnableLambda(self._word)
        )

    @property
    def library_version(self) -> str:
        """Return the name of the library version that answers now."""
        return self._source.current().version

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the finished answer; an empty or over-long question gives `failed`."""
        *_, last = self.stream(question, history)
        return last

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is final. Quotes come at once, finished."""
        started = time.perf_counter()
        question = mask(readable(question))
        if refusal := self._refuse(question):
            yield refusal
            return
        for answer in self.chain.stream(Request(question, tuple(history))):
            took = round((time.perf_counter() - started) * 1000)
            yield replace(answer, took_ms=took)

    def _refuse(self, question: str) -> Answer | None:
        if not question.strip():
            text = reply("vi", "empty_question")
        elif len(question) > self._settings.question_limit:
            text = reply("vi", "long_question", limit=str(self._settings.question_limit))
        else:
            return None
        return Answer(question, question, "vi", Outcome.FAILED, text)

    def _understand(self, request: Request) -> Progress:
        library = self._source.current()
        today = self._today and self._today()

        def read(typed: str, history: Sequence[Turn] = ()) -> Question:
            return understand(typed, history, library.syllables, today=today)

        question = read(request.question, request.history)
        if self._model is None:
            return Progress(library, question)
        allowance = self._model.allowance()
        question = self._model.rewriter.settle(question, request.history, read, allowance)
        return Progress(library, question, allowance)

    def _retrieve(self, progress: Progress) -> Progress:
        if progress.question.small_talk:
            return progress
        question, library = progress.question, progress.library
        hits = self._retriever.retrieve(question, library)
        rows = self._retriever.rows_asked(question, self._registry(library))
        hits = self._retriever.beside_rows(library, rows, hits)
        return replace(progress, hits=hits, rows=rows)

    def _rank(self, progress: Progress) -> Progress:
        statistics = progress.library.syllables
        ranked = self._ranker.rank(progress.question, progress.hits, statistics)
        return replace(progress, ranked=ranked)

    def _decide(self, progress: Progress) -> Progress:
        question, library = progress.question, progress.library
        topic = topic_of(question, library.syllables.rarity)
        rows_of = self._registry(library).of_document
        inquiry = Inquiry(
            question, topic, progress.ranked, rows_of, library.passages_of, progress.rows
        )
        decision = decide(inquiry, self._settings.deciding)
        return replace(progress, inquiry=inquiry, decision=decision)

    def _compose(self, progress: Progress) -> Progress:
        assert progress.decision is not None
        assert progress.inquiry is not None
        answer = compose(
            progress.question, progress.decision, progress.inquiry.topic, self._settings.contact
        )
        offered = suggest(answer, progress.question, self._registry(progress.library))
        answer = replace(answer, suggestions=offered, library_version=progress.library.version)
        return replace(progress, answer=answer)

    def _registry(self, library: Library) -> Registry:
        """Return the target registry of a library version, read once."""
        if self._rows is None or self._rows[0] != library.version:
            self._rows = (library.version, Registry(*library.targets()))
        return self._rows[1]

    def _check(self, progress: Progress) -> Progress:
        """Let only an answer through whose figures are all held up by what it cites."""
        answer = progress.answer
        assert answer is not None
        findings = check_answer(answer)
        if not findings:
            return progress
        failed = ", ".join(f"{item.figure} ({item.reason})" for item in findings)
        logger.error("An answer was held back: no quote holds its figures %s.", failed)
        refusal = replace(
            answer,
            outcome=Outcome.NOT_IN_DOCUMENTS,
            text=reply(answer.language, "not_in_documents"),
            short_answer=None,
            related=(answer.citations or answer.related)[:2],
            citations=(),
            computed=(),
        )
        return replace(progress, answer=refusal)

    def _word(self, progress: Progress) -> Iterator[Answer]:
        """Yield the answer as it stands, or as a language model words it."""
        assert progress.answer is not None
        if self._model is None:
            yield progress.answer
        else:
            yield from self._model.writer.stream(progress.answer, progress.allowance)


def as_runnable(assistant: Assistant) -> Runnable[Any, Answer]:
    """Return the whole assistant as a LangChain Runnable: question text or Request -> Answer."""
    return RunnableLambda(
        lambda asked: (
            assistant.answer(asked)
            if isinstance(asked, str)
            else assistant.answer(asked.question, asked.history)
        )
    )
