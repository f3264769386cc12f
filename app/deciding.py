"""Question + evidence -> outcome: are all slots filled, is a premise contradicted?

Likeness cannot decide whether the documents hold an answer: on plausible questions without one
it is a coin. What decides is whether the evidence about the thing asked fills each slot of the
question: that place, that time, that kind of answer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.answers import Outcome
from app.evidence import Evidence
from app.questions import Question, years_named
from ingest.figures import Figure, FigureKind, figure_keys, find_figures
from ingest.places import find_places
from ingest.splitting import sentence_spans

Slot = Literal["legal", "place", "year", "kind", "topic"]

# A sentence that fills a slot answers only if it is nearly as much about the thing asked as the
# best sentence is; of another place the same thing is often told in quite other words.
_TOPIC_SHARES: dict[Slot, float] = {"legal": 0.0, "place": 0.45, "year": 0.6, "kind": 0.72}
_NEAR_SHARE = 0.72
# How much sharing every word counts beside the cosine in telling foreign questions apart.
_COVERAGE_WEIGHT = 0.1
_FIGURE_COVERAGE_WEIGHT = 0.05
_FIGURE_QUESTIONS = ("percent", "count", "rank")
_EVIDENCE_LIMIT = 3
_LIST_LIMIT = 6
_EXTRA_SHARE = 0.9
_RELATED = 2
_FIGURE_KINDS: dict[str, tuple[FigureKind, ...]] = {
    "percent": ("percent",),
    "rank": ("fraction", "number"),
    "count": ("number", "percent", "fraction", "range"),
    "date": ("date", "month", "year"),
    "legal": ("legal",),
}
_RANK_WORDS = re.compile(
    r"đứng đầu|dẫn đầu|thứ nhất|thứ hai|thứ ba|xếp|hạng|thứ \d|vị trí", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the evidence that an answer may quote, and what is missing where it is not."""

    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Evidence, ...] = ()
    missing: Slot | None = None
    lacking: tuple[str, ...] = ()


def decide(
    question: Question,
    ranked: Sequence[Evidence],
    scope_likeness: float,
    figure_likeness: float = -1.0,
) -> Decision:
    """Return how the question ends; fixed before anything is worded.

    A question for a figure is answered only by a sentence that is like it by `figure_likeness`:
    one that fills the slots may still speak of another indicator.
    """
    if question.small_talk or not ranked:
        return Decision(Outcome.OUT_OF_SCOPE)
    if likeness(ranked) < scope_likeness:
        return Decision(Outcome.OUT_OF_SCOPE, missing="topic")
    decision = _decide_by_slots(question, ranked)
    gives_figure = question.kind in _FIGURE_QUESTIONS and bool(decision.evidence)
    if gives_figure and _nearness(decision.evidence) < figure_likeness:
        return _not_found("topic", ranked, (), ())
    return decision


def _nearness(evidence: Sequence[Evidence]) -> float:
    """Return how near the nearest quote is, its own words counting less than its meaning."""
    return max(item.cosine + _FIGURE_COVERAGE_WEIGHT * item.coverage for item in evidence)


def _decide_by_slots(question: Question, ranked: Sequence[Evidence]) -> Decision:
    if contradicted := _contradicted(question, ranked):
        return Decision(Outcome.PREMISE_CORRECTED, contradicted)
    if len(question.sides) > 1:
        return _decide_for_each(question, ranked)
    return _decide_for_one(question, ranked)


def likeness(ranked: Sequence[Evidence]) -> float:
    """Return how near the nearest sentence is: cosine, and a little for the words it shares."""
    return max(item.cosine + _COVERAGE_WEIGHT * item.coverage for item in ranked)


def _decide_for_one(question: Question, ranked: Sequence[Evidence]) -> Decision:
    filled, missing = _filled(question, ranked)
    if missing:
        return _not_found(missing, ranked, question.places, question.years)
    return Decision(Outcome.ANSWERED, _selected(question, filled))


def _not_found(
    missing: Slot, ranked: Sequence[Evidence], places: Sequence[str], years: Sequence[int]
) -> Decision:
    """Return the decision that says which of the places or years asked for are lacking."""
    lacking = {"place": places, "year": [str(year) for year in years]}.get(missing, ())
    return Decision(
        Outcome.NOT_IN_DOCUMENTS,
        related=tuple(ranked[:_RELATED]),
        missing=missing,
        lacking=tuple(dict.fromkeys(lacking)),
    )


def _decide_for_each(question: Question, ranked: Sequence[Evidence]) -> Decision:
    """Gather evidence for each place and year that the question sets side by side."""
    chosen: list[Evidence] = []
    gaps: list[tuple[Slot, str, int]] = []
    for place, year in question.sides:
        checks = _checks(question, [place] if place else [], [year] if year else [])
        filled, gap = _passing(ranked, checks)
        if gap:
            gaps.append((gap, place, year))
        elif filled[0] not in chosen:
            chosen.append(filled[0])
    if gaps:
        missing = gaps[0][0]
        places = [place for slot, place, _ in gaps if slot == missing]
        years = [year for slot, _, year in gaps if slot == missing]
        return _not_found(missing, ranked, places, years)
    return Decision(Outcome.ANSWERED, tuple(chosen))


