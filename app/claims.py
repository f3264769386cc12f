"""What a sentence says of each of its figures: unit, direction, place, year, words around."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.counting import is_measure, unit_groups
from app.wording import wording
from ingest.documents import Description, Operator
from ingest.figures import Figure, parse_number, short_legal_keys
from ingest.places import find_places
from ingest.quantities import Quantity, Role, find_quantities
from ingest.targets.clauses import Clause, clauses_of
from ingest.targets.indicators import name_indicators
from ingest.targets.measures import Measure
from ingest.targets.owners import owners_of
from ingest.targets.years import Mention, earlier_mention, find_mentions, own_mention
from ingest.text import has_marks

_NO_DOCUMENT = Description(id="", title="")
_READ_TEXTS = 512
_COMPARED = re.compile(
    r"(?:so với|cùng với|sau|hơn|như|ngoài|trừ|than|after|behind|unlike)\s+(?:\S+\s){0,2}$",
    re.IGNORECASE,
)
# "Mức 2" is one of two levels, and no amount.
_LEVEL = re.compile(r"(?<!\w)(?:mức|cấp|loại|tuyến|level|grade)\s$", re.IGNORECASE)
_MOST_LEVEL_DIGITS = 2
# "94 thuê bao/100 dân": what something is counted per.
_KIND = re.compile(r"(?:[^\W\d_]+\s){2}(?:số\s)?$")
_REACHED = re.compile(r"(?<!\w)(?:lên|xuống|còn|lên tới|lên đến)\s$", re.IGNORECASE)
_PER = re.compile(r"/\s?$")
_THOUSAND = 1000
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3},\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure and what its sentence says of it.

    `readings` are the keys that it may be meant by, `keys` those of all that it holds up: of a date
    its month and year, of a range its ends. `groups` are those of its unit, none for an unknown
    one. `own` are the words of its clause, `meant` also those of what it measures, `before` those
    before the clause, `around` those of the whole sentence, `behind` those right behind the figure.
    `reached`: something came up or down to it. `places`, `year` and `months` (quarters too) are
    none where the sentence names none for it. `marked`: the sentence is Vietnamese.
    """

    figure: Figure
    role: Role
    readings: frozenset[str]
    keys: frozenset[str]
    operator: Operator
    groups: frozenset[str]
    unit: str | None
    own: frozenset[str]
    meant: frozenset[str]
    before: frozenset[str]
    around: frozenset[str]
    behind: tuple[str, ...]
    places: tuple[str, ...]
    year: int | None
    months: frozenset[str]
    beside_amounts: bool
    reached: bool
    marked: bool

    @property
    def is_share(self) -> bool:
        """Tell whether it is a part of a whole: a percentage, a range of them, two of three."""
        part = self.figure.kind == "fraction" and self.role != "rank"
        return part or self.figure.kind == "percent" or self.figure.key.startswith("rp:")


@lru_cache(maxsize=_READ_TEXTS)
def read_claims(text: str) -> tuple[Claim, ...]:
    """Return what one sentence says of each of its figures."""
    quantities = find_quantities(text)
    return tuple(_Reader(text, quantities).claims()) if quantities else ()


def coarser_keys(key: str) -> set[str]:
    """Return the keys of what a figure holds up: of a date its month and year, a range's ends."""
    kind, _, value = key.partition(":")
    if kind == "d":
        year, month, day = value.split("-")
        whole = {f"y:{year}"} if year else set()
        return {f"d:-{month}-{day}", f"m:{year}-{month}", f"m:-{month}"} | whole
    if kind in ("m", "q"):
        year, part = value.split("-")
        return {f"{kind}:-{part}"} | ({f"y:{year}"} if year else set())
    if kind in ("ry", "rn", "rp"):
        return {f"{kind[1]}:{end}" for end in value.split("–")}
    return short_legal_keys(key) if kind == "l" else set()


def _named_span(text: str, quantity: Quantity) -> tuple[int, int]:
    """Return the span of a figure, of a document's number with the words before it.

    Of a name such as 5G it is empty: it is a word.
    """
    figure = quantity.figure
    if quantity.role == "document" and (kind := _KIND.search(text[: figure.start])):
        return kind.start(), figure.end
    return (figure.start, figure.start if figure.kind == "code" else figure.end)


