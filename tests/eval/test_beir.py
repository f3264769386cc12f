import json
from pathlib import Path

import pytest

from eval.beir import load_benchmark
from eval.errors import EvalError


def write_benchmark(folder: Path, qrels: str, name: str = "qrels.tsv") -> Path:
    corpus = [{"_id": "p1", "title": "Huế", "text": "Sông Hương."}, {"_id": 2, "text": "Núi."}]
    queries = [{"_id": "q1", "text": "Sông nào?", "answers": ["Hương"]}, {"_id": "q2", "text": "?"}]
    for file, rows in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{file}.jsonl").write_text(lines, encoding="utf-8")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"query-id\tcorpus-id\tscore\n{qrels}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["qrels.tsv", "qrels/test.tsv"])
def test_a_benchmark_is_read_from_either_place(tmp_path: Path, name: str) -> None:
    qrels = "q1\tp1\t2\nq1\tp9\t1\nq1\t2\t0\nq2\tp1\t0\n"
    benchmark = load_benchmark(write_benchmark(tmp_path, qrels, name))
    assert [(one.id, one.title) for one in benchmark.documents] == [("p1", "Huế"), ("2", "")]
    assert benchmark.gains == {"q1": {"p1": 2, "p9": 1}}
    assert benchmark.questions["q1"] == "Sông nào?"


def test_a_line_ends_at_its_line_feed_alone(tmp_path: Path) -> None:
    benchmark = load_benchmark(write_benchmark(tmp_path, "q1\tp\u20281\t1\n"))
    assert benchmark.gains == {"q1": {"p\u20281": 1}}


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q1\tp1\n", "line 2: not"),
        ("q1\tp1\tyes\n", "line 2: not"),
        ("q1\tp1\t1\nq7\tp1\t1\n", "line 3: there is no question 'q7'"),
        ("q1\tp1\t0\n", "holds no judgement"),
    ],
)
def test_bad_judgements_are_refused(tmp_path: Path, qrels: str, message: str) -> None:
    with pytest.raises(EvalError, match=message):
        load_benchmark(write_benchmark(tmp_path, qrels))


def test_a_repeated_document_is_refused(tmp_path: Path) -> None:
    folder = write_benchmark(tmp_path, "q1\tp1\t1\n")
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "p1", "text": "Again."}\n')
    with pytest.raises(EvalError, match="'p1' stands on two lines"):
        load_benchmark(folder)
