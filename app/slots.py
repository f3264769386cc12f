"""The slots of a follow-up that take the place of those of the earlier question."""

import re
from dataclasses import dataclass
from datetime import date

from app.alternatives import Alternative, find_alternatives
from app.language import language_of, without_places
from app.leaning import MEASURE, asks, is_relational, opens, own_concepts
from app.times import times_named, years_named
from ingest.places import find_places
from ingest.text import fold, has_marks

# A year or a span of years that stands alone; those of dates and document numbers are not meant.
_YEAR = re.compile(r"(?<![\d.,/-])((?:20\d\d\s?[-–]\s?)?20\d\d)(?![.,]?\d|[/-])")
_IN_PHASE = re.compile(rf"(giai đoạn|giai doan|năm|nam)\s+{_YEAR.pattern}", re.IGNORECASE)
_NEXT_TO = {
    -1: re.compile(r"\bnam (?:truoc(?: do)?|lien truoc|lien ke truoc)\b"),
    1: re.compile(r"\bnam (?:sau(?: do)?|tiep theo|ke tiep|tiep)\b"),
}
_OPENING_WORDS = re.compile(
    r"^(?:(?:dạ|ừ|ờ|ok|vâng|à|ồ|thế|vậy|rồi|còn|và|da|u|vang|the|vay|roi|con|va"
    r"|what about|how about|and)[\s,]+)+",
    re.IGNORECASE,
)
_CLOSING_WORDS = re.compile(r"(?:\s+(?:thì sao|thi sao|nhỉ|ạ|vậy|thế))*[\s?!.]*$", re.IGNORECASE)
_FILLERS = re.compile(
    r"\b(?:what|about|and|in|for|how|by|the|year|of|at|then|is|it|to|until)\b|[\W_\d]",
    re.IGNORECASE,
)
# The words of the earlier question that ask: a follow-up that asks for itself does without them.
_ASKING = re.compile(
    r"\s*\b(?:(?:là|đạt|chiếm|được|vào|do)\s+)?(?:bao nhiêu(?:\s*(?:phần trăm|%))?"
    r"|mấy(?:\s*(?:phần trăm|%))?|(?:ngày|tháng|năm|khi) nào|bao giờ|(?:như )?thế nào|ra sao"
    r"|(?:những )?gì|(?-i:ai)|(?:thứ|hạng) mấy|ở đâu|vì sao|tại sao)(?!\w)"
    r"|\s*\b(?:phải không|đúng không|hay không|không|chưa)\s*\?*$",
    re.IGNORECASE,
)
_BARE_ASKING = re.compile(
    r"\s*\b(?:(?:la|dat|chiem|duoc|vao)\s+)?(?:bao nhieu(?:\s*(?:phan tram|%))?|(?:khi|ngay) nao"
    r"|bao gio|nhu the nao|ra sao|la gi|la ai|(?:thu|hang) may|o dau)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slots:
    """The places, years and things of a kind that a follow-up names; `rest` is all else."""

    places: tuple[str, ...]
    years: tuple[str, ...]
    others: tuple[Alternative, ...]
    rest: str

    def __bool__(self) -> bool:
        """Tell whether the follow-up names any."""
        return bool(self.places or self.years or self.others)

    def is_doubtful(self, earlier: str) -> bool:
        """Tell whether the earlier question has several of which one may be meant."""
        places = {place.name for place in find_places(earlier)}
        years = {match.group(1) for match in _YEAR.finditer(earlier)}
        kinds = {item.kind for item in self.others}
        others = {item.name for item in find_alternatives(earlier) if item.kind in kinds}
        return (
            (bool(self.places) and len(places) > 1)
            or (bool(self.years) and len(years) > 1)
            or (bool(self.others) and len(others) > 1)
        )


def slots_of(typed: str, earlier: str, today: date | None) -> Slots:
    """Return the slots of a follow-up; "năm trước" is told from the earlier question's year."""
    years = tuple(match.group(1) for match in _YEAR.finditer(typed))
    if not years:
        years = _years_told(typed, earlier, today)
    kinds = {item.kind for item in find_alternatives(earlier)}
    others = [item for item in find_alternatives(typed) if item.kind in kinds or item.added]
    rest = _YEAR.sub(" ", without_places(typed))
    for item in reversed(find_alternatives(rest)):
        if item.kind in kinds or item.added:
            rest = rest[: item.start] + " " + rest[item.end :]
    if language_of(earlier) == "en" or language_of(typed) == "en":
        rest = _FILLERS.sub("", rest)
    places = tuple(dict.fromkeys(place.name for place in find_places(typed)))
    return Slots(places, years, tuple(others), rest)


def _years_told(typed: str, earlier: str, today: date | None) -> tuple[str, ...]:
    base = years_named(earlier)
    plain = " ".join(fold(typed).casefold().split())
    for distance, pattern in _NEXT_TO.items():
        if len(base) == 1 and pattern.search(plain):
            return (str(base[0] + distance),)
    return tuple(map(str, times_named(typed, today).relative))


def with_slots(earlier: str, slots: Slots) -> str:
    """Return the earlier question with the follow-up's slots, added where it had none."""
    changed = replaced(earlier, slots)
    english = language_of(earlier) == "en"
    added = []
    for item in slots.others:
        if item.added and not any(other.kind == item.kind for other in find_alternatives(earlier)):
            added.append(f"{item.added} {item.name}")
    if slots.places and not find_places(earlier):
        added.append(("in " if english else "ở ") + _listed(slots.places, english=english))
    if slots.years and not _YEAR.search(earlier):
        added.append(("in " if english else _time_word(slots.years[0])) + slots.years[0])
    return f"{changed.rstrip('?!. ')} {' '.join(added)}?" if added else changed


def replaced(earlier: str, slots: Slots) -> str:
    """Return the earlier question with the follow-up's slots in place of its own."""
    changed = _with_others(earlier, slots.others)
    changed = _with_years(changed, slots.years)
    return _with_places(changed, slots.places)


def _with_others(earlier: str, others: tuple[Alternative, ...]) -> str:
    for item in reversed(find_alternatives(earlier)):
        for other in others:
            if other.kind == item.kind:
                earlier = earlier[: item.start] + other.name + earlier[item.end :]
    return earlier


def _with_years(earlier: str, years: tuple[str, ...]) -> str:
    if not years:
        return earlier

    def renamed(match: re.Match[str]) -> str:
        word = _time_word(years[0])
        return (word.capitalize() if match.group(1)[0].isupper() else word) + years[0]

    changed = _IN_PHASE.sub(renamed, earlier)
    return changed if changed != earlier else _YEAR.sub(years[0], earlier)


def _time_word(year: str) -> str:
    return "giai đoạn " if len(year) > len("2025") else "năm "


def _with_places(earlier: str, names: tuple[str, ...]) -> str:
    mentioned = find_places(earlier)
    if not names or not mentioned:
        return earlier
    first = mentioned[0]
    listed = _listed(names, english=language_of(earlier) == "en")
    return earlier[: first.start] + listed + earlier[first.end :]


def _listed(names: tuple[str, ...], *, english: bool) -> str:
    return (" and " if english else " và ").join(names)


def only_topic(earlier: str) -> str:
    """Return what a question is about, without its words that ask."""
    pattern = _ASKING if has_marks(earlier) else _BARE_ASKING
    topic = pattern.sub("", earlier).strip(" ?!.,;")
    return topic if own_concepts(topic) or find_places(topic) else earlier.rstrip("?!. ")


def measured_alone(typed: str, earlier: str, slots: Slots) -> str | None:
    """Return a follow-up that names a measure of its own, with the earlier place and year.

    "Còn tỷ lệ hài lòng?" asks of another thing: the earlier one would only stand in the way.
    """
    bare = _CLOSING_WORDS.sub("", _OPENING_WORDS.sub("", typed))
    telling = [concept for concept in own_concepts(bare) if not is_relational(concept)]
    if not opens(typed) or not MEASURE.match(fold(bare).casefold()) or not telling:
        return None
    places = () if slots.places else tuple(dict.fromkeys(p.name for p in find_places(earlier)))
    years = slots.years or tuple(match.group(1) for match in _YEAR.finditer(earlier))
    named = [] if _YEAR.search(bare) else years
    added = [f"ở {_listed(places, english=False)}"] if places else []
    added += [_time_word(year) + year for year in named[:1]]
    asking = "" if asks(bare) else " là bao nhiêu"
    return " ".join([bare[0].upper() + bare[1:], *added]) + f"{asking}?"
