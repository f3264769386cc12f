"""Whether a quote says of a figure what an answer's sentence says of it."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Literal

from app.claims import Claim, read_claims
from app.counting import is_measure, names_any
from app.held import Held, places_around, surroundings, words_around, years_around
from app.wording import weight_of
from ingest.places import former_units, unit_today
from ingest.quantities import begins_change

Reason = Literal[
    "foreign", "other_unit", "other_operator", "other_indicator", "other_place", "other_year"
]
# In the order of how near a figure comes that fails so.
REASONS: tuple[Reason, ...] = (
    "other_year",
    "other_place",
    "other_indicator",
    "other_operator",
    "other_unit",
    "foreign",
)
# First places in words: no figures, but whoever claims one needs a quote that gives one.
_FIRST = re.compile(r"(?<!\w)(?:đầu|nhất)(?!\w)", re.IGNORECASE)
_ENOUGH_WORDS, _FEWEST_KNOWN = 5, 0.2
_FEW = 10
_UP, _DOWN = frozenset({">", ">="}), frozenset({"<", "<=", "≈"})
_UP_WORDS = re.compile(
    r"(?<!\w)(?:trên|hơn|vượt|quá|tối thiểu|ít nhất|không dưới|trở lên|từ|tren|hon|toi thieu|over"
    r"|more than|at least|above|exceed\w*)(?!\w)|[>≥+]",
    re.IGNORECASE,
)
_DOWN_WORDS = re.compile(
    r"(?<!\w)(?:dưới|gần|khoảng|xấp xỉ|ước|tối đa|không quá|chưa|ngót|trở xuống|duoi|gan|toi da"
    r"|under|below|nearly|almost|about|at most|less than)(?!\w)|[<≤~≈]",
    re.IGNORECASE,
)
_BEFORE, _ELSEWHERE = 0.8, 0.3
_CLEARLY = 0.3
_FEWEST_WORDS = 0.3


def misfit(claim: Claim, held: Sequence[Held]) -> Reason | None:
    """Return why no figure among those held says what a claim says, None where one does."""
    if _FIRST.search(claim.figure.text):
        leads = not held or any(_FIRST.search(item.sentence) for item in held)
        return None if leads else "foreign"
    same = [item for item in held if claim.readings & item.claim.keys]
    if not same:
        return "other_unit" if _has_value(claim, held) else "foreign"
    reasons = [_misfit_of(claim, item, held) for item in same]
    if None in reasons:
        return None
    return min((reason for reason in reasons if reason), key=REASONS.index)


def _has_value(claim: Claim, held: Sequence[Held]) -> bool:
    values = claim.figure.values
    return bool(values) and any(values == item.claim.figure.values for item in held)


def _misfit_of(claim: Claim, item: Held, held: Sequence[Held]) -> Reason | None:
    """Return why one figure is not the one that a claim means.

    A label only names, and a year beside amounts is compared as theirs.
    """
    timed = claim.beside_amounts and claim.figure.kind in ("year", "month")
    if claim.role == "label" or timed:
        return None
    checks: tuple[tuple[Reason, bool], ...] = (
        ("other_unit", _units_agree(claim, item)),
        ("other_operator", _directions_agree(claim, item)),
        ("other_place", _places_agree(claim, item)),
        ("other_year", _years_agree(claim, item)),
        ("other_indicator", not _says_another(claim, item, held) and _says_something(claim, item)),
    )
    return next((reason for reason, agrees in checks if not agrees), None)


# --- Units and directions ------------------------------------------------------------------------


def _units_agree(claim: Claim, item: Held) -> bool:
    """Tell whether the same may be counted; what is not in the list of things is not compared."""
    groups, theirs = claim.groups, item.claim.groups
    if claim.role == "amount" and item.claim.role == "label":
        return not groups or bool(groups & theirs)
    if claim.role == "time" or not claim.unit:
        return True
    if is_measure(theirs) != is_measure(groups) and item.claim.unit:
        return False
    if not groups:
        return True
    if theirs:
        return bool(groups & theirs)
    return any(
        names_any(text, groups) for text in [item.citation.quote, *surroundings(item.citation)]
    )


def _directions_agree(claim: Claim, item: Held) -> bool:
    """Tell whether an operator that the sentence writes stands, or may stand, in the quote too."""
    mine, theirs = claim.operator, item.claim.operator
    if claim.reached and _began(item):
        return False
    if mine in ("=", theirs):
        return True
    figure = item.claim.figure
    if item.sentence[: figure.start].endswith("/"):
        return True
    near = item.sentence[max(0, figure.start - 40) : figure.end + 40]
    if mine in _UP:
        return theirs in _UP or (theirs == "=" and bool(_UP_WORDS.search(near)))
    if mine == "≈" and theirs == "=":
        return True
    return theirs in _DOWN or (theirs == "=" and bool(_DOWN_WORDS.search(near)))


def _began(item: Held) -> bool:
    """Tell whether a change began at a figure: 18% of "từ 18% lên 45%"."""
    return begins_change(item.sentence, item.claim.figure.start, item.claim.figure.end)


# --- Words ---------------------------------------------------------------------------------------


def _says_another(claim: Claim, item: Held, held: Sequence[Held]) -> bool:
    """Tell whether the words of a claim clearly fit another figure of the quotes better.

    A small number in words is often none: "cả hai", "một trong ba".
    """
    if not re.search(r"\d", claim.figure.text) and max(claim.figure.values, default=0) <= _FEW:
        return False
    return any(
        _fits_better(claim, other.claim, item.claim)
        for other in held
        if not (other.claim.readings & item.claim.readings)
        and _comparable(claim, other.claim)
        and not _is_told_apart(claim, other.claim, item.claim)
    )


def _says_something(claim: Claim, item: Held) -> bool:
    """Tell whether some of a claim's words stand in the quote or around it; English ones cannot."""
    spoken = {word for word in claim.own if " " not in word}
    if not claim.marked or len(spoken) < _ENOUGH_WORDS or claim.role not in ("amount", "rank"):
        return True
    return len(spoken & words_around(item.citation)) >= _FEWEST_KNOWN * len(spoken)


