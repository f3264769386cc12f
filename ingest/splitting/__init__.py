"""Document -> passages: whole sentences, packed up to a length, under their heading path."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.documents import Heading, Passage, Sentence, SourceDocument
from ingest.figures import find_figures
from ingest.settings import SplittingSettings
from ingest.splitting.contexts import ListContext, enumerated, joined, row_context
from ingest.splitting.heading_names import mark_end, names_target
from ingest.splitting.headings import find_headings, opens_by_ordinal
from ingest.splitting.numbering import read_mark
from ingest.splitting.paragraphs import Span, has_word
from ingest.splitting.pieces import pieces
from ingest.splitting.sentences import divided, sentence_spans, spans_between

__all__ = ["find_headings", "is_bare_heading", "sentence_spans", "split"]

_OPENING_CHARACTERS = 120
# Two sections of a line or two each, under the same parent, make one passage.
_SMALL_SECTION = 120
_JOINED_SECTION = 400


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The sentences of a paragraph, a heading or a table row, in order.

    `heading`: it is a heading and nothing else. `cut_off`: dropped text stands before it.
    """

    sentences: tuple[Sentence, ...]
    heading: bool = False
    cut_off: bool = False

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


@dataclass(frozen=True, slots=True)
class _Section:
    """The paragraphs under one heading, which opens them, with the heading path above."""

    paragraphs: tuple[_Paragraph, ...]
    path: tuple[str, ...]
    joined: bool = False

    @property
    def bare(self) -> bool:
        """Tell whether nothing but headings is in it."""
        return all(paragraph.heading for paragraph in self.paragraphs)

    @property
    def length(self) -> int:
        return self.paragraphs[-1].end - self.paragraphs[0].start


def split(document: SourceDocument, settings: SplittingSettings) -> list[Passage]:
    """Return the document's passages in order; no sentence is cut but an over-long one.

    Every word of the body that is not dropped stands in a sentence of one passage; a heading is
    the first sentence of the first passage under it.
    """
    passages: list[Passage] = []
    sections = _sections(document, settings.sentence_characters)
    for section in _small_joined(_headings_put_before(sections)):
        for packed in _pack(section.paragraphs, settings.passage_characters):
            start, end = packed[0].start, packed[-1].end
            passages.append(
                Passage(
                    document=document.description,
                    ordinal=len(passages),
                    text=document.text[start:end],
                    start=start,
                    sentences=packed,
                    heading=section.path,
                )
            )
    return passages


def is_bare_heading(passage: Passage, sentence: Sentence) -> bool:
    """Tell whether a sentence is only a heading that the passage stands under.

    One that names a legal document, a date or a target says more than what follows it is about.
    """
    words = _heading_words(passage.quote(sentence))
    if not any(words == _heading_words(heading) for heading in passage.heading):
        return False
    name = words[mark_end(words) :]
    named = any(figure.kind in ("legal", "date") for figure in find_figures(name))
    return not named and not names_target(name)


def _heading_words(text: str) -> str:
    return " ".join(text.split()).rstrip(" :")


def _sections(document: SourceDocument, limit: int) -> Iterator[_Section]:
    """Yield what stands between headings, with the path of the headings above it."""
    path: list[Heading] = []
    paragraphs: list[_Paragraph] = []
    closing = False
    headings = {heading.start: heading for heading in document.headings}
    siblings = _with_later_siblings(document.headings)
    for paragraph, raw_start in _contextual(document, limit):
        heading = headings.get(raw_start)
        leaves = closing and not heading and not _is_item(document.text, paragraph)
        if (heading or leaves) and paragraphs:
            yield _Section(tuple(paragraphs), tuple(item.text for item in path))
            paragraphs = []
        if leaves:
            path, closing = path[:-1], False
        if heading:
            path = [item for item in path if item.level < heading.level] + [heading]
            inline = not paragraph.heading
            closing = inline and raw_start not in siblings and opens_by_ordinal(heading)
        paragraphs.append(paragraph)
    if paragraphs:
        yield _Section(tuple(paragraphs), tuple(item.text for item in path))


def _with_later_siblings(headings: Sequence[Heading]) -> set[int]:
    """Return where the headings begin that another of the same level follows."""
    return {one.start for one, two in pairwise(headings) if one.level <= two.level}


