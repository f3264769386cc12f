"""The addresses that the server answers with pages and files of its own."""

import io
import logging
from collections.abc import Callable

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue import Catalogue
from app.exporting import as_csv, write_xlsx
from app.web.about_page import about_page
from app.web.addresses import ABOUT, DOCUMENTS, HOMES, TARGETS
from app.web.documents_page import documents_page
from app.web.reading import missing_page, reading_page
from app.web.selection import read_selection, select_rows
from app.web.site import Site, SitePage, respond, site_of
from app.web.strings import Strings
from app.web.targets_page import targets_page
from ingest.documents import Target

_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Answering = Callable[[Request, Site], Response]

_log = logging.getLogger(__name__)


def site_routes(catalogue: Catalogue, strings: Strings, contact: str | None) -> list[Route]:
    """Return the routes of one language: registry, its exports, documents, what this is."""

    def targets(request: Request, site: Site) -> Response:
        selection = read_selection(request.query_params)
        return respond(targets_page(catalogue, selection, site), site)

    def export_csv(request: Request, site: Site) -> Response:
        return _file(as_csv(_rows(catalogue, request)).encode(), "csv", site)

    def export_xlsx(request: Request, site: Site) -> Response:
        written = io.BytesIO()
        write_xlsx(_rows(catalogue, request), written)
        return _file(written.getvalue(), "xlsx", site)

    def document(request: Request, site: Site) -> Response:
        key = request.path_params["document"]
        found = catalogue.current().read(key)
        if found is None:
            return respond(missing_page(key, site), site)
        return respond(reading_page(found, request.query_params, site), site)

    def documents(request: Request, site: Site) -> Response:
        query = request.query_params.get("query", "")
        return respond(documents_page(catalogue.current(), query, site), site)

    def about(_: Request, site: Site) -> Response:
        return respond(about_page(catalogue.current(), site), site)

    handlers = {
        f"/{TARGETS}": targets,
        f"/{TARGETS}.csv": export_csv,
        f"/{TARGETS}.xlsx": export_xlsx,
        f"/{DOCUMENTS}": documents,
        f"/{DOCUMENTS}/{{document:path}}": document,
        f"/{ABOUT}": about,
    }
    home = f"/{HOMES[strings.language]}".rstrip("/")
    return [
        Route(home + path, _guarded(handler, strings, contact))
        for path, handler in handlers.items()
    ]


def _guarded(
    handler: Answering, strings: Strings, contact: str | None
) -> Callable[[Request], Response]:
    """Return the handler; what goes wrong in it is logged whole and told in one plain sentence."""

    def answer(request: Request) -> Response:
        site = site_of(request, strings, contact)
        try:
            return handler(request, site)
        except Exception:
            _log.exception("%s could not be shown.", request.url.path)
            return respond(_broken_page(site), site)

    return answer


def _rows(catalogue: Catalogue, request: Request) -> tuple[Target, ...]:
    selection = read_selection(request.query_params)
    return select_rows(catalogue, catalogue.current(), selection).rows


def _file(content: bytes, ending: str, site: Site) -> Response:
    name = f"{site.strings.targets.file_name}.{ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    return Response(content, media_type=_MEDIA_TYPES[ending], headers=headers)


def _broken_page(site: Site) -> SitePage:
    words = site.strings.missing
    content = Markup("<h1>{}</h1><p>{}</p>").format(words.broken_title, words.broken_text)
    return SitePage(words.broken_title, site.strings.page.automatic, content, status=503)
