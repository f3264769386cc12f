"""What a figure counts or measures: the group of things that the words behind it belong to."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.text import fold, folded_tokens, has_marks

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*|[%‰€,²³]")
_OPENING = re.compile(r"\s?(?:(?:số|so|of(?:\sthe)?)\s)?", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<unit>US\$|\$|USD|VND|VNĐ|€|EUR)\s?$")
_SIGNS = {"US$": "dollar", "$": "dollar", "USD": "dollar", "€": "euro", "EUR": "euro"}
_MOST_WORDS = 5
_REACH = 60


def unit_groups(text: str, start: int, end: int) -> frozenset[str]:
    """Return the groups that the unit of the figure between two offsets belongs to.

    None for words that the list does not know; a word of several groups may be any of them.
    """
    if before := _BEFORE.search(text[max(0, start - 5) : start]):
        return frozenset({_SIGNS.get(before["unit"], "dong")})
    after = text[end : end + _REACH]
    marked, plain = _tables()
    table = marked if has_marks(after) else plain
    opening = _OPENING.match(after)
    position = opening.end() if opening else 0
    words: list[str] = []
    found: frozenset[str] = frozenset()
    while len(words) < _MOST_WORDS and (word := _WORD.match(after, position)):
        words.append(word.group().casefold())
        found = table.get(" ".join(words), found)
        position = word.end() + (after[word.end() : word.end() + 1] == " ")
    return found


def is_measure(groups: frozenset[str]) -> bool:
    """Tell whether a unit measures (money, time, length) and counts no things."""
    return bool(groups) and groups <= _data()["measured"].keys()


def names_any(text: str, groups: frozenset[str]) -> bool:
    """Tell whether a text names anything of the groups."""
    plain = f" {' '.join(folded_tokens(text))} "
    return any(f" {word} " in plain for group in groups for word in _folded_words(group))


@cache
def _folded_words(group: str) -> tuple[str, ...]:
    return tuple(" ".join(folded_tokens(word)) for word in _groups()[group])


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the groups of each word as written, and of each word without its marks."""
    marked: dict[str, frozenset[str]] = {}
    plain: dict[str, frozenset[str]] = {}
    for group, members in _groups().items():
        for member in members:
            key = " ".join(_WORD.findall(member.casefold()))
            for table, written in ((marked, key), (plain, fold(key))):
                table[written] = table.get(written, frozenset()) | {group}
    for word in _data()["neither"]["words"]:
        marked[word] = plain[fold(word)] = frozenset()
    return marked, plain


@cache
def _groups() -> dict[str, list[str]]:
    return {**_data()["measured"], **_data()["counted"]}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("data/counted.toml").read_text("utf-8"))
