"""What stands around every page: masthead with tabs, permanent statement, footer."""

from markupsafe import Markup

from app.web.addresses import ABOUT, CHAT, CONTENT, DOCUMENTS, OTHER, TARGETS
from app.web.markup import join, render_link
from app.web.strings import Strings


def render_chat_header(strings: Strings, emblem: str, elsewhere: str) -> Markup:
    """Return what stands above the chat, before any script has run."""
    return Markup(
        '{skip}{masthead}{statement}<p class="lost" role="alert" data-message="{lost}" hidden></p>'
        '<p class="visually-hidden" id="announcer" role="status" aria-live="polite"></p>'
        '<p class="opening">{opening}</p><noscript><p class="needs-script">{needs_script}</p>'
        "</noscript>"
    ).format(
        skip=_skip_link("question", strings.page.skip),
        masthead=_masthead(strings, emblem, "", CHAT, "h1", elsewhere),
        statement=_statement(strings.page.automatic, strings),
        lost=strings.page.connection_lost,
        opening=strings.page.opening,
        needs_script=strings.page.needs_script,
    )


def render_header(
    strings: Strings, emblem: str, statement: str, root: str, current: str | None, elsewhere: str
) -> Markup:
    """Return what stands above a page that the server renders; its own title is its heading."""
    return Markup("{}{}{}").format(
        _skip_link(CONTENT, strings.page.skip_to_content),
        _masthead(strings, emblem, root, current, "p", elsewhere),
        _statement(statement, strings),
    )


def render_footer(privacy: str, contact: str | None, strings: Strings) -> Markup:
    """Return the page's word on privacy and whom else to ask."""
    helped = (
        Markup("<p>{} {}</p>").format(strings.page.contact, render_link(contact))
        if contact
        else Markup("")
    )
    return Markup('<footer class="colophon"><p>{}</p>{}</footer>').format(privacy, helped)


def _skip_link(target: str, text: str) -> Markup:
    return Markup('<a class="skip" href="#{}">{}</a>').format(target, text)


def _masthead(
    strings: Strings, emblem: str, root: str, current: str | None, heading: str, elsewhere: str
) -> Markup:
    """Return the name of the service and its tabs; `heading` is the element of the name.

    `elsewhere` is the address of the same page in the other language.
    """
    tabs = (
        (CHAT, strings.chat.tab),
        (TARGETS, strings.targets.tab),
        (DOCUMENTS, strings.documents.tab),
        (ABOUT, strings.about.tab),
    )
    return Markup(
        '<header class="masthead"><div class="masthead-inner">'
        '<img class="emblem" src="{root}{emblem}" alt="" width="40" height="40">'
        '<div><{heading} class="site-name">{title}</{heading}>'
        '<p class="tagline">{tagline}</p></div>'
        '<a class="language" href="{elsewhere}" lang="{other}" hreflang="{other}">{switch}</a>'
        "</div>"
        '<nav class="tabs" aria-label="{label}">{tabs}</nav></header>'
    ).format(
        root=root,
        emblem=emblem,
        heading=Markup(heading),
        title=strings.page.title,
        tagline=strings.page.tagline,
        label=strings.page.tabs,
        elsewhere=elsewhere,
        other=OTHER[strings.language],
        switch=strings.page.other_language,
        tabs=join(
            Markup('<a href="{}{}"{}>{}</a>').format(
                root, address, Markup(' aria-current="page"' if address == current else ""), name
            )
            for address, name in tabs
        ),
    )


def _statement(text: str, strings: Strings) -> Markup:
    return Markup('<aside class="statement" aria-label="{}"><span>{}</span></aside>').format(
        strings.page.note, text
    )
