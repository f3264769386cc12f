import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import EvalError
from eval.reading_sets import ReadingQuestion, read_beir, read_squad

QUERIES = [
    {"_id": "q1", "text": "Ở đâu?", "answers": ["Huế", "cố đô"]},
    {"_id": "q2", "text": "Vì sao?"},
    {"_id": "q3", "text": "Bao giờ?", "answers": ["2025"]},
]
SQUAD = {
    "data": [
        {
            "title": "Huế",
            "paragraphs": [
                {
                    "context": "Huế là cố đô.",
                    "qas": [
                        {"id": "q1", "question": "Gì?", "answers": [{"text": "cố đô"}]},
                        {"id": "q2", "question": "Ai?", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": "Vinh ở Nghệ An.", "qas": []},
            ],
        }
    ]
}


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "queries.jsonl", QUERIES)
    write_lines(tmp_path / "corpus.jsonl", [{"_id": "p1", "title": "Huế", "text": "Huế là cố đô."}])
    return tmp_path


def test_queries_without_answers_are_left_out(folder: Path) -> None:
    read = read_beir(folder)
    assert read.questions == (
        ReadingQuestion("q1", "Ở đâu?", ("Huế", "cố đô")),
        ReadingQuestion("q3", "Bao giờ?", ("2025",)),
    )
    assert [document.id for document in read.documents] == ["p1"]


def test_every_paragraph_of_a_squad_file_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(SQUAD), encoding="utf-8")
    read = read_squad(path)
    assert [(one.title, one.text) for one in read.documents] == [
        ("Huế", "Huế là cố đô."),
        ("Huế", "Vinh ở Nghệ An."),
    ]
    assert len({one.id for one in read.documents}) == 2
    assert read.questions == (ReadingQuestion("q1", "Gì?", ("cố đô",)),)


def test_a_sample_is_seeded_and_keeps_every_text(folder: Path) -> None:
    read = read_beir(folder)
    assert len(read.sample(1).questions) == 1
    assert read.sample(1) == read.sample(1)
    assert read.sample(1).documents == read.documents
    assert read.sample(2) == read.sample(None) == read


def test_a_set_without_answers_is_refused(folder: Path) -> None:
    write_lines(folder / "queries.jsonl", QUERIES[1:2])
    with pytest.raises(EvalError, match=r"queries\.jsonl holds no question with `answers`"):
        read_beir(folder)


@pytest.mark.parametrize("content", ["[]", '{"data": [{"paragraphs": [{"qas": []}]}]}'])
def test_a_file_of_another_layout_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "squad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match="no SQuAD file"):
        read_squad(path)
