"""Legal documents that a text names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.cleaning.lines import KINDS
from ingest.describing.issuers import (
    authority_before,
    authority_in,
    issuer_by_symbol,
    kinds_by_symbol,
    party_committee,
    with_locality,
)
from ingest.documents import LegalReference
from ingest.figures import Figure, find_figures, legal_key, short_legal_key

_KIND_BEFORE = re.compile(rf"(?<!\w)(?P<kind>{KINDS})\s+(?:số\s*:?\s*)?$", re.IGNORECASE)
# "Luật Làng nghề số 12/2024/QH15": the kind stands before the name.
_NAMED_BEFORE = re.compile(
    r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh|Nghị quyết)\s[^.;:\n“”\"]{2,150}\s(?:số|SỐ)\s*$"
)
_VERBS = frozenset({"quy định", "hướng dẫn", "kết luận", "thông báo", "báo cáo", "quyết định"})
_SHORT = re.compile(
    r"(?P<kind>.+?)\s+(?:số\s*:?\s*)?(?P<serial>\d+(?:\.\d+)?[a-d]?)"
    r"(?:\s*/\s*(?P<year>\d{4})|\s+(?:năm|nam)\s+(?P<of>\d{4}))?$",
    re.IGNORECASE | re.DOTALL,
)
_ISSUE = r"(?:được\s+)?(?:ban hành|ký ban hành|ký|thông qua|công bố|phê duyệt)"
_TO_DATE = re.compile(
    rf"^[\s,(]*(?:(?:do|của)\s[^,;.()“”\"\d]{{2,70}}?)?[\s,]*(?:{_ISSUE})?\s*(?:vào\s+)?(?:ngày|tháng|năm)?\s*$",
    re.IGNORECASE,
)
_FROM_DATE = re.compile(
    rf"^\s*,?\s[^.;:\n“”\"]{{0,90}}\b(?:đã\s+)?{_ISSUE}\s+(?:{KINDS})\s+(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"(?:ngày|sáng|chiều)\s+$", re.IGNORECASE)
_BY = re.compile(r"^[\s,]*(?:(?:được\s+)?(?:ban hành\s+)?(?:do|của|bởi))\s+", re.IGNORECASE)
_REACH = 120
_BEFORE = 170
# What is called by a number without being a legal act of its own.
_NO_ACT = frozenset({"da", "ctr", "bc"})
_PARTY_SYMBOL = re.compile(r"(?<=/)TW$|(?<=-)TW$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citations:
    """The legal documents that a text names, and what an operator should know of their numbers."""

    references: tuple[LegalReference, ...]
    notes: tuple[str, ...] = ()


def find_citations(
    text: str, start: int, locality: str | None, own_number: str | None = None
) -> Citations:
    """Return each legal document that the text names from `start` on, once, at its first mention.

    Kind, date and issuer come from whichever mention states them; what none states is told by the
    symbol of the number, or stays None. The document's own number is no citation.
    """
    figures = find_figures(text)
    mentions = [
        _mention(text, figures, place, locality)
        for place, figure in enumerate(figures)
        if figure.key.startswith("l:") and figure.start >= start and _names_act(figure)
    ]
    references = _merged(mentions)
    own = legal_key(own_number) if own_number else None
    kept = [
        ref for ref in references if own is None or _key(ref) not in (own, short_legal_key(own))
    ]
    completed = [_completed(ref, locality) for ref in kept]
    # A number that nothing calls a document is that of a form: "mẫu 02/GTGT".
    finished = tuple(ref for ref in completed if ref.kind or ref.date or ref.issuer)
    return Citations(finished, tuple(_notes(finished, mentions)))


def _names_act(figure: Figure) -> bool:
    short = re.match(r"l:([a-z]+):", figure.key)
    return not short or short[1] not in _NO_ACT


def _mention(
    text: str, figures: Sequence[Figure], place: int, locality: str | None
) -> LegalReference:
    figure = figures[place]
    start = figure.start
    short = _SHORT.match(figure.text) if re.match(r"l:[a-z]+:", figure.key) else None
    if short:
        number = short["serial"]
        kind: str | None = _capitalised(short["kind"])
        start += short.start("serial")
    else:
        number = "".join(figure.text.split())
        kind = _kind_before(text, start)
    date, date_end = _date_of(text, figures, place)
    if short:
        date = date or short["year"] or short["of"]
    issuer = (
        _issuer_after(text, figure.end)
        or _issuer_after(text, date_end)
        or authority_before(text[max(0, start - _BEFORE) : start])
    )
    issuer = with_locality(issuer, locality) if issuer else None
    canonical = None
    if party_committee(issuer) and _PARTY_SYMBOL.search(number):
        canonical = _PARTY_SYMBOL.sub("TU", number)
    end = start + len(number) if short else figure.end
    return LegalReference(number, kind, date, issuer, canonical, start, end)


def _capitalised(kind: str) -> str:
    return " ".join(kind.split()).capitalize()


def _kind_before(text: str, start: int) -> str | None:
    before = text[max(0, start - _BEFORE) : start]
    match = _KIND_BEFORE.search(before) or _NAMED_BEFORE.search(before)
    # In small letters and without "số" these are verbs: "được quy định 5/2024/...".
    if match and match["kind"] in _VERBS and not re.search(r"số\W*$", before):
        return None
    return _capitalised(match["kind"]) if match else None


def _date_of(text: str, figures: Sequence[Figure], place: int) -> tuple[str | None, int]:
    """Return the date that stands behind a number, or before its sentence's "ban hành"."""
    figure = figures[place]
    after = figures[place + 1] if place + 1 < len(figures) else None
    if after and after.kind in ("date", "month", "year") and after.start - figure.end <= _REACH:
        between = text[figure.end : after.start]
        if _TO_DATE.match(between) and (after.kind != "year" or between.strip(" (") == "năm"):
            return iso_date(after), after.end
    before = figures[place - 1] if place else None
    if before and before.kind == "date" and iso_date(before):
        between = text[before.end : figure.start]
        if _FROM_DATE.match(between) and _DAY_BEFORE.search(text[: before.start][-8:]):
            return iso_date(before), figure.end
    return None, figure.end


