"""A chart as a table whose bars are drawn: what the bars say is written beside them."""

from markupsafe import Markup

from app.charting import Chart, are_mixed, height_of, is_ranked
from app.comparing import vietnamese
from app.web.markup import join, optional
from app.web.rows import (
    boundary_label,
    indicator_of,
    place_of,
    render_quote_link,
    render_value,
    set_of_provinces,
)
from app.web.site import Site
from ingest.documents import Target


def render_chart(chart: Chart, site: Site) -> Markup:
    """Return the chart of one indicator, with what must be known to read it."""
    words = site.strings.comparison
    first = chart.rows[0]
    mixed = are_mixed(chart.rows)
    return Markup(
        '<figure class="chart"><figcaption><h3>{indicator}{unit}</h3></figcaption>'
        '<table><thead class="visually-hidden"><tr><th scope="col">{place}</th>'
        '<th scope="col">{bar}</th><th scope="col">{value}</th></tr></thead>'
        "<tbody>{bars}</tbody></table>{notes}</figure>"
    ).format(
        indicator=indicator_of(chart.rows),
        unit=Markup('<span class="place">{}</span>').format(
            words.unit.format(unit=first.unit) if first.unit else ""
        ),
        place=words.place,
        bar=words.bar,
        value=site.strings.targets.names.value,
        bars=join(_bar(row, chart, mixed, site) for row in chart.rows),
        notes=_notes(chart, mixed, site),
    )


def _bar(row: Target, chart: Chart, mixed: bool, site: Site) -> Markup:
    words = site.strings
    parts = [place_of(row, words)]
    parts.append(str(row.year) if row.year else words.comparison.no_year)
    if mixed and row.boundary:
        parts.append(set_of_provinces(row, words))
    width = round(100 * height_of(row) / chart.most, 2)
    return Markup(
        '<tr><th scope="row">{place} <span class="kind {kind}">{kind_name}</span></th>'
        '<td><svg class="drawn" aria-hidden="true" focusable="false" width="100%" '
        'height="18"><rect class="whole" width="100%" height="18" rx="3"></rect>'
        '<rect class="part {kind}" width="{width}%" height="18" rx="3"></rect></svg></td>'
        '<td class="number">{value}</td></tr>'
    ).format(
        place=", ".join(parts),
        kind=row.kind,
        kind_name=words.targets.kinds[row.kind],
        width=width,
        value=render_quote_link(row, render_value(row, words), site),
    )


def _notes(chart: Chart, mixed: bool, site: Site) -> Markup:
    words = site.strings.comparison
    first = chart.rows[0]
    unit = first.unit or ""
    most = vietnamese(chart.most) + (unit if unit == "%" else f" {unit}")
    return join(
        (
            optional("note", _ranks_note(first, site) if is_ranked(chart.rows) else None),
            optional("note", words.mixed_boundaries if mixed else None),
            optional("note", words.scale.format(most=most.strip())),
        )
    )


def _ranks_note(row: Target, site: Site) -> str:
    words = site.strings.comparison
    boundary = boundary_label(row, site.strings)
    return words.ranks_note.format(boundary=boundary) if boundary else words.ranks_note_unknown
