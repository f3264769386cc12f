"""Citations against the evidence of a case, sentence by sentence."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from eval.cases import Case
from eval.generated import CitedQuote, GeneratedAnswer, StoredDocument
from ingest.splitting import sentence_spans

# A citation and a sentence are the same evidence where they share this much of the shorter one.
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class SentenceCounts:
    """How many sentences were cited and how many of them are evidence; the other way round."""

    cited: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    document: str
    start: int
    end: int

    def is_same_evidence(self, other: "_Span") -> bool:
        """Tell whether the two share enough of the shorter one."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        shorter = min(self.end - self.start, other.end - other.start)
        return self.document == other.document and shared >= _SHARED * max(shorter, 1)


def count_sentences(
    case: Case, answer: GeneratedAnswer, documents: Mapping[str, StoredDocument]
) -> SentenceCounts:
    """Count the cited and the wanted sentences that are the same.

    A wanted sentence that stands in no document is not found. Nothing is counted where the run
    held digests of the documents, which tell the same in other words.
    """
    wanted = [_places(sentence, documents) for sentence in _sentences(case.evidence)]
    if not any(wanted) and _has_digests(case, documents):
        return SentenceCounts()
    cited = [_span(citation) for citation in answer.citations]
    places = [place for sentence in wanted for place in sentence]
    return SentenceCounts(
        cited=len(cited) if wanted else 0,
        right=sum(any(one.is_same_evidence(place) for place in places) for one in cited),
        wanted=len(wanted),
        found=sum(
            any(place.is_same_evidence(one) for place in sentence for one in cited)
            for sentence in wanted
        ),
    )


def file_name(path: str) -> str:
    """Return the name of a file without its folders."""
    return PurePosixPath(path.replace("\\", "/")).name


def _span(citation: CitedQuote) -> _Span:
    return _Span(citation.document, citation.start, citation.end)


def _sentences(texts: Iterable[str]) -> list[str]:
    return [text[start:end] for text in texts for start, end in sentence_spans(text)]


def _places(sentence: str, documents: Mapping[str, StoredDocument]) -> list[_Span]:
    """Return where the sentence stands, white-space runs read as one space."""
    words = unicodedata.normalize("NFC", sentence).split()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    return [
        _Span(name, *match.span())
        for name, document in documents.items()
        for match in pattern.finditer(document.text)
    ]


def _has_digests(case: Case, documents: Mapping[str, StoredDocument]) -> bool:
    wanted = {file_name(name) for name in case.docs}
    sources = (document.source_file for document in documents.values())
    return any(file_name(source) in wanted for source in sources if source)
