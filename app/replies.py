"""Fixed replies from prompts/replies.toml, with their variables filled in."""

import tomllib
from functools import cache
from pathlib import Path
from string import Template

from app.answers import Language

# Text only, beside the packages, both in a checkout and when installed.
PROMPTS = Path(__file__).parent.parent / "prompts"


@cache
def _replies() -> dict[str, dict[str, str]]:
    return tomllib.loads((PROMPTS / "replies.toml").read_text("utf-8"))


def reply(language: Language, name: str, **variables: str) -> str:
    """Return a fixed reply; raise KeyError where the reply or one of its variables is missing."""
    return Template(_replies()[language][name]).substitute(variables)


def has_reply(language: Language, name: str) -> bool:
    """Tell whether there is a fixed reply of that name."""
    return name in _replies()[language]
