"""Measures and their uncertainty: pure functions over ranks and counts."""

import math
from collections.abc import Collection, Mapping, Sequence

_Z_95 = 1.959963984540054


def recall(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Return the share of the relevant ids that stand among the first `depth`."""
    return len(set(ranked[:depth]) & set(relevant)) / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Return 1 / rank of the first relevant id, 0 when none is among the first `depth`."""
    for rank, identifier in enumerate(ranked[:depth], start=1):
        if identifier in relevant:
            return 1 / rank
    return 0.0


def ndcg(ranked: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """Return DCG / ideal DCG, DCG = sum of gain / log2(rank + 1), as BEIR (trec_eval) has it."""
    found = _dcg([gains.get(identifier, 0) for identifier in ranked[:depth]])
    return found / _dcg(sorted(gains.values(), reverse=True)[:depth])


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def wilson(successes: int, total: int) -> tuple[float, float]:
    """Return the 95% score interval of a proportion (Wilson 1927)."""
    if total == 0:
        return 0.0, 1.0
    share, weight = successes / total, _Z_95**2 / total
    middle = (share + weight / 2) / (1 + weight)
    half = math.sqrt(share * (1 - share) * weight + weight**2 / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def mcnemar_exact(gained: int, lost: int) -> float:
    """Return the two-sided p of discordant pairs (McNemar 1947, exact binomial with p = 1/2)."""
    total = gained + lost
    tail = sum(math.comb(total, count) for count in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / (1 << total))


def paired_difference(both: int, gained: int, lost: int, neither: int) -> tuple[float, float]:
    """Return the 95% interval of the change of a share in pairs (Newcombe 1998, method 10)."""
    total = both + gained + lost + neither
    before, after = both + lost, both + gained
    change = (gained - lost) / total
    (low_1, high_1), (low_2, high_2) = wilson(after, total), wilson(before, total)
    down_1, up_1 = after / total - low_1, high_1 - after / total
    down_2, up_2 = before / total - low_2, high_2 - before / total
    phi = _phi(both, gained, lost, neither)
    below = down_1**2 - 2 * phi * down_1 * up_2 + up_2**2
    above = up_1**2 - 2 * phi * up_1 * down_2 + down_2**2
    return change - math.sqrt(max(0.0, below)), change + math.sqrt(max(0.0, above))


def _phi(both: int, gained: int, lost: int, neither: int) -> float:
    """Return how far the two sides of the pairs go together, corrected as in method 10."""
    margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
    if not margins:
        return 0.0
    product: float = both * neither - gained * lost
    if product > 0:
        product = max(product - (both + gained + lost + neither) / 2, 0)
    return product / math.sqrt(margins)


def percentile(values: Sequence[int], share: float) -> int:
    """Return the smallest value that at least this share of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
