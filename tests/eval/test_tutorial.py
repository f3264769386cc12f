"""The chains that tutorials build, over real parts of LangChain; skipped without the extra."""

import time

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from eval.errors import EvalError
from eval.speed_tutorial import StandInEmbeddings, main
from eval.tutorial import (
    CHUNK_CHARACTERS,
    OVERLAP_CHARACTERS,
    PLAIN,
    SHOWN,
    has_peers,
    tutorial_chains,
)
from tests.doubles import HashingEmbedder

# LangChain's own announcement that langchain-community is no longer developed.
pytestmark = pytest.mark.filterwarnings("ignore:.*langchain-community:DeprecationWarning")

TEXTS = {
    "a.txt": "\n\n".join(f"Mục {number} nói về trạm thu phát sóng. " * 12 for number in range(8)),
    "b.txt": "Nghệ An trồng cam ở vùng đồi.",
}


class HashingEmbeddings(Embeddings):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in HashingEmbedder().embed_query(text)]


@pytest.fixture
def embeddings() -> HashingEmbeddings:
    if not has_peers():
        pytest.skip("the extra `peers` is not installed: this test runs its parts")
    return HashingEmbeddings()


def test_each_chain_finds_the_chunk_that_shares_the_words_of_the_question(
    embeddings: HashingEmbeddings,
) -> None:
    chains = dict(tutorial_chains(TEXTS.values(), embeddings))
    assert chains.keys() == {"tutorial", "tutorial BM25", "tutorial ensemble"}
    for finds in chains.values():
        found = finds("Nghệ An trồng cam")
        assert found[0] == TEXTS["b.txt"]
        assert len(found) <= SHOWN
        assert all(len(text) <= CHUNK_CHARACTERS for text in found)


def test_the_ensemble_shows_no_more_than_the_others(embeddings: HashingEmbeddings) -> None:
    words = ["cam", "chè", "lúa", "mía", "ngô", "dâu", "bông", "lạc", "vừng", "đậu"]
    texts = [f"{word} {other} ở vùng đồi." for word in words for other in words[:5]]
    chains = dict(tutorial_chains(texts, embeddings))
    assert {len(finds("cam chè lúa mía ở vùng nào?")) for finds in chains.values()} == {SHOWN}


def test_neighbouring_chunks_overlap(embeddings: HashingEmbeddings) -> None:
    text = "\n".join(f"Câu số {number} nói về cây cam." for number in range(60))
    found = dict(tutorial_chains([text], embeddings))[PLAIN]("cây cam")
    assert len(found) == 2
    repeated = sum(map(len, found)) - len(text)
    assert OVERLAP_CHARACTERS - 40 <= repeated <= OVERLAP_CHARACTERS


def test_the_chains_are_timed_without_embedding_their_chunks(
    embeddings: HashingEmbeddings,
) -> None:
    timed = main(list(TEXTS.values()), ["Trạm nào?"], embeddings, time.time() - 60)
    assert timed["chunks"] > len(TEXTS)
    assert 60 <= timed["ready"] < 90
    assert list(timed["chains"]) == [PLAIN, "tutorial BM25", "tutorial ensemble"]
    for times in timed["chains"].values():
        assert times.keys() == {"build", "p50", "p95", "peak_mb"}
    vectors = StandInEmbeddings(embeddings).embed_documents(["Câu một.", "Câu một."])
    assert vectors[0] != vectors[1]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_missing_extra_is_refused_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "langchain_chroma", None)
    with pytest.raises(EvalError, match=r"not installed: run pip install .*'\.\[peers\]'"):
        list(tutorial_chains(TEXTS.values(), HashingEmbeddings()))
