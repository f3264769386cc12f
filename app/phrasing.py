"""A row of the target registry -> the question that it answers, in natural words."""

import re
import tomllib
from functools import cache
from string import Template
from typing import Any

from app.answers import Language
from app.comparing import NATION
from app.replies import PROMPTS
from app.short_forms import english_name
from ingest.documents import Target

LONGEST_INDICATOR = 12
# A thing of fewer words ("số mục tiêu") says too little by itself.
SHORTEST_THING = 3
# What makes a phrase out of a document no good name in a question.
_AWKWARD = re.compile(r"[\d,;:/“”\"()\[\]<>]")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def phrase(row: Target, language: Language) -> str | None:
    """Return the question that a row answers; None where it cannot be asked in plain words."""
    indicator = _IN_BRACKETS.sub("", row.indicator).strip()
    if row.locality is None or _AWKWARD.search(indicator) or _points_elsewhere(indicator):
        return None
    shape, rest = _shape_of(indicator, row.unit, language)
    if len(indicator.split()) > LONGEST_INDICATOR or len(rest.split()) < SHORTEST_THING:
        return None
    name = _english_name(indicator) if language == "en" else ""
    if name is None:
        return None
    text = Template(shape[row.kind]).substitute(
        when=_when(row, language),
        place=_in_sentence(row.locality, language),
        indicator=indicator,
        rest=rest,
        name=name,
    )
    return text[0].upper() + text[1:]


def _points_elsewhere(indicator: str) -> bool:
    return any(f" {words} " in f" {indicator} " for words in _data()["pointing"])


def _shape_of(indicator: str, unit: str | None, language: Language) -> tuple[Any, str]:
    """Return how an indicator is asked for, and what follows its beginning."""
    for shape in _data()[language]["shapes"]:
        if unit not in shape.get("units", [unit]) or unit in shape.get("units_not", []):
            continue
        for beginning in shape["begins"]:
            rest = indicator.removeprefix(f"{beginning} ")
            if rest != indicator and rest.split()[0] not in shape.get("rest_begins_not", []):
                return shape, rest
    return None, ""


def _when(row: Target, language: Language) -> str:
    if row.year is None:
        return ""
    return Template(_data()[language][f"when_{row.kind}"]).substitute(year=row.year)


def _in_sentence(place: str, language: Language) -> str:
    """Return a locality as it is written within a sentence."""
    return _data()[language]["nation"] if place == NATION else place


def _english_name(indicator: str) -> str | None:
    """Return what an indicator is called in English, where its own words say no more."""
    return english_name(indicator, frozenset(_data()["en"]["untold"]))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((PROMPTS / "questions.toml").read_text("utf-8"))
