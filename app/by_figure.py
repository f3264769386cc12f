"""Questions for figures, ranks, dates and numbers of texts: the fact that each part asks for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from app.another import is_of_another
from app.answers import Outcome
from app.asked import FIGURE_KINDS, Part
from app.binding import Bound, alike, is_change, is_increment, unit_of, weigh
from app.comparing import NATION
from app.evidence import Evidence
from app.facts import Fact
from app.filling import fits_aim, fits_place, fits_year, is_about_legal, refused
from app.inquiry import Chosen, Decision, Inquiry, Slot
from app.phrasing import phrase
from app.questions import Question, with_place
from app.restrictions import counts_another, is_narrower
from app.support import Support
from app.topic import INCREMENT, PENDING
from ingest.documents import Description, Target
from ingest.text import folded_tokens

# A further part is answered by the sentence of an earlier one, where that holds such a figure.
_SAME_SENTENCE = 1.0
# Shares nearer than this choose between no two figures.
_TIE = 0.2
_SURELY = 0.7
_ONE_INDICATOR = 0.75
_CHOICES = 4
# A question of so few concepts may be about any document.
_VAGUE = 1
_MEASURE_WORDS = frozenset(
    ["le", "phi", "muc", "thu", "thoi", "han", "gian", "giai", "quyet", "xu", "ly", "kinh", "chi"]
)
_AGREEING = 2
_FEWEST_SIBLINGS = 2
_EVEN = 0.15
# Where the words of one figure end and those of the next begin.
_BORDER = re.compile(r"[,;]|\s(?:và|còn|trong khi)\s")


def decide_figures(inquiry: Inquiry) -> Decision:
    """Return the decision for a question whose first part asks for a figure."""
    question = inquiry.question
    parts = [part for part in question.asked.parts if part.kind in FIGURE_KINDS]
    chosen: list[Bound] = []
    found_first: list[Bound] = []
    for part in parts:
        found, missing = candidates(inquiry, part, question.places, question.years)
        if inquiry.topic.of_pending:
            found = [one for one in found if PENDING.search(one.fact.bound)]
        found = [one for one in found if not is_of_another(inquiry, one.fact)] or found
        best = _best(found, chosen)
        found_first = found_first or found
        if best is None:
            if chosen:
                break
            return refused(inquiry, missing or "kind", question.places, question.years)
        best = _of_siblings(inquiry, best, found)
        if is_increment(best.fact) and not inquiry.topic.of_increment:
            best = _level_beside(best, found)
        if not chosen and (questions := _of_anything(inquiry, found)):
            return Decision(Outcome.NEEDS_CLARIFICATION, choices=questions, missing="topic")
        if not chosen and (
            is_narrower(inquiry, best.fact)
            or counts_another(inquiry, part, best.fact)
            or (is_increment(best.fact) and not inquiry.topic.of_increment)
            or (inquiry.topic.of_change and part.kind != "points" and not is_change(best.fact))
        ):
            return refused(inquiry, "topic")
        if not chosen and (places := _rival_places(question, best, found)):
            return _unclear(question, places)
        if not chosen and (documents := _rival_documents(inquiry, best, found)):
            return unclear_document(question, documents)
        if question.current or not question.years:
            best = _newest(best, found)
        chosen.append(best)
        if len(parts) == 1:
            chosen += _others(best, found)
    short = _short(chosen[0].fact, parts[0])
    facts = [one.fact for one in chosen]
    quoted = _with_agreeing(gathered(facts), chosen[0], found_first)
    return Decision(Outcome.ANSWERED, quoted, short, support=support_of(inquiry, chosen[0]))


def support_of(inquiry: Inquiry, bound: Bound) -> Support:
    """Return how far a figure is about what is asked."""
    first = bound.fact.row is not None and inquiry.rank_of_row(bound.fact.row) == 0
    told = bool(inquiry.topic.concepts) and bound.own == 1.0
    return replace(bound.support, exact=first and told)


def _short(fact: Fact, part: Part) -> str | None:
    """Return the short answer; a share that was reached is no rise in percentage points."""
    if part.kind == "points" and fact.kind != "points" and not INCREMENT.search(fact.bound):
        return None
    return fact.text


def _of_anything(inquiry: Inquiry, found: Sequence[Bound]) -> tuple[str, ...]:
    """Return questions to choose from, where the question says of nothing what is asked."""
    if inquiry.topic.concepts or inquiry.question.legal_keys or inquiry.topic.of_pending:
        return ()
    question = inquiry.question
    rows = [one.fact.row for one in found if one.fact.row]
    names = [
        phrase(row, question.language) or f"{question.text.rstrip('?!. ')} ({_name_of(row)})?"
        for row in rows
    ]
    texts = tuple(dict.fromkeys(names))
    return texts[:_CHOICES] if len(texts) > 1 else ()


def _name_of(row: Target) -> str:
    return f"{row.indicator}, {row.locality}" if row.locality else row.indicator


def _of_siblings(inquiry: Inquiry, best: Bound, found: Sequence[Bound]) -> Bound:
    """Return of figures of one sentence, hardly told apart, the one whose own words say more.

    Its own are the words next to it: the first clause and the last one hold what all share.
    """
    siblings = [
        one
        for one in found
        if one.fact.evidence.sentence == best.fact.evidence.sentence
        and one.fact.evidence.passage.id == best.fact.evidence.passage.id
        and one.fact.kind == best.fact.kind
        and unit_of(one.fact) == unit_of(best.fact)
        and abs(one.score - best.score) <= _EVEN
    ]
    if len(siblings) < _FEWEST_SIBLINGS:
        return best
    siblings.sort(key=lambda one: one.fact.start)
    own = _own_words(siblings[0].fact.evidence.quote, [one.fact for one in siblings])
    said = [inquiry.topic.expressed(words) for words in own]
    telling = [sum(column) == 1 for column in zip(*said, strict=True)]
    worth = [
        sum(
            weight
            for weight, own, tells in zip(inquiry.topic.weights, row, telling, strict=True)
            if own and tells
        )
        for row in said
    ]
    most = max(worth)
    chosen = siblings[worth.index(most)]
    return chosen if most > worth[siblings.index(best)] else best


def _level_beside(best: Bound, found: Sequence[Bound]) -> Bound:
    """Return the level that a sentence gives with a rise of it: "0,81 điểm, tăng 0,04 điểm"."""
    levels = (
        one
        for one in found
        if one.fact.evidence.sentence == best.fact.evidence.sentence
        and one.fact.evidence.passage.id == best.fact.evidence.passage.id
        and unit_of(one.fact) == unit_of(best.fact)
        and not is_increment(one.fact)
    )
    return next(levels, best)


def _own_words(quote: str, facts: Sequence[Fact]) -> list[str]:
    """Return the words of each of several figures: behind it, or before it where none stand behind.

    The first one's begin, the last one's go on with what all share: of each as many are taken as
    the shortest has.
    """
    between = [quote[one.end : other.start] for one, other in pairwise(facts)]
    behind = [_BORDER.split(words)[0].split() for words in between]
    if all(behind):
        fewest = min(map(len, behind))
        last = quote[facts[-1].end :].split()[:fewest]
        return [" ".join(words[-fewest:]) for words in (*behind, last)]
    before = [_BORDER.split(words)[-1].split() for words in between]
    fewest = min(map(len, before))
    first = quote[: facts[0].start].split()
    return [" ".join(words) for words in (first[len(first) - fewest :], *before)]


def _rival_places(question: Question, best: Bound, found: Sequence[Bound]) -> list[str]:
    """Return the places whose figures fit equally well, where the question names none."""
    if question.places or not best.fact.places:
        return []
    rivals = [
        one
        for one in found
        if one.fact.kind == best.fact.kind
        and one.own >= max(_SURELY, best.own - _TIE)
        and one.fact.places
        and not set(one.fact.places) & set(best.fact.places)
        and _may_be_of_one_time(one.fact, best.fact)
    ]
    places = [one.fact.places[0] for one in [best, *rivals]]
    return list(dict.fromkeys(places)) if rivals else []


def _rival_documents(inquiry: Inquiry, best: Bound, found: Sequence[Bound]) -> list[Description]:
    """Return the documents that answer a question of hardly a word each in its own way.

    A question for a fee or a time limit that says of what is answered by none of them.
    """
    question = inquiry.question
    if question.places or question.legal_keys:
        return []
    words = {word for one in inquiry.topic.concepts for word in folded_tokens(one.words)}
    if words and words <= _MEASURE_WORDS:
        near = {item.passage.document.id: item.passage.document for item in inquiry.ranked}
        return list(near.values()) if len(near) > 1 else []
    if len(inquiry.topic.concepts) > _VAGUE:
        return []
    documents = {
        one.fact.evidence.passage.document.id: one.fact.evidence.passage.document
        for one in [best, *found]
        if one.own >= _SURELY
        and (one is best or one.fact.key != best.fact.key)
        and one.fact.kind == best.fact.kind
        and not set(one.fact.places) & set(inquiry.question.places)
    }
    return list(documents.values()) if len(documents) > 1 else []


def unclear_document(question: Question, documents: Sequence[Description]) -> Decision:
    """Return the decision that asks which of some documents is meant."""
    names = [item.number or item.title for item in documents[:_CHOICES]]
    choices = tuple(f"{question.text.rstrip('?!. ')} ({name})?" for name in names)
    return Decision(Outcome.NEEDS_CLARIFICATION, choices=choices, missing="document")


def _may_be_of_one_time(one: Fact, other: Fact) -> bool:
    return not one.years or not other.years or bool(set(one.years) & set(other.years))


def _unclear(question: Question, places: Sequence[str]) -> Decision:
    choices = tuple(with_place(question.text, place) for place in places[:_CHOICES])
    return Decision(Outcome.NEEDS_CLARIFICATION, choices=choices, lacking=tuple(places[:_CHOICES]))


def _newest(best: Bound, found: Sequence[Bound]) -> Bound:
    """Return the figure of the latest year among those of one indicator and place."""
    same = [
        one
        for one in found
        if one.fact.kind == best.fact.kind
        and one.fact.aim == best.fact.aim == "result"
        and one.fact.places == best.fact.places
        and one.fact.years
        and best.fact.years
        and alike(one.fact, best.fact) == 1.0
    ]
    return max([best, *same], key=lambda one: max(one.fact.years, default=0))


def _with_agreeing(
    quoted: Sequence[Chosen], best: Bound, found: Sequence[Bound]
) -> tuple[Chosen, ...]:
    """Return what is quoted, the first with the sentences of other documents that tell the same."""
    fact = best.fact
    agreeing: dict[str, Evidence] = {}
    for one in found:
        document = one.fact.evidence.passage.document.id
        if (
            one.fact.key == fact.key
            and one.own >= _SURELY
            and document != fact.evidence.passage.document.id
            and set(one.fact.places) == set(fact.places)
            and _may_be_of_one_time(one.fact, fact)
            and one.fact.aim == fact.aim
        ):
            agreeing.setdefault(document, one.fact.evidence)
    first = replace(quoted[0], agreeing=tuple(agreeing.values())[:_AGREEING])
    return (first, *quoted[1:])


def _others(best: Bound, found: Sequence[Bound]) -> list[Bound]:
    """Return figures of the same indicator, place and year that other documents give otherwise."""
    return [
        one
        for one in found
        if one.fact.key != best.fact.key
        and one.fact.evidence.passage.document.id != best.fact.evidence.passage.document.id
        and one.fact.years
        and set(one.fact.years) == set(best.fact.years)
        and set(one.fact.places) == set(best.fact.places)
        and one.fact.aim == best.fact.aim
        and alike(one.fact, best.fact) >= _ONE_INDICATOR
    ][:1]


def candidates(
    inquiry: Inquiry, part: Part, places: Sequence[str], years: Sequence[int]
) -> tuple[list[Bound], Slot | None]:
    """Return the figures for a part that fill place and year, best first, or the unfilled slot."""
    question = inquiry.question
    facts: Iterable[Fact] = inquiry.facts
    asked = {figure.key for figure in question.figures}
    facts = [fact for fact in facts if fact.key not in asked or part.kind == "date"]
    bound = weigh(inquiry.topic, part, question.asked, facts, inquiry.rank_of_row)
    if not bound:
        return [], "kind"
    slots: list[tuple[Slot, list[Bound]]] = []
    kept = [one for one in bound if is_about_legal(question, one.fact.evidence)]
    slots.append(("legal", kept))
    kept = [one for one in kept if fits_place(one.fact, places)]
    if question.of_nation and not places:
        kept = [one for one in kept if not one.fact.places or NATION in one.fact.places]
    slots.append(("place", kept))
    if part.kind != "date":
        kept = [one for one in kept if fits_aim(one.fact, question)]
        slots.append(("aim", kept))
        kept = [one for one in kept if fits_year(one.fact, years)]
        slots.append(("year", kept))
    missing = next((slot for slot, left in slots if not left), None)
    if missing == "aim" and not any(one.own >= _SURELY for _, left in slots for one in left):
        missing = "kind"
    return kept, missing


def _best(found: Sequence[Bound], chosen: Sequence[Bound]) -> Bound | None:
    taken = {(one.fact.evidence.passage.id, one.fact.start, one.fact.key) for one in chosen}
    near = {one.fact.evidence.sentence for one in chosen}
    left = [
        one
        for one in found
        if (one.fact.evidence.passage.id, one.fact.start, one.fact.key) not in taken
    ]
    return max(
        left,
        key=lambda one: one.score + _SAME_SENTENCE * (one.fact.evidence.sentence in near),
        default=None,
    )


def gathered(facts: Sequence[Fact]) -> tuple[Chosen, ...]:
    """Return the sentences of the facts, each once, in the order of the facts."""
    grouped: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts:
        key = (fact.evidence.passage.document.id, fact.evidence.sentence.start)
        grouped.setdefault(key, []).append(fact)
    return tuple(
        Chosen(group[0].evidence, tuple((fact.start, fact.end) for fact in group), tuple(group))
        for group in grouped.values()
    )
