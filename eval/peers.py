"""What people would use instead, and ours: one run, the same documents, questions and scores.

A peer has no language model here, so it shows the chunks that it found: scored is whether they
hold all evidence of a case, and all its facts. Ours is scored twice: the passages found, and what
the answer quotes and says. Questions of a conversation are left out, as no peer reads the turns
before; so are cases without an answer, but for how many of them are refused.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.build import build_assistant, build_retriever
from app.settings import Settings
from eval.answers import Answers, stored_documents
from eval.cases import REFUSALS, Case
from eval.errors import EvalError
from eval.jsonl import refuse_no_folder
from eval.matching import comparable, holds_any, without_marks
from eval.retrieval import Searches
from eval.tutorial import SHOWN, Finds, hugging_face, tutorial_chains
from ingest.embedding import create_embedder
from ingest.pipeline import ingest_paths
from ingest.splitting import sentence_spans

PASSAGES = "ours: passages"
ANSWERS = "ours: answer"
OURS = (PASSAGES, ANSWERS)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a contestant shows for a question: texts, best first; and what it says at once."""

    texts: tuple[str, ...]
    first: str
    whole: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class PeerScore:
    """What one contestant got for one case."""

    peer: str
    case: str
    answerable: bool
    evidence_first: bool
    evidence: bool
    facts_first: bool
    facts: bool
    words_first: int
    words: int
    refused: bool


Contestant = Callable[[str], Shown]


def run_peers(cases: Sequence[Case], corpus: Path, settings: Settings) -> list[PeerScore]:
    """Put every question to every contestant; raise EvalError where the extra is missing."""
    embeddings = hugging_face(settings.ingest.embedding)
    refuse_no_folder(corpus)
    with tempfile.TemporaryDirectory(prefix="hoidap-eval-") as temporary:
        library = Path(temporary) / "library"
        embedder = create_embedder(settings.ingest.embedding)
        ingest_paths(library, [corpus], settings.ingest, open_embedder=lambda _: embedder)
        texts = [document.text for document in stored_documents(library).values()]
        chains = tutorial_chains(texts, embeddings)
        contestants = {name: chunks_of(finds) for name, finds in chains}
        contestants[PASSAGES] = passages_of(build_retriever(library, settings, embedder))
        contestants[ANSWERS] = answers_of(build_assistant(library, settings, embedder))
        return score_peers(cases, contestants)


def score_peers(cases: Sequence[Case], contestants: Mapping[str, Contestant]) -> list[PeerScore]:
    """Score every contestant on every case that stands by itself."""
    alone = [case for case in cases if not case.history]
    if not alone:
        raise EvalError(
            "Every case belongs to a conversation: give cases that stand by themselves."
        )
    return [
        score_shown(name, case, contestant(case.question))
        for name, contestant in contestants.items()
        for case in alone
    ]


def score_shown(peer: str, case: Case, shown: Shown) -> PeerScore:
    """Score what one contestant showed for one case."""
    return PeerScore(
        peer=peer,
        case=case.id,
        answerable=case.answerable,
        evidence_first=_holds_evidence(case, shown.texts[:1]),
        evidence=_holds_evidence(case, shown.texts[:SHOWN]),
        facts_first=_holds_facts(case, shown.first),
        facts=_holds_facts(case, shown.whole),
        words_first=len(shown.first.split()),
        words=len(shown.whole.split()),
        refused=shown.refused,
    )


def chunks_of(finds: Finds) -> Contestant:
    """Return a contestant that shows the chunks found."""

    def show(question: str) -> Shown:
        texts = tuple(finds(question))
        return Shown(texts, "".join(texts[:1]), "\n".join(texts))

    return show


def passages_of(retriever: Searches) -> Contestant:
    """Return a contestant that shows the passages that our retrieval finds."""
    return chunks_of(
        lambda question: [hit.passage.text for hit in retriever.search(question, SHOWN)]
    )


def answers_of(assistant: Answers) -> Contestant:
    """Return a contestant that shows our answer and its quotes."""

    def show(question: str) -> Shown:
        answer = assistant.answer(question)
        said = without_marks(answer.text)
        quotes = tuple(citation.quote for citation in answer.citations)
        return Shown(quotes, said, said, refused=answer.outcome in REFUSALS)

    return show


def by_peer(scores: Sequence[PeerScore]) -> dict[str, list[PeerScore]]:
    """Return the scores of each contestant, in the order of the run."""
    peers = dict.fromkeys(one.peer for one in scores)
    return {peer: [one for one in scores if one.peer == peer] for peer in peers}


def _holds_evidence(case: Case, texts: Sequence[str]) -> bool:
    """Tell whether every sentence of the evidence stands whole in one of the texts."""
    shown = [_plain(text) for text in texts]
    wanted = [text[start:end] for text in case.evidence for start, end in sentence_spans(text)]
    return bool(wanted) and all(
        any(_plain(sentence) in text for text in shown) for sentence in wanted
    )


def _holds_facts(case: Case, text: str) -> bool:
    return bool(case.gold) and all(holds_any(text, fact) for fact in case.gold)


def _plain(text: str) -> str:
    return " ".join(comparable(text).split())
