"""What stands on a page: characters and lines with their places, in points from the top left."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.loading.encodings import convert_runs
from ingest.loading.layout import SUPERSCRIPTS, one_line
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
    """A line of print: its text on one line, its box, and the widths that tell where it was cut."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first_word: float
    space: float

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
    """A table of a page: its rows, and its left and right edges to tell whether it goes on."""

    rows: tuple[tuple[GridCell, ...], ...]
    left: float
    right: float
    columns: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size, and its lines and tables in reading order."""

    number: int
    width: float
    height: float
    items: tuple[Line | Table, ...]
    is_recognised: bool = False


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
    previous: Character | None = None
    for character in characters:
        text = " " if character.text == "\n" else character.text
        if previous and _is_raised(character, previous):
            text = text.translate(SUPERSCRIPTS)
        font = (
            character.font if character.right > character.left else (runs[-1][1] if runs else None)
        )
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + text, font)
        else:
            runs.append((text, font))
        previous = character
    return one_line(convert_runs(runs, legacy))


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


def _is_raised(character: Character, previous: Character) -> bool:
    """Tell whether a digit is a note's number behind a figure: smaller, and above its foot."""
    height, before = character.bottom - character.top, previous.bottom - previous.top
    return (
        character.text.isdigit()
        and (previous.text.isdigit() or previous.text == "%")
        and 0 < height < _RAISED_SHARE * before
        and character.bottom < previous.bottom - 0.1 * before
    )
