"""A follow-up -> a question of its own, drawing in the questions and answers before it.

A place, a year or one of several things of a kind takes the place of the earlier question's own; an
answer may supply the thing that a pronoun points at; otherwise the earlier topic is joined. A
question that says all it asks is never joined to an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.answers import Turn
from app.antecedents import Pointer, find_antecedent, find_pointer, is_named
from app.language import language_of
from app.leaning import Leaning, compares, is_relational, leaning, own_concepts
from app.privacy import abridged, mask
from app.slots import Slots, measured_alone, only_topic, replaced, slots_of, with_slots
from app.small_talk import small_talk
from ingest.places import find_places
from ingest.text import normalise

# A short question about two things of its own may as well be a new one.
_DOUBTFUL_CONCEPTS = 2
# Between an earlier topic and what follows up on it: what stands behind says what is asked for.
JOINT = "; "


@dataclass(frozen=True, slots=True)
class Completed:
    """A question of its own; `unsure`: it, or what it draws on, may have been meant otherwise."""

    text: str
    unsure: bool = False


def complete(typed: str, history: Sequence[Turn], today: date | None = None) -> Completed:
    """Return a follow-up as a question of its own, the questions before it completed in turn."""
    earlier, said = Completed(""), ""
    for turn in history:
        content = abridged(normalise(mask(turn.content))).strip()
        if turn.role == "assistant":
            said = content
        elif content and not small_talk(content):
            earlier = _completed(content, earlier, said, today)
    return _completed(typed, earlier, said, today)


def _completed(typed: str, before: Completed, said: str, today: date | None) -> Completed:
    earlier = before.text
    how = leaning(typed, after_english=language_of(earlier) == "en")
    if how is Leaning.NOT:
        return Completed(typed)
    pointer = find_pointer(typed)
    if pointer and not (earlier and is_named(pointer, earlier)):
        return _resolved(typed, pointer, earlier, said)
    if not earlier:
        return Completed(typed, unsure=how is not Leaning.SHORT)
    unsure = before.unsure or (how is Leaning.SHORT and _may_be_new(typed))
    return _joined(typed, earlier, slots_of(typed, earlier, today), unsure=unsure)


def _may_be_new(typed: str) -> bool:
    """Tell whether a short question names enough to have been meant without the earlier one."""
    own = own_concepts(typed)
    telling = [concept for concept in own if not is_relational(concept)]
    return len(telling) >= _DOUBTFUL_CONCEPTS or bool(own and find_places(typed))


def _resolved(typed: str, pointer: Pointer, earlier: str, said: str) -> Completed:
    """Return the question with what an answer names in place of the words that point at it."""
    if name := find_antecedent(pointer, said):
        return Completed(f"{typed[: pointer.start]}{name}{typed[pointer.end :]}")
    return Completed(f"{only_topic(earlier)}{JOINT}{typed}" if earlier else typed, unsure=True)


def _joined(typed: str, earlier: str, slots: Slots, *, unsure: bool) -> Completed:
    if compares(typed):
        return Completed(f"{only_topic(earlier)}{JOINT}{typed}", unsure)
    doubtful = unsure or slots.is_doubtful(earlier)
    if slots and not own_concepts(slots.rest):
        return Completed(with_slots(earlier, slots), doubtful)
    if alone := measured_alone(typed, earlier, slots):
        return Completed(alone, doubtful)
    return Completed(f"{only_topic(replaced(earlier, slots))}{JOINT}{typed}", doubtful)
