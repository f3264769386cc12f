"""An unsure follow-up -> a question of its own in a model's words, all of them already spoken.

The model chooses among what the conversation holds and adds nothing: it is trusted with no word,
figure, place or year of its own. Where it does not do, the completion made without it stands.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.answers import Turn
from app.antecedents import find_pointer, points_back, points_back_in_english
from app.chat_model import Allowance, ChatModel
from app.citing import plain
from app.claims import coarser_keys
from app.errors import ChatModelError
from app.language import without_places
from app.leaning import compares
from app.privacy import mask
from app.prompts import RewritingPrompts
from app.questions import Question
from app.times import years_named
from ingest.figures import Figure, find_figures
from ingest.places import find_places
from ingest.text import fold, has_marks, index_form, normalise, words

logger = logging.getLogger(__name__)

Fault = Literal["unclear", "long", "word", "figure", "place", "year", "lost", "leaning"]

LONGEST_REWRITING = 300
# What was said long ago is not what a follow-up leans on, and a quote may be long.
_TURNS = 6
_TURN_LENGTH = 1000
# The rest is for wording the answer.
_SHARE = 1 / 3
# What an answer may have named; its amounts are its own, and no part of a question.
_NAMING = ("date", "month", "year", "legal", "code")
# Words that bind or ask: they may come or go and the question stays the same.
_BINDING_WORDS = (
    "của là và ở tại trong năm đến vào về cho thì được do có các những bao nhiêu nào gì mấy "
    "the of in for by is are was were a an to at on how many much what which does do did"
)
_BINDING = frozenset(map(index_form, _BINDING_WORDS.split()))
_FOLDED_BINDING = frozenset(map(fold, _BINDING))
# Words of a follow-up that lean, point back or are polite: nothing is lost without them.
_LEANING_WORDS = (
    "còn thế vậy rồi à ạ nhỉ nhé ơi dạ ừ vâng ok sao này đó ấy kia đấy nó and about so then it its "
    "they their them that this these those he she his her there please"
)
_LEANING = frozenset(map(fold, _LEANING_WORDS.split()))
_QUOTES = "“”\"'«»` "


@dataclass(frozen=True, slots=True)
class Said:
    """What a rewriting may draw on: the question typed, its completion, the turns before it."""

    typed: str
    completion: str
    turns: tuple[Turn, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """Return all that the citizen said, one turn each."""
        spoken = (turn.content for turn in self.turns if turn.role == "user")
        return (*spoken, self.completion, self.typed)

    @property
    def everything(self) -> tuple[str, ...]:
        """Return all that was said, one turn each."""
        return (*(turn.content for turn in self.turns), self.completion, self.typed)

    @property
    def meant(self) -> tuple[str, ...]:
        """Return what holds all that may be asked about: answers only where the question points."""
        points = points_back(self.typed) or points_back_in_english(self.typed)
        return self.everything if points else self.asked


class Rewriter:
    """Settles unsure follow-ups by a chat model."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._prompts = RewritingPrompts()

    def settle(
        self,
        question: Question,
        history: Sequence[Turn],
        read: Callable[[str], Question],
        allowance: Allowance,
    ) -> Question:
        """Return a question as it is, or, where it is unsure, as the model makes it clear.

        `read` understands a text that has nothing before it. No model is asked about a question
        that is sure, or that nothing was said before.
        """
        said = Said(normalise(question.raw), question.text, tuple(map(_shown, history[-_TURNS:])))
        if not question.follow_up_unsure or not any(turn.content for turn in said.turns):
            return question
        try:
            text = self._reply(question, said, allowance.part(_SHARE))
        except ChatModelError as error:
            logger.warning("An unsure follow-up was not made clear: %s", error)
            return question
        if (fault := fault_of_rewriting(text, said)) is None:
            settled = read(text)
            if (fault := _fault_of_reading(settled, question)) is None:
                return replace(settled, raw=question.raw)
        logger.info("A follow-up in the language model's words was rejected: %s.", fault)
        return question

    def _reply(self, question: Question, said: Said, allowance: Allowance) -> str:
        """Return the model's reply on one line, cut off where it is longer than any question."""
        messages = self._prompts.messages(said.typed, said.turns, question.language)
        text = ""
        with closing(self._model.stream(messages, allowance)) as pieces:
            for piece in pieces:
                text += piece
                if len(text) > 2 * LONGEST_REWRITING:
                    break
        return plain(text).strip().strip(_QUOTES)


