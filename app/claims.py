"""What a sentence says of each of its figures: unit, direction, place, year, the words around it."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from ingest.documents import Description
from ingest.figures import Figure, short_legal_key
from ingest.places import find_places
from ingest.quantities import Operator, Quantity, Role, find_quantities
from ingest.targets.clauses import Clause, clauses_of
from ingest.targets.indicators import name_indicators
from ingest.targets.measures import Measure
from ingest.targets.owners import owners_of
from ingest.targets.years import Mention, earlier_mention, find_mentions, own_mention
from ingest.text import fold, folded_tokens, has_marks, index_form, words

NOWHERE = Description(id="", title="")
_READ_TEXTS = 512
# Words that are in any sentence with a figure and so tell none from another.
_FILLERS = frozenset(
    "đạt là có được đến tới vào trong tại ở của và với về cho từ theo thì mà này đó đã sẽ đang năm "
    "tháng ngày quý mức con số trên dưới hơn gần khoảng tối thiểu ít nhất chiếm lên xuống tăng giảm "
    "hiện nay thành phố tỉnh mục tiêu phấn đấu các những một người ta tài liệu ghi nêu như vậy "
    "the of in the at by to and a an is are was were for on that this has have with from reach "
    "reached reaches about over than more percent million billion thousand".split()
)
_MONEY = frozenset({"đồng", "usd", "vnd"})
_COMPARED = re.compile(
    r"(?:so với|cùng với|sau|hơn|như|ngoài|trừ|than|after|behind|unlike)\s+(?:\S+\s){0,2}$",
    re.IGNORECASE,
)
_UNIT_BEFORE = re.compile(r"(?P<unit>US\$|\$|USD|VND|VNĐ|€|EUR)\s?$")
_SIGNS = {"US$": "dollar", "$": "dollar", "USD": "dollar", "€": "euro", "EUR": "euro"}
_RANK_WORDS = re.compile(r"(?:hạng|thứ|vị trí|top|tốp|nhóm|đầu|rank|nhất)", re.IGNORECASE)
_LONGEST_UNIT_WORDS = 5
_SHORT_FORM = 3.0
_UNIT_REACH = 60
# Digits that are words: 4G is none of these.
_FIGURE_WORD = re.compile(r"(?!\d[GgDd](?!\w))\S*\d\S*|%")
_UNIT_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*|[%‰€,²³]")
# "94 thuê bao/100 dân": what something is counted per.
_LEVEL = re.compile(r"(?<!\w)(?:mức|cấp|loại|tuyến|level|grade)\s$", re.IGNORECASE)
_PER = re.compile(r"/\s?$")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3},\d{3}")
_AMOUNTS = ("amount", "rank")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure and what its sentence says of it.

    `readings` are the keys that it may be meant by, `keys` those of all that it holds up: of a date
    its month and year, of a range its ends. `groups` are the groups of things that its unit may be of, empty for an unknown unit.
    `own` are the words of its clause, `before` those before it, `around` those of the whole sentence. `places` and `years`
    are empty where the sentence names none for it.
    """

    figure: Figure
    role: Role
    readings: frozenset[str]
    keys: frozenset[str]
    operator: Operator
    groups: frozenset[str]
    unit: str | None
    behind: str
    own: frozenset[str]
    before: frozenset[str]
    around: frozenset[str]
    places: tuple[str, ...]
    years: tuple[int, ...]
    beside_amounts: bool = False


@lru_cache(maxsize=_READ_TEXTS)
def read_claims(text: str, description: Description = NOWHERE) -> tuple[Claim, ...]:
    """Return what one sentence says of each of its figures, in order."""
    quantities = find_quantities(text)
    return tuple(_Reader(text, description, quantities).claims())


