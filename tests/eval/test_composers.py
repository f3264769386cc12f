"""Both composers over the same cases."""

import json
from pathlib import Path

import pytest

from app import build
from app.chat_model import ChatModel
from app.errors import AppError
from app.settings import DecidingSettings, Settings
from eval.cases import Case
from eval.composers import composition, run_composers
from eval.errors import EvalError
from tests.doubles import HashingEmbedder, ScriptedChatModel

TEXT = "Huế đặt mục tiêu kinh tế số đạt 31% GRDP vào năm 2025."
WORDED = "Đến năm 2025, Huế muốn kinh tế số đạt 31% GRDP [1]."
SETTINGS = Settings(
    llm="openai:another",
    deciding=DecidingSettings(scope_likeness=-1, figure_doubt=-20, text_doubt=-20),
)


@pytest.fixture
def case() -> Case:
    question = "Huế đặt mục tiêu kinh tế số bao nhiêu phần trăm GRDP vào năm 2025?"
    fields = {"id": "a", "category": "target", "question": question, "answerable": True}
    return Case.model_validate(fields | {"docs": ["hue.txt"], "gold": [["31%"]]})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "hue.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_both_composers_answer_the_same_cases_in_runs_of_their_own(
    case: Case, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scripted(settings: Settings) -> ChatModel | None:
        reply = f"completeness: complete\n{WORDED}"
        return ChatModel(ScriptedChatModel(queue=[reply]), settings) if settings.llm else None

    monkeypatch.setattr(build, "create_chat_model", scripted)
    runs = run_composers(
        [case], corpus, SETTINGS, "openai:m", tmp_path / "run", lambda _: HashingEmbedder()
    )
    assert [name for name, run in runs.items() if run.scores[0].correct] == ["quotes", "llm"]
    told = {
        name: json.loads((tmp_path / "run" / name / "generated.jsonl").read_text("utf-8"))
        for name in runs
    }
    assert {name: one["composer"] for name, one in told.items()} == {
        "quotes": "quotes",
        "llm": "llm",
    }
    assert WORDED in told["llm"]["answer"]
    composed = composition(runs["quotes"].run, runs["llm"].run)
    assert (composed["in_the_models_words"], composed["quoted_with_a_notice"]) == (1, 0)
    assert composed["understood_otherwise"] == 0


def test_a_model_that_never_words_an_answer_is_told_apart_from_one_that_does(
    case: Case, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(settings: Settings) -> ChatModel | None:
        return ChatModel(ScriptedChatModel(queue=["…"]), settings) if settings.llm else None

    monkeypatch.setattr(build, "create_chat_model", silent)
    runs = run_composers(
        [case], corpus, SETTINGS, "openai:m", tmp_path / "run", lambda _: HashingEmbedder()
    )
    composed = composition(runs["quotes"].run, runs["llm"].run)
    assert (composed["in_the_models_words"], composed["quoted_with_a_notice"]) == (0, 1)


@pytest.mark.parametrize(
    ("llm", "error"), [("model", EvalError), ("nobody:model", AppError), ("", EvalError)]
)
def test_an_unfit_model_is_refused_before_anything_is_answered(
    llm: str, error: type[Exception], case: Case, corpus: Path, tmp_path: Path
) -> None:
    with pytest.raises(error, match="give"):
        run_composers([case], corpus, Settings(), llm, tmp_path / "run")
    assert not (tmp_path / "run").exists()
