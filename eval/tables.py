"""Scores as text tables for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.aggregates import Proportion, Scores
from eval.comparing import Comparison
from eval.scoring import CaseScore, reasons

_COLUMNS = {
    "correct": "correct",
    "clean": "clean",
    "short": "short",
    "refusal_precision": "ref.prec",
    "refusal_recall": "ref.rec",
    "cited": "cited",
    "figures": "figures",
}

_OURS_NOTE = """\
Seconds and MB. model_vectors: vectors of passages, titles and targets that the model made; all
others are seeded unit vectors. build: ingest as it was run, in_model of it in the model (what a
smaller library had read is not read again). passages_per_s: computed, as if the model had read
every passage at the rate above."""
_TUTORIAL_NOTE = """\
The tutorial's chunks all have seeded unit vectors: its build and ready hold no embedding. ready: to
the first question of its usual chain, which stores nothing and builds its index at each start.
peak_mb: of the process so far, the chains above included. Ratios: its usual chain to ours, build
without the model on both sides."""

_KEPT = {"outcome": "same outcome", "facts": "same facts", "correct": "correct"}


def answers_table(categories: Mapping[str, Scores], overall: Scores) -> str:
    """Return one row per category and one for all, then each overall score with its interval."""
    head = ["category", "cases", *_COLUMNS.values(), "words", "p90"]
    rows = [_row(name, scores) for name, scores in categories.items()]
    table = aligned([head, *rows, _row("all", overall)])
    details = [
        [name, f"{share.successes}/{share.total}", _rate(share), _interval(share)]
        for name, share in overall.proportions.items()
    ]
    return f"{table}\n\n{aligned([['score', 'cases', 'share', '95% interval'], *details])}"


def misses_table(scores: Sequence[CaseScore]) -> str:
    """Return one line for each case that is not wholly right, and why."""
    rows = [[score.id, score.category, score.outcome.value, reasons(score)] for score in scores]
    return aligned([row for row in rows if row[-1]])


def comparison_table(comparisons: Mapping[str, Comparison]) -> str:
    """Return how each score changed in pairs, and the cases that flipped, both ways."""
    blocks = [_comparison(name, comparison) for name, comparison in comparisons.items()]
    first = next(iter(comparisons.values()))
    if first.unpaired:
        blocks.append(f"in one run only: {', '.join(first.unpaired)}")
    return "\n".join(blocks)


def _comparison(name: str, comparison: Comparison) -> str:
    (first, second), change = comparison.correct, comparison.change
    before, after = (f"{low:.3f}-{high:.3f}" for low, high in comparison.intervals)
    return "\n".join(
        [
            f"{name}: {first} ({before}) -> {second} ({after}) of {comparison.cases} in both; "
            f"change {change[0]:+.3f} ({change[1]:+.3f} to {change[2]:+.3f}), "
            f"p = {comparison.p_value:.4f} (McNemar, exact)",
            f"  gained ({len(comparison.gained)}): {', '.join(comparison.gained) or '-'}",
            f"  lost ({len(comparison.lost)}): {', '.join(comparison.lost) or '-'}",
        ]
    )


def robustness_table(variants: Mapping[str, Mapping[str, Any]]) -> str:
    """Return how much stayed the same where questions were typed otherwise."""
    rows = [
        [name, *(f"{one['counts'][key][0]}/{one['counts'][key][1]}" for key in _KEPT)]
        for name, one in variants.items()
    ]
    return aligned([["typed", *_KEPT.values()], *rows])


def measures_table(measures: Mapping[str, float]) -> str:
    """Return one row per measure."""
    return aligned([[name, f"{value:g}"] for name, value in measures.items()])


def speed_table(measured: Mapping[str, Any]) -> str:
    """Return what was timed: embedding, a row per library size, one changed document."""
    embedding, changed = measured["embedding"], measured["one_changed"]
    sizes = measured["sizes"]
    lines = [
        f"processor: {', '.join(measured['cpu_flags']) or 'unknown'}; "
        f"threads: {measured['threads']}; {measured['dtype']}",
        aligned(
            [["embedding", "passages/s"], *([name, _cell(embedding[name])] for name in embedding)]
        ),
        _table([_flat(size) for size in sizes]),
        _OURS_NOTE,
        aligned([["passages", "stage", "p50", "p95"], *_stages(sizes)]),
        *_tutorial(sizes),
        f"p95 of the largest to the smallest: answer {measured['answer_p95_ratio']}, "
        f"retrieval {measured['retrieval_p95_ratio']}",
        f"one changed of {changed['documents']} documents: {changed['seconds']} s",
    ]
    return "\n\n".join(lines)


def _tutorial(sizes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the tutorial's chains size by size, and the ratios of the usual one to ours."""
    beside = [(size["passages"], size["tutorial"]) for size in sizes if "tutorial" in size]
    chains = [
        {"passages": passages, "chunks": tutorial["chunks"], "chain": name, **times}
        for passages, tutorial in beside
        for name, times in tutorial["chains"].items()
    ]
    ratios = [{"passages": passages, **_flat(tutorial)} for passages, tutorial in beside]
    return [_table(chains), _table(ratios), _TUTORIAL_NOTE] if beside else []


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not isinstance(value, Mapping)}


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows of the same names as a table."""
    return aligned([list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)])


def _cell(value: float | str | None) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "-" if value is None else str(value)


def _stages(sizes: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return a row a stage, size by size."""
    return [
        [f"{size['passages']}", name, f"{times['p50']:g}", f"{times['p95']:g}"]
        for size in sizes
        for name, times in size["stages"].items()
    ]


def _row(name: str, scores: Scores) -> list[str]:
    rates = [_rate(scores.proportions[key]) for key in _COLUMNS]
    return [name, str(scores.cases), *rates, f"{scores.words_median:g}", str(scores.words_p90)]


def _rate(share: Proportion) -> str:
    return "-" if share.rate is None else f"{share.rate:.3f}"


def _interval(share: Proportion) -> str:
    low, high = share.interval
    return f"{low:.3f}-{high:.3f}"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells with their columns under one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
