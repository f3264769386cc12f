"""Right answers with one thing corrupted: a figure of nowhere, or another one of the same text."""

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.gate_answers import RightAnswer, statement, value_of
from ingest.figures import Figure, figure_keys, find_figures
from ingest.places import Place, find_places
from ingest.quantities import Quantity, find_quantities

Way = Literal["foreign", "same_text"]
Part = Literal["digits", "magnitude", "unit", "figure", "year", "place"]
PARTS: dict[Way, tuple[Part, ...]] = {
    "foreign": ("digits", "magnitude", "unit"),
    "same_text": ("figure", "year", "place"),
}

_MARK = re.compile(r"\[\d\]")
_MAGNITUDES = ("nghìn", "triệu", "tỷ")
_MAGNITUDE = re.compile(r"(?<!\w)(nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion)(?!\w)")
_ENGLISH = {"thousand": "million", "million": "billion", "billion": "million"}
# Each is of a kind that no other one is of.
_UNITS = ("hộ", "doanh nghiệp", "trường học", "km", "giao dịch", "camera", "tấn", "bệnh viện")


@dataclass(frozen=True, slots=True)
class Corruption:
    """A right answer with one thing wrong: in which way, which part, and the sentence as it is."""

    answer: RightAnswer
    way: Way
    part: Part
    text: str


def corruptions(answer: RightAnswer) -> Iterator[Corruption]:
    """Yield the corruptions of an answer that can be made, one of each part, always the same."""
    for way, parts in PARTS.items():
        for part in parts:
            seed = hashlib.sha256(f"{answer.id} {part}".encode()).digest()
            text = _MAKERS[part](answer, random.Random(seed))
            if text is not None and text != answer.text:
                yield Corruption(answer, way, part, text)


def _paragraph(answer: RightAnswer) -> str:
    return answer.citation.passage.text


def _bare(text: str) -> str:
    """Return a sentence with its marks blotted out: offsets stay."""
    return _MARK.sub(lambda mark: "\ufffc" * len(mark.group()), text)


def _amounts(text: str) -> list[Quantity]:
    return [
        item
        for item in find_quantities(_bare(text))
        if item.role in ("amount", "rank") and re.search(r"\d", item.figure.text)
    ]


def _with(text: str, start: int, end: int, instead: str) -> str:
    return text[:start] + instead + text[end:]


def _own_amount(answer: RightAnswer, chance: random.Random) -> Quantity | None:
    """Return the figure to be corrupted: of a statement its value, else any of the sentence."""
    found = _amounts(answer.text)
    if answer.row is not None:
        keys = figure_keys(answer.row.value)
        found = [item for item in found if item.figure.key in keys]
    return chance.choice(found) if found else None


# --- A figure of nowhere -------------------------------------------------------------------------


def _held_keys(answer: RightAnswer) -> set[str]:
    citation = answer.citation
    document = citation.passage.document
    texts = (citation.quote, document.title, document.date or "", citation.as_of or "")
    return set().union(*(figure_keys(text) for text in texts))


def _digits(answer: RightAnswer, chance: random.Random) -> str | None:
    """Change one digit of any figure, so that it is a value that nothing here has."""
    figures = [item for item in find_figures(_bare(answer.text)) if re.search(r"\d", item.text)]
    chance.shuffle(figures)
    for figure in figures:
        if changed := _changed_digit(answer, figure, chance):
            return _with(answer.text, figure.start, figure.end, changed)
    return None


def _changed_digit(answer: RightAnswer, figure: Figure, chance: random.Random) -> str | None:
    held = _held_keys(answer)
    places = [match.start() for match in re.finditer(r"\d", figure.text)]
    chance.shuffle(places)
    for place in places:
        digit = chance.choice([one for one in "123456789" if one != figure.text[place]])
        changed = _with(figure.text, place, place + 1, digit)
        whole = _with(_bare(answer.text), figure.start, figure.end, changed)
        there = [item for item in find_figures(whole) if item.start == figure.start]
        foreign = there and not (figure_keys(changed) | {there[0].key}) & held
        if foreign and there[0].kind == figure.kind:
            return changed
    return None


