"""A model's sentence -> text and the [n] marks that stand for something: pure, no model here."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from ingest.splitting import sentence_spans

_BRACKETED = re.compile(r"\s*[\[【［]\s*(\d+(?:\s*[,;]\s*\d+)*)\s*[\]】］]")
_MARKDOWN = re.compile(r"\*\*|__|`+|^\s*#{1,6}\s", re.MULTILINE)
_BULLET = re.compile(r"^\s*[-*•+–]\s+")
# A sentence is told from the next one by how that begins: so much of it must have been read.
_LOOK_AHEAD = 24


@dataclass(frozen=True, slots=True)
class CitedText:
    """A sentence with marks that all stand for a citation, and their numbers; none: no claim."""

    text: str
    numbers: tuple[int, ...]


def read_marks(sentence: str, known: Collection[int]) -> CitedText:
    """Return a sentence without the marks that stand for nothing."""
    found: list[int] = []

    def kept(match: re.Match[str]) -> str:
        numbers = [int(item) for item in re.split(r"[,;]", match.group(1)) if int(item) in known]
        found.extend(numbers)
        return " " + "".join(f"[{number}]" for number in numbers) if numbers else ""

    text = _BRACKETED.sub(kept, sentence).replace("] [", "][")
    return CitedText(text.strip(), tuple(dict.fromkeys(found)))


def plain(text: str) -> str:
    """Return a model's text in NFC without hidden characters and Markdown, digits as ASCII.

    A figure that a reader sees must be one that the gate sees too.
    """
    shown = "".join(map(_plain_character, unicodedata.normalize("NFC", text)))
    return _MARKDOWN.sub("", shown)


def _plain_character(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category.startswith("C"):
        return " " if character == "\t" else ""
    if category == "Nd" and not character.isascii():
        return str(unicodedata.digit(character))
    wide = "\uff01" <= character <= "\uff5e"
    return unicodedata.normalize("NFKC", character) if wide else character


def whole_sentences(text: str, *, ended: bool = False) -> tuple[list[str], str]:
    """Return the sentences of a growing text that are whole, and the rest that still grows.

    A mark behind a full stop belongs to the sentence before it; a line always ends a sentence.
    """
    *lines, last = text.split("\n")
    sentences = [sentence for line in lines for sentence in _of_line(line)]
    of_last = _of_line(last)
    while of_last and (ended or len("".join(of_last[1:])) >= _LOOK_AHEAD):
        sentences.append(of_last.pop(0))
    return sentences, "".join(of_last)


def _of_line(line: str) -> list[str]:
    """Return the sentences of a line; together they are the line."""
    shown = _BRACKETED.sub(lambda mark: " " * len(mark.group()), line)
    starts = [start for start, _ in sentence_spans(shown)][1:]
    edges = [0, *starts, len(line)]
    return [line[left:right] for left, right in pairwise(edges) if line[left:right].strip()]


def is_item(sentence: str) -> bool:
    """Tell whether a sentence is an item of a list."""
    return bool(_BULLET.match(sentence))
