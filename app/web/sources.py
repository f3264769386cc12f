"""How a cited document is named: publisher, date and place, as words of the page."""

import re

from app.answers import Citation
from app.web.strings import DateStrings, Strings
from ingest.documents import Description

_YEAR_LENGTH = 4
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")


def format_date(date: str, strings: DateStrings, *, in_sentence: bool = False) -> str:
    """Return an ISO date, possibly shortened, as a reader writes it; other text unchanged."""
    parts = _DATE.fullmatch(date.strip())
    if parts is None:
        return date
    year, month, day = parts["year"], parts["month"], parts["day"]
    if day:
        template = strings.day_in_sentence if in_sentence else strings.day
        return template.format(day=int(day), month=int(month), year=year)
    if month:
        return strings.month.format(month=int(month), year=year)
    return strings.year.format(year=year)


def publisher_label(document: Description, strings: Strings) -> str:
    """Return who speaks: the publisher, or for a digest whose words it sums up."""
    words = strings.source
    if document.kind == "digest":
        if document.publisher is None:
            return words.digest_unknown
        return words.digest.format(publisher=document.publisher)
    if document.publisher is None:
        return words.original_unknown
    return words.original.format(publisher=document.publisher)


def date_label(document: Description, strings: Strings) -> str | None:
    """Return the document's date, saying so when it was inferred."""
    if document.date is None:
        return None
    date = format_date(document.date, strings.date, in_sentence=True)
    if document.date_basis == "inferred":
        return strings.source.inferred.format(date=date)
    return date


def source_label(document: Description, strings: Strings) -> str:
    """Return publisher and date on one line."""
    parts = (publisher_label(document, strings), date_label(document, strings))
    return " · ".join(part for part in parts if part)


def place_label(citation: Citation, strings: Strings) -> str | None:
    """Return where in the document the quote stands; a heading that is the title is left out."""
    passage = citation.passage
    above = (text for text in passage.heading if text != passage.document.title)
    # The passage itself shows the heading that it begins with.
    headings = [text for text in above if not passage.text.startswith(text)]
    place = " › ".join(headings)
    if citation.sentence.page is None:
        return place or None
    page = strings.evidence.page.format(page=citation.sentence.page)
    return f"{place} · {page}" if place else page


def as_of_label(citation: Citation, strings: Strings) -> str | None:
    """Return what time the figure describes, unless it is only the document's own date."""
    if citation.as_of is None or citation.as_of == citation.passage.document.date:
        return None
    date = format_date(citation.as_of, strings.date, in_sentence=True)
    # What is told of a time to come is an aim: no figure "as of" then.
    told = citation.passage.document.date
    reached = told is not None and citation.as_of[:_YEAR_LENGTH] <= told[:_YEAR_LENGTH]
    words = strings.evidence
    return (words.as_of if reached else words.as_of_later).format(date=date)


def copy_text(citation: Citation, strings: Strings) -> str:
    """Return the quote with its source, ready to be pasted into a report."""
    document = citation.passage.document
    source = ", ".join(
        part
        for part in (
            document.title,
            publisher_label(document, strings),
            date_label(document, strings),
        )
        if part
    )
    quote = " ".join(citation.quote.split())
    return strings.evidence.copy_format.format(quote=quote, source=source)