def _magnitude(answer: RightAnswer, chance: random.Random) -> str | None:
    """Put tỷ for triệu and the like, or make a bare number thousands."""
    quantity = _own_amount(answer, chance)
    if quantity is None or quantity.role == "rank" or quantity.figure.kind != "number":
        return None
    figure = quantity.figure
    written = _MAGNITUDE.search(figure.text)
    if written is None:
        changed = f"{figure.text} {chance.choice(_MAGNITUDES)}"
    else:
        word = written.group(1)
        others = [one for one in _MAGNITUDES if one not in (word, {"tỉ": "tỷ"}.get(word))]
        other = _ENGLISH.get(word) or chance.choice(others)
        changed = _with(figure.text, *written.span(), other)
    if figure_keys(changed) & _held_keys(answer):
        return None
    return _with(answer.text, figure.start, figure.end, changed)


def _unit(answer: RightAnswer, chance: random.Random) -> str | None:
    """Count something else: a thing that the document does not name near, or no percentage."""
    quantity = _own_amount(answer, chance)
    if quantity is None or quantity.role == "rank" or quantity.unit is None:
        return None
    near = (_paragraph(answer) + answer.text + answer.citation.sentence.context).casefold()
    others = [unit for unit in _UNITS if unit not in near]
    if not others:
        return None
    figure = quantity.figure
    number = re.sub(r"\s?(?:%|phần trăm|percent|per cent)", "", figure.text)
    return _with(answer.text, figure.start, quantity.end, f"{number} {chance.choice(others)}")


# --- Another one of the same text ----------------------------------------------------------------


def _figure(answer: RightAnswer, chance: random.Random) -> str | None:
    """Put another amount of the quote, or else of the paragraph, in a figure's place."""
    quantity = _own_amount(answer, chance)
    if quantity is None:
        return None
    for text in (answer.citation.quote, _paragraph(answer)):
        others = [item for item in _amounts(text) if _replaces(item, quantity, answer)]
        if others:
            other = chance.choice(others)
            figure = quantity.figure
            return _with(answer.text, figure.start, figure.end, other.figure.text)
    return None


def _replaces(other: Quantity, quantity: Quantity, answer: RightAnswer) -> bool:
    """Tell whether an amount is of the same kind, of another value, and not in the answer."""
    same_kind = other.figure.kind == quantity.figure.kind and other.role == quantity.role
    digits = re.sub(r"\D", "", other.figure.text) != re.sub(r"\D", "", quantity.figure.text)
    return same_kind and digits and other.figure.key not in figure_keys(_bare(answer.text))


def _year(answer: RightAnswer, chance: random.Random) -> str | None:
    bare = _bare(answer.text)
    own = [item for item in find_figures(bare) if item.kind == "year"]
    if not own:
        return None
    figure = chance.choice(own)
    named = set(re.findall(r"(?<!\d)20\d\d(?!\d)", bare))
    for text in (answer.citation.quote, _paragraph(answer)):
        years = [item.text for item in find_figures(text) if item.kind == "year"]
        others = sorted({year for year in years if year not in named})
        if others:
            other = chance.choice(others)
            if answer.row is not None:
                return statement(answer.row, value_of(answer.row), year=int(other))
            return _with(answer.text, figure.start, figure.end, other)
    return None


def _place(answer: RightAnswer, chance: random.Random) -> str | None:
    own = find_places(answer.text)
    if not own:
        return None
    place = chance.choice(own)
    for text in (answer.citation.quote, _paragraph(answer)):
        others = _other_places(find_places(text), own, answer.owners)
        if others:
            other = chance.choice(others)
            if answer.row is not None:
                return statement(answer.row, value_of(answer.row), place=other)
            return _with(answer.text, place.start, place.end, other)
    return None


def _other_places(
    found: Sequence[Place], own: Sequence[Place], owners: frozenset[str]
) -> list[str]:
    return sorted({place.name for place in found} - {place.name for place in own} - owners)


_MAKERS: dict[Part, Callable[[RightAnswer, random.Random], str | None]] = {
    "digits": _digits,
    "magnitude": _magnitude,
    "unit": _unit,
    "figure": _figure,
    "year": _year,
    "place": _place,
}
