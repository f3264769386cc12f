"""Localities of Viet Nam with their old and new names, found in text with offsets.

Since 1 July 2025 there are 34 provinces and cities, made of the 63 before (202/2025/QH15).
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.documents import Boundary
from ingest.text import fold, has_marks

# ISO date since which the 34 units of today stand.
MERGED_ON = "2025-07-01"


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
# These only where the text writes other words with capitals: "Việt Nam định hướng".
_SOMETIMES_COMMON = frozenset({"thái bình", "nam định", "bình định"})
_KIND_BEFORE = re.compile(r"(?:tinh|thanh pho|\btp\.?)\s*$", re.IGNORECASE)
# Wards, communes and the like bear the names of provinces; "thị xã" and "thành phố" are provincial.
_SMALLER_BEFORE = re.compile(
    r"(?<!\w)(?:phường|(?<!thị )xã|thôn|ấp|(?<!thành )phố|sông|làng|đặc khu)\s+$", re.IGNORECASE
)
_SURNAME_BEFORE = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Đinh|Trịnh)"
    r"(?:\s(?:Thị|Văn))?\s+$"
)
# What stands before the name of the person Hồ Chí Minh.
_PERSON = "ho chi minh"
_PERSON_BEFORE = re.compile(
    r"(?:chu tich|tu tuong|dao duc|phong cach|tam guong|cong san|tncs|tien phong|quoc gia|bao tang"
    r"|lang|duong|quang truong|huan chuong|giai thuong|bac|chien dich|thoi dai|cuoc doi|su nghiep"
    r"|di san|nghien cuu|mon)\s+$",
    re.IGNORECASE,
)
_CAPITAL = "thu do"
_FOREIGN_CAPITAL = re.compile(
    r"\s+(?:(?!Hà Nội|HÀ NỘI|Việt Nam)[A-ZĐÀ-Ỹ]|của\s(?!cả|đất|ta\b|Việt)|các\s|một\s)"
)
# Names that begin with a direction, before one that shares a syllable: "phía Bắc Ninh Bình".
_DIRECTED = frozenset({"bac ninh", "tay ninh", "bac giang", "bac kan", "nam dinh"})
_BRAND_BEFORE = re.compile(r"(?:may|hang|laptop|may in|cong ty|tap doan)\s+$", re.IGNORECASE)
_CODE_AFTER = re.compile(r"-?\d|\s*=")
_SHORT_IN_SMALL = re.compile(r"(?:tp|thanh pho|tinh|\bo|tai|cua|ubnd|va)\.?\s*$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s,]*(\w+)")
_LAST_WORD = re.compile(r"(\w+)\W*$")
_BEFORE = 24
# The two ways to place a tone: khánh hòa and khánh hoà.
_TONE_PLACES = (("òa", "oà"), ("óa", "oá"))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("data/localities.toml").read_text("utf-8"))


@cache
def localities() -> tuple[Locality, ...]:
    """Return all localities: the 34 of today and the former ones that went into them."""
    data = _data()
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


def unit_today(name: str) -> str | None:
    """Return the unit of today that a locality, in any known spelling, belongs to."""
    own = canonical(name)
    return next((item.today for item in localities() if item.name == own), None)


def former_units(name: str) -> tuple[str, ...]:
    """Return the units of the 63 that a unit of today was made of, itself included.

    Empty for what is no unit of today: compare figures of the two boundary sets only so.
    """
    own = canonical(name)
    if own is None or unit_today(own) != own:
        return ()
    return tuple(item.name for item in localities() if item.today == own)


def boundary_on(date: str | None) -> Boundary | None:
    """Return which set of units a document of an ISO date, possibly shortened, speaks of.

    None without a date, and for the year or month of the merger alone.
    """
    undecided = date != MERGED_ON and MERGED_ON.startswith(date or "")
    if not date or undecided:
        return None
    return "63" if date < MERGED_ON else "34"


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
    marked = [spelling for item in localities() for spelling in item.spellings]
    folded = [fold(spelling) for spelling in marked]
    nicknames = _data()["nicknames"]
    names |= {nick.casefold(): name for name, nicks in nicknames.items() for nick in nicks}
    nicks = [nick for nicks in nicknames.values() for nick in nicks]
    return _alternatives(marked, nicks), _alternatives(folded), names


def _alternatives(spellings: list[str], nicknames: Sequence[str] = ()) -> re.Pattern[str]:
    ordered = sorted(set(spellings), key=len, reverse=True)
    # "Quỹ đất cảng biển" is no nickname: but for the first letter, theirs are as listed.
    exact = [f"{nick[0]}(?-i:{_loosely(nick[1:])})" for nick in nicknames]
    joined = "|".join([*exact, *map(_loosely, ordered)])
    return re.compile(rf"(?<!\w)(?=\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _loosely(spelling: str) -> str:
    """Return a pattern of a spelling: dots, dashes and spaces between its words may differ."""
    parts = [re.escape(part) for part in spelling.split(" ") if part != "-"]
    return (r"[\s.–-]{0,4}" if " - " in spelling else r"[\s.]{0,4}").join(parts)


# "cap quang nam 2024": the year is told, not the place.
_YEAR_BEHIND = re.compile(r"\s(?:19|20)\d\d(?!\d)")


def find_places(text: str) -> list[Place]:
    """Return the localities that a text names; text without any marks is matched folded.

    Other words, persons, wards and the ocean that hold such a name are none.
    """
    marked, in_small = has_marks(text), text == text.lower()
    with_marks, without_marks, names = _patterns()
    pattern = with_marks if marked else without_marks
    places = []
    whole = text.strip()
    position = 0
    while match := pattern.search(text, position):
        later = _shares_a_syllable(pattern, text, match)
        position = later or match.end()
        name = _name_of(match.group(), names)
        other = match.group() != whole and _is_other_word(
            text, match, marked=marked, in_small=in_small
        )
        if name and not later and not other:
            places.append(Place(name, match.start(), match.end()))
    return places


def section_place(heading: Sequence[str]) -> str | None:
    """Return the one locality that the deepest heading with any names, None where it names more."""
    for line in reversed(heading):
        if named := {place.name for place in find_places(line)}:
            return named.pop() if len(named) == 1 else None
    return None


def canonical(name: str) -> str | None:
    """Return the locality's own name for any known spelling, with or without marks."""
    places = find_places(name.strip())
    return places[0].name if places else None


