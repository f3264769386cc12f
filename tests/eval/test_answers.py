import json
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.answers import Answer, Outcome, Turn
from app.errors import AppError
from app.settings import Settings
from eval.answers import answer_cases, answer_variants, run_answers
from eval.cases import Case
from eval.generated import GeneratedAnswer
from eval.runs import read_run, rescore
from tests.doubles import HashingEmbedder


class EchoAssistant:
    """Answers with the conversation so far; a question "break" breaks it."""

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        if question == "break":
            raise AppError("Nothing holds it.")
        said = " ".join(turn.content for turn in (*history, Turn("user", question)))
        return Answer(question, question, "vi", Outcome.ANSWERED, said)


def case(identifier: str, question: str, *history: str) -> Case:
    turns = [{"role": "user", "content": content} for content in history]
    return Case.model_validate(
        {
            "id": identifier,
            "category": "fact",
            "question": question,
            "answerable": True,
            "history": turns,
        }
    )


def test_every_case_is_put_to_the_app_with_its_history() -> None:
    lines = answer_cases(EchoAssistant(), [case("a", "two", "one"), case("b", "three")])
    assert [(line["id"], line["answer"]) for line in lines] == [("a", "one two"), ("b", "three")]
    assert GeneratedAnswer.model_validate(lines[0]).outcome is Outcome.ANSWERED


def test_a_case_that_breaks_the_app_has_failed_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        lines = answer_cases(EchoAssistant(), [case("a", "break"), case("b", "three")])
    failed = GeneratedAnswer.model_validate(lines[0])
    assert (failed.outcome, failed.answer) == (Outcome.FAILED, "")
    assert lines[0]["error"] == "AppError: Nothing holds it."
    assert lines[1]["answer"] == "three"
    assert "Case a broke the app" in caplog.text


def test_every_way_of_typing_a_question_is_put_to_the_app() -> None:
    lines = answer_variants(EchoAssistant(), [case("a", "Số trạm là bao nhiêu")])
    asked = {line["variant"]: line["question"] for line in lines}
    assert asked["no_marks"] == "So tram la bao nhieu"
    assert asked["capitals"] == "SỐ TRẠM LÀ BAO NHIÊU"
    assert {line["id"] for line in lines} == {"a"}


def test_a_run_from_files_to_scores(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "run"
    corpus.mkdir()
    text = "Huế đặt mục tiêu kinh tế số đạt 31% GRDP vào năm 2025."
    (corpus / "hue.txt").write_text(text, encoding="utf-8")
    digest = f"---\nkind: digest\nsource_file: vinh.txt\n---\n\n{text.replace('Huế', 'Vinh')}\n"
    (corpus / "vinh.md").write_text(digest, encoding="utf-8")
    line = {
        "id": "a",
        "category": "target",
        "question": "Huế đặt mục tiêu kinh tế số bao nhiêu phần trăm GRDP vào năm 2025?",
        "answerable": True,
        "docs": ["hue.txt"],
        "gold": [["31%"]],
    }
    cases = [Case.model_validate(line)]

    scored = run_answers(
        cases, corpus, Settings(), folder, lambda _: HashingEmbedder(), robust=True
    )
    (score,) = scored.scores

    run = read_run(folder)
    assert {answer.variant for answer in run.variants} == {"no_marks", "nfd", "capitals", "typos"}
    assert (score.id, score.outcome, score.verbatim) == ("a", run.answers["a"].outcome, True)
    assert run.documents["hue.txt"].text == text
    assert run.documents["vinh.md"].source_file == "vinh.txt"
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    assert (
        settings["library_version"]
        == json.loads((folder / "generated.jsonl").read_text(encoding="utf-8"))["library_version"]
    )
    before = (folder / "summary.json").read_bytes()
    assert rescore(folder) == scored
    assert (folder / "summary.json").read_bytes() == before
