"""The chain that tutorials build from LangChain's parts, as they build it; an optional extra.

In its favour it reads texts that our loader has read, and gives the model the prompts and the
unit length that its authors ask for; all else is as tutorials have it.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING
from uuid import uuid4

from eval.errors import EvalError
from ingest.bundled_model import bundled_model_folder
from ingest.model_folder import PASSAGE_PROMPT, QUERY_PROMPT
from ingest.settings import BUILT_IN_MODEL, EmbeddingSettings

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

CHUNK_CHARACTERS = 1000
OVERLAP_CHARACTERS = 200
SHOWN = 4
PLAIN = "tutorial"

_PARTS = (
    "langchain_chroma",
    "langchain_classic",
    "langchain_community",
    "langchain_huggingface",
    "langchain_text_splitters",
    "rank_bm25",
)

# A question -> the texts found for it, best first.
Finds = Callable[[str], list[str]]


def has_peers() -> bool:
    """Tell whether the extra `peers` is installed."""
    return _missing() is None


def load_peers() -> None:
    """Import the parts, so that nothing timed pays for it; raise EvalError where one is missing."""
    if name := _missing():
        raise EvalError(
            f"{name} is not installed: run pip install -c constraints.txt -e '.[peers]'."
        )
    # Chroma reads it from the environment alone when others make its client.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    for name in _PARTS:
        import_module(name)


def hugging_face(settings: EmbeddingSettings) -> "Embeddings":
    """Return LangChain's usual embedding with the same model; needs the extra `peers`."""
    load_peers()
    from langchain_huggingface import HuggingFaceEmbeddings

    built_in = settings.model == BUILT_IN_MODEL
    model = str(bundled_model_folder(settings.cache_dir)) if built_in else settings.model
    made: Embeddings = HuggingFaceEmbeddings(
        model_name=model,
        model_kwargs={"device": "cpu"},
        encode_kwargs={"prompt": PASSAGE_PROMPT, "normalize_embeddings": True},
        query_encode_kwargs={"prompt": QUERY_PROMPT, "normalize_embeddings": True},
    )
    return made


def tutorial_chains(texts: Iterable[str], embeddings: "Embeddings") -> Iterator[tuple[str, Finds]]:
    """Yield the retrieval of the usual chain, of its BM25 variant and of both together, by name.

    Each is built when it is asked for, so that its own time and memory can be told.
    """
    load_peers()
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
    )
    chunks = splitter.create_documents(list(texts))
    # By default all stores of a process share one collection.
    store = Chroma.from_documents(chunks, embeddings, collection_name=f"chunks-{uuid4().hex}")
    dense = store.as_retriever(search_kwargs={"k": SHOWN})
    yield PLAIN, _finds(dense.invoke)
    words = BM25Retriever.from_documents(chunks, k=SHOWN)
    yield "tutorial BM25", _finds(words.invoke)
    both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])
    yield "tutorial ensemble", _finds(both.invoke)


def _missing() -> str | None:
    return next((name for name in _PARTS if find_spec(name) is None), None)


def _finds(invoke: "Callable[[str], list[Document]]") -> Finds:
    return lambda question: [chunk.page_content for chunk in invoke(question)][:SHOWN]
