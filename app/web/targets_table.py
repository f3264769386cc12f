"""The table of the registry: rows as HTML, sorted by links in its head."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from app.web.addresses import TARGETS, document_address
from app.web.markup import in_language, join, optional
from app.web.rows import boundary_label, render_quote_link, render_value, source_of, title_of
from app.web.selection import COLUMNS, Selection
from app.web.site import Site
from ingest.documents import Description, Target


def render_table(
    rows: Sequence[Target],
    selection: Selection,
    documents: Mapping[str, Description],
    differing: Collection[Target],
    site: Site,
) -> Markup:
    """Return the table; `differing` are the rows that another document contradicts.

    Roles are stated, as a phone shows each row as a card, which would take them away.
    """
    words = site.strings.targets
    return Markup(
        '<table class="rows" role="table"><caption class="visually-hidden">{caption}</caption>'
        '<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        '<tbody role="rowgroup">{body}</tbody></table>'
    ).format(
        caption=words.table,
        head=join(_head_cell(column, selection, site) for column in COLUMNS),
        body=join(_row(row, documents, row in differing, site) for row in rows),
    )


def _head_cell(column: str, selection: Selection, site: Site) -> Markup:
    sorted_by = selection.column == column
    state = "descending" if selection.falling else "ascending"
    next_sort = f"-{column}" if sorted_by and not selection.falling else column
    return Markup(
        '<th role="columnheader" scope="col" class="is-{column}"{state}><a href="{address}">{name}'
        '<span class="arrow" aria-hidden="true">{arrow}</span></a></th>'
    ).format(
        column=column,
        state=Markup(f' aria-sort="{state}"') if sorted_by else "",
        address=site.to(selection.address(TARGETS, sort=next_sort)),
        name=getattr(site.strings.targets.names, column),
        arrow=("▼" if selection.falling else "▲") if sorted_by else "↕",
    )


def _row(row: Target, documents: Mapping[str, Description], differs: bool, site: Site) -> Markup:
    cells = {
        "indicator": _indicator(row, differs, site),
        "value": _value(row, site),
        "year": _year(row, site),
        "locality": Markup("{}").format(row.locality) if row.locality else _not_stated(site),
        "kind": Markup('<span class="kind {}">{}</span>').format(
            row.kind, site.strings.targets.kinds[row.kind]
        ),
        "date": _document(row, documents, site),
    }
    names = site.strings.targets.names
    return Markup('<tr role="row">{}</tr>').format(
        join(
            Markup('<td role="cell" class="is-{0}" data-label="{1}"><div>{2}</div></td>').format(
                column, getattr(names, column), cells[column]
            )
            for column in COLUMNS
        )
    )


def _indicator(row: Target, differs: bool, site: Site) -> Markup:
    words = site.strings.targets
    parts = (
        row.source_document and words.by_document.format(number=row.source_document),
        row.responsible and words.responsible.format(body=row.responsible),
    )
    flag = Markup('<a class="differs" href="#conflicts">{}</a>').format(words.differs)
    return Markup(
        '<p class="indicator">{indicator}</p><blockquote class="snippet"{vietnamese}>{quote}'
        "</blockquote>{facts}<p>{link}{flag}</p>"
    ).format(
        indicator=row.indicator,
        quote=row.quote,
        vietnamese=in_language("vi", site.strings),
        facts=optional("row-facts", " · ".join(filter(None, parts)) or None),
        link=render_quote_link(row, words.open_quote, site),
        flag=flag if differs else "",
    )


def _value(row: Target, site: Site) -> Markup:
    return Markup('<span class="value">{}</span>{}').format(
        render_value(row, site.strings), _note(boundary_label(row, site.strings))
    )


def _year(row: Target, site: Site) -> Markup:
    if row.year is None:
        return _not_stated(site)
    inferred = site.strings.targets.from_context if row.year_basis == "context" else None
    return Markup("{}{}").format(row.year, _note(inferred))


def _document(row: Target, documents: Mapping[str, Description], site: Site) -> Markup:
    return Markup('<a href="{}">{}</a>{}').format(
        site.to(document_address(row.document)),
        title_of(row.document, documents),
        _note(source_of(row.document, documents, site.strings)),
    )


def _note(text: str | None) -> Markup:
    return Markup(' <span class="note">{}</span>').format(text) if text else Markup("")


def _not_stated(site: Site) -> Markup:
    return Markup('<span class="note">{}</span>').format(site.strings.targets.not_stated)
