import pytest

from eval.metrics import mcnemar_exact, ndcg, percentile, recall, reciprocal_rank, wilson


def test_recall_is_the_share_of_relevant_ids_found() -> None:
    ranked = ["x", "a", "y", "b"]
    assert recall(ranked, {"a", "b"}, 1) == 0
    assert recall(ranked, {"a", "b"}, 2) == 0.5
    assert recall(ranked, {"a", "b"}, 10) == 1
    assert recall(ranked, {"a", "lost"}, 10) == 0.5


def test_reciprocal_rank_counts_the_first_relevant_id_only() -> None:
    assert reciprocal_rank(["x", "y", "b", "a"], {"a", "b"}, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x", "y", "b"], {"b"}, 2) == 0


def test_ndcg_of_hand_computed_rankings() -> None:
    assert ndcg(["a"], {"a": 1}, 10) == 1
    assert ndcg(["b", "a"], {"a": 1}, 10) == pytest.approx(0.63093, abs=1e-5)
    # DCG = 1/1 + 3/2; ideal = 3/1 + 1/log2(3)
    assert ndcg(["b", "x", "a"], {"a": 3, "b": 1}, 10) == pytest.approx(0.68853, abs=1e-5)
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}, 10) == 0


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_interval(successes: int, total: int, low: float, high: float) -> None:
    assert wilson(successes, total) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(
    ("gained", "lost", "p_value"),
    [(8, 2, 112 / 1024), (2, 8, 112 / 1024), (5, 0, 2 / 32), (0, 0, 1.0), (3, 3, 1.0)],
)
def test_mcnemar_exact(gained: int, lost: int, p_value: float) -> None:
    assert mcnemar_exact(gained, lost) == pytest.approx(p_value)


def test_percentile_is_one_of_the_values() -> None:
    assert percentile(range(1, 11), 0.9) == 9
    assert percentile([7], 0.9) == 7
    assert percentile([5, 1, 9], 0.9) == 9
