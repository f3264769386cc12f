"""Right answers that the figure gate is measured on."""

from pathlib import Path

import pytest

from app.checking import check_sentence
from eval.cases import Case
from eval.errors import EvalError
from eval.gate_answers import RightAnswer, corpus_answers, reworded_answers, statement, value_of
from eval.gate_check import REWORDINGS

TEXT = (
    "Kế hoạch chuyển đổi số\n\n"
    "Đến năm 2027, tỉnh Sơn La phấn đấu trên 62% hộ gia đình có cáp quang.\n"
)


def answers(folder: Path, *cases: Case) -> list[RightAnswer]:
    (folder / "ke-hoach.txt").write_text(TEXT, encoding="utf-8")
    return list(corpus_answers(folder, cases))


def test_a_row_gives_its_sentence_and_a_statement(tmp_path: Path) -> None:
    verbatim, stated = answers(tmp_path)
    assert verbatim.wording == "verbatim"
    assert verbatim.text.startswith("“Đến năm 2027")
    assert stated.row is not None
    assert "62%" in stated.text
    assert stated.text.endswith(("[1].", "[1]"))
    assert stated.owners == {"Sơn La"}


def test_a_statement_takes_another_year_and_place(tmp_path: Path) -> None:
    row = answers(tmp_path)[1].row
    assert row is not None
    changed = statement(row, "62%", year=2031, place="Lai Châu")
    assert "2031" in changed
    assert "Lai Châu" in changed
    assert "2027" not in changed
    assert "Sơn La" not in changed


def test_a_value_is_stated_with_its_operator(tmp_path: Path) -> None:
    row = answers(tmp_path)[1].row
    assert row is not None
    assert value_of(row) == "hơn 62%"


def test_the_evidence_of_cases_is_quoted(tmp_path: Path) -> None:
    fields = {"id": "e", "category": "fact", "question": "?", "answerable": True}
    case = Case.model_validate(
        {**fields, "docs": ["ke-hoach.txt"], "evidence": ["trên 62% hộ gia đình"]}
    )
    assert answers(tmp_path, case)[-1].text == "“trên 62% hộ gia đình” [1]"
    other = case.model_copy(update={"docs": ("khac.txt",)})
    assert len(answers(tmp_path, other)) == len(answers(tmp_path))


def test_hand_written_answers_are_at_least_sixty_and_of_both_halves() -> None:
    written = list(reworded_answers(REWORDINGS))
    assert len(written) >= 60
    assert len({answer.text for answer in written}) == len(written)
    assert {answer.half for answer in written} == {"tuned", "held"}


def test_nearly_all_hand_written_answers_pass_the_gate() -> None:
    written = list(reworded_answers(REWORDINGS))
    rejected = [one.id for one in written if check_sentence(one.text, [one.citation])]
    assert len(rejected) <= 0.05 * len(written), rejected


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "w"}\n', encoding="utf-8")
    with pytest.raises(EvalError, match=r"bad\.jsonl"):
        list(reworded_answers(tmp_path / "bad.jsonl"))
