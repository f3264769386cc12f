"""Greetings, thanks, goodbyes and questions about the assistant itself: each has a fixed reply.

Patterns are matched against the whole folded question, rid of forms of address at its beginning
and of particles at its end: a question that only begins with a greeting is a question.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from ingest.text import fold

SmallTalk = Literal["greeting", "thanks", "goodbye", "about", "maker", "human", "freshness", "help"]

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Patterns:
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    kinds: dict[SmallTalk, re.Pattern[str]]


def small_talk(text: str) -> SmallTalk | None:
    """Return what a question is that asks for nothing in the documents, None for any other."""
    patterns = _patterns()
    plain = " ".join(fold(text).casefold().split())
    if len(plain) > _LONGEST:
        return None
    spoken = patterns.closing.sub("", plain)
    candidates = (plain.strip(" ?!.,"), spoken, patterns.opening.sub("", spoken))
    for candidate in dict.fromkeys(filter(None, candidates)):
        for kind, pattern in patterns.kinds.items():
            if pattern.fullmatch(candidate):
                return kind
    return None


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads(files("ingest").joinpath("data/small_talk.toml").read_text("utf-8"))
    kinds = {
        cast(SmallTalk, kind): re.compile(
            "|".join(listed).replace("YOU", data["YOU"]).replace("PERSONS", data["PERSONS"])
        )
        for kind, listed in data["kinds"].items()
    }
    return _Patterns(re.compile(data["opening"]), re.compile(data["closing"]), kinds)
