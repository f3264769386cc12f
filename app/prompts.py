"""Prompts for a language model: text files whose $variables are checked when they are loaded."""

from collections.abc import Sequence
from html import escape
from string import Template

from app.answers import Answer, Citation, Language, Role, Turn
from app.chat_model import Message
from app.errors import AppError
from app.replies import PROMPTS
from ingest.text import folded_tokens

_LANGUAGES: dict[Language, str] = {"vi": "Vietnamese", "en": "English"}
_SPEAKERS: dict[Role, str] = {"user": "citizen", "assistant": "service"}
# So many words in a row that stand in a prompt are of the prompt.
_LEAK = 6


class Prompt:
    """The text of prompts/NAME.md; raise AppError where it has other variables than those named."""

    def __init__(self, name: str, *variables: str) -> None:
        path = PROMPTS / f"{name}.md"
        try:
            self.text = path.read_text("utf-8")
        except OSError as error:
            raise AppError(f"The prompt {path} cannot be read ({error.strerror}).") from error
        self._template = Template(self.text)
        found = set(self._template.get_identifiers())
        if not self._template.is_valid() or found != set(variables):
            raise AppError(
                f"The prompt {path} has the variables {sorted(found)} but the program fills in "
                f"{sorted(variables)}: put them right in the file."
            )

    def fill(self, **variables: str) -> str:
        """Return the text with its variables filled in; what they hold is never read again."""
        return self._template.substitute(variables)


def fenced(text: str) -> str:
    """Return a text as data: on one line, and no sign in it can open or close a tag."""
    return escape(" ".join(text.split()), quote=True)


class WordingPrompts:
    """What a model is told: the rules, and question and evidence as data."""

    def __init__(self) -> None:
        self._rules = Prompt("wording", "language")
        self._evidence = Prompt("evidence", "question", "answer", "evidence")
        self._again = Prompt("rewording", "sentence", "reason", "language", "evidence")
        prompts = (self._rules, self._evidence, self._again)
        self._runs = {run for prompt in prompts for run in _runs(prompt.text)}

    def first(self, quoted: Answer, decided: str) -> list[Message]:
        """Return what asks for an answer in words; `decided`: its beginning, already told."""
        asked = self._evidence.fill(
            question=fenced(quoted.understood),
            answer=fenced(decided or quoted.text),
            evidence=_pieces(quoted),
        )
        return [("system", self._rules_for(quoted)), ("user", asked)]

    def again(self, quoted: Answer, sentence: str, reason: str) -> list[Message]:
        """Return what asks for one sentence once more."""
        asked = self._again.fill(
            sentence=fenced(sentence),
            reason=fenced(reason),
            language=_LANGUAGES[quoted.language],
            evidence=_pieces(quoted),
        )
        return [("system", self._rules_for(quoted)), ("user", asked)]

    def has_part(self, text: str) -> bool:
        """Tell whether a text repeats part of a prompt."""
        return bool(self._runs.intersection(_runs(text)))

    def _rules_for(self, quoted: Answer) -> str:
        return self._rules.fill(language=_LANGUAGES[quoted.language])


class RewritingPrompts:
    """What a model is told to make a follow-up clear: the rules, and what was said as data."""

    def __init__(self) -> None:
        self._rules = Prompt("rewriting", "language")
        self._said = Prompt("conversation", "turns", "question")

    def messages(self, typed: str, turns: Sequence[Turn], language: Language) -> list[Message]:
        """Return what asks for the last question of a conversation as one of its own."""
        told = "\n".join(
            f'<turn speaker="{_SPEAKERS[turn.role]}">{fenced(turn.content)}</turn>'
            for turn in turns
        )
        return [
            ("system", self._rules.fill(language=_LANGUAGES[language])),
            ("user", self._said.fill(turns=told, question=fenced(typed))),
        ]


def _pieces(quoted: Answer) -> str:
    return "\n".join(map(_piece, quoted.citations))


def _piece(citation: Citation) -> str:
    """Return a citation as the model reads it: what it says is data between tags."""
    document = citation.passage.document
    about = {
        "title": document.title,
        "place": document.locality or "",
        "date": document.date or "",
        "heading": " / ".join(citation.passage.heading),
        "context": citation.sentence.context,
    }
    told = "".join(f' {name}="{fenced(value)}"' for name, value in about.items() if value)
    return f'<piece number="{citation.number}"{told}>{fenced(citation.quote)}</piece>'


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return all runs of words of a text that are long enough to tell where it is from."""
    tokens = folded_tokens(text)
    return {tuple(tokens[n : n + _LEAK]) for n in range(len(tokens) - _LEAK + 1)}
