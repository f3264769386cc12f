"""Hits -> evidence: the sentences of the passages found, ranked by what the question is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.questions import Question
from app.retrieval import Hit
from ingest.documents import Passage, Sentence
from ingest.embedding import Embedder
from ingest.places import find_places
from ingest.splitting import is_bare_heading
from ingest.syllables import SyllableStatistics
from ingest.text import folded_tokens

_PASSAGES = 6
_PASSAGES_OF_SIDES = 8
_CACHED_SENTENCES = 4096
_EMBEDDED_SENTENCES = 32
_MIN_CHARACTERS = 12
_AROUND_WEIGHT = 0.4
# What a sentence counts whose document another one replaces: it ranks below its successor's.
_REPLACED = 0.6
# What a question is made of besides its subject: these words never tell a sentence apart.
_QUESTION_WORDS = (
    "bao nhieu may gi nao ai sao the la co khong chua da dang se duoc cua va o tai vao den trong "
    "cho ve voi nhu thi ma hay bang nhung cac mot a nhe vay day do nay kia cai phai dat chiem "
    "toi minh ban giup hoi xin biet roi hien nay nam thang ngay ra lam so"
)
_SUBJECTLESS = frozenset(_QUESTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, with its passage; `topic` is 1 for the nearest, 0 for none."""

    passage: Passage
    sentence: Sentence
    topic: float
    coverage: float
    cosine: float

    @property
    def quote(self) -> str:
        """Return the sentence's exact text."""
        return self.passage.quote(self.sentence)

    @property
    def before(self) -> str:
        """Return the text of the sentence's own paragraph that stands before it."""
        text = self.passage.text[: self.sentence.start - self.passage.start]
        return text.rsplit("\n", 1)[-1]


Pair = tuple[Hit, Sentence]


class EvidenceRanker:
    """Ranks the sentences of hits by words shared, weighed by rarity, and by meaning."""

    def __init__(self, embedder: Embedder) -> None:
        self._embed_many = embedder.embed_passages
        self._embed_query = embedder.embed_query
        self._cache: dict[str, NDArray[np.float32]] = {}

    def rank(
        self, question: Question, hits: Sequence[Hit], statistics: SyllableStatistics
    ) -> tuple[Evidence, ...]:
        """Return the sentences of the best hits, the one nearest to the question first."""
        told = [(hit, kept) for hit in hits if (kept := _telling(hit.passage))]
        limit = _PASSAGES_OF_SIDES if len(question.sides) > 1 else _PASSAGES
        read = [pair for pair in told if not pair[0].by_row][:limit]
        read += [pair for pair in told if pair[0].by_row][:limit]
        pairs = [(hit, sentence) for hit, kept in read for sentence in kept]
        if not pairs:
            return ()
        pairs, coverages = _most_telling(question, pairs, statistics)
        cosines = self._cosines(question, [hit.passage.quote(one) for hit, one in pairs])
        topics = _topics(cosines, np.array(coverages), np.array([hit.score for hit, _ in pairs]))
        replaced = np.array([bool(hit.passage.document.replaced_by) for hit, _ in pairs])
        topics = topics * np.where(replaced, _REPLACED, 1.0)
        ranked = [
            Evidence(hit.passage, one, float(topic), float(coverage), float(cosine))
            for (hit, one), topic, coverage, cosine in zip(
                pairs, topics, coverages, cosines, strict=True
            )
        ]
        return tuple(sorted(ranked, key=lambda item: -item.topic))

    def _cosines(self, question: Question, sentences: Sequence[str]) -> NDArray[np.float32]:
        missing = [text for text in dict.fromkeys(sentences) if text not in self._cache]
        if len(self._cache) + len(missing) > _CACHED_SENTENCES:
            self._cache.clear()
            missing = list(dict.fromkeys(sentences))
        for text, vector in zip(missing, self._embed_many(missing), strict=True):
            self._cache[text] = vector
        query = self._embed_query(question.search_text)
        stacked = np.stack([self._cache[text] for text in sentences])
        return np.asarray(stacked @ query, dtype=np.float32)


def _telling(passage: Passage) -> list[Sentence]:
    """Return the sentences that say something: no scraps, and no headings on their own."""
    return [
        sentence
        for sentence in passage.sentences
        if sentence.end - sentence.start >= _MIN_CHARACTERS
        and not is_bare_heading(passage, sentence)
    ]


def _most_telling(
    question: Question, pairs: Sequence[Pair], statistics: SyllableStatistics
) -> tuple[list[Pair], list[float]]:
    """Return the sentences worth embedding, with the share of the question's words in each.

    Embedding is what an answer waits for: of many sentences those with the most words of the
    question are read, and of equals those of the better passage.
    """
    coverages = [_coverage(question, hit.passage, one, statistics) for hit, one in pairs]
    order = sorted(range(len(pairs)), key=lambda n: -coverages[n])[:_EMBEDDED_SENTENCES]
    return [pairs[n] for n in sorted(order)], [coverages[n] for n in sorted(order)]


def content_tokens(text: str) -> list[str]:
    """Return the folded tokens of a text that name its subject."""
    return [
        token
        for token in dict.fromkeys(folded_tokens(text))
        if token not in _SUBJECTLESS and not re.fullmatch(r"(?:19|20)\d\d", token)
    ]


def subjects(question: Question) -> list[list[str]]:
    """Return the tokens of what is asked about: as typed, and with short forms written out.

    Places and years are slots of their own. Of an English question only the Vietnamese words
    that its terms stand for are compared.
    """
    texts = [question.added] if question.language == "en" else [question.text, question.search_text]
    return [content_tokens(_without_places(text)) for text in dict.fromkeys(texts)]


def _without_places(text: str) -> str:
    for place in reversed(find_places(text)):
        text = text[: place.start] + " " + text[place.end :]
    return text


def _coverage(
    question: Question, passage: Passage, sentence: Sentence, statistics: SyllableStatistics
) -> float:
    """Return the share of the question's words, weighed by rarity, that the sentence has.

    Words that stand only elsewhere in the passage or above it count less.
    """
    own = set(folded_tokens(passage.quote(sentence)))
    above = " ".join([passage.text, passage.document.title, *passage.heading])
    around = set(folded_tokens(above))

    def share(wanted: Sequence[str]) -> float:
        weights = {token: statistics.rarity(token) for token in wanted}
        found = sum(
            weight * (1.0 if token in own else _AROUND_WEIGHT if token in around else 0.0)
            for token, weight in weights.items()
        )
        return found / sum(weights.values()) if weights else 0.0

    return max(map(share, subjects(question)))


def _topics(
    cosines: NDArray[np.float32], coverages: NDArray[np.float64], scores: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return 0..1: cosine, coverage and the passage's own score, each scaled to the range."""
    return 0.4 * _scaled(cosines) + 0.4 * _scaled(coverages) + 0.2 * _scaled(scores)


def _scaled(values: NDArray[np.floating]) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=np.float64)
    spread = numbers.max() - numbers.min()
    return (numbers - numbers.min()) / spread if spread > 0 else np.ones_like(numbers)
