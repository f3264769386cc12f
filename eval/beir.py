"""A retrieval benchmark in BEIR's layout: corpus.jsonl, queries.jsonl, qrels."""

import csv
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.errors import EvalError
from eval.jsonl import read_jsonl, read_lines


class BeirText(BaseModel):
    """A line of corpus.jsonl or queries.jsonl; other fields are ignored."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str = Field(alias="_id", min_length=1)
    title: str = ""
    text: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Documents, questions, and for each judged question the gains of its relevant documents."""

    documents: tuple[BeirText, ...]
    questions: dict[str, str]
    gains: dict[str, dict[str, int]]


def load_benchmark(folder: Path) -> Benchmark:
    """Read a BEIR folder; raise EvalError on a broken file or a judgement of no question."""
    documents = read_jsonl(folder / "corpus.jsonl", BeirText)
    queries = read_jsonl(folder / "queries.jsonl", BeirText)
    _refuse_repeats(folder / "corpus.jsonl", documents)
    _refuse_repeats(folder / "queries.jsonl", queries)
    questions = {query.id: query.text for query in queries}
    path = folder / "qrels.tsv"
    gains = _read_gains(path if path.is_file() else folder / "qrels" / "test.tsv", questions)
    return Benchmark(tuple(documents), questions, gains)


def _refuse_repeats(path: Path, texts: list[BeirText]) -> None:
    seen: set[str] = set()
    for text in texts:
        if text.id in seen:
            raise EvalError(f"{path}: the _id {text.id!r} stands on two lines.")
        seen.add(text.id)


def _read_gains(path: Path, questions: dict[str, str]) -> dict[str, dict[str, int]]:
    """Return question id -> document id -> gain; what has no gain is not relevant."""
    gains: dict[str, dict[str, int]] = {}
    rows = csv.reader(read_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, start=1):
        if number == 1 or not row:
            continue
        if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
            raise EvalError(f"{path}, line {number}: not 'query-id, corpus-id, score'.")
        if row[0] not in questions:
            raise EvalError(f"{path}, line {number}: there is no question {row[0]!r}.")
        if int(row[2]) > 0:
            gains.setdefault(row[0], {})[row[1]] = int(row[2])
    if not gains:
        raise EvalError(f"{path} holds no judgement.")
    return gains
