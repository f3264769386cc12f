"""Questions that the library can answer, made of the rows of its target registry."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.answers import Answer, Language, Outcome
from app.lookup import Registry
from app.phrasing import phrase
from app.questions import Question
from ingest.documents import Target
from ingest.text import folded_tokens

EXAMPLES = 4
OFFERED = 3
# Of the questions under an answer, how many ask the same of another place or year.
_SAME_THING = 2
_PLACE_WEIGHT = 0.5
_LEAST_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question in words, the row that answers it, and the folded name of what it is about."""

    text: str
    row: Target
    thing: str


class Suggestions:
    """What can be asked of one registry in one language."""

    def __init__(self, rows: Sequence[Target], language: Language) -> None:
        self._rows = rows
        self._language = language

    @cached_property
    def all(self) -> tuple[Suggestion, ...]:
        """Return one question for each row that one alone answers, the clearest ones first."""
        values: dict[tuple[object, ...], set[object]] = defaultdict(set)
        for row in self._rows:
            values[_asked_of(row)].add(row.number)
        found: dict[str, Suggestion] = {}
        for row in self._rows:
            text = phrase(row, self._language) if len(values[_asked_of(row)]) == 1 else None
            if text:
                found.setdefault(text, Suggestion(text, row, _thing(row)))
        told = Counter(item.thing for item in found.values())
        return tuple(sorted(found.values(), key=lambda item: _unclear(item, told)))

    def examples(self, limit: int = EXAMPLES) -> tuple[str, ...]:
        """Return questions of as many places and things as there are."""
        things = [*_each(self.all, lambda item: item.thing)]
        ordered = [*_in_turn(things), *_in_turn(self.all)]
        return tuple(dict.fromkeys(item.text for item in ordered))[:limit]

    def after(self, answer: Answer) -> tuple[str, ...]:
        """Return what may be asked next: the same of another place, another thing of the same."""
        row = _row_cited(answer, self._rows)
        if row is None:
            return ()
        others = [item for item in self.all if not _is_cited(item.row, answer)]
        thing = _thing(row)
        same_thing = [item for item in others if item.thing == thing]
        same_thing.sort(key=lambda item: (item.row.year != row.year, item.row.kind != row.kind))
        same_place = [
            item for item in others if item.row.locality == row.locality and item.thing != thing
        ]
        same_place.sort(key=lambda item: (item.row.pillar != row.pillar, item.row.kind != row.kind))
        offered = [*_each(same_thing, _thing_of_place)][:_SAME_THING]
        offered += [*_each(same_place, lambda item: item.thing)][: OFFERED - len(offered)]
        return tuple(item.text for item in offered)

    def instead(self, question: Question) -> tuple[str, ...]:
        """Return what can be answered and is most like a question that cannot."""
        asked = set(folded_tokens(question.text))

        def likeness(item: Suggestion) -> float:
            words = item.thing.split()
            share = sum(word in asked for word in words) / len(words)
            return share + _PLACE_WEIGHT * (item.row.locality in question.places)

        scored = sorted(((likeness(item), item) for item in self.all), key=lambda pair: -pair[0])
        near = [
            item for score, item in scored if score >= _LEAST_LIKE and item.text != question.text
        ]
        offered = [item.text for item in _each(near, _thing_of_place)][:OFFERED]
        return tuple(dict.fromkeys([*offered, *self.examples(OFFERED)]))[:OFFERED]


@lru_cache(maxsize=4)
def suggestions_of(registry: Registry, language: Language) -> Suggestions:
    """Return what can be asked of a registry; made once for each."""
    return Suggestions(registry.rows, language)


def suggest(answer: Answer, question: Question, registry: Registry) -> tuple[str, ...]:
    """Return the questions to be offered beside an answer or a refusal."""
    offered = suggestions_of(registry, answer.language)
    if answer.outcome in (Outcome.NEEDS_CLARIFICATION, Outcome.FAILED):
        return ()
    return offered.after(answer) or offered.instead(question)


def _asked_of(row: Target) -> tuple[object, ...]:
    return row.kind, _thing(row), row.locality, row.year


def _thing(row: Target) -> str:
    return " ".join(folded_tokens(row.indicator))


def _thing_of_place(item: Suggestion) -> object:
    return item.thing, item.row.locality


def _unclear(item: Suggestion, told: Counter[str]) -> tuple[bool, int, int, int]:
    """Return what puts a question behind others: no year, a rare thing, an old year, its length."""
    row = item.row
    return row.year_basis != "stated", -told[item.thing], -(row.year or 0), len(item.text)


def _each(items: Iterable[Suggestion], key: Callable[[Suggestion], object]) -> Iterator[Suggestion]:
    """Yield the first item of each key."""
    seen: set[object] = set()
    for item in items:
        if key(item) not in seen:
            seen.add(key(item))
            yield item


def _in_turn(items: Iterable[Suggestion]) -> list[Suggestion]:
    """Return items one of each place after another."""
    taken: Counter[str | None] = Counter()
    turns = []
    for item in items:
        taken[item.row.locality] += 1
        turns.append((taken[item.row.locality], item))
    return [item for _, item in sorted(turns, key=lambda turn: turn[0])]


def _row_cited(answer: Answer, rows: Sequence[Target]) -> Target | None:
    """Return the row that an answer tells: of the quoted ones that whose value is the answer."""
    quoted = [row for row in rows if _is_cited(row, answer)]
    short = _words(answer.short_answer or "")
    told = [row for row in quoted if short and (_words(row.value) in short or short in row.value)]
    return next(iter([*told, *quoted]), None)


def _is_cited(row: Target, answer: Answer) -> bool:
    return any(
        citation.passage.document.id == row.document
        and citation.sentence.start < row.end
        and row.start < citation.sentence.end
        for citation in answer.citations
    )


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text)
