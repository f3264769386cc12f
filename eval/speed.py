"""How fast the product is, on real texts: embedding, questions at several sizes, one change.

Beyond what is worth embedding, passages get seeded unit vectors: what is timed does not depend on
what a vector means. Ratios within one run are what counts, as a machine may have other work.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from app.settings import Settings
from eval.errors import EvalError
from eval.jsonl import read_jsonl
from eval.tutorial import PLAIN, has_peers, hugging_face
from ingest.documents import Description, Heading, SourceDocument
from ingest.embedding import Embedder, create_embedder
from ingest.loading.loaded import LoadedFile
from ingest.pipeline import ingest_documents
from ingest.splitting import find_headings, split
from ingest.text import normalise

QUESTIONS = 100
CHANGED_OF = 10_000

_BLOCK = 100
_WARM_UP = 16
_SEED = 20
# Documents as long as a plan or a decree: articles put together in a seeded order.
_ARTICLES_OF_A_DOCUMENT = 8

Vectors = NDArray[np.float32]


class Article(BaseModel):
    """One text of the file, with the words that name it."""

    model_config = ConfigDict(frozen=True)

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """An article as it stands in a document: its title, its text, the headings found in it."""

    title: str
    text: str
    headings: tuple[Heading, ...]


def read_articles(path: Path) -> list[Article]:
    """Return the texts of a JSONL file with `title` and `text`; raise EvalError without any."""
    articles = [
        Article(title=normalise(row.title), text=normalise(row.text))
        for row in read_jsonl(path, Article)
    ]
    if not articles:
        raise EvalError(f"{path} is empty: give a file of texts.")
    return articles


def measure_speed(
    articles: Sequence[Article],
    settings: Settings,
    sizes: Sequence[int],
    embedded: int,
    model_vectors: int,
) -> dict[str, Any]:
    """Return all figures; times in seconds, memory in MB.

    `embedded`: passages of the comparison of embedding; `model_vectors`: texts of the libraries
    that the model reads.
    """
    embedder = create_embedder(settings.ingest.embedding)
    measured: dict[str, Any] = {
        "cpu_flags": cpu_flags(),
        "threads": os.environ.get("OMP_NUM_THREADS") or str(os.cpu_count()),
        "dtype": embedder.dtype,
    }
    measured["embedding"] = compare_embedding(
        passages_of(articles, settings, embedded), embedder, settings
    )
    stand_in = StandIn(embedder, min(model_vectors, max(sizes)))
    rate = measured["embedding"]["ours"]
    measured["sizes"] = [
        _measure_size(size, articles, settings, stand_in, rate) for size in sorted(sizes)
    ]
    first, last = measured["sizes"][0], measured["sizes"][-1]
    measured["answer_p95_ratio"] = round(last["answer_p95"] / first["answer_p95"], 2)
    measured["retrieval_p95_ratio"] = round(last["retrieval_p95"] / first["retrieval_p95"], 2)
    measured["one_changed"] = measure_change(articles, settings, embedder)
    return measured


def cpu_flags() -> list[str]:
    """Return the processor's flags that decide how fast it multiplies; empty where unknown."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return []
    found = set(re.findall(r"\b(?:avx2|avx512f|avx512_bf16|avx512_vnni|amx_\w+)\b", text))
    return sorted(found)


def passages_of(articles: Sequence[Article], settings: Settings, limit: int) -> list[str]:
    """Return the texts of the first passages of the articles."""
    texts: list[str] = []
    for article in articles:
        document = _document(article.title, article.text)
        texts.extend(item.text for item in split(document, settings.ingest.splitting))
        if len(texts) >= limit:
            break
    return texts[:limit]


