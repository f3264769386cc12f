"""What the speed benchmark measures with: real texts, stand-in vectors, a process of its own."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from langchain_core.runnables import RunnableLambda
from numpy.typing import NDArray

from app.answers import Answer, Outcome
from app.assistant import Request
from app.settings import Settings
from eval.errors import EvalError
from eval.speed import (
    Article,
    StandIn,
    documents_of,
    passages_of,
    questions_of,
    read_articles,
    timed_ingest,
    with_ratios,
)
from eval.speed_chart import speed_chart
from eval.speed_probe import seconds_of, stage_seconds
from eval.tables import speed_table
from ingest.splitting import split
from tests.doubles import HashingEmbedder

ARTICLES = [
    Article(
        title=f"Điều 1.{number}. Nội dung {number}",
        text=f"Xã số {number} lập hồ sơ sức khỏe điện tử.",
    )
    for number in range(40)
]


def test_articles_are_read_and_a_bad_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "A", "text": "Một câu."}) + "\n", encoding="utf-8")
    assert read_articles(path) == [Article(title="A", text="Một câu.")]
    for content in ("", "{}\n", "no json"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(EvalError, match=r"a\.jsonl"):
            read_articles(path)
    with pytest.raises(EvalError, match="none"):
        read_articles(tmp_path / "none.jsonl")


def test_documents_have_as_many_passages_as_asked_for_and_differ() -> None:
    settings = Settings()
    documents = list(documents_of(30, ARTICLES, settings))
    count = sum(len(split(item, settings.ingest.splitting)) for item in documents)
    assert 30 <= count < 60
    assert len({item.text for item in documents}) == len({item.id for item in documents})
    assert [item.text for item in documents_of(30, ARTICLES, settings)] == [
        item.text for item in documents
    ]


def test_only_the_first_passages_are_read_by_the_model() -> None:
    embedder = HashingEmbedder()
    stand_in = StandIn(embedder, real=2)
    texts = ["Câu một.", "Câu hai.", "Câu ba."]
    vectors = stand_in.embed_passages(texts)
    assert np.allclose(vectors[:2], embedder.embed_passages(texts[:2]))
    assert not np.allclose(vectors[2], embedder.embed_passages(texts[2:])[0])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(stand_in.embed_passages(texts[:2]), vectors[:2])


def test_the_model_reads_each_text_once_and_what_it_gave_is_counted() -> None:
    read: list[list[str]] = []

    class Keeping(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            read.append(list(texts))
            return super().embed_passages(texts)

    stand_in = StandIn(Keeping(), real=3)
    stand_in.embed_passages(["Một.", "Một.", "Hai."])
    stand_in.embed_passages(["Hai.", "Ba.", "Bốn."])
    stand_in.embed_passages(["Bốn.", "Năm."])
    assert [text for texts in read for text in texts] == ["Một.", "Hai.", "Ba."]
    assert stand_in.model_vectors == 5
    assert stand_in.model_seconds > 0


def test_ingest_is_told_with_and_without_the_model(tmp_path: Path) -> None:
    class Slow(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            time.sleep(0.2)
            return super().embed_passages(texts)

    documents = list(documents_of(5, ARTICLES, Settings()))
    told = timed_ingest(tmp_path, documents, Settings(), StandIn(Slow(), real=2), rate=2.0)
    assert told["model_vectors"] == 2
    assert 0.2 <= told["in_model"] <= told["build"]
    rest = told["passages"] / told["passages_per_s"] - told["passages"] / 2.0
    assert rest == pytest.approx(told["build"] - told["in_model"], abs=0.2)


def test_the_tutorial_is_set_against_ours_without_the_model() -> None:
    chain = {"build": 2.0, "p50": 0.3, "peak_mb": 500}
    ours = {"build": 9.0, "in_model": 5.0, "ready": 2.0, "retrieval_p50": 0.1, "peak_mb": 1000}
    told = with_ratios({**ours, "tutorial": {"ready": 5.0, "chains": {"tutorial": chain}}})
    ratios = {name: value for name, value in told["tutorial"].items() if "ratio" in name}
    assert ratios == {
        "build_ratio": 0.5,
        "ready_ratio": 2.5,
        "retrieval_ratio": 3.0,
        "memory_ratio": 0.5,
    }
    assert with_ratios(dict(ours)) == ours


def test_the_first_questions_are_asked_once_more_before_any_is_timed() -> None:
    asked: list[str] = []
    assert len(seconds_of(asked.append, ["a", "b", "c", "d"])) == 4
    assert asked == ["a ", "b ", "c ", "a", "b", "c", "d"]


def test_questions_name_articles_without_their_numbers() -> None:
    questions = questions_of(ARTICLES)
    assert len(questions) == len(set(questions)) == len(ARTICLES)
    assert all(item.startswith("Nội dung") and item.endswith("?") for item in questions)


def test_passages_stop_at_the_limit() -> None:
    assert len(passages_of(ARTICLES, Settings(), 5)) == 5


def test_the_table_shows_what_was_and_was_not_measured() -> None:
    times = {"p50": 0.1, "p95": 0.2}
    row = {"passages": 10, "open": 0.5, "peak_mb": None, "stages": {"decide": times}}
    chains = {"tutorial BM25": {"build": 1.5, "p50": 0.3, "p95": 0.4, "peak_mb": 70}}
    tutorial = {"chunks": 9, "ready": 4.5, "chains": chains, "build_ratio": 0.25}
    text = speed_table(
        {
            "cpu_flags": [],
            "threads": "2",
            "dtype": "float32",
            "embedding": {"passages": 10, "ours": 3.5},
            "sizes": [row, {**row, "passages": 20, "tutorial": tutorial}],
            "answer_p95_ratio": 1.0,
            "retrieval_p95_ratio": 1.0,
            "one_changed": {"documents": 10, "seconds": 2.5},
        }
    )
    assert "unknown; threads: 2; float32" in text
    assert "one changed of 10 documents: 2.5 s" in text
    told = [line.split() for line in text.splitlines()]
    assert ["10", "0.5", "-"] in told
    assert ["10", "decide", "0.1", "0.2"] in told
    assert ["20", "9", "tutorial", "BM25", "1.5", "0.3", "0.4", "70"] in told
    assert ["passages", "chunks", "ready", "build_ratio"] in told
    assert ["20", "9", "4.5", "0.25"] in told
    assert "seeded unit vectors" in text


def test_each_step_of_the_chain_is_timed_by_its_name() -> None:
    asked: list[str] = []

    def _understand(request: Request) -> str:
        asked.append(request.question)
        return request.question

    def _answer(question: str) -> Answer:
        time.sleep(0.01)
        return Answer(question, question, "vi", Outcome.ANSWERED, "")

    chain = RunnableLambda(_understand) | RunnableLambda(_answer)
    timed = stage_seconds(chain, ["A?", "B?", "C?", "D?"])
    assert asked == ["A? ", "B? ", "C? ", "A?", "B?", "C?", "D?"]
    assert list(timed) == ["understand", "answer"]
    assert len(timed["answer"]) == len(timed["understand"]) == 4
    assert min(timed["answer"]) >= 0.01


def test_the_chart_has_a_bar_per_size_and_one_for_the_tutorial() -> None:
    stages_ = {"retrieve": {"p50": 0.02}, "rank": {"p50": 0.06}}
    tutorial = {"chunks": 900, "chains": {"tutorial": {"p50": 0.04}}}
    sizes = [
        {"passages": 1000, "stages": stages_},
        {"passages": 9000, "stages": stages_, "tutorial": tutorial},
    ]
    chart = ElementTree.fromstring(speed_chart(sizes))
    texts = [item.text for item in chart.iter("{http://www.w3.org/2000/svg}text")]
    assert {"1,000 passages", "9,000 passages", "tutorial, 900 chunks"} <= set(texts)
    assert texts.count("80 ms") == 2
    bars = [
        item
        for item in chart.iter("{http://www.w3.org/2000/svg}rect")
        if item.get("height") == "22"
    ]
    widths = [float(item.get("width", 0)) for item in bars]
    assert len(widths) == 5
    assert widths[1] == pytest.approx(3 * widths[0], abs=0.2)
