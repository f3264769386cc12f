"""What an HTML page states of itself, in meta elements and JSON-LD: title, author, date."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ingest.loading.layout import one_line
from ingest.loading.loaded import Stated

_ARTICLES = re.compile(r"(?:News|Blog|Scholarly|Tech|Report)?(?:Article|Posting|Report|WebPage)$")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "citation_publication_date",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "citation_author")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher")


def stated_by(root: Any) -> Stated:
    """Return what the page's head states; what has an unclear form is left out."""
    meta = _meta(root)
    linked = _linked_article(root)
    publisher = _name(linked.get("publisher")) or _first(meta, _PUBLISHERS)
    title = _first(meta, _TITLES) or _words(linked.get("headline"))
    day = next(filter(None, map(_day, [*_all(meta, _DATES), linked.get("datePublished")])), None)
    author = _name(linked.get("author")) or _first(meta, _AUTHORS)
    return Stated(
        title=_without_site(title, meta.get("og:site_name") or publisher),
        publisher=publisher,
        author=author if author and "://" not in author else None,
        date=day,
        date_basis="stated" if day else None,
    )


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("itemprop")
        value = one_line(node.get("content") or "")
        if key and value:
            found.setdefault(key.strip().casefold(), value)
    return found


def _linked_article(root: Any) -> dict[str, Any]:
    """Return the first JSON-LD object that describes an article, {} where there is none."""
    for node in root.iter("script"):
        if (node.get("type") or "").strip().casefold() == "application/ld+json":
            try:
                data = json.loads(node.text or "")
            except (ValueError, RecursionError):
                continue
            for item in _objects(data):
                if any(_ARTICLES.search(kind) for kind in _kinds(item)):
                    return item
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"))


def _kinds(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def _name(value: Any) -> str | None:
    """Return the name of a person or organisation, of several the names joined."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value))) or None
    return _words(value.get("name") if isinstance(value, dict) else value)


def _words(value: Any) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None


def _all(meta: dict[str, str], keys: tuple[str, ...]) -> list[str]:
    return [meta[key] for key in keys if key in meta]


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next(iter(_all(meta, keys)), None)


def _day(value: Any) -> str | None:
    match = _ISO_DATE.match(value.strip()) if isinstance(value, str) else None
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def _without_site(title: str | None, site: str | None) -> str | None:
    """Return the title without the site's name that pages put behind it."""
    if not title or not site:
        return title
    head = re.split(rf"\s+[-–|:]\s+{re.escape(site)}$", title, flags=re.IGNORECASE)[0]
    return head or title
