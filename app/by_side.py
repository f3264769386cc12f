"""Questions that set places or years side by side: a fact for each, and what code works out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from app.answers import Computed, Outcome
from app.asked import FIGURE_KINDS, Part, plain
from app.binding import Bound, alike, unit_of
from app.by_figure import candidates, gathered
from app.comparing import Range, apart, differences, possible, vietnamese
from app.evidence import Evidence
from app.facts import Fact
from app.filling import checks, passing, refused
from app.inquiry import Chosen, Decision, Inquiry, Slot
from app.support import Support

Side = tuple[str, int]

_EITHER = re.compile(
    r"\s(?:hay(?: là)?|hoặc|so với|với|hay la|hoac|so voi|voi|and|or|than)\s", re.IGNORECASE
)

_FIGURES_OF_A_SIDE = 6
_FIGURES_OF_TWO = 8
_OF_RANKS = re.compile(
    r"\b(?:chi so|xep hang|thu hang|bang xep|dti|pci|dan (?:truoc|dau)"
    r"|(?:xep|dung) (?:cao|tren|truoc))\b"
)
_OF_POINTS = re.compile(r"\bdiem\b")
_STEPS = "bậc"
_AS_MUCH, _MOST_SIBLINGS = 0.85, 2
# What speaks for two figures being of one indicator: words that both are bound to.
_LIKE_WEIGHT = 1.5
_ONE_INDICATOR = 0.75
_SHARES: dict[Slot, float] = {"place": 0.3, "year": 0.4}


def decide_sides(inquiry: Inquiry) -> Decision:
    """Return the decision for a comparison: figures where all sides have one, else sentences."""
    sides = inquiry.question.sides
    if len(sides) == 1:
        two = [one for one in (_alternatives(inquiry), _told_apart(inquiry)) if one]
        if two:
            return max(two, key=_share)
    part, found = _found_for_all(inquiry, sides)
    full = all(found.values())
    if full:
        best = _alike(list(found.values()))
        compared = _compared(inquiry, sides, [one.fact for one in best])
        return replace(compared, support=_support_of(best))
    lacking = [side for side in sides if not found[side]] if part.kind != "text" else []
    if lacking:
        places = [place for place, _ in lacking if place]
        told = {
            place for place, _ in sides if any(found[side] for side in sides if side[0] == place)
        }
        untold = [place for place in places if place not in told]
        years = [year for _, year in lacking if year]
        if not places and not years:
            return _sentences(inquiry, sides)
        return refused(inquiry, "place" if untold or not years else "year", untold or places, years)
    return _sentences(inquiry, sides)


def _share(decision: Decision) -> float:
    return decision.support.share if decision.support else 0.0


def _alternatives(inquiry: Inquiry) -> Decision | None:
    """Return the decision for two things told apart by words ("A nhiều hơn hay B nhiều hơn")."""
    halves = _EITHER.split(inquiry.question.text, maxsplit=1)
    topics = [inquiry.topic.within(half) for half in halves]
    if len(halves) < 2 or not all(topic.concepts for topic in topics):
        return None
    question, part = inquiry.question, _part(inquiry)
    found = []
    for topic in topics:
        of_half, _ = candidates(
            replace(inquiry, topic=topic),
            part,
            question.places,
            question.years,
        )
        found.append(of_half[:_FIGURES_OF_A_SIDE])
    if not all(found):
        return None
    return _set_beside(_alike(found))


def _told_apart(inquiry: Inquiry) -> Decision | None:
    """Return the decision for two figures of a passage, each of one of the things compared.

    "Nhóm A với nhóm C": what either figure's clause says of the question the other's does not.
    """
    question, part = inquiry.question, _part(inquiry)
    found, _ = candidates(inquiry, part, question.places, question.years)
    pairs = [
        pair for pair in combinations(found[:_FIGURES_OF_TWO], 2) if _are_apart(inquiry, *pair)
    ]
    if not pairs:
        return None
    return _set_beside(max(pairs, key=lambda pair: sum(one.score for one in pair)))


def _are_apart(inquiry: Inquiry, one: Bound, other: Bound) -> bool:
    a, b = (inquiry.topic.expressed(item.fact.bound) for item in (one, other))
    only_one = any(x and not y for x, y in zip(a, b, strict=True))
    only_other = any(y and not x for x, y in zip(a, b, strict=True))
    return (
        only_one
        and only_other
        and one.fact.key != other.fact.key
        and unit_of(one.fact) == unit_of(other.fact)
        and one.fact.evidence.passage.id == other.fact.evidence.passage.id
    )


def _set_beside(best: Sequence[Bound]) -> Decision:
    facts = [one.fact for one in best]
    chosen = gathered(facts)
    computed = _difference_of(facts, chosen)
    return Decision(Outcome.ANSWERED, chosen, computed=computed, support=_support_of(best))


def _support_of(best: Sequence[Bound]) -> Support:
    """Return the support of the surest figure where all are of its indicator, else the weakest."""
    surest = max(best, key=lambda one: one.share)
    if all(alike(one.fact, surest.fact) >= _ONE_INDICATOR for one in best):
        return surest.support
    return min(best, key=lambda one: one.share).support


def _found_for_all(inquiry: Inquiry, sides: Sequence[Side]) -> tuple[Part, dict[Side, list[Bound]]]:
    """Return the part that the sides are compared by, and the figures of each side.

    Where ranks are spoken of they are compared, not how many places a side has gained.
    """
    parts = [_part(inquiry)]
    asked = plain(inquiry.question.text)
    if _OF_RANKS.search(asked) and not _OF_POINTS.search(asked):
        parts.insert(0, Part("rank", 0))
    if parts[-1].kind == "points":
        parts.append(Part("count", 0))
    if len({year for _, year in sides}) > 1:
        inquiry = _of_any_aim(inquiry)
    for part in parts:
        found = {side: _found(inquiry, part, side) for side in sides}
        if all(found.values()):
            break
    return part, found


def _part(inquiry: Inquiry) -> Part:
    for part in inquiry.question.asked.parts:
        if part.kind in FIGURE_KINDS:
            return part
    return Part("count", 0)


def _found(inquiry: Inquiry, part: Part, side: Side) -> list[Bound]:
    place, year = side
    found, missing = candidates(inquiry, part, [place] if place else [], [year] if year else [])
    return (
        []
        if missing
        else [one for one in found if not place or place in one.fact.places][:_FIGURES_OF_A_SIDE]
    )


def _of_any_aim(inquiry: Inquiry) -> Inquiry:
    """Return the inquiry for targets and results alike: of two years one may be the aim."""
    asked = replace(inquiry.question.asked, aim=None)
    return replace(inquiry, question=replace(inquiry.question, asked=asked))


def _alike(sides: Sequence[Sequence[Bound]]) -> tuple[Bound, ...]:
    """Return one figure of each side, together the best bound and the likest each other."""

    def worth(chosen: tuple[Bound, ...]) -> float:
        first = chosen[0]
        if len({(one.fact.evidence.passage.id, one.fact.start) for one in chosen}) < len(chosen):
            return -1.0
        likeness = sum(_LIKE_WEIGHT * alike(first.fact, other.fact) for other in chosen[1:])
        return sum(one.score for one in chosen) + likeness

    return max(product(*sides), key=worth)


def _compared(inquiry: Inquiry, sides: Sequence[Side], facts: Sequence[Fact]) -> Decision:
    chosen = gathered(facts)
    asked = inquiry.question.asked
    if asked.kind == "comparison" or any(part.kind == "points" for part in asked.parts):
        computed, short = _worked_out(inquiry, sides, facts, chosen)
    else:
        computed, short = (), facts[0].text
    return Decision(Outcome.ANSWERED, chosen, short, computed)


def _worked_out(
    inquiry: Inquiry, sides: Sequence[Side], facts: Sequence[Fact], chosen: Sequence[Chosen]
) -> tuple[tuple[Computed, ...], str | None]:
    """Return the difference of two figures and the place that leads, where they compare."""
    comparable = _comparable(facts)
    wants_difference = any(part.kind == "points" for part in inquiry.question.asked.parts)
    if not comparable or (len({fact.aim for fact in facts}) > 1 and not wants_difference):
        return (), None
    if not inquiry.question.years and len({fact.years for fact in facts}) > 1:
        return (), None
    marks = _marks(facts, chosen)
    computed = list(_difference_of(facts, chosen))
    short = _leader(inquiry, sides, facts)
    if short:
        computed.append(Computed(short, "rank", marks))
    if computed and (wants_difference or short is None):
        short = computed[0].text
    return tuple(computed), short


def _marks(facts: Sequence[Fact], chosen: Sequence[Chosen]) -> tuple[int, ...]:
    return tuple(
        next(n for n, item in enumerate(chosen, 1) if fact in item.facts) for fact in facts
    )


def _comparable(facts: Sequence[Fact]) -> bool:
    """Tell whether figures are numbers of one unit, ranks among as many, of one set of places."""
    quantities = [fact.quantity for fact in facts]
    if any(item is None or not isinstance(item.number, float) for item in quantities):
        return False
    totals = {item.out_of for item in quantities if item and item.out_of is not None}
    rows = [fact.row for fact in facts if fact.row is not None]
    return (
        len({unit_of(fact) for fact in facts}) == 1
        and len(totals) <= 1
        and "boundary" not in differences(rows)
    )


def _possible(fact: Fact) -> Range:
    """Return the values that a figure leaves open; a target is the mark that it sets."""
    assert fact.quantity is not None
    operator = "=" if fact.aim == "target" else fact.quantity.operator
    return possible(operator, fact.quantity.number or 0.0)


def _difference_of(facts: Sequence[Fact], chosen: Sequence[Chosen]) -> tuple[Computed, ...]:
    """Return the difference of two exact figures; "hơn 90%" is subtracted from nothing."""
    if len(facts) != 2 or not _comparable(facts):
        return ()
    (low, high), (least, most) = map(_possible, facts)
    if low != high or least != most or low == least:
        return ()
    return (Computed(_difference((low, least), facts[0]), "difference", _marks(facts, chosen)),)


def _difference(values: Sequence[float], fact: Fact) -> str:
    unit = "điểm phần trăm" if fact.kind == "percent" else (unit_of(fact) or "")
    unit = _STEPS if fact.kind == "rank" else unit
    return f"{vietnamese(abs(round(values[0] - values[1], 6)))} {unit}".strip()


def _leader(inquiry: Inquiry, sides: Sequence[Side], facts: Sequence[Fact]) -> str | None:
    """Return the place of the highest value, or the lowest if that is asked for.

    Of ranks the smallest number is the highest. None for a tie, for years of one place, and where
    the figures leave open who leads ("hơn 90%" and 92%).
    """
    places = [place for place, _ in sides]
    if len(set(places)) < 2:
        return None
    lowest = (facts[0].kind == "rank") != inquiry.question.asked.wants_least
    ranges = [_possible(fact) for fact in facts]
    best = (min if lowest else max)(range(len(facts)), key=lambda place: ranges[place])
    others = (one for place, one in enumerate(ranges) if place != best)
    return places[best] if all(apart(ranges[best], one) for one in others) else None


def _sentences(inquiry: Inquiry, sides: Sequence[Side]) -> Decision:
    """Gather a sentence for each side, whatever it says."""
    chosen: list[Chosen] = []
    for place, year in sides:
        wanted = checks(inquiry.question, [place] if place else [], [year] if year else [])
        filled, gap = passing(inquiry.ranked, wanted, _SHARES)
        if gap:
            return refused(inquiry, gap, [place], [year])
        if filled[0] not in [item.evidence for item in chosen]:
            chosen.append(Chosen(filled[0]))
    support = inquiry.support(chosen[0].evidence)
    if len(sides) == 1:
        chosen += map(Chosen, _siblings(inquiry, chosen[0].evidence))
    return Decision(Outcome.ANSWERED, tuple(chosen), support=support)


def _siblings(inquiry: Inquiry, best: Evidence) -> list[Evidence]:
    """Return the other sentences of a passage that say as much of what is set side by side."""
    least = _AS_MUCH * (inquiry.coverage(best) + best.topic)
    return [
        item
        for item in inquiry.ranked
        if item != best
        and item.passage.id == best.passage.id
        and inquiry.coverage(item) + item.topic >= least
    ][:_MOST_SIBLINGS]
