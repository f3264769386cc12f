"""A quoting answer -> the same answer in a model's words, sentence by sentence past the gate.

What was decided stays: outcome, citations, short answer, computed figures. A sentence that was
released is never withdrawn; where the model fails, the quotes follow.
"""

import logging
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

from app.answers import Answer, Outcome
from app.chat_model import Allowance, ChatModel
from app.checking import check_answer, check_sentence
from app.citing import CitedText, is_item, plain, read_marks, whole_sentences
from app.errors import ChatModelError, SlowChatModelError
from app.grounding import fault_of
from app.prompts import WordingPrompts
from app.replies import reply

logger = logging.getLogger(__name__)

# Of an answer: more is a model that finds no end.
MOST_SENTENCES = 12
# The line on completeness is shorter, however it is dressed up.
_LONGEST_HEAD = 80
_WORDED = (Outcome.ANSWERED, Outcome.PREMISE_CORRECTED)
_COMPLETENESS = re.compile(r"\W*completeness\W+(complete|partial|none)\W*", re.IGNORECASE)


class _NothingToWordError(ChatModelError):
    """The model holds that the evidence does not answer, or does not say how far it does."""


@dataclass(slots=True)
class _Draft:
    """An answer that grows: what was released, and how far the model holds it to be complete."""

    quoted: Answer
    allowance: Allowance
    text: str = ""
    sentences: list[str] = field(default_factory=list)
    completeness: str = ""

    def extended(self, sentence: str) -> str:
        """Return the text with one more sentence."""
        if not self.text:
            return sentence
        return f"{self.text}{chr(10) if not self.sentences or is_item(sentence) else ' '}{sentence}"

    def answer(self, text: str, notice: str | None = None) -> Answer:
        """Return the answer as far as it has grown."""
        composer = self.quoted.composer if not self.sentences else "llm"
        return replace(self.quoted, text=text, notice=notice, composer=composer)


class Writer:
    """Words answers by a chat model; the quoting answer holds where that does not do."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._prompts = WordingPrompts()

    def stream(self, quoted: Answer, allowance: Allowance | None = None) -> Iterator[Answer]:
        """Yield a quoting answer in the model's words as they grow; the last one is final.

        `allowance`: what is left for it where the model was asked something before.
        """
        if quoted.outcome not in _WORDED or not quoted.citations:
            yield quoted
            return
        draft = _Draft(quoted, allowance or self._model.allowance(), _opening(quoted))
        if draft.text:
            yield draft.answer(draft.text)
        try:
            with closing(self._passed(draft)) as passed:
                for sentence in passed:
                    draft.text = draft.extended(sentence)
                    draft.sentences.append(sentence)
                    yield draft.answer(draft.text)
        except ChatModelError as error:
            logger.warning("An answer was quoted, not worded: %s", error)
            yield _with_quotes(draft, error)
            return
        yield _finished(draft)

    def _passed(self, draft: _Draft) -> Generator[str]:
        """Yield the sentences that pass the gate, one that fails after another attempt.

        A model that repeats itself, or finds no end, is heard no further.
        """
        with closing(self._sentences(draft)) as sentences:
            for sentence in sentences:
                passed = self._gate(draft, sentence)
                if passed in draft.sentences:
                    return
                if passed:
                    yield passed
                if len(draft.sentences) == MOST_SENTENCES:
                    return

    def _sentences(self, draft: _Draft) -> Generator[str]:
        """Yield the model's sentences, each as soon as it is whole; raise where it has none."""
        rest = ""
        messages = self._prompts.first(draft.quoted, _opening(draft.quoted))
        with closing(self._model.stream(messages, draft.allowance)) as pieces:
            for piece in pieces:
                rest = _headless(draft, plain(rest + piece))
                if draft.completeness:
                    whole, rest = whole_sentences(rest)
                    yield from whole
        rest = _headless(draft, rest + "\n")
        if not draft.completeness:
            raise _NothingToWordError("The model's reply does not begin as it must.")
        yield from whole_sentences(rest, ended=True)[0]

    def _gate(self, draft: _Draft, sentence: str) -> str | None:
        """Return a sentence fit to be shown, worded once more where it was not; None: left out."""
        cited = read_marks(sentence, [item.number for item in draft.quoted.citations])
        if not cited.numbers:
            return None
        if (reason := self._reason(draft, cited)) is None:
            return cited.text
        logger.info("A sentence of the language model was held back: %s.", reason.partition(":")[0])
        again = read_marks(
            self._worded_again(draft, cited.text, reason),
            [item.number for item in draft.quoted.citations],
        )
        return again.text if again.numbers and self._reason(draft, again) is None else None

    def _reason(self, draft: _Draft, sentence: CitedText) -> str | None:
        """Return why a sentence may not be shown; what the question says holds nothing up."""
        quoted = draft.quoted
        found = check_sentence(sentence.text, quoted.citations, computed=quoted.computed)
        found = found or check_answer(replace(quoted, text=draft.extended(sentence.text)))
        if found:
            return "figure: " + ", ".join(f"{item.figure} ({item.reason})" for item in found)
        cited = [item for item in quoted.citations if item.number in sentence.numbers]
        if fault := fault_of(sentence.text, cited):
            return fault
        return "foreign" if self._prompts.has_part(sentence.text) else None

    def _worded_again(self, draft: _Draft, sentence: str, reason: str) -> str:
        """Return the first sentence of the model's second attempt."""
        messages = self._prompts.again(draft.quoted, sentence, reason)
        with closing(self._model.stream(messages, draft.allowance)) as pieces:
            text = plain("".join(pieces)).strip()
        first, _, rest = text.partition("\n")
        if _COMPLETENESS.fullmatch(first):
            first = rest.strip()
        return next(iter(whole_sentences(first, ended=True)[0]), "")


