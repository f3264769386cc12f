"""The tab Giới thiệu: what this is, how it answers, its limits, and how often it is right."""

from collections.abc import Iterable

from markupsafe import Markup

from app.catalogue import Edition
from app.comparing import vietnamese
from app.measured import Measured, Share, read_measured
from app.web.addresses import ABOUT
from app.web.markup import join, optional, render_link
from app.web.site import Site, SitePage
from app.web.sources import format_date

_DAY_LENGTH = 10


def about_page(edition: Edition, site: Site) -> SitePage:
    """Return the page, with the accuracy that was last measured."""
    words = site.strings.about
    content = Markup('<article class="document about"><h1>{}</h1>{}</article>').format(
        words.tab,
        join(
            (
                _section(words.what_title, _paragraphs(words.what)),
                _section(words.how_title, _steps(words.how)),
                _section(words.limits_title, _items(words.limits)),
                _section(words.library_title, _library(edition, site)),
                _section(words.accuracy_title, _accuracy(read_measured(), site)),
                _section(words.privacy_title, _paragraphs(words.privacy)),
                _section(words.contact_title, _contact(site)),
            )
        ),
    )
    return SitePage(words.tab, site.strings.page.automatic, content, ABOUT)


def _section(title: str, content: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(title, content)


def _paragraphs(texts: Iterable[str]) -> Markup:
    return join(Markup("<p>{}</p>").format(text) for text in texts)


def _items(texts: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(join(Markup("<li>{}</li>").format(text) for text in texts))


def _steps(texts: Iterable[str]) -> Markup:
    return Markup("<ol>{}</ol>").format(join(Markup("<li>{}</li>").format(text) for text in texts))


def _library(edition: Edition, site: Site) -> Markup:
    words = site.strings.about
    created = edition.library.manifest.created[:_DAY_LENGTH]
    facts = (
        (words.version, edition.library.version),
        (words.updated, format_date(created, site.strings.date, in_sentence=True)),
        (words.documents, vietnamese(len(edition.documents))),
        (words.passages, vietnamese(sum(edition.passages.values()))),
        (words.targets, vietnamese(len(edition.registry.rows))),
    )
    return _facts((name, value) for name, value in facts if value)


def _accuracy(measured: Measured | None, site: Site) -> Markup:
    words = site.strings.about
    if measured is None:
        return Markup("<p>{}</p>").format(words.not_measured)
    known = ((name, measured.shares.get(name)) for name in words.scores)
    facts = _facts((words.scores[name], _share(share)) for name, share in known if share)
    told = words.measured.format(
        cases=vietnamese(measured.cases) if measured.cases else words.unknown,
        date=format_date(measured.date, site.strings.date, in_sentence=True)
        if measured.date
        else words.unknown,
    )
    # A folder that was measured is that of the sample documents; its name tells a reader nothing.
    count = measured.document_count
    on = (
        words.measured_samples.format(count=vietnamese(count))
        if count
        else words.measured_on.format(documents=", ".join(measured.documents))
    )
    return Markup("<p>{}</p>{}{}{}").format(
        told,
        facts,
        optional("note", on if measured.documents else None),
        optional("note", words.accuracy_note),
    )


def _share(share: Share) -> str:
    percent = f"{vietnamese(round(share.rate * 100, 1))}%"
    return f"{percent} ({share.counts[0]}/{share.counts[1]})" if share.counts else percent


def _facts(facts: Iterable[tuple[str, str]]) -> Markup:
    return Markup('<dl class="facts-list">{}</dl>').format(
        join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*fact) for fact in facts)
    )


def _contact(site: Site) -> Markup:
    words = site.strings.about
    if site.contact is None:
        return Markup("<p>{}</p>").format(words.no_contact)
    return Markup("<p>{} {}</p>").format(words.contact, render_link(site.contact))
