"""The model within limits: what it is made from, what is tried again, and when it ends."""

import threading
import time

import pytest

from app import chat_model
from app.chat_model import Allowance, ChatModel, Message, create_chat_model
from app.errors import AppError, ChatModelError, SlowChatModelError
from app.settings import Settings
from tests.doubles import ScriptedChatModel


class StatusError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__("secret question")
        self.status_code = status


def chat(*replies: str | Exception, **limits: object) -> tuple[ChatModel, ScriptedChatModel]:
    model = ScriptedChatModel(queue=list(replies))
    return ChatModel(model, Settings(**limits)), model  # type: ignore[arg-type]


def said(model: ChatModel) -> str:
    return "".join(model.stream([("system", "a"), ("user", "b")], model.allowance()))


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr(chat_model.time, "sleep", pauses.append)
    return pauses


def test_text_comes_as_it_is_said_and_every_speaker_has_a_role() -> None:
    model, scripted = chat("một hai ba")
    messages: list[Message] = [("system", "a"), ("user", "b"), ("model", "c")]
    assert list(model.stream(messages, model.allowance())) == ["một ", "hai ", "ba"]
    assert [item.type for item in scripted.history[0]] == ["system", "human", "ai"]


def test_what_may_pass_is_tried_again_after_ever_longer_pauses(short_pauses: list[float]) -> None:
    model, _ = chat(ConnectionError(), StatusError(429), StatusError(503), "ba", llm_retries=3)
    assert said(model) == "ba"
    assert short_pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(("error", "asked"), [(StatusError(401), 1), (ConnectionError(), 3)])
def test_what_lasts_is_one_line_without_the_question(error: Exception, asked: int) -> None:
    model, scripted = chat(*[error] * 3, llm_retries=2)
    with pytest.raises(ChatModelError) as raised:
        said(model)
    assert "question" not in str(raised.value)
    assert type(error).__name__ in str(raised.value)
    assert len(scripted.history) == asked


def test_a_failure_is_not_waited_out_where_no_time_is_left_to_try_again(
    short_pauses: list[float],
) -> None:
    model, scripted = chat(*[StatusError(503)] * 9, llm_retries=8, llm_timeout=1.2)
    with pytest.raises(ChatModelError, match="failed: StatusError, status 503") as raised:
        said(model)
    assert not isinstance(raised.value, SlowChatModelError)
    assert short_pauses == [0.5, 1.0]
    assert len(scripted.history) == 3


def test_no_request_is_made_where_the_time_is_over() -> None:
    model, scripted = chat("một")
    allowance = Allowance(0, 1000)
    with pytest.raises(SlowChatModelError):
        list(model.stream([("user", "b")], allowance))
    assert scripted.history == []


def test_only_waiting_for_the_model_costs_time() -> None:
    model, _ = chat("một hai")
    allowance = Allowance(0.3, 1000)
    said_so_far = model.stream([("user", "b")], allowance)
    next(said_so_far)
    threading.Event().wait(0.5)
    assert list(said_so_far) == ["hai"]
    assert 0 < allowance.seconds < 0.3


def test_what_a_part_of_an_allowance_waits_is_waited_of_the_whole() -> None:
    whole = Allowance(10, 300)
    part = whole.part(1 / 2)
    with part.waiting():
        threading.Event().wait(0.2)
    assert 4 < part.seconds < 4.9
    assert 9 < whole.seconds < 9.9


def test_what_a_part_of_an_allowance_spends_is_spent_of_the_whole() -> None:
    whole = Allowance(60, 300)
    part = whole.part(1 / 3)
    assert part.seconds <= 20
    part.spend("a" * 90)
    with pytest.raises(ChatModelError):
        part.spend("a" * 20)
    whole.spend("a" * 200)
    with pytest.raises(ChatModelError):
        whole.spend("a" * 20)


def test_all_calls_for_one_answer_share_its_time_and_tokens() -> None:
    model, _ = chat("một", "a" * 3000, llm_tokens=200)
    allowance = model.allowance()
    assert list(model.stream([("user", "b" * 300)], allowance)) == ["một"]
    with pytest.raises(ChatModelError, match="llm_tokens"):
        list(model.stream([("user", "b")], allowance))


def test_a_provider_that_waits_longer_than_told_is_not_waited_for() -> None:
    scripted = ScriptedChatModel(queue=["một"], held=threading.Event())
    model = ChatModel(scripted, Settings(llm_timeout=0.1))
    started = time.monotonic()
    with pytest.raises(SlowChatModelError):
        said(model)
    assert time.monotonic() - started < 2
    scripted.held.set()


# --- Made from settings ---------------------------------------------------------------------------


def test_no_model_is_made_where_none_is_set() -> None:
    assert create_chat_model(Settings()) is None


def test_an_unknown_provider_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(AppError, match="'nobody' is not known: give one of openai, anthropic"):
        create_chat_model(Settings(llm="nobody:large"))


@pytest.mark.parametrize(
    ("llm", "extra"),
    [
        ("openai:a", "openai"),
        ("anthropic:a", "anthropic"),
        ("google_genai:a", "google"),
        ("ollama:a:7b", "ollama"),
    ],
)
def test_a_missing_package_is_told_with_the_line_that_installs_it(
    llm: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_model, "find_spec", lambda _: None)
    with pytest.raises(AppError) as raised:
        create_chat_model(Settings(llm=llm))
    assert str(raised.value).endswith(f"run pip install -e '.[{extra}]'")


def test_a_missing_key_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_model, "find_spec", lambda _: True)
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(AppError, match="set ANTHROPIC_API_KEY"):
        create_chat_model(Settings(llm="anthropic:large"))


@pytest.mark.parametrize("llm", ["large", "openai:", "openai: a", ""])
def test_a_setting_that_names_no_model_is_refused(llm: str) -> None:
    with pytest.raises(ValueError, match="llm"):
        Settings(llm=llm)


@pytest.mark.parametrize(
    ("llm", "key", "own_server", "made"),
    [
        (
            "openai:m",
            "OPENAI_API_KEY",
            False,
            {"timeout": 7.0, "max_tokens": 300, "max_retries": 0},
        ),
        ("openai:m", None, True, {"base_url": "http://127.0.0.1:1/v1", "api_key": "none"}),
        ("google_genai:m", "GOOGLE_API_KEY", False, {"max_tokens": 300}),
        ("ollama:m:7b", None, False, {"num_predict": 300, "client_kwargs": {"timeout": 7.0}}),
    ],
)
def test_a_model_is_made_with_the_limits_of_the_settings(
    llm: str,
    key: str | None,
    own_server: bool,
    made: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, dict[str, object]]] = []

    def init_chat_model(model: str, **options: object) -> ScriptedChatModel:
        asked.append((model, options))
        return ScriptedChatModel()

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init_chat_model)
    monkeypatch.setattr(chat_model, "find_spec", lambda _: True)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    if key:
        monkeypatch.setenv(key, "k")
    base = "http://127.0.0.1:1/v1" if own_server else None
    create_chat_model(Settings(llm=llm, llm_timeout=7, llm_tokens=300, llm_base_url=base))
    ((model, options),) = asked
    provider, _, name = llm.partition(":")
    assert (model, options["model_provider"]) == (name, provider)
    assert made.items() <= options.items()
    assert (options.get("api_key") == "none") == own_server
