"""A page that the server renders whole: without scripts, under the strictest policy."""

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.web.addresses import CONTENT, home_from, in_other_language
from app.web.frame import render_footer, render_header
from app.web.shell import static_address
from app.web.strings import Strings

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share: their words, whom to ask, and where from here other pages are.

    `root` is the way up to the pages of the language, `elsewhere` this page in the other one.
    """

    strings: Strings
    contact: str | None = None
    root: str = ""
    elsewhere: str = ""

    def to(self, address: str) -> str:
        """Return an address of the site as the present page links to it."""
        return f"{self.root}{address}"


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: its title, what is always said on it, its content, and the tab that it is of."""

    title: str
    statement: str
    content: Markup
    tab: str | None = None
    status: int = 200


def site_of(request: Request, strings: Strings, contact: str | None) -> Site:
    """Return what the pages share, as seen from a request's address."""
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.decode("ascii", "replace").partition("?")[0]
    language = strings.language
    elsewhere = in_other_language(path, request.url.query, language)
    return Site(strings, contact, home_from(path, language), elsewhere)


def respond(page: SitePage, site: Site) -> HTMLResponse:
    """Return the page with its policy."""
    headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
    return HTMLResponse(str(render_page(page, site)), page.status, headers)


def render_page(page: SitePage, site: Site) -> Markup:
    """Return the whole document."""
    strings = site.strings
    emblem = static_address("emblem.svg")
    return Markup(
        '<!doctype html><html lang="{language}" class="hoidap site"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{title} · {service}</title>"
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" type="image/svg+xml" href="{icon}">'
        '<link rel="stylesheet" href="{style}"><link rel="stylesheet" href="{site_style}">'
        '</head><body>{header}<main class="content" id="{content_id}" tabindex="-1">{content}'
        "</main>{footer}</body></html>"
    ).format(
        language=strings.language,
        title=page.title,
        service=strings.page.title,
        icon=site.to(static_address("icon.svg")),
        style=site.to(static_address("page.css")),
        site_style=site.to(static_address("site.css")),
        header=render_header(strings, emblem, page.statement, site.root, page.tab, site.elsewhere),
        content_id=CONTENT,
        content=page.content,
        footer=render_footer(strings.page.no_tracking, site.contact, strings),
    )
