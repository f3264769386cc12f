"""The chain from question to checked answer, on a real library with a light embedder."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from langchain_core.runnables import Runnable, RunnableLambda
from numpy.typing import NDArray

from app import assistant as assistant_module
from app.answers import Answer, Outcome, Turn
from app.assistant import Assistant, Request, as_runnable
from app.build import build_assistant
from app.inquiry import Decision
from app.questions import Question
from app.quoting import compose
from app.settings import DecidingSettings, Settings
from app.topic import Topic
from ingest.documents import SourceDocument
from ingest.library import Library
from ingest.pipeline import ingest_documents, remove_documents
from ingest.settings import IngestSettings
from tests.doubles import HashingEmbedder
from tests.factories import make_document

# Hashed words say nothing of scope: what is out of scope is tested with app.deciding.
SETTINGS = Settings(deciding=DecidingSettings(scope_likeness=-1, figure_doubt=-20, text_doubt=-20))
HUE = (
    "Huế đặt mục tiêu đến năm 2025 có 35% hộ dân dùng ví điện tử. "
    "Năm 2022, Huế có 1.734 điểm phát wifi ở công viên."
)
VINH_LONG = "Vĩnh Long đặt mục tiêu đến năm 2025 có 20% hộ dân dùng ví điện tử."
QUESTION = "Huế đặt mục tiêu bao nhiêu phần trăm hộ dân dùng ví điện tử năm 2025?"


class CountingEmbedder(HashingEmbedder):
    """Counts the questions that it embeds."""

    def __init__(self) -> None:
        self.questions = 0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.questions += 1
        return super().embed_query(text)


def put(library: Path, *documents: SourceDocument) -> None:
    ingest_documents(
        library, documents, IngestSettings(), open_embedder=lambda _: HashingEmbedder()
    )


def hue(text: str = HUE) -> SourceDocument:
    return make_document(text, "hue.txt", title="Kế hoạch số", locality="Huế")


def vinh_long() -> SourceDocument:
    return make_document(VINH_LONG, "vinh-long.txt", title="Tin tỉnh", locality="Vĩnh Long")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assistant") / "library"
    put(folder, hue(), vinh_long())
    return folder


@pytest.fixture(scope="module")
def assistant(library: Path) -> Assistant:
    return build_assistant(library, SETTINGS, HashingEmbedder())


def untimed(answer: Answer) -> Answer:
    return replace(answer, took_ms=0)


# --- Answers -----------------------------------------------------------------------------------


def test_a_question_is_answered_with_a_verbatim_quote_of_the_stored_text(
    assistant: Assistant, library: Path
) -> None:
    answer = assistant.answer(QUESTION)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.short_answer == "35%"
    citation = answer.citations[0]
    text = Library.open(library).document_text("hue.txt")
    assert citation.passage.document.id == "hue.txt"
    assert text[citation.sentence.start : citation.sentence.end] == citation.quote
    assert f"“{citation.quote}” [1]" in answer.text
    assert answer.as_of == "2025"


def test_an_answer_names_the_library_version_and_the_question_as_typed(
    assistant: Assistant,
) -> None:
    answer = assistant.answer(f"  {QUESTION} ")
    assert answer.library_version == assistant.library_version
    assert (answer.question, answer.understood) == (f"  {QUESTION} ", QUESTION)
    assert answer.took_ms >= 0


def test_a_question_typed_without_marks_gets_the_same_quote(assistant: Assistant) -> None:
    typed = "hue dat muc tieu bao nhieu phan tram ho dan dung vi dien tu nam 2025?"
    answer = assistant.answer(typed)
    assert answer.understood != typed
    assert [item.quote for item in answer.citations] == [
        item.quote for item in assistant.answer(QUESTION).citations
    ]


def test_a_follow_up_is_answered_in_the_light_of_the_conversation(assistant: Assistant) -> None:
    history = [Turn("user", QUESTION), Turn("assistant", "35% [1]")]
    answer = assistant.answer("Còn Vĩnh Long thì sao?", history)
    assert answer.short_answer == "20%"
    assert answer.understood.startswith("Vĩnh Long đặt mục tiêu")


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Cần Thơ đặt mục tiêu bao nhiêu phần trăm hộ dân dùng ví điện tử?", "Cần Thơ"),
        ("Huế đặt mục tiêu bao nhiêu phần trăm hộ dân dùng ví điện tử năm 2045?", "2045"),
    ],
)
def test_what_the_documents_lack_is_refused_with_the_nearest_quotes(
    question: str, lacking: str, assistant: Assistant
) -> None:
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert lacking in answer.text
    assert answer.citations == ()
    assert 1 <= len(answer.related) <= 2
    assert "35%" not in answer.text


def test_a_question_foreign_to_the_documents_is_out_of_scope(library: Path) -> None:
    strict = Settings(
        deciding=DecidingSettings(scope_likeness=1.09, figure_doubt=-20, text_doubt=-20)
    )
    answer = build_assistant(library, strict, HashingEmbedder()).answer("Nấu phở thế nào?")
    assert answer.outcome is Outcome.OUT_OF_SCOPE
    assert (answer.citations, answer.related) == ((), ())


def test_small_talk_is_answered_without_searching(library: Path) -> None:
    embedder = CountingEmbedder()
    answer = build_assistant(library, SETTINGS, embedder).answer("Xin chào!")
    assert answer.text.startswith("Chào bạn!")
    assert answer.outcome is Outcome.OUT_OF_SCOPE
    assert embedder.questions == 0


def test_a_row_of_the_registry_names_what_its_figure_is(assistant: Assistant) -> None:
    answer = assistant.answer(QUESTION)
    assert answer.text.startswith("Mục tiêu đến năm 2025: 35% [1].\n")


def test_places_set_side_by_side_are_compared_with_what_was_worked_out(
    assistant: Assistant,
) -> None:
    answer = assistant.answer(
        "Huế và Vĩnh Long, nơi nào đặt mục tiêu hộ dân dùng ví điện tử cao hơn?"
    )
    assert answer.outcome is Outcome.ANSWERED
    assert answer.short_answer == "Huế"
    assert [item.text for item in answer.computed if item.operation == "difference"] == [
        "15 điểm phần trăm"
    ]
    assert {item.passage.document.id for item in answer.citations} == {"hue.txt", "vinh-long.txt"}


def test_a_question_of_no_place_is_asked_back_with_questions_that_are_answered(
    assistant: Assistant,
) -> None:
    answer = assistant.answer(
        "Mục tiêu đến năm 2025 có bao nhiêu phần trăm hộ dân dùng ví điện tử?"
    )
    assert answer.outcome is Outcome.NEEDS_CLARIFICATION
    assert answer.citations == ()
    shorts = {assistant.answer(choice).short_answer for choice in answer.choices}
    assert shorts == {"35%", "20%"}


def test_several_threads_get_the_same_answer(assistant: Assistant) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = [untimed(answer) for answer in pool.map(assistant.answer, [QUESTION] * 8)]
    assert answers == [untimed(assistant.answer(QUESTION))] * 8


# --- Questions that cannot be put --------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_fails_with_a_fixed_reply(question: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.FAILED
    assert answer.text == "Bạn chưa nhập câu hỏi."
    assert answer.question == question


def test_a_question_over_the_limit_fails_with_a_fixed_reply(library: Path) -> None:
    embedder = CountingEmbedder()
    built = build_assistant(library, Settings(question_limit=60), embedder)
    answer = built.answer("a" * 61)
    assert answer.outcome is Outcome.FAILED
    assert "60 ký tự" in answer.text
    assert embedder.questions == 0


def test_a_question_of_just_the_limit_is_answered(library: Path) -> None:
    settings = SETTINGS.model_copy(update={"question_limit": len(QUESTION)})
    answer = build_assistant(library, settings, HashingEmbedder()).answer(QUESTION)
    assert answer.outcome is Outcome.ANSWERED


# --- One path for all ways of asking -----------------------------------------------------------


@pytest.mark.parametrize("rest", ["nộp hồ sơ ở đâu?", "a" * 3000])
def test_no_answer_shows_a_persons_number(rest: str, assistant: Assistant) -> None:
    answer = assistant.answer(f"CCCD 001099012345 {rest}")
    assert "001099012345" not in str(answer.to_json())


def test_streaming_emits_the_finished_answer_at_once(assistant: Assistant) -> None:
    streamed = [untimed(answer) for answer in assistant.stream(QUESTION)]
    assert streamed == [untimed(assistant.answer(QUESTION))]


def test_the_chain_is_a_langchain_runnable_that_invokes_and_streams_alike(
    assistant: Assistant,
) -> None:
    assert isinstance(assistant.chain, Runnable)
    request = Request("Còn Vĩnh Long thì sao?", (Turn("user", QUESTION),))
    invoked = assistant.chain.invoke(request)
    assert list(assistant.chain.stream(request)) == [invoked]
    assert invoked == untimed(assistant.answer(request.question, request.history))


@pytest.mark.parametrize("asked", [QUESTION, Request(QUESTION)])
def test_the_assistant_as_a_runnable_takes_a_text_or_a_request(
    asked: str | Request, assistant: Assistant
) -> None:
    runnable = as_runnable(assistant)
    expected = untimed(assistant.answer(QUESTION))
    assert untimed(runnable.invoke(asked)) == expected
    assert [untimed(answer) for answer in runnable.stream(asked)] == [expected]
    assert [untimed(answer) for answer in runnable.batch([asked])] == [expected]


def test_the_assistant_as_a_runnable_refuses_an_empty_question_too(assistant: Assistant) -> None:
    assert as_runnable(assistant).invoke("").outcome is Outcome.FAILED


def test_the_assistant_as_a_runnable_can_be_composed(assistant: Assistant) -> None:
    chain = as_runnable(assistant) | RunnableLambda(lambda answer: answer.short_answer)
    assert chain.invoke(QUESTION) == "35%"


# --- The gate ----------------------------------------------------------------------------------


def planted(question: Question, decision: Decision, topic: Topic, contact: str | None) -> Answer:
    """Compose as usual, then change the figure as a careless writer would."""
    answer = compose(question, decision, topic, contact)
    return replace(answer, text=answer.text.replace("35%", "53%"), short_answer="53%")


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant_module, "compose", planted)


@pytest.mark.usefixtures("careless")
def test_an_answer_with_a_figure_that_no_quote_holds_is_held_back(assistant: Assistant) -> None:
    answer = assistant.answer(QUESTION)
    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert "53%" not in answer.text
    assert answer.short_answer is None
    assert (answer.citations, answer.computed) == ((), ())
    assert "35%" in answer.related[0].quote


@pytest.mark.usefixtures("careless")
def test_an_answer_is_held_back_in_the_stream_as_well(assistant: Assistant) -> None:
    assert all("53%" not in answer.text for answer in assistant.stream(QUESTION))


@pytest.mark.usefixtures("careless")
def test_what_was_held_back_is_logged_as_an_error(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.answer(QUESTION)
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.name for record in errors] == ["app.assistant"]
    assert "53%" in errors[0].getMessage()


def test_no_text_of_a_question_is_logged(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    words = ("nguyenvanan", "xuyenmoc")
    for question in (QUESTION, "Cần Thơ có gì?", "Xin chào", "", "dài" * 900):
        assistant.answer(f"{question} {' '.join(words)}" if question else "")
    monkeypatch.setattr(assistant_module, "compose", planted)
    held_back = assistant.answer(f"{QUESTION} {' '.join(words)}", [Turn("user", words[0])])
    assert held_back.outcome is Outcome.NOT_IN_DOCUMENTS
    assert all(word not in caplog.text.casefold() for word in words)
    assert "ví điện tử" not in caplog.text


# --- A library that changes --------------------------------------------------------------------


@pytest.fixture
def changing(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    put(folder, hue())
    return folder


def outcomes(assistant: Assistant, questions: Sequence[str]) -> list[Outcome]:
    return [assistant.answer(question).outcome for question in questions]


def test_a_new_library_version_answers_without_a_restart(changing: Path) -> None:
    assistant = build_assistant(changing, SETTINGS, HashingEmbedder())
    question = QUESTION.replace("Huế", "Vĩnh Long")
    before = assistant.answer(question)
    assert before.outcome is Outcome.NOT_IN_DOCUMENTS
    put(changing, vinh_long())
    after = assistant.answer(question)
    assert after.short_answer == "20%"
    assert after.library_version != before.library_version
    assert after.library_version == assistant.library_version


def test_a_changed_document_is_quoted_as_it_stands_now(changing: Path) -> None:
    assistant = build_assistant(changing, SETTINGS, HashingEmbedder())
    assert assistant.answer(QUESTION).short_answer == "35%"
    put(changing, hue(HUE.replace("35%", "36%")))
    assert assistant.answer(QUESTION).short_answer == "36%"


def test_a_removed_document_is_quoted_no_more(changing: Path) -> None:
    put(changing, vinh_long())
    assistant = build_assistant(changing, SETTINGS, HashingEmbedder())
    assert assistant.answer(QUESTION).outcome is Outcome.ANSWERED
    remove_documents(changing, ["hue.txt"], IngestSettings())
    answer = assistant.answer(QUESTION)
    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert all(item.passage.document.id != "hue.txt" for item in answer.related)


def test_an_emptied_library_answers_nothing_and_does_not_break(changing: Path) -> None:
    assistant = build_assistant(changing, SETTINGS, HashingEmbedder())
    remove_documents(changing, ["hue.txt"], IngestSettings())
    answer = assistant.answer(QUESTION)
    assert answer.outcome in (Outcome.NOT_IN_DOCUMENTS, Outcome.OUT_OF_SCOPE)
    assert answer.citations == ()
