"""How one row of the registry is written: its value, year and place, and its quote's address."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from app.charting import RANK
from app.web.addresses import quote_address
from app.web.site import Site
from app.web.sources import source_label
from app.web.strings import Strings
from ingest.documents import Description, Target


def render_value(row: Target, strings: Strings) -> Markup:
    """Return the value as written; a sign before it for what its sentence says around it.

    A value in words ("nhóm 5 địa phương", "đứng đầu") says so itself.
    """
    if row.operator == "=" or not row.value[:1].isdigit():
        return Markup("{}").format(row.value)
    return Markup(
        '<span aria-hidden="true">{sign}</span><span class="visually-hidden">{words}</span> {value}'
    ).format(
        sign=row.operator.replace(">=", "≥").replace("<=", "≤"),
        words=strings.targets.operators[row.operator],
        value=row.value,
    )


def render_quote_link(row: Target, text: Markup | str, site: Site) -> Markup:
    """Return a link to the marked sentence; what it is about is told to those who cannot see."""
    address = quote_address(row.document, row.start, row.end, row.quote)
    year = str(row.year) if row.year else None
    place = ", ".join(filter(None, (row.indicator, row.locality, year)))
    return Markup(
        '<a class="quote-link" href="{}">{}<span class="visually-hidden">: {}</span></a>'
    ).format(site.to(address), text, place)


def boundary_label(row: Target, strings: Strings) -> str | None:
    """Return for a rank of which set of provinces its document speaks."""
    if row.unit != RANK or row.boundary is None:
        return None
    return set_of_provinces(row, strings)


def set_of_provinces(row: Target, strings: Strings) -> str:
    """Return the set of provinces that a row's document speaks of."""
    words = strings.targets
    return words.boundary_63 if row.boundary == "63" else words.boundary_34


def place_of(row: Target, strings: Strings) -> str:
    """Return the locality of a row, or that it names none."""
    return row.locality or strings.comparison.no_locality


def indicator_of(rows: Iterable[Target]) -> str:
    """Return the name of the one indicator of rows: the shortest that one gives is true of all."""
    return min((row.indicator for row in rows), key=len)


def title_of(document_id: str, documents: Mapping[str, Description]) -> str:
    """Return a document's title."""
    return documents[document_id].title if document_id in documents else document_id


def source_of(document_id: str, documents: Mapping[str, Description], strings: Strings) -> str:
    """Return a document's publisher and date."""
    return source_label(documents[document_id], strings) if document_id in documents else ""
