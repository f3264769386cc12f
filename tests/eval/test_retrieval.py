import pytest

from app.retrieval import Hit
from app.settings import Settings
from eval.beir import BeirText, Benchmark
from eval.retrieval import (
    mean_scores,
    one_leg,
    ranked_documents,
    report_rows,
    run_retrieval,
    score_questions,
)
from ingest.documents import Description, Passage
from tests.doubles import HashingEmbedder


def hit(document: str, ordinal: int = 0) -> Hit:
    return Hit(Passage(Description(document, document), ordinal, "text", 0, ()), 1.0, 1.0)


class ScriptedRetriever:
    """Returns the hits prepared for a question and keeps what was asked."""

    def __init__(self, hits: dict[str, tuple[Hit, ...]]) -> None:
        self.hits = hits
        self.asked: list[tuple[str, int]] = []

    def search(self, question: str, limit: int) -> tuple[Hit, ...]:
        self.asked.append((question, limit))
        return self.hits.get(question, ())


BENCHMARK = Benchmark(
    documents=(BeirText(_id="p1", text="Một."), BeirText(_id="p2", text="Hai.")),
    questions={"q1": "Đường nào?", "q2": "Ở đâu?"},
    gains={"q1": {"p1": 1}, "q2": {"p2": 1, "not in the corpus": 1}},
)


def test_a_document_stands_where_its_first_passage_stands() -> None:
    assert ranked_documents([hit("b", 3), hit("a"), hit("b", 1)]) == ("b", "a")
    assert len(ranked_documents([hit(str(number)) for number in range(20)])) == 10


def test_a_document_that_is_not_in_the_index_counts_as_a_miss() -> None:
    hits = {"Đường nào?": (hit("p2"), hit("p1")), "Ở đâu?": (hit("p2"),)}
    retriever = ScriptedRetriever(hits)
    scores = score_questions(retriever, BENCHMARK, limit=50, folded=False)
    means = mean_scores(scores, 2)
    assert retriever.asked == [("Đường nào?", 50), ("Ở đâu?", 50)]
    assert means == {
        "recall@1": 0.25,
        "recall@5": 0.75,
        "recall@10": 0.75,
        "mrr@10": 0.75,
        # (1/log2(3) + 1/(1 + 1/log2(3))) / 2
        "ndcg@10": 0.622,
        "questions": 2,
        "passages": 2,
    }


def test_questions_are_typed_without_marks() -> None:
    retriever = ScriptedRetriever({})
    scores = score_questions(retriever, BENCHMARK, limit=10, folded=True)
    assert [question for question, _ in retriever.asked] == ["Duong nao?", "O dau?"]
    assert mean_scores(scores, 0)["recall@10"] == 0


@pytest.mark.parametrize(("leg", "weight"), [("dense", 1), ("lexical", 0)])
def test_one_leg_ranks_alone_whatever_the_question(leg: str, weight: float) -> None:
    retrieval = one_leg(Settings(), leg).retrieval.model_dump()  # type: ignore[arg-type]
    weights = {name: value for name, value in retrieval.items() if "dense_weight" in name}
    assert weights
    assert set(weights.values()) == {weight}
    assert retrieval["candidates"] == Settings().retrieval.candidates


def test_the_fused_ranking_leaves_the_settings_alone() -> None:
    assert one_leg(Settings(), "fused") == Settings()


def test_a_row_of_the_report_has_the_measures_of_a_question_and_what_was_found() -> None:
    hits = {"Đường nào?": (hit("p2"), hit("p1"))}
    scores = score_questions(ScriptedRetriever(hits), BENCHMARK, limit=10, folded=False)
    first, second = report_rows(scores)
    assert list(first) == ["id", *scores[0].measures, "ranked"]
    assert (first["id"], first["recall@5"], first["ranked"]) == ("q1", 1, "p2 p1")
    assert (second["id"], second["recall@5"], second["ranked"]) == ("q2", 0, "")


@pytest.mark.parametrize("folded", [False, True])
def test_a_benchmark_goes_through_the_products_own_ingest_and_retrieval(folded: bool) -> None:
    benchmark = Benchmark(
        documents=(
            BeirText(_id="p1", title="Huế", text="Sông Hương chảy qua giữa thành phố."),
            BeirText(_id="p2", title="Vinh", text="Thành Vinh có núi Dũng Quyết."),
            BeirText(_id="p3", title="Núi Bà Đen", text=""),
        ),
        questions={"q1": "Sông nào chảy qua thành phố?", "q2": "Núi nào ở Vinh?"},
        gains={"q1": {"p1": 1}, "q2": {"p2": 1}},
    )
    scores, passages = run_retrieval(
        benchmark, Settings(), folded=folded, open_embedder=lambda _: HashingEmbedder()
    )
    assert passages == 3
    assert mean_scores(scores, passages)["recall@1"] == 1
