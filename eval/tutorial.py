"""The chain that tutorials build from LangChain's parts, as they build it; an optional extra.

In its favour it reads texts that our loader has read, and gives the model the prompts and the
unit length that its authors ask for; all else is as tutorials have it.
"""

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

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
    return all(find_spec(name) for name in _PARTS)


def hugging_face(settings: EmbeddingSettings) -> "Embeddings | None":
    """Return LangChain's usual embedding with the same model; None where it is not installed."""
    try:
        from langchain_huggingface import HuggingFaceEmbeddings
    except ImportError:
        return None
    built_in = settings.model == BUILT_IN_MODEL
    model = str(bundled_model_folder(settings.cache_dir)) if built_in else settings.model
    made: Embeddings = HuggingFaceEmbeddings(
        model_name=model,
        model_kwargs={"device": "cpu"},
        encode_kwargs={"prompt": PASSAGE_PROMPT, "normalize_embeddings": True},
        query_encode_kwargs={"prompt": QUERY_PROMPT, "normalize_embeddings": True},
    )
    return made


def tutorial_chains(texts: Mapping[str, str], embeddings: "Embeddings") -> dict[str, Finds]:
    """Return the retrieval of the usual chain, of its BM25 variant and of both together."""
    # Chroma reads it from the environment alone when others make its client.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    try:
        from langchain_chroma import Chroma
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise EvalError(
            f"{error.name} is not installed: run pip install -c constraints.txt -e '.[peers]'."
        ) from error
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
    )
    chunks = splitter.create_documents(list(texts.values()))
    dense = Chroma.from_documents(chunks, embeddings).as_retriever(search_kwargs={"k": SHOWN})
    words = BM25Retriever.from_documents(chunks, k=SHOWN)
    both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])
    chains = {"tutorial": dense, "tutorial BM25": words, "tutorial ensemble": both}
    return {name: _finds(chain.invoke) for name, chain in chains.items()}


def _finds(invoke: "Callable[[str], list[Document]]") -> Finds:
    return lambda question: [chunk.page_content for chunk in invoke(question)][:SHOWN]