def _is_item(text: str, paragraph: _Paragraph) -> bool:
    return read_mark(text[paragraph.start : paragraph.end][:80]) is not None


def _contextual(document: SourceDocument, limit: int) -> Iterator[tuple[_Paragraph, int]]:
    """Yield the paragraphs, their sentences with context and page, and where each piece began."""
    lists = ListContext()
    text = document.text
    for piece in pieces(document):
        if piece.heading:
            lists = ListContext()
        if piece.row:
            context = joined([lists.read_row(), row_context(text, piece.row)])
            found = [Sentence(*span, context) for span in divided(text, *piece.span, limit)]
        elif piece.heading and piece.whole:
            lists.read_heading(text[slice(*piece.span)])
            found = [Sentence(*span) for span in divided(text, *piece.span, limit)]
        else:
            found = list(_sentences(text, piece.span, limit, lists))
        kept = tuple(
            replace(item, page=_page(document.pages, item.start))
            for item in found
            if has_word(text, item.start, item.end)
        )
        yield _Paragraph(kept, piece.heading and piece.whole, piece.cut_off), piece.start


def _sentences(text: str, span: Span, limit: int, lists: ListContext) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph under the openers of their lists."""
    start, end = span
    indent = start - text.rfind("\n", max(0, start - _OPENING_CHARACTERS), start) - 1
    for left, right in spans_between(text, start, end):
        above = lists.read(text[left:right], first=left == start, indent=indent)
        for item, opening in enumerated(text, left, right):
            for index, part in enumerate(divided(text, *item, limit)):
                begun = _beginning(text, *item) if index else ""
                yield Sentence(*part, joined([above, opening, begun]))


def _beginning(text: str, start: int, end: int) -> str:
    """Return the opening words of a sentence, under which its later parts are read."""
    opening = text[start : min(end, start + _OPENING_CHARACTERS)].rpartition(" ")[0]
    return f"{' '.join(opening.split())} …"


def _page(pages: Sequence[int], offset: int) -> int | None:
    """Return the page, counted from 1, on which an offset lies; None where there are no pages."""
    return max(1, bisect_right(pages, offset)) if pages else None


def _headings_put_before(sections: Iterable[_Section]) -> Iterator[_Section]:
    """Yield the sections, one that is only a heading put before what stands under it."""
    held: _Section | None = None
    for section in sections:
        if held is None:
            held = section
        elif held.bare and _common(held.path, section.path) == held.path != section.path:
            held = _Section(held.paragraphs + section.paragraphs, section.path)
        else:
            yield held
            held = section
    if held:
        yield held


def _small_joined(sections: Iterable[_Section]) -> Iterator[_Section]:
    """Yield the sections, small neighbours under one parent as one section of that parent."""
    held: _Section | None = None
    for section in sections:
        if held is None:
            held = section
        elif _may_join(held, section):
            path = _common(held.path, section.path)
            held = _Section(held.paragraphs + section.paragraphs, path, joined=True)
        else:
            yield held
            held = section
    if held:
        yield held


def _may_join(one: _Section, two: _Section) -> bool:
    common = _common(one.path, two.path)
    if two.paragraphs[0].cut_off or two.length > _SMALL_SECTION:
        return False
    if one.length > (_JOINED_SECTION - two.length if one.joined else _SMALL_SECTION):
        return False
    return len(common) >= max(len(one.path), len(two.path)) - 1


def _common(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    length = 0
    while length < min(len(one), len(two)) and one[length] == two[length]:
        length += 1
    return one[:length]


def _pack(paragraphs: Iterable[_Paragraph], limit: int) -> Iterator[tuple[Sentence, ...]]:
    """Yield runs of sentences that fit the limit; a paragraph that fits is not torn apart.

    Nor is it parted from the heading above it. Nothing dropped stands between two sentences.
    """
    run: list[Sentence] = []
    only_headings = True
    for paragraph in paragraphs:
        too_long = run and paragraph.end - run[0].start > limit
        if paragraph.cut_off or (too_long and not only_headings):
            if run:
                yield tuple(run)
            run, only_headings = [], True
        for sentence in paragraph.sentences:
            if run and sentence.end - run[0].start > limit:
                yield tuple(run)
                run = []
            run.append(sentence)
        only_headings = only_headings and paragraph.heading
    if run:
        yield tuple(run)
