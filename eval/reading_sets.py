"""Reading benchmarks: a BEIR folder whose queries have `answers`, or a file of SQuAD's layout."""

import random
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.beir import BeirText
from eval.errors import EvalError
from eval.jsonl import read_json, read_jsonl

_SEED = 20


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question and the answers that are right, as they stand in a text."""

    id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """The texts and the questions that they answer."""

    documents: tuple[BeirText, ...]
    questions: tuple[ReadingQuestion, ...]

    def sample(self, size: int | None) -> "ReadingSet":
        """Return the set with a seeded sample of its questions; every text stays."""
        if size is None or size >= len(self.questions):
            return self
        chosen = random.Random(_SEED).sample(self.questions, size)
        return ReadingSet(self.documents, tuple(chosen))


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Query(BeirText):
    answers: tuple[str, ...] = ()


class _Answer(_Frozen):
    text: str


class _Question(_Frozen):
    id: str
    question: str
    answers: tuple[_Answer, ...] = ()


class _Paragraph(_Frozen):
    context: str
    qas: tuple[_Question, ...]


class _Article(_Frozen):
    title: str = ""
    paragraphs: tuple[_Paragraph, ...]


class _Squad(_Frozen):
    data: tuple[_Article, ...]


def read_beir(folder: Path) -> ReadingSet:
    """Read a BEIR folder; queries without answers are left out."""
    queries = read_jsonl(folder / "queries.jsonl", _Query)
    documents = tuple(read_jsonl(folder / "corpus.jsonl", BeirText))
    questions = [ReadingQuestion(one.id, one.text, one.answers) for one in queries]
    return _with_answers(folder / "queries.jsonl", documents, questions)


def read_squad(path: Path) -> ReadingSet:
    """Read a SQuAD file; questions without answers are left out."""
    try:
        articles = _Squad.model_validate(read_json(path)).data
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise EvalError(f"{path} is no SQuAD file: {field}: {first['msg']}.") from error
    paragraphs = [(article.title, item) for article in articles for item in article.paragraphs]
    documents = tuple(
        BeirText(_id=f"p{number:05d}", title=title, text=paragraph.context)
        for number, (title, paragraph) in enumerate(paragraphs)
    )
    questions = [
        ReadingQuestion(one.id, one.question, tuple(answer.text for answer in one.answers))
        for _, paragraph in paragraphs
        for one in paragraph.qas
    ]
    return _with_answers(path, documents, questions)


def _with_answers(
    path: Path, documents: tuple[BeirText, ...], questions: list[ReadingQuestion]
) -> ReadingSet:
    kept = tuple(one for one in questions if any(answer.strip() for answer in one.answers))
    if not kept or not documents:
        raise EvalError(f"{path} holds no question with `answers`: give a reading benchmark.")
    return ReadingSet(documents, kept)