class _Reader:
    def __init__(self, text: str, description: Description, found: Sequence[Quantity]) -> None:
        self._text = text
        self._description = description
        self._quantities = found
        self._mentions = find_mentions(text)
        self._around = content_words(text)
        self._places = find_places(text)
        self._marked = has_marks(text)

    def claims(self) -> Iterator[Claim]:
        amounts = [item for item in self._quantities if self._measures(item)]
        others = [item for item in self._quantities if item not in amounts]
        self._has_amounts = bool(amounts)
        named = self._named(amounts)
        for group in (amounts, others):
            measures = [Measure(item) for item in group]
            clauses = clauses_of(self._text, measures) if measures else []
            for place, (measure, clause) in enumerate(zip(measures, clauses, strict=True)):
                indicator = named.get(place, "") if group is amounts else ""
                yield self._claim(measure, clause, indicator)

    def _measures(self, quantity: Quantity) -> bool:
        before = self._text[: quantity.figure.start]
        level = _LEVEL.search(before) and quantity.unit is None and len(quantity.figure.text) < 3
        return quantity.role in _AMOUNTS and not level and not _PER.search(before)

    def _named(self, amounts: Sequence[Quantity]) -> dict[int, str]:
        if len(amounts) < 2:
            return {}
        measures = [Measure(item) for item in amounts]
        found = name_indicators(self._text, measures, clauses_of(self._text, measures))
        return {place: item.text for place, item in enumerate(found) if item}

    def _claim(self, measure: Measure, clause: Clause, indicator: str) -> Claim:
        quantity = measure.quantity
        own = content_words(f"{self._text[clause.start : clause.end]} | {indicator}")
        mention_year = self._year(measure, clause)
        return Claim(
            figure=quantity.figure,
            role=quantity.role if self._measures(quantity) else _other_role(quantity),
            readings=self._readings(quantity),
            keys=self._readings(quantity) | coarser_keys(quantity.figure.key),
            operator=self._operator(quantity),
            groups=self._groups(quantity),
            unit=quantity.unit,
            behind=_first_words(self._text[quantity.figure.end :]),
            own=own,
            before=content_words(self._text[: clause.start]),
            around=self._around,
            places=self._owners(measure, clause),
            years=() if mention_year is None else (mention_year,),
            beside_amounts=self._has_amounts,
        )

    def _year(self, measure: Measure, clause: Clause) -> int | None:
        if measure.quantity.role not in _AMOUNTS:
            return None
        own = own_mention(self._text, self._mentions, clause, measure.start, measure.end)
        found: Mention | None = own or earlier_mention(
            self._text, self._mentions, clause, through_brackets=True
        )
        found = found or self._closing_mention(measure)
        return found.year if found else None

    def _closing_mention(self, measure: Measure) -> Mention | None:
        """Return the only year of a part of the sentence where it ends all figures, or the one."""
        left = self._text.rfind(";", 0, measure.start) + 1
        right = self._text.find(";", measure.end)
        right = right if right >= 0 else len(self._text)
        mentions = [item for item in self._mentions if left <= item.start < right]
        amounts = [
            item
            for item in self._quantities
            if left <= item.start < right and self._measures(item)
        ]
        if len(mentions) != 1:
            return None
        ends = all(item.end <= mentions[0].start for item in amounts)
        return mentions[0] if ends or len(amounts) == 1 else None

    def _owners(self, measure: Measure, clause: Clause) -> tuple[str, ...]:
        owners = owners_of(self._text, measure, clause, NOWHERE)
        named = tuple(owner for owner in owners if owner)
        if named:
            return named
        free = [
            place
            for place in self._places
            if not _COMPARED.search(self._text[max(0, place.start - 40) : place.start])
        ]
        inside = [place for place in free if clause.start <= place.start < clause.end]
        names = tuple(dict.fromkeys(place.name for place in inside or free))
        return names if len(names) == 1 else ()

    def _readings(self, quantity: Quantity) -> frozenset[str]:
        figure = quantity.figure
        keys = {figure.key}
        if quantity.out_of is not None and figure.kind == "number":
            keys.add(f"f:{_whole(figure.values[0])}/{_whole(quantity.out_of)}")
        if not self._marked and _ENGLISH_THOUSANDS.fullmatch(figure.text):
            keys.add(f"n:{figure.text.replace(',', '')}")
        return frozenset(keys)

    def _operator(self, quantity: Quantity) -> Operator:
        """Return the operator; "được chi nhiều nhất: 320 tỷ" compares nothing."""
        figure = quantity.figure
        between = self._text[quantity.start : figure.start]
        per = _PER.search(self._text[: figure.start])
        return "=" if ":" in between or per else quantity.operator

    def _groups(self, quantity: Quantity) -> frozenset[str]:
        figure = quantity.figure
        if quantity.role == "rank" and quantity.unit == "hạng":
            return frozenset({"rank"})
        if figure.kind == "percent" or figure.key.startswith("rp:"):
            found = unit_groups(self._text[figure.end :])
            return frozenset() if is_measure(found) else found
        before = _UNIT_BEFORE.search(self._text[max(0, figure.start - 5) : figure.start])
        if before:
            return frozenset({_SIGNS.get(before["unit"], "dong")})
        return unit_groups(self._text[figure.end :])


def _first_words(text: str) -> str:
    """Return the two words that follow a figure and are no fillers."""
    part = re.split(r"[.,;:()]", text[:_UNIT_REACH].casefold())[0]
    kept = [word for word in words(part) if word not in _FILLERS and word not in _MONEY]
    return " ".join(kept[:2]) if len(kept) > 1 else ""


def _other_role(quantity: Quantity) -> Role:
    return "label" if quantity.role in _AMOUNTS else quantity.role