def iso_date(figure: Figure) -> str | None:
    """Return a date, month or year of a text as ISO 8601, None where its year is not written."""
    match = re.fullmatch(r"[dmy]:((?:19|20)\d\d(?:-\d\d){0,2})", figure.key)
    return match[1] if match else None


def _issuer_after(text: str, end: int) -> str | None:
    by = _BY.match(text[end : end + _REACH])
    return authority_in(text[end + by.end() : end + _REACH]) if by else None


def _key(reference: LegalReference) -> str:
    number = reference.canonical or reference.number
    if not re.fullmatch(r"\d+(?:\.\d+)?[a-d]?", number):
        return legal_key(number)
    kind = next((f.key for f in find_figures(f"{reference.kind} số {number}")), "")
    return kind if kind.startswith("l:") else f"l:{reference.kind}:{number}"


def _merged(mentions: Iterable[LegalReference]) -> list[LegalReference]:
    """Return one reference for each document: "Nghị quyết 57" is 57-NQ/TW where both are named."""
    found: dict[str, LegalReference] = {}
    short: list[LegalReference] = []
    for mention in mentions:
        key = _key(mention)
        if re.match(r"l:[^:]+:", key):
            short.append(mention)
        else:
            found[key] = _joined(found[key], mention) if key in found else mention
    found = _one_canonical(found)
    for mention in short:
        key = _key(mention)
        full = [k for k, ref in found.items() if short_legal_key(k) == key and _agree(ref, mention)]
        if len(full) == 1:
            found[full[0]] = _joined(found[full[0]], mention)
        elif not full:
            found[key] = _joined(found[key], mention) if key in found else mention
    return sorted(found.values(), key=lambda ref: ref.start or 0)


def _one_canonical(found: dict[str, LegalReference]) -> dict[str, LegalReference]:
    """Return the references with a wrongly written number joined to the right one's."""
    joined = dict(found)
    for key, reference in found.items():
        wrong = legal_key(reference.number)
        if reference.canonical and wrong != key and wrong in joined:
            other = joined[wrong]
            if not party_committee(other.issuer) and _agree(reference, other):
                if other.issuer and other.issuer != reference.issuer:
                    continue
                joined[key] = _joined(joined[key], joined.pop(wrong))
    return joined


def _agree(one: LegalReference, other: LegalReference) -> bool:
    return (
        not one.date
        or not other.date
        or one.date.startswith(other.date)
        or other.date.startswith(one.date)
    )


def _joined(first: LegalReference, again: LegalReference) -> LegalReference:
    """Return the earlier mention, filled up with what the other one states."""
    return replace(
        min(first, again, key=lambda ref: ref.start or 0),
        number=max((first.number, again.number), key=len),
        kind=first.kind or again.kind,
        date=_better_date(first, again),
        issuer=first.issuer or again.issuer,
        canonical=first.canonical or again.canonical,
    )


def _better_date(first: LegalReference, again: LegalReference) -> str | None:
    """Return the date that agrees with the year in the number, else the fuller, else the first."""
    dates = [ref.date for ref in (first, again) if ref.date]
    year = re.search(r"/((?:19|20)\d\d)/", first.number)
    if year:
        dates = [date for date in dates if date.startswith(year[1])] or dates
    return max(dates, key=len, default=None)


def _completed(reference: LegalReference, locality: str | None) -> LegalReference:
    number = reference.canonical or reference.number
    return replace(
        reference,
        kind=reference.kind or next(iter(kinds_by_symbol(number)), None),
        issuer=reference.issuer or issuer_by_symbol(number, locality),
    )


def _notes(references: Iterable[LegalReference], mentions: Sequence[LegalReference]) -> list[str]:
    notes = []
    for reference in references:
        if reference.canonical:
            notes.append(
                f"{reference.number} of {reference.issuer} is taken for {reference.canonical}: "
                "TW is the symbol of the Central Committee, TU that of a province's committee."
            )
        symbols = kinds_by_symbol(reference.number)
        if symbols and reference.kind and not any(s in reference.kind for s in symbols):
            symbol = symbols[0]
            notes.append(
                f"{reference.number} is called {reference.kind}; its symbol says {symbol}."
            )
        same = {
            m.date for m in mentions if m.date and len(m.date) == 10 and _key(m) == _key(reference)
        }
        if len(same) > 1:
            listed = ", ".join(sorted(same))
            notes.append(f"{reference.number} is dated {listed}: {reference.date} is taken.")
    return notes
