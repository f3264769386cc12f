"""A quoting answer in a model's words: what is released, what is not, and when the quotes hold."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from app.answers import Answer, Computed, Outcome, Turn
from app.assistant import Assistant, LanguageModel
from app.build import build_assistant
from app.chat_model import ChatModel
from app.generation import MOST_SENTENCES, Writer
from app.replies import reply
from app.rewriting import Rewriter
from app.settings import DecidingSettings, Settings
from app.web.chat import converse
from app.web.rendering import render_transcript
from app.web.strings import load_strings
from ingest.pipeline import ingest_documents
from ingest.settings import IngestSettings
from tests.doubles import HashingEmbedder, ScriptedChatModel
from tests.factories import make_answer, make_citation, make_document

HUE = "Huế đặt mục tiêu 35% hộ dân dùng ví điện tử vào năm 2025."
HEAD = "Mục tiêu đến năm 2025: 35% [1]."
GOOD = "Huế phấn đấu để 35% hộ dân dùng ví điện tử vào năm 2025 [1]."
MORE = "Mục tiêu về ví điện tử này do Huế đặt ra [1]."
WRONG = "Huế phấn đấu để 53% hộ dân dùng ví điện tử vào năm 2025 [1]."
FIRST = "completeness: complete\n"


def quoted(**changes: object) -> Answer:
    fields = {"short_answer": "35%", "question": "Huế đặt mục tiêu ví điện tử bao nhiêu?"} | changes
    text = f"{HEAD}\nTheo tài liệu: “{HUE}” [1]"
    return make_answer(text, make_citation(HUE, locality="Huế"), **fields)  # type: ignore[arg-type]


def writer(model: ScriptedChatModel, **limits: object) -> Writer:
    settings = Settings(**({"llm_timeout": 20, "llm_retries": 0} | limits))  # type: ignore[arg-type]
    return Writer(ChatModel(model, settings))


def grown(
    *replies: str | Exception, answer: Answer | None = None, **limits: object
) -> list[Answer]:
    model = ScriptedChatModel(queue=list(replies))
    return list(writer(model, **limits).stream(answer or quoted()))


def held_at_its_last_word() -> ScriptedChatModel:
    text = f"{FIRST}{GOOD} {MORE}"
    return ScriptedChatModel(queue=[text], held=threading.Event(), free=text.count(" "))


# --- What is released -----------------------------------------------------------------------------


def test_an_answer_grows_by_sentences_and_never_takes_one_back() -> None:
    texts = [answer.text for answer in grown(f"{FIRST}{GOOD} {MORE}")]
    assert texts == [HEAD, f"{HEAD}\n{GOOD}", f"{HEAD}\n{GOOD} {MORE}", f"{HEAD}\n{GOOD} {MORE}"]


def test_what_was_decided_stays_as_it_was() -> None:
    before = quoted(computed=(Computed("2", "count", (1,)),))
    *_, after = grown(FIRST + GOOD, answer=before)
    assert (after.composer, after.notice) == ("llm", None)
    assert (after.citations, after.short_answer, after.computed, after.outcome) == (
        before.citations,
        before.short_answer,
        before.computed,
        before.outcome,
    )


@pytest.mark.parametrize(
    "outcome", [item for item in Outcome if item.value not in ("answered", "premise_corrected")]
)
def test_no_model_is_asked_where_there_is_no_answer(outcome: Outcome) -> None:
    model = ScriptedChatModel()
    refused = quoted(outcome=outcome)
    assert list(writer(model).stream(refused)) == [refused]
    assert model.history == []


def test_the_opening_is_there_before_the_model_says_anything() -> None:
    model = ScriptedChatModel(queue=[FIRST + GOOD], held=threading.Event())
    stream = writer(model).stream(quoted())
    assert next(stream).text == HEAD
    model.held.set()
    assert [answer.text for answer in stream][-1] == f"{HEAD}\n{GOOD}"


def test_a_sentence_is_released_while_the_model_still_speaks() -> None:
    model = held_at_its_last_word()
    stream = writer(model).stream(quoted())
    assert [next(stream).text, next(stream).text] == [HEAD, f"{HEAD}\n{GOOD}"]
    model.held.set()
    list(stream)


def test_a_wrong_premise_is_named_before_the_model_may_agree_with_it() -> None:
    text = f"{reply('vi', 'corrected')} “{HUE}” [1]"
    asked = "Vì sao Huế đặt mục tiêu 53% hộ dân dùng ví điện tử?"
    citation = make_citation(HUE, locality="Huế")
    answer = make_answer(text, citation, question=asked, outcome=Outcome.PREMISE_CORRECTED)
    *_, worded = grown(f"{FIRST}{WRONG} {GOOD}", WRONG, answer=answer)
    assert worded.text == f"{reply('vi', 'corrected')}\n{GOOD}"


# --- The gate -------------------------------------------------------------------------------------


def test_a_failing_sentence_is_worded_once_more_with_the_reason() -> None:
    model = ScriptedChatModel(queue=[f"{FIRST}{WRONG} {MORE}", GOOD])
    *_, answer = writer(model).stream(quoted())
    assert answer.text == f"{HEAD}\n{GOOD} {MORE}"
    asked = str(model.history[1][-1].content)
    assert "figure: 53% (foreign)" in asked
    assert WRONG in asked


def test_a_sentence_that_fails_twice_is_left_out() -> None:
    *_, answer = grown(f"{FIRST}{WRONG} {MORE}", WRONG)
    assert answer.text == f"{HEAD}\n{MORE}"


def test_a_figure_that_only_the_question_holds_is_no_fact() -> None:
    asked = "Có phải 53% hộ dân ở Huế dùng ví điện tử?"
    *_, answer = grown(f"{FIRST}{WRONG} {MORE}", WRONG, answer=quoted(question=asked))
    assert "53%" not in answer.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Huế phấn đấu 35% hộ dân dùng ví điện tử vào năm 2025.",
        "Huế phấn đấu 35% hộ dân dùng ví điện tử vào năm 2025 [7].",
        "Hy vọng thông tin này hữu ích cho bạn!",
    ],
)
def test_a_claim_without_a_valid_mark_is_not_shown_and_not_asked_for_again(sentence: str) -> None:
    model = ScriptedChatModel(queue=[f"{FIRST}{GOOD} {sentence}"])
    *_, answer = writer(model).stream(quoted())
    assert answer.text == f"{HEAD}\n{GOOD}"
    assert len(model.history) == 1


@pytest.mark.parametrize("answer", ["completeness: none\n", f"{FIRST}{WRONG}", GOOD, "", FIRST])
def test_where_nothing_valid_is_left_the_quotes_are_the_answer(answer: str) -> None:
    *_, last = grown(answer, WRONG)
    assert last.text == quoted().text
    assert (last.notice, last.composer) == (reply("vi", "llm_unfit"), "quotes")


def test_a_model_that_goes_round_in_circles_ends_its_answer() -> None:
    *_, answer = grown(f"{FIRST}{GOOD} {MORE} " + f"{GOOD} {MORE} " * 50)
    assert (answer.text, answer.notice) == (f"{HEAD}\n{GOOD} {MORE}", None)


def test_a_model_that_finds_no_end_is_ended() -> None:
    said = [GOOD.replace("phấn đấu", f"phấn đấu {'rất ' * n}") for n in range(40)]
    *_, answer = grown(FIRST + " ".join(said))
    assert answer.text.count("[1]") == 1 + MOST_SENTENCES


def test_a_reply_that_begins_as_it_must_not_is_not_waited_for() -> None:
    scripted = ScriptedChatModel(queue=["Xin chào. " * 30], held=threading.Event(), free=50)
    *_, answer = writer(scripted).stream(quoted())
    scripted.held.set()
    assert (answer.text, answer.notice) == (quoted().text, reply("vi", "llm_unfit"))


@pytest.mark.parametrize(
    "thoughts",
    ["<think>Is it 99%? </think>\n\n", "<think>\n</think>", "\n<think>a < b\n\nc</think>"],
)
def test_what_a_model_only_thinks_is_not_read(thoughts: str) -> None:
    *_, answer = grown(f"{thoughts}{FIRST}{GOOD}")
    assert answer.text == f"{HEAD}\n{GOOD}"


def test_a_sentence_worded_again_may_be_thought_over_too() -> None:
    *_, answer = grown(f"{FIRST}{WRONG}", f"<think>\n53% is wrong.\n</think>\n\n{GOOD}")
    assert answer.text == f"{HEAD}\n{GOOD}"


def test_a_partial_answer_says_so() -> None:
    *_, answer = grown("Completeness: **partial**\n" + GOOD)
    assert (answer.text, answer.notice) == (f"{HEAD}\n{GOOD}", reply("vi", "llm_partial"))


# --- Failures -------------------------------------------------------------------------------------


def test_an_outage_gives_the_quotes_with_one_line() -> None:
    *_, answer = grown(ConnectionError("no route, and the question"))
    assert (answer.text, answer.notice) == (quoted().text, reply("vi", "llm_failed"))


def test_a_model_that_is_too_slow_gives_the_quotes_within_its_time() -> None:
    model = ScriptedChatModel(queue=[FIRST + GOOD], held=threading.Event())
    started = time.monotonic()
    *_, answer = writer(model, llm_timeout=0.2).stream(quoted())
    assert time.monotonic() - started < 2
    model.held.set()
    assert (answer.text, answer.notice) == (quoted().text, reply("vi", "llm_slow"))


def test_quotes_follow_what_was_released_before_a_failure() -> None:
    model = held_at_its_last_word()
    *_, before, answer = writer(model, llm_timeout=0.5).stream(quoted())
    model.held.set()
    assert before.text == f"{HEAD}\n{GOOD}"
    assert answer.text == f"{HEAD}\n{GOOD}\nTheo tài liệu: “{HUE}” [1]"
    assert (answer.notice, answer.composer) == (reply("vi", "llm_broken"), "llm")


def test_tokens_are_not_spent_beyond_the_budget() -> None:
    *_, answer = grown(f"{FIRST}{GOOD} " + "Không dẫn nguồn nào. " * 2000, llm_tokens=2000)
    assert len(answer.text) < 2000 * 3
    assert answer.notice == reply("vi", "llm_broken")


def test_a_reader_who_leaves_ends_the_request() -> None:
    model = held_at_its_last_word()
    stream = writer(model).stream(quoted())
    next(stream), next(stream)
    stream.close()  # type: ignore[attr-defined]
    model.held.set()
    assert model.closed.wait(5)


def test_nothing_of_question_or_reply_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="app")
    grown(f"{FIRST}{WRONG}", WRONG)
    grown(ValueError(quoted().question))
    assert "ví điện tử" not in caplog.text
    assert "ValueError" in caplog.text


# --- In the chain ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generation") / "library"
    ingest_documents(
        folder,
        [make_document(HUE, "hue.txt", title="Kế hoạch số", locality="Huế")],
        IngestSettings(),
        open_embedder=lambda _: HashingEmbedder(),
    )
    return folder


def assistant_with(library: Path, scripted: ScriptedChatModel | None) -> Assistant:
    settings = Settings(
        deciding=DecidingSettings(scope_likeness=-1, figure_doubt=-20, text_doubt=-20)
    )
    model = None
    if scripted:
        chat = ChatModel(scripted, Settings(llm_timeout=20, llm_retries=0))
        model = LanguageModel(Rewriter(chat), Writer(chat), chat.allowance)
    return build_assistant(library, settings, HashingEmbedder(), model=model)


def test_the_chain_words_an_answer_and_streams_it(library: Path) -> None:
    assistant = assistant_with(library, ScriptedChatModel(queue=[FIRST + GOOD] * 2))
    question = "Huế đặt mục tiêu bao nhiêu phần trăm hộ dân dùng ví điện tử năm 2025?"
    streamed = list(assistant.stream(question))
    assert len(streamed) > 1
    assert all(after.text.startswith(before.text) for before, after in pairwise(streamed))
    assert GOOD in streamed[-1].text
    assert streamed[-1].composer == "llm"
    assert assistant.answer(question).text == streamed[-1].text


UNSURE = "Còn Huế?"
BEFORE = (
    Turn("user", "Hà Nội và Cần Thơ đặt mục tiêu mấy phần trăm hộ dân dùng ví điện tử năm 2025?"),
)
REWRITTEN = "Huế đặt mục tiêu mấy phần trăm hộ dân dùng ví điện tử năm 2025?"


def test_an_unsure_follow_up_shows_what_the_model_took_it_for(library: Path) -> None:
    scripted = ScriptedChatModel(queue=[REWRITTEN, FIRST + GOOD])
    answer = assistant_with(library, scripted).answer(UNSURE, BEFORE)
    assert (answer.question, answer.understood) == (UNSURE, REWRITTEN)
    assert (answer.short_answer, answer.composer) == ("35%", "llm")
    assert f"<question>{REWRITTEN}</question>" in str(scripted.history[1][-1].content)


@pytest.mark.parametrize("reply_", ["Huế đặt mục tiêu 99% hộ dân?", ConnectionError()])
def test_a_rewriting_that_does_not_do_leaves_the_question_as_without_a_model(
    library: Path, reply_: str | Exception
) -> None:
    without = assistant_with(library, None).answer(UNSURE, BEFORE)
    scripted = ScriptedChatModel(queue=[reply_, FIRST + GOOD])
    answer = assistant_with(library, scripted).answer(UNSURE, BEFORE)
    assert "<conversation>" in str(scripted.history[0][-1].content)
    assert answer.understood == without.understood
    assert (answer.outcome, answer.citations) == (without.outcome, without.citations)


# --- On the page ----------------------------------------------------------------------------------


def test_an_outage_is_one_line_beside_the_quotes_on_the_page() -> None:
    class Outage:
        def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
            return writer(ScriptedChatModel(queue=[ConnectionError()])).stream(quoted())

    *_, conversation = converse(Outage(), (), "Mục tiêu ví điện tử?")
    page = str(render_transcript(conversation, load_strings("vi")))
    assert reply("vi", "llm_failed") in page
    assert HUE in page
    assert "ConnectionError" not in page
