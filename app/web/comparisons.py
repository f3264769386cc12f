"""What is compared of the registry's rows: results with targets, documents with each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.catalogue import Edition
from app.charting import Chart, are_mixed, charts, is_rough, standing
from app.comparing import Gap
from app.web.charts import render_chart
from app.web.markup import join, optional
from app.web.rows import (
    indicator_of,
    place_of,
    render_quote_link,
    render_value,
    source_of,
    title_of,
)
from app.web.site import Site
from ingest.documents import Description, Target

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What can be compared of the rows that are shown."""

    conflicts: tuple[tuple[Target, ...], ...]
    gaps: tuple[Gap, ...]
    charts: tuple[Chart, ...]


def compare(rows: Collection[Target], edition: Edition) -> Comparisons:
    """Return what concerns the rows, also where its other side is filtered out."""
    chosen = set(rows)
    gaps = {
        (gap.target.indicator, gap.target.locality, *_ends(gap)): gap
        for gap in reversed(edition.gaps)
        if gap.target in chosen or gap.result in chosen
    }
    return Comparisons(
        tuple(group for group in edition.conflicts if not chosen.isdisjoint(group)),
        tuple(reversed(gaps.values())),
        tuple(charts(rows)),
    )


def _ends(gap: Gap) -> tuple[object, ...]:
    return gap.target.year, gap.target.number, gap.result.year, gap.result.number


def render_jumps(found: Comparisons, site: Site) -> Markup:
    """Return links to what is compared further down."""
    words = site.strings.comparison
    parts = (
        ("conflicts", words.conflicts_count, len(found.conflicts)),
        ("progress", words.progress_count, len(found.gaps)),
        ("charts", words.charts_count, len(found.charts)),
    )
    links = join(
        Markup('<li><a href="#{}">{}</a></li>').format(name, text.format(count=count))
        for name, text, count in parts
        if count
    )
    if not links:
        return Markup("")
    return Markup('<nav class="jumps" aria-label="{}"><ul>{}</ul></nav>').format(
        words.on_this_page, links
    )


def render_comparisons(
    found: Comparisons, documents: Mapping[str, Description], site: Site
) -> Markup:
    """Return the sections: differing figures, progress, charts."""
    words = site.strings.comparison
    conflicts = [_conflict(group, documents, site) for group in found.conflicts]
    progress = [_progress(gap, site) for gap in found.gaps]
    drawn = [render_chart(chart, site) for chart in found.charts[:SHOWN]]
    drawn += [Markup("")] * (len(found.charts) - len(drawn))
    return join(
        (
            _section("conflicts", words.conflicts, words.conflicts_note, conflicts, site),
            _section("progress", words.progress, words.progress_note, progress, site),
            _section("charts", words.charts, words.charts_note, drawn, site),
        )
    )


def _section(name: str, title: str, note: str, items: Sequence[Markup], site: Site) -> Markup:
    if not items:
        return Markup("")
    more = len(items) - SHOWN
    return Markup(
        '<section class="comparison {name}" aria-labelledby="{name}">'
        '<h2 id="{name}" tabindex="-1">{title}</h2><p class="note">{note}</p>'
        '<ul class="cards">{items}</ul>{more}</section>'
    ).format(
        name=name,
        title=title,
        note=note,
        items=join(Markup("<li>{}</li>").format(item) for item in items[:SHOWN]),
        more=optional(
            "note", site.strings.comparison.more.format(count=more) if more > 0 else None
        ),
    )


def _conflict(group: Sequence[Target], documents: Mapping[str, Description], site: Site) -> Markup:
    first = group[0]
    items = join(
        Markup('<li>{link} <span class="note">{title} ({source})</span></li>').format(
            link=render_quote_link(row, render_value(row, site.strings), site),
            title=title_of(row.document, documents),
            source=source_of(row.document, documents, site.strings),
        )
        for row in group
    )
    kind = site.strings.targets.kinds[first.kind]
    return Markup("{}<ul>{}</ul>").format(
        _heading(group, f"{place_of(first, site.strings)}, {first.year}, {kind}"), items
    )


def _progress(gap: Gap, site: Site) -> Markup:
    words = site.strings.comparison
    text = gap.computed.text
    text = words.about.format(gap=text) if is_rough(gap) else text
    rows = (gap.target, gap.result)
    return Markup(
        '{heading}<dl class="ends">{ends}</dl><p class="standing {standing}"><strong>{verdict}'
        "</strong></p>{mixed}"
    ).format(
        heading=_heading(rows, place_of(gap.target, site.strings)),
        ends=join(_end(row, site) for row in rows),
        standing=standing(gap),
        verdict=getattr(words, standing(gap)).format(gap=text),
        mixed=optional("note", words.mixed_boundaries if are_mixed(rows) else None),
    )


def _end(row: Target, site: Site) -> Markup:
    words = site.strings.comparison
    name = words.target if row.kind == "target" else words.result
    return Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
        name.format(year=row.year or f"({words.no_year})"),
        render_quote_link(row, render_value(row, site.strings), site),
    )


def _heading(rows: Sequence[Target], place: str) -> Markup:
    return Markup('<h3>{}<span class="place">{}</span></h3>').format(indicator_of(rows), place)
