"""What stands around Gradio's part of the document: header, permanent statement, footer."""

from markupsafe import Markup

from app.web.markup import render_link
from app.web.strings import Strings


def render_header(strings: Strings, emblem: str) -> Markup:
    """Return the name of the service and the statement that an automatic system answers."""
    return Markup(
        '<a class="skip" href="#question">{skip}</a>'
        '<header class="masthead"><div class="masthead-inner">'
        '<img class="emblem" src="{emblem}" alt="" width="40" height="40">'
        '<div class="masthead-words"><h1>{title}</h1><p>{tagline}</p></div></div></header>'
        '<p class="statement" role="note"><span>{automatic}</span></p>'
        '<p class="lost" role="alert" data-message="{lost}" hidden></p>'
        '<p class="opening">{opening}</p><noscript><p class="needs-script">{needs_script}</p>'
        "</noscript>"
    ).format(
        skip=strings.page.skip,
        emblem=emblem,
        title=strings.page.title,
        tagline=strings.page.tagline,
        automatic=strings.page.automatic,
        lost=strings.page.connection_lost,
        opening=strings.page.opening,
        needs_script=strings.page.needs_script,
    )


def render_footer(strings: Strings, contact: str | None) -> Markup:
    """Return the word on privacy and whom else to ask."""
    helped = (
        Markup("<p>{} {}</p>").format(strings.page.contact, render_link(contact))
        if contact
        else Markup("")
    )
    return Markup('<footer class="colophon"><p>{}</p>{}</footer>').format(
        strings.page.privacy, helped
    )
