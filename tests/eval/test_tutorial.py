"""The chains that tutorials build, over real parts of LangChain; skipped without the extra."""

import pytest

from eval.errors import EvalError
from eval.tutorial import (
    CHUNK_CHARACTERS,
    OVERLAP_CHARACTERS,
    PLAIN,
    SHOWN,
    Finds,
    tutorial_chains,
)
from tests.doubles import HashingEmbedder

# LangChain's own announcement that langchain-community is no longer developed.
pytestmark = pytest.mark.filterwarnings("ignore:.*langchain-community:DeprecationWarning")

TEXTS = {
    "a.txt": "\n\n".join(f"Mục {number} nói về trạm thu phát sóng. " * 12 for number in range(8)),
    "b.txt": "Nghệ An trồng cam ở vùng đồi.",
}


def chains_over(*texts: str) -> dict[str, Finds]:
    for name in ("langchain_chroma", "langchain_classic", "langchain_community", "rank_bm25"):
        pytest.importorskip(name)
    langchain_core = pytest.importorskip("langchain_core.embeddings")

    class Hashing(langchain_core.Embeddings):  # type: ignore[misc,name-defined]
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [self.embed_query(text) for text in texts]

        def embed_query(self, text: str) -> list[float]:
            return [float(value) for value in HashingEmbedder().embed_query(text)]

    return dict(tutorial_chains(texts, Hashing()))


def test_each_chain_finds_the_chunk_that_shares_the_words_of_the_question() -> None:
    chains = chains_over(*TEXTS.values())
    assert chains.keys() == {"tutorial", "tutorial BM25", "tutorial ensemble"}
    for finds in chains.values():
        found = finds("Nghệ An trồng cam")
        assert found[0] == TEXTS["b.txt"]
        assert len(found) <= SHOWN
        assert all(len(text) <= CHUNK_CHARACTERS for text in found)


def test_the_ensemble_shows_no_more_than_the_others() -> None:
    words = ["cam", "chè", "lúa", "mía", "ngô", "dâu", "bông", "lạc", "vừng", "đậu"]
    texts = [f"{word} {other} ở vùng đồi." for word in words for other in words[:5]]
    chains = chains_over(*texts)
    assert {len(finds("cam chè lúa mía ở vùng nào?")) for finds in chains.values()} == {SHOWN}


def test_neighbouring_chunks_overlap() -> None:
    text = "\n".join(f"Câu số {number} nói về cây cam." for number in range(60))
    found = chains_over(text)[PLAIN]("cây cam")
    assert len(found) == 2
    repeated = sum(map(len, found)) - len(text)
    assert OVERLAP_CHARACTERS - 40 <= repeated <= OVERLAP_CHARACTERS


def test_a_missing_extra_is_refused_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "langchain_chroma", None)
    with pytest.raises(EvalError, match=r"not installed: run pip install .*'\.\[peers\]'"):
        list(tutorial_chains(TEXTS.values(), HashingEmbedder()))  # type: ignore[arg-type]
