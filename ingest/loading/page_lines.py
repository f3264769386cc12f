"""What stands on a page: characters and lines with their places, in points from the top left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.loading.encodings import convert_runs
from ingest.loading.layout import LOOKED_BACK, one_line, raised
from ingest.loading.tables import GridCell

_RAISED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its box; spaces and line ends that the reader put in have no width."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its text on one line, its box, and the widths that tell where it was cut.

    `stands_alone`: it is never joined with the next one, as a row of columns is.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first_word: float
    space: float
    stands_alone: bool = False

    @property
    def size(self) -> float:
        """Return the line's height."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Return the line's length."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page: its rows, and its edges to tell whether it goes on.

    `covered` holds what each column's words cover, where no lines are drawn: left and right are
    only those of the words then, which are others on each page.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    left: float
    right: float
    columns: int
    covered: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size, and its lines and tables in reading order.

    `has_columns`: figures stand in columns on it, which are lines all the same.
    """

    number: int
    width: float
    height: float
    items: tuple[Line | Table, ...]
    has_columns: bool = False


def lines_of(characters: Sequence[Character], legacy: str | None = None) -> list[Line]:
    """Return the lines that newline characters part; lines without words are left out."""
    lines: list[Line] = []
    current: list[Character] = []
    for character in [*characters, Character("\n", 0, 0, 0, 0)]:
        if character.text != "\n":
            current.append(character)
            continue
        if line := _line(current, legacy):
            lines.append(line)
        current = []
    return lines


def text_of(characters: Sequence[Character], legacy: str | None = None) -> str:
    """Return the characters' text on one line, letters of legacy fonts converted."""
    runs: list[tuple[str, str | None]] = []
    for text, font in _with_marks(characters):
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + text, font)
        else:
            runs.append((text, font))
    return one_line(convert_runs(runs, legacy))


def _with_marks(characters: Sequence[Character]) -> Iterator[tuple[str, str | None]]:
    """Yield (text, font) of the characters, the raised ones behind a word or figure as one mark."""
    before, font = "", None
    base: Character | None = None
    place = 0
    while place < len(characters):
        end = place
        while base and end < len(characters) and _is_raised(characters[end], base):
            end += 1
        character = characters[place]
        if end > place:
            text = raised("".join(item.text for item in characters[place:end]), before)
        else:
            text, end = " " if character.text == "\n" else character.text, place + 1
            base = None if text.isspace() else character
        font = character.font if character.right > character.left else font
        yield text, font
        before = (before + text)[-LOOKED_BACK:]
        place = end


def _line(characters: list[Character], legacy: str | None) -> Line | None:
    inked = [item for item in characters if item.right > item.left and not item.text.isspace()]
    text = text_of(characters, legacy)
    if not inked or not text:
        return None
    word: list[Character] = []
    for item in characters:
        if item.text.isspace():
            if word:
                break
        elif item.right > item.left:
            word.append(item)
    height = median(item.bottom - item.top for item in inked)
    return Line(
        text=text,
        left=min(item.left for item in inked),
        right=max(item.right for item in inked),
        top=median(item.top for item in inked),
        bottom=median(item.top for item in inked) + height,
        first_word=word[-1].right - word[0].left if word else 0.0,
        space=height * 0.2,
    )


def _is_raised(character: Character, base: Character) -> bool:
    """Tell whether a character is of a note's number: smaller than its word, above its foot."""
    height, before = character.bottom - character.top, base.bottom - base.top
    return (
        (character.text.isdigit() or character.text in "()")
        and 0 < height < _RAISED_SHARE * before
        and character.bottom < base.bottom - 0.1 * before
    )