def _whole(value: Any) -> str:
    return f"{float(value):g}"


def coarser_keys(key: str) -> set[str]:
    """Return the keys of what a figure holds up: of a date its month and year, a range's ends."""
    kind, _, value = key.partition(":")
    if kind == "d":
        year, month, day = value.split("-")
        return {f"d:-{month}-{day}", f"m:{year}-{month}", f"m:-{month}"} | (
            {f"y:{year}"} if year else set()
        )
    if kind in ("m", "q"):
        year, part = value.split("-")
        return {f"{kind}:-{part}"} | ({f"y:{year}"} if year else set())
    if kind in ("ry", "rn", "rp"):
        return {f"{kind[1]}:{end}" for end in value.split("–")}
    short = short_legal_key(key) if kind == "l" else None
    return {short} if short else set()


# --- Words ---------------------------------------------------------------------------------------


@lru_cache(maxsize=_READ_TEXTS)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a text and their pairs, without places, figures and fillers.

    What has a short form, or an English name, is one word.
    """
    bare = _FIGURE_WORD.sub(" ; ", without_places(text)).casefold()
    shortened = _shortened(bare, english=not has_marks(text))
    found: set[str] = set()
    for part in re.split(r"[^\w\s&-]+", shortened):
        spoken = ["" if word in _FILLERS else index_form(word) for word in words(part)]
        found.update(word for word in spoken if word)
        found.update(f"{one} {two}" for one, two in pairwise(spoken) if one and two)
    return frozenset(found)


def without_places(text: str) -> str:
    """Return the text with the names of localities blotted out."""
    for place in reversed(find_places(text)):
        text = text[: place.start] + " ; " + text[place.end :]
    return text


def weight_of(word: str) -> float:
    """Return how much a word tells: a short form as much as the words that it stands for."""
    return _SHORT_FORM if word in _short_forms() else 1.0


def _shortened(text: str, *, english: bool) -> str:
    """Return words in small letters with what has a short form written so, English terms too."""
    if english:
        for term, meaning in _terms("en"):
            text = re.sub(rf"\b{re.escape(term)}\w*", meaning, text)
    for short, meaning in _terms("vi"):
        text = text.replace(meaning, short)
    return text


@cache
def _terms(language: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of short form and meaning, the longest to be replaced first."""
    pairs = [(key.casefold(), value) for key, value in _data("abbreviations")[language].items()]
    if language == "en":
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
    long = [pair for pair in pairs if " " in pair[1]]
    return tuple(sorted(long, key=lambda pair: -len(pair[1])))


@cache
def _short_forms() -> frozenset[str]:
    return frozenset(index_form(short) for short, _ in _terms("vi"))


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath(f"data/{name}.toml").read_text("utf-8"))


# --- Units ---------------------------------------------------------------------------------------

_BEFORE_UNIT = re.compile(r"\s?(?:(?:số|so|of(?:\sthe)?)\s)?", re.IGNORECASE)


def unit_groups(after: str) -> frozenset[str]:
    """Return the groups that the first words after a figure belong to, none for unknown words."""
    marked, plain = _group_tables()
    table = marked if has_marks(after[:_UNIT_REACH]) else plain
    opening = _BEFORE_UNIT.match(after)
    position = opening.end() if opening else 0
    pieces: list[str] = []
    found: frozenset[str] = frozenset()
    while len(pieces) < _LONGEST_UNIT_WORDS and (word := _UNIT_WORD.match(after, position)):
        pieces.append(word.group().casefold())
        found = table.get(" ".join(pieces), found)
        position = word.end() + (after[word.end() : word.end() + 1] == " ")
    return found


@cache
def _group_tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    marked: dict[str, frozenset[str]] = {}
    plain: dict[str, frozenset[str]] = {}
    for group, members in _groups().items():
        for member in members:
            key = " ".join(_UNIT_WORD.findall(member.casefold()))
            for table, written in ((marked, key), (plain, fold(key))):
                table[written] = table.get(written, frozenset()) | {group}
    for word in _data("counted")["neither"]["words"]:
        marked[word] = plain[fold(word)] = frozenset()
    return marked, plain


@cache
def _groups() -> dict[str, list[str]]:
    data = _data("counted")
    return {**data["measured"], **data["counted"]}


def is_measure(groups: frozenset[str]) -> bool:
    """Tell whether a unit measures (money, time, length) and counts no things."""
    return bool(groups) and groups <= _data("counted")["measured"].keys()


def names_group(text: str, groups: frozenset[str]) -> bool:
    """Tell whether a text names anything of the groups."""
    plain = f" {' '.join(folded_tokens(text))} "
    words = (word for group in groups for word in _groups()[group])
    return any(f" {' '.join(folded_tokens(word))} " in plain for word in words)
