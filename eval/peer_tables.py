"""The contestants side by side: shares with intervals, words to read, and by chance or not."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from eval.aggregates import Proportion
from eval.metrics import mcnemar_exact
from eval.peers import OURS, PeerScore, by_peer
from eval.tables import aligned
from eval.tutorial import SHOWN

_MEASURES = {
    "evidence_first": "evidence@1",
    "evidence": f"evidence@{SHOWN}",
    "facts_first": "facts@1",
    "facts": f"facts@{SHOWN}",
}


def peers_json(scores: Sequence[PeerScore]) -> dict[str, Any]:
    """Return the measures of each contestant, and p against each of ours in pairs."""
    groups = by_peer(scores)
    ours = {peer: group for peer, group in groups.items() if peer in OURS}
    return {peer: _measures(group, ours) for peer, group in groups.items()}


def peers_table(measured: dict[str, Any]) -> str:
    """Return a row a contestant."""
    head = ["contestant", *_MEASURES.values(), "words@1", f"words@{SHOWN}", "refused"]
    rows = [
        [
            peer,
            *(f"{one[name]:.3f} ({_ends(one['intervals'][name])})" for name in _MEASURES.values()),
            f"{one['words@1']:g}",
            f"{one[f'words@{SHOWN}']:g}",
            "/".join(map(str, one["refused_unanswerable"])),
        ]
        for peer, one in measured.items()
    ]
    return aligned([head, *rows])


def _measures(
    group: Sequence[PeerScore], ours: Mapping[str, Sequence[PeerScore]]
) -> dict[str, Any]:
    answerable = [one for one in group if one.answerable]
    others = [one for one in group if not one.answerable]
    shares = {
        shown: Proportion(sum(getattr(one, name) for one in answerable), len(answerable))
        for name, shown in _MEASURES.items()
    }
    return {
        **{name: round(share.rate or 0, 4) for name, share in shares.items()},
        "words@1": median(one.words_first for one in answerable) if answerable else 0,
        f"words@{SHOWN}": median(one.words for one in answerable) if answerable else 0,
        "questions": len(answerable),
        "refused_unanswerable": [sum(one.refused for one in others), len(others)],
        "refused_answerable": [sum(one.refused for one in answerable), len(answerable)],
        "counts": {name: [share.successes, share.total] for name, share in shares.items()},
        "intervals": {
            name: [round(end, 4) for end in share.interval] for name, share in shares.items()
        },
        "p": {
            own: {
                shown: round(_p(name, answerable, own_group), 4)
                for name, shown in _MEASURES.items()
            }
            for own, own_group in ours.items()
        },
    }


def _p(name: str, theirs: Sequence[PeerScore], ours: Sequence[PeerScore]) -> float:
    """Return McNemar's exact p of one measure, case by case."""
    by_case = {one.case: getattr(one, name) for one in ours}
    pairs = [(getattr(one, name), by_case[one.case]) for one in theirs if one.case in by_case]
    gained = sum(own and not other for other, own in pairs)
    return mcnemar_exact(gained, sum(other and not own for other, own in pairs))


def _ends(interval: Sequence[float]) -> str:
    return f"{interval[0]:.2f}-{interval[1]:.2f}"