def fault_of_rewriting(text: str, said: Said) -> Fault | None:
    """Return why a rewriting may not stand for the question that was typed, None where it may."""
    if not text or text.casefold().strip(" .!?") == "unclear":
        return "unclear"
    if len(text) > LONGEST_REWRITING or "\n" in text:
        return "long"
    if not _keys(_figures((text,))) <= _keys_of(said):
        return "figure"
    if not _is_spoken(text, said):
        return "word"
    compared = any(map(compares, said.asked))
    places = _places((said.typed,)), _places((text,)), _places(said.meant)
    if not _is_in_place(*places, compared=compared):
        return "place"
    years = set(years_named(text))
    if not _is_in_place(set(years_named(said.typed)), years, years, compared=compared):
        return "year"
    return None if _keeps(text, said.typed) else "lost"


def _fault_of_reading(settled: Question, question: Question) -> Fault | None:
    """Return what is wrong with a rewriting as it is understood: it must lean on nothing."""
    if settled.small_talk or settled.language != question.language:
        return "word"
    return "leaning" if settled.follow_up_unsure else None


def _shown(turn: Turn) -> Turn:
    """Return a turn as the model reads it: numbers of persons hidden, not over-long."""
    return Turn(turn.role, normalise(mask(turn.content)).strip()[:_TURN_LENGTH])


def _is_spoken(text: str, said: Said) -> bool:
    """Tell whether all words were spoken before; one typed without marks may be given some."""
    spoken, bare = set(_BINDING), set[str]()
    for turn in said.everything:
        (spoken if has_marks(turn) else bare).update(_forms(turn))
    if not has_marks(text):
        bare |= set(map(fold, spoken))
    return all(form in spoken or fold(form) in bare for form in _forms(_without_slots(text)))


def _forms(text: str) -> list[str]:
    return [index_form(word) for word in words(text)]


def _without_slots(text: str) -> str:
    """Return a text without its places and figures, which are compared by what they mean."""
    for figure in reversed(find_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return without_places(text)


def _keys_of(said: Said) -> set[str]:
    """Return the keys of the figures that a rewriting may hold."""
    named = (
        figure
        for figure in _figures(said.meant)
        if figure.kind in _NAMING or figure.key.startswith("ry:")
    )
    return _keys([*named, *_figures(said.asked)])


def _figures(turns: Sequence[str]) -> list[Figure]:
    return [figure for turn in turns for figure in find_figures(turn, written_out=True)]


def _keys(figures: Sequence[Figure]) -> set[str]:
    """Return the keys of figures and of what they hold up: of a date its year."""
    return {key for item in figures for key in (item.key, *coarser_keys(item.key))}


def _places(turns: Sequence[str]) -> set[str]:
    return {place.name for turn in turns for place in find_places(turn)}


def _is_in_place(typed: set[Any], found: set[Any], spoken: set[Any], *, compared: bool) -> bool:
    """Tell whether what the question names stands alone, or beside what was spoken of before."""
    return typed <= found <= (typed if typed and not compared else spoken)


def _keeps(text: str, typed: str) -> bool:
    """Tell whether a rewriting has all that the typed question says, but what points back."""
    if pointer := find_pointer(typed):
        typed = f"{typed[: pointer.start]} {typed[pointer.end :]}"
    said = set(map(fold, _forms(without_places(typed))))
    return said - _LEANING - _FOLDED_BINDING <= set(map(fold, _forms(text)))