def _is_told_apart(claim: Claim, other: Claim, mine: Claim) -> bool:
    """Tell whether a place, a year or the thing counted says that another figure is not meant."""
    return any(
        set(wanted) & set(here) and not set(wanted) & set(there)
        for wanted, here, there in (
            (claim.places, mine.places, other.places),
            ({claim.year} - {None}, {mine.year}, {other.year}),
            (claim.months, mine.months, other.months),
        )
    ) or _shared_behind(claim, mine) > max(1, _shared_behind(claim, other))


def _shared_behind(claim: Claim, other: Claim) -> int:
    """Return how many words behind the two figures are the same, one after the other."""
    pairs = zip(claim.behind, other.behind, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _fits_better(claim: Claim, other: Claim, mine: Claim) -> bool:
    """Weigh the words that tell two figures apart: those out of a figure's clause count less."""
    weights = [
        weight_of(word) * (_share_of(word, other) - _share_of(word, mine)) for word in claim.own
    ]
    difference = sum(weights)
    return difference >= _FEWEST_WORDS and difference >= _CLEARLY * sum(map(abs, weights))


def _share_of(word: str, claim: Claim) -> float:
    """Return how much a word belongs to a figure: a subject before its clause is often its too."""
    if word in claim.meant:
        return 1.0
    if word in claim.before:
        return _BEFORE
    return _ELSEWHERE if word in claim.around else 0.0


def _comparable(claim: Claim, other: Claim) -> bool:
    """Tell whether a claim may mean another figure: of its kind, and of a unit that may be its."""
    if claim.role in ("time", "document"):
        return other.role == claim.role
    if other.role not in ("amount", "rank") or claim.is_share != other.is_share:
        return False
    return not (claim.groups and other.groups) or bool(claim.groups & other.groups)


# --- Places and years ----------------------------------------------------------------------------


def _places_agree(claim: Claim, item: Held) -> bool:
    if not claim.places:
        return True
    there = item.claim.places or places_around(item.citation)
    return not there or bool(set(map(_unit, claim.places)) & set(map(_unit, there)))


def _unit(name: str) -> str:
    """Return the unit of today for one that only was renamed: it is the same place."""
    today = unit_today(name)
    return today if today and len(former_units(today)) < 2 else name


def _years_agree(claim: Claim, item: Held) -> bool:
    if claim.year is None:
        return True
    there = {item.claim.year} if item.claim.year else years_around(item.citation)
    return not there or claim.year in there or (_began(item) and claim.year in _starts(item))


def _starts(item: Held) -> set[int]:
    """Return where the spans of years of a quote's sentence begin."""
    keys = (claim.figure.key for claim in read_claims(item.sentence))
    return {int(key[3:7]) for key in keys if key.startswith("ry:")}
