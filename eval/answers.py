"""Cases -> answers: a library of the corpus, and every case put to the app."""

import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from app.answers import Answer, Outcome, Turn
from app.build import build_assistant
from app.settings import Settings
from eval.cases import Case
from eval.generated import StoredDocument
from eval.jsonl import refuse_no_folder
from eval.robustness import variants
from eval.runs import Scored, make_folder, provenance, rescore, write_run
from ingest.documents import IngestReport
from ingest.embedding import create_embedder
from ingest.library import Library
from ingest.manifest import PIPELINE
from ingest.pipeline import OpenEmbedder, ingest_paths

_log = logging.getLogger(__name__)


class Answers(Protocol):
    """What is measured: the app's assistant, or a fake one."""

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the finished answer to a question."""


def run_answers(
    cases: Sequence[Case],
    corpus: Path,
    settings: Settings,
    folder: Path,
    open_embedder: OpenEmbedder = create_embedder,
    *,
    robust: bool = False,
) -> Scored:
    """Ingest the corpus, answer the cases, write the run, and return its scores.

    `robust`: each question is also asked as it would be typed otherwise.
    """
    refuse_no_folder(corpus)
    make_folder(folder)
    with tempfile.TemporaryDirectory(prefix="hoidap-eval-") as temporary:
        library = Path(temporary) / "library"
        embedder = open_embedder(settings.ingest.embedding)
        report = ingest_paths(library, [corpus], settings.ingest, open_embedder=lambda _: embedder)
        for failed in report.failed:
            print(f"not read: {failed.file}: {failed.reason}", file=sys.stderr)
        assistant = build_assistant(library, settings, embedder)
        answers = answer_cases(assistant, cases)
        retyped = answer_variants(assistant, cases) if robust else []
        documents = stored_documents(library)
    record = _record(settings, corpus, report)
    write_run(folder, cases, answers, documents, record, retyped)
    return rescore(folder)


def answer_cases(assistant: Answers, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return the answers as JSON, in order; a case that breaks the app has failed."""
    shown = tqdm(cases, desc="Answering", unit=" cases", disable=not sys.stderr.isatty())
    return [{"id": case.id, **_answer(assistant, case)} for case in shown]


def answer_variants(assistant: Answers, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return the answers to every other way of typing the questions, as JSON."""
    named = [(name, other) for case in cases for name, other in variants(case).items()]
    answers = answer_cases(assistant, [other for _, other in named])
    return [{"variant": name, **line} for (name, _), line in zip(named, answers, strict=True)]


def stored_documents(library: Path) -> dict[str, StoredDocument]:
    """Return the library's documents by id."""
    opened = Library.open(library)
    try:
        return {
            item.id: StoredDocument(
                text=opened.document_text(item.id), source_file=item.source_file
            )
            for item in opened.documents()
        }
    finally:
        opened.close()


def _answer(assistant: Answers, case: Case) -> dict[str, Any]:
    try:
        return assistant.answer(case.question, case.turns).to_json()
    except Exception as error:  # One broken answer is a miss; it must not hide the other scores.
        _log.exception("Case %s broke the app.", case.id)
        return {
            "question": case.question,
            "outcome": Outcome.FAILED.value,
            "answer": "",
            "error": f"{type(error).__name__}: {error}",
        }


def _record(settings: Settings, corpus: Path, report: IngestReport) -> dict[str, Any]:
    return {
        "settings": settings.model_dump(mode="json"),
        "corpus": corpus.name,
        "documents": len(report.created),
        "passages": report.passages,
        "failed_files": {item.file: item.reason for item in report.failed},
        "library_version": report.library_version,
        "pipeline": PIPELINE,
        **provenance(),
    }
