"""A run for people: one HTML page that needs nothing else, every text of others escaped."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from eval.cases import Case
from eval.generated import GeneratedAnswer
from eval.scoring import CaseScore, reasons

_STYLE = Path(__file__).with_name("report.css")
_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>Evaluation: {correct} of {cases} correct</title>\n<style>\n{style}</style>\n</head>\n"
    "<body>\n<h1>{correct} of {cases} cases answered correctly</h1>\n"
    '<p class="quiet">{measured_on}'
    "Bars show shares; the line across a bar is the 95% interval.</p>\n"
    "{sections}</body>\n</html>\n"
)
_BAR = Markup(
    '<div class="track"><div class="fill" style="width:{share:.1f}%"></div>'
    '<div class="whisker" style="left:{low:.1f}%;width:{width:.1f}%"></div></div>'
)
_ROW = Markup(
    '<tr><td>{name}</td><td class="number">{right}/{total}</td><td class="number">{rate}</td>'
    '<td class="bar">{bar}</td><td class="number">{low:.2f}–{high:.2f}</td></tr>\n'
)
_TABLE = Markup(
    "<h2>{title}</h2>\n<table>\n<thead><tr><th>{first}</th>{heads}</tr></thead>\n"
    "<tbody>\n{rows}</tbody>\n</table>\n"
)
_FAILURE = Markup(
    '<article id="{id}">\n<h3>{id} · {category}</h3>\n<p class="why">{why}</p>\n'
    "<dl>\n{entries}</dl>\n</article>\n"
)
_BAR_HEADS = ("cases", "share", "", "95% interval")


def report_html(
    cases: Sequence[Case],
    answers: Mapping[str, GeneratedAnswer],
    scores: Sequence[CaseScore],
    summary: Mapping[str, Any],
    settings: Mapping[str, Any],
) -> str:
    """Return the page: scores with intervals, and every case that is not wholly right."""
    categories = {
        name: (group["counts"]["correct"], group["intervals"]["correct"])
        for name, group in summary["categories"].items()
    }
    overall = {
        name: (counts, summary["intervals"][name]) for name, counts in summary["counts"].items()
    }
    sections = [
        _table("Correct answers by category", "category", _BAR_HEADS, _bars(categories)),
        _table("All scores", "score", _BAR_HEADS, _bars(overall)),
        _robustness(summary.get("robustness", {})),
        _failures(cases, answers, scores),
    ]
    return str(
        _PAGE.format(
            correct=summary["counts"]["correct"][0],
            cases=summary["cases"],
            measured_on=_measured_on(settings),
            style=Markup(_STYLE.read_text(encoding="utf-8")),
            sections=Markup("").join(sections),
        )
    )


def _measured_on(settings: Mapping[str, Any]) -> str:
    """Return a sentence on the documents and the code that were measured, as far as known."""
    names = {
        "corpus": "documents of",
        "documents": "files",
        "passages": "passages",
        "library_version": "library",
        "git_commit": "commit",
    }
    known = [f"{shown} {settings[name]}" for name, shown in names.items() if settings.get(name)]
    return f"Measured on {', '.join(known)}. " if known else ""


def _table(title: str, first: str, heads: Iterable[str], rows: Iterable[Markup]) -> Markup:
    cells = Markup("").join(Markup('<th class="number">{}</th>').format(head) for head in heads)
    return _TABLE.format(title=title, first=first, heads=cells, rows=Markup("").join(rows))


def _bars(shares: Mapping[str, tuple[Sequence[int], Sequence[float]]]) -> Iterable[Markup]:
    """Yield a row a share; what was not counted has none."""
    for name, ((right, total), (low, high)) in shares.items():
        if total:
            share = right / total
            bar = _BAR.format(share=100 * share, low=100 * low, width=100 * (high - low))
            rate = f"{share:.3f}"
            yield _ROW.format(
                name=name, right=right, total=total, rate=rate, bar=bar, low=low, high=high
            )


def _robustness(variants: Mapping[str, Mapping[str, Any]]) -> Markup:
    if not variants:
        return Markup("")
    rows = (
        Markup("<tr><td>{}</td>{}</tr>\n").format(
            name,
            Markup("").join(
                Markup('<td class="number">{}/{}</td>').format(*one["counts"][key])
                for key in ("outcome", "facts", "correct")
            ),
        )
        for name, one in variants.items()
    )
    heads = ("same outcome", "same facts", "correct")
    return _table("The same questions typed otherwise", "typed", heads, rows)


def _failures(
    cases: Sequence[Case], answers: Mapping[str, GeneratedAnswer], scores: Sequence[CaseScore]
) -> Markup:
    by_id = {case.id: case for case in cases}
    failed = [(score, why) for score in scores if (why := reasons(score))]
    shown = [_failure(by_id[score.id], answers.get(score.id), score, why) for score, why in failed]
    title = Markup("<h2>Not wholly right ({})</h2>\n").format(len(failed))
    return title + Markup("").join(shown)


def _failure(case: Case, answer: GeneratedAnswer | None, score: CaseScore, why: str) -> Markup:
    got = f"{score.outcome.value}: {answer.answer}" if answer else "no answer"
    entries = {
        "earlier": "\n".join(f"{turn.role}: {turn.content}" for turn in case.history),
        "question": case.question,
        "expected": _expected(case),
        "got": got,
        "short": (answer.short_answer if answer else None) or "",
        "evidence": "\n".join(case.evidence),
        "cited": "\n".join(f"[{one.number}] {one.quote}" for one in answer.citations)
        if answer
        else "",
    }
    pair = Markup("<dt>{}</dt><dd>{}</dd>\n")
    lines = Markup("").join(pair.format(*entry) for entry in entries.items() if entry[1])
    return _FAILURE.format(id=case.id, category=case.category, why=why, entries=lines)


def _expected(case: Case) -> str:
    outcomes = " or ".join(sorted(outcome.value for outcome in case.right_outcomes))
    facts = "; ".join(fact[0] for fact in case.gold)
    short = "; ".join(fact[0] for fact in case.short_gold)
    parts = (outcomes, facts, f"short: {short}" if short else "")
    return " · ".join(part for part in parts if part)
