"""The lines of a PDF page as pieces of words that wide gaps part, by their places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.loading.page_lines import Character, text_of
from ingest.loading.tables import is_figure, is_year

# In heights of the letters: a gap between two cells, how far one line's letters may stand apart.
_CELL_GAP = 1.2
_SAME_LINE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line without a wide gap: their edges and their characters' places."""

    left: float
    right: float
    places: tuple[int, ...]
    text: str

    @property
    def goes_on(self) -> bool:
        """Tell whether the words go on with those of a line above: they begin small."""
        return self.text[:1].islower()


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces on one line of print, from left to right."""

    pieces: tuple[Piece, ...]
    foot: float
    size: float

    @property
    def has_figures(self) -> bool:
        """Tell whether a piece after the first is a bare figure other than a year."""
        texts = [piece.text for piece in self.pieces[1:]]
        return any(is_figure(text) and not is_year(text) for text in texts)


def lines_in_pieces(
    characters: Sequence[Character], taken: frozenset[int], legacy: str | None, least: int
) -> list[Row]:
    """Return the lines of print from top to bottom, whatever order the file has.

    None where fewer than `least` of them have several pieces: those `taken` are left out.
    """
    inked = [
        place
        for place, item in enumerate(characters)
        if place not in taken and item.right > item.left and not item.text.isspace()
    ]
    inked.sort(key=lambda place: characters[place].bottom)
    lines: list[list[int]] = []
    for place in inked:
        last = characters[lines[-1][-1]] if lines else None
        item = characters[place]
        if last and item.bottom - last.bottom < _SAME_LINE * (item.bottom - item.top):
            lines[-1].append(place)
        else:
            lines.append([place])
    parted = [(places, _parted(characters, places)) for places in lines]
    if sum(len(groups) > 1 for _, groups in parted) < least:
        return []  # most pages: their words need not be put together
    return [
        Row(
            tuple(_piece(characters, group, legacy) for group in groups),
            characters[places[0]].bottom,
            _size(characters, places),
        )
        for places, groups in parted
    ]


def _size(characters: Sequence[Character], places: Sequence[int]) -> float:
    return median(characters[place].bottom - characters[place].top for place in places)


def _parted(characters: Sequence[Character], places: list[int]) -> list[list[int]]:
    """Return the places on one line parted at wide gaps, from left to right."""
    places = sorted(places, key=lambda place: characters[place].left)
    size = _size(characters, places)
    groups: list[list[int]] = []
    right = 0.0
    for place in places:
        item = characters[place]
        if groups and item.left - right < _CELL_GAP * size:
            groups[-1].append(place)
        else:
            groups.append([place])
        right = max(right, item.right) if len(groups[-1]) > 1 else item.right
    return groups


def _piece(characters: Sequence[Character], group: list[int], legacy: str | None) -> Piece:
    places = _with_spaces(characters, group)
    return Piece(
        min(characters[place].left for place in group),
        max(characters[place].right for place in group),
        places,
        text_of([characters[place] for place in places], legacy),
    )


def _with_spaces(characters: Sequence[Character], group: Iterable[int]) -> tuple[int, ...]:
    """Return the places with those of the spaces behind each, in the order of the file."""
    found: list[int] = []
    for place in sorted(group):
        found.append(place)
        after = place + 1
        while after < len(characters) and characters[after].text.isspace():
            found.append(after)
            after += 1
    return tuple(found)
