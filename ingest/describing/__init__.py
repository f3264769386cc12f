"""What a file states of itself, and what its text shows: title, publisher, dates, citations."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.cleaning.bylines import author, names
from ingest.cleaning.letterhead import Letterhead, read_letterhead
from ingest.cleaning.lines import Layout, paragraphs, read_layout, without
from ingest.describing.dating import Dated, effective_date, inferred_date, stated_date
from ingest.describing.legal import find_citations, iso_date
from ingest.describing.publishers import issuing_body, press_publisher
from ingest.describing.replacing import replaced_in, replacing_in
from ingest.describing.titles import find_title, is_named, kind_of
from ingest.documents import Description, Dropped, Heading, LegalReference
from ingest.figures import find_figures, legal_key, short_legal_key
from ingest.loading.loaded import LoadedFile, Stated
from ingest.places import find_places
from ingest.splitting.sentences import sentence_spans

_LOCALITY_SHARE = 0.5
# Labels of the table that portals put above a legal document, without marks.
_NUMBER_LABELS = ("so hieu", "so ky hieu")
_ISSUED_LABELS = ("ngay ban hanh",)
_EFFECTIVE_LABELS = ("ngay hieu luc", "ngay co hieu luc")
_REPLACES_LABELS = ("thay the cho", "van ban bi thay the")
_REPLACED_BY_LABELS = ("bi thay the boi", "van ban thay the")
_OTHER_PAGES = frozenset({"menu", "related", "comment_form", "tags"})
_SHORT_KEY = re.compile(r"l:[a-z]+:")


@dataclass(frozen=True, slots=True)
class Described:
    """A description, and what the operator should know of how it was found."""

    description: Description
    notes: tuple[str, ...] = ()


def describe(
    document_id: str,
    loaded: LoadedFile,
    headings: tuple[Heading, ...],
    dropped: tuple[Dropped, ...],
) -> Described:
    """Return what the file states, filled up with what its text shows; the rest stays None."""
    stated = loaded.stated
    whole = read_layout(loaded)
    layout = without(whole, dropped)
    head = read_letterhead(whole)
    title = find_title(layout, headings)
    number = stated.number or _number(layout, head, title)
    named = stated.locality or _locality(layout, stated.title or title)
    publisher = stated.publisher or _publisher(whole, layout, head, number, named)
    locality = stated.locality or (_jurisdiction(publisher, head, title) if layout.legal else named)
    dated = _date(stated, layout, head, title, number)
    text = _without_links(loaded.text, dropped)
    cited = find_citations(text, loaded.body_start, locality, number)
    valid = _validity(layout, head, title, dated.date)
    description = Description(
        id=document_id,
        title=stated.title or title,
        title_basis="stated" if stated.title else "inferred",
        kind=stated.kind,
        source_file=stated.source_file,
        number=number,
        publisher=publisher,
        author=stated.author or _author(layout),
        date=dated.date,
        date_basis=dated.basis,
        effective_date=stated.effective_date or valid.effective_date,
        locality=locality,
        legal_documents=_with_stated(stated.legal_documents, cited.references),
        replaces=stated.replaces or valid.replaces,
        replaced_by=stated.replaced_by or valid.replaced_by,
    )
    return Described(description, (*cited.notes, *filter(None, [dated.note])))


def _publisher(
    whole: Layout, layout: Layout, head: Letterhead, number: str | None, locality: str | None
) -> str | None:
    body = issuing_body(layout, head, number, locality) if layout.legal else None
    return body or press_publisher(whole, layout)


def _jurisdiction(publisher: str | None, head: Letterhead, title: str) -> str | None:
    """Return the locality that a legal document is for: its issuer's, or the one in its title.

    A law or decree is for the whole country, whichever places it mentions. The province of a
    department stands above it in the letterhead.
    """
    above = " ".join(head.issuer) if (publisher or "").startswith("Sở ") else ""
    places = find_places(publisher or "") or find_places(above) or find_places(title)
    return places[0].name if places else None


def _locality(layout: Layout, title: str) -> str | None:
    """Return the locality that most mentions name, None where no one has the majority.

    A title that names several is of none of them alone.

    One mention alone has it only in the title.
    """
    text = "\n".join(layout.lines[index].text for index in layout.kept)
    counts = Counter(place.name for place in find_places(text))
    if not counts:
        return None
    if len({place.name for place in find_places(title)}) > 1:
        return None
    name, mentions = counts.most_common(1)[0]
    named = mentions > 1 or any(place.name == name for place in find_places(title))
    return name if named and mentions > _LOCALITY_SHARE * counts.total() else None


def _author(layout: Layout) -> str | None:
    for index, reason in sorted(layout.reasons.items()):
        text = layout.lines[index].text
        if reason == "byline" and names(text):
            return author(text)
    return None


def _number(layout: Layout, head: Letterhead, title: str) -> str | None:
    """Return a legal document's own number: in a portal's table, its head, or its title."""
    if not layout.legal:
        return None
    stated = _legal_numbers(_field(head, _NUMBER_LABELS)) or (head.number,)
    return stated[0] or next(iter(_legal_numbers(title) if is_named(title) else ()), None)


def _field(head: Letterhead, labels: Sequence[str]) -> str:
    return next((head.fields[label] for label in labels if label in head.fields), "")


def _legal_numbers(text: str) -> tuple[str, ...]:
    """Return the whole numbers of legal documents in a text, as written."""
    return tuple(
        "".join(figure.text.split())
        for figure in find_figures(text)
        if figure.key.startswith("l:") and not _SHORT_KEY.match(figure.key)
    )


def _date(
    stated: Stated, layout: Layout, head: Letterhead, title: str, number: str | None
) -> Dated:
    """Return when the document was published: stated outside the text, in it, or inferred."""
    if stated.date:
        return Dated(stated.date, stated.date_basis or "stated")
    if layout.legal:
        day = _field_date(head, _ISSUED_LABELS) or head.date or _named_date(title, number)
        return Dated(day, "stated") if day else Dated()
    found = stated_date(layout)
    return found if found.date else inferred_date(paragraphs(layout))


def _field_date(head: Letterhead, labels: Sequence[str]) -> str | None:
    days = [iso_date(figure) for figure in find_figures(_field(head, labels))]
    return next(filter(None, days), None)


def _named_date(title: str, number: str | None) -> str | None:
    """Return the date that a title gives beside the document's own number."""
    for cited in find_citations(title, 0, None).references if is_named(title) else ():
        if number and legal_key(cited.number) == legal_key(number):
            return cited.date
    return None


