"""Things that take each other's place in follow-ups: levels, networks, kinds of people."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.text import fold, has_marks


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several things of a kind, named in a text: offsets there."""

    kind: int
    name: str
    start: int
    end: int
    added: str


def find_alternatives(text: str) -> list[Alternative]:
    """Return the things of a text that others could take the place of; unmarked text is folded."""
    text = unicodedata.normalize("NFC", text)
    marked = has_marks(text)
    pattern, names = _table(marked)
    spoken = text.casefold() if marked else fold(text).casefold()
    if len(spoken) != len(text):
        return []
    found = []
    for match in pattern.finditer(spoken):
        kind, name, added = names[" ".join(match.group().split())]
        found.append(Alternative(kind, name, match.start(), match.end(), added))
    return found


def without_alternatives(text: str) -> str:
    """Return the text without the things that others could take the place of."""
    for item in reversed(find_alternatives(text)):
        text = text[: item.start] + " " + text[item.end :]
    return text


@cache
def _table(marked: bool) -> tuple[re.Pattern[str], dict[str, tuple[int, str, str]]]:
    """Return a pattern of all forms, and the kind, the name and what is added of each."""
    data = tomllib.loads(files("ingest").joinpath("data/followups.toml").read_text("utf-8"))
    names: dict[str, tuple[int, str, str]] = {}
    for number, kind in enumerate(data["kind"]):
        for forms in kind["of"]:
            name, *others = forms.split("|")
            for form in (name, *others):
                key = form.casefold() if marked else fold(form).casefold()
                names[key] = (number, name, kind.get("added", ""))
    ordered = sorted(names, key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), names
