"""Localities of Viet Nam with their old and new names, found in text with offsets.

Since 1 July 2025 there are 34 provinces and cities, made of the 63 before (202/2025/QH15).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.text import fold, has_marks


@dataclass(frozen=True, slots=True)
class Place:
    """A locality named in a text: its own name, and offsets of the mention."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Locality:
    """A province or city under any of its names; `today` is the unit that it belongs to now."""

    name: str
    today: str
    spellings: tuple[str, ...]


# In small letters and with marks these are common words too: peace, and "as high as".
_COMMON_WORDS = frozenset({"hòa bình", "hoà bình", "cao bằng"})
_KIND_BEFORE = re.compile(r"(?:tinh|thanh pho)\s+$", re.IGNORECASE)
# What stands before the name of the person Hồ Chí Minh.
_PERSON = "ho chi minh"
_PERSON_BEFORE = re.compile(
    r"(?:chu tich|tu tuong|dao duc|phong cach|tam guong|cong san|tncs|tien phong|quoc gia|bao tang"
    r"|lang|duong|quang truong|huan chuong|giai thuong|bac)\s+$",
    re.IGNORECASE,
)
# The two ways to place a tone: khánh hòa and khánh hoà.
_TONE_PLACES = (("òa", "oà"), ("óa", "oá"))


@cache
def localities() -> tuple[Locality, ...]:
    """Return all localities: the 34 of today and the former ones that went into them."""
    data = tomllib.loads(files("ingest").joinpath("data/localities.toml").read_text("utf-8"))
    also = data["former_also"]
    found = []
    for entry in data["locality"]:
        name = entry["name"]
        found.append(Locality(name, name, _spellings(name, *entry.get("also", ()))))
        found.extend(
            Locality(former, name, _spellings(former, *also.get(former, ())))
            for former in entry.get("former", ())
            if former != name
        )
    return tuple(found)


def _spellings(*written: str) -> tuple[str, ...]:
    other = [name.replace(new, old) for name in written for new, old in _TONE_PLACES]
    return tuple(dict.fromkeys([*written, *other]))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Return patterns for text with and without marks, and the locality of each spelling."""
    names: dict[str, str] = {}
    for locality in localities():
        for spelling in locality.spellings:
            names[spelling.casefold()] = locality.name
            names.setdefault(fold(spelling).casefold(), locality.name)
    # Capitals decide for short forms such as HN, and nothing else may stand for a name.
    marked = [spelling for item in localities() for spelling in item.spellings]
    folded = [fold(spelling) for spelling in marked]
    return _alternatives(marked), _alternatives(folded), names


def _alternatives(spellings: list[str]) -> re.Pattern[str]:
    ordered = sorted(set(spellings), key=len, reverse=True)
    joined = "|".join(_loosely(spelling) for spelling in ordered)
    return re.compile(rf"(?<!\w)(?=\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _loosely(spelling: str) -> str:
    """Return a pattern of a spelling: dots, dashes and spaces between its words may differ."""
    parts = [re.escape(part) for part in spelling.split(" ") if part != "-"]
    return (r"[\s.–-]*" if " - " in spelling else r"[\s.]*").join(parts)


def find_places(text: str) -> list[Place]:
    """Return the localities that a text names; text without any marks is matched folded."""
    marked, folded, names = _patterns()
    pattern = marked if has_marks(text) else folded
    places = []
    whole = text.strip()
    for match in pattern.finditer(text):
        spelling = re.sub(r"\s+", " ", match.group().casefold())
        name = names.get(spelling) or names.get(fold(spelling)) or _spaced(spelling, names)
        if name and (match.group() == whole or not _is_other_word(text, match)):
            places.append(Place(name, match.start(), match.end()))
    return places


def _is_other_word(text: str, match: re.Match[str]) -> bool:
    """Tell whether what looks like a place is a common word or a person."""
    bare = fold(match.group())
    before = fold(text[max(0, match.start() - 16) : match.start()])
    if match.group().casefold() in _COMMON_WORDS:
        return bare.split()[-1].islower() and not _KIND_BEFORE.search(before)
    return bare.casefold() == _PERSON and bool(_PERSON_BEFORE.search(before))


def _spaced(spelling: str, names: dict[str, str]) -> str | None:
    """Return the locality of a spelling whose dots, dashes or spaces are written otherwise."""
    bare = _letters(spelling)
    return next((name for key, name in names.items() if _letters(key) == bare), None)


def _letters(spelling: str) -> str:
    return re.sub(r"[\s.–-]", "", fold(spelling))


def canonical(name: str) -> str | None:
    """Return the locality's own name for any known spelling, with or without marks."""
    places = find_places(name.strip())
    return places[0].name if places else None
