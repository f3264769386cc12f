"""The whole path on the real parts: file -> passage -> vector -> hit -> answer -> citation."""

from pathlib import Path

import pytest

from app.answers import Outcome, Turn
from app.assistant import Assistant
from app.build import build_assistant
from app.settings import Settings
from ingest.library import Library
from ingest.pipeline import ingest_paths

pytestmark = pytest.mark.model

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey") / "library"
    report = ingest_paths(folder, [CORPUS], Settings().ingest)
    assert len(report.created) == 5
    assert not report.failed
    return folder


@pytest.fixture(scope="module")
def assistant(library: Path) -> Assistant:
    return build_assistant(library, Settings())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hà Nội muốn kinh tế số đạt bao nhiêu phần trăm GRDP năm 2025?", "30%"),
        ("tp hcm dat muc tieu kinh te so bao nhieu phan tram grdp nam 2025", "25%"),
        ("Hải Phòng có tổng cộng bao nhiêu trạm BTS?", "2.362"),
    ],
)
def test_question_is_answered_by_a_verbatim_quote(
    assistant: Assistant, library: Path, question: str, expected: str
) -> None:
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.ANSWERED
    assert expected in answer.text
    opened = Library.open(library)
    for citation in answer.citations:
        text = opened.document_text(citation.passage.document.id)
        assert citation.quote == text[citation.sentence.start : citation.sentence.end]
        assert citation.quote in (CORPUS / citation.passage.document.id).read_text("utf-8")
        assert f"[{citation.number}]" in answer.text


def test_digest_is_cited_as_a_summary(assistant: Assistant) -> None:
    answer = assistant.answer("TP. Hồ Chí Minh chọn bao nhiêu lĩnh vực trọng tâm của kinh tế số?")
    assert "10 lĩnh vực" in answer.text
    assert "bản tóm lược" in answer.text.casefold()
    assert answer.citations[0].to_json()["kind"] == "digest"


def test_follow_up_is_understood_from_the_turn_before(assistant: Assistant) -> None:
    earlier = Turn("user", "TP.HCM đặt mục tiêu kinh tế số chiếm mấy phần trăm GRDP năm 2025?")
    answer = assistant.answer("Thế còn năm 2030?", [earlier])
    assert "2030" in answer.understood
    assert "40%" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Đà Nẵng đặt mục tiêu kinh tế số năm 2025 là bao nhiêu phần trăm?",
        "Công thức làm bánh xèo miền Tây?",
        "Hải Phòng đặt mục tiêu kinh tế số năm 2035 là bao nhiêu phần trăm?",
    ],
)
def test_what_the_documents_do_not_hold_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.outcome in (Outcome.NOT_IN_DOCUMENTS, Outcome.OUT_OF_SCOPE)
    assert not answer.citations