def _shares_a_syllable(pattern: re.Pattern[str], text: str, match: re.Match[str]) -> int | None:
    """Return where Ninh Bình begins in "phía Bắc Ninh Bình", None where no name does so."""
    if fold(match.group()).casefold() not in _DIRECTED:
        return None
    start = match.start() + len(match.group().split()[0]) + 1
    later = pattern.match(text, start)
    return start if later and later.end() > match.end() else None


def _is_other_word(text: str, match: re.Match[str], *, marked: bool, in_small: bool) -> bool:
    """Tell whether what looks like a place is a common word, a person or a smaller place."""
    bare = fold(match.group())
    if not marked and _YEAR_BEHIND.match(text, match.end()) and bare.casefold().endswith(" nam"):
        return True
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    folded = fold(before)
    if bare.replace(".", "").isalpha() and len(bare.replace(".", "")) <= 2:
        return _is_other_abbreviation(text, match, folded)
    if bare.casefold() == _PERSON and _PERSON_BEFORE.search(folded):
        return True
    if not marked:
        return _is_look_alike(text, match, bare.casefold())
    if _is_common_word(text, match, folded, in_small=in_small) or _SMALLER_BEFORE.search(before):
        return True
    return bool(_SURNAME_BEFORE.search(before)) or _is_part_of_name(text, match, folded)


def _is_other_abbreviation(text: str, match: re.Match[str], before: str) -> bool:
    """Tell whether two letters are none: capitals decide, HP makes computers, HN-72 is a code."""
    if match.group().isupper():
        return bool(_BRAND_BEFORE.search(before) or _CODE_AFTER.match(text, match.end()))
    return not _SHORT_IN_SMALL.search(before)


def _is_common_word(text: str, match: re.Match[str], before: str, *, in_small: bool) -> bool:
    """Tell whether small letters, in a text that is not all in small ones, make a common word."""
    written, low = match.group(), " ".join(match.group().casefold().split())
    if not written.split()[-1].islower() or _KIND_BEFORE.search(before):
        return False
    if low in _COMMON_WORDS:
        return True
    if low in _SOMETIMES_COMMON:
        return written[0].isupper() or not in_small
    foreign = fold(low) == _CAPITAL and written.islower()
    return foreign and bool(_FOREIGN_CAPITAL.match(text, match.end()))


def _is_part_of_name(text: str, match: re.Match[str], before: str) -> bool:
    """Tell the Pacific (Thái Bình Dương), the old Hà Nam Ninh, and the battle of Điện Biên Phủ."""
    low = " ".join(match.group().casefold().split())
    after = _NEXT_WORD.match(text, match.end())
    following = after.group(1).casefold() if after else ""
    if (low, following) in (("thái bình", "dương"), ("hà nam", "ninh")):
        return text[match.end()].isspace()
    return low == "điện biên" and following == "phủ" and not _KIND_BEFORE.search(before)


def _is_look_alike(text: str, match: re.Match[str], name: str) -> bool:
    """Tell whether a name without marks is other words, by the words next to it."""
    if match.group()[0].isupper():
        return False
    known = _data()["look_alikes"].get(" ".join(name.split()))
    around = text[max(0, match.start() - _BEFORE) : match.start()]
    if known is None or _KIND_BEFORE.search(around):
        return False
    before = _LAST_WORD.search(around)
    after = _NEXT_WORD.match(text, match.end())
    return bool(
        (before and before.group(1).casefold() in known["before"].split())
        or (after and after.group(1).casefold() in known["after"].split())
    )


def _name_of(written: str, names: dict[str, str]) -> str | None:
    spelling = re.sub(r"\s+", " ", written.casefold())
    return names.get(spelling) or names.get(fold(spelling)) or _spaced(spelling, names)


def _spaced(spelling: str, names: dict[str, str]) -> str | None:
    """Return the locality of a spelling whose dots, dashes or spaces are written otherwise."""
    bare = _letters(spelling)
    return next((name for key, name in names.items() if _letters(key) == bare), None)


def _letters(spelling: str) -> str:
    return re.sub(r"[\s.–-]", "", fold(spelling))