class _Reader:
    """Reads the figures of one sentence."""

    def __init__(self, text: str, quantities: Sequence[Quantity]) -> None:
        self._text = text
        self._amounts = [item for item in quantities if self._is_amount(item)]
        rest = [item for item in quantities if item not in self._amounts]
        self._others = [
            [item for item in rest if item.role == "time"],
            [item for item in rest if item.role == "document"],
            [item for item in rest if item.role not in ("time", "document")],
        ]
        self._mentions = find_mentions(text)
        self._places = find_places(text)
        hidden = [(place.start, place.end) for place in self._places]
        self._wording = wording(text, [*hidden, *(_named_span(text, item) for item in quantities)])
        self._around = self._wording.between(0, len(text))
        self._marked = has_marks(text)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims: amounts and ranks first."""
        measures = [Measure(item) for item in self._amounts]
        clauses = clauses_of(self._text, measures) if measures else []
        names = self._names(measures, clauses)
        for measure, clause, name in zip(measures, clauses, names, strict=True):
            yield self._claim(measure, clause, name, self._year(measure, clause))
        for group in filter(None, self._others):
            measures = [Measure(item) for item in group]
            for measure, clause in zip(measures, clauses_of(self._text, measures), strict=True):
                yield self._claim(measure, clause, frozenset(), None)

    def _is_amount(self, quantity: Quantity) -> bool:
        before = self._text[: quantity.figure.start]
        short = quantity.unit is None and len(quantity.figure.text) <= _MOST_LEVEL_DIGITS
        level = short and _LEVEL.search(before)
        return quantity.role in ("amount", "rank") and not level and not _PER.search(before)

    def _names(
        self, measures: Sequence[Measure], clauses: Sequence[Clause]
    ) -> list[frozenset[str]]:
        """Return the words of what each amount measures, where a sentence holds several."""
        if len(measures) < 2:
            return [frozenset()] * len(measures)
        named = name_indicators(self._text, measures, clauses)
        texts = [item.text if item else "" for item in named]
        return [wording(text).between(0, len(text)) for text in texts]

    def _claim(
        self, measure: Measure, clause: Clause, name: frozenset[str], year: int | None
    ) -> Claim:
        quantity = measure.quantity
        figure = quantity.figure
        readings = self._readings(quantity)
        amount = quantity in self._amounts
        own = self._wording.between(clause.start, clause.end)
        return Claim(
            figure=figure,
            role="label" if quantity.role in ("amount", "rank") and not amount else quantity.role,
            readings=readings,
            keys=readings | coarser_keys(figure.key),
            operator=self._operator(quantity),
            groups=self._groups(quantity),
            unit=quantity.unit,
            own=own,
            meant=own | name,
            before=self._wording.between(0, clause.start),
            around=self._around,
            behind=self._wording.right_after(figure.end),
            places=self._owners(measure, clause),
            year=year,
            months=self._months(clause),
            beside_amounts=bool(self._amounts),
            reached=bool(_REACHED.search(self._text[: quantity.start])),
            marked=self._marked,
        )

    def _year(self, measure: Measure, clause: Clause) -> int | None:
        text, mentions = self._text, self._mentions
        found = (
            own_mention(text, mentions, clause, measure.start, measure.end)
            or earlier_mention(text, mentions, clause, aside_from=0)
            or self._closing_mention(measure)
        )
        return found.year if found else None

    def _months(self, clause: Clause) -> frozenset[str]:
        times = (item.figure for item in self._others[0] if item.figure.kind == "month")
        inside = (time for time in times if clause.start <= time.start < clause.end)
        return frozenset(re.sub(r":\d*", ":", time.key) for time in inside)

    def _closing_mention(self, measure: Measure) -> Mention | None:
        """Return the only year of a part of the sentence: it stands after all figures, or one."""
        left = self._text.rfind(";", 0, measure.start) + 1
        right = self._text.find(";", measure.end)
        right = right if right >= 0 else len(self._text)
        mentions = [item for item in self._mentions if left <= item.start < right]
        amounts = [item for item in self._amounts if left <= item.start < right]
        if len(mentions) != 1:
            return None
        closing = all(item.end <= mentions[0].start for item in amounts)
        return mentions[0] if closing or len(amounts) == 1 else None

    def _owners(self, measure: Measure, clause: Clause) -> tuple[str, ...]:
        """Return the places that a figure is said of: its owners, else the only one named."""
        opening = self._text.rfind("(", 0, measure.start) if clause.bracketed else -1
        for place in self._places:
            if place.end <= opening and not self._text[place.end : opening].strip():
                return (place.name,)
        owners = owners_of(self._text, measure, clause, _NO_DOCUMENT)
        if named := tuple(owner for owner in owners if owner):
            return named
        free = [place for place in self._places if not _COMPARED.search(self._text[: place.start])]
        inside = [place for place in free if clause.start <= place.start < clause.end]
        names = tuple(dict.fromkeys(place.name for place in inside or free))
        return names if len(names) == 1 else ()

    def _readings(self, quantity: Quantity) -> frozenset[str]:
        """Return the figure's key, that of "24 trong 63" as a fraction, of 6,800 in English."""
        figure = quantity.figure
        keys = {figure.key}
        if quantity.out_of is not None and figure.kind == "number":
            keys.add(f"f:{figure.values[0]}/{Decimal(quantity.out_of):f}")
        english = None if self._marked else _ENGLISH_THOUSANDS.match(figure.text)
        if english and figure.kind == "number" and parse_number(english.group()) < _THOUSAND:
            keys.add(f"n:{int(figure.values[0] * _THOUSAND)}")
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
        groups = unit_groups(self._text, figure.start, figure.end)
        share = figure.kind == "percent" or figure.key.startswith("rp:")
        return frozenset() if share and is_measure(groups) else groups
