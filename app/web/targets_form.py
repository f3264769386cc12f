"""The filters of the registry as a plain form: what is chosen becomes the page's address."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from markupsafe import Markup

from app.web.addresses import TARGETS
from app.web.markup import join
from app.web.rows import title_of
from app.web.selection import COLUMNS, QUERY_LIMIT, Selection
from app.web.site import Site
from ingest.documents import Description, Pillar, Target, TargetKind
from ingest.text import fold

Option = tuple[str, str]


def render_form(
    rows: Sequence[Target], selection: Selection, documents: Mapping[str, Description], site: Site
) -> Markup:
    """Return the form; it offers what the rows of the whole registry hold."""
    words = site.strings.targets
    names = words.names
    chosen = (
        ("locality", names.locality, _named(row.locality for row in rows)),
        ("year", names.year, _years(rows)),
        ("kind", names.kind, [(kind, words.kinds[kind]) for kind in get_args(TargetKind)]),
        ("pillar", names.pillar, [(pillar, pillar) for pillar in get_args(Pillar)]),
        ("unit", names.unit, _units(rows)),
        ("document", names.document, _titles(rows, documents)),
        ("sort", names.sort, _orders(site)),
    )
    return Markup(
        '<form class="filters" role="search" method="get" action="{action}">'
        '<p class="field words"><label for="query">{search}</label>'
        '<input type="search" id="query" name="query" value="{query}" maxlength="{limit}"'
        ' placeholder="{hint}"></p>{fields}<p class="buttons"><button type="submit">{apply}'
        '</button> <a href="{action}">{reset}</a></p></form>'
    ).format(
        action=site.to(TARGETS),
        search=words.search,
        query=selection.query,
        limit=QUERY_LIMIT,
        hint=words.search_hint,
        fields=join(
            _field(name, label, options, getattr(selection, name), _first(name, selection, site))
            for name, label, options in chosen
        ),
        apply=words.apply,
        reset=words.reset,
    )


def _field(name: str, label: str, options: Sequence[Option], value: str, first: str) -> Markup:
    known = [("", first), *options]
    if value not in dict(known):
        known.append((value, value))
    return Markup(
        '<p class="field"><label for="{name}">{label}</label><select id="{name}" name="{name}">'
        "{options}</select></p>"
    ).format(
        name=name,
        label=label,
        options=join(
            Markup('<option value="{}"{}>{}</option>').format(
                key, Markup(" selected") if key == value else "", text
            )
            for key, text in known
        ),
    )


def _first(name: str, selection: Selection, site: Site) -> str:
    """Return what stands for no choice."""
    words = site.strings.targets
    if name != "sort":
        return words.any
    return words.by_likeness if selection.query else words.in_documents


def _named(values: Iterable[str | None]) -> list[Option]:
    found = sorted({value for value in values if value}, key=lambda value: fold(value).casefold())
    return [(value, value) for value in found]


def _years(rows: Iterable[Target]) -> list[Option]:
    years = sorted({row.year for row in rows if row.year is not None}, reverse=True)
    return [(str(year), str(year)) for year in years]


def _units(rows: Iterable[Target]) -> list[Option]:
    """Return the units, the commonest first."""
    return [(unit, unit) for unit, _ in Counter(row.unit for row in rows if row.unit).most_common()]


def _titles(rows: Iterable[Target], documents: Mapping[str, Description]) -> list[Option]:
    keys = {row.document for row in rows}
    return sorted(
        ((key, title_of(key, documents)) for key in keys), key=lambda item: fold(item[1]).casefold()
    )


def _orders(site: Site) -> list[Option]:
    words = site.strings.targets
    return [
        (f"{sign}{column}", f"{getattr(words.names, column)} ({order})")
        for column in COLUMNS
        for sign, order in (("", words.ascending), ("-", words.descending))
    ]
