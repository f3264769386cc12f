"""The tab Tra cứu chỉ tiêu: the registry's rows, filtered, sorted, compared."""

from math import ceil

from markupsafe import Markup

from app.catalogue import Catalogue, Edition, Found
from app.comparing import vietnamese
from app.web.addresses import TARGETS
from app.web.comparisons import compare, render_comparisons, render_jumps
from app.web.markup import join, optional
from app.web.selection import Selection, select_rows
from app.web.site import Site, SitePage
from app.web.targets_form import render_form
from app.web.targets_table import render_table

ROWS_SHOWN = 50


def targets_page(catalogue: Catalogue, selection: Selection, site: Site) -> SitePage:
    """Return the page of a selection, made of the library's current version."""
    edition = catalogue.current()
    found = select_rows(catalogue, edition, selection)
    words = site.strings.targets
    render = _render_found if found.rows else _render_nothing
    content = Markup('<h1>{title}</h1><p class="intro">{intro}</p>{form}{found}').format(
        title=words.tab,
        intro=words.intro,
        form=render_form(edition.registry.rows, selection, edition.documents, site),
        found=render(found, edition, selection, site),
    )
    return SitePage(words.tab, words.automatic, content, TARGETS)


def _render_nothing(_: Found, edition: Edition, selection: Selection, site: Site) -> Markup:
    words = site.strings.targets
    name = selection.unusable()
    if name:
        label, value = getattr(words.names, name), getattr(selection, name)
        text = words.invalid.format(name=label, value=value)
    else:
        text = words.none if edition.registry.rows else words.empty
    return Markup('<p class="nothing" role="status">{}</p>').format(text)


def _render_found(found: Found, edition: Edition, selection: Selection, site: Site) -> Markup:
    rows = found.rows
    pages = ceil(len(rows) / ROWS_SHOWN)
    page = min(selection.page, pages)
    start = (page - 1) * ROWS_SHOWN
    shown = rows[start : start + ROWS_SHOWN]
    compared = compare(rows, edition)
    differing = {row for group in edition.conflicts for row in group}
    return join(
        (
            _summary(len(rows), start, len(shown), selection, site),
            optional("nearest", site.strings.targets.by_meaning if found.by_meaning else None),
            render_jumps(compared, site),
            render_table(shown, selection, edition.documents, differing, site),
            _pages(page, pages, selection, site),
            render_comparisons(compared, edition.documents, site),
        )
    )


def _summary(count: int, start: int, shown: int, selection: Selection, site: Site) -> Markup:
    words = site.strings.targets
    template = words.count if shown == count else words.count_of
    return Markup(
        '<div class="summary"><p role="status">{count}</p><p class="exports">'
        '<a href="{csv}" download>{csv_name}</a> <a href="{xlsx}" download>{xlsx_name}</a>'
        "</p></div>"
    ).format(
        count=template.format(count=vietnamese(count), first=start + 1, last=start + shown),
        csv=site.to(selection.address(f"{TARGETS}.csv")),
        csv_name=words.export_csv,
        xlsx=site.to(selection.address(f"{TARGETS}.xlsx")),
        xlsx_name=words.export_xlsx,
    )


def _pages(page: int, pages: int, selection: Selection, site: Site) -> Markup:
    if pages == 1:
        return Markup("")
    words = site.strings.targets

    def link(to: int, text: str) -> Markup:
        if not 1 <= to <= pages:
            return Markup("")
        address = site.to(selection.address(TARGETS, page=to))
        return Markup('<a href="{}">{}</a>').format(address, text)

    return Markup('<nav class="pages" aria-label="{}">{} <span>{}</span> {}</nav>').format(
        words.pages,
        link(page - 1, words.previous),
        words.page_of.format(page=page, pages=pages),
        link(page + 1, words.next),
    )