def _filled(question: Question, ranked: Sequence[Evidence]) -> tuple[list[Evidence], Slot | None]:
    return _passing(ranked, _checks(question, question.places, question.years))


Check = tuple[Slot, Callable[[Evidence], bool]]


def _checks(question: Question, places: Sequence[str], years: Sequence[int]) -> list[Check]:
    return [
        ("legal", lambda item: _is_about_legal(question, item)),
        ("place", lambda item: all(is_about_place(item, place) for place in places)),
        ("year", lambda item: all(is_about_year(item, year) for year in years)),
        ("kind", lambda item: _has_kind(question, item)),
    ]


def _passing(
    ranked: Sequence[Evidence], checks: Sequence[Check]
) -> tuple[list[Evidence], Slot | None]:
    """Return the evidence that passes all checks, or the first check that leaves none near."""
    passing = list(ranked)
    for slot, check in checks:
        best = passing[0].topic
        kept = [item for item in passing if check(item)]
        if not kept or kept[0].topic < _TOPIC_SHARES[slot] * best:
            return [], slot
        passing = kept
    return passing, None


def _is_about_legal(question: Question, item: Evidence) -> bool:
    """Tell whether a sentence speaks of the legal documents that the question names.

    What a document says may stand anywhere in a passage about it; its date, its number and who
    issued it only where it is named.
    """
    asked = {figure.key for figure in find_figures(question.text) if figure.kind == "legal"}
    if not asked:
        return True
    of_itself = question.kind in ("date", "legal", "who")
    around = item.before if of_itself else item.passage.text
    return asked <= figure_keys(" ".join([around, item.quote, *item.passage.heading]))


def is_about_place(item: Evidence, place: str) -> bool:
    """Tell whether a sentence speaks of a place: by name, or by its document's locality."""
    named = _places(item.quote)
    if named:
        return place in named
    before = next(filter(None, map(_places, _sentences_back(item.before))), [])
    return place in before or item.passage.document.locality == place


def is_about_year(item: Evidence, year: int) -> bool:
    """Tell whether a sentence speaks of a year: its own, or that of the last one naming any."""
    own = years_named(item.quote)
    if own:
        return year in own
    before = next(filter(None, map(years_named, _sentences_back(item.before))), ())
    return year in (before or years_named(" ".join(item.passage.heading)))


def _sentences_back(text: str) -> Iterator[str]:
    """Yield the sentences of a text, the last one first."""
    return (text[start:end] for start, end in reversed(sentence_spans(text)))


def _places(text: str) -> list[str]:
    return [found.name for found in find_places(text)]


def _has_kind(question: Question, item: Evidence) -> bool:
    if question.kind == "rank" and _RANK_WORDS.search(item.quote):
        return True
    wanted = _FIGURE_KINDS.get(question.kind)
    return wanted is None or any(figure.kind in wanted for figure in _figures(item.quote))


def _figures(text: str) -> list[Figure]:
    return find_figures(text, written_out=True)


def _contradicted(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence that contradicts a figure or a place which the question states."""
    return _other_place(question, ranked) or _other_value(question, ranked)


def _other_place(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """A legal document that the question gives to one place, the evidence to another."""
    legal = {figure.key for figure in find_figures(question.text) if figure.kind == "legal"}
    if not legal or not question.places:
        return ()
    naming = [item for item in ranked if legal & figure_keys(item.quote)]
    if not naming or any(
        is_about_place(item, place) for item in naming for place in question.places
    ):
        return ()
    return tuple(naming[:1])


def _other_value(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """A percentage that the question takes for granted, where the evidence has another."""
    stated = {figure.key for figure in find_figures(question.text) if figure.kind == "percent"}
    if not stated:
        return ()
    filled, missing = _filled(question, [item for item in ranked if _percentages(item)] or ranked)
    if missing or not _percentages(filled[0]) or stated & figure_keys(filled[0].quote):
        return ()
    return tuple(filled[:1])


def _percentages(item: Evidence) -> list[Figure]:
    return [figure for figure in _figures(item.quote) if figure.kind == "percent"]


def _selected(question: Question, filled: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the sentences to quote: the best, and others only where they are as near."""
    best = filled[0]
    limit = _LIST_LIMIT if question.kind == "list" else _EVIDENCE_LIMIT
    if question.kind == "list":
        near = [item for item in filled if item.passage.id == best.passage.id]
        near = [item for item in near if item.topic >= _NEAR_SHARE * best.topic]
    else:
        near = [item for item in filled if item.topic >= _EXTRA_SHARE * best.topic]
    return tuple(near[:limit])
