"""What of the registry is asked for: an address holds it, and the same address finds it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, get_args
from urllib.parse import urlencode

from app.catalogue import Catalogue, Edition, Found
from app.lookup import Filters, locality_named
from ingest.documents import Pillar, Target, TargetKind
from ingest.text import fold

FILTERS = ("locality", "year", "kind", "pillar", "unit", "document")
COLUMNS = ("indicator", "value", "year", "locality", "kind", "date")
QUERY_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Selection:
    """Words, filters, order and page as they stand in the address; empty = any.

    `sort` is a column, with "-" before it for a falling order.
    """

    query: str = ""
    locality: str = ""
    year: str = ""
    kind: str = ""
    pillar: str = ""
    unit: str = ""
    document: str = ""
    sort: str = ""
    page: int = 1

    @property
    def column(self) -> str:
        """Return the column that is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def falling(self) -> bool:
        """Return whether the greatest comes first."""
        return self.sort.startswith("-")

    def unusable(self) -> str | None:
        """Return the name of a filter whose value nothing can have."""
        known = {"kind": get_args(TargetKind), "pillar": get_args(Pillar)}
        for name, values in known.items():
            if getattr(self, name) not in ("", *values):
                return name
        return "year" if self.year and not _is_year(self.year) else None

    def address(self, path: str, **changes: Any) -> str:
        """Return the address of this selection, changed; a change but of the page starts at 1."""
        if "page" not in changes:
            changes["page"] = 1
        chosen = replace(self, **changes)
        values = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
        kept = {name: value for name, value in values.items() if value and (name, value) != _FIRST}
        return f"{path}?{urlencode(kept, errors='replace')}" if kept else path


_FIRST = ("page", 1)


def read_selection(parameters: Mapping[str, str]) -> Selection:
    """Return what the parameters of an address ask for; an unknown order or page is the first."""
    given = {name: parameters.get(name, "").strip() for name in ("query", "sort", *FILTERS)}
    given["query"] = given["query"][:QUERY_LIMIT]
    if given["locality"]:
        given["locality"] = locality_named(given["locality"]) or given["locality"]
    if given["sort"].removeprefix("-") not in COLUMNS:
        given["sort"] = ""
    page = parameters.get("page", "")
    return Selection(**given, page=int(page) if _is_page(page) else 1)


def select_rows(catalogue: Catalogue, edition: Edition, selection: Selection) -> Found:
    """Return the rows asked for, in their order; none where a filter's value is unusable."""
    if selection.unusable():
        return Found(())
    filters = Filters(
        locality=selection.locality or None,
        year=int(selection.year) if selection.year else None,
        kind=selection.kind or None,  # type: ignore[arg-type]
        pillar=selection.pillar or None,  # type: ignore[arg-type]
        document=selection.document or None,
    )
    found = catalogue.search(edition, selection.query, filters)
    rows = [row for row in found.rows if selection.unit in ("", row.unit)]
    return replace(found, rows=tuple(_sorted(rows, selection)))


def _sorted(rows: Sequence[Target], selection: Selection) -> list[Target]:
    """Return the rows by a column; those that have nothing in it come last in either order."""
    if not selection.sort:
        return list(rows)
    keyed = [(_key(row, selection.column), row) for row in rows]
    known = [(key, row) for key, row in keyed if key is not None]
    known.sort(key=lambda item: item[0], reverse=selection.falling)
    return [row for _, row in known] + [row for key, row in keyed if key is None]


def _key(row: Target, column: str) -> Any:
    if column == "value":
        # Numbers of one unit stand together: others cannot be compared.
        low = row.number[0] if isinstance(row.number, tuple) else row.number
        return fold(row.unit or "").casefold(), low
    if column == "year":
        return row.year
    value = row.document_date if column == "date" else getattr(row, column)
    return None if value is None else fold(value).casefold()


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _is_page(text: str) -> bool:
    return 0 < len(text) <= 6 and text.isascii() and text.isdigit() and int(text) > 0
