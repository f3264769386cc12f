"""Which pillar of digital transformation an indicator belongs to: counted by general word lists."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import get_args

from ingest.documents import Pillar

OTHER: Pillar = "khác"
_INDICATOR_WEIGHT, _QUOTE_WEIGHT, _AROUND_WEIGHT = 4, 1, 1


@cache
def _rules() -> dict[Pillar, tuple[tuple[re.Pattern[str], int], ...]]:
    data = tomllib.loads(files("ingest").joinpath("data/pillars.toml").read_text("utf-8"))
    return {
        name: tuple(
            (
                re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE),
                weight,
            )
            for weight, words in ((3, data[name]["sure"]), (1, data[name]["likely"]))
        )
        for name in get_args(Pillar)
        if name in data
    }


def pillar_of(indicator: str, quote: str, around: Sequence[str] = ()) -> Pillar:
    """Return the pillar whose words an indicator holds most, its quote and what is above it next.

    `around`: the heading path and the lines above the list. "khác" where no word is found.
    """
    texts = [(indicator, _INDICATOR_WEIGHT), (quote, _QUOTE_WEIGHT)]
    texts += [(words, _AROUND_WEIGHT) for words in around]
    scores = {
        name: sum(
            weight * share * len({match.casefold() for match in rule.findall(text)})
            for text, share in texts
            for rule, weight in rules
        )
        for name, rules in _rules().items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else OTHER
