"""What every decision reads: the question, its topic, the evidence and its figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from app.answers import Computed, Outcome
from app.evidence import Evidence
from app.facts import Fact, facts_of
from app.questions import Question
from app.support import Support
from app.topic import Topic
from ingest.documents import Passage, Target

Slot = Literal["legal", "place", "year", "kind", "topic", "aim"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence that an answer quotes, and the spans of its quote that answer.

    `agreeing` are sentences of other documents that tell the same.
    """

    evidence: Evidence
    spans: tuple[Span, ...] = ()
    facts: tuple[Fact, ...] = ()
    agreeing: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, what an answer may quote, and what is missing where there is none.

    `short` stands in the first quote or in `computed`, or is a verdict of yes or no.
    """

    outcome: Outcome
    chosen: tuple[Chosen, ...] = ()
    short: str | None = None
    computed: tuple[Computed, ...] = ()
    choices: tuple[str, ...] = ()
    support: Support | None = None
    related: tuple[Evidence, ...] = ()
    missing: Slot | None = None
    lacking: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the sentences that the answer quotes."""
        return tuple(item.evidence for item in self.chosen)


@dataclass(frozen=True)
class Inquiry:
    """A question with its evidence, the likeliest sentence first.

    `rows` and `passages` return those of a document by its id.
    """

    question: Question
    topic: Topic
    ranked: Sequence[Evidence]
    rows: Callable[[str], Sequence[Target]] = field(default=lambda _: ())
    passages: Callable[[str], Sequence[Passage]] = field(default=lambda _: ())

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Return the figures of all sentences."""
        return tuple(
            fact
            for item in self.ranked
            for fact in facts_of(item, self.rows(item.passage.document.id))
        )

    def coverage(self, item: Evidence) -> float:
        """Return the share of the topic that a sentence expresses, its context counted in part."""
        return self.topic.coverage(item)

    def support(self, item: Evidence) -> Support:
        """Return how far a sentence as a whole is about what is asked."""
        own = self.topic.share([float(one) for one in self.topic.expressed(item.quote)])
        return Support(self.coverage(item), own, 0.0, item.cosine, self.gap(item))

    def gap(self, item: Evidence) -> float:
        """Return how much less like the question a sentence is than the one most like it."""
        return max(one.cosine for one in self.ranked) - item.cosine
