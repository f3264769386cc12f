"""The figure gate: every figure of an answer stands in a quote that its sentence cites."""

import re

from app.answers import Answer, Citation
from ingest.figures import figure_keys, find_figures

_MARK = re.compile(r"\[(\d{1,2})\]")
# Where a sentence ends with its mark, the next one begins: it answers for its own marks only.
_AFTER_MARK = re.compile(
    r"(?:(?<=\])[.!?…;]|(?<=[.!?…”] \[\d\])|(?<=[.!?…”] \[\d\d\]))\s+(?=[A-ZĐÀ-Ỹ“\"])"
)
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s")


def unsupported_figures(answer: Answer) -> list[str]:
    """Return the figures of an answer that nothing their sentence cites holds up, as written."""
    allowed = figure_keys(answer.question) | figure_keys(answer.understood)
    for computed in answer.computed:
        allowed |= figure_keys(computed.text)
    found: list[str] = []
    for line in answer.text.splitlines():
        for sentence in _AFTER_MARK.split(_LIST_NUMBER.sub("", line)):
            found.extend(_unsupported_in(sentence, answer, allowed))
    return found


def _unsupported_in(sentence: str, answer: Answer, allowed: set[str]) -> list[str]:
    marks = {int(mark) for mark in _MARK.findall(sentence)}
    cited = answer.citations + answer.related
    held = allowed.union(*(_held(item) for item in cited if item.number in marks))
    bare = _MARK.sub(" ", sentence)
    return [
        figure.text for figure in find_figures(bare, written_out=True) if figure.key not in held
    ]


def _held(citation: Citation) -> set[str]:
    """Return the keys of the figures that a citation shows."""
    document = citation.passage.document
    keys = figure_keys(citation.quote) | figure_keys(document.title)
    return keys | _date_keys(document.date) | _date_keys(citation.as_of)


def _date_keys(date: str | None) -> set[str]:
    """Return the keys of an ISO date, possibly shortened: of its day, its month and its year."""
    if not date:
        return set()
    kinds = zip("ymd", (date[:4], date[:7], date), (4, 7, 10), strict=True)
    return {f"{kind}:{part}" for kind, part, length in kinds if len(part) == length}
