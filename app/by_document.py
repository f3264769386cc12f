"""Questions for what a legal document says of itself: its number, its dates, who issued and signed.

The library describes its documents; the answer quotes the line of the document that says it.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from app.answers import Outcome
from app.asked import FIGURE_KINDS, Part, plain
from app.evidence import Evidence
from app.facts import names_of_places
from app.inquiry import Chosen, Decision, Inquiry, Span
from app.names import persons
from app.topic import Topic
from ingest.documents import Description
from ingest.figures import (
    figure_keys,
    find_figures,
    legal_key,
    names_same_legal,
    short_legal_keys,
)
from ingest.text import folded_tokens

# What the question wants to know of the document, by the kind of answer; matched without marks.
_NUMBER = re.compile(r"\bso (?:hieu )?(?:may|bao nhieu|gi|nao|la)\b|\b(?:so|ky|ki) hieu\b")
_EFFECT = re.compile(
    r"\b(?:hieu luc|ap dung|(?<!huong dan )(?<!chi tiet )(?<!bien phap )thi hanh(?! luat))\b"
)
_ISSUE = re.compile(r"\b(?:ban hanh|(?<!chu )k[yi]|cong bo|thong qua|ra doi|de ngay|ra ngay)\b")
_WHEN = re.compile(r"\b(?:ngay|hom|thang|nam|khi|luc|bao) (?:nao|may|bao nhieu|gi|gio)\b|\bwhen\b")
_SIGN = re.compile(r"\b(?<!chu )k[yi]\b(?! (?:ket(?! luan)|so|hieu)\b)")
# Words of such questions that no title has.
_OF_ITSELF_WORDS = (
    "so hieu ky ki luc ap dung thi hanh ban cong bo thong qua ra doi ngay co quan ai nguoi thay "
    "mat hom dung bat dau tu den mang nghi dinh quyet luat ke hoach chi thong tu ket luan van duoc"
)
_OF_ITSELF = frozenset(_OF_ITSELF_WORDS.split())
# The share of what else the question says that the title has to say.
_NAMED = 0.7
_SIGNED = re.compile(r"\(đã ký\)|^\W*(?:TM|KT|TL|T/M|TUQ)\b\.?", re.IGNORECASE)
_OFFICE = re.compile(
    r"^\W*(?:(?:PHÓ |QUYỀN |TỔNG )*(?:THỦ TƯỚNG|CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG BAN|CHỦ NHIỆM)"
    r"|BỘ TRƯỞNG|THỨ TRƯỞNG)(?:\s\w+){0,6}\W*$",
    re.IGNORECASE,
)
_LAST_LINES = 8

Found = tuple[Evidence, Span]


def decide_document(inquiry: Inquiry) -> Decision | None:
    """Return the decision for a question about a document itself, None for any other."""
    readers = [_reader(inquiry, part) for part in inquiry.question.asked.parts]
    if readers[0] is None or not (document := _document(inquiry)):
        return None
    lines = _lines(inquiry, document)
    found = [told for reader in readers if reader and (told := reader(document, lines))]
    if not found:
        return None
    first, (start, end) = found[0][0]
    return Decision(Outcome.ANSWERED, _chosen(found), first.quote[start:end])


def other_date(inquiry: Inquiry) -> Decision | None:
    """Return the correction of a question that gives a document another date than its own."""
    asked = inquiry.question.text
    if inquiry.question.kind in FIGURE_KINDS:
        return None
    stated = {figure.key for figure in inquiry.question.figures if figure.kind == "date"}
    read = _date_reader(asked)
    if len(stated) != 1 or not read or not (document := _document(inquiry, by_title=False)):
        return None
    found = read(document, _lines(inquiry, document))
    if not found or stated & figure_keys(found[0][0].quote):
        return None
    line, (start, end) = found[0]
    return Decision(Outcome.PREMISE_CORRECTED, _chosen([found]), line.quote[start:end])


def _chosen(found: Sequence[Sequence[Found]]) -> tuple[Chosen, ...]:
    """Return each line once, with the spans of all that it answers."""
    spans: dict[int, list[Span]] = {}
    lines: dict[int, Evidence] = {}
    for item, span in (one for told in found for one in told):
        lines.setdefault(item.sentence.start, item)
        spans.setdefault(item.sentence.start, []).append(span)
    return tuple(Chosen(item, tuple(spans[start])) for start, item in lines.items())


Reader = Callable[[Description, Sequence[Evidence]], list[Found]]


def _reader(inquiry: Inquiry, part: Part) -> Reader | None:
    """Return what finds the lines that answer a part of the question, None where none may."""
    asked = plain(inquiry.question.text)
    if part.kind in ("legal", "count") and _NUMBER.search(asked):
        return _number
    if part.kind == "date":
        dates = [one for one in inquiry.question.asked.parts if one.kind == "date"]
        return _date_reader(_own_words(asked, dates.index(part))) or _date_reader(asked)
    if part.kind == "who" and _SIGN.search(asked):
        return _signer
    return None


def _own_words(asked: str, number: int) -> str:
    """Return the words before the "ngày nào" of a date that is asked for, or those behind it."""
    pieces = _WHEN.split(asked)
    number += not _date_reader(pieces[0])
    return pieces[number] if number < len(pieces) else asked


def _date_reader(asked: str) -> Reader | None:
    asked = plain(asked)
    return _effect if _EFFECT.search(asked) else _issue if _ISSUE.search(asked) else None


def _document(inquiry: Inquiry, *, by_title: bool = True) -> Description | None:
    """Return the one document of the library that the question is about.

    It has the number that the question names, if any, and `by_title` says what else it says.
    """
    about = inquiry.topic.keeping(
        [not set(folded_tokens(one.words)) <= _OF_ITSELF for one in inquiry.topic.concepts]
    )
    asked = inquiry.question.legal_keys
    documents = {item.passage.document.id: item.passage.document for item in inquiry.ranked}
    named = [one for one in documents.values() if one.number and _is_numbered(one, asked)]
    fitting = [one for one in named if all(_is_of(one, place) for place in inquiry.question.places)]
    if by_title:
        fitting = [one for one in fitting if _says(about, one)]
    if not asked and not (about.concepts and by_title):
        return None
    return fitting[0] if len(fitting) == 1 else None


def _says(about: Topic, document: Description) -> bool:
    said = about.expressed(f"{document.title} {document.publisher or ''}")
    return about.share(list(map(float, said))) >= _NAMED


def _is_of(document: Description, place: str) -> bool:
    return place == document.locality or place in names_of_places(document.title)


def _is_numbered(document: Description, asked: Collection[str]) -> bool:
    """Tell whether a document has the number that a question names, if it names one."""
    key = legal_key(document.number or "")
    own = {key} | short_legal_keys(key)
    return not asked or any(names_same_legal(one, own) for one in asked)


def _lines(inquiry: Inquiry, document: Description) -> list[Evidence]:
    pattern = next(item for item in inquiry.ranked if item.passage.document.id == document.id)
    passages = inquiry.passages(document.id) or [pattern.passage]
    return [
        replace(pattern, passage=passage, sentence=sentence)
        for passage in passages
        for sentence in passage.sentences
    ]


def _number(document: Description, lines: Sequence[Evidence]) -> list[Found]:
    own = legal_key(document.number or "")
    return _with_figure(lines, lambda key: key == own)


def _issue(document: Description, lines: Sequence[Evidence]) -> list[Found]:
    stated = document.date if document.date_basis == "stated" else None
    kept = [item for item in lines if not _EFFECT.search(plain(item.quote))]
    return _with_figure(kept, lambda key: key == f"d:{stated}")


def _effect(document: Description, lines: Sequence[Evidence]) -> list[Found]:
    kept = [item for item in lines if _EFFECT.search(plain(item.quote))]
    return _with_figure(kept, lambda key: key == f"d:{document.effective_date}")


def _with_figure(lines: Sequence[Evidence], wanted: Callable[[str], bool]) -> list[Found]:
    """Return the first line with a figure whose key is wanted."""
    for item in lines:
        for figure in find_figures(item.quote):
            if wanted(figure.key):
                return [(item, (figure.start, figure.end))]
    return []


def _signer(_: Description, lines: Sequence[Evidence]) -> list[Found]:
    """Return the line of the signature with the name, then that of the signer's own office.

    Above it may stand the office that is signed for ("KT. CHỦ TỊCH"), which is another's.
    """
    last = lines[-_LAST_LINES:]
    for place in range(len(last) - 1, -1, -1):
        names = list(persons(last[place].quote))
        offices = [item for item in last[:place] if _OFFICE.search(item.quote)]
        if names and (offices or any(_SIGNED.search(item.quote) for item in last[: place + 1])):
            own = [(item, (0, len(item.quote))) for item in offices[-1:]]
            return [(last[place], names[-1]), *own]
    return []