def compare_embedding(
    texts: Sequence[str], embedder: Embedder, settings: Settings
) -> dict[str, Any]:
    """Return passages per second of ours and of HuggingFaceEmbeddings in float32, in turns."""
    measured: dict[str, Any] = {"passages": len(texts)}
    contestants: dict[str, Callable[[list[str]], object]] = {
        "ours": lambda block: embedder.embed_passages(block)
    }
    if has_peers():
        theirs = hugging_face(settings.ingest.embedding)
        contestants["huggingface_float32"] = theirs.embed_documents
    seconds = dict.fromkeys(contestants, 0.0)
    for embed in contestants.values():
        embed(list(texts[:_WARM_UP]))
    # In turns, block by block: other work on the machine falls on both alike.
    for start in range(0, len(texts), _BLOCK):
        block = list(texts[start : start + _BLOCK])
        for name, embed in contestants.items():
            began = time.perf_counter()
            embed(block)
            seconds[name] += time.perf_counter() - began
    for name, spent in seconds.items():
        measured[name] = round(len(texts) / spent, 1)
    if "huggingface_float32" in measured:
        measured["ratio"] = round(measured["ours"] / measured["huggingface_float32"], 2)
    return measured


class StandIn:
    """An embedder that reads the first passages and gives seeded unit vectors to the rest."""

    def __init__(self, embedder: Embedder, real: int) -> None:
        self.identity = embedder.identity
        self.dimension = embedder.dimension
        self.dtype = embedder.dtype
        self.embed_query = embedder.embed_query
        self._embedder = embedder
        self._real = real
        self._known: dict[str, Vectors] = {}
        self._random = np.random.default_rng(_SEED)
        # Seconds that the model took, and how many of the vectors given are the model's.
        self.model_seconds = 0.0
        self.model_vectors = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimension)."""
        room = max(0, self._real - len(self._known))
        new = [text for text in dict.fromkeys(texts) if text not in self._known][:room]
        began = time.perf_counter()
        for text, vector in zip(new, self._embedder.embed_passages(new), strict=True):
            self._known[text] = vector
        self.model_seconds += time.perf_counter() - began
        self.model_vectors += sum(text in self._known for text in texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        if text in self._known:
            return self._known[text]
        vector = self._random.standard_normal(self.dimension, dtype=np.float32)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _measure_size(
    size: int, articles: Sequence[Article], settings: Settings, stand_in: StandIn, rate: float
) -> dict[str, Any]:
    """Build a library of that many passages, and time it in a process of its own.

    `rate`: passages a second that the model reads.
    """
    documents = list(documents_of(size, articles, settings))
    with tempfile.TemporaryDirectory(prefix="hoidap-speed-") as temporary:
        library = Path(temporary) / "library"
        built = timed_ingest(library, documents, settings, stand_in, rate)
        asked = Path(temporary) / "questions.json"
        asked.write_text(json.dumps(questions_of(articles)), encoding="utf-8")
        kept = Path(temporary) / "settings.json"
        kept.write_text(settings.model_dump_json(), encoding="utf-8")
        probed = _probe("speed_probe", library, asked, kept, time.time())
        if has_peers():
            texts = Path(temporary) / "texts.json"
            texts.write_text(json.dumps([item.text for item in documents]), encoding="utf-8")
            probed["tutorial"] = _probe("speed_tutorial", texts, asked, kept, time.time())
    return with_ratios({**built, **probed})


def timed_ingest(
    library: Path,
    documents: Sequence[SourceDocument],
    settings: Settings,
    stand_in: StandIn,
    rate: float,
) -> dict[str, Any]:
    """Return what ingest took, and passages a second as if the model had read all of them."""
    seconds, vectors = stand_in.model_seconds, stand_in.model_vectors
    began = time.perf_counter()
    report = ingest_documents(library, documents, settings.ingest, open_embedder=lambda _: stand_in)
    built = time.perf_counter() - began
    in_model = stand_in.model_seconds - seconds
    whole = built - in_model + report.passages / rate
    return {
        "passages": report.passages,
        "model_vectors": stand_in.model_vectors - vectors,
        "build": round(built, 1),
        "in_model": round(in_model, 1),
        "passages_per_s": round(report.passages / whole, 1),
    }


def with_ratios(size: dict[str, Any]) -> dict[str, Any]:
    """Add how many times as much the tutorial's usual chain takes, ours being 1.

    Its index is built without embedding, so ours is taken without it too.
    """
    if tutorial := size.get("tutorial"):
        chain = tutorial["chains"][PLAIN]
        ratios = {
            "build_ratio": (chain["build"], size["build"] - size["in_model"]),
            "ready_ratio": (tutorial["ready"], size["ready"]),
            "retrieval_ratio": (chain["p50"], size["retrieval_p50"]),
            "memory_ratio": (chain["peak_mb"], size["peak_mb"]),
        }
        tutorial |= {
            name: round(theirs / ours, 2) if theirs and ours else None
            for name, (theirs, ours) in ratios.items()
        }
    return size


def documents_of(
    size: int, articles: Sequence[Article], settings: Settings
) -> Iterator[SourceDocument]:
    """Yield documents until their passages are that many; none has the text of another."""
    order = random.Random(_SEED)
    # Each article stands in several documents: its headings are looked for once.
    parts: dict[Article, _Part] = {}
    made = count = 0
    while made < size:
        chosen = order.sample(articles, min(_ARTICLES_OF_A_DOCUMENT, len(articles)))
        for item in chosen:
            if item not in parts:
                parts[item] = _part(item)
        document = _joined(f"van-ban-{count:06d}.txt", [parts[item] for item in chosen])
        made += len(split(document, settings.ingest.splitting))
        count += 1
        yield document


def _part(article: Article) -> _Part:
    text = f"{article.title}\n{article.text}"
    return _Part(article.title, text, _headings(text))


def _joined(document_id: str, parts: Sequence[_Part]) -> SourceDocument:
    """Return one document of the parts, a line each, under the title of the first."""
    headings: list[Heading] = []
    start = 0
    for part in parts:
        headings.extend(
            replace(one, start=start + one.start, end=start + one.end) for one in part.headings
        )
        start += len(part.text) + 1
    text = "\n".join(part.text for part in parts)
    return SourceDocument(Description(document_id, parts[0].title), text, headings=tuple(headings))


def questions_of(articles: Sequence[Article]) -> list[str]:
    """Return questions after the names of some articles."""
    chosen = random.Random(_SEED).sample(articles, min(QUESTIONS, len(articles)))
    names = [re.sub(r"^Điều\s+\S+\s*", "", item.title).strip() or item.title for item in chosen]
    return [f"{name} được quy định như thế nào?" for name in names]


def _probe(module: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", f"eval.{module}", *arguments]
    ended = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise EvalError(f"The timing process failed: {ended.stderr.strip()[-500:]}")
    measured: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return measured


def measure_change(
    articles: Sequence[Article], settings: Settings, embedder: Embedder
) -> dict[str, Any]:
    """Return how long one changed document of many takes, the model being loaded."""
    stand_in = StandIn(embedder, 0)
    documents = [
        _document(item.title, f"{item.title}\n{item.text}", f"dieu-{number:06d}.txt")
        for number, item in enumerate(articles[:CHANGED_OF])
    ]
    changed = _document("Điều mới", f"{documents[0].text}\nĐiều này được sửa đổi.", documents[0].id)
    with tempfile.TemporaryDirectory(prefix="hoidap-speed-") as temporary:
        library = Path(temporary) / "library"
        report = ingest_documents(
            library, documents, settings.ingest, open_embedder=lambda _: stand_in
        )
        began = time.perf_counter()
        ingest_documents(library, [changed], settings.ingest, open_embedder=lambda _: embedder)
        seconds = time.perf_counter() - began
    return {
        "documents": len(documents),
        "passages": report.passages,
        "seconds": round(seconds, 2),
    }


def _document(title: str, text: str, document_id: str = "a.txt") -> SourceDocument:
    return SourceDocument(Description(document_id, title), text, headings=_headings(text))


def _headings(text: str) -> tuple[Heading, ...]:
    return find_headings(LoadedFile(text), ())