@dataclass(frozen=True, slots=True)
class _Validity:
    effective_date: str | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()


def _validity(layout: Layout, head: Letterhead, title: str, issued: str | None) -> _Validity:
    """Return from when a legal document applies, what it replaces, and what has replaced it."""
    kind = kind_of(title)
    if not layout.legal or not kind:
        return _Validity()
    sentences = _sentences(layout)
    applies = _field_date(head, _EFFECTIVE_LABELS) or effective_date(sentences, kind, issued)
    replaces = _legal_numbers(_field(head, _REPLACES_LABELS)) or replaced_in(sentences, kind)
    replaced_by = _legal_numbers(_field(head, _REPLACED_BY_LABELS)) or replacing_in(sentences, kind)
    return _Validity(applies, replaces, replaced_by)


def _sentences(layout: Layout) -> list[str]:
    return [
        paragraph[start:end]
        for paragraph in paragraphs(layout)
        for start, end in sentence_spans(paragraph)
    ]


def _without_links(text: str, dropped: Sequence[Dropped]) -> str:
    """Return the text with blanks for what other pages are called: they are not cited."""
    for span in dropped:
        if span.reason in _OTHER_PAGES:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _with_stated(
    stated: Sequence[LegalReference], found: Sequence[LegalReference]
) -> tuple[LegalReference, ...]:
    """Return what the file states, with the place in the text, and what the text cites besides."""
    listed, rest = [], list(found)
    for reference in stated:
        same = next((item for item in rest if _is_same(item, reference)), None)
        if same:
            rest.remove(same)
            reference = replace(
                reference,
                kind=reference.kind or same.kind,
                date=reference.date or same.date,
                issuer=reference.issuer or same.issuer,
                canonical=reference.canonical or same.canonical,
                start=same.start,
                end=same.end,
            )
        listed.append(reference)
    return (*listed, *rest)


def _is_same(one: LegalReference, other: LegalReference) -> bool:
    if legal_key(one.number) == legal_key(other.number):
        return not (one.kind and other.kind) or one.kind == other.kind or not one.number.isdigit()
    key, short = legal_key(other.number), f"{one.kind} số {one.number}"
    named = [figure.key for figure in find_figures(short) if figure.key.startswith("l:")]
    return bool(named) and short_legal_key(key) == named[0]
