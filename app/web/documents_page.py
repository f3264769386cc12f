"""The tab Tài liệu: the documents of the library, searched, each with a link to its text."""

from collections import Counter

from markupsafe import Markup

from app.catalogue import Edition
from app.comparing import vietnamese
from app.web.addresses import DOCUMENTS, TARGETS, document_address
from app.web.markup import in_language, join, optional
from app.web.selection import QUERY_LIMIT, Selection
from app.web.site import Site, SitePage
from app.web.sources import source_label
from ingest.documents import Description
from ingest.text import fold, folded_tokens


def documents_page(edition: Edition, query: str, site: Site) -> SitePage:
    """Return the list of the documents that hold all words of the query."""
    words = site.strings.documents
    query = query.strip()[:QUERY_LIMIT]
    found = find_documents(edition, query)
    content = Markup('<h1>{title}</h1><p class="intro">{intro}</p>{form}{status}{found}').format(
        title=words.tab,
        intro=words.intro,
        form=_form(query, site),
        status=_status(len(found), edition, site),
        found=_list(found, edition, site),
    )
    return SitePage(words.tab, site.strings.reading.automatic, content, DOCUMENTS)


def find_documents(edition: Edition, query: str) -> list[Description]:
    """Return the documents whose description holds all words, with or without marks, by title."""
    wanted = folded_tokens(query)
    found = [
        document
        for document in edition.documents.values()
        if set(wanted) <= set(folded_tokens(_described(document)))
    ]
    return sorted(found, key=lambda document: fold(document.title).casefold())


def _described(document: Description) -> str:
    parts = (
        document.title,
        document.number,
        document.publisher,
        document.author,
        document.locality,
        document.date,
        document.id,
        *document.also_in,
    )
    return " ".join(filter(None, parts))


def _form(query: str, site: Site) -> Markup:
    words = site.strings.documents
    return Markup(
        '<form class="filters search" role="search" method="get" action="{action}">'
        '<p class="field"><label for="query">{label}</label><input type="search" id="query"'
        ' name="query" value="{query}" maxlength="{limit}" placeholder="{hint}"></p>'
        '<p class="buttons"><button type="submit">{apply}</button> <a href="{action}">{reset}</a>'
        "</p></form>"
    ).format(
        action=site.to(DOCUMENTS),
        label=words.search,
        query=query,
        limit=QUERY_LIMIT,
        hint=words.search_hint,
        apply=words.apply,
        reset=words.reset,
    )


def _status(count: int, edition: Edition, site: Site) -> Markup:
    words = site.strings.documents
    if count:
        text = words.count.format(count=vietnamese(count), all=vietnamese(len(edition.documents)))
        return Markup('<div class="summary"><p role="status">{}</p></div>').format(text)
    return Markup('<p class="nothing" role="status">{}</p>').format(
        words.none if edition.documents else words.empty
    )


def _list(found: list[Description], edition: Edition, site: Site) -> Markup:
    if not found:
        return Markup("")
    rows = Counter(row.document for row in edition.registry.rows)
    return Markup('<ul class="documents">{}</ul>').format(
        join(_item(item, edition.passages.get(item.id, 0), rows[item.id], site) for item in found)
    )


def _item(document: Description, passages: int, rows: int, site: Site) -> Markup:
    words = site.strings.documents
    facts = (
        document.number and site.strings.reading.number.format(number=document.number),
        document.locality,
        words.passages.format(count=vietnamese(passages)),
    )
    targets = Markup(' · <a href="{}">{}</a>').format(
        site.to(Selection(document=document.id).address(TARGETS)),
        words.targets.format(count=vietnamese(rows)),
    )
    return Markup(
        '<li><h2><a href="{address}"{vietnamese}>{title}</a></h2>'
        '<p class="source">{source}</p><p class="counts">{facts}{targets}</p>{replaced}</li>'
    ).format(
        address=site.to(document_address(document.id)),
        vietnamese=in_language("vi", site.strings),
        title=document.title,
        source=source_label(document, site.strings),
        facts=" · ".join(filter(None, facts)),
        targets=targets if rows else "",
        replaced=_replaced(document, site),
    )


def _replaced(document: Description, site: Site) -> Markup:
    if not document.replaced_by:
        return Markup("")
    by = ", ".join(document.replaced_by)
    return optional("relation", site.strings.reading.replaced_by.format(documents=by))