def _headless(draft: _Draft, text: str) -> str:
    """Return the text behind the line on completeness, which is taken note of."""
    if draft.completeness:
        return text
    first, end, rest = text.lstrip().partition("\n")
    if not end and len(first) <= _LONGEST_HEAD:
        return text
    match = _COMPLETENESS.fullmatch(first)
    if match is None:
        raise _NothingToWordError("The model's reply does not begin as it must.")
    if match.group(1).lower() == "none":
        raise _NothingToWordError("The model holds that the evidence does not answer.")
    draft.completeness = match.group(1).lower()
    return rest


def _opening(quoted: Answer) -> str:
    """Return what a worded answer begins with whatever the model says: the fact as it was decided.

    It is also what the quoting answer begins with, so that this one may follow.
    """
    if quoted.outcome is Outcome.PREMISE_CORRECTED:
        return reply(quoted.language, "corrected")
    first, end, _ = quoted.text.partition("\n")
    return first if end and quoted.short_answer else ""


def _with_quotes(draft: _Draft, error: ChatModelError) -> Answer:
    """Return the quotes: alone, or behind the sentences that were released."""
    language, quoted = draft.quoted.language, draft.quoted
    if draft.sentences:
        notice = reply(language, "llm_broken")
    elif isinstance(error, _NothingToWordError):
        notice = reply(language, "llm_unfit")
    elif isinstance(error, SlowChatModelError):
        notice = reply(language, "llm_slow")
    else:
        notice = reply(language, "llm_failed")
    quotes = quoted.text.removeprefix(_opening(quoted)).lstrip()
    text = f"{draft.text}\n{quotes}" if draft.sentences else quoted.text
    return draft.answer(text, notice)


def _finished(draft: _Draft) -> Answer:
    if not draft.sentences:
        return _with_quotes(draft, _NothingToWordError("No sentence of the model passed."))
    partial = draft.completeness == "partial"
    notice = reply(draft.quoted.language, "llm_partial") if partial else None
    return draft.answer(draft.text, notice)
