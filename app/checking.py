"""The figure gate: every figure of an answer stands in a quote that its sentence cites, and means
there what it means here.

A verbatim quote passes as it is. Of a reworded sentence each figure is compared with the same
figure of the quotes; what the sentence does not say of it is not compared.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.answers import Answer, Citation, Computed
from app.claims import Claim, coarser_keys, read_claims
from app.fitting import Reason, misfit
from app.held import held_by
from ingest.figures import Figure, find_figures
from ingest.splitting import sentence_spans

_MARK = re.compile(r"\[(\d{1,2})\]")
_LIST_NUMBER = re.compile(r"^\s*(?:[-*•+]\s*)?\(?\d{1,2}[.)]\s")
# Where a mark ends a sentence or a part of a list, the next one answers for its own marks only.
_AFTER_MARK = re.compile(
    r"(?<=\])\s*[.!?…;]\s+|(?:(?<=[.!?…”] \[\d\])|(?<=[.!?…”] \[\d\d\]))\s+(?=[A-ZĐÀ-Ỹ“\"])"
)
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]")
_ELLIPSIS = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")
_FEWEST_WORDS = 4
_BLANK = "\ufffc"
_FIGURE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that an answer may not state, as written, and why."""

    figure: str
    reason: Reason


def check_answer(answer: Answer) -> list[Finding]:
    """Return the figures of an answer that what their sentence cites does not hold up."""
    citations = (*answer.citations, *answer.related)
    asked = f"{answer.question}\n{answer.understood}"
    return [
        finding
        for sentence in _sentences(answer.text, citations)
        for finding in check_sentence(sentence, citations, asked, answer.computed)
    ]


def check_sentence(
    sentence: str,
    citations: Sequence[Citation],
    question: str = "",
    computed: Sequence[Computed] = (),
) -> list[Finding]:
    """Return the figures of one sentence with [n] marks that the citations do not hold up.

    A figure may also repeat the question or a computed one, or the title, number or date of a
    document cited here; without any mark, of any document cited.
    """
    sentence = _LIST_NUMBER.sub("", unicodedata.normalize("NFC", sentence))
    marks = {int(mark) for mark in _MARK.findall(sentence)}
    cited = [item for item in citations if item.number in marks]
    bare = _without_verbatim(_MARK.sub(_BLANK, sentence), cited)
    if not (claims := read_claims(bare)):
        return []
    results = _keys([item.text for item in computed])
    stated = _keys([question]).union(*map(_document_keys, cited if marks else citations))
    reasons = ((claim, _reason(claim, cited, stated)) for claim in claims)
    misquoted = _misquoted(bare, cited)
    return [
        Finding(claim.figure.text, reason or "other_indicator")
        for claim, reason in reasons
        if (reason or claim.figure.start in misquoted) and claim.figure.key not in results
    ]


def _reason(claim: Claim, cited: Sequence[Citation], stated: set[str]) -> Reason | None:
    """Return why a claim does not stand; what is stated elsewhere needs no quote that has it."""
    reason = misfit(claim, [item for citation in cited for item in held_by(citation)])
    without_quote = claim.figure.key in stated and reason in ("foreign", "other_unit")
    return None if without_quote else reason


# --- Sentences -----------------------------------------------------------------------------------


def _sentences(text: str, citations: Sequence[Citation]) -> Iterator[str]:
    """Yield the sentences of an answer with their marks, no verbatim quote cut, no list numbers."""
    for line in unicodedata.normalize("NFC", text).splitlines():
        line = _LIST_NUMBER.sub("", line)
        shown = _MARK.sub(lambda mark: " " * len(mark.group()), _whole_blanked(line, citations))
        shown = _QUOTED.sub(lambda quote: _BLANK * len(quote.group()), shown)
        starts = [start for start, _ in sentence_spans(shown)][1:]
        starts += [match.end() for match in _AFTER_MARK.finditer(line)]
        edges = [0, *sorted(set(starts)), len(line)]
        yield from (line[left:right] for left, right in pairwise(edges))


def _whole_blanked(text: str, citations: Sequence[Citation]) -> str:
    """Return a text with whole quotes blotted out: its offsets stay."""
    for citation in citations:
        quote = " ".join(citation.quote.split())
        text = text.replace(quote, _BLANK * len(quote))
    return text


def _without_verbatim(text: str, cited: Sequence[Citation]) -> str:
    """Return a sentence without what it takes word by word from the quotes that it cites."""
    quotes = [" ".join(citation.quote.split()) for citation in cited]
    text = " ".join(_whole_blanked(text, cited).split())

    def blotted(match: re.Match[str]) -> str:
        parts = [part for part in _ELLIPSIS.split(match.group(1)) if part]
        long = len(match.group(1).split()) >= _FEWEST_WORDS
        verbatim = long and any(all(part in quote for part in parts) for quote in quotes)
        return _BLANK if verbatim else match.group()

    return _QUOTED.sub(blotted, text)


def _misquoted(text: str, cited: Sequence[Citation]) -> set[int]:
    """Return where the figures stand that another one stands for in words that a quote has too."""
    figures = find_figures(text, written_out=True)
    stretches = [match.span(1) for match in _QUOTED.finditer(text)]
    stretches.append((0, len(text.rstrip(f" .,;{_BLANK}"))))
    found: set[int] = set()
    for citation in cited:
        quote = " ".join(citation.quote.split())
        theirs = find_figures(quote, written_out=True)
        frame = _frame(quote, theirs, 0, len(quote))
        for start, end in stretches:
            mine = [item for item in figures if start <= item.start < end]
            words = _frame(text, mine, start, end)
            if len(words.split()) < _FEWEST_WORDS or words in quote:
                continue
            misses = [
                {one.start for one, other in zip(mine, there, strict=False) if one.key != other.key}
                for at in _places(frame, words)
                for there in [theirs[frame.count(_FIGURE, 0, at) :]]
            ]
            found |= min(misses, key=len, default=set())
    return found


def _places(text: str, words: str) -> Iterator[int]:
    """Yield where words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _frame(text: str, figures: Sequence[Figure], start: int, end: int) -> str:
    """Return the text between two offsets with a sign for each figure."""
    pieces, position = [], start
    for figure in figures:
        pieces += [text[position : figure.start], _FIGURE]
        position = figure.end
    return "".join([*pieces, text[position:end]])


# --- What else holds a figure --------------------------------------------------------------------


def _keys(texts: Sequence[str]) -> set[str]:
    keys: set[str] = set()
    for text in texts:
        for figure in find_figures(unicodedata.normalize("NFC", text), written_out=True):
            keys |= {figure.key, *coarser_keys(figure.key)}
    return keys


def _document_keys(citation: Citation) -> set[str]:
    document = citation.passage.document
    keys = _keys([document.title, document.number or ""])
    return keys | _date_keys(document.date) | _date_keys(citation.as_of)


def _date_keys(date: str | None) -> set[str]:
    """Return the keys of an ISO date, possibly shortened: of its day, its month and its year."""
    if not date:
        return set()
    kinds = zip("ymd", (date[:4], date[:7], date), (4, 7, 10), strict=True)
    return {f"{kind}:{part}" for kind, part, length in kinds if len(part) == length}
