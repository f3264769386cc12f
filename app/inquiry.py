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
from ingest.figures import figure_keys, names_same_legal

Slot = Literal["legal", "place", "year", "kind", "topic", "aim", "document"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence that an answer quotes, and the spans of its quote that answer.

    `agreeing` are sentences of other documents that tell the same; `brief`: its first clauses say
    enough, as those of an item of a long list do.
    """

    evidence: Evidence
    spans: tuple[Span, ...] = ()
    facts: tuple[Fact, ...] = ()
    agreeing: tuple[Evidence, ...] = ()
    brief: bool = False


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

    `rows` and `passages` return those of a document by its id; `asked_rows` are the rows of the
    registry that the question itself finds, the likeliest first.
    """

    question: Question
    topic: Topic
    ranked: Sequence[Evidence]
    rows: Callable[[str], Sequence[Target]] = field(default=lambda _: ())
    passages: Callable[[str], Sequence[Passage]] = field(default=lambda _: ())
    asked_rows: Sequence[Target] = ()

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
        missing = self.topic.missing(item)
        named = float(self.names_legal(item))
        return Support(self.coverage(item), missing, 0.0, item.cosine, item.topic, named)

    def names_legal(self, item: Evidence) -> bool:
        """Tell whether a sentence names the legal documents that the question names."""
        asked = self.question.legal_keys
        named = figure_keys(item.quote) if asked else set()
        return bool(asked) and all(names_same_legal(key, named) for key in asked)

    def rank_of_row(self, row: Target | None) -> int | None:
        """Return where a row stands among those that the question finds, None elsewhere."""
        return next((n for n, one in enumerate(self.asked_rows) if one == row), None)
