"""When a document was published: as its page states, or from what it tells as past or present."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.cleaning.bylines import is_date_line
from ingest.cleaning.lines import KINDS, Layout
from ingest.describing.legal import iso_date
from ingest.describing.replacing import is_own
from ingest.documents import Basis
from ingest.figures import Figure, find_figures
from ingest.splitting.sentences import sentence_spans

# A clause that speaks of a goal, a deadline or a time to come.
_FUTURE = re.compile(
    r"\b(?:sẽ|dự kiến|phấn đấu|mục tiêu|đặt ra|đề ra|hướng tới|hướng đến|tầm nhìn|giai đoạn"
    r"|trước (?:ngày|tháng)|chậm nhất|thời hạn|hạn chót|kể từ|bắt đầu từ|từ nay đến|có hiệu lực"
    r"|hiệu lực thi hành|áp dụng từ|đến (?:hết )?(?:ngày|tháng|quý|năm)"
    r"|hoàn thành (?:trong|vào|trước)|yêu cầu|đề nghị|phải)\b",
    re.IGNORECASE,
)
_UP_TO_NOW = re.compile(r"\b(?:tính|thống kê|cập nhật)\s+(?:\w+\s+)?đến\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:vừa qua|mới đây|vừa (?:ban hành|công bố|tổ chức|ký)|đã|diễn ra|công bố"
    r"|được (?:tổ chức|ban hành|khai trương))\b",
    re.IGNORECASE,
)
_EVENT_BEFORE = re.compile(
    r"(?:^|[,;:(–-]\s*|\b(?:vào|trong|hôm|công bố|tổ chức|diễn ra|ban hành|số liệu)\s+)"
    r"(?:(?:vào|trong)\s+)?(?:sáng|trưa|chiều|tối|ngày|tháng|hôm)?\s*(?:ngày|tháng)?\s*$",
    re.IGNORECASE,
)
_NOW_BEFORE = re.compile(
    r"(?:^|[,:–-]\s*)(?:vào\s+)?(?:sáng|trưa|chiều|tối|ngày|hôm nay,? ngày)(?:\s+ngày)?\s+$",
    re.IGNORECASE,
)
_PAST_YEAR = re.compile(r"(?:^|\b)(?:(?:trong|của|kết quả|đánh giá)\s+)?năm\s+$", re.IGNORECASE)
_ISSUED = re.compile(r"[\s,(]*(?:(?:được\s+)?ban hành\s+)?ngày\s+$", re.IGNORECASE)
_EFFECTIVE = re.compile(
    rf"\b(?P<kind>{KINDS}|văn bản)\s+này\s+(?:bắt đầu\s+)?có hiệu lực(?:\s+thi hành)?"
    r"\s+(?:kể\s+)?từ\s+(?P<signed>ngày\s+(?:ký|ban hành))?",
    re.IGNORECASE,
)
_NEWS_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in ISO 8601, possibly shortened, and whether it is stated or inferred."""

    date: str | None = None
    basis: Basis | None = None
    note: str | None = None


def stated_date(layout: Layout) -> Dated:
    """Return the date in a line of its own above or below the text, or of the issue it was in."""
    for index, reason in sorted(layout.reasons.items()):
        text = layout.lines[index].text
        dates = [iso for f in find_figures(text) if (iso := iso_date(f)) and len(iso) > 4]
        if reason == "date" and dates:
            # The days on which a journal received and accepted a paper only precede publication.
            accepted = not is_date_line(text)
            return Dated(max(dates)[:7], "inferred") if accepted else Dated(dates[0], "stated")
        if reason == "source" and len(dates) == 1:
            return Dated(dates[0][:7], "stated")
    return Dated()


def inferred_date(paragraphs: Iterable[str]) -> Dated:
    """Return the newest day or month that an article tells as past or present, to the month.

    Goals, deadlines and days of coming into force do not count. A day without a year ("Sáng 2/11")
    that opens the article gets the first year in which it follows all dated events; it is given
    whole. A cited document's day of issue is past too, but no event of the article: alone it dates
    nothing. Nothing is returned either where the text tells of a later year than its newest event:
    the article is younger than it then, and how much is unknown.
    """
    sentences = [p[s:e] for p in paragraphs for s, e in sentence_spans(p)]
    told = [iso for sentence in sentences for iso in _days(sentence, issued=False)]
    known = [*told, *(iso for sentence in sentences for iso in _days(sentence, issued=True))]
    newest = max(known, key=_comparable, default=None)
    if not newest:
        return Dated()
    latest_year = max((year for sentence in sentences for year in _told_years(sentence)), default=0)
    day = _today(sentences[:_NEWS_SENTENCES], newest)
    if day and int(day[:4]) >= latest_year:
        note = f"The year of the day {day} is inferred: it is the first after {newest}."
        return Dated(day, "inferred", note)
    same_year = any(iso[:4] == newest[:4] for iso in told)
    return (
        Dated(newest[:7], "inferred") if same_year and int(newest[:4]) >= latest_year else Dated()
    )


def effective_date(sentences: Iterable[str], kind: str, issued: str | None) -> str | None:
    """Return the day from which a legal document of a kind says that it applies.

    "Kể từ ngày ký" is the day `issued`. What it says of a document of another kind does not count.
    """
    for sentence in sentences:
        match = _EFFECTIVE.search(sentence)
        if not match or not is_own(match["kind"], kind):
            continue
        if match["signed"]:
            return issued if issued and len(issued) == len("2025-01-01") else None
        figure = next((f for f in find_figures(sentence) if f.start >= match.end()), None)
        if figure and figure.kind == "date" and figure.start - match.end() <= 8:
            return iso_date(figure)
    return None


def _comparable(iso: str) -> str:
    """Return a date for comparison: a month is as late as its last day."""
    return iso if len(iso) > 7 else f"{iso}-31"


def _days(sentence: str, *, issued: bool) -> Iterator[str]:
    """Yield the days and months, with a year, of issue of documents, or else of events."""
    figures = find_figures(sentence)
    numbers = [figure.end for figure in figures if figure.key.startswith("l:")]
    for figure in figures:
        iso = iso_date(figure)
        if not iso or len(iso) < len("2025-01"):
            continue
        if issued == _is_issue(sentence, numbers, figure.start) and (
            issued or _is_told(sentence, figure)
        ):
            yield iso


def _is_issue(sentence: str, numbers: list[int], start: int) -> bool:
    """Tell whether a date belongs to a legal document's number right before it: it is out then."""
    before = [end for end in numbers if end <= start]
    return bool(before) and _ISSUED.match(sentence[before[-1] : start]) is not None


def _is_told(sentence: str, figure: Figure) -> bool:
    before, after = sentence[: figure.start], sentence[figure.end :]
    if _UP_TO_NOW.search(before[-30:]):
        return True
    clause = re.split(r"[;:]|, (?=trong đó|nhằm|để|và )", before)[-1]
    if _FUTURE.search(clause) or re.match(r"[^.;,]{0,60}\bsẽ\b", after):
        return False
    return bool(_EVENT_BEFORE.search(before)) or bool(_PAST.search(clause))


def _told_years(sentence: str) -> Iterator[int]:
    """Yield years that a sentence tells as past: "Năm 2022, ... đạt"."""
    for figure in find_figures(sentence):
        if figure.kind == "year" and _PAST_YEAR.search(sentence[: figure.start]):
            clause = re.split(r"[;:]", sentence[: figure.start])[-1]
            rest = re.split(r"[.;]", sentence[figure.end :])[0]
            if (
                not _FUTURE.search(clause)
                and not re.search(r"\b(?:sẽ|phấn đấu|dự kiến)\b", rest)
                and _PAST.search(rest)
            ):
                yield int(figure.key[2:])


def _today(opening: Iterable[str], newest: str) -> str | None:
    """Return the day without a year that a news item opens with, in the first year after all."""
    for sentence in opening:
        for figure in find_figures(sentence):
            match = re.fullmatch(r"d:-(\d\d-\d\d)", figure.key)
            if match and _NOW_BEFORE.search(sentence[: figure.start]):
                year = int(newest[:4])
                day = f"{year}-{match[1]}"
                return day if day >= newest else f"{year + 1}-{match[1]}"
    return None
